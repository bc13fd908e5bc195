from unittest.mock import patch

import pytest
from django.core.management import call_command

from sumairu.imports.management.commands import run_worker
from sumairu.models import ContentVersion
from sumairu.search import reading
from sumairu.search.index import rebuild
from sumairu.search.models import Document, Reading
from sumairu.search.reading import own_kana, read_new, words_of
from sumairu.search.wording import all_ways, ways_to_say
from tests.factories import make_initiative, make_municipality

pytestmark = pytest.mark.django_db


def texts(word):
    return {way.text for way in ways_to_say(word)}


def read_all():
    rebuild()
    while read_new():
        pass


@pytest.mark.parametrize(
    ("text", "kana", "word"),
    [
        ("道内の広域観光を進める。", "カンコウ", "観光"),
        ("鹿肉を食べる", "シカニク", "鹿肉"),
        ("漁業者の担い手", "ニナイテ", "担い手"),
        ("観光地の整備", "カンコウチ", "観光地"),
        ("豊かな自然", "ユタカ", "豊か"),
        ("ふるさと納税", "フルサト", "ふるさと"),
    ],
)
def test_words_are_read(text, kana, word):
    assert (kana, word) in set(words_of([text], {}))


@pytest.mark.parametrize("text", ["", "\n。\n", "2021年度 R3", "☃️🦌", "a" * 60_000, "観光" * 30_000, "\x00"])
def test_whatever_stands_in_a_text_is_taken(text):
    assert {word for _, word in words_of([text], {})} <= {"観光", "年度"}


def test_the_kana_that_the_portal_keeps_wins():
    own = {"別海町": "ベツカイチョウ", "別海": "ベツカイ", "松前": "マツマエ"}
    read = set(words_of(["別海町と別海、松前の観光"], own))
    assert {("ベツカイチョウ", "別海町"), ("ベツカイ", "別海"), ("マツマエ", "松前"), ("カンコウ", "観光")} <= read
    assert not {kana for kana, _ in read} & {"ベッカイ", "マサキ"}


def test_towns_tell_their_kana():
    make_municipality("羅臼町")
    assert {"羅臼町": "ラウスチョウ", "羅臼": "ラウス"}.items() <= own_kana().items()


def test_a_word_in_kana_finds_what_it_sounds_like(client):
    make_initiative(title="広域観光の推進")
    assert texts("かんこう") == {"カンコウ"}
    read_all()
    assert texts("かんこう") == {"カンコウ", "観光"}
    assert "広域観光" in texts("こういきかんこう")
    assert "<mark>観光</mark>" in client.get("/search/", {"q": "かんこう"}).content.decode()


def test_two_letters_in_katakana_mean_themselves():
    make_initiative(title="歯科医師の確保")
    read_all()
    assert "歯科" in texts("しか")
    assert texts("シカ") == {"シカ"}


def test_a_town_is_not_found_by_a_part_of_its_kana(client):
    make_municipality("釧路市")
    make_initiative(title="石狩湾の鮭")
    read_all()
    assert "石狩" not in client.get("/search/", {"q": "シカ"}).content.decode().partition("<main")[2]


def test_nothing_is_read_twice():
    make_initiative(title="広域観光の推進")
    read_all()
    known = Reading.objects.count()
    with patch.object(reading, "words_of", side_effect=AssertionError):
        read_all()
    assert known == Reading.objects.count() > 0


def test_new_words_make_pages_anew_and_known_ones_do_not():
    make_initiative(title="観光")
    before = ContentVersion.current()
    read_all()
    moved = ContentVersion.current()
    make_initiative(title="観光")
    read_all()
    assert before < moved == ContentVersion.current()


def test_what_is_written_while_words_are_looked_up_is_read_the_next_time():
    initiative = make_initiative(title="観光")
    rebuild()

    def change(text, own):
        Document.objects.filter(row=initiative.pk).update(digest="another")
        yield "カンコウ", "観光"

    with patch.object(reading, "words_of", change):
        read_new()
    assert Document.objects.filter(is_read=False, row=initiative.pk).exists()


def test_the_worker_looks_words_up_with_its_beat():
    make_initiative(title="広域観光の推進")
    rebuild()
    run_worker.look_after()
    assert "観光" in texts("かんこう")


def test_a_worker_that_cannot_look_words_up_goes_on(caplog):
    with patch.object(run_worker, "read_for", side_effect=ImportError("no dictionary")):
        run_worker.look_after()
    assert "could not bring what is kept" in caplog.text


def test_eight_words_in_kana_ask_as_often_as_one(django_assert_num_queries):
    with django_assert_num_queries(2):
        all_ways(["かんこう", "しか", "いじゅう", "べっかい", "らうす", "もり", "うみ", "まち"])


def test_the_index_is_the_same_after_reading(capsys):
    make_initiative(title="広域観光の推進")
    read_all()
    call_command("search_index", check=True)
