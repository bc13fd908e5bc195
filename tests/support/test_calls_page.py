from datetime import UTC, date, datetime

import pytest

from regions.models import Subprefecture
from sumairu.publishing.models import Status
from support.applicants import Who
from support.models import ApplicationWindow, ProgramEdition
from support.models.programs import Use
from support.standing import standings
from tests.costs import page, queries_of
from tests.factories import (
    make_edition,
    make_fact,
    make_municipal_fact,
    make_municipality,
    make_program,
    make_rule,
    make_subprefecture,
    make_window,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 28)
KUSHIRO = "012068"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime(2026, 11, 28, 3, tzinfo=UTC))


def make_call(name, closes_on=date(2026, 12, 4), opens_on=date(2026, 4, 1), year=2026, sample=False, **kw):
    """A window of a programme called `name`."""
    of_program = {each: kw.pop(each) for each in ("pillar", "use") if each in kw}
    edition = ProgramEdition.objects.filter(program__official_name=name, fiscal_year=year).first()
    edition = edition or make_edition(
        program=make_program(official_name=name, is_sample=sample, **of_program), fiscal_year=year, is_sample=sample
    )
    return make_window(edition=edition, opens_on=opens_on, closes_on=closes_on, is_sample=sample, **kw)


def listed(client, query=""):
    """The names of the calls on the page, in its order."""
    return [each.call.edition.program.official_name for each in client.get(f"/calls/{query}").context["page"].calls]


def test_open_and_coming_calls_stand_in_the_order_of_their_last_days(client):
    make_call("締切なし", None)
    make_call("来年", date(2027, 1, 8), date(2026, 12, 20))
    make_call("今日まで", TODAY)
    make_call("終わった", date(2026, 11, 27))
    html = page(client, "/calls/")
    assert listed(client) == ["今日まで", "来年", "締切なし"]
    assert "2026年11月に締め切るもの" in html
    assert "締切のないもの" in html
    assert "<b>22</b>日後から" in html


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?pillar=human", ["人"]),
        ("?applicant=group", ["人", "団体だけ"]),
        ("?applicant=company", ["人"]),
        ("?within=7", ["人"]),
        ("?within=30", ["人", "市町村だけ", "団体だけ"]),
        ("?within=30&pillar=financial&applicant=municipality", ["市町村だけ"]),
    ],
)
def test_the_list_is_narrowed_by_what_the_address_says(client, query, found):
    make_call("人", date(2026, 12, 1), pillar="human", use=Use.CONSULT)
    make_call("市町村だけ", date(2026, 12, 10), applicant=Who.MUNICIPALITY)
    make_call("団体だけ", date(2026, 12, 20), applicant=Who.GROUP)
    make_call("遠い", date(2027, 3, 31), applicant=Who.MUNICIPALITY)
    assert listed(client, query) == found


def test_a_town_sees_the_window_of_its_own_office_instead_of_that_of_headquarters(client):
    make_municipality("釧路市")
    make_call("局で違う", date(2026, 12, 4))
    make_call("局で違う", date(2026, 12, 18), subprefecture=make_subprefecture("kushiro"))
    make_call("局で違う", date(2026, 12, 25), subprefecture=make_subprefecture("nemuro"))
    said = client.get(f"/calls/?town={KUSHIRO}").context["page"].calls
    assert [each.call.window.closes_on for each in said] == [date(2026, 12, 18)]


def test_a_town_is_told_whether_it_may_and_not_of_what_excludes_it(client):
    town = make_municipality("釧路市")
    make_municipal_fact(municipality=town, fact=make_fact(), value=160_000)
    small, large = make_call("小さなまち"), make_call("大きなまち")
    make_rule(edition=small.edition, fact=make_fact(), operator="lt", value="30000")
    make_rule(edition=large.edition, fact=make_fact(), operator="gte", value="30000")
    make_call("要件のない")
    html = page(client, f"/calls/?town={KUSHIRO}")
    assert sorted(listed(client, f"?town={KUSHIRO}")) == ["大きなまち", "要件のない"]
    assert "使えます" in html
    assert "条件次第" in html


@pytest.mark.parametrize(
    "query", ["?town=999999", "?pillar=x", "?applicant=anyone", "?within=8", "?within=x&page=99999"]
)
def test_what_cannot_be_understood_is_said_and_narrows_nothing(client, query):
    make_call("ある")
    html = page(client, f"/calls/{query}")
    assert listed(client, query) == ["ある"]
    assert 'class="wrong"' in html


def test_without_calls_the_page_says_whom_to_ask(client):
    assert "窓口でお確かめください" in page(client, "/calls/")


def test_a_sample_says_so(client):
    make_call("架空", sample=True)
    assert "見本" in page(client, "/calls/").split('<h2 id="found-title">')[1].split("<h2")[0]


def test_a_draft_is_not_told(client):
    ProgramEdition.objects.filter(pk=make_call("下書き").edition_id).update(status=Status.DRAFT)
    assert "下書き" not in page(client, "/calls/") + page(client, "/calls/2026/12/")


def test_a_month_has_what_ends_in_it_day_by_day_and_what_begins_in_it(client):
    make_call("月の初日", date(2026, 12, 1))
    make_call("月の末日", date(2026, 12, 31))
    make_call("翌月", date(2027, 1, 1), date(2026, 12, 15))
    said = client.get("/calls/2026/12/").context["page"]
    assert [(day.day, len(calls)) for day, _, calls in said.days] == [(1, 1), (31, 1)]
    assert [each.call.edition.program.official_name for each in said.opening] == ["翌月"]
    assert [month["count"] for month in client.get("/calls/").context["page"].months] == [0] * 8 + [2, 1, 0, 0]


def test_a_month_that_is_over_keeps_what_ended_in_it(client):
    make_call("申し込むもの", date(2026, 10, 30))
    make_call("読むもの", date(2026, 10, 30), use=Use.READ)
    html = page(client, "/calls/2026/10/")
    assert "申し込むもの" in html
    assert "読むもの" not in html


def test_the_leap_day_ends_its_february(client):
    make_call("うるう日", date(2028, 2, 29), year=2027)
    assert "2月29日（火）まで" in page(client, "/calls/2028/02/")
    assert "うるう日" not in page(client, "/calls/2028/3/")


@pytest.mark.parametrize("address", ["/calls/2026/13/", "/calls/2026/0/", "/calls/1900/1/", "/calls/2026/x/"])
def test_what_is_no_month_is_not_found(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/calls/1926/1/", "/calls/2099/12/"])
def test_the_first_and_last_months_that_there_are(client, address):
    assert "この月に締め切る募集は、登録されていません" in page(client, address)


DAYS = [date(2026, 3, 31), date(2026, 4, 1), date(2026, 11, 28), date(2027, 3, 31), date(2027, 4, 1)]


@pytest.mark.exhaustive
@pytest.mark.parametrize("on", DAYS, ids=str)
def test_the_database_finds_the_calls_that_standings_tell_of(on):
    for year in (2025, 2026, 2027):
        for opens_on in (None, date(2026, 3, 1), date(2026, 12, 1)):
            for closes_on in (None, date(2026, 3, 31), date(2026, 12, 4), date(2027, 4, 1)):
                if not (opens_on and closes_on and closes_on < opens_on):
                    name = f"{year} {opens_on} {closes_on}"
                    make_call(name, closes_on, opens_on, year=year, use=Use.READ if year == 2025 else Use.APPLY)
    make_call("見本と本物", sample=True)
    make_window(edition=ProgramEdition.objects.get(program__official_name="見本と本物"))
    told = {call.window.pk for standing in standings(on) for call in standing.calls}
    live = {call.window.pk for standing in standings(on) for call in standing.calls if call.is_live}
    windows = ApplicationWindow.objects
    assert set(windows.speaking(on).live_on(on).values_list("pk", flat=True)) == live
    assert told <= set(windows.told(on, on).values_list("pk", flat=True))


def test_the_database_finds_the_windows_that_hold_in_an_office():
    offices = [make_subprefecture(slug) for slug in ("kushiro", "nemuro", "tokachi")]
    edition = make_edition(fiscal_year=2026)
    for office, applicant, is_sample in [
        (None, "anyone", False),
        (None, "municipality", False),
        (offices[0], "municipality", False),
        (offices[1], "anyone", True),
        (offices[1], "group", False),
    ]:
        make_window(edition=edition, subprefecture=office, applicant=applicant, is_sample=is_sample)
    for office in Subprefecture.objects.all():
        found = ApplicationWindow.objects.speaking().holding_in(office)
        assert set(found) == set(edition.windows_for(office))


@pytest.mark.exhaustive
def test_a_page_takes_as_many_queries_with_one_call_as_with_twenty(client):
    make_municipality("釧路市")
    addresses = ["/calls/", f"/calls/?town={KUSHIRO}", "/calls/2026/12/"]
    make_call("はじめ")
    one = [queries_of(client, address) for address in addresses]
    for number in range(19):
        make_call(f"募集{number}", applicant=Who.GROUP if number % 2 else Who.MUNICIPALITY)
    assert [queries_of(client, address) for address in addresses] == one
