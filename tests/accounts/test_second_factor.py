"""The second factor: set up, asked for, good once, replaced by recovery codes, reset by an administrator."""

import re
from time import time

import pytest
from django.test import Client

from sumairu.accounts import second_factor
from sumairu.accounts.models import RecoveryCode, SecondFactor, SignInEvent
from sumairu.lib import totp
from tests.factories import make_administrator, make_editor, make_headquarters_editor

pytestmark = pytest.mark.django_db

SETUP, ASKED = "/admin/second-factor/set-up/", "/admin/second-factor/"


def words(response):
    return response.content.decode()


def key_on(page):
    from base64 import b32decode

    text = re.search(r"<code>([A-Z2-7 ]+)</code>", page)[1].replace(" ", "")
    return b32decode(text + "=" * (-len(text) % 8))


def set_up(client, after=0):
    page = words(client.get(SETUP))
    key, token = key_on(page), re.search(r'name="token" value="([^"]+)"', page)[1]
    done = words(client.post(SETUP, {"token": token, "code": totp.code_at(key, time() + after)}))
    return key, re.findall(r"<code>([A-Z2-9-]{14})</code>", done), page


@pytest.fixture
def kushiro(client):
    client.force_login(make_editor("kushiro"))
    return client


def test_it_is_set_up_with_an_app_and_the_codes_are_shown_once(kushiro):
    key, codes, page = set_up(kushiro, -totp.STEP)
    assert len(set(codes)) == 10
    assert "<svg" in page
    assert "style=" not in re.search(r"<svg.*?</svg>", page, re.S)[0]
    assert not any(code in row.hashed for row in RecoveryCode.objects.all() for code in codes)
    assert codes[0] not in words(kushiro.get(ASKED))
    assert kushiro.get("/admin/").status_code == 200
    assert kushiro.get(SETUP).status_code == 302
    again = Client()
    again.force_login(make_editor("kushiro"))
    assert again.get("/admin/regions/initiative/")["Location"] == f"{ASKED}?next=/admin/regions/initiative/"
    session = again.session.session_key
    code = totp.code_at(key, time())
    passed = again.post(ASKED, {"code": code, "next": "/admin/regions/initiative/"})
    assert passed["Location"] == "/admin/regions/initiative/"
    assert again.session.session_key != session
    assert again.get("/admin/").status_code == 200


def test_a_wrong_code_sets_nothing_up(kushiro):
    page = words(kushiro.get(SETUP))
    token = re.search(r'name="token" value="([^"]+)"', page)[1]
    assert "認証コードがちがいます" in words(kushiro.post(SETUP, {"token": token, "code": "000000x"}))
    assert "新しいQRコード" in words(kushiro.post(SETUP, {"token": "x", "code": "000000"}))
    other = second_factor.offer(make_administrator())
    assert "新しいQRコード" in words(kushiro.post(SETUP, {"token": other, "code": "000000"}))
    assert not SecondFactor.objects.exists()


def test_a_code_is_good_once(kushiro):
    key, _, _ = set_up(kushiro, -totp.STEP)
    code = totp.code_at(key, time())
    for expected in (302, 200):
        other = Client()
        other.force_login(make_editor("kushiro"))
        response = other.post(ASKED, {"code": code})
        assert response.status_code == expected
    assert "すでに使われています" in words(response)


def test_a_recovery_code_stands_in_once(kushiro):
    _, codes, _ = set_up(kushiro)
    for expected in (302, 200):
        other = Client()
        other.force_login(make_editor("kushiro"))
        assert other.get("/admin/").status_code == 302
        response = other.post(ASKED, {"recovery_code": codes[0].lower().replace("-", " ")})
        assert response.status_code == expected
    assert "この回復コードは使えません" in words(response)
    assert SignInEvent.objects.filter(kind="recovery").count() == 1


def test_guessing_is_stopped(kushiro):
    key, _, _ = set_up(kushiro, -totp.STEP)
    other = Client()
    other.force_login(make_editor("kushiro"))
    for _ in range(5):
        other.post(ASKED, {"code": "wrong"})
    assert "あと15分" in words(other.post(ASKED, {"code": totp.code_at(key, time())}))


@pytest.mark.parametrize("person", [make_headquarters_editor, make_administrator])
def test_it_is_required_of_headquarters_and_administrators(client, settings, person):
    settings.SECOND_FACTOR_REQUIRED = True
    client.force_login(person())
    assert client.get("/admin/")["Location"] == f"{SETUP}?next=/admin/"
    assert client.post("/admin/import/", {})["Location"] == SETUP
    set_up(client)
    assert client.get("/admin/").status_code == 200
    assert "やめられません" in words(client.get(ASKED))
    client.post(ASKED, {"stop": "1"})
    assert SecondFactor.objects.exists()
    client.post("/admin/logout/")


def test_an_office_may_do_without(kushiro, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    assert kushiro.get("/admin/").status_code == 200
    set_up(kushiro)
    kushiro.post(ASKED, {"stop": "1"})
    assert not SecondFactor.objects.exists()
    assert not RecoveryCode.objects.exists()


def test_an_administrator_resets_it_for_somebody_who_lost_everything(kushiro):
    set_up(kushiro)
    administrator = Client()
    administrator.force_login(make_administrator())
    data = {"action": "reset_second_factor", "_selected_action": [make_editor("kushiro").pk]}
    administrator.post("/admin/accounts/user/", data)
    assert not SecondFactor.objects.exists()
    event = SignInEvent.objects.get(kind="factor_reset")
    assert (event.user, event.by) == (make_editor("kushiro"), make_administrator())
    kushiro.post("/admin/accounts/user/", data)
    assert kushiro.get("/admin/").status_code == 200
