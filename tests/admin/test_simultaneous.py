"""Two who do the same thing at the same time, on real connections: one is served, the other told, nobody gets 500."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from regions.models import Initiative, StaffAssignment, Theme
from sumairu.publishing.models import Status
from sumairu.versions.models import Version
from tests.admin_forms import form_data
from tests.at_once import at_once
from tests.factories import (
    make_administrator,
    make_editor,
    make_headquarters_editor,
    make_initiative,
    make_stranger,
    make_subprefecture,
)
from tests.imports.conftest import database_file, shared_database  # noqa: F401 (fixtures)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shared_database"), pytest.mark.exhaustive]

MANY = 4


def added_at_once(person, model, data):
    """What each of several browsers gets that post the same form in the same moment."""
    url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
    clients = [signed_in(person) for _ in range(MANY)]
    return at_once(*[lambda client=client: client.post(url, data) for client in clients])


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def told(answers):
    return [answer.content.decode() for answer in answers if answer.status_code == 200]


def test_each_new_initiative_gets_a_code_of_its_own():
    person, office = make_editor("kushiro"), make_subprefecture()
    data = {"subprefecture": office.pk, "fiscal_year": "令和3年度", "title": "同時", "summary": "x", "status": "draft"}
    data |= {"order": 0, "code": ""}
    for prefix in ("links", "attachments", "pictures"):
        data |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    answers = added_at_once(person, Initiative, data)
    assert [answer.status_code for answer in answers] == [302] * MANY, told(answers)
    assert len(set(Initiative.objects.values_list("code", flat=True))) == MANY


def test_of_those_who_add_the_same_theme_one_is_served():
    answers = added_at_once(make_headquarters_editor(), Theme, {"slug": "sea", "name": "海", "order": 0})
    assert sorted(answer.status_code for answer in answers) == [200] * (MANY - 1) + [302]
    assert all("すでに" in page or "既に" in page for page in told(answers))


def test_of_those_who_enter_the_same_posting_one_is_served():
    data = {"user": make_stranger().pk, "subprefecture": "", "role": "editor", "starts_on": "2021-04-01", "ends_on": ""}
    answers = added_at_once(make_administrator(), StaffAssignment, data)
    assert sorted(answer.status_code for answer in answers) == [200] * (MANY - 1) + [302]
    assert all("同じ配属がすでにあります" in page for page in told(answers))
    assert StaffAssignment.objects.filter(user__email="stranger@example.jp").count() == 1


@pytest.mark.parametrize("way", ["form", "list"])
def test_of_those_who_confirm_the_same_draft_one_publishes_it(way):
    """Each has seen what the public is going to see, and confirms in the same moment."""
    initiative, person = make_initiative(status=Status.DRAFT), make_editor("kushiro")
    address = reverse("admin:regions_initiative_change", args=[initiative.pk])
    data = form_data(signed_in(person).get(address)) | {"status": Status.PUBLISHED}
    if way == "list":
        address = reverse("admin:regions_initiative_changelist")
        data = {"action": "publish", "_selected_action": [initiative.pk]}

    def confirms():
        client = signed_in(person)
        between = client.post(address, data)
        held = dict(between.context["held"]) | {"_effects": between.context["token"]}
        return lambda: client.post(address, held)

    answers = at_once(*[confirms() for _ in range(MANY)])
    assert {answer.status_code for answer in answers} <= {200, 302}, told(answers)
    assert 302 in {answer.status_code for answer in answers}
    initiative.refresh_from_db()
    assert initiative.is_published()
    assert Version.objects.of(Initiative, initiative.pk).count() == 2  # the draft as it stood, and one publication


def opened(client, page):
    """What a browser sends of the form of a new initiative that it has opened."""
    mark = re.search(r'name="_form" value="([^"]+)"', page.content.decode())[1]
    new = {
        "fiscal_year": "令和3年度",
        "title": "一つだけ",
        "summary": "要約",
        "status": Status.PUBLISHED,
        "_form": mark,
    }
    return form_data(page, add=True) | new | {"subprefecture": make_subprefecture().pk}


def test_a_new_record_that_is_confirmed_twice_is_added_once():
    client, address = signed_in(make_editor("kushiro")), reverse("admin:regions_initiative_add")
    data = opened(client, client.get(address))
    between = client.post(address, data)
    held = dict(between.context["held"]) | {"_effects": between.context["token"]}
    browsers = [signed_in(make_editor("kushiro")) for _ in range(MANY)]
    answers = at_once(*[lambda browser=browser: browser.post(address, held) for browser in browsers])
    assert {answer.status_code for answer in answers} == {302}, told(answers)
    assert Initiative.objects.filter(title="一つだけ").count() == 1
    again = client.post(
        address, data | {"title": "もう一つ", "status": Status.DRAFT}
    )  # from the same form, gone back to
    assert again.status_code == 302
    assert Initiative.objects.count() == 2


def test_what_was_not_saved_may_be_sent_again_as_it_is():
    client, address = signed_in(make_editor("kushiro")), reverse("admin:regions_initiative_add")
    data = opened(client, client.get(address)) | {"status": Status.DRAFT, "title": ""}
    for _ in range(2):
        assert client.post(address, data).status_code == 200
    assert client.post(address, data | {"title": "題"}).status_code == 302
