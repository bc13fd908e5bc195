"""What the pages of strategies show: all towns with theirs, one strategy, and the prefecture's frame."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.urls import reverse
from django.utils.timezone import localdate

from regions.models import Initiative, Municipality
from regions.town_map import UNKNOWN, shaded
from sumairu.lib.wareki import era_name
from sumairu.related import tables_beside
from support.models import Pillar
from support.pillars import PROMISES
from support.standing import standings
from support.standing_files import shown_programs
from support.strategies import standing
from support.strategies.descriptions import FRAMES
from support.strategies.forms import StrategyFilter
from support.strategies.models import Frame, State, TownStrategy
from support.strategies.related import shown_of
from support.strategies.served import newest_of_themes, served_aims

SHADES = {State.UNDER_WAY: "4", State.AHEAD: "3", State.ENDING: "2", State.ENDED: "1", State.UNRECORDED: UNKNOWN}
SHOWN = 5  # initiatives beside a direction; the list has all


@dataclass
class ListPage:
    form: StrategyFilter

    @property
    def parents(self):
        return [("市町村", reverse("municipality_list"))]

    @cached_property
    def asked(self):
        return self.form.cleaned_data if self.form.is_valid() else {"office": None, "state": ""}

    @property
    def office(self):
        return self.asked["office"]

    @cached_property
    def _towns(self):
        governed = Municipality.objects.governed().select_related("subprefecture")
        return list(governed.order_by("subprefecture__order", "code"))

    @cached_property
    def _of_office(self):
        """How every town of the office that is asked for stands, of all offices without one."""
        towns = [town for town in self._towns if self.office in (None, town.subprefecture)]
        return standing.standings_of(towns) if self.form.is_valid() else []

    @cached_property
    def standings(self):
        return [each for each in self._of_office if self.asked["state"] in ("", each.state.key)]

    @property
    def by_office(self):
        """Of each office that has any: the office and how its towns stand."""
        return [
            (office, list(those)) for office, those in groupby(self.standings, key=lambda each: each.town.subprefecture)
        ]

    @property
    def counts(self):
        """Of each state how many towns are in it."""
        found = Counter(each.state for each in self._of_office)
        return [(state, found[state]) for state in State if found[state]]

    @property
    def map(self):
        """Every town in the shade of how it stands; None where nothing is on record, as then it shows nothing."""
        if all(each.strategy is None for each in self._of_office):
            return None
        by_code = {each.town.code5: each for each in self._of_office}
        return shaded(
            "市町村の総合戦略の様子",
            sorted(self._towns, key=lambda town: town.code),
            {code: SHADES[each.state] for code, each in by_code.items()},
            {code: each.state.label for code, each in by_code.items()},
            [(SHADES[state], state.label, count) for state, count in self.counts],
        )

    @property
    def frames(self):
        return Frame.objects.published()

    @property
    def shown(self):
        asked = [f"{self.form.fields[name].label}：{value}" for name, value in self.asked.items() if value]
        return [standing.shown(self.standings, str(self.office or ""), asked), FRAMES.shown()]


@dataclass
class StrategyPage:
    strategy: TownStrategy

    @property
    def town(self):
        return self.strategy.municipality

    @property
    def parents(self):
        return [("総合戦略", reverse("strategy_list")), (self.town.name, self.town.get_absolute_url())]

    @cached_property
    def _others(self):
        public = TownStrategy.objects.published().filter(municipality=self.town, is_sample=self.strategy.is_sample)
        return list(public.exclude(pk=self.strategy.pk).order_by("-last_year", "-first_year"))

    @property
    def later(self):
        return [other for other in self._others if other.last_year > self.strategy.last_year]

    @property
    def earlier(self):
        return [other for other in self._others if other.last_year <= self.strategy.last_year]

    @cached_property
    def state(self):
        return self.strategy.state(is_followed=bool(self.later))

    @property
    def ending_words(self):
        """When it ends and what comes then; empty where nothing is to be said."""
        if self.state == State.ENDING:
            return (
                f"{era_name(self.strategy.last_year)}で期間が終わります。次の戦略は、このポータルに記録がありません。"
            )
        if self.state == State.ENDED and not self.later:
            return "期間が終わっています。次の戦略は、このポータルに記録がありません。策定していないとは限りません。"
        return ""

    @cached_property
    def aims(self):
        return served_aims(self.strategy)

    @property
    def has_indicators(self):
        return any(aim.indicators for aim in self.aims)

    @cached_property
    def attachments(self):
        return self.strategy.attachments.select_related("strategy", "file")

    @property
    def shown(self):
        return [*shown_of(self.strategy), *tables_beside(self.strategy)]


@dataclass(frozen=True)
class Direction:
    """One of the three directions of 市町村戦略支援: its programmes, and initiatives that share a theme with one of them."""

    pillar: Pillar
    standings: list
    initiatives: list

    @property
    def promise(self):
        return PROMISES[self.pillar]

    @property
    def sources(self):
        """Where it is read that these programmes stand here: what their editions state, each once."""
        stated = (line for each in self.standings for line in each.edition.source.splitlines())
        return list(dict.fromkeys(stated))


@dataclass
class FramePage:
    frame: Frame

    @property
    def parents(self):
        return [("総合戦略", reverse("strategy_list"))]

    @cached_property
    def _standings(self):
        return [each for each in standings(localdate()) if not each.edition.is_sample]

    @cached_property
    def directions(self):
        """None where no document that was read says that the strategy has the chapter."""
        return [self._direction(pillar) for pillar in Pillar] if self.frame.has_support else None

    def _direction(self, pillar):
        said = [each for each in self._standings if each.program.pillar == pillar]
        themes = {theme.pk for each in said for theme in each.program.themes.all()}
        mine = [row for row in self._initiatives if themes & {theme.pk for theme in row.themes.all()}]
        return Direction(pillar, said, mine[:SHOWN])

    @cached_property
    def _initiatives(self):
        """Public initiatives of the strategy's years that share a theme with any programme."""
        themes = {theme.pk for each in self._standings for theme in each.program.themes.all()}
        within = self._within()
        if not themes or within is None:
            return []
        return newest_of_themes(within, themes, SHOWN)

    def _within(self):
        """The initiatives of the strategy's years; None where its years are not known."""
        first, last = self.frame.first_year, self.frame.last_year
        if not (first and last):
            return None
        return Initiative.objects.published().filter(is_sample=False, fiscal_year__range=(first, last))

    @cached_property
    def years(self):
        """The fiscal years of the strategy in which there are public initiatives, the newest first."""
        within = self._within()
        return [] if within is None else within.fiscal_years()[::-1]

    @property
    def later(self):
        return Frame.objects.published().filter(predecessor=self.frame)

    @property
    def before(self):
        return Frame.objects.published().filter(successors=self.frame).first()

    @property
    def shown(self):
        title = f"{self.frame.title}　市町村戦略支援の制度"
        programs = [shown_programs(self._standings, title)] if self.directions else []
        return [*programs, *tables_beside(self.frame)]
