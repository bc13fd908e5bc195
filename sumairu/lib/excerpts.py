"""What was searched for, and where it stands in a text: words, their spellings, an excerpt with its hits marked.

>>> words("　くしろ　観光　くしろ")
['くしろ', '観光']
>>> sorted(spellings("ﾎｯｶｲﾄﾞｳ"))
['ほっかいどう', 'ホッカイドウ']
>>> cut = excerpt("道内の市町村が行う観光の取組を支援します。", ["観光"], before=4, after=4)
>>> [(piece.text, piece.is_hit) for piece in cut]
[('…町村が行う', False), ('観光', True), ('の取組を…', False)]
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from string import punctuation
from unicodedata import category, normalize

from sumairu.lib.folding import fold

MOST_WORDS = 8

# 「：（）」 in a text, which what is sought has in normal width.
_TO_WIDE = {ord(mark): ord(mark) + 0xFEE0 for mark in punctuation}
_TO_HIRAGANA = {ord(katakana): ord(katakana) - 0x60 for katakana in map(chr, range(ord("ァ"), ord("ヶ") + 1))}


@dataclass(frozen=True)
class Piece:
    text: str
    is_hit: bool = False


def words(query: str) -> list[str]:
    """The words of a query, each once, in normal width; at most `MOST_WORDS`. Control characters part words."""
    return list(dict.fromkeys(typed(normalize("NFKC", query)).split()))[:MOST_WORDS]


def typed(text: str) -> str:
    """What somebody can have typed into one line: control characters are spaces, and spaces stand alone.

    PostgreSQL takes no text with a NUL in it.
    """
    return " ".join("".join(" " if category(letter).startswith("C") else letter for letter in text).split())


def spellings(word: str) -> set[str]:
    """How a text may have `word`: as it is, in hiragana, in katakana, in today's characters, its marks wide or not."""
    plain = normalize("NFKC", word)
    return {each for each in (plain, fold(plain), plain.translate(_TO_HIRAGANA), plain.translate(_TO_WIDE)) if each}


def marked(text: str, words: Sequence[str]) -> list[Piece]:
    """The whole of `text`, cut where a word begins and ends."""
    alternatives = sorted({spelling for word in words for spelling in spellings(word)}, key=len, reverse=True)
    if not alternatives:
        return [Piece(text)]
    found = re.split(f"({'|'.join(map(re.escape, alternatives))})", text, flags=re.IGNORECASE)
    return [Piece(part, place % 2 == 1) for place, part in enumerate(found) if part]


def has_hit(text: str, words: Sequence[str]) -> bool:
    """Does any of the words stand in `text`?"""
    return any(piece.is_hit for piece in marked(text, words))


def excerpt(text: str, words: Sequence[str], before: int = 30, after: int = 90) -> list[Piece]:
    """The part of `text` around the first word found in it; its beginning where it has none."""
    pieces = marked(text, words)
    first = next((place for place, piece in enumerate(pieces) if piece.is_hit), None)
    start = sum(len(piece.text) for piece in pieces[:first]) if first is not None else 0
    length = len(pieces[first].text) if first is not None else 0
    begin = max(start - before - 1, 0) if start > before + 1 else 0
    end = start + length + after
    cut = text[begin:end]
    return marked(f"{'…' if begin else ''}{cut}{'…' if end < len(text) else ''}", words)
