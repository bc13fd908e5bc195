"""What reads only the windows that matter says what reading all of them says: over random editions and windows."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from sumairu.lib.eligibility import State as Eligibility
from sumairu.publishing.models import Status
from support.applicants import Who, excludes, verdict_for
from support.calls_page import Asked
from support.calls_page.expected import YEARS_BACK, expected_calls
from support.calls_page.judge import Judge
from support.models import ApplicationWindow, ProgramEdition, eligibility_facts
from support.models.programs import Use
from support.standing import Standing, standings, standings_for, standings_for_each
from tests.factories import (
    make_edition,
    make_fact,
    make_municipality,
    make_program,
    make_rule,
    make_subprefecture,
    make_window,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 28)
SEEDS = range(8)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime(2026, 11, 28, 3, tzinfo=UTC))


@pytest.fixture(params=SEEDS)
def town(request):
    """A town, among programmes of several years with windows of all kinds."""
    dice, town = Random(request.param), make_municipality("釧路市")
    offices = [None, town.subprefecture, make_subprefecture("nemuro")]
    for _ in range(6):
        program = make_program(use=dice.choice([Use.APPLY, Use.APPLY, Use.CONSULT, Use.READ]))
        for year in dice.sample(range(2022, 2028), dice.randint(1, 5)):
            sample, status = dice.random() < 0.3, dice.choice([Status.PUBLISHED] * 5 + [Status.DRAFT])
            edition = make_edition(program=program, fiscal_year=year, is_sample=sample, status=status)
            if dice.random() < 0.4:
                applicant = make_fact("applicant", kind="text")
                value = dice.choice(["市町村", "団体", "市町村;団体"])
                make_rule(edition=edition, fact=applicant, operator="in", value=value)
            for _ in range(dice.randint(0, 5)):
                make_window(
                    edition=edition,
                    subprefecture=dice.choice(offices),
                    applicant=dice.choice(ApplicationWindow.Applicant.values),
                    is_sample=dice.random() < 0.5,
                    **_days(dice, year),
                )
    return town


def _days(dice, year):
    first = dice.choice([None, date(year, 4, 1) + timedelta(days=dice.randint(-150, 300))])
    last = (first or date(year, 1, 1)) + timedelta(days=dice.randint(0, 400))
    return {"opens_on": first, "closes_on": dice.choice([None, last, last])}


def test_standings_tell_of_the_calls_that_all_windows_tell_of(town):
    for day in (TODAY, date(2025, 4, 1), date(2026, 3, 31)):
        facts = eligibility_facts(town)
        for place, known, found in (
            (None, None, standings(day, public_on=TODAY)),
            (town, facts, standings_for(town, day, public_on=TODAY)),
        ):
            plain = [Standing(each.program, _whole(each.editions), day, place, known) for each in found]
            assert [_said(each) for each in found] == [_said(each) for each in plain]
    assert [_said(each) for each in standings_for_each([town])[0]] == [_said(each) for each in standings_for(town)]


def _whole(editions):
    """The same editions with every window."""
    rows = ProgramEdition.objects.in_bulk([edition.pk for edition in editions])
    return tuple(rows[edition.pk] for edition in editions)


def _said(standing):
    calls = [(call.window.pk, call.state) for call in standing.calls]
    return calls, standing.call and standing.call.window.pk, standing.words, standing.verdict


def test_live_windows_are_those_that_say_so(town):
    for day in (TODAY, date(2025, 4, 1), date(2026, 3, 31), date(2027, 4, 1)):
        live = {
            each.pk
            for each in ApplicationWindow.objects.select_related("edition")
            if each.state(day) in (*ApplicationWindow.OPEN_STATES, ApplicationWindow.State.SOON)
        }
        assert set(ApplicationWindow.objects.live_on(day).values_list("pk", flat=True)) == live


@pytest.mark.parametrize("who", Who, ids=str)
def test_who_is_excluded_is_whom_the_verdict_excludes(town, who):
    facts = eligibility_facts(town)
    for edition in ProgramEdition.objects.all():
        for office in (None, town.subprefecture):
            is_excluded = verdict_for(who, edition, facts, office).state == Eligibility.EXCLUDED
            assert excludes(who, edition, facts, office) == is_excluded


def test_the_same_calls_are_expected_as_of_all_windows_of_past_years(town):
    for asked in (Asked(), Asked(town=town), Asked(applicant=Who.GROUP)):
        for first in (TODAY, date(2026, 4, 1)):
            found = expected_calls(asked, first, date(2027, 3, 31), 2026)
            said = {
                (
                    each.program.pk,
                    each.office and each.office.pk,
                    each.applicant,
                    each.month,
                    each.year,
                    each.years,
                    each.is_sample,
                )
                for each in found
            }
            assert said == set(_expected(asked, first, date(2027, 3, 31), 2026))
            assert len(said) == len(found)


def _expected(asked, first, last, this_year):
    """Of all windows of the years in question, read one by one."""
    ends = {}
    for window in _in_question(asked, this_year):
        key = window.edition.program_id, window.subprefecture_id, window.applicant
        of_year = ends.setdefault(key, {}).setdefault(window.edition.fiscal_year, set())
        of_year.add(window.closes_on and (window.closes_on.replace(day=1), window.is_sample))
    for key, by_year in ends.items():
        for year in (this_year, this_year + 1):
            past = {each: by_year[each] - {None} for each in by_year if year - YEARS_BACK <= each < year}
            past = {each: those for each, those in past.items() if those}
            if year in by_year or not past:
                continue
            newest = max(past)
            for month in {_later(end, year - newest) for end, _ in past[newest]}:
                if first.replace(day=1) <= month <= last:
                    years = [each for each in past if month in {_later(end, year - each) for end, _ in past[each]}]
                    yield *key, month, year, tuple(sorted(years)[::-1]), all(sample for _, sample in past[newest])


def _in_question(asked, this_year):
    windows = ApplicationWindow.objects.speaking().filter(
        edition__fiscal_year__range=(this_year - YEARS_BACK, this_year + 1),
        edition__program__use__in=[Use.APPLY, Use.CONSULT],
        edition__program__successor=None,
    )
    asked = replace(asked, within=None)
    return Judge(asked).without_excluded(asked.narrowed(windows, None)).select_related("edition")


def _later(month, years):
    return month.replace(year=month.year + years)
