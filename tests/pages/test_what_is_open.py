"""On the days that matter every place says the same of every programme, to every one of the 179 towns.

Every programme is one of the samples that the demo shows. What is said comes from `support.standing`; a second, plainer
reckoning from the rows themselves stands beside it here, so that the two would have to be wrong in the same way.
"""

import re
from datetime import UTC, date, datetime, timedelta
from functools import cache
from unittest.mock import patch

import pytest

from regions.models import Municipality
from sumairu.lib.wareki import era_name, first_day, fiscal_year_on
from sumairu.loading.content import load_content
from sumairu.loading.facts import load_tables
from sumairu.loading.samples import load_samples
from support import standing
from support.answers import Answer, Group, headline
from support.models import ApplicationWindow, Program, ProgramEdition
from support.models.programs import Use
from support.standing import State, open_calls, standing_of, standings, standings_for
from support.todo import CLOSING, todo_for
from tests.costs import page
from tests.exhaustive import ALL, sample
from tests.factories import make_headquarters_editor

LOADED_ON = date(2026, 11, 28)
CLOSES = LOADED_ON + timedelta(days=10)  # of 見本：地域の行事を支える交付金
YEAR_ENDS, YEAR_BEGINS = date(2027, 3, 31), date(2027, 4, 1)
GYOJI = "mihon-gyoji"
PARTS = 4 if ALL else 1


pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def samples(loaded_once):
    with loaded_once(load_tables, load_content, lambda: load_samples(LOADED_ON)):
        yield


@pytest.fixture
def today_is(monkeypatch):
    """A function that sets the clock to noon in Hokkaido of a day."""

    def set_clock(day):
        noon = datetime(day.year, day.month, day.day, 3, tzinfo=UTC)
        monkeypatch.setattr("django.utils.timezone.now", lambda: noon)
        return day

    return set_clock


def is_open(window, on):
    """Reckoned from the days alone."""
    begins, ends = first_day(window.edition.fiscal_year), first_day(window.edition.fiscal_year + 1)
    starts = window.opens_on or begins
    return starts <= on and (on <= window.closes_on if window.closes_on else on < ends)


def speaking(on):
    """The windows of the public editions of each programme, of its real ones where it has any."""
    public = [edition for edition in ProgramEdition.objects.all() if edition.is_published(on)]
    real = {edition.program_id for edition in public if not edition.is_sample}
    editions = [edition for edition in public if not edition.is_sample or edition.program_id not in real]
    return editions, list(ApplicationWindow.objects.filter(edition__in=editions))


def days_that_matter(**of):
    """Of every window of the samples the day before it opens, its first and its last day, and the day after."""
    found = {LOADED_ON, YEAR_ENDS, YEAR_BEGINS}
    for window in ApplicationWindow.objects.filter(edition__is_sample=True, **of):
        found |= {window.opens_on - timedelta(days=1), window.opens_on} if window.opens_on else set()
        found |= {window.closes_on, window.closes_on + timedelta(days=1)} if window.closes_on else set()
    return sorted(found)


@pytest.mark.exhaustive
@pytest.mark.parametrize("part", range(PARTS))
def test_all_that_is_reckoned_agrees_on_every_day_that_matters(samples, today_is, part):
    """In a sample on a sixth of the days, when some of the towns are asked; else each of them on each."""
    towns = list(Municipality.objects.governed().select_related("subprefecture"))
    days = days_that_matter()
    assert (len(towns), len(days) > 30) == (179, True)
    for number, day in enumerate(map(today_is, sample(days[part::PARTS], every=6))):
        open_calls_are_those_whose_days_say_so(day)
        every_programme_is_said_to_be_what_its_rows_say(day)
        towns_hear_what_everybody_hears(towns[:1], day)
        with patch.object(standing, "speaking", cache(standing.speaking)):  # once for the towns of an office
            towns_hear_what_everybody_hears(towns[1:] if ALL else towns[1 + number % 30 :: 30], day)
        what_closes_soon_waits_with_the_same_word(day)


def open_calls_are_those_whose_days_say_so(day):
    _, windows = speaking(day)
    assert {call.window for call in open_calls(day)} == {window for window in windows if is_open(window, day)}


def every_programme_is_said_to_be_what_its_rows_say(day):
    editions, windows = speaking(day)
    year = fiscal_year_on(day)
    for each in standings(day):
        begun = [e.fiscal_year for e in editions if e.program_id == each.program.pk and e.fiscal_year <= year]
        mine = [w for w in windows if w.edition.program_id == each.program.pk]
        assert (each.state == State.NEXT) <= (not begun), each.program
        assert (each.state == State.UNCONFIRMED) == (bool(begun) and max(begun) < year), each.program
        assert any(call.is_open for call in each.calls) == any(is_open(w, day) for w in mine), each.program
        if any(w.closes_on == day and is_open(w, day) for w in mine):
            assert State.TODAY in each.states, each.program


def towns_hear_what_everybody_hears(towns, day):
    everybody = {each.program.pk: each for each in standings(day)}
    for town in towns:
        said = standings_for(town, day)
        heard = [Answer(each) for each in said]
        assert {each.program.pk for each in said} == set(everybody)
        for answer in heard:
            each, overall = answer.standing, everybody[answer.standing.program.pk]
            assert each.edition == overall.edition, (town, each.program)
            assert (
                (each.state == State.UNCONFIRMED)
                == (overall.state == State.UNCONFIRMED)
                == (answer.group == Group.UNCONFIRMED)
            )
            assert {call.window for call in each.calls if call.is_open} <= {
                call.window for call in overall.calls if call.is_open
            }
            assert (answer.group == Group.OPEN) <= each.call.is_open if each.call else answer.group != Group.OPEN
            if each.is_unconfirmed:
                assert "使え" not in answer.word
        deadlines = sum(a.has_deadline for a in heard if a.group in (Group.OPEN, Group.DEPENDS))
        assert (f"{deadlines}件" in headline(heard)) or not deadlines, town


def what_closes_soon_waits_with_the_same_word(day):
    honcho = make_headquarters_editor()
    said = {call.window.pk: call for call in open_calls(day)}
    for item in (item for item in todo_for(honcho, day) if item.group is CLOSING):
        window = int(re.search(r"/(\d+)/change/", item.url)[1])
        if window in said:
            assert (item.state, item.days_left) == (said[window].state.label, said[window].days)


@pytest.mark.exhaustive
def test_pages_say_it_in_the_words_of_the_day(client, samples, today_is):
    """The programme with windows for towns, for groups and of one office, in every place."""
    of_its_own = {LOADED_ON, CLOSES, CLOSES + timedelta(days=1), YEAR_BEGINS}
    for day in map(today_is, days_that_matter(edition__program__slug=GYOJI) if ALL else sorted(of_its_own)):
        each = next(each for each in standings(day) if each.program.slug == GYOJI)
        places = {
            "home": page(client, "/"),
            "list": page(client, "/support/"),
            "pillar": page(client, "/support/financial/"),
            "programme": page(client, f"/programs/{GYOJI}/"),
            "search": page(client, "/search/?q=地域の行事を支える交付金"),
            "town": page(client, "/municipalities/012238/"),
        }
        for where, html in places.items():
            assert "あと0日" not in re.sub(r"<[^>]+>", "", html), where
            assert "使えました" not in html, where
        for where in ("list", "pillar", "programme", "search"):
            assert each.state.label in places[where], (where, each.state)
        if day == LOADED_ON:
            assert "あと<b>10</b>日" in places["home"]
            assert "あと10日" in places["town"]
        if day == CLOSES:
            assert "<b>今日</b>まで" in places["home"]
            assert State.TODAY.label in places["town"]
        if day == CLOSES + timedelta(days=1):
            assert State.CLOSED.label in places["town"]
        if day == YEAR_BEGINS:
            assert each.state == State.UNCONFIRMED
            assert "今年度も続いているか、確認できていません" in places["programme"]
            assert "今年度も続いているか、確認できていません" in places["town"]
            assert f"{era_name(2026)}の内容ではまちは対象" in places["town"]


@pytest.mark.exhaustive
def test_pages_say_the_state_of_every_sample_on_its_own_days(client, samples, today_is):
    """Of those that one applies for; in a sample of every fourth, on some of the days."""
    for program in sample(Program.objects.filter(is_sample=True, use=Use.APPLY), every=4):
        days = days_that_matter(edition__program=program)
        for day in map(today_is, days if ALL else days[1::3]):
            said = standing_of(program, day).state.label
            for address in (
                f"/programs/{program.slug}/",
                f"/support/{program.pillar}/",
                "/support/",
                f"/search/?q={program}",
            ):
                html = page(client, address)
                assert said in html, (day, address, said)
                assert "使えました" not in html, (day, address)
