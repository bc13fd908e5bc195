"""Subscribing without an account: asked for on a page, confirmed by a link, changed and stopped by links, known to nobody."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from sumairu.acting_links.models import Link
from sumairu.outbox.models import Message
from support.digests.models import Reminder, Subscriber, days_before
from support.digests.reminding import remind, stop_address
from tests.factories import (
    make_edition,
    make_municipality,
    make_program,
    make_subprefecture,
    make_subscriber,
    make_window,
)

pytestmark = pytest.mark.django_db

EMAIL = "tantou@akkeshi.example.jp"


@pytest.fixture
def town():
    return make_municipality("厚岸町")


def form(town=None, **kw):
    everything = {"pillars": ["financial", "informational", "human"], "kinds": ["deadlines", "programs"]}
    return {"town": town.code if town else "", "email": EMAIL} | everything | kw


def links_in(text):
    return [address.partition("127.0.0.1:8000")[2] for address in re.findall(r"http://\S+/link/\S+", text)]


def newest_links():
    return links_in(Message.objects.first().text)


def subscribe(client, town, **kw):
    return client.post(reverse("mail"), form(town, **kw))


def test_the_way_in_and_out(client, town):
    assert client.get(f"{reverse('mail')}?town={town.code}").content.decode().count("selected") == 2  # office: 選ばない
    assert subscribe(client, town, email=" Ｔａｎｔｏｕ@Akkeshi.example.jp").url == reverse("mail_sent")
    assert not Subscriber.objects.exists()
    [confirm] = newest_links()
    assert "厚岸町" in client.get(confirm).content.decode()
    assert not Subscriber.objects.exists()
    assert "受け取りを始めました" in client.post(confirm).content.decode()
    subscriber = Subscriber.objects.get()
    assert (subscriber.email, subscriber.municipality, subscriber.pillars) == (EMAIL, town, [])
    assert sorted(subscriber.kinds) == ["deadlines", "programs"]
    subscribe(client, town)  # known: told so, with what changes and stops it
    change, stop = newest_links()
    office = make_subprefecture("nemuro")
    page = client.post(change, form(office=office.slug, pillars=["financial"])).content.decode()
    assert "受け取る内容を変えました" in page
    subscriber.refresh_from_db()
    assert (subscriber.municipality, subscriber.subprefecture, subscriber.pillars) == (None, office, ["financial"])
    assert "受け取りをやめました" in client.post(stop).content.decode()
    assert not Subscriber.objects.exists()
    assert not Message.objects.filter(to=EMAIL).exists()
    assert EMAIL not in str(list(Link.objects.usable().values()))


def test_whoever_asks_learns_nothing_of_who_is_known(town):
    make_subscriber("known@example.jp")
    answers = [subscribe(Client(), town, email=email) for email in ("known@example.jp", "new@example.jp")]
    assert len({(answer.status_code, answer.url, answer.content) for answer in answers}) == 1
    assert Message.objects.count() == 2
    known = Message.objects.get(to="known@example.jp")
    assert "もうメールを送っています" in known.text
    assert known.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_mail_program_stops_it_by_one_click_without_cookie_or_token(town):
    make_subscriber()
    subscribe(Client(), town)
    stop = Message.objects.get().headers["List-Unsubscribe"].strip("<>").partition("127.0.0.1:8000")[2]
    client = Client(enforce_csrf_checks=True)
    answer = client.post(stop, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
    assert (answer.status_code, Subscriber.objects.count()) == (200, 0)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"email": "x"}, "形になっていません"),
        ({"email": "a@example.jp\nBcc: b@example.jp"}, "形になっていません"),
        ({"town": "999999"}, "ありません"),
        ({"town": ""}, "市町村か振興局を選んでください"),
        ({"kinds": []}, "一つ以上"),
        ({"pillars": ["x"]}, "その柱はありません"),
    ],
)
def test_what_is_filled_in_wrong_is_said_and_nothing_is_written(client, town, wrong, words):
    response = client.post(reverse("mail"), form(town) | wrong)
    assert response.status_code == 400
    assert words in response.content.decode()
    assert not Message.objects.exists()


def test_programs_and_whoever_pesters_somebody_get_no_mail_out(client, town):
    assert subscribe(client, town, website="https://example.jp").url == reverse("mail_sent")
    assert not Message.objects.exists()
    answers = [subscribe(Client(REMOTE_ADDR=f"192.0.2.{number}"), town).status_code for number in range(5)]
    assert answers == [302] * 5
    assert Message.objects.count() == 3
    statuses = [client.post(reverse("mail"), form(town)).status_code for _ in range(6)]
    assert statuses[-1] == 429
    assert client.post(reverse("mail"), form(town), headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_without_a_mail_server_nothing_is_offered(client, settings, town):
    make_window(edition=make_edition(), closes_on=localdate() + timedelta(days=20))
    offering = ["/calls/", "/updates/", town.get_absolute_url()]
    settings.SENDS_MAIL = True
    assert all('href="/mail/' in client.get(page).content.decode() for page in offering)
    settings.SENDS_MAIL = False
    assert not any('href="/mail/' in client.get(page).content.decode() for page in offering)
    assert client.get("/mail/").status_code == client.get("/mail/reminder/?call=1").status_code == 404


def test_the_form_of_a_reminder_without_a_call_leads_to_the_calls(client):
    assert client.get("/mail/reminder/").url == "/calls/"


def test_reminders_of_calls_of_one_programme_are_told_apart(client):
    edition = make_edition()
    for applicant in ("municipality", "group"):
        make_window(edition=edition, applicant=applicant, closes_on=localdate() + timedelta(days=20))
    labels = re.findall(r'aria-label="([^"]*締切の前に知らせる)"', client.get("/calls/").content.decode())
    assert len(set(labels)) == len(labels) == 2


# A single reminder.


def test_one_reminder_before_a_call_and_the_address_is_gone(client):
    window = make_window(edition=make_edition(), closes_on=localdate() + timedelta(days=20))
    address = f"{reverse('mail_reminder')}?call={window.pk}"
    assert "7日前の朝" in client.get(address).content.decode()
    client.post(address, {"email": EMAIL})
    client.post(newest_links()[0])
    assert Reminder.objects.get().days_before == 7
    client.post(address, {"email": EMAIL})
    assert "もう知らせることになっています" in Message.objects.first().text
    assert remind(localdate() + timedelta(days=12)) == 0
    assert remind(localdate() + timedelta(days=13)) == 1
    assert remind(localdate() + timedelta(days=13)) == 0
    assert "締切が近づきました" in Message.objects.first().text
    assert not Reminder.objects.exists()


@pytest.mark.parametrize(("left", "days"), [(20, 7), (8, 7), (7, 3), (3, 1), (2, 1), (1, None), (0, None)])
def test_one_is_reminded_on_a_later_day_than_one_asks(left, days):
    window = make_window(edition=make_edition(), closes_on=localdate() + timedelta(days=left))
    assert days_before(window) == days
    if days:
        Reminder.objects.create(email=EMAIL, window=window, days_before=days)
        due = [Reminder.objects.due(localdate() + timedelta(days=ahead)).count() for ahead in (0, left - days)]
        assert due == [0, 1]


def test_of_a_call_that_is_over_a_sample_or_none_nobody_is_reminded(client):
    edition = make_edition()
    over = make_window(edition=edition, closes_on=localdate() - timedelta(days=1))
    endless = make_window(edition=edition)
    sample = make_window(edition=make_edition(), closes_on=localdate() + timedelta(days=9), is_sample=True)
    for call in (over.pk, endless.pk, sample.pk, 0, "x", "9" * 30):
        assert client.get(f"{reverse('mail_reminder')}?call={call}").status_code == 404


def test_a_call_that_has_no_last_day_any_more_takes_the_address_with_it():
    window = make_window(closes_on=localdate() + timedelta(days=20))
    Reminder.objects.create(email=EMAIL, window=window, days_before=7)
    type(window).objects.filter(pk=window.pk).update(closes_on=None)
    assert remind() == 0
    assert not Reminder.objects.exists()


def test_a_name_with_a_line_break_keeps_no_mail_from_going_out():
    program = make_program(official_name="地域の\n交付金")
    window = make_window(edition=make_edition(program=program), closes_on=localdate() + timedelta(days=5))
    Reminder.objects.create(email=EMAIL, window=window, days_before=7)
    assert remind() == 1
    message = Message.objects.get()
    assert message.subject.startswith("地域の 交付金の締切は")
    assert localdate(message.useless_from) == window.closes_on + timedelta(days=1)


def test_to_stop_one_reminder_stops_no_other(client):
    first, second = (make_window(closes_on=localdate() + timedelta(days=days)) for days in (5, 20))
    for window in (first, second):
        Reminder.objects.create(email=EMAIL, window=window, days_before=7)
    assert remind() == 1  # of the first, and not yet sent
    stop = stop_address(Reminder.objects.get(), timedelta(days=1)).partition("127.0.0.1:8000")[2]
    assert "やめました" in client.post(stop).content.decode()
    assert not Reminder.objects.exists()
    assert Message.objects.count() == 1


def test_too_late_for_a_reminder_nothing_is_written(client):
    window = make_window(closes_on=localdate())
    response = client.post(f"{reverse('mail_reminder')}?call={window.pk}", {"email": EMAIL})
    assert response.status_code == 400
    assert not Message.objects.exists()


def test_the_kind_that_was_looked_at_is_the_one_that_is_ticked(client, town):
    html = client.get(f"{reverse('mail')}?town={town.code}&kind=programs").content.decode()
    assert re.findall(r'name="kinds" value="(\w+)"[^>]* checked', html) == ["programs"]
