from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sumairu.lib.wareki import (
    FIRST,
    LAST,
    era_name,
    first_day,
    fiscal_year,
    fiscal_year_on,
    fiscal_years_in,
    full_name,
    gregorian_name,
    last_day,
)

years = st.integers(FIRST, LAST)


@pytest.mark.parametrize(
    ("cell", "year"),
    [
        ("令和3年度", 2021),
        ("令和３年度", 2021),
        (" 令和　３ 年\n度 ", 2021),
        ("R3", 2021),
        ("Ｒ３", 2021),
        ("R.3", 2021),
        ("R元", 2019),
        ("令和元", 2019),
        ("㋿元年度", 2019),
        ("㋿3年度", 2021),
        ("H30", 2018),
        ("H30年度", 2018),
        ("㍻30年度", 2018),
        ("S63年度", 1988),
        ("2021", 2021),
        ("２０２１", 2021),
        ("2021年度", 2021),
        ("令和元(2019)年度", 2019),
        ("令和元年度（2019年度）", 2019),
        ("令和3年度（2021）", 2021),
        ("2021（令和3）年度", 2021),
        (2021, 2021),
        (2021.0, 2021),
    ],
)
def test_a_notation_of_a_fiscal_year_is_read(cell, year):
    assert fiscal_year(cell) == year


@pytest.mark.parametrize(
    ("cell", "year"),
    [
        ("平成31年度", 2019),
        ("令和元年度", 2019),
        ("平成31(令和元)年度", 2019),
        ("昭和64年度", 1989),
        ("平成元年度", 1989),
        ("昭和元年度", 1926),
    ],
)
def test_the_last_year_of_an_era_names_the_same_year_as_the_first_of_the_next(cell, year):
    assert fiscal_year(cell) == year


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "30年度",
        "3",
        "元年度",
        "平成28～30年度",
        "令和3年",
        "令和3年3月31日",
        "2021-04-01",
        "令和3年度当初",
        "令和3年度(2020)",
        "令和3年度年度",
        "平成32年度",
        "昭和65年度",
        "令和0年度",
        "大正15年度",
        "R3①",
        "R3²",
        "R٣",
        "1925",
        "2100",
        "20210",
        "2021.5",
        True,
        3,
        2021.5,
        44287,
        float("nan"),
        float("inf"),
        None,
        date(2021, 4, 1),
    ],
)
def test_a_cell_that_says_less_or_more_is_no_year(cell):
    assert fiscal_year(cell) is None


@given(years)
def test_what_is_written_is_read_back(year):
    assert fiscal_year(era_name(year)) == year
    assert fiscal_year(gregorian_name(year)) == year
    assert fiscal_year(full_name(year)) == year


@pytest.mark.parametrize("year", [FIRST - 1, LAST + 1])
def test_a_year_that_no_known_era_counts_is_named_by_its_number(year):
    assert era_name(year) == f"西暦{year}年度"


@given(st.dates(date(FIRST, 4, 1), date(LAST, 12, 31)))
def test_every_day_lies_between_the_first_and_last_of_its_year(day):
    year = fiscal_year_on(day)
    assert first_day(year) <= day <= last_day(year)


@pytest.mark.parametrize(
    ("day", "year"), [(date(2021, 4, 1), 2021), (date(2021, 3, 31), 2020), (date(2021, 1, 1), 2020)], ids=str
)
def test_a_year_begins_in_april(day, year):
    assert fiscal_year_on(day) == year


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("令和４年度　市町村別普通交付税決定額", [2022]),
        ("平成28年度課税におけるふるさと納税に係る寄附金税額控除の適用状況", [2016]),
        ("全都道府県の主要財政指標（令和２年度決算）", [2020]),
        ("（参考）R３当初算定", [2021]),
        ("R４", [2022]),
        ("R3①", [2021]),
        ("表2 2021年度 予算額", [2021]),
        ("令和 ３ 年度\n予算額", [2021]),
        ("予算額（令和3年度(2021)）", [2021]),
        ("地方財政の状況―令和3年度―", [2021]),
        ("令和3年度末現在", [2021]),
        ("令和2年度・令和3年度の比較", [2020, 2021]),
        ("平成30・令和元年度", [2018, 2019]),
        ("令和3年度予算（令和3年度当初）", [2021]),
        ("令和3年度予算（令和3年4月1日現在）", [2021]),
        ("令和3年度予算（R3.4.1現在）", [2021]),
        ("令和3年度予算（前年度比）", [2021]),
    ],
)
def test_a_title_states_its_years(text, stated):
    assert fiscal_years_in(text) == stated


@pytest.mark.parametrize(
    "text",
    [
        "市町村別普通交付税決定額",
        "30年度予算",
        "令和3年3月31日現在",
        "R3.4.1現在",
        "令和2年国勢調査",
        "2021人",
        "予算額 2021",
        "国道AR3号",
        "大正15年度予算",
    ],
)
def test_a_number_or_a_date_in_a_title_is_no_year(text):
    assert fiscal_years_in(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "平成28～30年度の推移",
        "平成28〜30年度の推移",
        "平成28-30年度の推移",
        "平成28年度～平成30年度",
        "平成28年度―令和2年度の推移",
        "H28-R2実績",
        "令和元年度から令和3年度まで",
        "H10以前許可",
        "令和3・4年度",
        "R3・4実績",
        "令和3年度・4年度",
        "平成28・29・令和元年度",
        "2020・2021年度",
        "2020及び2021年度",
        "令和2年・令和3年度",
        "令和3年度(2020)予算",
        "平成40年度と令和3年度",
    ],
)
def test_a_title_that_says_more_than_can_be_read_states_none(text):
    assert fiscal_years_in(text) == []
