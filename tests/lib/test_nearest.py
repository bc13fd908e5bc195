from collections import Counter
from difflib import get_close_matches

from hypothesis import given, settings
from hypothesis import strategies as st

from sumairu.lib import nearest
from sumairu.lib.folding import fold
from sumairu.lib.nearest import Nearest
from tests.exhaustive import ALL

NAMES = st.text("札幌函館町村市新北ッっＡa", min_size=1, max_size=9)


@given(st.text(" 　", max_size=2))
def test_a_text_of_nothing_is_like_no_name(text):
    assert Nearest({"": 1, "札幌市": 2})(text) == []


@settings(max_examples=1000 if ALL else 30)
@given(st.dictionaries(NAMES.map(fold), st.integers(0, 5), max_size=30), st.lists(NAMES, max_size=5))
def test_the_nearest_names_are_those_of_difflib_after_those_with_one_character_wrong(names, texts):
    find = Nearest(names)
    for text in texts * 2:
        folded = fold(text)
        close = get_close_matches(folded, names, n=15, cutoff=0.5)
        found, mistaken = find(text), {names[name] for name in names if is_mistaken(name, folded)}
        assert set(found[: len(mistaken)]) <= mistaken
        assert [value for value in found if value not in mistaken] == list(
            dict.fromkeys(names[name] for name in close if names[name] not in mistaken)
        )[: max(5 - len(mistaken), 0)]


def is_mistaken(name, text):
    """One character alone is another, and half of both are alike."""
    if len(name) != len(text) or [a == b for a, b in zip(name, text, strict=True)].count(False) != 1:
        return False
    return 2 * (Counter(name) & Counter(text)).total() >= len(name)


def test_a_town_mistaken_in_one_character_comes_before_the_many_that_are_as_like_it():
    towns = ["陸別町", "遠別町", "湧別町", "津別町", "本別町", "当別町", "初山別村", "別海町"]
    assert Nearest({name: name for name in towns})("別街町")[0] == "別海町"


def test_a_text_is_compared_once_and_only_with_names_that_can_be_like_it(monkeypatch):
    compared = []

    def close_matches(text, names, **kw):
        compared.append((text, sorted(names)))
        return get_close_matches(text, names, **kw)

    monkeypatch.setattr(nearest, "get_close_matches", close_matches)
    find = Nearest({"札幌市": 1, "函館市": 2, "新札幌": 3})
    assert [find("札幌") for _ in range(3)] == [[1, 3]] * 3
    assert compared == [("札幌", ["新札幌", "札幌市"])]
