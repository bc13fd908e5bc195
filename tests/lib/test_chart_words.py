from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sumairu.lib.chart_words import comparison, described, described_lines, message
from sumairu.lib.charts import Series, yearly

OKU = 100_000_000


def points(*values, first=2018):
    return yearly({first + place: value for place, value in enumerate(values) if value is not None}, "{:,}".format)


def calendar(*values, first=2016):
    figures = {first + place: value for place, value in enumerate(values) if value is not None}
    return yearly(figures, "{:,}".format, "{}年".format)


def people(number):
    return f"{number:,}人"


def yen(amount):
    oku, man = divmod(amount // 10_000, 10_000)
    return ((f"{oku}億" if oku else "") + (f"{man:,}万" if man else "") or "0") + "円"


@pytest.mark.parametrize(
    ("values", "heading", "detail"),
    [
        pytest.param(
            (38, 38, 33, 32),
            "派遣者数は3年で6人減り、32人",
            "令和2年度に5人、令和3年度に1人減りました。",
            id="falls twice",
        ),
        pytest.param(
            (30, 31, 33),
            "派遣者数は2年で3人増え、33人",
            "令和元年度に1人、令和2年度に2人増えました。",
            id="rises twice",
        ),
        pytest.param(
            (30, 40, 35),
            "派遣者数は2年で5人増え、35人",
            "令和元年度に10人増え、令和2年度に5人減りました。",
            id="rises and falls",
        ),
        pytest.param(
            (30, 40, 30),
            "派遣者数は2年前と同じ30人",
            "令和元年度に10人増え、令和2年度に10人減りました。",
            id="comes back",
        ),
        pytest.param(
            (40, 30, 30),
            "派遣者数は2年で10人減り、30人",
            "令和元年度に10人減り、令和2年度も30人でした。",
            id="falls and stays",
        ),
        pytest.param(
            (38, 38, 33),
            "派遣者数は2年で5人減り、33人",
            "令和元年度は前の年度と同じ38人で、令和2年度に5人減りました。",
            id="stays and falls",
        ),
        pytest.param(
            (30, 38, 38, 33),
            "派遣者数は3年で3人増え、33人",
            "令和2年度は前の年度と同じ38人で、令和3年度に5人減りました。",
            id="rises, stays and falls",
        ),
        pytest.param(
            (40, 30, 30, 30),
            "派遣者数は3年で10人減り、30人",
            "令和元年度から30人のままです。",
            id="falls and stays long",
        ),
        pytest.param((38, 38, 38), "派遣者数は3年続けて38人", "", id="never changes"),
        pytest.param((0, 0), "派遣者数は2年続けて0人", "", id="never any"),
        pytest.param((38,), "平成30年度の派遣者数は38人", "くらべられる年は、まだありません。", id="one year"),
        pytest.param((), "派遣者数は、まだ公開されていません", "", id="none"),
        pytest.param((38, 33), "派遣者数は1年で5人減り、33人", "平成30年度は38人でした。", id="two years"),
        pytest.param((0, 5), "派遣者数は1年前の0人から5人に", "平成30年度は0人でした。", id="from zero"),
        pytest.param((5, 0), "派遣者数は1年で5人減り、0人", "平成30年度は5人でした。", id="to zero"),
        pytest.param(
            (38, None, 33),
            "派遣者数は2年で5人減り、33人",
            "平成30年度は38人でした。令和元年度の数字はありません。",
            id="a gap before the newest",
        ),
        pytest.param(
            (38, 37, None, None, 33),
            "派遣者数は4年で5人減り、33人",
            "令和元年度は37人でした。令和2年度から令和3年度までの数字はありません。",
            id="a gap of two years before the newest",
        ),
        pytest.param(
            (38, None, 33, 32),
            "派遣者数は3年で6人減り、32人",
            "令和3年度に1人減りました。令和元年度の数字はありません。",
            id="a gap before the last step",
        ),
        pytest.param(
            (38, None, 33, 33),
            "派遣者数は3年で5人減り、33人",
            "令和3年度も33人でした。令和元年度の数字はありません。",
            id="a gap, then the same",
        ),
        pytest.param(
            (38, None, 36, 35, 33),
            "派遣者数は4年で5人減り、33人",
            "令和3年度に1人、令和4年度に2人減りました。令和元年度の数字はありません。",
            id="a gap long ago",
        ),
        pytest.param(
            (38, None, 38, None, None, 38),
            "派遣者数は数字のある3年とも38人",
            "令和元年度、令和3年度から令和4年度までの数字はありません。",
            id="the same with gaps",
        ),
        pytest.param(
            (1210, 1225, 1204), "派遣者数は3年続けて1,200人台", "令和元年度に15人増え、令和2年度に21人減りました。",
            id="near each other",
        ),
        pytest.param(
            (1210, None, 1225),
            "派遣者数は数字のある2年とも1,200人台",
            "平成30年度は1,210人でした。令和元年度の数字はありません。",
            id="near each other with a gap",
        ),
        pytest.param(
            (1201, 1299), "派遣者数は1年で98人増え、1,299人", "平成30年度は1,201人でした。", id="alike in figures only"
        ),
        pytest.param(
            (1199, 1201), "派遣者数は1年で2人増え、1,201人", "平成30年度は1,199人でした。", id="across a round number"
        ),
        pytest.param((-5, -3), "派遣者数は1年で2人増え、-3人", "平成30年度は-5人でした。", id="negative"),
    ],
)  # fmt: skip
def test_message_of_people(values, heading, detail):
    words = message(points(*values), "派遣者数", people)
    assert (words.heading, words.detail) == (heading, detail)


@pytest.mark.parametrize(
    ("values", "heading", "detail"),
    [
        pytest.param(
            (4_550_000_000, 4_550_000_000, 4_580_000_000, 4_580_000_000),
            "予算額は4年続けて45億円台",
            "令和2年度に3,000万円（0.7％）増え、令和3年度も45億8,000万円でした。",
            id="as the slide has it",
        ),
        pytest.param(
            (10 * OKU, 11 * OKU, 10 * OKU),
            "予算額は2年前と同じ10億円",
            "令和元年度に1億円（10.0％）増え、令和2年度に1億円（9.1％）減りました。",
            id="comes back",
        ),
        pytest.param(
            (0, OKU, 2 * OKU),
            "予算額は2年前の0円から2億円に",
            "令和元年度に1億円、令和2年度に1億円（100.0％）増えました。",
            id="no rate from zero",
        ),
        pytest.param(
            (100 * OKU, 100 * OKU + 10_000, 100 * OKU + 10_000),
            "予算額は3年続けて100億円台",
            "令和元年度に1万円（0.1％未満）増え、令和2年度も100億1万円でした。",
            id="a rate too small to state",
        ),
        pytest.param(
            (123_400_000, 123_900_000),
            "予算額は2年続けて1億2,000万円台",
            "平成30年度は1億2,340万円でした。",
            id="two figures in common",
        ),
    ],
)
def test_message_of_yen(values, heading, detail):
    words = message(points(*values), "予算額", yen, with_rate=True)
    assert (words.heading, words.detail) == (heading, detail)


def test_years_that_are_no_fiscal_years_are_called_years():
    words = message(calendar(103, 103, 101), "出生", people)
    assert words.detail == "2017年は前の年と同じ103人で、2018年に2人減りました。"


def test_decimals_are_spoken_of_as_they_are():
    words = message(points(Decimal("0.35"), Decimal("0.33")), "財政力指数", str)
    assert words.heading == "財政力指数は1年で0.02減り、0.33"


@given(st.dictionaries(st.integers(2000, 2024), st.integers(0, 10**6), min_size=2))
def test_the_newest_figure_is_said_whatever_happened(figures):
    words = message(yearly(figures, str), "派遣者数", "{}人".format)
    newest = figures[max(figures)]
    assert f"{newest}人" in words.heading or words.heading.endswith("台")
    assert ("ありません" in words.detail) == (len(figures) < max(figures) - min(figures) + 1)


@pytest.mark.parametrize(
    ("out", "in_", "heading", "detail"),
    [
        ((1152, 1189, 964), (766, 753, 597), "3年とも、転出が転入を上回っています", "2018年の差は367人でした。"),
        ((5, 5, 9), (9, 9, 10), "3年とも、転入が転出を上回っています", "2018年の差は1人でした。"),
        ((9, 9, 9), (9, 9, 10), "2018年は、転入が転出を1人上回りました", "3年のうち1年は、転入が上回っています。"),
        ((9, 1, 9), (5, 5, 5), "2018年は、転出が転入を4人上回りました", "3年のうち2年は、転出が上回っています。"),
        ((9, 5), (5, 5), "2017年は、転出と転入が同じ5人", ""),
        ((9,), (5,), "2016年は、転出が転入を4人上回りました", ""),
        ((9, None, 5), (5, 5, 4), "2年とも、転出が転入を上回っています", "2018年の差は1人でした。"),
        ((), (5, 5), "転出と転入をくらべられる年は、まだありません", ""),
    ],
    ids=["always", "always the other", "only now", "mostly", "the same now", "one year", "a gap", "nothing in common"],
)
def test_comparison_of_two_series(out, in_, heading, detail):
    words = comparison(Series("転出", calendar(*out)), Series("転入", calendar(*in_)), people)
    assert (words.heading, words.detail) == (heading, detail)


def test_a_bar_chart_is_described_year_by_year_and_says_what_is_missing():
    assert described(points(38, None, 33), "派遣者数", "人") == (
        "棒グラフ。派遣者数は平成30年度38人、令和元年度は数字なし、令和2年度33人。"
    )


def test_a_line_chart_is_described_by_its_ends():
    series = [Series("転出", calendar(1152, 964)), Series("転入", calendar(766)), Series("転居", [])]
    assert described_lines(series, "人") == "折れ線グラフ。転出は2016年1,152人から2017年964人、転入は2016年766人。"


def test_nothing_is_described_as_nothing():
    assert described([], "派遣者数", "人") == described_lines([], "人") == ""
