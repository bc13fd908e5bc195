"""Pages with ふりがな: the same as without, with the readings that an editor has confirmed, and all links stay there."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import get_script_prefix

from tests.costs import page, queries_of
from tests.factories import make_edition, make_initiative, make_municipality, make_program

pytestmark = pytest.mark.django_db

READINGS = "釧路 くしろ\n観光　かんこう"


@pytest.fixture
def initiative():
    return make_initiative(
        code="kushiro-2021-1",
        title="釧路の観光",
        summary="釧路<湿原>を歩く。",
        easy_summary="観光を する",
        readings=READINGS,
    )


def ruby(word, reading):
    return f"<ruby>{word}<rp>（</rp><rt>{reading}</rt><rp>）</rp></ruby>"


def test_words_have_the_readings_of_their_row(client, initiative):
    html = page(client, "/furigana/initiatives/kushiro-2021-1/")
    assert f"<h1>{ruby('釧路', 'くしろ')}の{ruby('観光', 'かんこう')}" in html
    assert f"{ruby('釧路', 'くしろ')}&lt;湿原&gt;を歩く。" in html
    assert f"{ruby('観光', 'かんこう')}を する" in html
    assert "<title>釧路の観光" in html


def test_without_being_asked_for_there_are_none(client, initiative):
    html = page(client, "/initiatives/kushiro-2021-1/")
    assert "<ruby>" not in html
    assert "釧路&lt;湿原&gt;を歩く。" in html


def test_a_programme_s_readings_hold_for_its_editions(client):
    program = make_program(slug="kofukin", official_name="観光の交付金", plain_name="観光をする", readings=READINGS)
    make_edition(program=program, summary="釧路を支える。")
    html = page(client, "/furigana/programs/kofukin/")
    assert html.count(ruby("観光", "かんこう")) == 2
    assert f"{ruby('釧路', 'くしろ')}を支える。" in html
    assert ruby("観光", "かんこう") in page(client, "/furigana/support/")


def test_towns_are_read_as_official_data_say(client):
    make_municipality("釧路市")
    assert f"<h1>{ruby('釧路市', 'くしろし')}</h1>" in page(client, "/furigana/municipalities/012068/")


def test_all_links_stay_there(client, initiative):
    html = page(client, "/furigana/initiatives/?year=2021")
    main = html.partition("<main")[2].partition("</main>")[0]
    assert 'href="/furigana/initiatives/kushiro-2021-1/"' in main
    assert [link for link in re.findall(r'href="(/[^"]*)"', main) if not link.startswith("/furigana/")] == []
    assert get_script_prefix() == "/"


def test_the_switch_keeps_what_was_asked(client, initiative):
    there = re.search(r'href="([^"]+)" rel="nofollow">ふりがなを付ける', page(client, "/initiatives/?year=2021&q=釧路"))
    assert there[1] == "/furigana/initiatives/?q=%E9%87%A7%E8%B7%AF&amp;year=2021"
    back = re.search(r'href="([^"]+)" rel="nofollow">ふりがなを外す', page(client, there[1].replace("&amp;", "&")))
    assert back[1] == "/initiatives/?q=%E9%87%A7%E8%B7%AF&amp;year=2021"


def test_search_engines_know_the_page_without_alone(client, initiative):
    html = page(client, "/furigana/")
    assert re.search(r'<link rel="canonical" href="http[^"]*//[^/]+/">', html)
    assert "/furigana/" not in "".join(re.findall(r'hreflang="[^"]*" href="[^"]*"', html.partition("</head>")[0]))
    assert "/furigana/" not in page(client, "/sitemap-initiatives.xml")


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/furigana/en/?a=1", "/en/?a=1"),
        ("/furigana/admin/", "/admin/"),
        ("/furigana/robots.txt", "/robots.txt"),
        ("/furigana//evil.example/x", "/%2Fevil.example/x"),
        ("/furigana/%0d%0aSet-Cookie:a", "/%0D%0ASet-Cookie:a"),
    ],
    ids=["English", "staff", "file", "another host", "header"],
)
def test_what_has_no_furigana_is_where_it_is(client, path, place):
    response = client.get(path)
    assert (response.status_code, response["Location"]) == (302, place)


def test_a_page_that_is_not_there_is_not_there_with_furigana_either(client):
    for path in ("/furigana/initiatives/none/", "/furigana/furigana/", "/furigana//evil.example/", "/furigana//admin/"):
        assert client.get(path).status_code == 404
    assert client.get("/furigana").status_code == 404
    assert get_script_prefix() == "/"


def test_pages_with_and_without_are_kept_apart_and_each_once(client, initiative):
    with_them, without = (client.get(path) for path in ("/furigana/initiatives/", "/initiatives/"))
    assert with_them["ETag"] != without["ETag"]
    assert (b"<ruby>" in with_them.content, b"<ruby>" in without.content) == (True, False)
    assert client.get("/furigana/initiatives/?utm_source=x")["ETag"] == with_them["ETag"]


def test_it_costs_no_query_more(client, initiative):
    assert queries_of(client, "/furigana/initiatives/") == queries_of(client, "/initiatives/")


@pytest.mark.parametrize("readings", ["釧路", "釧路 kushiro", "釧路 くしろ し", "釧路 くしろ\n釧路 せんろ"])
def test_what_is_no_reading_is_refused(initiative, readings):
    initiative.readings = readings
    with pytest.raises(ValidationError, match="行目"):
        initiative.full_clean()


def test_a_summary_in_plain_japanese_is_shown_where_there_is_one(client, initiative):
    assert "やさしい日本語</h2>" in page(client, "/initiatives/kushiro-2021-1/")
    make_initiative(code="kushiro-2021-2")
    assert "やさしい日本語" not in page(client, "/initiatives/kushiro-2021-2/")
