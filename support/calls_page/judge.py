"""Calls as a list shows them, and which of them a town may answer."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists, OuterRef, Prefetch, prefetch_related_objects

from sumairu.lib.eligibility import State as Eligibility
from sumairu.lib.eligibility import Verdict
from support.applicants import Who, excludes, verdict_for
from support.calls import Call, call_in
from support.calls_page.asked import Asked
from support.models import ApplicationWindow, EligibilityRule, ProgramEdition, eligibility_facts
from support.standing import LONG_TEXTS

Applicant = ApplicationWindow.Applicant

VERDICT_MARKS = {Eligibility.USABLE: "usable", Eligibility.DEPENDS: "maybe"}


@dataclass(frozen=True)
class Listed:
    """A call in a list; for a town with what its rules say of it."""

    call: Call
    verdict: Verdict | None = None

    @property
    def month(self):
        """The first day of the month that it ends in; None where it has no last day."""
        last = self.call.window.closes_on
        return last and last.replace(day=1)

    @property
    def mark(self):
        return VERDICT_MARKS[self.verdict.state]

    @property
    def words(self):
        return "使えます" if self.verdict.state == Eligibility.USABLE else "条件次第"


@dataclass
class Judge:
    """Whether a town may answer calls: whoever a call is for is judged by the rules of its edition."""

    asked: Asked

    @cached_property
    def facts(self):
        return eligibility_facts(self.asked.town)

    @property
    def kinds(self):
        """For which kinds of windows who is judged."""
        if self.asked.applicant:
            return dict.fromkeys(Applicant, self.asked.applicant)
        return dict.fromkeys(Applicant, Who.MUNICIPALITY) | {Applicant.GROUP: Who.GROUP}

    def without_excluded(self, windows):
        """`windows`, but those of which the town is excluded."""
        if self.asked.town is None:
            return windows
        for who, editions in self.excluding.items():
            of_who = [applicant for applicant, each in self.kinds.items() if each == who]
            windows = windows.exclude(edition__in=editions, applicant__in=of_who)
        return windows

    @cached_property
    def excluding(self):
        """Of each who is judged the editions that exclude the town."""
        office = self.asked.town.subprefecture
        return {
            who: [each.pk for each in self.with_rules if excludes(who, each, self.facts, office)]
            for who in dict.fromkeys(self.kinds.values())
        }

    @cached_property
    def with_rules(self):
        """The public editions that have rules: no other excludes anybody."""
        ruled = EligibilityRule.objects.filter(edition=OuterRef("pk"))
        editions = ProgramEdition.objects.speaking().filter(Exists(ruled)).defer(*LONG_TEXTS)
        found = list(editions.prefetch_related("rules__fact"))
        about_applicants = [each for each in found if any(rule.fact.slug == "applicant" for rule in each.rules.all())]
        prefetch_related_objects(about_applicants, "windows")
        return found

    def listed(self, window, on):
        town = self.asked.town
        verdict = town and self.verdict(window.edition, self.kinds[Applicant(window.applicant)])
        return Listed(call_in(window, on), verdict)

    def read(self, windows, on):
        """All of `windows` as a list has them, read a few hundred at a time."""
        for window in with_programs(windows, self.asked.town).iterator(chunk_size=200):
            yield self.listed(window, on)

    def verdict(self, edition, who):
        return verdict_for(who, edition, self.facts, self.asked.town.subprefecture)


def with_programs(windows, town=None):
    """`windows` with all that a list shows of them; for a town with what it is judged by."""
    windows = windows.select_related("edition__program__desk__subprefecture", "subprefecture").prefetch_related(
        "edition__program__desks__desk__subprefecture"
    )
    if town is None:
        return windows
    beside = Prefetch("edition__windows", ApplicationWindow.objects.of_offices([town.subprefecture]))
    return windows.prefetch_related("edition__rules__fact", beside)
