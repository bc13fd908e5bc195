"""What an editor says of a table is taken as said; everything else is read as before."""

from dataclasses import replace

from sumairu.lib.workbooks.corrections import ColumnCorrection, Correction
from sumairu.lib.workbooks.figures import FIGURES, LABEL, LEAVE_OUT, YEAR
from sumairu.lib.workbooks.messages import COLUMN_LEFT_OUT, ROW_LEFT_OUT
from sumairu.lib.workbooks.reading import read
from sumairu.lib.workbooks.shape import shape_of
from tests.lib.workbooks.builders import sheets, xlsx
from tests.lib.workbooks.readings import MERGE, READ, WIDE, wide


def figures(content, *corrections):
    reading = read(content, corrections)
    return {each.cell: (each.label, each.fiscal_year, each.unit, each.value) for each in reading.figures}


def test_without_a_correction_nothing_changes():
    assert figures(xlsx(WIDE, merge=MERGE)) == READ


def test_a_column_is_of_the_year_that_is_said():
    column = {"C": ColumnCorrection(fiscal_year=2022)}
    assert figures(xlsx(WIDE, merge=MERGE), Correction("表", 0, columns=column)) == READ | {
        "C6": ("地域づくり総合交付金", 2022, "億円", 4_580_000_000)
    }


def test_the_year_that_is_said_of_one_column_takes_the_title_s_year_from_no_other():
    content = xlsx([["令和6年度予算（千円）"], ["制度名", "予算額", "前年度"], ["地域づくり総合交付金", 4_580, 4_550]])
    said = Correction("表", 0, columns={"C": ColumnCorrection(FIGURES, fiscal_year=2023)})
    assert {cell: year for cell, (_, year, *_) in figures(content, said).items()} == {"B3": 2024, "C3": 2023}


def test_a_column_is_of_the_year_that_is_said_though_the_table_is_of_a_day():
    content = xlsx([["人口（令和5年10月1日現在）"], ["市町村", "人口（人）", "前年"], ["釧路市", 158_000, 160_000]])
    said = Correction("表", 0, columns={"C": ColumnCorrection(FIGURES, fiscal_year=2022)})
    assert figures(content, said)["C3"][1] == 2022


def test_a_column_is_in_the_unit_that_is_said():
    column = {"C": ColumnCorrection(unit="百万円")}
    read_figures = figures(xlsx(wide(C6=4580), merge=MERGE), Correction("表", 0, columns=column))
    assert read_figures["C6"] == ("地域づくり総合交付金", 2019, "百万円", 4_580_000_000)


def test_a_unit_and_a_year_that_no_cell_states_are_said_for_the_table():
    content = xlsx([["制度名", "予算額"], ["地域づくり総合交付金", 45.5]])
    assert figures(content) == {"B2": ("地域づくり総合交付金", None, None, None)}
    said = Correction("表", 0, fiscal_year=2021, unit="億円")
    assert figures(content, said) == {"B2": ("地域づくり総合交付金", 2021, "億円", 4_550_000_000)}


def test_a_column_may_be_left_out_and_says_so():
    reading = read(xlsx(WIDE, merge=MERGE), [Correction("表", 0, columns={"C": ColumnCorrection(LEAVE_OUT)})])
    assert [each.cell for each in reading.figures] == ["B6"]
    assert [(each.cell, each.reason) for each in reading.skipped] == [("C6", COLUMN_LEFT_OUT)]


def test_a_column_left_out_by_its_name_may_be_said_to_hold_figures():
    rows = [["制度名", "（参考）前年度"], ["地域づくり総合交付金", 45.5]]
    said = {"B": ColumnCorrection(FIGURES, fiscal_year=2020, unit="億円")}
    assert figures(xlsx(rows)) == {}
    assert figures(xlsx(rows), Correction("表", 0, columns=said)) == {
        "B2": ("地域づくり総合交付金", 2020, "億円", 4_550_000_000)
    }


def test_rows_may_be_left_out_and_say_so():
    rows = [*WIDE, ["別の制度", 1, 2], ["また別の制度", 3, 4]]
    reading = read(xlsx(rows, merge=MERGE), [Correction("表", 0, left_out_rows=((7, 7),))])
    assert [each.cell for each in reading.figures] == ["B6", "C6", "B8", "C8"]
    assert [(each.cell, each.reason) for each in reading.skipped] == [("B7", ROW_LEFT_OUT), ("C7", ROW_LEFT_OUT)]


def test_header_rows_are_those_that_are_said():
    rows = [["令和3年度の当初", None], ["制度名", "予算額（億円）"], ["R2年度", 1], ["地域づくり総合交付金", 45.5]]
    said = Correction("表", 0, header_rows=(1, 2, 3), fiscal_year=2021)
    assert "B4" in figures(xlsx(rows), said)
    assert "B3" not in figures(xlsx(rows), said)


def test_a_table_that_was_not_found_is_described_whole():
    rows = [["地域づくり総合交付金", 2021, 45.5], ["地域政策推進事業", 2021, 3.1]]
    said = {
        "A": ColumnCorrection(LABEL),
        "B": ColumnCorrection(YEAR),
        "C": ColumnCorrection(FIGURES, unit="億円"),
    }
    content = xlsx([["", "", ""], *rows])
    assert figures(content) == {}
    assert figures(content, Correction("表", 0, header_rows=(1,), columns=said)) == {
        "C2": ("地域づくり総合交付金", 2021, "億円", 4_550_000_000),
        "C3": ("地域政策推進事業", 2021, "億円", 310_000_000),
    }


def test_a_correction_of_rows_and_tables_that_are_not_there_harms_nothing():
    said = [Correction("表", 7, header_rows=(900,)), Correction("ほか", 0, header_rows=(1,))]
    assert figures(xlsx(WIDE, merge=MERGE), *said) == READ


def test_a_table_says_how_its_columns_were_understood():
    [table] = read(xlsx(WIDE, merge=MERGE)).tables
    told = [(each.letters, each.use, each.fiscal_year, each.unit) for each in table.columns]
    assert told == [("A", LABEL, None, None), ("B", FIGURES, 2018, "億円"), ("C", FIGURES, 2019, "億円")]
    assert table.columns[1].path == ("予算額", "H30年度")


def test_next_years_workbook_has_the_same_shape_and_another_has_not():
    this = sheets({"R3": wide(A1="令和３年度の予算額", B5="R2年度", C5="R3年度")})
    following = sheets({"R4": wide(A1="令和４年度の予算額", B5="R3年度", C5="R4年度", B6=1, C6=2)})
    other = sheets({"R4": wide(B5="R3年度", C5="執行率")})
    shapes = [shape_of(read(content)) for content in (this, following, other)]
    assert shapes[0] == shapes[1] != shapes[2]


def test_what_is_kept_for_next_year_says_no_year():
    said = Correction("表", 0, columns={"B": ColumnCorrection(FIGURES, 2021, "当初", "千円")}, fiscal_year=2021)
    kept = replace(said, columns={"B": ColumnCorrection(FIGURES, None, "当初", "千円")}, fiscal_year=None)
    assert said.without_years() == kept
