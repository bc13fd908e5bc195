"""The search page as a person asks it: in other spellings, in other words, by sound; and what each hit says of that."""

import re

import pytest

from sumairu.loading import content
from sumairu.search.index import rebuild
from sumairu.search.reading import read_new
from tests.factories import make_edition, make_initiative, make_municipality, make_program

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def site(loaded_once):
    with loaded_once(load):
        yield


def load():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(content, "FILES", ("synonyms",))
        content.load_content()
    make_municipality("羅臼町")
    make_initiative(title="エゾシカの活用", fiscal_year=2021)
    make_initiative(title="広域観光の推進", fiscal_year=2021)
    make_initiative(title="定住の促進", fiscal_year=2022)
    make_initiative(title="石狩湾の漁業", fiscal_year=2022)
    make_edition(program=make_program(official_name="地方創生交付金"), fiscal_year=2021, summary="県事業の後継")
    rebuild()
    while read_new():
        pass


def asked(client, query):
    """The titles that are found, and what is said of other words through which they were."""
    page = client.get("/search/", {"q": query}).content.decode()
    titles = [re.sub(r"<.*?>|\s", "", title) for title in re.findall(r'class="name"[^>]*>(.*?)</a>', page, re.S)]
    return titles, re.findall(r"「[^」]*」の?[^「<]*「[^」]*」で見つかりました。", page)


@pytest.mark.parametrize(
    ("query", "title", "said"),
    [
        ("鹿", "エゾシカの活用", ["「鹿」の言いかえ「エゾシカ」で見つかりました。"]),
        ("しか", "エゾシカの活用", []),  # which stands in it
        ("シカ", "エゾシカの活用", []),
        ("移住", "定住の促進", ["「移住」の言いかえ「定住」で見つかりました。"]),
        ("補助金", "地方創生交付金", ["「補助金」の言いかえ「交付金」で見つかりました。"]),
        ("かんこう", "広域観光の推進", ["「かんこう」と読む「観光」で見つかりました。"]),
        ("こういきかんこう", "広域観光の推進", ["「こういきかんこう」と読む「広域観光」で見つかりました。"]),
        ("廣域觀光", "広域観光の推進", []),
        ("ぎょぎょう 石狩", "石狩湾の漁業", ["「ぎょぎょう」と読む「漁業」で見つかりました。"]),
        ("らうす", "羅臼町", []),
    ],
)
def test_other_words_find_it_and_the_hit_says_so(client, query, title, said):
    titles, through = asked(client, query)
    assert title in titles
    assert through == said


def test_a_part_of_how_a_place_is_read_finds_no_place(client):
    assert asked(client, "シカ")[0] == ["エゾシカの活用"]


@pytest.mark.parametrize("query", ["令和3", "令和3年度", "令和３年度", "R3", "Ｒ３年度", "2021", "２０２１年度"])
def test_a_year_finds_the_same_however_it_is_written(client, query):
    assert asked(client, query) == (["エゾシカの活用", "広域観光の推進", "地方創生交付金"], [])
