"""Text as the index of the search keeps it: folded, and cut into overlapping pairs of characters.

Japanese has no spaces, and most of its words have two characters. Where each pair is kept, and the last character by
itself, every part of a text is a row of pairs, be it one character, two or a sentence:

>>> pairs("観光地")
['観光', '光地', '地']
>>> row_of("観光"), row_of("観光地"), row_of("観")
(['観光'], ['観光', '光地'], None)
>>> letters("R3-1 （仮）\\u200b") == letters("ｒ３－１(仮)"), len(letters("R3-1(仮)"))
(True, 7)
"""

from functools import lru_cache
from string import punctuation
from unicodedata import category, normalize

from sumairu.lib.folding import fold

# Databases part words at ASCII marks and give some a meaning in a query: in the index each stands as a private character.
_PRIVATE = {ord(mark): 0xE000 + ord(mark) for mark in punctuation}


def letters(text: str) -> str:
    """`text` folded, without what cannot be seen, and with letters alone: what is compared."""
    return as_letters(fold_long("".join(map(_seen, text)) if not text.isprintable() else text))


def as_letters(text: str) -> str:
    return text.translate(_PRIVATE)


def fold_long(text: str) -> str:
    """`fold`, which remembers what it was asked, for texts too long for that."""
    return fold.__wrapped__(text)


def pairs(text: str) -> list[str]:
    """The pairs of what `letters` gave, then its last character."""
    return [text[place : place + 2] for place in range(len(text))]


def row_of(word: str) -> list[str] | None:
    """The pairs that stand in a row where `word` stands; None for one character, with which pairs begin."""
    return pairs(word)[:-1] or None


def folded_places(text: str) -> tuple[str, list[tuple[int, int]]]:
    """`text` folded, and of each folded character where what it was made of begins and ends in `text`.

    >>> folded_places("ｶﾞ 観")
    ('ガ観', [(0, 2), (3, 4)])
    """
    folded: list[str] = []
    places: list[tuple[int, int]] = []
    start = 0
    for end in [*(place for place in range(1, len(text)) if not _joins(text[place])), len(text)]:
        characters = _folded(text[start:end])
        folded.append(characters)
        places += [(start, end)] * len(characters)
        start = end
    joined = "".join(folded)
    whole = fold_long(joined)  # what a character is may hang on the one before it, as ー does
    return whole if len(whole) == len(joined) else joined, places


@lru_cache(20_000)
def _folded(cluster: str) -> str:
    return fold_long("".join(map(_seen, cluster)))


@lru_cache(20_000)
def _joins(character: str) -> bool:
    """Is it a mark of the character before it, as ﾞ is and every combining mark?"""
    return (
        character in "ﾞﾟ"
        or category(character).startswith("M")
        or normalize("NFKC", character)[:1] in ("\u3099", "\u309a")
    )


@lru_cache(20_000)
def _seen(character: str) -> str:
    return " " if category(character).startswith("C") else character
