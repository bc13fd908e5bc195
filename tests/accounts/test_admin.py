"""People in the admin: they sign in by e-mail, and what they may do follows from where they are posted."""

import pytest
from django.urls import reverse

from regions.models import StaffAssignment
from sumairu.accounts.models import User
from tests.admin_forms import form_data
from tests.factories import make_administrator, make_editor, make_stranger, make_subprefecture, make_user

pytestmark = pytest.mark.django_db

PASSWORD = "kushiro-shitsugen-8"


@pytest.fixture
def administrator(client):
    client.force_login(make_administrator())
    return client


def test_an_administrator_adds_a_person_and_posts_them(administrator, client):
    new = {"email": "Atarashii@Example.JP", "name": "新しい人", "password1": PASSWORD, "password2": PASSWORD}
    page = administrator.get(reverse("admin:accounts_user_add"))
    administrator.post(reverse("admin:accounts_user_add"), form_data(page, add=True) | new)
    person = User.objects.get(email="atarashii@example.jp")
    change = reverse("admin:accounts_user_change", args=[person.pk])
    posting = {
        "assignments-TOTAL_FORMS": "1",
        "assignments-0-subprefecture": make_subprefecture().pk,
        "assignments-0-role": "editor",
        "assignments-0-starts_on": "2021-04-01",
    }
    administrator.post(change, form_data(administrator.get(change)) | posting)
    assert str(StaffAssignment.objects.get(user=person)) == "新しい人：釧路総合振興局の編集者"
    assert client.login(username="atarashii@example.jp", password=PASSWORD)


def test_an_administrator_sets_a_new_password(administrator, client):
    person = make_user("hoka@example.jp")
    page = reverse("admin:auth_user_password_change", args=[person.pk])
    administrator.post(page, {"password1": PASSWORD, "password2": PASSWORD, "usable_password": "true"})
    assert client.login(username="hoka@example.jp", password=PASSWORD)


def test_an_editor_reaches_no_password_but_their_own(client):
    client.force_login(make_editor("kushiro"))
    other = make_user("hoka@example.jp")
    assert client.get(reverse("admin:auth_user_password_change", args=[other.pk])).status_code == 404
    assert client.get(reverse("admin:password_change")).status_code == 200


def test_nobody_is_deleted_not_even_by_the_emergency_administrator(client):
    client.force_login(make_user("hijou@example.jp", is_superuser=True))
    other = make_user("hoka@example.jp")
    assert client.get(reverse("admin:accounts_user_change", args=[other.pk])).status_code == 200
    assert client.post(reverse("admin:accounts_user_delete", args=[other.pk]), {"post": "yes"}).status_code == 403


def test_a_person_without_a_posting_is_told_why_they_cannot_enter(client):
    client.force_login(make_stranger())
    page = client.get(reverse("admin:index"), follow=True).content.decode()
    assert "今日の配属がない" in page


def test_the_sign_in_page_speaks_japanese(client):
    page = client.get(reverse("admin:login")).content.decode()
    assert "職員用の画面にサインイン" in page
    assert "メールアドレス" in page
    wrong = client.post(reverse("admin:login"), {"username": "dare@example.jp", "password": "x"}).content.decode()
    assert "メールアドレスかパスワードがちがいます" in wrong


def test_no_export_of_people_holds_a_password(administrator):
    content = administrator.post(reverse("admin:accounts_user_export"), {"format": "1", "resource": "0"}).content
    assert b"md5$" not in content
    assert "kanri@example.jp" in content.decode("utf-8-sig")
