from datetime import date

import pytest

from sumairu.lib.workbooks.words.years import (
    are_years,
    heads_a_year,
    is_a_time,
    is_other_year,
    names_a_time,
    names_other_year,
    year_of_quantity,
    years_across,
    years_down,
    years_of,
)


@pytest.mark.parametrize(
    ("path", "years"),
    [
        (["予算額", "R3年度"], [2021]),
        (["平成", "30"], [2018]),
        (["令和年度", "元"], [2019]),
        (["平成", "実績", "29年度"], [2017]),
        (["平成", "40"], []),
        (["30年度"], []),
        (["令和3年度", "令和3年度当初"], [2021]),
        (["令和3年度", "（うち令和2年度繰越）"], [2021, 2020]),
        (["2021"], [2021]),
        (["令和3年4月1日現在"], []),
        (["2021年"], []),
    ],
)
def test_the_texts_over_a_column_state_years_together(path, years):
    assert years_of(path) == years


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        pytest.param([("2018",), ("2019",), ("2020",)], True, id="one after another"),
        pytest.param([("2020",), ("2019",)], True, id="newest first"),
        pytest.param([("2019",), ("2019",), ("2020",), ("2020",)], True, id="each over two columns"),
        pytest.param([("予算額", "2018"), ("予算額", "2019")], True, id="under one name"),
        pytest.param([("平成", "30"), ("令和", "元"), ("令和", "2")], True, id="under eras"),
        pytest.param([("2021",)], True, id="alone, with nothing above"),
        pytest.param([("令和", "3")], True, id="alone under its era"),
        pytest.param([("予算額", "2021")], False, id="alone under a name"),
        pytest.param([("当初", "2018"), ("決算", "2019")], False, id="under names of their own"),
        pytest.param([("R2年度", "2018"), ("R3年度", "2019")], False, id="under years"),
        pytest.param([("2018",), ("2021",)], False, id="with a gap"),
        pytest.param([("45",), ("46",)], False, id="no years"),
        pytest.param([("予算額", "2018"), ("予算額", "45.5")], False, id="not all years"),
    ],
)
def test_numbers_are_years_where_nothing_else_is_likely(paths, expected):
    assert are_years(paths) == expected


def test_a_year_named_by_its_distance_is_noticed():
    assert [names_other_year([name]) for name in ("前年度予算額", "本年度予算額", "令和2年度")] == [True, False, False]


@pytest.mark.parametrize(
    ("texts", "years"),
    [
        (["平成29年度", "30年度", "令和元年度", "2年度"], [2017, 2018, 2019, 2020]),
        (["令和2", "元", "平成30", "29"], [2020, 2019, 2018, 2017]),
        (["2017年度", "18年度"], [2017, 2018]),
        (["平成29年度", "増減", "30年度"], [2017, None, 2018]),
        (["平成29年度", "増減", "30"], [2017, None, None]),
        (["平成29年度", "33年度"], [2017, None]),
        (["平成29年度", "33年度", "30年度"], [2017, None, None]),
        (["30年度", "31年度"], [None, None]),
        (["平成元年度", "2年度"], [1989, 1990]),
    ],
)
def test_a_number_goes_on_from_the_year_beside_it(texts, years):
    assert years_across([(text,) for text in texts]) == [[] if year is None else [year] for year in years]


def test_a_number_goes_on_from_the_year_in_its_own_row_of_the_header():
    paths = [("平成29年度", "金額"), ("平成29年度", "件数"), ("30年度", "金額"), ("30年度", "件数"), ("参考", "31")]
    assert years_across(paths) == [[2017], [2017], [2018], [2018], []]


@pytest.mark.parametrize(
    ("cells", "years"),
    [
        (["平成30年度", "平成30年度", "元", "2"], [2018, 2018, 2019, 2020]),
        (["令和3年度", 2.0, "元"], [2021, 2020, 2019]),
        (["昭和63", "平成元", "2", "令和元", "2"], [1988, 1989, None, 2019, None]),
        (["平成30年度", "合計", "31"], [2018, None, None]),
        ([30.0, "元"], [None, None]),
        ([2018.0, 2019.0], [2018, 2019]),
        ([date(2021, 4, 1), date(2022, 3, 31)], [2021, None]),
    ],
)
def test_a_number_goes_on_from_the_year_above_it(cells, years):
    found = years_down(cells)
    assert [found[cell] for cell in cells] == years


@pytest.mark.parametrize(
    ("row", "may_go_on", "expected"),
    [
        ([("平成29",), ("30",), ("令和元",)], True, True),
        ([("平成29",), ("30",), ("令和元",)], False, False),
        ([("年度", "平成29"), ("件数", "30"), ("人数", "31")], True, False),
        ([("平成29",), ("30",), ("45",)], True, False),
    ],
)
def test_numbers_after_a_year_are_years_where_nothing_tells_them_apart(row, may_go_on, expected):
    assert are_years(row, may_go_on=may_go_on) is expected


@pytest.mark.parametrize(
    ("label", "year"),
    [
        ("R3予算額（千円）", 2021),
        ("令和3年度の派遣者数", 2021),
        ("2021年度決算額", 2021),
        ("令和2年度災害復旧事業費", None),
        ("令和2年度繰越額", None),
        ("令和2～3年度予算額", None),
        ("予算額", None),
    ],
)
def test_a_row_named_by_year_and_measure_alone_is_of_that_year(label, year):
    assert year_of_quantity(label) == year


def test_days_and_calendar_years_are_told_from_fiscal_years():
    texts = ("令和2年国勢調査", "R2国調人口", "人口（R2.10.1）", "2020年", "2020/10", "平成30年度", "H30", "2021")
    assert [names_a_time(text) for text in texts] == [True, True, True, True, True, False, False, False]
    assert years_of(("R2国調人口",)) == []
    texts = ("令和2年", "R2.10.1現在", "2021-04-01", "令和2年国勢調査", "令和2年度")
    assert [is_a_time(text) for text in texts] == [True, True, True, False, False]


def test_a_row_of_a_year_named_by_its_distance_alone_is_noticed():
    texts = ("前年度", "（参考）前年度", "前年度予算額", "前年度繰越金", "来年度に向けた調査")
    assert [is_other_year(text) for text in texts] == [True, True, True, False, False]


def test_a_heading_of_a_year_is_told_from_one_that_names_it():
    texts = (
        "【令和2年度】",
        "■令和2年度分",
        "1 令和2年度の予算額（千円）",
        "令和元年度台風災害復旧事業",
        "令和2年度国体",
    )
    assert [heads_a_year(text) for text in texts] == [True, True, True, False, False]
