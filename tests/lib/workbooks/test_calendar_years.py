"""Years written as 年: they are read where they are stated, and are no fiscal years."""

import pytest

from sumairu.lib.workbooks import Correction
from sumairu.lib.workbooks.reading import read
from tests.lib.workbooks.builders import sheets, xlsx

TOWNS = [["市町村", "人口（人）"], ["釧路市", 165_000], ["根室市", 24_000]]


def years(content):
    return [(each.fiscal_year, each.calendar_year) for each in read(content).figures]


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("令和2年国勢調査の人口", (None, 2020)),
        ("国勢調査人口（平成27年）", (None, 2015)),
        ("２０２０年　人口の状況", (None, 2020)),
        ("令和2年度の人口", (2020, None)),
        ("令和2年10月1日現在の人口", (None, 2020)),
        ("平成27年及び令和2年の人口", (None, None)),
        ("人口（令和4年公表）", (None, None)),
        ("人口（令和6年(2024年)4月1日作成）", (None, None)),
        ("人口（2024年（令和6年）4月の集計）", (None, None)),
        ("令和6年(2024年)の人口", (None, 2024)),
    ],
)
def test_a_title_states_a_year_of_the_calendar_or_a_fiscal_year(title, year):
    assert years(xlsx([[title], *TOWNS])) == [year, year]


def test_headings_within_a_table_state_the_year_of_the_rows_beneath():
    rows = [["人口"], TOWNS[0], ["(1)平成27(2015)年"], *TOWNS[1:], ["(2)令和2(2020)年"], *TOWNS[1:]]
    assert years(xlsx(rows)) == [(None, 2015)] * 2 + [(None, 2020)] * 2


@pytest.mark.parametrize(
    ("title", "name", "year"),
    [
        ("令和2年国勢調査の人口", "R4", (None, None)),
        ("令和2年国勢調査の人口", "R2", (None, 2020)),
        ("令和2年10月1日現在の人口", "R4", (None, None)),
        ("令和2年度の人口", "R4", (None, None)),
        ("人口", "R4", (2022, None)),
        ("人口", "令和2年", (None, 2020)),
    ],
)
def test_the_name_of_a_sheet_never_beats_what_the_sheet_says(title, name, year):
    assert years(sheets({name: [[title], *TOWNS]})) == [year, year]


@pytest.mark.parametrize(
    ("titles", "name", "stated"),
    [
        (["令和3年度の人口"], "R4", [("表題", "令和3年度の人口", 2021, None), ("シート名", "R4", 2022, None)]),
        (["令和2年国勢調査の人口"], "R4", [("表題", "令和2年国勢調査の人口", None, 2020), ("シート名", "R4", 2022, None)]),
        (["平成27年及び令和2年の人口"], "表", [("表題", "平成27年及び令和2年の人口", None, year) for year in (2015, 2020)]),
        (["令和4年度の人口", "（令和3年度継続分）"], "表", [("表題", "令和4年度の人口", 2022, None), ("表題", "（令和3年度継続分）", 2021, None)]),
        (["平成29年人口、平成28年度人口動態"], "表", [("表題", "平成29年人口、平成28年度人口動態", 2016, None), ("表題", "平成29年人口、平成28年度人口動態", None, 2017)]),
        (["令和3年度の人口"], "R3", []),
        (["人口"], "表", []),
    ],
)  # fmt: skip
def test_where_statements_disagree_the_years_to_choose_from_are_kept_with_their_places(titles, name, stated):
    rows = [*([title] for title in titles), *TOWNS]
    assert [each.year_candidates for each in read(sheets({name: rows})).figures] == [tuple(stated)] * 2


@pytest.mark.parametrize("header", ["令和元年度の人口（人）", "5年度の人口（人）", "人口（人）"])
def test_years_of_the_title_are_no_choice_for_a_column_that_says_another(header):
    rows = [["令和3年度の状況"], ["市町村", header], ["釧路市", 165]]
    [found] = read(sheets({"R4": rows})).figures
    assert len(found.year_candidates) == (2 if header == "人口（人）" else 0)


def test_the_year_that_an_editor_says_beats_one_of_the_calendar():
    rows = [["令和2年国勢調査の人口"], *TOWNS]
    [first, _] = read(xlsx(rows), [Correction("表", 0, fiscal_year=2021)]).figures
    assert (first.fiscal_year, first.calendar_year) == (2021, None)


def test_a_column_of_years_of_the_calendar_states_them():
    rows = [["都道府県", "元号", "和暦（年）", "西暦（年）", "人口（人）"], ["北海道", "平成", 27, 2015, 5_381_733]]
    assert [(each.label, each.fiscal_year, each.calendar_year) for each in read(xlsx(rows)).figures] == [
        ("北海道", None, 2015)
    ]


def test_a_day_beside_a_row_tells_it_from_others():
    rows = [["市", "基準日", "被保険者数（人）"], ["釧路市", "2017.3.31", 89], ["釧路市", "2018.3.31", 86]]
    found = read(xlsx(rows)).figures
    assert [each.label for each in found] == ["釧路市 2017.3.31", "釧路市 2018.3.31"]
    assert years(xlsx(rows)) == [(None, None)] * 2


def test_numbers_beside_eras_are_years_of_the_kind_that_their_header_names():
    rows = [
        ["年次", None, "人口（人）", None],
        [None, None, "総数", "男"],
        ["平成", "29*", 53, 25],
        [None, "30", 52, 24],
    ]
    rows += [["令和", "元", 51, 23], [None, "２", 50, 22]]
    merge = ["A1:B2", "C1:D1"]
    found = read(xlsx(rows, merge=merge)).figures
    assert {each.cell: each.calendar_year for each in found if each.cell[0] == "C"} == dict(
        zip(["C3", "C4", "C5", "C6"], range(2017, 2021), strict=True)
    )
    rows[0][0] = "年度"
    found = read(xlsx(rows, merge=merge)).figures
    assert {each.cell: each.fiscal_year for each in found if each.cell[0] == "C"} == dict(
        zip(["C3", "C4", "C5", "C6"], range(2017, 2021), strict=True)
    )


@pytest.mark.parametrize(
    ("header", "year"),
    [("人口（R5.1.1）", 2023), ("令和5年1月1日住民基本台帳人口", 2023), ("交付額（R5.1.1）", None)],
)
def test_a_day_in_a_header_is_that_of_what_stands_on_a_day(header, year):
    [figure] = read(xlsx([["市町村", header], ["釧路市", 165077]])).figures
    assert (figure.fiscal_year, figure.calendar_year) == (None, year)


@pytest.mark.parametrize(
    "title",
    [
        "令和6年1月1日住民基本台帳年齢階級別人口（市区町村別）",
        "市町村別人口動態（令和6年１月～12月）",
        "人口（令和6年1月1日現在）",
    ],
)
def test_a_title_of_a_day_or_of_all_months_states_the_year(title):
    [figure] = read(xlsx([[title], ["市町村", "0歳～4歳（人）"], ["釧路市", 165077]])).figures
    assert (figure.fiscal_year, figure.calendar_year) == (None, 2024)


def test_a_column_of_another_year_has_its_own():
    rows = [["令和2年度"], ["市町村名", "人口（人）", "2015年（平成27年）の人口（人）"], ["釧路市", 165, 174]]
    assert years(xlsx(rows)) == [(2020, None), (None, 2015)]


@pytest.mark.parametrize(
    ("day", "year"),
    [
        ("令和5年4月1日現在", 2023),
        ("令和6年1月1日現在", 2023),
        ("令和4年10月1日現在", None),
        ("令和6年5月1日現在", None),
    ],
)
def test_a_fiscal_year_holds_beside_a_day_that_lies_in_it(day, year):
    [figure] = read(xlsx([["令和5年度の人口（人）"], [day], ["市町村", "人口"], ["釧路市", 165077]])).figures
    assert (figure.fiscal_year, figure.calendar_year) == (year, None)
