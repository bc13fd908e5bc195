"""A town's statistics over the years as line charts: what comes against what goes."""

from collections import defaultdict
from dataclasses import dataclass

from sumairu.lib.amounts import grouped
from sumairu.lib.chart_words import Message, comparison, described_lines
from sumairu.lib.charts import LineChart, Series, line_chart, signed, yearly
from sumairu.lib.editions import in_editions


@dataclass(frozen=True)
class Pair:
    """Two facts seen against each other; the first is what the chart is about."""

    slug: str
    name: str
    other_slug: str
    other_name: str
    caption: str


PAIRS = [
    Pair("moved_out", "転出", "moved_in", "転入", "日本人の移動（人、年）"),
    Pair("births", "出生", "deaths", "死亡", "出生と死亡（人、年）"),
]


@dataclass(frozen=True)
class TrendChart:
    pair: Pair
    message: Message
    drawing: LineChart
    description: str
    rows: list  # of year, value, other value and their difference in words, newest last
    source: str
    values: dict[int, int]
    other_values: dict[int, int]

    @property
    def slug(self):
        """Tells it from the other tables of a page."""
        return f"trend-{self.pair.slug}"

    @property
    def years(self):
        return sorted(self.values | self.other_values)


def trend_charts(municipality):
    """A chart of each pair of which the town has two years or more."""
    slugs = [slug for pair in PAIRS for slug in (pair.slug, pair.other_slug)]
    values, sources = defaultdict(dict), defaultdict(list)
    for row in municipality.facts.filter(fact__slug__in=slugs).select_related("fact").order_by("year"):
        values[row.fact.slug][row.year] = int(row.value)
        sources[row.fact.slug].append(row.source)
    return [
        _chart(pair, values[pair.slug], values[pair.other_slug], sources[pair.slug] + sources[pair.other_slug])
        for pair in PAIRS
        if len(values[pair.slug]) > 1 and len(values[pair.other_slug]) > 1
    ]


def _chart(pair, values, other_values, sources):
    one = Series(pair.name, _points(values))
    other = Series(pair.other_name, _points(other_values), context=True)
    return TrendChart(
        pair=pair,
        message=comparison(one, other, "{:,}人".format),
        drawing=line_chart([one, other]),
        description=described_lines([one, other], "人"),
        rows=[_row(year, values.get(year), other_values.get(year)) for year in sorted(values | other_values)],
        source=in_editions(sorted(set(sources))),
        values=values,
        other_values=other_values,
    )


def _points(values):
    return yearly(values, grouped, label="{}年".format, sub_label=str)


def _row(year, value, other):
    both = value is not None and other is not None
    return {
        "year": year,
        "value": "—" if value is None else grouped(value),
        "other": "—" if other is None else grouped(other),
        "difference": signed(value - other) if both else "—",
    }
