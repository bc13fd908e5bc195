"""What is said of figures over the years and beside others: no judgement, and nothing that the figures do not say."""

from decimal import Decimal

import pytest

from sumairu.lib.charts import yearly
from sumairu.lib.trend_words import (
    INDEX,
    PERCENT,
    Scale,
    balance,
    over_time,
    rate,
    rate_words,
    standing,
    standing_heading,
)

PEOPLE = "{:,}人".format
NEAR, OFFICE = "似たまちの中央値", "管内の中央値"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        pytest.param({}, "出生数の数値は、この町についてはまだ記録がありません。", id="missing"),
        pytest.param({2020: 5}, "出生数は、2020年に5人です。くらべられる年の数値は、まだありません。", id="one point"),
        pytest.param({2020: 0}, "出生数は、2020年に0人です。くらべられる年の数値は、まだありません。", id="one zero"),
        pytest.param(
            {2018: 100, 2019: 90, 2020: 80},
            "出生数は、2018年の100人から2020年の80人へ、20人（20.0％）減少しています。",
            id="fall",
        ),
        pytest.param(
            {2018: 80, 2019: 90, 2020: 100},
            "出生数は、2018年の80人から2020年の100人へ、20人（25.0％）増加しています。",
            id="growth",
        ),
        pytest.param(
            {2018: 7, 2019: 9, 2020: 7}, "出生数は、2018年も2020年も7人で、変わっていません。", id="equal ends"
        ),
        pytest.param(
            {2018: 1000, 2019: 1000, 2020: 991},
            "出生数は、2018年の1,000人から2020年の991人へ、9人（0.9％）の減少で、横ばいです。",
            id="steady",
        ),
        pytest.param(
            {2018: 10_000, 2019: 10_000, 2020: 9_905},
            "出生数は、2018年の10,000人から2020年の9,905人へ、95人（1.0％）減少しています。",
            id="rounds to the threshold",
        ),
        pytest.param(
            {2018: 100_000, 2019: 1, 2020: 100_001},
            "出生数は、2018年の100,000人から2020年の100,001人へ、1人（0.1％未満）の増加で、横ばいです。",
            id="hardly any",
        ),
        pytest.param(
            {2018: 0, 2019: 3, 2020: 4}, "出生数は、2018年の0人から2020年の4人へ、4人増加しています。", id="from zero"
        ),
        pytest.param(
            {2018: 4, 2019: 3, 2020: 0},
            "出生数は、2018年の4人から2020年の0人へ、4人（100.0％）減少しています。",
            id="to zero",
        ),
        pytest.param(
            {2015: 100, 2018: 90, 2020: 80},
            "出生数は、2015年の100人から2020年の80人へ、20人（20.0％）減少しています。"
            "2016年から2017年まで、2019年の数字はありません。",
            id="missing years",
        ),
        pytest.param(
            {2015: 100, 2020: 80},
            "出生数は、2015年の100人から2020年の80人へ、20人（20.0％）減少しています。数値があるのは、この2つの年だけです。",
            id="only two points",
        ),
    ],
)
def test_over_time(values, said):
    assert over_time("出生数", yearly(values, str, label="{}年".format), PEOPLE) == said


@pytest.mark.parametrize(
    ("here", "others", "scale", "said", "heading"),
    [
        pytest.param(
            Decimal("30.0"),
            [(NEAR, Decimal("29.5")), (OFFICE, Decimal("30.0"))],
            PERCENT,
            "割合は30.0％で、似たまちの中央値（29.5％）より0.5ポイント高く、管内の中央値（30.0％）と同じです。",
            "割合30.0％は、似たまちの中央値より0.5ポイント高い",
            id="higher and equal",
        ),
        pytest.param(
            Decimal("-8.3"),
            [(NEAR, Decimal("-8.3")), (OFFICE, Decimal("1.0"))],
            Scale("人", more="高く", less="低く"),
            "割合は△8.3人で、似たまちの中央値（△8.3人）と同じで、管内の中央値（1.0人）より9.3人低くなっています。",
            "割合△8.3人は、似たまちの中央値と同じ",
            id="negative",
        ),
        pytest.param(
            Decimal("0.30"),
            [(NEAR, None), (OFFICE, Decimal("0.00"))],
            INDEX,
            "割合は0.30で、管内の中央値（0.00）より0.30高くなっています。",
            "割合0.30は、管内の中央値より0.30高い",
            id="nobody alike",
        ),
        pytest.param(
            3,
            [(NEAR, None)],
            Scale("校"),
            "割合は3校です。くらべられるまちの数値は、まだありません。",
            "割合は3校",
            id="nobody",
        ),
        pytest.param(
            0,
            [(NEAR, 2)],
            Scale("校"),
            "割合は0校で、似たまちの中央値（2校）より2校少なくなっています。",
            "割合0校は、似たまちの中央値より2校少ない",
            id="zero",
        ),
    ],
)
def test_standing(here, others, scale, said, heading):
    assert (standing("割合", here, others, scale), standing_heading("割合", here, others, scale)) == (said, heading)


def test_what_is_not_known_of_the_town_is_said():
    assert standing("割合", None, [(NEAR, 3)], PERCENT) == "割合の数値は、この町についてはまだ記録がありません。"


@pytest.mark.parametrize(
    ("before", "now", "by", "words"),
    [
        pytest.param(200, 181, Decimal("-9.5"), "9.5％減", id="fall"),
        pytest.param(3, 4, Decimal("33.3"), "33.3％増", id="growth"),
        pytest.param(5, 5, Decimal("0.0"), "同じ", id="equal"),
        pytest.param(0, 0, None, "同じ", id="both zero"),
        pytest.param(0, 1, None, "増", id="from zero"),
        pytest.param(10_000, 9_999, Decimal("0.0"), "0.1％未満の減", id="hardly any"),
    ],
)
def test_rates(before, now, by, words):
    assert (rate(before, now), rate_words(before, now)) == (by, words)
    assert str(rate(before, now)) != "-0.0"


def test_a_balance_names_the_larger_first():
    said = [
        balance("2023年", ("出生", births), ("死亡", deaths), PEOPLE) for births, deaths in ((9, 4), (4, 9), (4, 4))
    ]
    assert said == [
        "2023年は、出生（9人）が死亡（4人）を5人上回っています。",
        "2023年は、死亡（9人）が出生（4人）を5人上回っています。",
        "2023年は、出生と死亡が同じ4人です。",
    ]
