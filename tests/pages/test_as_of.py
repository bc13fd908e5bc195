"""`?on=` moves calls, deadlines and verdicts over what is public today, and never what is public."""

import re
from datetime import UTC, date, datetime

import pytest

from support.models import ProgramEdition
from tests.costs import page, queries_of
from tests.factories import make_edition, make_municipality, make_program, make_rule, make_window

pytestmark = pytest.mark.django_db

STRIP = "の時点で表示しています"
PAGES = [
    "/calls/",
    "/calls/2026/12/",
    "/municipalities/012068/",
    "/support/financial/",
    "/programs/open/",
    "/support/find/",
]
# Of those that name programmes, and say what they are on the day.
CALLED = [
    "/calls/?page=1",
    "/municipalities/012068/?",
    "/support/financial/?",
    "/programs/open/?",
    "/support/find/?ask=end",
]


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime(2026, 11, 28, 3, tzinfo=UTC))


@pytest.fixture(autouse=True)
def edition():
    make_municipality("釧路市")
    made = make_edition(program=make_program(slug="open", official_name="開く制度"), fiscal_year=2026)
    make_rule(edition=made)
    make_window(edition=made, opens_on=date(2026, 12, 10), closes_on=date(2026, 12, 20))
    return made


def said(client, address):
    """What a page says, without its address on another day."""
    return page(client, address).split('<main id="main">')[1]


@pytest.mark.parametrize("address", PAGES)
def test_a_page_of_another_day_says_so_and_is_not_for_search_engines(client, address):
    html = page(client, f"{address}?on=2026-12-20")
    assert f"2026年12月20日{STRIP}" in html
    assert "受付、締切、判定と、どの年度を今年度とするかを、この日に合わせています" in html
    assert "公開の内容、窓口、数字と図、関連する制度や取組、使った記録は今日のものです" in html
    assert '<meta name="robots" content="noindex">' in html
    assert ">今日の表示に戻る</a>" in html


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("query", ["", "?on=", "?on=2026-11-28"])
def test_a_page_of_today_says_nothing_of_it(client, address, query):
    html = page(client, f"{address}{query}")
    assert STRIP not in html
    assert "noindex" not in html


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("on", ["2025-03-31", "2028-04-01", "2027-02-29", "20261220", "2026-W48-6", "x", "2026-12-20x"])
def test_a_day_that_is_not_told_of_is_refused_in_words(client, address, on):
    html = page(client, f"{address}?on={on}")
    assert "2025年4月1日（火）から2028年3月31日（金）まで" in html
    assert STRIP not in html


@pytest.mark.parametrize("on", ["2025-04-01", "2028-03-31"])
def test_the_first_and_the_last_day_that_may_be_asked_for(client, on):
    for address in PAGES:
        assert STRIP in page(client, f"{address}?on={on}")


@pytest.mark.parametrize("address", CALLED)
def test_calls_and_deadlines_move(client, address):
    opens, ends = said(client, address), said(client, f"{address}&on=2026-12-20")
    said_of_it = [re.sub(r"</?b>", "", each).split("開く制度", 1)[1].split("</section>")[0] for each in (opens, ends)]
    assert ["この日まで" in each for each in said_of_it] == [False, True]
    assert not any("今日" in each for each in said_of_it)


def test_a_period_names_its_year_where_it_is_not_the_one_of_the_day(client, edition):
    """In spring of 2027 「12月10日から」 would be one still to come."""
    assert "12月10日（木）から12月20日（日）まで" in page(client, "/programs/open/")
    assert "2026年12月10日（木）から12月20日（日）まで" in page(client, "/programs/open/?on=2027-03-31")


def test_whoever_follows_a_link_to_what_moves_stays_on_the_day(client, edition):
    make_edition(program=edition.program, fiscal_year=2025)
    to_program = {
        "/municipalities/012068/?on=2026-12-20": "/programs/open/?town=012068&amp;on=2026-12-20",
        "/calls/?on=2026-12-20": "/programs/open/?on=2026-12-20",
        "/support/financial/?on=2026-12-20": "/programs/open/?on=2026-12-20",
        "/support/find/?ask=end&on=2026-12-20": "/programs/open/?on=2026-12-20",
    }
    for address, link in to_program.items():
        assert f'href="{link}"' in page(client, address), address
        assert f'href="{link}"' not in page(client, address.replace("on=2026-12-20", "on=")), address
    html = page(client, "/programs/open/?town=012068&on=2026-12-20")
    assert 'href="/municipalities/012068/?on=2026-12-20"' in html
    assert 'href="/programs/open/2025/?town=012068&amp;on=2026-12-20"' in html


def test_the_answer_of_a_town_is_said_of_the_day(client):
    assert "この日に使える支援は1件" in page(client, "/municipalities/012068/?on=2026-12-20")
    assert "この日までの募集が1件あります" in page(client, "/municipalities/012068/?on=2026-12-20")


def test_verdicts_move_with_the_year(client, edition):
    assert "今年度は未確認" not in said(client, "/municipalities/012068/")
    assert "今年度は未確認" in said(client, "/municipalities/012068/?on=2027-04-01")


@pytest.mark.parametrize("address", CALLED)
def test_what_is_public_does_not_move(client, edition, address):
    """Neither what will be public by then, nor what no longer was."""
    later = make_edition(
        program=make_program(official_name="後で出る制度"), fiscal_year=2026, publish_on=date(2026, 12, 1)
    )
    make_window(edition=later, opens_on=date(2026, 12, 1), closes_on=date(2026, 12, 20))
    ProgramEdition.objects.filter(pk=edition.pk).update(unpublish_on=date(2026, 11, 30))
    html = page(client, f"{address}&on=2026-12-20")
    assert "後で出る制度" not in html
    assert "開く制度" in html


def test_links_of_a_list_stay_on_the_day(client):
    html = page(client, "/calls/?on=2026-12-20&pillar=financial")
    assert "/calls/2026/12/?pillar=financial&amp;on=2026-12-20" in html
    assert "calendar.ics?pillar=financial" in html
    assert "calendar.ics?pillar=financial&amp;on" not in html


def test_the_navigator_keeps_the_day_through_its_questions(client):
    html = page(client, "/support/find/?on=2026-12-20")
    assert "who=municipality&amp;on=2026-12-20" in html


def test_the_form_of_a_programme_keeps_the_day(client):
    assert '<input type="hidden" name="on" value="2026-12-20">' in page(client, "/programs/open/?on=2026-12-20")


@pytest.mark.exhaustive
def test_a_page_of_another_day_takes_no_more_queries(client):
    for address in PAGES:
        assert queries_of(client, f"{address}?on=2026-12-20") <= queries_of(client, address)
