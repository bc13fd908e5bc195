from datetime import date, datetime

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from sumairu.lib.workbooks.files import cells
from sumairu.lib.workbooks.files.admission import Refused
from sumairu.lib.workbooks.files.cells import Number
from sumairu.lib.workbooks.files.grids import file_to_grids
from sumairu.lib.workbooks.files.scan import Fault
from sumairu.lib.workbooks.messages import COVERED, ROW_HIDDEN
from tests.lib.workbooks.builders import package, saved, sheet_xml, sheets, xlsx


def grid(content):
    return next(file_to_grids(content))


def test_cells_keep_their_places_and_types():
    rows = grid(xlsx([[], [None, "制度名", 45.5], [None, True, datetime(2021, 4, 1)]])).rows  # noqa: DTZ001
    assert rows[0] == ["", "", ""]
    assert rows[1] == ["", "制度名", 45.5]
    assert rows[2][1] is True
    assert str(rows[2][2]).startswith("2021-04-01")


def test_readings_over_kanji_are_not_part_of_a_text():
    shared = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>釧路</t>'
        '<rPh sb="0" eb="2"><t>クシロ</t></rPh></si></sst>'
    )
    sheet = sheet_xml('<row r="1"><c r="A1" t="s"><v>0</v></c></row>')
    assert grid(package(sheet, {"xl/sharedStrings.xml": shared})).rows == [["釧路"]]


def test_a_merge_leads_from_every_cell_to_its_first():
    merged = grid(xlsx([["予算額", None, 1], [None, None, 2]], merge=["A1:B2"]))
    assert merged.merges == {(0, 0): (1, 1)}
    assert [merged.at(row, column) for row in (0, 1) for column in (0, 1, 2)] == [
        "予算額",
        "予算額",
        1,
        "予算額",
        "予算額",
        2,
    ]


def test_a_merge_over_the_whole_sheet_covers_what_is_used_of_it():
    sheet = sheet_xml(
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>',
        after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
    )
    merged = grid(package(sheet))
    assert merged.covered == {(0, 1): (0, 0)}
    assert merged.unseen == {(0, 1): (2, COVERED)}


def test_the_number_of_merged_cells_has_a_limit(monkeypatch):
    monkeypatch.setattr(cells, "MAX_MERGED_CELLS", 3)
    with pytest.raises(Refused, match="結合したセルが多すぎます"):
        grid(xlsx([[1, 2], [3, 4], [5, 6]], merge=["A1:B2"]))


def test_faults_stand_where_calamine_sees_blanks_even_at_the_edge():
    sheet = sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row><row r="3"><c r="C3"><f>A1</f></c></row>')
    rows = grid(package(sheet)).rows
    assert [len(row) for row in rows] == [3, 3, 3]
    assert isinstance(rows[2][2], Fault)
    assert rows[2][2].raw == "=A1"


def test_a_number_with_a_telling_format_carries_it():
    [[number, plain]] = grid(xlsx([[45.5, 45.5]], formats={"A1": '0.0"億円"', "B1": "0.0"})).rows
    assert isinstance(number, Number)
    assert (float(number), number.format) == (45.5, '0.0"億円"')
    assert type(plain) is float


def test_what_nobody_sees_of_a_hidden_row_is_taken_out_and_kept_aside():
    hidden = grid(xlsx([[1, 2], [3, None]], hidden_rows=[2]))
    assert hidden.rows == [[1, 2], ["", ""]]
    assert hidden.unseen == {(1, 0): (3, ROW_HIDDEN)}


def test_hidden_columns_stay_and_are_known():
    hidden = grid(xlsx([[1, 2], [3, 4]], hidden_columns=["B"]))
    assert (hidden.rows, hidden.hidden_columns) == ([[1, 2], [3, 4]], {1})


def test_sheets_come_in_order_and_say_whether_they_are_hidden():
    content = sheets({"予算額": [[1]], "控え": [[2]], "派遣者数": [[3]]}, hidden=["控え"])
    assert [(each.name, each.is_hidden) for each in file_to_grids(content)] == [
        ("予算額", False),
        ("控え", True),
        ("派遣者数", False),
    ]


def test_an_empty_sheet_is_an_empty_grid():
    assert grid(xlsx([])).rows == []


def test_a_sheet_without_its_part_is_refused():
    workbook = package(sheet_xml("")).replace(b"xl/worksheets/sheet1.xml", b"xl/worksheets/sheet9.xml")
    with pytest.raises(Refused, match="中身がありません"):
        list(file_to_grids(workbook))


@pytest.mark.parametrize("epoch", [WINDOWS_EPOCH, MAC_EPOCH])
def test_a_number_that_its_format_shows_as_a_day_of_an_era_is_that_day(epoch):
    book = Workbook()
    book.epoch = epoch
    book.active.append([date(2021, 4, 1), date(2021, 4, 1), date(2021, 3, 1)])
    for cell, code in (("A1", '[$-411]ggge"年"m"月"d"日"'), ("B1", '[$-411]ggge"年度"'), ("C1", '[$-411]ggge"年度"')):
        book.active[cell].number_format = code
    assert grid(saved(book)).rows == [[date(2021, 4, 1), "令和3年度", date(2021, 3, 1)]]


@pytest.mark.parametrize(("rows", "found"), [((0, 1, 2), [1, 2, 3]), ((1, 2), [2, 3]), ((0, 2), [1, 3]), ((), [])])
def test_a_column_is_read_down_the_rows_asked_for(rows, found):
    assert list(grid(xlsx([["a", 1], ["b", 2], ["c", 3]])).down(1, rows)) == found
