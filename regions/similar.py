"""Which municipalities are most like one, and by what: six measures of official statistics, each of a stated year."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from regions.models import Municipality
from regions.town_figures import FACT, POPULATION, newest_facts, over_years
from sumairu.lib.amounts import grouped
from sumairu.lib.similarity import Measure, nearest

LEAST, MOST, USUAL = 0, 3, 1  # weights
AGED, PRIMARY, WORKERS, FINANCE, AREA = (
    "population_65_and_over",
    "workers_primary",
    "workers",
    "fiscal_capability_index",
    "area_ha",
)


@dataclass(frozen=True)
class TownMeasure:
    """One measure by which towns are compared: of what day, from where, and its values by primary key."""

    name: str
    label: str
    unit: str
    year_words: str
    source: str
    values: Mapping[int, float]
    decimals: int = 0
    is_log: bool = False

    def text(self, pk):
        """The value of a town in words; 「—」 where it is not known."""
        value = self.rounded(pk)
        return "—" if value is None else grouped(value)

    def rounded(self, pk):
        """The value of a town to as many decimals as are shown; None where it is not known."""
        value = self.values.get(pk)
        return None if value is None else Decimal(f"{value:.{self.decimals}f}")

    @property
    def how(self):
        return "対数をとって標準化" if self.is_log else "標準化"


class SimilarTowns:
    """The measures that official statistics give today, and the towns nearest by them."""

    @cached_property
    def measures(self):
        """In the order in which they are told; one of which nothing is known is left out."""
        facts = {each.key.partition(".")[2]: each for each in newest_facts([POPULATION, AGED, PRIMARY, WORKERS])}
        more = {each.key.partition(".")[2]: each for each in newest_facts([FINANCE, AREA])}
        people = facts.get(POPULATION)
        found = [
            _plain("population", "人口", people, is_log=True),
            _change(over_years(FACT, POPULATION)),
            _share("aged", "65歳以上の割合", facts.get(AGED), people),
            _share("primary", "第1次産業で働く人の割合", facts.get(PRIMARY), facts.get(WORKERS)),
            _plain("finance", "財政力指数", more.get(FINANCE), decimals=2),
            _plain("area", "面積", more.get(AREA), is_log=True),
        ]
        return [measure for measure in found if measure is not None and measure.values]

    def near(self, town, weights=None):
        """The others by their distance from `town`, as pairs of primary key and what `lib.similarity` says of it."""
        measures = [Measure(each.name, each.is_log) for each in self.measures]
        keys = {pk for each in self.measures for pk in each.values}
        rows = {pk: {each.name: each.values.get(pk) for each in self.measures} for pk in sorted(keys)}
        if town.pk not in rows:
            return []
        return nearest(town.pk, rows, measures, weights or {each.name: USUAL for each in self.measures})

    def nearest_towns(self, town, count, weights=None):
        """The first `count` of them, as pairs of a municipality and how near it is."""
        near = self.near(town, weights)[:count]
        towns = Municipality.objects.select_related("subprefecture").in_bulk([each.key for each in near])
        return [(towns[each.key], each) for each in near]


def _plain(name, label, figures, decimals=0, is_log=False):
    if figures is None:
        return None
    values = {pk: float(value) for pk, value in figures.values.items()}
    return TownMeasure(name, label, figures.unit, figures.year_words, figures.source, values, decimals, is_log)


def _share(name, label, part, whole):
    """How many in a hundred; of towns that have both in the same year."""
    if part is None or whole is None or part.year != whole.year:
        return None
    values = {
        pk: 100 * float(value) / float(whole.values[pk]) for pk, value in part.values.items() if whole.values.get(pk)
    }
    return TownMeasure(name, label, "％", part.year_words, _both(part, whole), values, decimals=1)


def _change(counts):
    """From the last count before to the newest, in percent."""
    if len(counts) < 2:
        return None
    before, now = counts[-2:]
    values = {
        pk: 100 * (float(value) / float(before.values[pk]) - 1)
        for pk, value in now.values.items()
        if before.values.get(pk)
    }
    years = f"{before.year}年から{now.year}年まで"
    return TownMeasure("change", "人口の増減率", "％", years, _both(before, now), values, decimals=1)


def _both(one, other):
    return "、".join(dict.fromkeys([one.source, other.source]))
