from datetime import date

import pytest
from django.core.exceptions import ValidationError

from support.models import ApplicationWindow, Program, ProgramAlias, ProgramEdition, eligibility_facts
from tests.factories import (
    make_desk,
    make_edition,
    make_fact,
    make_municipal_fact,
    make_municipality,
    make_program,
    make_program_desk,
    make_rule,
    make_subprefecture,
    make_window,
)

pytestmark = pytest.mark.django_db

DAY = date(2021, 5, 15)


@pytest.mark.parametrize("opens", [None, date(2021, 5, 14), DAY, date(2021, 5, 16)])
@pytest.mark.parametrize("closes", [None, date(2021, 5, 17), date(2021, 5, 16)])
@pytest.mark.parametrize("on", [DAY, date(2021, 5, 17), date(2021, 5, 18)])
def test_open_windows_are_those_that_say_so(opens, closes, on):
    window = make_window(opens_on=opens, closes_on=closes)
    assert window.is_open(on) == (window in ApplicationWindow.objects.open_on(on))


@pytest.mark.parametrize(
    ("opens", "closes", "state", "left"),
    [
        pytest.param(date(2021, 5, 16), date(2021, 5, 31), "soon", 16, id="not yet"),
        pytest.param(date(2021, 5, 15), date(2021, 5, 15), "today", 0, id="its one day"),
        pytest.param(None, date(2021, 5, 14), "closed", -1, id="over"),
        pytest.param(None, None, "all_year", None, id="all year"),
    ],
)
def test_a_window_says_its_state_and_the_days_left(opens, closes, state, left):
    window = make_window(opens_on=opens, closes_on=closes)
    assert (window.state(DAY), window.days_left(DAY)) == (state, left)


def test_an_office_s_own_window_wins_over_headquarters_for_the_same_applicants():
    edition, kushiro = make_edition(), make_subprefecture("kushiro")
    everywhere = make_window(edition=edition, applicant="municipality")
    groups = make_window(edition=edition, applicant="group")
    own = make_window(edition=edition, applicant="municipality", subprefecture=kushiro)
    assert edition.windows_for(kushiro) == [own, groups]
    assert edition.windows_for(make_subprefecture("nemuro")) == [groups, everywhere]


def test_a_town_calls_its_office_s_desk_else_headquarters():
    kushiro, program = make_subprefecture("kushiro"), make_program(desk=make_desk())
    assert program.desk_for(kushiro) == program.desk
    central = make_program_desk(program=program).desk
    assert Program.objects.get().desk_for(kushiro) == central
    own = make_program_desk(program=program, subprefecture=kushiro, desk=make_desk(subprefecture=kushiro)).desk
    assert Program.objects.get().desk_for(kushiro) == own
    assert Program.objects.get().desk_for(make_subprefecture("nemuro")) == central


def test_a_town_may_use_what_all_rules_grant():
    edition, town = make_edition(), make_municipality()
    make_rule(edition=edition)
    make_rule(edition=edition, fact=make_fact("population"), operator="lt", value="50000")
    assert edition.verdict(eligibility_facts(town)).state == "depends"  # nobody has entered its population
    make_municipal_fact(municipality=town, value=24_636)
    verdict = edition.verdict(eligibility_facts(town))
    assert verdict.state == "usable"
    assert "人口5万人未満" in verdict.reasons
    make_municipal_fact(municipality=town, year=2025, value=60_000)
    assert edition.verdict(eligibility_facts(town)).state == "excluded"


def test_without_rules_it_depends():
    assert make_edition().verdict(eligibility_facts(make_municipality())).state == "depends"


def test_a_rule_that_cannot_be_judged_is_refused():
    rule = make_rule(fact=make_fact("population"), operator="lt", value="100")
    rule.value = "多い"
    with pytest.raises(ValidationError, match="多い"):
        rule.full_clean()


def test_two_spellings_of_one_alias_are_one():
    ProgramAlias.objects.create(program=make_program(), name="応援団会議")
    with pytest.raises(ValidationError, match="すでに使われています"):
        ProgramAlias(program=make_program(), name="応援団　会議").full_clean()


def test_samples_speak_only_where_nothing_real_does():
    program, invented = make_program(), make_program()
    real = make_edition(program=program, fiscal_year=2020)
    make_edition(program=program, fiscal_year=2021, is_sample=True)
    make_edition(program=invented, fiscal_year=2020, status="draft")
    alone = make_edition(program=invented, fiscal_year=2021, is_sample=True)
    assert set(ProgramEdition.objects.speaking()) == {real, alone}


def test_a_sample_window_hides_no_real_one():
    edition, kushiro = make_edition(), make_subprefecture("kushiro")
    make_window(edition=edition, subprefecture=kushiro, is_sample=True)
    assert edition.windows_for(kushiro) != []
    real = make_window(edition=edition)
    assert ProgramEdition.objects.get().windows_for(kushiro) == [real]


def test_a_sample_desk_stands_before_no_real_one():
    kushiro, program = make_subprefecture("kushiro"), make_program()
    make_program_desk(program=program, subprefecture=kushiro, desk=make_desk(), is_sample=True)
    real = make_program_desk(program=program, desk=make_desk()).desk
    assert Program.objects.get().desk_for(kushiro) == real


@pytest.mark.parametrize("year", [2020, 2021, 2022, 2023])
@pytest.mark.parametrize("opens", [None, date(2021, 4, 1), date(2021, 5, 1), date(2022, 2, 1)])
@pytest.mark.parametrize("closes", [None, date(2022, 3, 31), date(2022, 4, 1), date(2023, 5, 1)])
def test_windows_of_any_year_are_open_on_the_days_that_say_so(year, opens, closes):
    window = make_window(edition=make_edition(fiscal_year=year), opens_on=opens, closes_on=closes)
    for on in (date(2021, 3, 31), date(2021, 4, 1), date(2022, 3, 31), date(2022, 4, 1), date(2023, 5, 1)):
        assert window.is_open(on) == (window in ApplicationWindow.objects.open_on(on)), on


@pytest.mark.parametrize(
    ("year", "days", "on", "state"),
    [
        pytest.param(2021, (None, None), date(2022, 3, 31), "all_year", id="all year, on its last day"),
        pytest.param(2021, (None, None), date(2022, 4, 1), "unconfirmed", id="all year, a year later"),
        pytest.param(2022, (None, None), date(2022, 3, 31), "soon", id="all of a year that has not begun"),
        pytest.param(2022, (None, date(2022, 2, 28)), date(2022, 1, 5), "open", id="over before its year begins"),
        pytest.param(2021, (date(2021, 5, 1), None), date(2022, 4, 1), "unconfirmed", id="from a day, a year later"),
        pytest.param(2021, (date(2021, 4, 1), None), date(2021, 4, 1), "all_year", id="from the year's first day"),
    ],
)
def test_a_day_that_is_not_given_holds_for_the_edition_s_year(year, days, on, state):
    opens, closes = days
    window = make_window(edition=make_edition(fiscal_year=year), opens_on=opens, closes_on=closes)
    assert window.state(on) == state
