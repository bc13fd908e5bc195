"""Figures of municipalities, each with where it comes from: the years of one town as charts, and the towns of one year."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from itertools import groupby

from regions.models import Indicator, IndicatorFigure, Municipality
from sumairu.imports.models import value_words
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


def overview(rows):
    """How many municipalities have a figure, and which has the largest, in a sentence or two."""
    figures = [row.figure for row in rows if row.figure]
    if not figures:
        return ""
    largest = max(figures, key=lambda figure: figure.value)
    missing = len(rows) - len(figures)
    whose = f"{len(figures)}市町村の数値" + (f"です。{missing}市町村は資料にありません" if missing else "です")
    return f"{whose}。いちばん大きいのは{largest.municipality}の{largest.in_words}です。"


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
    """`yen` in `unit`, to one decimal where it has any; what is less, to its first digit: it is not 0."""
    exact = in_unit(yen, unit)
    step = Decimal("0.1") if not exact else min(Decimal("0.1"), Decimal(1).scaleb(exact.adjusted()))
    number = exact.quantize(step, ROUND_HALF_UP)
    return int(number) if number == number.to_integral_value() else number


def _chart(indicator, figures, changes):
    values = {figure.fiscal_year: figure.value for figure in figures}
    unit, label = _drawn(indicator, max(values.values()))
    points = yearly(values, label)
    is_line = len(points) > MOST_BARS
    line = Series("", yearly(values, lambda value: f"{label(value)}{unit}"))
    cells = _cells(figures)
    is_money = indicator.measure == Indicator.Measure.YEN
    return IndicatorChart(
        indicator=indicator,
        message=message(points, indicator.name, partial(value_words, measure=indicator.measure), with_rate=is_money),
        drawing=line_chart([line], tick_label=label) if is_line else bar_chart(points),
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
    """Of each figure, by primary key, its cell as a table shows it: as much of its place as the figures do not share."""
    files = {figure.run.file_id for figure in figures if figure.run}
    sheets = {(figure.run.file_id, figure.sheet) for figure in figures if figure.run}
    return {figure.pk: cell_of(figure, len(files) > 1, len(sheets) > 1) for figure in figures}
