"""The calendar and the feed, read back by other libraries than the ones that write them."""

from datetime import UTC, date, datetime, timedelta

import feedparser
import pytest
import vobject
from django.utils import timezone
from django.utils.timezone import localdate

from sumairu.publishing.models import Status
from sumairu.versions.models import Origin
from sumairu.versions.recording import recording
from support import upkeep
from support.applicants import Who
from support.given import keep
from support.models import ApplicationWindow, GivenCall, ProgramDesk, ProgramEdition
from tests.factories import make_desk, make_edition, make_municipality, make_program, make_subprefecture, make_window

pytestmark = pytest.mark.django_db

LAST = date(2026, 12, 4)


@pytest.fixture(autouse=True)
def now(monkeypatch):
    """A function that sets the clock, of Tokyo; at first noon of 28 November 2026."""

    def set_clock(*args):
        moment = datetime(*args, tzinfo=timezone.get_default_timezone())
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    set_clock(2026, 11, 28, 12)
    return set_clock


@pytest.fixture
def window():
    program = make_program(official_name="地域づくり、交付金; 試験", slug="kofu")
    edition = make_edition(program=program, fiscal_year=2026)
    return make_window(edition=edition, opens_on=date(2026, 11, 2), closes_on=LAST)


def calendar(client, query=""):
    response = client.get(f"/calls/calendar.ics{query}")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return response.content


def events(client, query=""):
    return vobject.readOne(calendar(client, query).decode()).contents.get("vevent", [])


def event(client, query=""):
    (only,) = events(client, query)
    return only


def change(record, **fields):
    """As a form of staff saves it."""
    model = type(record)
    with recording(origin=Origin.FORM) as changes:
        changes.watch(model, [record.pk])
        for name, value in fields.items():
            setattr(record, name, value)
        record.save()


@pytest.mark.parametrize(
    "last", [LAST, date(2026, 12, 31), date(2027, 3, 31), date(2028, 2, 28), date(2028, 2, 29)], ids=str
)
def test_an_event_is_the_whole_of_the_last_day(client, window, last):
    change(window, closes_on=last)
    only = event(client)
    assert (only.dtstart.value, only.dtend.value) == (last, last + timedelta(days=1))
    assert only.dtstart.params["VALUE"] == only.dtend.params["VALUE"] == ["DATE"]
    assert "TZID" not in only.dtstart.params


def test_it_warns_30_14_and_3_days_before_at_nine(client, window):
    alarms = event(client).valarm_list
    midnight = datetime.combine(LAST, datetime.min.time())
    warned = [(midnight + alarm.trigger.value).isoformat() for alarm in alarms]
    assert warned == ["2026-11-04T09:00:00", "2026-11-20T09:00:00", "2026-12-01T09:00:00"]
    assert {alarm.action.value for alarm in alarms} == {"DISPLAY"}


def test_it_says_what_when_who_and_whom_to_ask(client, window):
    desk = make_desk(section="地域政策課", phone="0154-00-0000")
    ProgramDesk.objects.create(program=window.edition.program, desk=desk)
    only = event(client)
    assert only.summary.value == "締切：地域づくり、交付金; 試験"
    said = only.description.value.split("\n")
    assert said[0] == "地域づくり、交付金; 試験（令和8年度（2026））"
    assert said[1] == "受付期間：2026年11月2日（月）から2026年12月4日（金）まで（最終日も申し込めます）"
    assert said[2] == "申し込む人：どなたでも、全道"
    assert "地域政策課" in said[3]
    assert said[4].startswith("電話 0154-00-0000")
    assert only.url.value.endswith("/programs/kofu/2026/")
    assert only.status.value == "CONFIRMED"


def test_lines_are_folded_by_octets_within_characters_and_texts_escaped(client, window):
    lines = calendar(client).split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(line.decode() is not None for line in lines)
    assert rb"SUMMARY:\xe7" not in calendar(client)
    assert "交付金\\; 試験".encode() in calendar(client).replace(b"\r\n ", b"")


def test_the_calendar_says_its_name_and_how_often_to_ask(client, window):
    said = vobject.readOne(calendar(client, "?pillar=financial").decode()).contents
    assert said["x-wr-calname"][0].value == "住まいる北海道 募集の締切（財政的支援）"
    assert said["refresh-interval"][0].value == "PT6H"
    assert said["x-published-ttl"][0].value == "PT6H"
    assert "method" not in said


def test_the_same_calls_make_the_same_bytes(client, window, now):
    first, feed = calendar(client), client.get("/calls/feed.atom").content
    now(2026, 11, 28, 23, 59, 59)
    assert (calendar(client), client.get("/calls/feed.atom").content) == (first, feed)


def test_the_identifier_survives_every_edit_and_the_sequence_rises_with_what_is_told(client, window):
    keep()
    before = event(client)
    change(window, closes_on=date(2026, 12, 18), applicant=Who.MUNICIPALITY)
    after = event(client)
    assert after.uid.value == before.uid.value == str(window.uid)
    assert (before.sequence.value, after.sequence.value) == ("0", "1")
    change(window.edition.program, official_name="新しい名前")
    assert event(client).sequence.value == "2"
    desk = make_desk()
    change(window.edition.program, desk=desk)
    change(desk, phone="011-000-0000")
    assert event(client).sequence.value == "4"


def test_what_is_not_told_of_leaves_the_sequence(client, window):
    keep()
    before = calendar(client)
    change(window.edition, body="本文だけを直した", source="別の資料")
    assert calendar(client) == before


def test_rows_that_are_made_anew_have_the_same_identifiers_under_other_keys():
    edition = make_edition(fiscal_year=2026, status=Status.DRAFT)
    made = []
    for _ in range(2):
        edition.windows.all().delete()
        make_window(edition=make_edition(status=Status.DRAFT))
        made.append([make_window(edition=edition) for _ in range(2)])
    assert [row.uid for row in made[0]] == [row.uid for row in made[1]]
    assert {row.pk for row in made[0]} != {row.pk for row in made[1]}


def test_a_window_that_is_deleted_is_told_as_withdrawn(client, window, now):
    keep()
    with recording(origin=Origin.FORM) as changes:
        changes.watch(ApplicationWindow, [window.pk])
        window.delete()
    only = event(client)
    assert (only.status.value, only.sequence.value, only.uid.value) == ("CANCELLED", "1", str(window.uid))
    assert only.summary.value.startswith("取り下げ：")
    assert "valarm" not in only.contents
    now(2026, 12, 4 + 20, 12)
    assert event(client).status.value == "CANCELLED"
    now(2027, 3, 20, 12)
    assert events(client) == []


def test_a_window_in_the_place_of_a_deleted_one_is_another_call(client, window):
    keep()
    with recording(origin=Origin.FORM) as changes:
        changes.watch(ProgramEdition, [window.edition_id])
        window.delete()
        make_window(edition=window.edition, closes_on=LAST)
    assert sorted(each.status.value for each in events(client)) == ["CANCELLED", "CONFIRMED"]


def test_an_edition_that_is_ended_withdraws_its_calls_and_may_bring_them_back(client, window):
    keep()
    change(window.edition, status=Status.ENDED)
    assert (event(client).status.value, event(client).sequence.value) == ("CANCELLED", "1")
    change(window.edition, status=Status.PUBLISHED)
    assert (event(client).status.value, event(client).sequence.value) == ("CONFIRMED", "2")


def test_days_alone_withdraw_and_the_worker_keeps_what_was_told(client, window, now):
    change(window.edition, unpublish_on=date(2026, 11, 30))
    now(2026, 12, 1, 0, 0, 1)
    before = event(client)
    assert (before.status.value, before.sequence.value) == ("CANCELLED", "1")
    upkeep.look_after()
    after = event(client)
    assert (after.status.value, after.sequence.value) == ("CANCELLED", "1")
    assert GivenCall.objects.get().withdrawn_at is not None


def test_a_call_that_is_over_is_not_withdrawn_by_the_end_of_its_page(client, window, now):
    keep()
    now(2026, 12, 5, 9)
    assert event(client).status.value == "CONFIRMED"
    change(window.edition, status=Status.ENDED)
    assert events(client) == []


def test_the_last_day_lasts_until_midnight_in_tokyo(client, window, now):
    now(2026, 12, 4, 23, 59)
    assert len(events(client, "?within=7")) == 1
    now(2026, 12, 5, 0, 0)
    assert events(client, "?within=7") == []
    assert localdate() == date(2026, 12, 5)


def test_two_offices_with_windows_of_their_own_are_two_calls(client, window):
    for slug, last in (("kushiro", date(2026, 12, 10)), ("nemuro", date(2026, 12, 20))):
        make_window(edition=window.edition, subprefecture=make_subprefecture(slug), opens_on=None, closes_on=last)
    make_municipality("釧路市")
    assert len({each.uid.value for each in events(client)}) == 3
    of_town = event(client, "?town=012068")
    assert of_town.dtstart.value == date(2026, 12, 10)
    assert "釧路総合振興局管内" in of_town.description.value


def test_the_calendar_has_exactly_what_the_filter_asks_for(client, window):
    other = make_edition(program=make_program(pillar="human"), fiscal_year=2026)
    make_window(edition=other, applicant=Who.GROUP, closes_on=LAST)
    keep()
    change(window.edition, status=Status.ENDED)
    assert [each.status.value for each in events(client, "?pillar=financial")] == ["CANCELLED"]
    assert [each.status.value for each in events(client, "?applicant=group")] == ["CONFIRMED", "CANCELLED"]
    assert [each.status.value for each in events(client, "?pillar=human&applicant=municipality")] == []


def test_a_sample_says_so_and_goes_with_its_edition(client):
    edition = make_edition(program=make_program(is_sample=True), fiscal_year=2026, is_sample=True)
    make_window(edition=edition, closes_on=LAST, is_sample=True)
    keep()
    assert event(client).summary.value.startswith("【見本】締切：")
    edition.delete()
    assert events(client) == []


def test_what_has_no_last_day_and_what_is_no_longer_new_are_not_told(client, window):
    make_window(edition=window.edition, opens_on=None, closes_on=None, applicant=Who.GROUP)
    change(window, opens_on=date(2026, 5, 1), closes_on=date(2026, 8, 29))
    assert events(client) == []
    change(window, closes_on=date(2026, 8, 30))
    assert len(events(client)) == 1


def test_one_file_can_be_downloaded(client, window):
    assert client.get("/calls/calendar.ics")["Content-Disposition"] == 'inline; filename="calls.ics"'
    response = client.get("/calls/calendar.ics?download=1")
    assert response["Content-Disposition"] == 'attachment; filename="calls.ics"'
    assert response.content == calendar(client)


def test_the_page_leads_to_what_it_shows(client, window):
    html = client.get("/calls/?pillar=human&within=30").content.decode()
    assert "webcal://" in html
    assert "/calls/calendar.ics?pillar=human&amp;within=30&amp;download=1" in html
    assert "/calls/feed.atom?pillar=human&amp;within=30" in html


def test_the_feed_tells_what_changed_first(client, window, now):
    other = make_window(edition=make_edition(fiscal_year=2026), closes_on=LAST)
    keep()
    now(2026, 11, 29, 9)
    change(window, closes_on=date(2026, 12, 11))
    feed = feedparser.parse(client.get("/calls/feed.atom").content)
    assert (feed.bozo, feed.version, feed.feed.language) == (False, "atom10", "ja")
    assert [each.id for each in feed.entries] == [f"urn:uuid:{window.uid}", f"urn:uuid:{other.uid}"]
    assert datetime(*feed.entries[0].updated_parsed[:6], tzinfo=UTC) == datetime(2026, 11, 29, 0, tzinfo=UTC)
    assert "2026年12月11日" in feed.entries[0].summary
    change(window.edition, status=Status.ENDED)
    assert feedparser.parse(client.get("/calls/feed.atom").content).entries[0].title.startswith("取り下げ：")


def test_an_empty_feed_and_calendar_can_be_read(client):
    assert events(client) == []
    assert feedparser.parse(client.get("/calls/feed.atom").content).bozo is False


def test_what_word_puts_between_lines_breaks_no_feed(client):
    make_window(closes_on=localdate() + timedelta(days=5), note="一行目\x0b二行目")
    feed = feedparser.parse(client.get("/calls/feed.atom").content)
    assert not feed.bozo
    assert len(feed.entries) == 1
