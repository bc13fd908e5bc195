"""Calls that past years lead to expect: those that had a last day then, and of which this year says nothing yet.

Never a fact: pages mark them 推定 and say of which years they know. An expected call is told under the month of the newest
of these years.
"""

from calendar import monthrange
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from regions.models import Subprefecture
from sumairu.lib.wareki import era_name
from support.calls_page.asked import Asked
from support.calls_page.judge import Judge
from support.models import ApplicationWindow, Program
from support.models.programs import Use

YEARS_BACK = 3
KEY = ("edition__program", "subprefecture", "applicant")  # what a call of one year and of another are the same by
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


def expected_calls(asked, first, last, this_year, judge=None):
    """What may end from the month of `first` to that of `last`, month by month, then in the order of programmes.

    For this fiscal year and for the next: what is for a year to come often ends before that begins. `judge` is that of
    the page, where it has one already.
    """
    past = _Past(Asked(asked.town, asked.pillar, asked.applicant), judge or Judge(asked))
    found = [each for year in (this_year, this_year + 1) for each in past.expected_for(year, first, last)]
    programs = Program.objects.in_bulk({program for program, *_ in found})
    offices = Subprefecture.objects.in_bulk() if found else {}
    calls = [Expected(programs[program], offices.get(office), *more) for program, office, *more in found]
    return sorted(calls, key=lambda each: (each.month, each.program.order, each.program.slug, each.applicant))


@dataclass
class _Past:
    """The calls of past years, each known by its programme, office and applicant, as far as a page needs them.

    Nearly all have one of this year as well. So what ended in the months that are asked for is read first; then of the
    years since no more than which calls they have.
    """

    asked: Asked
    judge: Judge

    def expected_for(self, year, first, last):
        """The fields of each `Expected`, with the primary keys of its programme and office."""
        ended = [self._ended(year - back, _months_before(first, last, back)) for back in range(1, YEARS_BACK + 1)]
        known = set().union(*ended)
        known -= self._said(year, known).keys()
        for back, ends in enumerate(ended, start=1):
            for key in known & ends.keys():
                for month in {_later(end, back) for end, _ in ends[key]}:
                    years = tuple(_years_of(key, month, year, ended))
                    yield *key, month, year, years, all(sample for _, sample in ends[key])
            if back < YEARS_BACK:  # what has a newer last day is expected by that
                known -= {key for key, has_last_day in self._said(year - back, known).items() if has_last_day}

    def _ended(self, fiscal_year, days):
        """Of the calls for a year that ended on these days, by key: (the first of the month, is it a sample?)."""
        ends = defaultdict(set)
        rows = self._windows(fiscal_year).filter(closes_on__range=days)
        for *key, closes_on, is_sample in rows.values_list(*KEY, "closes_on", "is_sample"):
            ends[tuple(key)].add((closes_on.replace(day=1), is_sample))
        return ends

    def _said(self, fiscal_year, keys):
        """Of the calls for a year of the programmes that `keys` name, by key: has one of its windows a last day?"""
        programs = {
            0,
            *(program for program, *_ in keys),
        }  # with none that there is, so that a page always asks as often
        rows = self._windows(fiscal_year).filter(edition__program__in=programs)
        return {tuple(key): count > 0 for *key, count in rows.values_list(*KEY).annotate(Count("closes_on"))}

    def _windows(self, fiscal_year):
        windows = ApplicationWindow.objects.speaking_of_year(fiscal_year).filter(
            edition__program__use__in=[Use.APPLY, Use.CONSULT], edition__program__successor=None
        )
        return self.judge.without_excluded(self.asked.narrowed(windows, None)).order_by()


def _years_of(key, month, year, ended):
    """The past years, newest first, in which such a call ended in the same month."""
    for back, ends in enumerate(ended, start=1):
        if any(_later(end, back) == month for end, _ in ends.get(key, ())):
            yield year - back


def _later(month, years):
    return month.replace(year=month.year + years)


def _months_before(first, last, years):
    """The first day of the month of `first` and the last day of that of `last`, so many years before."""
    year = last.year - years
    return date(first.year - years, first.month, 1), date(year, last.month, monthrange(year, last.month)[1])
