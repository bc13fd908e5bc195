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
def test_the_nearest_names_are_those_of_difflib(names, texts):
    find = Nearest(names)
    for text in texts * 2:
        close = get_close_matches(fold(text), names, n=15, cutoff=0.5)
        assert find(text) == list(dict.fromkeys(names[name] for name in close))[:5]


def test_a_text_is_compared_once_and_only_with_names_that_can_be_like_it(monkeypatch):
    compared = []

    def close_matches(text, names, **kw):
        compared.append((text, sorted(names)))
        return get_close_matches(text, names, **kw)

    monkeypatch.setattr(nearest, "get_close_matches", close_matches)
    find = Nearest({"札幌市": 1, "函館市": 2, "新札幌": 3})
    assert [find("札幌") for _ in range(3)] == [[1, 3]] * 3
    assert compared == [("札幌", ["新札幌", "札幌市"])]
