"""Two who add the same thing at the same time, on real connections: one is served, the other told, nobody gets 500."""

from threading import Barrier, Thread

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from regions.models import Initiative, StaffAssignment, Theme
from tests.factories import make_administrator, make_editor, make_headquarters_editor, make_stranger, make_subprefecture
from tests.imports.conftest import database_file, shared_database  # noqa: F401 (fixtures)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shared_database")]

MANY = 4


def at_once(person, model, data):
    """What each of several browsers gets that post the same form in the same moment."""
    url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
    clients, ready, answers = [Client() for _ in range(MANY)], Barrier(MANY), []
    for client in clients:
        client.force_login(person)

    def post(client):
        try:
            ready.wait(20)
            answers.append(client.post(url, data))
        finally:
            connections.close_all()

    threads = [Thread(target=post, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(answers) == MANY
    return answers


def told(answers):
    return [answer.content.decode() for answer in answers if answer.status_code == 200]


def test_each_new_initiative_gets_a_code_of_its_own():
    person, office = make_editor("kushiro"), make_subprefecture()
    data = {"subprefecture": office.pk, "fiscal_year": "令和3年度", "title": "同時", "summary": "x", "status": "draft"}
    data |= {"order": 0, "code": ""}
    for prefix in ("links", "attachments"):
        data |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    answers = at_once(person, Initiative, data)
    assert [answer.status_code for answer in answers] == [302] * MANY, told(answers)
    assert len(set(Initiative.objects.values_list("code", flat=True))) == MANY


def test_of_those_who_add_the_same_theme_one_is_served():
    answers = at_once(make_headquarters_editor(), Theme, {"slug": "sea", "name": "海", "order": 0})
    assert sorted(answer.status_code for answer in answers) == [200] * (MANY - 1) + [302]
    assert all("すでに" in page or "既に" in page for page in told(answers))


def test_of_those_who_enter_the_same_posting_one_is_served():
    data = {"user": make_stranger().pk, "subprefecture": "", "role": "editor", "starts_on": "2021-04-01", "ends_on": ""}
    answers = at_once(make_administrator(), StaffAssignment, data)
    assert sorted(answer.status_code for answer in answers) == [200] * (MANY - 1) + [302]
    assert all("同じ配属がすでにあります" in page for page in told(answers))
    assert StaffAssignment.objects.filter(user__email="stranger@example.jp").count() == 1
