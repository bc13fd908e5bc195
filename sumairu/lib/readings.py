"""How words are read, so that かんこう finds 観光: which words a text has, and which of them a kana spells.

>>> known = {"コウイキ": ["広域"], "カンコウ": ["観光", "刊行"]}
>>> composed("コウイキカンコウ", known), composed("カンコ", known)
(['広域観光', '広域刊行'], [])
>>> is_spelled("かんこう"), is_spelled("コンブ"), is_spelled("シカ"), is_spelled("観光")
(True, True, False, False)
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

SHORTEST, LONGEST = 2, 20  # kana

_HIRAGANA = re.compile(rf"[ぁ-ゖー]{{{SHORTEST},{LONGEST}}}")
# Two letters in katakana are a word by themselves: シカ is no 歯科.
_KATAKANA = re.compile(rf"[ァ-ヺー]{{{SHORTEST + 1},{LONGEST}}}")
_KANA = re.compile(r"[ァ-ヺー]+")
_WORD = re.compile(r"[一-鿿㐀-䶿々〆ぁ-ゖァ-ヺー]+")


class Token(NamedTuple):
    """A piece of a text as a dictionary reads it, in katakana; `is_noun` where it may be, or end, the name of a thing."""

    text: str
    kana: str
    is_noun: bool
    is_proper: bool = False


def is_spelled(word: str) -> bool:
    """May `word` be meant for what it sounds like?"""
    return bool(_HIRAGANA.fullmatch(word) or _KATAKANA.fullmatch(word))


def stretches(kana: str) -> set[str]:
    """All parts of `kana` that may be a word."""
    ends = range(SHORTEST, len(kana) + 1)
    return {kana[start:end] for end in ends for start in range(end - SHORTEST + 1)}


def composed(kana: str, known: Mapping[str, Sequence[str]], most: int = 12) -> list[str]:
    """What `kana` spells in full, as words put together, those of fewest words first; at most `most`."""
    ways: list[list[str]] = [[] for _ in kana] + [[""]]
    for start in reversed(range(len(kana))):
        longest_first = range(len(kana), start + SHORTEST - 1, -1)
        found = (word + rest for end in longest_first for word in known.get(kana[start:end], ()) for rest in ways[end])
        ways[start] = [way for way, _ in zip(found, range(most), strict=False)]
    return ways[0]


def words_read(tokens: Iterable[Token], own: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The nouns of a text as pairs of kana and word. What has `own` kana is never read as a dictionary reads a name.

    What is read in a single kana (地, 費) is no word that anybody looks for, and belongs to the noun before it.
    """
    before = Token("", "", is_noun=False)
    for token in tokens:
        if not token.is_noun or not _WORD.fullmatch(token.text) or not _KANA.fullmatch(token.kana):
            before = Token("", "", is_noun=False)
            continue
        if token.text in own:  # 別海町 says 別海, too
            yield from ((own[name], name) for name in (token.text, token.text[:-1]) if name in own)
        if len(token.kana) < SHORTEST and before.is_noun:
            token = Token(before.text + token.text, before.kana + token.kana, is_noun=True)
        if SHORTEST <= len(token.kana) <= LONGEST and not (token.is_proper and token.text in own):
            yield token.kana, token.text
        before = token
