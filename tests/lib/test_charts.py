from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sumairu.lib.charts import Series, bar_chart, line_chart, signed, yearly
from sumairu.lib.charts.bars import HEAD

FIGURES = st.dictionaries(st.integers(2010, 2024), st.integers(-(10**11), 10**11), min_size=1, max_size=15)


def points(*values, first=2018):
    return yearly({first + place: value for place, value in enumerate(values) if value is not None}, str)


def lines(*series):
    return [Series(name, points(*values)) for name, *values in series]


def test_a_year_without_a_figure_is_a_point_without_a_value():
    assert [(point.year, point.label, point.sub_label, point.value) for point in points(38, None, 33)] == [
        (2018, "平成30年度", "2018", 38),
        (2019, "令和元年度", "2019", None),
        (2020, "令和2年度", "2020", 33),
    ]


@pytest.mark.parametrize(
    ("difference", "text"),
    [(1200, "+1,200"), (-5, "−5"), (Decimal("0.3"), "+0.3"), (Decimal("-0.30"), "−0.30")],
    ids=str,
)
def test_differences_carry_their_sign(difference, text):
    assert signed(difference) == text


class TestBars:
    def test_the_highest_is_as_high_as_the_plot_and_the_others_in_proportion(self):
        chart = bar_chart(points(38, 38, 33, 32))
        assert [bar.height for bar in chart.bars] == [150, 150, 130, 126]
        assert {bar.y + bar.height for bar in chart.bars} == {chart.zero} == {184}

    def test_the_last_is_the_newest(self):
        assert [bar.newest for bar in bar_chart(points(38, 38, 33)).bars] == [False, False, True]

    @pytest.mark.parametrize("wide", [False, True], ids=["narrow", "wide"])
    def test_a_missing_year_is_a_gap_with_its_name_and_no_bar(self, wide):
        chart = bar_chart(points(38, None, 33), wide)
        assert [bar.value_label for bar in chart.bars] == ["38", "33"]
        (gap,) = chart.gaps
        assert chart.bars[0].middle < gap.left < gap.x < gap.right < chart.bars[1].middle
        assert chart.years[1].label == "令和元年度"
        assert chart.years[1].x == gap.x

    def test_years_before_the_first_value_and_after_the_last_are_no_gaps(self):
        around = [*points(38, first=2019), *points(33, first=2020)]
        empty = [point for point in points(1, None, None, None, 1) if point.value is None]
        assert bar_chart([empty[0], *around, empty[-1]]) == bar_chart(around)

    def test_zero_is_no_bar_but_has_its_value(self):
        chart = bar_chart(points(38, 0))
        assert (chart.bars[1].height, chart.bars[1].value_label, chart.bars[1].label_y) == (0, "0", chart.zero)

    def test_what_is_not_zero_can_be_seen(self):
        assert bar_chart(points(1_000_000, 1)).bars[1].height == 1

    def test_negative_values_hang_from_the_zero_line_with_their_value_below(self):
        chart = bar_chart(points(20, -10))
        above, below = chart.bars
        assert (above.y + above.height, above.hangs) == (chart.zero, False)
        assert (below.y, below.hangs, below.label_y) == (chart.zero, True, chart.zero + below.height)
        assert above.height == pytest.approx(2 * below.height, abs=1)
        assert below.label_y + 20 <= chart.foot

    def test_the_newest_value_ends_on_the_sheet(self):
        bar = bar_chart(yearly({year: 4_580_000 + year for year in range(2010, 2025)}, "{:,}".format)).bars[-1]
        assert bar.middle + len(bar.value_label) * 0.29 * 18 <= 420

    @pytest.mark.parametrize("values", [(0,), (0, 0, 0)], ids=["one", "three"])
    def test_nothing_but_zeros_lies_on_the_zero_line(self, values):
        chart = bar_chart(points(*values))
        assert {(bar.height, bar.y) for bar in chart.bars} == {(0, chart.foot)}

    def test_no_figures_are_an_empty_chart(self):
        chart = bar_chart([])
        assert (chart.bars, chart.gaps, chart.years) == ((), (), ())

    def test_one_figure_is_one_bar_as_wide_as_any(self):
        (bar,) = bar_chart(points(38)).bars
        assert bar.width == bar_chart(points(38, 33)).bars[0].width

    def test_a_wide_chart_states_differences_between_years_that_follow_each_other(self):
        chart = bar_chart(points(38, 38, 33, None, 32, 30), wide=True)
        middles = [bar.middle for bar in chart.bars]
        assert [(difference.text, difference.x) for difference in chart.differences] == [
            ("−5", pytest.approx((middles[1] + middles[2]) / 2, abs=1)),
            ("−2", pytest.approx((middles[3] + middles[4]) / 2, abs=1)),
        ]

    def test_differences_are_put_as_the_caller_puts_them(self):
        chart = bar_chart(points(45, 48), wide=True, difference_label="{:+.1f}".format)
        assert [difference.text for difference in chart.differences] == ["+3.0"]

    def test_a_narrow_chart_has_no_room_for_differences(self):
        assert bar_chart(points(38, 33)).differences == ()

    @pytest.mark.parametrize("wide", [False, True], ids=["narrow", "wide"])
    @pytest.mark.parametrize("years", range(1, 16))
    def test_names_of_years_never_meet(self, years, wide):
        chart = bar_chart(points(*range(10, 10 + years)), wide)
        desk, phone = 14 * 5.2, (27 if wide else 16) * 5.2
        shown = [year.x for year in chart.years if year.label]
        shown_on_phone = [year.x for year in chart.years if year.label and not year.label_spare]
        assert shown[-1] == shown_on_phone[-1] == chart.bars[-1].middle
        assert all(right - left > desk for left, right in pairwise(shown))
        assert all(right - left > phone for left, right in pairwise(shown_on_phone))

    @given(FIGURES, st.booleans())
    def test_any_figures_stay_on_the_sheet(self, figures, wide):
        chart = bar_chart(yearly(figures, "{:,}".format), wide)
        assert len(chart.bars) == len(figures)
        assert len(chart.bars) + len(chart.gaps) == max(figures) - min(figures) + 1
        for bar in chart.bars:
            assert bar.y + (bar.height == 1) >= HEAD  # a bar of one unit may stand on the upper edge
            assert bar.y + bar.height <= chart.foot + 1
            assert chart.left <= bar.x
            assert bar.x + bar.width <= chart.width
        assert all(one.x + one.width <= other.x for one, other in pairwise(chart.bars))


@pytest.mark.parametrize("each", [1, 300], ids=["short values", "long values"])
@pytest.mark.parametrize("first", [1928, 2008, 2013, 2015, 2024], ids=str)
def test_an_axis_names_both_ends_and_years_between_that_do_not_meet(first, each):
    points = yearly({year: year * each for year in range(first, 2026)}, "{:,}件".format)
    bars, line = bar_chart(points), line_chart([Series("額", points)])
    for years in ([year for year in bars.years if year.sub_label], line.years):
        on_phone = [year for year in years if not year.sub_label_spare]
        for shown, letters in ((years, 12.5), (on_phone, 15)):
            assert (shown[0].sub_label, shown[-1].sub_label) == (str(first), "2025")
            assert all(later.x - year.x >= 4 * 0.58 * letters for year, later in pairwise(shown))
        assert len(years) >= min(4, len(points))
        assert len(on_phone) >= min(3, len(points))


class TestLines:
    def test_both_are_drawn_on_one_scale_from_a_zero_line(self):
        chart = line_chart(lines(("転出", 1000, 500), ("転入", 500, 250)))
        assert [line.d for line in chart.lines] == [
            f"M{chart.left} 30L{chart.right} 115",
            f"M{chart.left} 115L{chart.right} 158",
        ]
        assert chart.zero == chart.foot == 200

    def test_a_missing_year_breaks_the_line(self):
        (line,) = line_chart(lines(("転出", 10, 10, None, 10, 10))).lines
        assert line.d.count("M") == 2

    def test_a_year_between_missing_ones_is_a_dot(self):
        (line,) = line_chart(lines(("転出", 10, 10, None, 10, None, 10, 10))).lines
        assert len(line.dots) == 2

    def test_one_year_is_a_dot_without_a_line(self):
        chart = line_chart(lines(("転出", 10)))
        assert (chart.lines[0].d, [year.sub_label for year in chart.years]) == ("", ["2018"])
        assert len(chart.lines[0].dots) == 1

    def test_a_line_that_ends_early_says_when(self):
        chart = line_chart(lines(("転出", 10, 10, 10), ("転入", 10, 10)))
        assert (chart.lines[0].dots[-1][0], chart.lines[0].until) == (chart.right, "")
        assert chart.lines[1].dots[-1][0] == pytest.approx((chart.left + chart.right) / 2, abs=1)
        assert chart.lines[1].until == "（2019）"

    def test_names_at_the_ends_do_not_meet(self):
        chart = line_chart(lines(("甲", 100), ("乙", 99), ("丙", 98), ("丁", 0), ("戊", 1)))
        heights = sorted(line.label_y for line in chart.lines)
        assert all(lower - upper >= 18 for upper, lower in pairwise(heights))
        assert heights[0] >= 30
        assert heights[-1] <= chart.foot

    @pytest.mark.parametrize(
        ("values", "labels"),
        [
            ((1189, 964), ["500", "1,000"]),
            ((443, 393), ["200", "400"]),
            ((200, 100), ["100", "200"]),
            ((Decimal("0.35"), Decimal("0.31")), ["0.1", "0.2", "0.3"]),
            ((10, -10), ["-10", "-5", "5", "10"]),
            ((0, 0), []),
        ],
        ids=str,
    )
    def test_the_grid_stands_at_round_values(self, values, labels):
        assert [line.label for line in line_chart(lines(("転出", *values))).grid] == labels

    def test_no_figures_are_an_empty_chart(self):
        assert line_chart(lines(("転出",))).lines == ()

    @given(st.lists(FIGURES, min_size=1, max_size=4), st.booleans())
    def test_any_figures_stay_on_the_sheet(self, series, wide):
        chart = line_chart(
            [Series("転出者数", yearly(figures, "{:.0e}".format)) for figures in series], wide, "{:.0e}".format
        )
        dots = [dot for line in chart.lines for dot in line.dots]
        assert all(chart.left <= x <= chart.right and 30 <= y <= chart.foot for x, y in dots)
        assert 0 < chart.left < chart.right < chart.width
