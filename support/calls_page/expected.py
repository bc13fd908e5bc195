"""Calls that past years lead to expect: those that had a last day then, and of which this year says nothing yet.

Never a fact: pages mark them 推定 and say of which years they know. An expected call is told under the month of the newest
of these years.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models.functions import ExtractMonth, ExtractYear

from regions.models import Subprefecture
from sumairu.lib.wareki import era_name
from support.calls_page.asked import Asked
from support.calls_page.judge import Judge
from support.models import ApplicationWindow, Program
from support.models.programs import Use

YEARS_BACK = 3
Applicant = ApplicationWindow.Applicant


@dataclass(frozen=True)
class Expected:
    """`years` are the fiscal years of which a call ended in the same month, newest first; `year` is the one it is expected for."""

    program: Program
    office: Subprefecture | None
    applicant: str
    month: date  # its first day
    year: int
    years: tuple[int, ...]
    is_sample: bool

    @property
    def applicant_words(self):
        return Applicant(self.applicant).label

    @property
    def who_words(self):
        who = "" if self.applicant == Applicant.ANYONE else self.applicant_words
        return "、".join(filter(None, [who, f"{self.office}管内" if self.office else ""]))

    @property
    def year_words(self):
        return f"{era_name(self.year)}分"

    @property
    def source_words(self):
        """「令和7年度・令和6年度分の締切が12月」."""
        return f"{'・'.join(era_name(year) for year in self.years)}分の締切が{self.month.month}月"


def expected_calls(asked, first, last, this_year):
    """What may end from the month of `first` to that of `last`, month by month, then in the order of programmes.

    For this fiscal year and for the next: what is for a year to come often ends before that begins.
    """
    found = []
    for (program, office, applicant), by_year in _ends(asked, this_year).items():
        for year in (this_year, this_year + 1):
            if year not in by_year and (past := _past(by_year, year)):
                newest = max(past)
                for month in _months(past[newest], year - newest):
                    if first.replace(day=1) <= month <= last:
                        years = [each for each in past if month in _months(past[each], year - each)]
                        is_sample = all(sample for *_, sample in past[newest])
                        found.append((program, office, applicant, month, year, tuple(sorted(years)[::-1]), is_sample))
    programs = Program.objects.in_bulk({program for program, *_ in found})
    offices = Subprefecture.objects.in_bulk({office for _, office, *_ in found if office}) if found else {}
    calls = [Expected(programs[program], offices.get(office), *more) for program, office, *more in found]
    return sorted(calls, key=lambda each: (each.month, each.program.order, each.program.slug, each.applicant))


def _ends(asked, this_year):
    """For each programme, office and applicant, of each fiscal year its windows' (year, month, is it a sample?).

    (None, None, …) is one without a last day: it says that the year is known, and ends in no month.
    """
    windows = ApplicationWindow.objects.speaking().filter(
        edition__fiscal_year__range=(this_year - YEARS_BACK, this_year + 1),
        edition__program__use__in=[Use.APPLY, Use.CONSULT],
        edition__program__successor=None,
    )
    asked = Asked(asked.town, asked.pillar, asked.applicant)
    windows = Judge(asked).without_excluded(asked.narrowed(windows, None)).order_by()
    ends = defaultdict(lambda: defaultdict(set))
    fields = ["edition__program", "subprefecture", "applicant", "edition__fiscal_year"]
    month_of = {"ends_year": ExtractYear("closes_on"), "ends_month": ExtractMonth("closes_on")}
    for *key, fiscal_year, is_sample, year, month in (
        windows.annotate(**month_of).values_list(*fields, "is_sample", *month_of).distinct()
    ):
        ends[tuple(key)][fiscal_year].add((year, month, is_sample))
    return ends


def _past(by_year, year):
    """Of the years before `year` those in which a call had a last day."""
    return {
        each: {end for end in ends if end[0] is not None}
        for each, ends in by_year.items()
        if year - YEARS_BACK <= each < year and any(end[0] is not None for end in ends)
    }


def _months(ends, later):
    """The months that lie as many years later."""
    return {date(year + later, month, 1) for year, month, _ in ends}
