"""One figure of every municipality at a time, whether a statistic or an indicator: what towns are compared and drawn by."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import reduce
from operator import or_

from django.db.models import Max, Q

from regions.models import Fact, Indicator, IndicatorFigure, MunicipalFact
from sumairu.lib.calendars import CALENDAR_YEARS, FISCAL_YEARS, Calendar
from sumairu.lib.per_head import is_divided, per_head

FACT, INDICATOR = "fact", "indicator"
# Statistics of finances, whose years are fiscal ones (fixtures/facts/README.md); those of people are of the calendar.
OF_FISCAL_YEARS = {
    "current_balance_ratio",
    "expenditure_thousand_yen",
    "fiscal_capability_index",
    "future_burden_ratio",
    "local_tax_thousand_yen",
    "real_debt_service_ratio",
    "revenue_thousand_yen",
}
POPULATION = "population"  # the statistic that figures are divided by, of the census of 1 October


@dataclass(frozen=True)
class TownFigures:
    """The values of one year by the primary key of a municipality; one without a value is not among them."""

    key: str  # as it stands in addresses: fact.population, indicator.furusato
    label: str
    unit: str
    year: int
    calendar: Calendar
    source: str
    values: Mapping[int, Decimal | int]
    is_yes_no: bool = False

    @property
    def year_words(self):
        """「2020年」, 「令和3年度（2021）」."""
        return self.calendar.full_name(self.year)

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
        source = "、".join(dict.fromkeys([self.source, people.source]))
        return replace(self, unit=unit, source=source, values={pk: share.value for pk, share in shares.items()})


def newest_figures():
    """Every statistic and indicator, each of the newest year that any municipality has."""
    return [*newest_facts(), *newest_indicators()]


def newest_facts(slugs=None):
    """In the order of statistics; of `slugs` alone where they are given."""
    facts = Fact.objects.exclude(kind=Fact.Kind.TEXT)
    if slugs is not None:
        facts = facts.filter(slug__in=slugs)
    newest = MunicipalFact.objects.filter(fact__in=facts).order_by().values_list("fact").annotate(Max("year"))
    return _of_facts(facts, _either(Q(fact=fact, year=year) for fact, year in newest))


def newest_indicators():
    indicators = list(Indicator.objects.with_figures())
    newest = (Q(indicator=indicator, fiscal_year=indicator.newest_year) for indicator in indicators)
    return _of_indicators(indicators, _either(newest))


def over_years(sort, slug):
    """Every year of one statistic or indicator, oldest first; nothing where there is none such."""
    if sort == FACT:
        return _of_facts(Fact.objects.exclude(kind=Fact.Kind.TEXT).filter(slug=slug), Q(fact__slug=slug))
    return _of_indicators(Indicator.objects.filter(slug=slug), Q(indicator__slug=slug))


def people_of(year, people):
    """Of the counts of the population the newest that is not after `year`, else the first; None without any."""
    return next((each for each in reversed(people) if each.year <= year), people[0] if people else None)


def _of_facts(facts, which):
    """In the order of `facts`, each year that has a value, oldest first."""
    values, sources = defaultdict(dict), defaultdict(dict)
    rows = MunicipalFact.objects.filter(which, municipality__northern_territory=False).order_by()
    for fact, year, town, value, source in rows.values_list("fact", "year", "municipality", "value", "source"):
        values[fact, year][town] = value.normalize() + 0
        sources[fact, year][source] = True
    return [
        TownFigures(
            key=f"{FACT}.{fact.slug}",
            label=fact.label,
            unit=fact.unit,
            year=year,
            calendar=FISCAL_YEARS if fact.slug in OF_FISCAL_YEARS else CALENDAR_YEARS,
            source="、".join(sources[fact.pk, year]),
            values=values[fact.pk, year],
            is_yes_no=fact.kind == Fact.Kind.YES_NO,
        )
        for fact in facts
        for year in _years(values, fact)
    ]


def _of_indicators(indicators, which):
    values = defaultdict(dict)
    rows = IndicatorFigure.objects.filter(which).order_by()
    for indicator, year, town, amount in rows.values_list("indicator", "fiscal_year", "municipality", "amount"):
        values[indicator, year][town] = amount
    return [
        TownFigures(
            key=f"{INDICATOR}.{indicator.slug}",
            label=indicator.name,
            unit=indicator.unit,
            year=year,
            calendar=indicator.calendar,
            source=indicator.source,
            values=values[indicator.pk, year],
        )
        for indicator in indicators
        for year in _years(values, indicator)
    ]


def _years(values, row):
    return sorted(year for pk, year in values if pk == row.pk)


def _either(conditions):
    """Rows that meet one of `conditions`; none where there are none."""
    return reduce(or_, conditions, Q(pk__in=[]))
