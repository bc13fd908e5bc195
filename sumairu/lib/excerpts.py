"""What was searched for, and where it stands in a text: words, an excerpt with its hits marked.

>>> query_words("　くしろ　観光　くしろ")
['くしろ', '観光']
>>> cut = excerpt("道内の市町村が行う観光の取組を支援します。", ["観光"], before=4, after=4)
>>> [(piece.text, piece.is_hit) for piece in cut]
[('…町村が行う', False), ('観光', True), ('の取組を…', False)]
>>> [piece.text for piece in marked("釧路の カヌー（ｶﾇｰ）", ["かぬー"]) if piece.is_hit]
['カヌー', 'ｶﾇｰ']
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from unicodedata import category, normalize

from sumairu.lib.folding import fold
from sumairu.lib.pairs import fold_long, folded_places

MOST_WORDS = 8


@dataclass(frozen=True)
class Piece:
    text: str
    is_hit: bool = False


def query_words(query: str) -> list[str]:
    """The words of a query, each once, in normal width; at most `MOST_WORDS`. Control characters part words."""
    return list(dict.fromkeys(typed(normalize("NFKC", query)).split()))[:MOST_WORDS]


def typed(text: str) -> str:
    """What somebody can have typed into one line: control characters are spaces, and spaces stand alone.

    PostgreSQL takes no text with a NUL in it.
    """
    return " ".join("".join(" " if category(letter).startswith("C") else letter for letter in text).split())


def marked(text: str, words: Sequence[str]) -> list[Piece]:
    """The whole of `text`, cut where a word, in whatever spelling, begins and ends."""
    cuts: list[int] = []
    for begin, end in _hits(text, words):
        if cuts and begin <= cuts[-1]:
            cuts[-1] = max(cuts[-1], end)
        else:
            cuts += [begin, end]
    edges = list(pairwise([0, *cuts, len(text)]))
    return [Piece(text[begin:end], number % 2 == 1) for number, (begin, end) in enumerate(edges) if begin < end]


def has_hit(text: str, words: Sequence[str]) -> bool:
    """Does any of the words stand in `text`?"""
    folded = fold_long(text)
    return any(word in folded for word in map(fold, words) if word)


def excerpt(text: str, words: Sequence[str], before: int = 30, after: int = 90) -> list[Piece]:
    """The part of `text` around the first word found in it; its beginning where it has none."""
    start, stop = next(iter(_hits(text, words)), (0, 0))
    begin = max(start - before - 1, 0) if start > before + 1 else 0
    end = stop + after
    return marked(f"{'…' if begin else ''}{text[begin:end]}{'…' if end < len(text) else ''}", words)


def _hits(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where words stand in `text`, from its beginning on."""
    if not has_hit(text, words):
        return []
    folded, places = folded_places(text)
    found = set()
    for word in filter(None, map(fold, words)):
        at = folded.find(word)
        while at >= 0:
            found.add((places[at][0], places[at + len(word) - 1][1]))
            at = folded.find(word, at + 1)
    return sorted(found)
