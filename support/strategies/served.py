"""What serves the aims of a strategy, by theme: programmes that are open to its town, and initiatives that concern it.

A theme in common says that something may help, never that it was used for the aim.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.http import urlencode

from regions.models import Initiative, Theme
from sumairu.lib.eligibility import State as Eligibility
from support.answers import Answer, answers_for
from support.strategies.models import StrategyAim, StrategyIndicator

MOST_SHOWN = 5  # initiatives; the list has all


@dataclass(frozen=True)
class ServedAim:
    """An aim, or what is measured without one: `aim` is None of the whole strategy and of an aim that is not on record."""

    number: int
    aim: StrategyAim | None
    themes: list[Theme] = field(default_factory=list)
    indicators: list[StrategyIndicator] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    initiatives: list[Initiative] = field(default_factory=list)
    more: list[tuple[Theme, str]] = field(
        default_factory=list
    )  # where all initiatives of each theme are, if any are left out

    @property
    def heading(self):
        if self.aim:
            return str(self.aim)
        return f"基本目標{self.number}（本文の記録なし）" if self.number else "戦略全体の数値目標"

    @property
    def is_served(self):
        return bool(self.answers or self.initiatives)


def served_aims(strategy, on=None):
    """The aims of a strategy in their order, each with its indicators and what serves it."""
    aims = {aim.number: aim for aim in strategy.aims.prefetch_related("themes")}
    measured = defaultdict(list)
    for indicator in strategy.indicators.all():
        measured[indicator.aim_number].append(indicator)
    themes = {number: list(aim.themes.all()) for number, aim in aims.items()}
    asked = {theme.pk for those in themes.values() for theme in those}
    answers = _answers(strategy, on) if asked else []
    initiatives = _initiatives(strategy, asked, on) if asked else []
    return [
        _served(strategy, number, aims.get(number), themes.get(number, []), measured[number], answers, initiatives)
        for number in sorted({*aims, *measured})
    ]


def _served(strategy, number, aim, themes, indicators, answers, initiatives):
    keys = {theme.pk for theme in themes}
    mine = [row for row in initiatives if keys & {theme.pk for theme in row.themes.all()}]
    more = []
    if len(mine) > MOST_SHOWN:
        query = {"year": "", "town": strategy.municipality.code}
        more = [(theme, f"{reverse('initiative_list')}?{urlencode(query | {'theme': theme.slug})}") for theme in themes]
    return ServedAim(
        number,
        aim,
        themes,
        indicators,
        [each for each in answers if keys & {theme.pk for theme in each.standing.program.themes.all()}],
        mine[:MOST_SHOWN],
        more,
    )


def _answers(strategy, on):
    """What the town hears of programmes, without those that are not for it, by last year's text either."""
    return [answer for answer in answers_for(strategy.municipality, on) if not _is_excluded(answer.standing)]


def _is_excluded(standing):
    return standing.is_applied_for and standing.verdict.state == Eligibility.EXCLUDED


def _initiatives(strategy, themes, on):
    """Public initiatives of the years of the strategy that concern its town, of each of `themes` the newest."""
    public = Initiative.objects.published(on).concerning(strategy.municipality)
    within = public.filter(fiscal_year__range=(strategy.first_year, strategy.last_year))
    return newest_of_themes(within, themes, MOST_SHOWN)


def newest_of_themes(initiatives, themes, count):
    """Of each of `themes` one more than `count` of `initiatives`, so that it is known where some are left out; with their themes."""
    found = initiatives.first_of_each_theme(themes, count + 1)
    return list(found.select_related("subprefecture").prefetch_related("themes"))
