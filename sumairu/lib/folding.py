"""Text as it is compared: width, case, kana and spaces put aside, old characters brought to today's.

>>> fold("　ﾎｯｶｲﾄﾞｳ　応援団 会議")
'ホッカイドウ応援団会議'
>>> fold("くしろ") == fold("クシロ"), fold("Rausu") == fold("ｒａｕｓｕ"), fold("瀧川 當別") == fold("滝川当別")
(True, True, True)

A hyphen and the mark of a long vowel look alike, and keyboards give many more that do:

>>> fold("サポ－ト") == fold("サポート"), fold("ｋｕｓｈｉｒｏー２０２１―１")
(True, 'kushiro-2021-1')
"""

import re
from functools import lru_cache
from unicodedata import normalize

from sumairu.lib.old_characters import TODAYS

_KATAKANA = {ord(hiragana): ord(hiragana) + 0x60 for hiragana in map(chr, range(ord("ぁ"), ord("ゖ") + 1))}
# Behind a character there may be a mark of which of its drawings is meant (辻󠄀).
_DRAWINGS = dict.fromkeys([*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)])
_TO_COMPARE = TODAYS | _KATAKANA | _DRAWINGS
_SPACES = re.compile(r"\s+")
_LONG_VOWEL = re.compile(r"(?<=[ァ-ヺ])[-‐‑‒–—―−]")
_HYPHEN = re.compile(r"(?<=[0-9a-z])[‐‑‒–—―−ー]")


@lru_cache(20_000)  # a workbook says the same names and headers thousands of times
def fold(text: str) -> str:
    """`text` for comparing, never for showing: two spellings of one name fold to the same string."""
    folded = _SPACES.sub("", normalize("NFKC", text).casefold().translate(_TO_COMPARE))
    return _HYPHEN.sub("-", _LONG_VOWEL.sub("ー", folded))
