"""Several at the door in the same moment, on real connections: what is good once is good for one, and nobody gets 500."""

from time import time

import pytest
from django.test import Client
from django.utils.timezone import localdate

from regions.models import StaffAssignment
from sumairu.accounts import second_factor, throttle
from sumairu.accounts.models import Attempt, RecoveryCode, SignInEvent
from sumairu.lib import totp
from tests.admin_forms import form_data
from tests.at_once import at_once
from tests.factories import make_administrator, make_assignment, make_editor, make_user
from tests.imports.conftest import database_file, shared_database  # noqa: F401 (fixtures)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shared_database"), pytest.mark.exhaustive]

LAST = "今日サインインできる管理者が、ほかにいません"


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def ends_the_posting_of(person, by):
    url = f"/admin/regions/staffassignment/{person.assignments.get().pk}/change/"
    client = signed_in(by)
    data = form_data(client.get(url)) | {"ends_on": "2020-05-01"}
    return lambda: client.post(url, data)


def switches_off(person, by):
    url = f"/admin/accounts/user/{person.pk}/change/"
    client = signed_in(by)
    data = {name: value for name, value in form_data(client.get(url)).items() if name != "is_active"}
    return lambda: client.post(url, data)


def is_refused(answer):
    """Is it said that one would be the last? Who comes when all is done by then is asked to sign in."""
    return LAST in answer.content.decode() or answer.headers.get("Location", "").startswith("/admin/login/")


@pytest.mark.parametrize("first", [ends_the_posting_of, switches_off])
@pytest.mark.parametrize("second", [ends_the_posting_of, switches_off])
def test_of_two_administrators_who_end_each_other_one_stays(first, second):
    one, other = make_administrator(), make_user("kanri2@example.jp")
    make_assignment(other, role="administrator")
    answers = at_once(first(one, by=other), second(other, by=one))
    assert sorted(map(is_refused, answers)) == [False, True], [each.content.decode() for each in answers]
    assert StaffAssignment.objects.administering(localdate()).count() == 1


def asked(key):
    """Four browsers in which somebody has signed in and is asked for a code."""
    clients = [signed_in(make_editor("kushiro")) for _ in range(4)]
    return [lambda client=client: client.post("/admin/second-factor/", key).status_code for client in clients]


def test_a_code_is_good_for_one_of_those_who_send_it():
    user, key = make_editor("kushiro"), totp.new_key()
    second_factor.set_up(user, key, totp.code_at(key, time() - totp.STEP))
    assert sorted(at_once(*asked({"code": totp.code_at(key, time())}))) == [200, 200, 200, 302]


def test_a_recovery_code_is_good_for_one_of_those_who_send_it():
    user, key = make_editor("kushiro"), totp.new_key()
    codes = second_factor.set_up(user, key, totp.code_at(key, time()))
    assert sorted(at_once(*asked({"recovery_code": codes[0]}))) == [200, 200, 200, 302]
    assert RecoveryCode.objects.exclude(used_at=None).count() == 1


def test_no_more_are_tried_at_once_than_one_after_another():
    make_editor("kushiro")
    data = {"username": "kushiro@example.jp", "password": "wrong"}
    answers = at_once(*[lambda: Client().post("/admin/login/", data).status_code for _ in range(12)])
    assert answers == [200] * 12
    assert SignInEvent.objects.filter(kind="failed").count() == throttle.LOCKED_AFTER
    assert SignInEvent.objects.filter(kind="locked").exists()
    assert Attempt.objects.count() == 3


@pytest.mark.parametrize(
    "account", ["1@example.jp", "2@example.jp", "5@example.jp"]
)  # their three keys sort differently
def test_those_who_begin_and_those_who_succeed_never_wait_for_each_other(account):
    def tries():
        for _ in range(25):
            throttle.begin("login", account, "192.0.2.1")
            throttle.succeeded("login", account, "192.0.2.1")
        return True

    assert at_once(*[tries] * 4) == [True] * 4
    assert not Attempt.objects.exclude(count=0).exists()
