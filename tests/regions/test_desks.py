from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.timezone import localdate

from regions.models import Desk
from tests.admin_forms import form_data
from tests.factories import make_desk, make_editor, make_subprefecture

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return make_desk(subprefecture=make_subprefecture("kushiro"), confirmed_on=date(2026, 4, 1))


@pytest.fixture
def staff(client):
    client.force_login(make_editor("kushiro"))
    return client


def save(client, desk, **typed):
    address = reverse("admin:regions_desk_change", args=[desk.pk])
    response = client.post(address, form_data(client.get(address)) | typed, follow=True)
    desk.refresh_from_db()
    return response.content.decode()


def test_a_number_is_kept_in_half_width(staff, desk):
    save(staff, desk, phone="０１５４（４３）９１４４　内線２２１３")
    assert desk.phone == "0154-43-9144（内線2213）"


def test_what_is_no_number_is_refused_with_what_to_write(staff, desk):
    page = save(staff, desk, phone="43-9144")
    assert "市外局番からの番号になっていません。「0154-43-9144」のように入れてください。" in page
    assert desk.phone != "43-9144"


def test_a_desk_is_not_confirmed_on_a_day_to_come(desk):
    desk.confirmed_on = localdate()
    desk.full_clean()
    desk.confirmed_on += timedelta(days=1)
    with pytest.raises(ValidationError, match="今日までの日"):
        desk.full_clean()


@pytest.mark.parametrize("typed", ["", "2026-04-01", "2099-01-01"])
def test_whoever_changes_a_desk_confirms_it_by_a_tick(staff, desk, typed):
    save(staff, desk, phone="0154-43-9145", confirmed_on=typed, confirmed_today="on")
    assert desk.confirmed_on == localdate()


def test_a_change_without_the_tick_says_that_the_day_is_an_old_one(staff, desk):
    page = save(staff, desk, phone="0154-43-9145")
    assert "確認日は2026年4月1日（水）のままです" in page
    assert desk.confirmed_on == date(2026, 4, 1)


def test_neither_a_day_nor_the_tick_is_an_error(staff, desk):
    assert "「今日、確かめました」に印を付けてください" in save(staff, desk, confirmed_on="")


def test_many_desks_are_confirmed_from_the_list_but_only_ones_own(staff, desk):
    theirs = make_desk(subprefecture=make_subprefecture("nemuro"), confirmed_on=date(2026, 4, 1))
    chosen = {"action": "confirm_today", "_selected_action": [desk.pk, theirs.pk]}
    page = staff.post(reverse("admin:regions_desk_changelist"), chosen, follow=True).content.decode()
    assert "1件の確認日を今日にしました" in page
    assert {row.pk for row in Desk.objects.filter(confirmed_on=localdate())} == {desk.pk}


def test_a_reader_is_offered_no_tick(staff):
    theirs = make_desk(subprefecture=make_subprefecture("nemuro"))
    address = reverse("admin:regions_desk_change", args=[theirs.pk])
    assert "今日、確かめました" not in staff.get(address).content.decode()


def test_the_public_page_calls_each_number(client, desk):
    Desk.objects.update(phone="0154-43-9144（内線2213）、0120-000-000")
    page = client.get("/regions/kushiro/").content.decode()
    assert '<a class="phone" href="tel:0154-43-9144">0154-43-9144</a>（内線2213）<br>' in page
    assert '<a class="phone" href="tel:0120-000-000">0120-000-000</a>' in page


def test_what_was_stored_before_and_is_no_number_is_shown_as_it_is(client, desk):
    Desk.objects.update(phone="釧路43-9144")
    page = client.get("/regions/kushiro/").content.decode()
    assert "釧路43-9144" in page
    assert "tel:" not in page
