"""What a sheet draws: the town beside the medians, its years, and its people by group, each with one message."""

from dataclasses import dataclass

from sumairu.lib.amounts import grouped
from sumairu.lib.chart_words import comparison, described, described_lines, message
from sumairu.lib.charts import BarChart, LineChart, Point, Series, bar_chart, line_chart
from sumairu.lib.trend_words import largest, rate_words, standing_heading

PLACES = {"似たまちの中央値": "似たまち", "管内の中央値": "管内", "全道の中央値": "全道"}
LONGEST_NAME = 4  # characters under a bar


@dataclass(frozen=True)
class Drawing:
    """One message, the chart that shows it, and what that says in a sentence or two."""

    heading: str
    caption: str
    description: str
    chart: BarChart | LineChart
    sentence: str = ""

    @property
    def is_line(self):
        return isinstance(self.chart, LineChart)


def beside_others(compared, town):
    """The town's value beside the medians, as bars; None where the town or everybody else has none."""
    if compared is None or compared.here is None or not any(each.value is not None for each in compared.medians):
        return None
    bars = [(PLACES[each.name], each.value) for each in reversed(compared.medians)] + [(_short(town), compared.here)]
    points = [
        Point(place, name, "" if place == len(bars) - 1 else "中央値", value, "" if value is None else grouped(value))
        for place, (name, value) in enumerate(bars)
    ]
    return Drawing(
        standing_heading(compared.label, compared.here, compared.others, compared.scale),
        f"{compared.label}（{compared.unit}、{compared.when}）"
        if compared.unit
        else f"{compared.label}（{compared.when}）",
        described(points, compared.label, compared.unit),
        bar_chart(points, small=True),
    )


def _short(town):
    """The name under its bar, where longer ones would meet."""
    return town.name if len(town.name) <= LONGEST_NAME else "このまち"


def over_years(series, say):
    """The years that have a value, as bars."""
    if series is None or not series.values:
        return None
    points = series.in_years()
    text = message(series.points(), series.label, say).heading
    caption = f"{series.label}（{series.unit}、{series.when}。数値のある年だけ）"
    return Drawing(text, caption, described(points, series.label, series.unit), bar_chart(points, small=True))


def against(one, one_name, other, other_name, unit, label=grouped, say=None):
    """Two series over the same years as lines; None where one of them has no two years."""
    if one is None or other is None or len(one.values) < 2 or len(other.values) < 2:
        return None
    lines = [
        Series(one_name, one.points(label)),
        Series(other_name, other.points(label), context=True),
    ]
    return Drawing(
        comparison(*lines, say or f"{{:,}}{unit}".format).heading,
        f"{one_name}と{other_name}（{unit}、{one.when}）",
        described_lines(lines, unit),
        line_chart(lines, tick_label=label, small=True),
    )


def by_group(parts, noun, largest_first=False):
    """`parts`, pairs of a name and a `TownSeries`, in the newest year of any, each with its change since the year before."""
    if not parts:
        return None
    newest = max(each.years[-1] for _, each in parts)
    points, changes = [], []
    for place, (name, each) in enumerate(parts):
        now, before = each.values.get(newest), [year for year in each.years if year < newest][-1:]
        by = rate_words(each.values[before[0]], now) if before and now is not None else ""
        points.append(Point(place, name, by, now, "" if now is None else grouped(now)))
        if by:
            changes.append((newest - before[0], f"{name}は{by}"))
    spans = {years for years, _ in changes}
    if len(spans) == 1 and not largest_first:
        heading = f"{spans.pop()}年で、{'、'.join(words for _, words in changes)}"
    else:
        heading = f"いちばん多いのは{largest([(each.label, each.value) for each in points if each.value is not None])}"
    compared = "と前の調査からの増減率" if changes else ""
    caption = f"{noun}（人、{parts[0][1].calendar.full_name(newest)}）{compared}"
    return Drawing(heading, caption, described(points, noun, "人"), bar_chart(points, small=True))
