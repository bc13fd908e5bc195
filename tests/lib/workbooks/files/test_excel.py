"""Workbooks as programs other than Excel write them, and what else a package may hold."""

from datetime import date, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from sumairu.lib.workbooks.files.grids import file_to_grids
from sumairu.lib.workbooks.messages import MACROS, OTHER_BOOKS
from tests.lib.workbooks.builders import FILES, MAIN, RELATIONS, package, saved, sheet_xml, xlsx, zipped

ONE = sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>')


def rows(content):
    [sheet] = file_to_grids(content)
    return sheet.rows


def strict(content):
    """The same workbook in the names of ISO 29500 Strict, one of Excel's formats to save in."""
    names = {
        MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
        RELATIONS: "http://purl.oclc.org/ooxml/officeDocument/relationships",
    }
    with ZipFile(BytesIO(content)) as file:
        parts = {name: file.read(name).decode() for name in file.namelist()}
    for loose, tight in names.items():
        parts = {name: part.replace(loose, tight) for name, part in parts.items()}
    return zipped(parts)


def test_a_workbook_with_macros_is_read_without_them_and_says_so():
    [sheet] = file_to_grids(package(ONE, {"xl/vbaProject.bin": b"\0"}), "予算額.xlsm")
    assert (sheet.rows, sheet.notices) == ([[1]], [MACROS])


def test_formulas_over_other_workbooks_are_said():
    content = (FILES / "kofuzei_pref_2021-demand-revised.xlsx").read_bytes()
    assert [sheet.notices for sheet in file_to_grids(content)] == [[OTHER_BOOKS], []]


def test_a_plain_workbook_has_nothing_to_say():
    assert next(file_to_grids(xlsx([["制度名", 1]]))).notices == []


def test_what_is_hidden_is_said_where_it_holds_something():
    content = xlsx([["a", 1, 2], ["b", 3, 4], []], hidden_rows=[2, 3], hidden_columns=["C", "D"])
    assert next(file_to_grids(content)).notices == [
        "シート「表」に非表示の行が1行あります（フィルターで隠れた行を含みます）。その数値は取り込みません。",
        "シート「表」に非表示の列があります（C）。その数値は取り込みません。",
    ]


def test_many_hidden_columns_are_not_all_named():
    content = xlsx([list(range(9))], hidden_columns="CDEFGHI")
    assert "（C、D、E、F、G など）" in next(file_to_grids(content)).notices[0]


def test_a_strict_workbook_is_read():
    book = Workbook()
    book.active.append(["釧路", 1.5, date(2021, 4, 1), True])
    assert rows(strict(saved(book))) == [["釧路", 1.5, date(2021, 4, 1), True]]


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        pytest.param('<c r="A1" t="inlineStr"><is><t>釧路</t></is></c>', ["釧路"], id="text in its cell"),
        pytest.param('<c r="A1" t="inlineStr"><is><r><t>釧</t></r><r><t>路</t></r></is></c>', ["釧路"], id="text in pieces"),
        pytest.param('<c r="A1"><f t="shared" ref="A1:B1" si="0">C1+1</f><v>3</v></c><c r="B1"><f t="shared" si="0"/><v>4</v></c>', [3, 4], id="shared formula"),
        pytest.param('<c r="A1" t="d"><v>2021-04-01T12:00:00</v></c>', [datetime(2021, 4, 1, 12)], id="date as text"),  # noqa: DTZ001
    ],
)  # fmt: skip
def test_cells_as_other_programs_write_them_are_read(cells, values):
    assert rows(package(sheet_xml(f'<row r="1">{cells}</row>'))) == [values]


def test_dates_since_1904_are_the_same_days():
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append([date(2021, 4, 1), 44287])
    assert rows(saved(book)) == [[date(2021, 4, 1), 44287]]


def test_sheets_that_are_charts_are_passed_over():
    book = Workbook()
    book.active.append([3])
    chart = BarChart()
    chart.add_data(Reference(book.active, min_col=1, min_row=1))
    book.create_chartsheet("図").add_chart(chart)
    book.create_sheet("あと").append([4])
    assert [(sheet.name, sheet.rows) for sheet in file_to_grids(saved(book))] == [("Sheet", [[3]]), ("あと", [[4]])]
