"""What is said of a programme on a day, to everybody or to one town. Whatever says it, a page or a list, asks here.

Four things are kept apart. Its *use*: who does what with it. The *edition in force*: the newest public one whose fiscal
year has begun; one for a year to come stands beside it. How *sure* that is: an edition older than this fiscal year may
not hold any more. And its *calls*: the windows of any public edition, each for a year of its own.
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cached_property
from itertools import groupby

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.timezone import localdate

from regions.models import Municipality
from sumairu.lib.eligibility import State as Eligibility
from sumairu.lib.eligibility import Verdict
from sumairu.lib.wareki import era_name, fiscal_year_on
from support.applicants import Who, verdict_for
from support.calls import Call, WindowState, calls_of
from support.models import ApplicationWindow, Program, ProgramEdition, eligibility_facts
from support.models.programs import Use

LONG_TEXTS = ["body", "body_html", "excludes", "how_to_apply", "legal_basis", "source", "source_note"]


class State(Enum):
    """What a programme is on a day, in a word and with a shape (`static/icons.svg`)."""

    OPEN = "open", WindowState.OPEN.label
    TODAY = "today", WindowState.TODAY.label
    SOON = "soon", WindowState.SOON.label
    ALL_YEAR = "all_year", WindowState.ALL_YEAR.label
    CONSULT = "consult", "相談できます"
    ASK = "ask", "受付期間は未登録"
    CLOSED = "closed", WindowState.CLOSED.label
    NEXT = "next", "来年度から"
    UNCONFIRMED = "unconfirmed", WindowState.UNCONFIRMED.label
    READ = "read", "読めます"
    PREFECTURE = "prefecture", "道が行います"

    def __init__(self, mark, label):
        self.mark, self.label = mark, label


WITHOUT_CALL = {
    Use.APPLY: State.ASK,
    Use.CONSULT: State.CONSULT,
    Use.READ: State.READ,
    Use.PREFECTURE: State.PREFECTURE,
}


@dataclass(frozen=True)
class Standing:
    """`editions` are the public ones that speak (`ProgramEdition.objects.speaking`), newest first, at least one."""

    program: Program
    editions: tuple[ProgramEdition, ...]
    on: date
    town: Municipality | None = None
    facts: dict | None = None  # what is known of the town; None where nobody is judged
    who: Who | None = None  # who asks; of a town its municipality, where nobody else does

    @cached_property
    def in_force(self):
        """The newest edition whose year has begun; None where the programme starts in a year to come."""
        return next((edition for edition in self.editions if edition.fiscal_year <= self.this_year), None)

    @cached_property
    def upcoming(self):
        """The edition of the nearest year to come, where it is public already."""
        return next((edition for edition in reversed(self.editions) if edition.fiscal_year > self.this_year), None)

    @property
    def edition(self):
        """The edition that the programme's own page shows."""
        return self.in_force or self.upcoming

    @property
    def this_year(self):
        return fiscal_year_on(self.on)

    @property
    def is_unconfirmed(self):
        """Is the newest text older than this fiscal year, so that nobody knows whether it still holds?"""
        return self.in_force is not None and self.in_force.fiscal_year < self.this_year

    @property
    def is_applied_for(self):
        """Does one apply for it or ask for advice? What is read, or done by the prefecture, has a call by exception."""
        return self.program.asks_towns or (self.call is not None and self.call.is_live)

    @property
    def asker(self):
        return self.who or (Who.MUNICIPALITY if self.town else None)

    @cached_property
    def calls(self):
        """Every call that is to be told, what matters most first; what is over only of the edition in force or later."""
        office = self.town and self.town.subprefecture
        calls = calls_of(self.editions, office, self.on)
        wants_all = self.program.asks_towns
        return [call for call in calls if call.is_live or (wants_all and self._is_over_now(call))]

    @cached_property
    def call(self):
        """The call that matters most to those who ask: any that is open, else one of the edition itself; or None."""
        return next((call for call in self.own_calls if call.is_open or call.edition == self.edition), None)

    @property
    def own_calls(self):
        """The calls that those who ask may answer."""
        mine = [call for call in self.calls if self.asker is None or call.is_for(self.asker)]
        return mine if self.facts is None else [call for call in mine if not self._excludes(call)]

    @property
    def other_calls(self):
        """Live calls beside the first: those for groups, of other offices, or for another year."""
        return [call for call in self.calls if call is not self.call and call.is_live]

    @property
    def state(self):
        if self.is_unconfirmed:
            return State.UNCONFIRMED
        if self.call is not None:
            return State[self.call.state.name]
        return WITHOUT_CALL[self.program.use] if self.in_force else State.NEXT

    @property
    def states(self):
        """All that is to be shown: an open call stays to be seen where the edition in force is an old one."""
        has_open_call = self.is_unconfirmed and self.call is not None and self.call.is_open
        return [self.state, State[self.call.state.name]] if has_open_call else [self.state]

    @cached_property
    def judged(self):
        """The edition by whose rules the town is judged: that of the open call, else the one in force."""
        return self.call.edition if self.call is not None and self.call.is_open else self.edition

    @cached_property
    def verdict(self) -> Verdict | None:
        """Whether those who ask may use it and why; None where nobody is judged."""
        return None if self.facts is None else self._verdict_of(self.judged)

    @property
    def desk(self):
        return self.program.desk_for(self.town and self.town.subprefecture)

    @property
    def states_beside_calls(self):
        """Those of `states` that no live call says, where each is told beside them."""
        told = {call.state.name for call in self.calls if call.is_live}
        return [state for state in self.states if state.name not in told]

    @property
    def words(self):
        """The states in a line, as a list of results says them."""
        return "・".join(state.label for state in self.states)

    def role_of(self, edition):
        """What `edition` is on this day: in_force, unconfirmed, starting, upcoming, past, or a sample beside real ones."""
        if edition == self.edition:
            return "unconfirmed" if self.is_unconfirmed else "in_force" if self.in_force else "starting"
        if edition not in self.editions:
            return "sample"
        return "upcoming" if edition.fiscal_year > self.this_year else "past"

    @property
    def upcoming_words(self):
        """What the edition of a year to come is called beside the one in force."""
        year = self.upcoming.fiscal_year
        return f"来年度（{era_name(year)}）" if year == self.this_year + 1 else era_name(year)

    def _is_over_now(self, call):
        return call.state == WindowState.CLOSED and call.edition.fiscal_year >= self.edition.fiscal_year

    def _excludes(self, call):
        return call.edition != self.edition and self._verdict_of(call.edition).state == Eligibility.EXCLUDED

    def _verdict_of(self, edition):
        return verdict_for(self.asker, edition, self.facts, self.town and self.town.subprefecture)


def standings(on=None, programs=None, public_on=None):
    """Of every programme that is public (or of `programs`), in their order: what is said of it to everybody on a day.

    What is public on `public_on`; on the same day, where none is given.
    """
    on = on or localdate()
    return [Standing(program, editions, on) for program, editions in speaking(on, programs, public_on)]


def standing_of(program, on=None, town=None):
    """What is said of one programme; None where it is not public."""
    found = standings(on, [program]) if town is None else standings_for(town, on, [program])
    return found[0] if found else None


def standing_among(program, editions, on=None, town=None):
    """`standing_of` a programme of which the caller has all public editions, newest first."""
    speaking = [edition for edition in editions if not edition.is_sample] or editions
    return Standing(program, tuple(speaking), on or localdate(), town, town and eligibility_facts(town))


def standings_for(town, on=None, programs=None, public_on=None):
    """What is said to one municipality, of every programme or of `programs`."""
    on = on or localdate()
    facts = eligibility_facts(town)
    said = speaking(on, programs, public_on, (town.subprefecture,))
    return [Standing(program, editions, on, town, facts) for program, editions in said]


def standings_for_each(towns, on=None):
    """What is said to each of several municipalities of every programme, which are read once for all."""
    on = on or localdate()
    said = speaking(on, offices=tuple(town.subprefecture for town in towns))
    facts = [(town, eligibility_facts(town)) for town in towns]
    return [[Standing(program, editions, on, town, known) for program, editions in said] for town, known in facts]


def open_calls(on=None) -> list[Call]:
    """Every call that is open on a day, for whomever and wherever, by days left; without a last day they come last."""
    return open_calls_of(standings(on))


def open_calls_of(said):
    calls = [call for standing in said for call in standing.calls if call.is_open]
    return sorted(calls, key=lambda call: (call.days is None, call.days or 0, call.window.pk))


def speaking(on, programs=None, public_on=None, offices=None):
    """Pairs of a programme and its speaking editions (`public_on`, else on the same day), newest first.

    They come with the windows of which something is told on the day; of `offices` alone, and of everywhere, where
    those are given.
    """
    editions = (
        ProgramEdition.objects.speaking(public_on or on)
        .select_related("program__desk__subprefecture")
        .defer(*LONG_TEXTS)
        .prefetch_related("rules__fact", "program__themes", "program__desks__desk__subprefecture")
        .order_by("program", "-fiscal_year")
    )
    if programs is not None:
        editions = editions.filter(program__in=programs)
    by_program = groupby(editions, key=lambda edition: edition.program_id)
    found = [tuple(those) for _, those in by_program]
    _with_windows(found, on, offices)
    return [(those[0].program, those) for those in found]


def _with_windows(found, on, offices):
    """Give the editions of each programme their windows. An older one that none of its windows is live of says nothing of calls."""
    with_live = set(ApplicationWindow.objects.live_on(on).order_by().values_list("edition", flat=True).distinct())
    telling, silent = [], []
    for editions in found:
        shown = Standing(editions[0].program, editions, on).edition.fiscal_year
        for edition in editions:
            tells = edition.fiscal_year >= shown or edition.pk in with_live
            (telling if tells else silent).append(edition)
    windows = ApplicationWindow.objects.select_related("subprefecture")
    if offices is not None:
        windows = windows.of_offices(offices)
    prefetch_related_objects(telling, Prefetch("windows", windows))
    prefetch_related_objects(silent, Prefetch("windows", ApplicationWindow.objects.none()))
