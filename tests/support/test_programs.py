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
        pytest.param(date(2021, 5, 15), date(2021, 5, 15), "open", 0, id="its one day"),
        pytest.param(None, date(2021, 5, 14), "closed", -1, id="over"),
        pytest.param(None, None, "open", None, id="all year"),
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


def test_the_current_edition_is_the_newest_public_one():
    program = make_program()
    make_edition(program=program, fiscal_year=2020)
    newest = make_edition(program=program, fiscal_year=2021)
    make_edition(program=program, fiscal_year=2022, status="draft")
    assert list(ProgramEdition.objects.current()) == [newest]
    assert program.newest_edition() == newest
