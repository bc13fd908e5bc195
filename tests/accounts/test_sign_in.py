"""Getting in: who is let in, who is slowed down or locked out, what is said and what is recorded."""

from datetime import timedelta

import pytest
from django.contrib.auth.backends import ModelBackend
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils.timezone import localdate, now

from regions.models import StaffAssignment
from sumairu.accounts import throttle
from sumairu.accounts.models import Attempt, SignInEvent
from sumairu.append_only import AppendOnly
from tests.admin_forms import form_data
from tests.factories import make_administrator, make_assignment, make_editor, make_stranger, make_user

pytestmark = pytest.mark.django_db

LOGIN = "/admin/login/"


def sign_in(client, email="kushiro@example.jp", password="password", **kw):
    address = kw.pop("address", "198.51.100.1")
    return client.post(LOGIN, {"username": email, "password": password, **kw}, REMOTE_ADDR=address)


def words(response):
    return response.content.decode()


def kinds():
    return list(SignInEvent.objects.exclude(kind="posting").order_by("pk").values_list("kind", flat=True))


@pytest.mark.parametrize("email", ["kushiro@example.jp", "KUSHIRO@Example.jp", " ｋｕｓｈｉｒｏ＠example.jp "])
def test_a_name_is_read_in_any_width_and_case(client, email):
    make_editor("kushiro")
    response = sign_in(client, email)
    assert (response.status_code, response["Location"]) == (302, "/admin/")
    assert kinds() == ["signed_in"]


@pytest.mark.parametrize(
    "url", ["//evil.example.jp/", "https://evil.example.jp/", "/\\evil.example.jp", "javascript:1"]
)
def test_nobody_is_led_to_another_host(client, url):
    make_editor("kushiro")
    assert sign_in(client, next=url)["Location"] == "/admin/"


def test_after_five_failures_the_account_is_locked_for_that_address_alone(client):
    make_editor("kushiro")
    for _ in range(5):
        assert "ちがいます" in words(sign_in(client, password="wrong"))
    told = words(sign_in(client))
    assert "あと15分" in told
    assert "ちがいます" not in told
    assert "あと15分" in words(sign_in(client, "ＫＵＳＨＩＲＯ@example.jp"))
    assert sign_in(Client(), address="198.51.100.2").status_code == 302
    Attempt.objects.update(last_at=now() - timedelta(minutes=16))
    assert sign_in(client).status_code == 302
    assert kinds() == ["failed"] * 5 + ["locked"] + ["signed_in", "signed_in"]


def test_who_comes_again_and_again_fills_no_table(client, monkeypatch):
    make_editor("kushiro")
    moment = now()
    monkeypatch.setattr(throttle, "now", lambda: moment)
    for number in range(60):
        sign_in(client, f"somebody{number}@example.jp")
    tried = throttle.SLOWED_AFTER["address"]
    assert kinds() == ["failed"] * tried + ["locked"]
    assert Attempt.objects.count() == 2 * tried + 1
    moment += timedelta(minutes=16)
    assert sign_in(client).status_code == 302
    assert Attempt.objects.count() <= 3


def test_an_address_with_many_failures_is_slowed_down_and_not_locked(client):
    make_editor("kushiro")
    for number in range(21):
        sign_in(client, f"nobody{number}@example.jp")
    told = words(sign_in(client))
    assert "秒たってから" in told
    Attempt.objects.update(last_at=now() - timedelta(seconds=31))
    assert sign_in(client).status_code == 302


def test_an_account_is_not_told_from_one_that_is_none(client):
    make_user("there@example.jp")
    make_user("off@example.jp", is_active=False)
    pages = {
        words(sign_in(Client(), email, "wrong")).replace(email, "").partition("<form")[0]
        for email in ("there@example.jp", "off@example.jp", "nobody@example.jp")
    }
    assert len(pages) == 1


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        ([], "203.0.113.9", "10.0.0.1"),
        (["10.0.0.0/8"], "203.0.113.9", "203.0.113.9"),
        (["10.0.0.0/8"], "1.1.1.1, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (["10.0.0.0/8"], "203.0.113.9, rubbish", "10.0.0.1"),
        (["10.0.0.0/8"], "", "10.0.0.1"),
        (["192.0.2.1/32"], "203.0.113.9", "10.0.0.1"),
    ],
    ids=["nobody is trusted", "trusted", "a chain", "rubbish", "nothing", "another proxy"],
)
def test_only_a_proxy_of_ours_says_who_asks(rf, settings, proxies, forwarded, address):
    from ipaddress import ip_network

    settings.TRUSTED_PROXIES = [ip_network(each) for each in proxies]
    request = rf.get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=forwarded)
    assert throttle.client_address(request) == address


def test_one_customer_of_ipv6_has_one_place():
    for number in range(5):
        assert throttle.begin("x", "a@example.jp", f"2001:db8::{number:x}") is None
    assert throttle.begin("x", "a@example.jp", "2001:db8::ffff").is_locked


def test_signing_in_and_out_changes_the_session_and_is_recorded(client):
    make_editor("kushiro")
    client.get("/admin/")
    before = client.session.session_key
    sign_in(client)
    signed_in = client.session.session_key
    assert signed_in != before
    client.post("/admin/logout/")
    assert client.get("/admin/").status_code == 302
    assert kinds() == ["signed_in", "signed_out"]
    event = SignInEvent.objects.get(kind="signed_in")
    assert (event.user.email, event.address) == ("kushiro@example.jp", "198.51.100.1")


def test_what_happened_is_never_changed():
    event = SignInEvent.objects.create(kind="failed")
    for act in (
        event.save,
        event.delete,
        SignInEvent.objects.all().delete,
        lambda: SignInEvent.objects.update(detail="x"),
    ):
        with pytest.raises(AppendOnly):
            act()


@pytest.mark.parametrize(
    "statement", ["UPDATE accounts_signinevent SET user_id = NULL", "DELETE FROM accounts_signinevent"]
)
def test_the_database_lets_nobody_change_what_happened_either(statement):
    SignInEvent.objects.create(kind="failed")
    with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_what_happened_stays_and_can_be_read_when_the_person_is_gone(client):
    gone = make_user("gone@example.jp")
    event = SignInEvent.objects.create(kind="failed", user=gone, account=gone.email, by=gone)
    gone.delete()
    client.force_login(make_administrator())
    for page in ("", f"{event.pk}/change/"):
        assert "gone@example.jp" in words(client.get(f"/admin/accounts/signinevent/{page}", follow=True))
    assert "gone@example.jp" in words(
        client.post("/admin/accounts/signinevent/export/", {"format": "1", "resource": "0"})
    )


def test_the_password_that_is_asked_for_first_is_not_guessed_at_a_desk_left_alone(client):
    client.force_login(make_editor("kushiro"))
    url, new = (
        "/admin/password_change/",
        {"new_password1": "kushiro-shitsugen-8", "new_password2": "kushiro-shitsugen-8"},
    )
    for _ in range(6):  # the new one is refused: that is no guess
        client.post(url, {"old_password": "password", "new_password1": "a", "new_password2": "b"})
    for _ in range(5):
        assert client.post(url, new | {"old_password": "wrong"}).status_code == 200
    stopped = client.post(url, new | {"old_password": "password"}, follow=True)
    assert "あと15分" in words(stopped)
    assert make_editor("kushiro").check_password("password")
    assert kinds() == ["failed"] * 5 + ["locked"]
    Attempt.objects.update(last_at=now() - timedelta(minutes=16))
    client.post(url, new | {"old_password": "password"})
    assert make_editor("kushiro").check_password("kushiro-shitsugen-8")


def test_each_sees_their_own_events_and_administrators_all(client):
    make_editor("kushiro"), make_editor("nemuro")
    sign_in(client), sign_in(Client(), "nemuro@example.jp", "wrong")
    page = words(client.get("/admin/my-sign-ins/"))
    assert "198.51.100.1" in page
    assert client.get("/admin/accounts/signinevent/").status_code == 403
    start = words(client.get("/admin/"))
    for way in ("/admin/my-sign-ins/", "/admin/second-factor/", "/admin/password_change/"):
        assert f'href="{way}"' in start
    client.force_login(make_administrator())
    listed = words(client.get("/admin/accounts/signinevent/"))
    assert "nemuro@example.jp" in listed
    assert "メールアドレスかパスワードのちがい" in listed


# --- People ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("from_", "until", "says"),
    [
        (1, None, "からです。その日からサインインできます"),
        (-30, -1, "で終わりました"),
        (None, None, "まだ登録されていない"),
    ],
    ids=["later", "ended", "never"],
)
def test_who_is_not_posted_today_is_told_so_after_the_right_password_alone(client, from_, until, says):
    user, today = make_stranger(), localdate()
    if from_ is not None:
        ends = until and today + timedelta(days=until)
        make_assignment(user, starts_on=today + timedelta(days=from_), ends_on=ends)
    told = words(sign_in(client, user.email))
    assert says in told
    assert "ちがいます" not in told
    wrong = words(sign_in(client, user.email, "wrong"))
    assert says not in wrong
    assert "ちがいます" in wrong


def test_the_last_administrator_stays(client):
    last = make_administrator()
    client.force_login(last)
    posting = last.assignments.get()
    url = f"/admin/regions/staffassignment/{posting.pk}/change/"
    data = form_data(client.get(url))
    ended = data | {"ends_on": str(localdate() - timedelta(days=1))}
    assert "今日サインインできる管理者が、ほかにいません" in words(client.post(url, ended))
    assert "今日サインインできる管理者が、ほかにいません" in words(client.post(url, data | {"role": "editor"}))
    user_url = f"/admin/accounts/user/{last.pk}/change/"
    data = form_data(client.get(user_url))
    del data["is_active"]
    assert "今日サインインできる管理者が、ほかにいません" in words(client.post(user_url, data))
    last.refresh_from_db()
    assert last.is_active
    make_assignment(make_stranger(), role="administrator")
    assert client.post(url, ended).status_code == 302


def test_the_same_posting_is_not_entered_twice(client):
    editor = make_editor("kushiro")
    client.force_login(make_administrator())
    office = editor.assignments.get().subprefecture_id
    data = {"user": editor.pk, "subprefecture": office, "role": "editor", "starts_on": "2021-04-01", "ends_on": ""}
    assert "同じ配属がすでにあります" in words(client.post("/admin/regions/staffassignment/add/", data))
    assert StaffAssignment.objects.filter(user=editor).count() == 1


# --- Who may -----------------------------------------------------------------------------------------------------


class Generous(ModelBackend):
    def has_perm(self, user_obj, perm, obj=None):
        return True

    def has_module_perms(self, user_obj, app_label):
        return True


def test_another_backend_signs_people_in_and_grants_nothing(settings):
    settings.AUTHENTICATION_BACKENDS = [f"{__name__}.Generous", *settings.AUTHENTICATION_BACKENDS]
    editor, stranger = make_editor("kushiro"), make_stranger()
    assert not stranger.has_perm("regions.change_initiative")
    assert not editor.has_perm("accounts.change_user")
    assert editor.has_perms(["regions.view_initiative"])
    assert not editor.has_module_perms("accounts")
    assert "accounts.change_user" not in editor.get_all_permissions()
    assert editor.get_user_permissions() == editor.get_group_permissions() == set()
