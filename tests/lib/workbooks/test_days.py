"""Days as of which figures stand: they give the year of the calendar to what is there on a day, and to nothing else."""

import pytest

from sumairu.lib.workbooks.reading import read
from tests.lib.workbooks.builders import sheets, xlsx

HEADER = ["市町村", "人口（人）", "男（人）", "出生数（人）", "施設整備費（千円）"]
NEITHER = (None, None)


def years(rows, name="表"):
    return [(each.fiscal_year, each.calendar_year) for each in read(sheets({name: rows})).figures]


def under(*titles, name="表"):
    """The years of a population, of men, of births and of an expense under these lines."""
    return years([*([title] for title in titles), HEADER, ["釧路市", 165_000, 80_000, 900, 5_000]], name)


@pytest.mark.parametrize(
    "title",
    [
        "住民基本台帳人口（令和6年1月1日現在）",
        "令和6年1月1日現在　住民基本台帳人口",
        "人口（令和６年４月１日（月）現在）",
        "人口（2024/1/1現在、単位：人）",
        "人口・世帯数（R6.10.1現在）",
        "人口（令和6年(2024年)12月末現在）",
        "待機児童数と人口（令和6年4月1日時点）",
    ],
)
def test_what_is_there_on_a_day_is_of_its_year_and_what_happened_or_was_paid_is_not(title):
    assert under(title) == [(None, 2024), (None, 2024), NEITHER, NEITHER]


@pytest.mark.parametrize("gap", [[], [[]]], ids=["right above", "a blank row between"])
def test_the_day_may_stand_in_a_line_of_its_own(gap):
    rows = [
        ["人口"],
        *gap,
        [None, None, "令和6年1月1日現在"],
        [None, None, "（単位：人）"],
        ["市町村", "男", "女"],
        ["釧路市", 8, 9],
    ]
    assert years(rows) == [(None, 2024)] * 2
    assert read(xlsx(rows)).tables[0].title == "人口"


@pytest.mark.parametrize(
    "title",
    [
        "令和6年1月1日現在の情報",
        "令和6年4月1日時点",
        "令和6年1月1日作成",
        "人口（令和6年1月1日更新）",
        "令和2年10月1日現在の市町村区域による人口",
        "将来人口（令和12年10月1日現在）",
        "人口（令和6年8月1日現在）",
        "人口（令和6年1月現在）",
        "人口（令和5年1月1日～令和6年1月1日現在）",
        "人口（令和5年1月1日現在、令和6年1月1日現在）",
    ],
)
def test_a_day_of_the_sheet_or_of_a_month_is_no_year(title):
    assert under(title) == [NEITHER] * 4
    assert under(title, name="R6") == [NEITHER] * 4


def test_a_note_says_no_day():
    assert under("人口", "※令和6年1月1日現在") == [NEITHER] * 4


def test_a_fiscal_year_beside_a_day_stays():
    assert under("令和5年度　職員数（令和6年3月31日現在）") == [(2023, None)] * 4
    assert under("令和5年の人口（令和6年1月1日現在）") == [(None, 2023)] * 4


@pytest.mark.parametrize(
    ("title", "name", "possible"),
    [
        ("人口（令和6年3月31日現在）", "表", [(None, 2024), (2023, None)]),
        ("人口（令和6年3月末現在）", "R5", [(None, 2024), (2023, None)]),
        ("人口（令和6年1月1日現在）", "R5", [(None, 2024), (2023, None)]),
        ("人口（令和6年1月1日現在）", "R6", []),
    ],
)
def test_the_end_of_a_fiscal_year_and_a_sheet_of_another_leave_it_open(title, name, possible):
    rows = [[title], HEADER[:2], ["釧路市", 165_000]]
    [figure] = read(sheets({name: rows})).figures
    assert [(each.fiscal_year, each.calendar_year) for each in figure.year_candidates] == possible
    assert (figure.fiscal_year, figure.calendar_year) == (NEITHER if possible else (None, 2024))


def test_a_day_over_a_column_is_that_of_its_figures():
    rows = [
        ["令和3年度　市町村の概要"],
        ["市町村", "人口（R2.10.1現在）", "交付額（千円）", "職員数（令和5年4月1日現在）", "相談者数（R5.4.1現在）"],
    ]
    assert years([*rows, ["釧路市", 165_000, 10, 3, 2]]) == [(None, 2020), (2021, None), (None, 2023), NEITHER]


@pytest.mark.parametrize(
    ("days", "found"),
    [
        (["令和5年10月1日", "令和6年10月1日"], [2023, 2024]),
        (["R5.4.1", "R5.10.1", "R6.10.1"], [None, None, 2024]),
        (["令和5年3月31日現在", "令和6年3月31日現在"], [None, None]),
        (["令和6年8月1日", "令和6年9月1日"], [None, None]),
    ],
)
def test_columns_of_days_are_of_their_years_where_these_tell_them_apart(days, found):
    rows = [["人口の推移（人）"], ["市町村", *days], ["釧路市", *range(7, 7 + len(days))]]
    assert years(rows) == [(None, year) for year in found]
