"""One figure of every municipality at a time, whether a statistic or an indicator: what towns are compared and drawn by."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Max, Q

from regions.models import Fact, Indicator, IndicatorFigure, MunicipalFact
from sumairu.lib.per_head import is_divided, per_head

FACT, INDICATOR = "fact", "indicator"
POPULATION = "population"  # the statistic that figures are divided by, of the census of 1 October


@dataclass(frozen=True)
class TownFigures:
    """The values of one year by the primary key of a municipality; one without a value is not among them."""

    key: str  # as it stands in addresses: fact.population, indicator.furusato
    label: str
    unit: str
    year: int
    year_words: str
    source: str
    values: Mapping[int, Decimal | int]
    is_yes_no: bool = False

    @property
    def is_divided(self):
        """Can it be asked per head? People are not divided by themselves."""
        return is_divided(self.unit) and self.key != f"{FACT}.{POPULATION}"

    def per_head(self, people):
        """The same per head of `people`, the `TownFigures` of the population; itself where that makes no sense."""
        if not self.is_divided:
            return self
        shares = {
            pk: share
            for pk, value in self.values.items()
            if (share := per_head(value, self.unit, people.values.get(pk, 0))) is not None
        }
        unit = next((share.unit for share in shares.values()), self.unit)
        return TownFigures(
            key=self.key,
            label=self.label,
            unit=unit,
            year=self.year,
            year_words=self.year_words,
            source=f"{self.source}、{people.source}",
            values={pk: share.value for pk, share in shares.items()},
        )


def newest_figures():
    """Every statistic and indicator, each of the newest year that any municipality has."""
    return [*newest_facts(), *newest_indicators()]


def newest_facts(slugs=None):
    """In the order of statistics; of `slugs` alone where they are given."""
    facts = Fact.objects.exclude(kind=Fact.Kind.TEXT)
    if slugs is not None:
        facts = facts.filter(slug__in=slugs)
    rows = MunicipalFact.objects.filter(fact__in=facts).order_by()
    years = dict(rows.values_list("fact").annotate(Max("year")))
    return _of_facts([fact for fact in facts if fact.pk in years], years)


def facts_of(slug, year):
    """The values of one statistic in a year; None where no municipality has any."""
    found = _of_facts(Fact.objects.exclude(kind=Fact.Kind.TEXT).filter(slug=slug), defaultdict(lambda: year))
    return found[0] if found and found[0].values else None


def _of_facts(facts, years):
    of_years = Q(pk__in=[])
    for fact in facts:
        of_years |= Q(fact=fact, year=years[fact.pk])
    values, sources = defaultdict(dict), defaultdict(dict)
    rows = MunicipalFact.objects.filter(of_years, municipality__northern_territory=False)
    for fact, town, value, source in rows.values_list("fact", "municipality", "value", "source"):
        values[fact][town] = value.normalize() + 0
        sources[fact][source] = True
    return [
        TownFigures(
            key=f"{FACT}.{fact.slug}",
            label=fact.label,
            unit=fact.unit,
            year=years[fact.pk],
            year_words=f"{years[fact.pk]}年",
            source="、".join(sources[fact.pk]),
            values=values[fact.pk],
            is_yes_no=fact.kind == Fact.Kind.YES_NO,
        )
        for fact in facts
    ]


def newest_indicators():
    indicators = list(Indicator.objects.with_figures())
    return _of_indicators(indicators, {indicator.pk: indicator.newest_year for indicator in indicators})


def indicator_of(slug, year):
    """The figures of one indicator in a year; None where no municipality has any."""
    found = _of_indicators(Indicator.objects.filter(slug=slug), defaultdict(lambda: year))
    return found[0] if found and found[0].values else None


def _of_indicators(indicators, years):
    of_years = Q(pk__in=[])
    for indicator in indicators:
        of_years |= Q(indicator=indicator, fiscal_year=years[indicator.pk])
    values = defaultdict(dict)
    for indicator, town, amount in IndicatorFigure.objects.filter(of_years).values_list(
        "indicator", "municipality", "amount"
    ):
        values[indicator][town] = amount
    return [
        TownFigures(
            key=f"{INDICATOR}.{indicator.slug}",
            label=indicator.name,
            unit=indicator.unit,
            year=years[indicator.pk],
            year_words=indicator.calendar.full_name(years[indicator.pk]),
            source=indicator.source,
            values=values[indicator.pk],
        )
        for indicator in indicators
    ]
