"""What all municipalities have together, year by year, or per head of them: the map's figures as one chart."""

from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from regions.charts import short, yen_unit
from regions.town_figures import people_of
from sumairu.lib.amounts import UNITS, about_yen, grouped
from sumairu.lib.calendars import Calendar
from sumairu.lib.chart_words import Message, described, described_lines, message
from sumairu.lib.charts import BarChart, LineChart, Series, bar_chart, line_chart, yearly
from sumairu.lib.per_head import ADDED_UP, per_head
from sumairu.lib.shown import Column, Shown

MOST_BARS = 6  # the values of more have no room over them


@dataclass(frozen=True)
class WholeChart:
    message: Message
    drawing: BarChart | LineChart
    is_line: bool
    caption: str
    description: str
    rows: list[tuple[str, str, str]]  # of a year its name, the value, and the difference from the year before
    unit: str
    count: int  # of municipalities in each year drawn
    values: dict[int, int | Decimal]  # the values themselves, by year
    counted_in: str  # their unit
    calendar: Calendar

    @property
    def shown(self):
        """The chart as a table to take away."""
        noun = self.calendar.noun
        columns = [
            Column("fiscal_year", f"{noun}（西暦）", type="year"),
            Column("year_in_words", f"{noun}（和暦）"),
            Column("value", "値", self.counted_in, "number"),
        ]
        return Shown(
            self.caption.removesuffix(f"（{self.unit}）"),
            columns,
            lambda: [
                [year, self.calendar.name(year), int(value) if value == int(value) else value]
                for year, value in self.values.items()
            ],
            slug="total",
            notes=[f"資料のある{self.count}市町村を合わせたものです。"],
        )


def whole_chart(years, people, is_per_head=False):
    """The years in which as many municipalities have a figure as in any; None where there are not two, or no sums.

    `people` are the counts of the population, where it is divided: each year by those of the same municipalities.
    """
    most = max((len(each.values) for each in years), default=0)
    drawn = [each for each in years if len(each.values) == most]
    if len(drawn) < 2 or drawn[0].unit not in ADDED_UP or drawn[0].is_yes_no:
        return None
    unit, values = drawn[-1].unit, {each.year: sum(each.values.values()) for each in drawn}
    label, say = grouped, lambda value: f"{grouped(value)}{unit}"
    if is_per_head:
        shares = {each.year: _share(each, people) for each in drawn}
        if not all(shares.values()):
            return None
        unit, values = shares[drawn[-1].year].unit, {year: share.value for year, share in shares.items()}
    elif unit in UNITS:
        values = {year: int(value) * UNITS[unit] for year, value in values.items()}
        unit, say = yen_unit(max(values.values())), about_yen
        label = partial(_short, unit=unit)
    noun = f"全道の{drawn[-1].label}{'（人口あたり）' if is_per_head else 'の合計'}"
    calendar = drawn[-1].calendar
    counted_in = "円" if unit in UNITS else unit
    is_line = len(range(min(values), max(values) + 1)) > MOST_BARS
    points = yearly(values, (lambda value: f"{label(value)}{unit}") if is_line else label, calendar.name)
    lines = [Series("", points)]
    return WholeChart(
        message=message(points, noun, say),
        drawing=line_chart(lines, tick_label=label) if is_line else bar_chart(points),
        is_line=is_line,
        caption=f"{noun}（{unit}）",
        description=described_lines([Series(noun, points)], unit) if is_line else described(points, noun, unit),
        rows=[
            (
                calendar.full_name(year),
                label(value),
                _step(values, year, label),
            )
            for year, value in values.items()
        ],
        unit=unit,
        count=most,
        values=values,
        counted_in=counted_in,
        calendar=calendar,
    )


def _short(yen, unit):
    return f"{short(yen, unit):,}"


def _step(values, year, label):
    if year - 1 not in values:
        return "—"
    difference = values[year] - values[year - 1]
    return label(difference) if difference <= 0 else f"+{label(difference)}"


def _share(figures, people):
    """What the municipalities of a year have per head of them all."""
    counted = people_of(figures.year, people)
    if counted is None or not figures.values.keys() <= counted.values.keys():
        return None
    return per_head(sum(figures.values.values()), figures.unit, sum(counted.values[pk] for pk in figures.values))
