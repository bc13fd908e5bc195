"""One workbook as every format has it: what LibreOffice makes of it is read as it is itself."""

import pytest

from sumairu.lib.workbooks.files.cells import Number
from sumairu.lib.workbooks.files.grids import file_to_grids
from sumairu.lib.workbooks.files.scan import Fault
from sumairu.lib.workbooks.messages import COLUMN_HIDDEN, ROW_HIDDEN
from sumairu.lib.workbooks.reading import read
from tests.lib.workbooks.builders import FILES, everything
from tests.office import converted

CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1"  # UTF-8, as shown, the first sheet


def kept(name):
    return (FILES / name).read_bytes()


@pytest.fixture(params=["xls", "ods"])
def content(request):
    return kept(f"everything.{request.param}")


def test_what_is_shown_is_read(content):
    grid = next(file_to_grids(content))
    assert [[str(cell) for cell in row[:5]] for row in grid.rows[2:6]] == [
        ["制度名", "令和3年度", "", "令和4年度", ""],
        ["", "当初", "決算", "当初", "決算"],
        ["地域づくり総合交付金", "4550000.0", "4549999.5", "4580000.0", ""],
        ["移住　定住", "1234.0", "1200.0", "1300.0", "1250.0"],
    ]
    assert [[str(row[6])] for row in grid.rows[4:6]] == [["2021-04-01"], ["2021-04-01 12:30:00"]]
    assert grid.rows[8][1:5] == [4_550_001, "", True, "－"]
    assert grid.rows[10][1:5] == ["012068", "1,234", "12,345", "3人"]
    assert {type(cell) for row in grid.rows for cell in row if isinstance(cell, int)} == {bool}


def test_errors_are_faults(content):
    grid = next(file_to_grids(content))
    assert [(type(cell), cell.raw) for cell in grid.rows[7][1:4]] == [
        (Fault, "#DIV/0!"),
        (Fault, "#N/A"),
        (Fault, "#NAME?"),
    ]


def test_formats_that_tell_something_stay_with_their_numbers(content):
    grid = next(file_to_grids(content))
    percent, unit, thousands, year = grid.rows[9][1:5]
    assert {type(cell) for cell in (percent, unit, thousands, year)} == {Number}
    assert [float(cell) for cell in (percent, unit, thousands, year)] == [0.5, 45.5, 1_234_000, 2]
    assert percent.format.endswith("%")
    assert unit.format.endswith('0"億円"')
    assert thousands.format.endswith("0,")
    assert year.format == '"令和"0"年度"'


def test_merges_comments_and_what_is_hidden_are_known(content):
    first, hidden, last = file_to_grids(content)
    assert first.merges == {(2, 0): (3, 0), (2, 1): (2, 2), (2, 3): (2, 4)}
    assert first.notes == {(4, 1): "山田:\n決算見込みではない", (5, 2): "二つ目のメモ"}
    assert (first.hidden_columns, {reason for _, reason in first.unseen.values()}) == ({5}, {ROW_HIDDEN})
    assert [(each.name, each.is_hidden) for each in (first, hidden, last)] == [
        ("予算額", False),
        ("控え", True),
        ("R4", False),
    ]
    assert last.rows == [["", "", ""], ["", 1, ""], ["", "", "端"]]


def test_a_reading_says_what_it_left_out_and_keeps_comments_with_figures(content):
    reading = read(content)
    notes = {figure.cell: figure.note for figure in reading.figures if figure.note}
    assert notes == {"B5": "山田:\n決算見込みではない", "C6": "二つ目のメモ"}
    assert reading.notices == (
        "シート「予算額」に非表示の行が1行あります（フィルターで隠れた行を含みます）。その数値は取り込みません。",
        "シート「予算額」に非表示の列があります（F）。その数値は取り込みません。",
        "シート「控え」は非表示です。その数値は取り込みません。",
    )
    assert {each.reason for each in reading.skipped if each.cell == "B7"} == {ROW_HIDDEN}
    assert COLUMN_HIDDEN not in {each.reason for each in reading.skipped}


def test_a_figure_is_read_alike_from_either(content):
    def facts(content):
        return {(each.sheet, each.cell): (each.label, each.value, each.unit) for each in read(content).figures}

    assert facts(content) == facts(kept("everything.xls"))
    assert facts(content)["予算額", "B5"] == ("地域づくり総合交付金", 4_550_000_000, "千円")


@pytest.mark.office
@pytest.mark.parametrize("to", ["xlsx", "xls", "ods"])
def test_what_libreoffice_saves_now_is_read_as_what_it_saved_then(to):
    assert read(converted(everything(), to)) == read(kept("everything.xls"))


@pytest.mark.office
def test_a_csv_has_the_figures_of_the_workbook_it_was_saved_from():
    file = FILES / "kofuzei_pref_2018.xls"
    reading = read(converted(file.read_bytes(), CSV), name="2-7-3.csv")
    assert reading.figures == read(file.read_bytes()).figures
