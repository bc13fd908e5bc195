import re

import pytest
from django.urls import reverse

from sumairu.search.index import rebuild
from tests.costs import page, queries_of
from tests.factories import make_edition, make_municipality, make_program

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def towns():
    for name in ("釧路市", "厚岸町", "根室市", "羅臼町"):
        make_municipality(name)


@pytest.mark.parametrize(
    "query",
    [
        "12238",
        "１２２３８",
        "1223",
        "nemuro-shi",
        "Nemuro City",
        "北海道根室市",
        "根室市役所",
        "根室町",
        "根室市",
        "根室",
        "ねむろ",
        "ネムロ",
        "ﾈﾑﾛ",
        "nemuro",
        "Ｎｅｍｕｒｏ",
        "012238",
        "01223",
        " 根　室 ",
    ],
)
def test_one_town_found_is_opened_at_once(client, query):
    response = client.get(reverse("municipality_list"), {"q": query})
    assert (response.status_code, response["Location"]) == (302, "/municipalities/012238/")


def test_several_towns_found_are_listed(client):
    make_municipality("帯広市", kana="くしろちょう")
    html = page(client, "/municipalities/?q=くしろ")
    assert "2つのまちがあります" in html
    assert "くしろちょう、十勝総合振興局管内" in html
    assert 'href="/regions/kushiro/">釧路総合振興局のページ</a>' in html


@pytest.mark.parametrize("query", ["釧路総合振興局", "釧路管内", "釧路振興局", "十勝", "とかち", "TOKACHI"])
def test_an_office_s_name_opens_the_office(client, query):
    make_municipality("帯広市")
    response = client.get(reverse("municipality_list"), {"q": query})
    slug = "kushiro" if query.startswith("釧") else "tokachi"
    assert (response.status_code, response["Location"]) == (302, f"/regions/{slug}/")


@pytest.mark.parametrize("path", ["/municipalities/?q={}", "/programs/kofukin/?town={}", "/search/?q={}"])
@pytest.mark.parametrize("query", ["べっかい", "bekkai", "16918", "別　海"])
def test_a_town_is_understood_alike_wherever_it_is_asked(client, path, query):
    town = make_municipality(
        "帯広市", code="016918", code5="01691", kana="べつかいちょう", romaji="Betsukai", kind="町"
    )
    town.name = "別海町"
    town.save()
    make_edition(program=make_program(slug="kofukin"))
    rebuild()
    html = client.get(path.format(query), follow=True).content.decode()
    said = re.sub(r"<option.*?</option>|<[^>]+>", "", html.partition("<main")[2])
    assert "別海町" in said


@pytest.mark.parametrize("query", ["東京", "%", "_", "<b>", "あ" * 100])
def test_no_town_found_says_what_to_do(client, query):
    html = client.get("/municipalities/", {"q": query}).content.decode()
    assert "見つかりません" in html
    assert "はじめの1、2文字を" in html
    assert "<b>" not in html


@pytest.mark.parametrize("query", ["", "   ", "\x01", "あ" * 2000])
def test_odd_input_is_no_error(client, query):
    assert client.get("/municipalities/", {"q": query}).status_code == 200


def test_all_are_listed_by_office_without_the_villages_that_have_none(client):
    make_municipality("帯広市", northern_territory=True, population=None)
    html = page(client, "/municipalities/")
    assert html.index("釧路総合振興局") < html.index("厚岸町") < html.index("根室振興局") < html.index("羅臼町")
    assert "帯広市" not in html


def test_the_list_costs_as_much_for_many_towns_as_for_few(client):
    few = queries_of(client, "/municipalities/")
    make_municipality("帯広市")
    assert queries_of(client, "/municipalities/") == few
