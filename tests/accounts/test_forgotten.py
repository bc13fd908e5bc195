"""A forgotten password is set anew by a mailed link; one that somebody else set is changed at the next sign-in."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from sumairu.accounts.models import Attempt, SecondFactor, SignInEvent
from sumairu.acting_links.models import Link
from sumairu.outbox.models import Message
from tests.admin_forms import form_data
from tests.factories import make_administrator, make_assignment, make_editor, make_user

pytestmark = pytest.mark.django_db

NEW = "kushiro-shitsugen-8"
CHOSEN = {"new_password1": NEW, "new_password2": NEW}


@pytest.fixture
def person():
    return make_editor("kushiro")


def ask(client, email="kushiro@example.jp", **kw):
    return client.post(reverse("forgotten"), {"email": email}, **kw)


def mailed_link():
    return re.search(r"http://127.0.0.1:8000(/link/\S+)", Message.objects.first().text)[1]


def test_the_way_back_in(client, person):
    assert reverse("forgotten") in client.get("/admin/login/").content.decode()
    elsewhere = Client()
    elsewhere.force_login(person)
    assert "メールを送りました" in client.get(ask(client, "ＫＵＳＨＩＲＯ@example.jp").url).content.decode()
    link = mailed_link()
    assert "新しいパスワードを決める" in client.get(link).content.decode()
    assert client.post(link, {"new_password1": "x", "new_password2": "x"}).status_code == 400
    assert "パスワードを変えました" in client.post(link, CHOSEN).content.decode()
    assert client.post(link, CHOSEN).status_code == 404
    assert elsewhere.get("/admin/").status_code == 302  # that session is over
    assert client.login(username=person.email, password=NEW)
    assert client.get("/admin/").status_code == 200
    recorded = SignInEvent.objects.filter(user=person).values_list("kind", flat=True)
    assert {"forgotten", "password"} <= set(recorded)


def test_the_second_factor_is_asked_all_the_same(client, person):
    SecondFactor.objects.create(user=person, key=b"0" * 20)
    ask(client)
    client.post(mailed_link(), CHOSEN)
    client.login(username=person.email, password=NEW)
    assert client.get("/admin/").url.startswith(reverse("second_factor"))


def test_whoever_asks_learns_nothing_of_who_has_an_account(person):
    make_user("gone@example.jp", is_active=False)
    answers = [ask(Client(), email) for email in (person.email, "nobody@example.jp", "gone@example.jp")]
    assert len({(answer.status_code, answer.url) for answer in answers}) == 1
    assert [mail.to for mail in Message.objects.all()] == [person.email]
    assert Link.objects.count() == 1


def test_nobody_is_pestered_and_who_tries_many_is_stopped(client, person):
    for number in range(5):
        ask(Client(), REMOTE_ADDR=f"192.0.2.{number}")
    assert Message.objects.count() == 3
    Attempt.objects.all().delete()
    pages = [ask(client) for _ in range(6)]
    assert "あと15分" in pages[-1].content.decode()


@pytest.mark.parametrize("meanwhile", ["expired", "inactive", "changed", "sent to another address"])
def test_a_link_that_is_no_longer_wanted_does_nothing(client, person, meanwhile):
    ask(client)
    link = mailed_link()
    if meanwhile == "expired":
        Link.objects.update(expires_at=now() - timedelta(seconds=1))
    elif meanwhile == "inactive":
        type(person).objects.update(is_active=False)
    elif meanwhile == "sent to another address":
        administrator = Client()
        administrator.force_login(make_administrator())
        page = reverse("admin:accounts_user_change", args=[person.pk])
        administrator.post(page, form_data(administrator.get(page)) | {"email": "tadashii@example.jp"})
        assert type(person).objects.get(pk=person.pk).email == "tadashii@example.jp"
    else:
        client.force_login(person)
        client.post(reverse("admin:password_change"), CHOSEN | {"old_password": "password"})
    assert Client().post(link, CHOSEN).status_code == 404


def test_without_a_mail_server_one_is_told_whom_to_ask(client, settings):
    settings.SENDS_MAIL = False
    page = client.get("/admin/login/").content.decode()
    assert "所属の管理者に新しいパスワードの設定を頼んで" in page
    assert reverse("forgotten") not in page
    assert client.get(reverse("forgotten")).status_code == 404


@pytest.mark.parametrize("how", ["added", "set anew"])
def test_a_password_that_somebody_else_set_is_changed_first(client, person, how):
    administrator = Client()
    administrator.force_login(make_administrator())
    if how == "added":
        page = administrator.get(reverse("admin:accounts_user_add"))
        new = {"email": "shin@example.jp", "name": "新しい人", "password1": NEW, "password2": NEW}
        administrator.post(reverse("admin:accounts_user_add"), form_data(page, add=True) | new)
        person = type(person).objects.get(email="shin@example.jp")
        make_assignment(person)
    else:
        page = reverse("admin:auth_user_password_change", args=[person.pk])
        administrator.post(page, {"password1": NEW, "password2": NEW})
    client.login(username=person.email, password=NEW)
    change = reverse("admin:password_change")
    assert client.get("/admin/").url.startswith(change)
    assert "管理者が設定した" in client.get(change).content.decode()
    client.post(change, {"old_password": NEW, "new_password1": NEW, "new_password2": NEW})
    assert client.get("/admin/").url.startswith(change)
    own = "akkeshi-no-kaki-12"
    client.post(change, {"old_password": NEW, "new_password1": own, "new_password2": own})
    assert client.get("/admin/").status_code == 200
