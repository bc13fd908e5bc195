from datetime import date

import pytest

from support.applicants import Who, verdict_for
from support.models import eligibility_facts
from support.standing import Standing
from tests.factories import make_edition, make_fact, make_municipality, make_rule, make_subprefecture, make_window

pytestmark = pytest.mark.django_db

TODAY = date(2021, 5, 1)


def said(who, edition, facts=None, subprefecture=None):
    verdict = verdict_for(who, edition, facts or {}, subprefecture)
    return verdict.state.label, "、".join(verdict.reasons)


@pytest.mark.parametrize("who", [Who.GROUP, Who.COMPANY, Who.PERSON])
def test_what_rules_ask_of_municipalities_leaves_others_out(who):
    assert said(who, make_rule().edition) == ("対象外", f"市町村ではありません（{who.label}）")


@pytest.mark.parametrize("who", [Who.GROUP, Who.COMPANY, Who.PERSON])
def test_nobody_is_told_that_they_may_use_what_says_nothing_of_them(who):
    town = make_municipality(population=100)
    edition = make_rule(fact=make_fact(), operator="lt", value="50000").edition
    facts = eligibility_facts(town)
    assert said(who, edition, facts) == ("条件次第", f"{who.label}が使えるかは登録されていません")


def test_others_whom_the_rules_name_are_judged_by_all_of_them():
    edition = make_rule(operator="in", value="市町村;団体").edition
    assert said(Who.GROUP, edition) == ("使える", "市町村・団体")
    make_rule(edition=edition, fact=make_fact(), operator="lt", value="50000")
    assert said(Who.GROUP, edition.program.editions.get()) == ("条件次第", "人口が確認できません")


def test_a_window_for_groups_says_that_some_may_but_not_which():
    edition = make_rule().edition
    make_window(edition=edition, applicant="group", subprefecture=make_subprefecture("tokachi"))
    expected = ("条件次第", "団体の受付期間はありますが、団体の要件は登録されていません")
    assert said(Who.GROUP, edition) == said(Who.GROUP, edition, None, make_subprefecture("tokachi")) == expected
    assert said(Who.GROUP, edition, None, make_subprefecture("kushiro"))[0] == "対象外"
    assert said(Who.COMPANY, edition)[0] == "対象外"


@pytest.mark.parametrize(("who", "day"), [(Who.MUNICIPALITY, 28), (Who.GROUP, 21), (None, 21)])
def test_the_call_that_is_told_is_for_those_who_ask(who, day):
    edition = make_edition()
    make_window(edition=edition, applicant="group", closes_on=date(2021, 5, 21))
    make_window(edition=edition, applicant="municipality", closes_on=date(2021, 5, 28))
    assert Standing(edition.program, (edition,), TODAY, who=who).call.window.closes_on == date(2021, 5, day)
