"""How else a text may write what somebody looks for: a fiscal year, a code, a long number, a long vowel at a word's end.

What comes back is folded, and each stands in a text by itself: a year's count of one digit is followed by what ends it,
since 平成3 begins 平成30年度, too.

>>> year_wordings("令和3年度") == year_wordings("2021") == year_wordings("令和三年") == year_wordings("二〇二一年度")
True
>>> year_wordings("令和3年度")
['令和3年', '令和3(', '令和3.', '令和三年', 'r3年', 'r3(', 'r3.', '2021']
>>> year_wordings("H31"), year_wordings("令和元年"), year_wordings("3年度")
(['h31', '平成31', '平成三十一年', '令和元', '令和1年', '令和1(', '令和1.', 'r元', 'r1年', 'r1(', 'r1.', '2019'], \
['平成31', '平成三十一年', 'h31', '令和元', '令和1年', '令和1(', '令和1.', 'r元', 'r1年', 'r1(', 'r1.', '2019'], [])
>>> code_wordings("012068"), code_wordings("12068"), code_wordings("12345678")
(['012068', '01206'], ['12068', '012068', '01206'], [])
>>> number_wordings("45億8000万円"), number_wordings("45億8,000万円"), number_wordings("32人")
(['45億8000万円', '45億8,000万円'], ['45億8,000万円', '45億8000万円'], [])
>>> vowel_wordings("サポーター"), vowel_wordings("シカ")
(['サポーター', 'サポータ'], [])
"""

import re

from sumairu.lib.codes import six_digits
from sumairu.lib.folding import fold
from sumairu.lib.kanji_numbers import DIGITS, in_digits, in_kanji
from sumairu.lib.wareki import ERAS, fiscal_year

_ENDS = ("年", "(", ".")
_IN_KANJI = re.compile(rf"(?<=令和|平成|昭和)[十{DIGITS}]+|^[一二][{DIGITS}]{{3}}(?=年|$)")
_BY_LETTER = re.compile(r"[a-z]")
_CODE = re.compile(r"[0-9]{5,6}")
_COMMA = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
_LONG_NUMBER = re.compile(r"(?<![0-9.-])[1-9][0-9]{3,}(?![0-9-])")
_LONG_AT_END = re.compile(r"[ァ-ヺー]{3,}ー")


def wordings(word: str) -> list[str]:
    """All of them, the usual one first; of an ordinary word that is the word itself."""
    found = year_wordings(word) or code_wordings(word) or number_wordings(word) or vowel_wordings(word)
    return found or [fold(word)]


def year_wordings(word: str) -> list[str]:
    """Of a fiscal year or year: in the eras that name it, by letter, and of our calendar. None of what is no year.

    Whoever types a letter may mean something else (H3ロケット), so that the word itself stays.
    """
    folded = fold(word)
    in_figures = _IN_KANJI.sub(lambda kanji: in_digits(kanji[0]), folded.upper())
    year = fiscal_year(in_figures.removesuffix("度").removesuffix("年"))
    if year is None:
        return []
    typed = [folded.removesuffix("度").removesuffix("年")] if _BY_LETTER.match(folded) else []
    in_eras = [
        written
        for name, letter, first, last in reversed(ERAS)
        if first <= year <= last
        for mark in (name, letter.casefold())
        for written in _counted(mark, year - first + 1, last - first + 1)
    ]
    return list(dict.fromkeys([*typed, *in_eras, str(year)]))


def code_wordings(word: str) -> list[str]:
    """Of a municipality's code: with its check digit and without, and as it was typed."""
    folded = fold(word)
    code = six_digits(folded) if _CODE.fullmatch(folded) else None
    return list(dict.fromkeys([folded, code, code[:5]])) if code else []


def number_wordings(word: str) -> list[str]:
    """Of a number from a thousand on: as it was typed, without commas and with them."""
    folded = fold(word)
    plain = _COMMA.sub("", folded)
    with_commas = _LONG_NUMBER.sub(lambda number: f"{int(number[0]):,}", plain)
    return list(dict.fromkeys([folded, plain, with_commas])) if plain != with_commas else []


def vowel_wordings(word: str) -> list[str]:
    """Of a word in katakana that ends in a long vowel, which offices leave out: コンピューター, コンピュータ."""
    folded = fold(word)
    return [folded, folded[:-1]] if _LONG_AT_END.fullmatch(folded) else []


def _counted(mark: str, count: int, most: int) -> list[str]:
    """`mark` with a year's count, as it may stand in a text; `most` is the greatest count of the era."""
    first = [f"{mark}元"] if count == 1 else []
    goes_on = 10 * count <= most
    in_kanji_too = [] if count == 1 or _BY_LETTER.match(mark) else [f"{mark}{in_kanji(count)}年"]
    return first + [f"{mark}{count}{end}" for end in (_ENDS if goes_on else ("",))] + in_kanji_too
