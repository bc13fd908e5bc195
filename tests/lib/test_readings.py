import pytest
from hypothesis import given
from hypothesis import strategies as st

from sumairu.lib.readings import LONGEST, Token, composed, is_spelled, stretches, words_read

KNOWN = {"コウイキ": ["広域"], "カンコウ": ["観光", "刊行"], "フルサト": ["ふるさと"], "ノウゼイ": ["納税"]}


@pytest.mark.parametrize(
    ("word", "may_be"),
    [
        ("かんこう", True),
        ("しか", True),
        ("シカ", False),
        ("コンブ", True),
        ("まーじゃん", True),
        ("か", False),
        ("観光", False),
        ("かんこう地", False),
        ("kankou", False),
        ("", False),
        ("か" * (LONGEST + 1), False),
    ],
)
def test_what_may_be_meant_for_its_sound(word, may_be):
    assert is_spelled(word) == may_be


@pytest.mark.parametrize(
    ("kana", "words"),
    [
        ("カンコウ", ["観光", "刊行"]),
        ("コウイキカンコウ", ["広域観光", "広域刊行"]),
        ("フルサトノウゼイ", ["ふるさと納税"]),
        ("カンコ", []),
        ("カンコウチ", []),
        ("", [""]),
    ],
)
def test_kana_spells_what_is_known_in_full(kana, words):
    assert composed(kana, KNOWN) == words


def test_many_that_sound_alike_are_cut():
    assert len(composed("カイカイカイカイ", {"カイ": list("会海回階界")}, most=12)) == 12


@given(st.text("アカサ", min_size=2, max_size=LONGEST), st.dictionaries(st.text("アカサ", min_size=2), st.just(["x"])))
def test_all_that_composing_looks_up_was_asked_for(kana, known):
    asked = {part: known[part] for part in stretches(kana) if part in known}
    assert composed(kana, asked) == composed(kana, known)


def noun(text, kana, **kw):
    return Token(text, kana, is_noun=True, **kw)


PARTICLE = Token("の", "ノ", is_noun=False)


@pytest.mark.parametrize(
    ("tokens", "read"),
    [
        pytest.param([noun("観光", "カンコウ"), PARTICLE], [("カンコウ", "観光")], id="a noun"),
        pytest.param(
            [noun("観光", "カンコウ"), noun("地", "チ"), noun("費", "ヒ")],
            [("カンコウ", "観光"), ("カンコウチ", "観光地"), ("カンコウチヒ", "観光地費")],
            id="one kana belongs to the noun before",
        ),
        pytest.param([noun("地", "チ")], [], id="one kana alone"),
        pytest.param([noun("観光", "カンコウ"), PARTICLE, noun("地", "チ")], [("カンコウ", "観光")], id="apart"),
        pytest.param([noun("RESAS", "RESAS"), noun("１", "イチ")], [], id="no Japanese word"),
        pytest.param([noun("﨟", "")], [], id="not known"),
        pytest.param(
            [noun("別海町", "ベツカイチョウ", is_proper=True)],
            [("ベツカイチョウ", "別海町"), ("ベツカイ", "別海")],
            id="a name of ours in full",
        ),
        pytest.param([noun("別海", "ベッカイ", is_proper=True)], [("ベツカイ", "別海")], id="a name of ours"),
        pytest.param(
            [noun("豊富", "ホウフ")], [("トヨトミ", "豊富"), ("ホウフ", "豊富")], id="a name that is a word, too"
        ),
    ],
)
def test_the_nouns_of_a_text(tokens, read):
    assert list(words_read(tokens, {"別海町": "ベツカイチョウ", "別海": "ベツカイ", "豊富": "トヨトミ"})) == read
