"""The figures of a sheet: those of the town over the years, and of every town in the newest, with their medians."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from itertools import groupby
from statistics import median

from regions.models import Fact, Municipality
from regions.similar import SimilarTowns
from regions.town_figures import OF_FISCAL_YEARS, POPULATION, newest_facts, newest_indicators
from sumairu.lib.amounts import grouped
from sumairu.lib.calendars import CALENDAR_YEARS, FISCAL_YEARS, Calendar
from sumairu.lib.charts import yearly
from sumairu.lib.per_head import PEOPLE, per_head
from sumairu.lib.trend_words import Scale

NEAREST = 5
CENSUS = Calendar("年", (10, 1))
OF_CENSUS = {
    "population",
    "population_under_15",
    "population_15_64",
    "population_65_and_over",
    "population_75_and_over",
    "foreign_residents",
    "households",
    "single_households",
    "workers_primary",
    "workers_secondary",
    "workers_tertiary",
    "workers",
}


@dataclass(frozen=True)
class TownSeries:
    """One statistic or indicator of the town in every year that is known, oldest first."""

    slug: str
    label: str
    unit: str
    calendar: Calendar
    values: Mapping[int, Decimal | int]
    sources: Mapping[int, str]

    @property
    def is_census(self):
        return self.slug in OF_CENSUS

    @property
    def when(self):
        """What the years of a column are: 「年度」, 「年」, 「10月1日時点」."""
        return f"{self.calendar.day_words}時点" if self.calendar.day_words else self.calendar.noun

    @property
    def years(self):
        return sorted(self.values)

    @cached_property
    def step(self):
        """The last decimal that any of its values has."""
        return Decimal(1).scaleb(min((Decimal(each).as_tuple().exponent for each in self.values.values()), default=0))

    def text(self, year):
        return grouped(Decimal(self.values[year]).quantize(self.step)) if year in self.values else "—"

    def when_words(self, year):
        return f"{self.calendar.name(year)}（{year}）"

    def points(self, value_label=grouped):
        """One for each year from the first to the last, those without a value included."""
        return yearly(self.values, value_label, self.when_words, str)

    def in_years(self, value_label=grouped):
        """Of those years alone that have a value: surveys that are not taken every year."""
        return [
            replace(point, label=self.calendar.name(point.year))
            for point in self.points(value_label)
            if point.value is not None
        ]


@dataclass(frozen=True)
class Median:
    """Of `count` towns that have a value; None where none has one."""

    name: str
    value: Decimal | None
    count: int

    @property
    def text(self):
        return "—" if self.value is None else grouped(self.value)


@dataclass(frozen=True)
class Compared:
    """One figure of the newest year that any town has: the town's own, and the medians of those it is compared with."""

    label: str
    unit: str
    when: str
    how: str  # the way it was computed; empty where it is the statistic itself
    source: str
    here: Decimal | None
    medians: tuple[Median, ...]
    scale: Scale

    @property
    def text(self):
        return "—" if self.here is None else grouped(self.here)

    @property
    def others(self):
        """What the sentences say beside it."""
        return [(each.name, each.value) for each in self.medians]


@dataclass
class Figures:
    """Every figure that a sheet may speak of, in as many queries for any town."""

    town: Municipality

    @cached_property
    def series(self):
        """Of each statistic, by its slug in the order of statistics, the `TownSeries`; empty where nothing is known."""
        facts = list(Fact.objects.filter(kind=Fact.Kind.NUMBER))
        values, sources = defaultdict(dict), defaultdict(dict)
        for fact, year, value, source in self.town.facts.order_by("year").values_list(
            "fact", "year", "value", "source"
        ):
            values[fact][year] = value.normalize() + 0
            sources[fact][year] = source
        return {
            fact.slug: TownSeries(
                fact.slug, fact.label, fact.unit, calendar_of(fact.slug), values[fact.pk], sources[fact.pk]
            )
            for fact in facts
        }

    def of(self, *slugs):
        """The `TownSeries` of these statistics, of those that the portal has at all."""
        return [self.series[slug] for slug in slugs if slug in self.series]

    @cached_property
    def similar(self):
        return SimilarTowns()

    @cached_property
    def nearest(self):
        return [town for town, _ in self.similar.nearest_towns(self.town, NEAREST)]

    @cached_property
    def groups(self):
        """Whom the town is compared with: what their median is called, and their keys; None: all of them."""
        office = Municipality.objects.governed().filter(subprefecture=self.town.subprefecture_id)
        return [
            ("似たまちの中央値", {town.pk for town in self.nearest}),
            ("管内の中央値", set(office.values_list("pk", flat=True))),
            ("全道の中央値", None),
        ]

    @cached_property
    def newest(self):
        """Of each statistic, by its slug, the values of all towns in the newest year that any has."""
        found = {each.key.partition(".")[2]: each for each in newest_facts() if not each.is_yes_no}
        return {slug: replace(each, calendar=calendar_of(slug)) for slug, each in found.items()}

    @cached_property
    def indicators(self):
        return newest_indicators()

    @cached_property
    def indicator_series(self):
        """Of each indicator of which the town has a figure, the `TownSeries`."""
        figures = self.town.indicator_figures.select_related("indicator")
        by_indicator = groupby(
            figures.order_by("indicator__order", "indicator__slug", "fiscal_year"), lambda each: each.indicator
        )
        return [_of_indicator(indicator, list(years)) for indicator, years in by_indicator]

    # What is compared: the statistics themselves, and what is computed from them.

    def plain(self, slug, scale, decimals=None):
        """A statistic as it stands."""
        found = self.newest.get(slug)
        return found and self.compared(found, "", scale, decimals)

    def measure(self, name, how, scale):
        """What towns are found alike by, as `regions.similar` computed it."""
        found = next((each for each in self.similar.measures if each.name == name), None)
        if found is None:
            return None
        values = {pk: Decimal(str(value)) for pk, value in found.values.items()}
        return self._compared(
            found.label, found.unit, found.year_words, how, found.source, values, scale, found.decimals
        )

    def share(self, part, whole, label, scale):
        """How many in a hundred of `whole` are `part`, of towns that have both in the same year."""
        some, all_ = self.newest.get(part), self.newest.get(whole)
        if some is None or all_ is None or some.year != all_.year:
            return None
        values = {pk: 100 * value / all_.values[pk] for pk, value in some.values.items() if all_.values.get(pk)}
        how = f"{some.label} ÷ {all_.label} × 100"
        return self._compared(label, "％", some.year_words, how, _both(some, all_), values, scale, 1)

    def balance(self, plus, minus, label, scale):
        """`plus` less `minus` of one year, by 1,000 people of the newest census."""
        more, less, people = (self.newest.get(slug) for slug in (plus, minus, POPULATION))
        if more is None or less is None or people is None or more.year != less.year:
            return None
        values = {
            pk: (value - less.values[pk]) * PEOPLE / people.values[pk]
            for pk, value in more.values.items()
            if pk in less.values and people.values.get(pk)
        }
        how = f"（{more.label} − {less.label}）÷ {_people_words(people)} × 1,000"
        source = _both(more, less, people)
        return self._compared(label, "人／千人", more.year_words, how, source, values, scale, 1)

    def by_head(self, slug, label, scale):
        """A statistic for each of its people: money by person, what is counted by 1,000 of them."""
        found, people = self.newest.get(slug), self.newest.get(POPULATION)
        return found and people and self.figures_by_head(found, people, label, scale)

    def figures_by_head(self, found, people, label, scale):
        divided = {
            pk: each
            for pk, value in found.values.items()
            if (each := per_head(value, found.unit, people.values.get(pk, 0)))
        }
        unit = next((each.unit for each in divided.values()), found.unit)
        values = {pk: each.value for pk, each in divided.items()}
        decimals = max((-each.as_tuple().exponent for each in values.values()), default=0)
        how = f"{found.label} ÷ {_people_words(people)}" + (" × 1,000" if unit.endswith("千人") else "")
        scale = replace(scale, unit=unit.partition("／")[0])  # its label says of how many people
        return self._compared(label, unit, found.year_words, how, _both(found, people), values, scale, decimals)

    def compared(self, found, how, scale, decimals=None):
        """`found`, a `TownFigures`, to as many decimals as its values have."""
        if decimals is None:
            decimals = max((-Decimal(each).as_tuple().exponent for each in found.values.values()), default=0)
        return self._compared(
            found.label, found.unit, found.year_words, how, found.source, found.values, scale, max(decimals, 0)
        )

    def _compared(self, label, unit, when, how, source, values, scale, decimals):
        def rounded(value):
            return Decimal(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) + 0

        medians = []
        for name, members in self.groups:
            known = [value for pk, value in values.items() if members is None or pk in members]
            medians.append(Median(name, rounded(median(known)) if known else None, len(known)))
        here = values.get(self.town.pk)
        return Compared(label, unit, when, how, source, None if here is None else rounded(here), tuple(medians), scale)


def calendar_of(slug):
    """The years that a statistic counts by."""
    if slug in OF_CENSUS:
        return CENSUS
    return FISCAL_YEARS if slug in OF_FISCAL_YEARS else CALENDAR_YEARS


def _of_indicator(indicator, figures):
    values = {figure.fiscal_year: figure.amount for figure in figures}
    sources = dict.fromkeys(values, indicator.source)
    return TownSeries(indicator.slug, indicator.name, indicator.unit, indicator.calendar, values, sources)


def _both(*figures):
    return "、".join(dict.fromkeys(each.source for each in figures))


def _people_words(people):
    return f"{people.year}年の{people.label}"
