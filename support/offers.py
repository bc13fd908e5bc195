"""What a programme offers one town on one day: may it, is the call open, and whom to ask.

An edition of a past fiscal year says nothing of whether one may apply now, unless a window of it names a last day.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from enum import Enum

from django.db.models import prefetch_related_objects
from django.utils.timezone import localdate

from regions.models import Desk, Fact, MunicipalFact, Municipality
from sumairu.lib.eligibility import State, Verdict
from sumairu.lib.wareki import era_name, fiscal_year_on, full_name
from support.models import ApplicationWindow, ProgramEdition, eligibility_facts

WINDOW = ApplicationWindow.State
FOR_TOWNS = {ApplicationWindow.Applicant.ANYONE, ApplicationWindow.Applicant.MUNICIPALITY}


@dataclass(frozen=True)
class Call:
    """One window of an edition as it stands on a day; without a window, nothing is known of when to apply."""

    window: ApplicationWindow | None = None
    state: str = ""  # a value of ApplicationWindow.State; empty where it is not known
    days: int | None = None  # until the last day of an open call, or the first of one that will open

    @property
    def is_open(self):
        return self.state == WINDOW.OPEN

    @property
    def label(self):
        return WINDOW(self.state).label if self.state else "受付期間は確認できません"

    @property
    def mark(self):
        """The shape that stands beside the label."""
        return {WINDOW.OPEN: "open", WINDOW.SOON: "soon", WINDOW.CLOSED: "closed"}.get(self.state, "maybe")


class Group(Enum):
    """The groups of a town's page, in order: key, heading, shape, and what there is to add."""

    NOW = ("now", "いま使える", "open")
    SOON = ("soon", "もうすぐ", "soon")
    ASK = ("ask", "使える", "open", "いまの受付期間が登録されていません。いつ申し込めるかは、窓口でお確かめください。")
    OVER = ("over", "今回の受付は終了", "closed")
    DEPENDS = ("depends", "条件次第", "maybe")
    EXCLUDED = ("excluded", "対象外", "not")

    def __init__(self, key, label, mark, note=""):
        self.key, self.label, self.mark, self.note = key, label, mark, note


@dataclass(frozen=True)
class Offer:
    edition: ProgramEdition
    verdict: Verdict
    call: Call
    desk: Desk | None

    @property
    def program(self):
        return self.edition.program

    @property
    def group(self):
        if self.verdict.state != State.USABLE:
            return Group.DEPENDS if self.verdict.state == State.DEPENDS else Group.EXCLUDED
        groups = {WINDOW.OPEN: Group.NOW, WINDOW.SOON: Group.SOON, WINDOW.CLOSED: Group.OVER}
        return groups.get(self.call.state, Group.ASK)

    @property
    def answer(self):
        """The verdict as the town hears it."""
        if self.group in (Group.DEPENDS, Group.EXCLUDED):
            return self.group.label
        return {Group.SOON: "使えるようになります", Group.OVER: "使えました"}.get(self.group, "使えます")


def offers_for(municipality, on=None):
    """An offer of every programme that is public, in the order of the programmes."""
    on = on or localdate()
    editions = (
        ProgramEdition.objects.current(on)
        .select_related("program__desk__subprefecture")
        .prefetch_related("rules__fact", "windows", "program__desks__desk__subprefecture")
        .order_by("program")
    )
    facts = eligibility_facts(municipality)
    return [
        Offer(
            edition=edition,
            verdict=edition.verdict(facts),
            call=call_of(edition, municipality.subprefecture, FOR_TOWNS, on),
            desk=edition.program.desk_for(municipality.subprefecture),
        )
        for edition in editions
    ]


def grouped(offers):
    """Of each group that has any: the group, its offers in a list for each pillar, and how many they are."""
    shelves = defaultdict(lambda: defaultdict(list))
    for offer in offers:
        shelves[offer.group][offer.program.pillar].append(offer)
    return [
        (group, list(shelves[group].values()), sum(map(len, shelves[group].values())))
        for group in Group
        if group in shelves
    ]


def headline(offers):
    """The answer in one sentence, and what to mind in another."""
    counts = Counter(offer.group for offer in offers)
    if now := counts[Group.NOW]:
        limited = sum(offer.group == Group.NOW and offer.call.days is not None for offer in offers)
        return f"いま使える支援は{now}件。" + (f"うち{limited}件に締切があります。" if limited else "")
    if ask := counts[Group.ASK]:
        return f"使える支援は{ask}件。いつ申し込めるかは、窓口でお確かめください。"
    if offers:
        return "いま使えると分かっている支援はありません。条件や次の受付は、窓口でお確かめください。"
    return "公開している支援制度は、まだありません。"


def judged_by(offers):
    """Of which fiscal years the editions are that the offers were judged by."""
    years = sorted({offer.edition.fiscal_year for offer in offers})
    if not years:
        return ""
    if len(years) == 1:
        return f"{full_name(years[0])}の制度で判定しています。"
    span = f"{era_name(years[0])}から{era_name(years[-1])}まで"
    return f"制度ごとに、公開されているいちばん新しい年度（{span}）の内容で判定しています。"


def call_of(edition, subprefecture, applicants=None, on=None):
    """The call that matters most to those who apply in `subprefecture`: open, else to come, else over."""
    on = on or localdate()
    windows = edition.windows_for(subprefecture)
    calls = [call_in(window, edition, on) for window in windows if not applicants or window.applicant in applicants]
    order = [WINDOW.OPEN, WINDOW.SOON, WINDOW.CLOSED, ""]
    return min(calls, key=lambda call: (order.index(call.state), call.days is None, call.days or 0), default=Call())


def call_in(window, edition, on=None):
    """`window` of `edition` as a call. An open end holds for the edition's own fiscal year and no longer."""
    on = on or localdate()
    state, days = window.state(on), None
    if state == WINDOW.OPEN:
        if window.closes_on is None and edition.fiscal_year < fiscal_year_on(on):
            return Call(window)
        days = window.days_left(on)
    elif state == WINDOW.SOON:
        days = (window.opens_on - on).days
    return Call(window, state, days)


def open_calls(on=None):
    """What one may apply for on a day, by days left; calls without a last day come last."""
    on = on or localdate()
    windows = (
        ApplicationWindow.objects.open_on(on)
        .filter(edition__in=ProgramEdition.objects.current(on))
        .select_related("edition__program", "subprefecture")
    )
    calls = [call for call in (call_in(window, window.edition, on) for window in windows) if call.is_open]
    return sorted(calls, key=lambda call: (call.days is None, call.days or 0, call.window.pk))


def counts_of(edition):
    """How many of all municipalities may use `edition`, by the state of their verdict."""
    prefetch_related_objects([edition], "rules__fact")
    asked = Fact.objects.filter(rules__edition=edition)
    recorded = defaultdict(list)
    for row in MunicipalFact.objects.newest().filter(fact__in=asked).select_related("fact"):
        recorded[row.municipality_id].append(row)
    towns = Municipality.objects.governed().select_related("subprefecture")
    counts = Counter(edition.verdict(eligibility_facts(town, recorded[town.pk])).state for town in towns)
    return [(state, counts[state]) for state in State]
