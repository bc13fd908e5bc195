"""The names that are most like a text, of many names and for many texts.

>>> towns = Nearest({"札幌市": "01100", "新札幌": "駅", "さっぽろし": "01100", "函館市": "01202"})
>>> towns("札幌"), towns("北札幌市"), towns("根室")
(['01100', '駅'], ['01100', '駅'], [])

First come names of which one character alone is another, since that is how a name is mistaken: 別街町 is 別海町, though to a
program many towns in …別町 are as like it.

>>> Nearest({name: name for name in ("遠別町", "津別町", "別海町")})("別街町")
['別海町', '遠別町', '津別町']

The others are those of `difflib.get_close_matches`, which looks at every name for every text. A name can only be that like a
text if half of the characters of both are the same, so no other is looked at.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from difflib import get_close_matches
from operator import ne
from typing import Generic, TypeVar

from sumairu.lib.folding import fold

MOST, CUTOFF = 5, 0.5

Named = TypeVar("Named")


class Nearest(Generic[Named]):
    """Asked for a text, it gives the values of the folded `names` that are most like it, each value once."""

    def __init__(self, names: Mapping[str, Named]):
        self._names = names
        self._having: dict[str, list[tuple[str, int]]] = defaultdict(list)  # by each character the names, how often
        for name in names:
            for character, count in Counter(name).items():
                self._having[character].append((name, count))
        self._known: dict[str, list[Named]] = {}

    def __call__(self, text: str) -> list[Named]:
        folded = fold(text)
        if folded not in self._known:
            alike = self._alike(folded)
            mistaken = [name for name in alike if _one_is_another(name, folded)]
            close = get_close_matches(folded, alike, n=3 * MOST, cutoff=CUTOFF)
            self._known[folded] = list(dict.fromkeys(self._names[name] for name in (*mistaken, *close)))[:MOST]
        return self._known[folded]

    def _alike(self, text: str) -> list[str]:
        """The names that share as many characters with `text` as they must, in whatever order."""
        shared: Counter[str] = Counter()
        for character, count in Counter(text).items():
            for name, times in self._having.get(character, ()):
                shared[name] += min(count, times)
        return [name for name, count in shared.items() if 2 * count >= CUTOFF * (len(text) + len(name))]


def _one_is_another(name: str, text: str) -> bool:
    """Are the two as long, and alike but for one character?"""
    return len(name) == len(text) and sum(map(ne, name, text)) == 1
