"""The rules engine: asking for one row and asking for all rows give the same answer."""

import pytest
from django.contrib.auth.models import AnonymousUser

from regions.models import Desk, Initiative, InitiativeLink
from sumairu.access import KEPT, SEEN, choices, may, may_beneath, must_name_owner, rows
from support.models import ApplicationWindow, EligibilityRule
from tests.factories import (
    make_administrator,
    make_assignment,
    make_desk,
    make_editor,
    make_headquarters_editor,
    make_initiative,
    make_stranger,
    make_subprefecture,
    make_user,
)

pytestmark = pytest.mark.django_db

PEOPLE = {
    "釧路": lambda: make_editor("kushiro"),
    "根室": lambda: make_editor("nemuro"),
    "headquarters": make_headquarters_editor,
    "administrator": make_administrator,
    "stranger": make_stranger,
    "emergency": lambda: make_user("hijou@example.jp", is_superuser=True),
}


@pytest.fixture(params=PEOPLE)
def person(request):
    return PEOPLE[request.param]()


@pytest.mark.parametrize("action", SEEN + KEPT)
def test_the_rows_one_may_touch_are_those_of_which_that_is_said(person, action):
    kushiro, nemuro = make_subprefecture("kushiro"), make_subprefecture("nemuro")
    made = [make_desk(), make_desk(subprefecture=kushiro), make_desk(subprefecture=nemuro)]
    made += [make_initiative(status="draft"), make_initiative(), make_initiative(subprefecture=nemuro)]
    for row in made:
        granted = row in rows(person, type(row), action)
        assert granted == may(person, type(row), action, row)
        assert granted == person.has_perm(f"regions.{action}_{row._meta.model_name}", row)


def test_nobody_is_nobody():
    assert not may(AnonymousUser(), Desk, "view")
    assert not rows(AnonymousUser(), Desk).exists()


def test_a_person_posted_twice_keeps_the_rows_of_both_offices_and_no_more():
    person = make_editor("kushiro")
    make_assignment(person, make_subprefecture("nemuro"))
    own = [make_initiative(), make_initiative(subprefecture=make_subprefecture("nemuro"))]
    make_initiative(subprefecture=make_subprefecture("tokachi"))
    assert set(rows(person, Initiative, "change")) == set(own)


@pytest.mark.parametrize(
    ("who", "model", "needed"),
    [
        (lambda: make_editor("kushiro"), Desk, True),
        (make_headquarters_editor, Desk, False),
        (make_administrator, Desk, False),
        (lambda: make_editor("kushiro"), ApplicationWindow, True),
        (make_headquarters_editor, ApplicationWindow, False),
    ],
    ids=["office's desk", "headquarters' desk", "any desk", "office's window", "any window"],
)
def test_an_office_has_to_say_that_a_row_is_its_own(who, model, needed):
    assert must_name_owner(who(), model, "subprefecture") == needed
    assert not must_name_owner(who(), model, "note")


def test_headquarters_may_give_its_own_desks_to_no_office():
    make_subprefecture()
    offered = choices(make_headquarters_editor(), Desk, "subprefecture", make_subprefecture()._meta.model.objects.all())
    assert not offered.exists()


def test_rows_beneath_a_row_are_its_keeper_s():
    own = make_initiative()
    kushiro, honcho = make_editor("kushiro"), make_headquarters_editor()
    assert may_beneath(kushiro, InitiativeLink, "add", "initiative", own)
    assert not may_beneath(make_editor("nemuro"), InitiativeLink, "add", "initiative", own)
    assert not may_beneath(honcho, InitiativeLink, "change", "initiative", own)
    assert may_beneath(honcho, InitiativeLink, "view", "initiative", own)


def test_an_office_s_own_windows_do_not_give_it_those_of_an_edition():
    assert may(make_editor("kushiro"), ApplicationWindow, "add")
    assert not may_beneath(make_editor("kushiro"), ApplicationWindow, "add", "edition")
    assert not may_beneath(make_editor("kushiro"), EligibilityRule, "change", "edition")
    assert may_beneath(make_headquarters_editor(), ApplicationWindow, "add", "edition")
