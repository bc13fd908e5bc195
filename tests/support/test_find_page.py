"""The page 「支援をさがす」: one question at a time, everything in the address."""

import re

import pytest
from django.utils.timezone import localdate

from sumairu.lib.wareki import fiscal_year_on
from tests.costs import page, queries_of
from tests.factories import make_edition, make_municipality, make_program, make_rule, make_theme, make_window

pytestmark = pytest.mark.django_db

FIND = "/support/find/"


@pytest.fixture
def kushiro():
    return make_municipality("釧路市")


@pytest.fixture
def tourism():
    """A programme of this year about tourism that every municipality may use."""
    program = make_program(official_name="観光の制度", slug="tourism")
    edition = make_rule(edition=make_edition(program=program, fiscal_year=fiscal_year_on(localdate()))).edition
    make_window(edition=edition, opens_on=localdate(), closes_on=localdate())
    program.themes.add(make_theme())
    return program


def links(html):
    return {
        re.sub(r"<[^>]+>", "", text).strip(): href
        for href, text in re.findall(r'<a[^>]*href="([^"]+)"[^>]*>(.*?)</a>', html)
    }


def test_a_question_leads_to_the_next_and_the_last_to_what_fits(client, kushiro, tourism):
    html = page(client, FIND)
    assert "だれが使いますか" in html
    assert client.get(FIND, {"town": "くしろし"}).url == f"{FIND}?town=012068"
    html = page(client, f"{FIND}?town=012068")
    assert "どの分野のことですか" in html
    assert "観光</span><small>合う1件" in html
    html = page(client, f"{FIND}?town=012068&theme=tourism&pillar=financial&use=apply&when=now")
    assert "合う支援は1件。" in html
    assert '<a href="/programs/tourism/?town=012068">観光の制度</a>' in html


def test_a_question_can_be_passed_over_gone_back_to_and_answered_otherwise(client, kushiro, tourism):
    offered = links(page(client, f"{FIND}?town=012068&theme=tourism"))
    assert offered["どれでもよい"] == f"{FIND}?town=012068&amp;theme=tourism&amp;ask=use"
    assert offered["前の質問に戻る"] == f"{FIND}?town=012068&amp;theme=tourism&amp;ask=theme"
    assert offered["変える（どこで）"] == f"{FIND}?town=012068&amp;theme=tourism&amp;ask=town"
    assert offered["取り消す（分野）"] == f"{FIND}?town=012068&amp;ask=pillar"
    assert offered["いまの答えで結果を見る"] == f"{FIND}?town=012068&amp;theme=tourism&amp;ask=end"
    assert "取り消す（だれが）" not in offered  # it follows from the town


@pytest.mark.parametrize(
    ("asked", "canonical"),
    [
        ("town=%E6%A0%B9%E5%AE%A4", "town=012238"),
        ("who=municipality&town=012238", "town=012238"),
        ("town=&who=&theme=", ""),
        ("who=group&ask=town", "who=group"),
        ("when=now&ask=end", "when=now"),
    ],
)
def test_there_is_one_address_for_one_need(client, tourism, asked, canonical):
    make_municipality("根室市")
    assert client.get(f"{FIND}?{asked}").url == (f"{FIND}?{canonical}" if canonical else FIND)
    assert client.get(f"{FIND}?{canonical}").status_code == 200


@pytest.mark.exhaustive
def test_every_link_of_every_question_leads_to_a_page_that_stays(client, kushiro, tourism):
    """No address that the page offers is led on to another."""
    for question in ("who", "town", "theme", "pillar", "use", "when", "end"):
        html = client.get(f"{FIND}?town=012068&ask={question}", follow=True).content.decode()
        for href in {href.replace("&amp;", "&") for href in links(html).values() if href.startswith(FIND)}:
            assert client.get(href).status_code == 200, href


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("who=x", "だれが：この答えは選べません"),
        ("pillar=x", "支援の柱：この答えは選べません"),
        ("use=x", "使い方：この答えは選べません"),
        ("when=x", "いつ：この答えは選べません"),
        ("theme=x", "分野：この分野の支援制度はありません"),
        ("ask=x", "この質問はありません"),
        ("town=%E3%81%AA%E3%81%84", "「ない」というまちは見つかりません"),
        ("town=" + "x" * 101, "100字までで入れてください"),
    ],
)
def test_what_is_not_understood_is_said_and_the_rest_holds(client, kushiro, tourism, asked, words):
    name = asked.partition("=")[0]
    kept = "when=now" if name != "when" else "use=apply"
    html = page(client, f"{FIND}?{asked}&{kept}")
    assert words in html
    assert ("いま使えるもの" if name != "when" else "申し込む") in html


def test_a_name_of_several_towns_offers_them(client):
    make_municipality("釧路市")
    other = make_municipality("厚岸町")
    other.name, other.kana, other.romaji = "釧路町", "くしろちょう", "Kushiro"
    other.save()
    html = page(client, f"{FIND}?town=%E9%87%A7%E8%B7%AF&ask=town&theme=")
    assert "「釧路」に当たるまちは2つあります" in html
    assert links(html)["釧路市くしろし　釧路総合振興局管内"] == f"{FIND}?town=012068"


def test_a_town_is_asked_for_with_the_answers_so_far(client, kushiro, tourism):
    html = page(client, f"{FIND}?who=group&theme=tourism&ask=town")
    assert '<input type="hidden" name="who" value="group">' in html
    assert '<input type="hidden" name="theme" value="tourism">' in html


def test_themes_of_what_is_not_public_are_not_offered(client, tourism):
    make_edition(status="draft").program.themes.add(make_theme("水産業", "fisheries"))
    assert "水産業" not in page(client, f"{FIND}?ask=theme")
    assert "この分野の支援制度はありません" in page(client, f"{FIND}?theme=fisheries")


def test_without_themes_the_question_says_so_and_leads_on(client):
    html = page(client, f"{FIND}?ask=theme")
    assert "分野の付いた支援制度は、まだ公開されていません" in html
    assert links(html)["分野を決めずに進む"] == f"{FIND}?ask=pillar"


def test_without_programmes_nothing_fits(client):
    assert "合うと分かっている支援はありません。" in page(client, f"{FIND}?ask=end")


def test_all_needs_are_one_page_to_search_engines(client, kushiro, tourism):
    assert f'{FIND}">' in re.search(r'<link rel="canonical" [^>]+>', page(client, f"{FIND}?town=012068"))[0]


@pytest.mark.parametrize(
    "address", ["/", "/support/", "/municipalities/012068/", "/search/?q=%E3%81%AA%E3%81%84%E8%A8%80%E8%91%89"]
)
def test_it_is_led_to_from_where_one_begins(client, kushiro, address):
    assert f'href="{FIND}' in page(client, address)


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    "asked", ["", "who=municipality", "town=012068&ask=pillar", "town=012068&theme=tourism&when=now"]
)
def test_the_page_costs_as_much_for_twenty_programmes_as_for_one(client, kushiro, tourism, asked):
    one = queries_of(client, f"{FIND}?{asked}")
    for _ in range(19):
        edition = make_rule(edition=make_edition(fiscal_year=fiscal_year_on(localdate()))).edition
        edition.program.themes.add(make_theme())
    assert queries_of(client, f"{FIND}?{asked}") == one
