"""What is told where a search has found nothing."""

import re
from datetime import date

import pytest

from sumairu.search.finding import Search
from sumairu.search.index import rebuild
from sumairu.search.instead import Instead
from sumairu.search.models import Reading
from support.models import ProgramAlias
from tests.costs import queries_of
from tests.factories import (
    make_desk,
    make_duty,
    make_edition,
    make_initiative,
    make_municipality,
    make_subprefecture,
    make_theme,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site():
    make_municipality("釧路市")
    make_initiative(title="水産物の販路", body="加工の技術を学ぶ")
    make_initiative(title="森と観光", body="移住の相談をうける。やくに立つ")
    for kana, word in {
        "スイサン": "水産",
        "カコウ": "加工",
        "カンコウ": "観光",
        "モリ": "森",
        "ソウダン": "相談",
        "ヤク": "やく",
    }.items():
        Reading.objects.create(kana=kana, word=word)
    rebuild()


def told(client, q):
    """What the page tells in place of hits: pairs of words and what is said of them."""
    page = client.get("/search/", {"q": q}).content.decode()
    assert "見つかりませんでした" in page
    return dict(
        re.findall(r"「([^」]+)」(は[0-9]+件あります|は見つかりません)。?<?", page.partition('<ul class="plain">')[2])
    )


FOUND = "は1件あります"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        pytest.param("水産加工", {"水産 加工": FOUND, "水産": FOUND, "加工": FOUND}, id="a compound"),
        pytest.param("水産と加工", {"水産 加工": FOUND, "水産": FOUND, "加工": FOUND}, id="joined by a particle"),
        pytest.param("水産・加工", {"水産 加工": FOUND, "水産": FOUND, "加工": FOUND}, id="joined by a mark"),
        pytest.param("水産観光", {"水産": FOUND, "観光": FOUND}, id="not both in one text"),
        pytest.param("加工施設", {"加工": FOUND}, id="one part is nowhere"),
        pytest.param("観光 相談先", {"観光 相談": FOUND, "観光": FOUND, "相談": FOUND}, id="one of two words"),
        pytest.param("観光 ない", {"観光": FOUND, "ない": "は見つかりません"}, id="a word that cannot be cut"),
        pytest.param("ない言葉", {}, id="no part is known"),
        pytest.param("けいやく", {}, id="kana are not cut"),
    ],
)
def test_a_word_that_stands_nowhere_is_cut_into_words_that_do(client, query, said):
    assert told(client, query) == said


def test_words_of_what_is_not_public_yet_change_nothing(client):
    before = told(client, "合併協議加工")
    make_initiative(title="合併協議", publish_on=date(2099, 4, 1))
    rebuild()
    for kana, word in {"ガッペイ": "合併", "ガッペイキョウギ": "合併協議"}.items():
        Reading.objects.create(kana=kana, word=word)
    assert told(client, "合併協議加工") == before == {"加工": FOUND}


def test_what_is_asked_of_a_long_query_is_bounded(client):
    one = queries_of(client, "/search/?q=水産ない")
    assert queries_of(client, f"/search/?q={'水産ない' * 25}") == one


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("商工漢光課", "商工観光課"),
        ("水産加工漁", "水産加工業"),
        ("応援の倫", "応援の輪"),
        ("販路開託の支援", "販路開拓の支援"),
    ],
    ids=["a desk", "a theme", "what a programme is also called", "a duty"],
)
def test_names_that_are_no_titles_are_near_too(typed, meant):
    make_desk(section="商工観光課", subprefecture=make_subprefecture())
    make_initiative().themes.add(make_theme("水産加工業", "seafood"))
    program = make_edition(fiscal_year=2021).program
    ProgramAlias.objects.create(program=program, name="応援の輪")
    make_duty(program=program, fiscal_year=2021, name="販路開拓の支援")
    rebuild()
    search = Search(typed)
    assert search.ids == []
    assert meant in [name for name, _ in Instead(search).nearest]
    assert Search(meant).ids


def test_a_town_with_one_character_wrong_is_near(client):
    for name in ("別海町", "厚岸町", "羅臼町"):
        make_municipality(name)
    make_initiative(title="遠別町と陸別町と湧別町")
    rebuild()
    for typed in ("別街町", "べつがいちょう"):
        (name, _), *_ = Instead(Search(typed)).nearest
        assert name == "別海町", typed
