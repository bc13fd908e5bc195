from datetime import date

import pytest

from support.models.programs import Use
from support.standing import State, open_calls, standing_of, standings, standings_for
from tests.factories import (
    make_desk,
    make_edition,
    make_municipality,
    make_program,
    make_program_desk,
    make_rule,
    make_subprefecture,
    make_window,
)

pytestmark = pytest.mark.django_db

TODAY = date(2021, 11, 15)
OPEN = {"opens_on": date(2021, 11, 1), "closes_on": date(2021, 11, 30)}


@pytest.fixture
def program():
    return make_program()


def said(program, on=TODAY, town=None):
    return standing_of(program, on, town)


@pytest.mark.parametrize(
    ("window", "state"),
    [
        pytest.param({"opens_on": date(2021, 11, 16), "closes_on": None}, State.SOON, id="the day before"),
        pytest.param({"opens_on": TODAY, "closes_on": date(2021, 11, 16)}, State.OPEN, id="the first day"),
        pytest.param({"opens_on": None, "closes_on": TODAY}, State.TODAY, id="the last day"),
        pytest.param({"opens_on": None, "closes_on": date(2021, 11, 14)}, State.CLOSED, id="the day after"),
        pytest.param({"opens_on": None, "closes_on": None}, State.ALL_YEAR, id="all year"),
    ],
)
def test_a_call_of_this_year_says_what_a_programme_is(program, window, state):
    make_window(edition=make_edition(program=program), **window)
    assert said(program).states == [state]


@pytest.mark.parametrize(
    ("use", "state"),
    [(Use.APPLY, State.ASK), (Use.CONSULT, State.CONSULT), (Use.READ, State.READ), (Use.PREFECTURE, State.PREFECTURE)],
)
def test_without_a_window_the_use_says_what_there_is_to_do(use, state):
    program = make_program(use=use)
    make_edition(program=program)
    assert said(program).state == state


@pytest.mark.parametrize("use", list(Use))
def test_an_edition_older_than_the_year_is_not_known_to_hold(use):
    program = make_program(use=use)
    make_window(edition=make_edition(program=program, fiscal_year=2020), opens_on=None, closes_on=None)
    assert said(program).states == [State.UNCONFIRMED]
    assert said(program, date(2021, 3, 31)).state == State.ALL_YEAR  # its own year's last day


def test_an_open_call_of_an_older_edition_is_told_beside_that(program):
    make_window(edition=make_edition(program=program, fiscal_year=2020), **OPEN)
    standing = said(program)
    assert standing.states == [State.UNCONFIRMED, State.OPEN]
    assert standing.call.year_words == "令和2年度分"


@pytest.mark.parametrize("windows", [[], [{"opens_on": date(2022, 4, 1), "closes_on": date(2022, 5, 1)}]])
def test_an_edition_of_a_year_to_come_displaces_nothing(program, windows):
    edition = make_edition(program=program)
    call = make_window(edition=edition, **OPEN)
    before = said(program)
    following = make_edition(program=program, fiscal_year=2022)
    for window in windows:
        make_window(edition=following, **window)
    after = said(program)
    assert (after.edition, after.state, after.call) == (before.edition, before.state, before.call)
    assert [each.window for each in open_calls(TODAY)] == [call]
    assert (after.upcoming, after.upcoming_words) == (following, "来年度（令和4年度）")
    assert said(program, date(2022, 4, 1)).edition == following


def test_a_call_of_a_year_to_come_may_be_open_now(program):
    make_window(edition=make_edition(program=program), opens_on=None, closes_on=date(2021, 8, 31))
    following = make_edition(program=program, fiscal_year=2022)
    window = make_window(edition=following, **OPEN)
    standing = said(program)
    assert (standing.state, standing.call.window, standing.call.year_words) == (State.OPEN, window, "令和4年度分")
    assert standing.judged == following
    assert [call.window for call in open_calls(TODAY)] == [window]


def test_a_programme_that_starts_next_year_is_said_to(program):
    edition = make_edition(program=program, fiscal_year=2022)
    standing = said(program)
    assert (standing.state, standing.edition, standing.in_force) == (State.NEXT, edition, None)


def test_a_sample_edition_stands_before_no_real_one_and_its_calls_are_silent(program):
    real = make_edition(program=program, fiscal_year=2020)
    sample = make_edition(program=program, is_sample=True)
    make_window(edition=sample, is_sample=True, **OPEN)
    standing = said(program)
    assert (standing.edition, standing.state, standing.role_of(sample)) == (real, State.UNCONFIRMED, "sample")
    assert open_calls(TODAY) == []


@pytest.mark.parametrize(("year", "role"), [(2020, "past"), (2021, "in_force"), (2022, "upcoming"), (2023, "upcoming")])
def test_each_edition_has_its_role(program, year, role):
    editions = {year: make_edition(program=program, fiscal_year=year) for year in (2020, 2021, 2022, 2023)}
    assert said(program).role_of(editions[year]) == role
    assert said(program).upcoming == editions[2022]


def test_an_open_call_matters_most_and_the_nearest_end_before_others(program):
    edition = make_edition(program=program)
    make_window(edition=edition, opens_on=date(2021, 4, 1), closes_on=date(2021, 4, 30))
    make_window(edition=edition, opens_on=date(2021, 12, 1), closes_on=None)
    late = make_window(edition=edition, opens_on=None, closes_on=date(2021, 12, 31))
    soon = make_window(edition=edition, opens_on=None, closes_on=date(2021, 11, 20))
    standing = said(program)
    assert (standing.call.window, standing.other_calls[0].window) == (soon, late)
    assert standing.other_calls[1].state == "soon"


def test_a_call_for_groups_is_no_call_for_the_town_but_is_told_of(program):
    window = make_window(edition=make_rule(edition=make_edition(program=program)).edition, applicant="group", **OPEN)
    standing = said(program, town=make_municipality())
    assert standing.state == State.ASK
    assert [call.window for call in standing.other_calls] == [window]
    assert standing.other_calls[0].who_words == "団体"


def test_a_call_whose_year_excludes_the_town_is_none_for_it(program):
    make_rule(edition=make_edition(program=program))
    following = make_rule(edition=make_edition(program=program, fiscal_year=2022), value="振興局").edition
    make_window(edition=following, **OPEN)
    assert said(program).state == State.OPEN
    assert said(program, town=make_municipality()).state == State.ASK


@pytest.mark.parametrize("use", [Use.READ, Use.PREFECTURE])
def test_what_is_read_has_a_call_only_while_there_is_one(use):
    program = make_program(use=use)
    edition = make_edition(program=program)
    make_window(edition=edition, opens_on=None, closes_on=date(2021, 11, 14))
    assert said(program).call is None
    assert not said(program).is_applied_for
    make_window(edition=edition, **OPEN)
    assert said(program).state == State.OPEN


def test_open_calls_are_listed_by_days_left():
    def call(edition=None, **days):
        return make_window(edition=edition or make_edition(), **{"opens_on": None, "closes_on": None} | days)

    all_year = call()
    late, early = (call(closes_on=date(2021, 11, day)) for day in (30, 20))
    call(opens_on=date(2021, 11, 16))
    call(edition=make_edition(fiscal_year=2020))
    call(edition=make_edition(status="draft"))
    assert [call.window for call in open_calls(TODAY)] == [early, late, all_year]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ({"opens_on": None, "closes_on": TODAY}, ("", "今日", "まで")),
        ({"opens_on": None, "closes_on": date(2021, 11, 16)}, ("あと", "1", "日")),
        ({"opens_on": date(2021, 11, 16), "closes_on": None}, ("", "明日", "から")),
        ({"opens_on": date(2021, 11, 17), "closes_on": None}, ("", "2", "日後から")),
        ({"opens_on": None, "closes_on": None}, None),
    ],
)
def test_days_are_counted_in_words_that_read_well(days, words):
    edition = make_edition()
    make_window(edition=edition, **days)
    assert said(edition.program).call.countdown == words


def test_the_desk_is_that_of_the_town_s_own_office(program):
    make_edition(program=program)
    make_program_desk(program=program)
    own = make_program_desk(program=program, subprefecture=make_subprefecture(), desk=make_desk())
    assert said(program, town=make_municipality("釧路市")).desk == own.desk


def test_they_cost_as_much_for_twenty_programmes_as_for_one(django_assert_num_queries):
    town = make_municipality()
    for year in (2020, 2021, 2022) * 7:
        edition = make_rule(edition=make_edition(fiscal_year=year)).edition
        make_window(edition=edition, **OPEN)
        make_program_desk(program=edition.program, desk=make_desk(subprefecture=make_subprefecture()))
    with django_assert_num_queries(10):
        for standing in standings_for(town, TODAY):
            str(standing.desk), standing.words, standing.verdict.reasons, standing.other_calls
    with django_assert_num_queries(9):
        [call.address for call in open_calls(TODAY)]
    assert len(standings(TODAY)) == 21
