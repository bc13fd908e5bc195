from datetime import UTC, date, datetime

import pytest

from support.applicants import Who
from support.calls_page import Asked
from support.calls_page.expected import expected_calls
from support.models import Pillar
from support.models.programs import Use
from tests.costs import page, queries_of
from tests.factories import make_edition, make_municipality, make_program, make_subprefecture, make_window

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 28)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime(2026, 11, 28, 3, tzinfo=UTC))


@pytest.fixture
def program():
    return make_program(official_name="毎年の交付金")


def ended(program, fiscal_year, *last, **kw):
    """A window of a past year."""
    edition = program.editions.filter(fiscal_year=fiscal_year).first()
    edition = edition or make_edition(program=program, fiscal_year=fiscal_year)
    return make_window(edition=edition, opens_on=None, closes_on=date(*last) if last else None, **kw)


def expected(asked=None, on=TODAY):
    return expected_calls(asked or Asked(), on, date(2027, 3, 31), 2026)


def test_a_month_is_expected_with_the_years_it_is_known_from(program):
    ended(program, 2024, 2025, 2, 20)
    ended(program, 2025, 2026, 2, 13)
    (only,) = expected()
    assert (only.month, only.years, only.year) == (date(2027, 2, 1), (2025, 2024), 2026)
    assert only.source_words == "令和7年度・令和6年度分の締切が2月"


def test_the_newest_year_says_which_month(program):
    ended(program, 2024, 2024, 12, 20)
    ended(program, 2025, 2026, 1, 20)
    (only,) = expected()
    assert (only.month, only.years) == (date(2027, 1, 1), (2025,))


def test_what_this_year_says_is_no_longer_expected(program):
    ended(program, 2025, 2026, 2, 13)
    ended(program, 2025, 2026, 2, 13, applicant=Who.GROUP)
    make_window(edition=make_edition(program=program, fiscal_year=2026), opens_on=None, closes_on=None)
    assert [each.applicant for each in expected()] == ["group"]


def test_what_is_for_next_year_may_end_in_this_one(program):
    ended(program, 2026, 2025, 12, 19)
    (only,) = expected()
    assert (only.month, only.year, only.year_words) == (date(2026, 12, 1), 2027, "令和9年度分")


def test_nothing_is_expected_of_what_is_over_ended_old_or_not_applied_for(program):
    ended(program, 2025, 2025, 10, 10)  # October of this year is over
    ended(program, 2022, 2023, 1, 10, applicant=Who.GROUP)  # four years ago
    successor = make_program(official_name="後継")
    ended(make_program(successor=successor), 2025, 2026, 2, 1)
    ended(make_program(use=Use.READ), 2025, 2026, 2, 1)
    ended(make_program(), 2025)
    assert expected() == []


def test_a_leap_day_leads_to_a_february(program):
    ended(program, 2023, 2024, 2, 29)
    assert [each.month for each in expected()] == [date(2027, 2, 1)]


def test_it_is_narrowed_as_the_calls_are(program):
    ended(program, 2025, 2026, 2, 13, subprefecture=make_subprefecture("kushiro"))
    ended(make_program(pillar=Pillar.HUMAN), 2025, 2026, 2, 13, applicant=Who.GROUP)
    assert len(expected()) == 2
    assert len(expected(Asked(pillar=Pillar.HUMAN))) == 1
    assert len(expected(Asked(applicant=Who.MUNICIPALITY))) == 1
    assert len(expected(Asked(town=make_municipality("帯広市")))) == 1
    assert len(expected(Asked(town=make_municipality("釧路市")))) == 2


def test_pages_mark_what_is_expected_and_never_count_it_as_a_call(client, program):
    ended(program, 2025, 2026, 2, 13)
    for address in ("/calls/", "/calls/2027/2/"):
        html = page(client, address)
        assert '<span class="guess">推定</span>' in html
        assert "令和7年度分の締切が2月" in html
        assert "約束するものではありません" in html
    assert "締め切る募集が0件" in page(client, "/calls/2027/2/")
    assert "2027年2月、締め切る募集0件、推定1件" in page(client, "/calls/")


def test_the_wheel_is_twelve_links_each_with_its_words(client):
    html = page(client, "/calls/?pillar=human").split("year-wheel")[1].split("</svg>")[0]
    assert html.count("<a href") == 12
    assert "/calls/2026/4/?pillar=human" in html
    assert 'aria-label="2026年11月、締め切る募集0件" aria-current="date"' in html


def test_holidays_are_marked(client, program):
    ended(program, 2026, 2026, 11, 23)
    html = page(client, "/calls/2026/11/")
    assert "<small>勤労感謝の日</small>" in html
    assert "祝日（勤労感謝の日）" in html
    assert "<small>国民の休日</small>" in page(client, "/calls/2026/9/")


def test_pages_take_as_many_queries_with_one_expected_as_with_many(client):
    addresses = ["/calls/", "/calls/2027/2/"]
    ended(make_program(), 2025, 2026, 2, 13)
    one = [queries_of(client, address) for address in addresses]
    for _ in range(9):
        ended(make_program(), 2025, 2026, 2, 13)
    assert [queries_of(client, address) for address in addresses] == one
