"""Figures of municipalities, each with where it comes from: the years of one town as charts, and the towns of one year."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from itertools import groupby

from django.db.models import Count, Sum

from regions.models import Indicator, IndicatorFigure, Municipality
from sumairu.imports.models import about_words
from sumairu.imports.sources import cell_of, details_of, last_changes, summary_of, with_sources
from sumairu.imports.tables import YearRow, year_row
from sumairu.lib.amounts import grouped, in_unit
from sumairu.lib.chart_words import Message, described, described_lines, message
from sumairu.lib.charts import BarChart, LineChart, Series, bar_chart, line_chart, signed, yearly

OKU = 10**8
MOST_BARS = 8  # the values of more have no room over them


@dataclass(frozen=True)
class IndicatorChart:
    indicator: Indicator
    message: Message
    drawing: BarChart | LineChart
    is_line: bool
    caption: str
    description: str
    rows: list[YearRow]
    summary: str  # of where the figures come from, in a line
    details: list[dict]


@dataclass(frozen=True)
class TownRow:
    """One municipality of the table of a year; `figure` is None where the year has none of it."""

    town: Municipality
    figure: IndicatorFigure | None
    before: int | None  # the figure of the year before
    cell: str

    @property
    def value(self):
        return grouped(self.figure.value) if self.figure else "—"

    @property
    def difference(self):
        return "—" if self.figure is None or self.before is None else signed(self.figure.value - self.before)


def town_rows(indicator, year):
    """A row for each municipality, in the order of their codes."""
    figures = with_sources(indicator.figures.in_year(year)).select_related("municipality", "indicator")
    by_town = {figure.municipality_id: figure for figure in figures}
    cells = _cells(figures)
    before = dict(indicator.figures.in_year(year - 1).values_list("municipality", "amount"))
    towns = Municipality.objects.governed().select_related("subprefecture")
    return [
        TownRow(town, figure := by_town.get(town.pk), before.get(town.pk), cells[figure.pk] if figure else "")
        for town in towns
    ]


def arranged(rows, office=None, order=""):
    """The rows of one office, or all; the largest figures first (`most`), the smallest (`least`), or as they come.

    Municipalities without a figure stand last: nothing is less than nothing.
    """
    rows = [row for row in rows if office is None or row.town.subprefecture_id == office.pk]
    if not order:
        return rows
    with_figure = [row for row in rows if row.figure]
    without = [row for row in rows if not row.figure]
    return sorted(with_figure, key=lambda row: row.figure.value, reverse=order == "most") + without


def overview(rows, whose=""):
    """How many municipalities have a figure, and which has the largest, in a sentence or two; `whose` is 「根室振興局管内の」."""
    figures = [row.figure for row in rows if row.figure]
    if not figures:
        return ""
    largest = max(figures, key=lambda figure: figure.value)
    missing = len(rows) - len(figures)
    many = f"{whose}{len(figures)}市町村の数値" + (f"です。{missing}市町村は資料にありません" if missing else "です")
    amount = about_words(largest.value, largest.measure)
    return f"{many}。いちばん大きいのは{largest.municipality}の{amount}です。"


@dataclass(frozen=True)
class TotalChart:
    """What the municipalities of an office, or of all Hokkaido, have together, year by year."""

    message: Message
    drawing: BarChart | LineChart
    is_line: bool
    caption: str
    description: str
    rows: list[tuple[int, str, str]]  # of year, total and its difference from the year before
    count: int  # of municipalities in each year drawn
    values: dict[int, int]  # of each year


def total_chart(indicator, office=None):
    """The years in which as many municipalities have a figure as in any; None where there are not two of them.

    A year in which some are missing has no total: it would tell a fall that there never was.
    """
    figures = indicator.figures.filter(municipality__subprefecture=office) if office else indicator.figures
    years = list(figures.values("fiscal_year").annotate(total=Sum("amount"), count=Count("pk")).order_by("fiscal_year"))
    most = max((year["count"] for year in years), default=0)
    values = {year["fiscal_year"]: year["total"] for year in years if year["count"] == most}
    if len(values) < 2:
        return None
    noun = f"{f'{office}管内' if office else '全道'}の{indicator}の合計"
    unit, label = _drawn(indicator, max(values.values()))
    drawing, is_line, points = _drawing(values, label, unit, indicator.calendar)
    return TotalChart(
        message=message(points, noun, partial(about_words, measure=indicator.measure), indicator.is_money),
        drawing=drawing,
        is_line=is_line,
        caption=f"{noun}（{unit}）",
        description=described_lines([Series(noun, points)], unit) if is_line else described(points, noun, unit),
        rows=[(year, grouped(total), _step(values, year)) for year, total in values.items()],
        count=most,
        values=values,
    )


def _step(values, year):
    return signed(values[year] - values[year - 1]) if year - 1 in values else "—"


def _drawing(values, label, unit, calendar):
    """The drawing of values by year, whether it is one of lines, and its points."""
    points = yearly(values, label, calendar.name)
    if len(points) <= MOST_BARS:
        return bar_chart(points), False, points
    return (
        line_chart(
            [Series("", yearly(values, lambda value: f"{label(value)}{unit}", calendar.name))], tick_label=label
        ),
        True,
        points,
    )


def sources_of(rows, indicator):
    """The line that says where the figures of `rows` are from, and what it opens to."""
    figures = [row.figure for row in rows if row.figure]
    details = details_of(figures, last_changes(figures), indicator.source, lambda figure: figure.municipality.name)
    return {"summary": summary_of(figures), "details": details}


def indicator_charts(municipality):
    """A chart of each indicator that the municipality has a figure of."""
    rows = with_sources(municipality.indicator_figures.select_related("indicator"))
    figures = list(rows.order_by("indicator__order", "indicator__slug", "fiscal_year"))
    changes = last_changes(figures)
    return [
        _chart(indicator, list(years), changes) for indicator, years in groupby(figures, lambda each: each.indicator)
    ]


def yen_unit(yen):
    """The unit in which amounts up to `yen` are drawn."""
    return "億円" if yen >= OKU else "万円"


def short(yen, unit):
    """`yen` in `unit`, to one decimal where it has any; from 1,000 on, to none; what is less, to its first digit."""
    exact = in_unit(yen, unit)
    tenth = Decimal(1) if abs(exact) >= 1000 else Decimal("0.1")
    step = tenth if not exact else min(tenth, Decimal(1).scaleb(exact.adjusted()))
    number = exact.quantize(step, ROUND_HALF_UP)
    return int(number) if number == number.to_integral_value() else number


def _chart(indicator, figures, changes):
    values = {figure.fiscal_year: figure.value for figure in figures}
    unit, label = _drawn(indicator, max(values.values()))
    drawing, is_line, points = _drawing(values, label, unit, indicator.calendar)
    cells = _cells(figures)
    return IndicatorChart(
        indicator=indicator,
        message=message(
            points, indicator.name, partial(about_words, measure=indicator.measure), with_rate=indicator.is_money
        ),
        drawing=drawing,
        is_line=is_line,
        caption=f"{indicator}（{unit}）",
        description=described_lines([Series(indicator.name, points)], unit)
        if is_line
        else described(points, indicator.name, unit),
        rows=[year_row(figure, values, changes.get(figure.pk), cells[figure.pk], grouped) for figure in figures],
        summary=summary_of(figures),
        details=details_of(figures, changes, indicator.source),
    )


def _drawn(indicator, largest) -> tuple[str, Callable[[int], str]]:
    """The unit of a chart's bars, and what stands over each."""
    if indicator.measure != Indicator.Measure.YEN:
        return indicator.unit, grouped
    unit = yen_unit(largest)
    return unit, lambda yen: f"{short(yen, unit):,}"


def _cells(figures):
    """The cell of each figure, by primary key, as a table shows it: without the file or sheet that all of them share."""
    files = {figure.run.file_id for figure in figures if figure.run}
    sheets = {(figure.run.file_id, figure.sheet) for figure in figures if figure.run}
    return {figure.pk: cell_of(figure, len(files) > 1, len(sheets) > 1) for figure in figures}
