"""What differs between two texts, letter by letter and word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sumairu.lib.differences import LETTERS, pieces, words

CUTS = pytest.mark.parametrize("cut", [list, words], ids=["letters", "words"])
texts = st.text(st.sampled_from("令和年度の補助率、。はにをカタナ1234,.%ABｱ\n 🏔"), max_size=60)


@CUTS
@given(before=texts, after=texts)
def test_each_side_can_be_read_from_the_pieces(cut, before, after):
    found = pieces(before, after, cut)
    assert "".join(text for kind, text in found if kind != "new") == before
    assert "".join(text for kind, text in found if kind != "gone") == after


@given(st.text(max_size=100))
def test_words_lose_nothing(text):
    assert "".join(words(text)) == text


@CUTS
@given(text=texts)
def test_a_text_does_not_differ_from_itself(cut, text):
    assert pieces(text, text, cut) == ([("same", text)] if text else [])


@pytest.mark.parametrize(
    ("before", "after", "marked"),
    [
        ("上限は1,000万円です。", "上限は1,200万円です。", [("gone", "1,000"), ("new", "1,200")]),
        ("町村が申請できます。", "市町村が申請できます。", [("gone", "町村"), ("new", "市町村")]),
        ("郵送で申請します。", "郵送かメールで申請します。", [("new", "かメール")]),
        ("令和6年度まで", "令和7年度まで", [("gone", "6"), ("new", "7")]),
    ],
)
def test_whole_words_are_marked(before, after, marked):
    assert [piece for piece in pieces(before, after, words) if piece[0] != "same"] == marked


def test_what_is_long_goes_and_comes_whole():
    before, after = "あ" * (LETTERS + 1), "い" * (LETTERS + 1)
    assert pieces(before, after, words) == [("gone", before), ("new", after)]
