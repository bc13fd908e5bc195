import pytest
from hypothesis import given
from hypothesis import strategies as st

from sumairu.lib.excerpts import MOST_WORDS, excerpt, has_hit, marked, query_words

TEXT = st.text(alphabet="くしろクシロ観光%_.*[(\\ AaＡ", max_size=60)


def shown(pieces):
    return "".join(f"[{piece.text}]" if piece.is_hit else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param("くしろ　観光", ["くしろ", "観光"], id="wide space"),
        pytest.param("ｸｼﾛ", ["クシロ"], id="half width"),
        pytest.param("a\x00b\x1f", ["a", "b"], id="control characters"),
        pytest.param(" 　\t", [], id="spaces alone"),
        pytest.param("あ い う え お か き く け こ", list("あいうえおかきく"), id="too many"),
    ],
)
def test_a_query_is_a_few_words(query, found):
    assert query_words(query) == found
    assert len(found) <= MOST_WORDS


@pytest.mark.parametrize("spelling", ["くしろ", "クシロ", "ｸｼﾛ"])
def test_a_word_is_sought_in_both_kana(spelling):
    assert has_hit("くしろ", [spelling])
    assert has_hit("クシロ", [spelling])


@pytest.mark.parametrize("name", ["見本：地域の行事を支える交付金", "交付金（補助）", "観光!"])
def test_a_name_finds_itself_as_it_is_written(name):
    assert has_hit(name, query_words(name))


@pytest.mark.parametrize(
    ("text", "sought", "result"),
    [
        pytest.param("くしろの観光", ["観光"], "くしろの[観光]", id="at the end"),
        pytest.param("クシロとくしろ", ["くしろ"], "[クシロ]と[くしろ]", id="both kana"),
        pytest.param("RESASとresas", ["resas"], "[RESAS]と[resas]", id="both cases"),
        pytest.param("100%", ["%"], "100[%]", id="a sign"),
        pytest.param("釧路のｶﾞｲﾄﾞ（案内）", ["ガイド(案内"], "釧路の[ｶﾞｲﾄﾞ（案内]）", id="half width, a wide mark"),
        pytest.param("㍿観光 が", ["株式会社"], "[㍿]観光 が", id="one character for four"),
        pytest.param("釧　路\n市", ["釧路"], "[釧　路]\n市", id="spaces between"),
        pytest.param("観光観光", ["観光観", "光観光"], "[観光観光]", id="hits that overlap"),
        pytest.param("瀧川と滝川", ["滝川"], "[瀧川]と[滝川]", id="an old character"),
        pytest.param("観光", [], "観光", id="nothing sought"),
    ],
)
def test_hits_are_marked(text, sought, result):
    assert shown(marked(text, sought)) == result


def test_an_excerpt_is_cut_around_the_first_hit():
    text = "前" * 100 + "観光" + "後" * 200
    assert shown(excerpt(text, ["観光"], before=3, after=4)) == "…前前前前[観光]後後後後…"


def test_an_excerpt_without_a_hit_is_the_beginning():
    assert shown(excerpt("あ" * 100, ["観光"], before=3, after=4)) == "ああああ…"
    assert shown(excerpt("短い", ["観光"])) == "短い"


@given(text=TEXT, query=TEXT)
def test_marking_changes_no_letter(text, query):
    assert "".join(piece.text for piece in marked(text, query_words(query))) == text
