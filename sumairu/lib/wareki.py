"""Fiscal years as Japanese offices write them.

A fiscal year is an integer, the Gregorian year of its April: 令和3年度 began on 2021-04-01 and is 2021.

>>> [fiscal_year(cell) for cell in ("令和3年度", "Ｒ３", "㍻31年度", "令和元(2019)年度", "2021", 2021.0)]
[2021, 2021, 2019, 2019, 2021, 2021]
>>> [fiscal_year(cell) for cell in ("3年度", "平成28～30年度", "令和3年3月31日", "令和3年度(2020)", "平成40年度")]
[None, None, None, None, None]
>>> fiscal_years_in("令和４年度　市町村別普通交付税決定額"), fiscal_years_in("平成28～30年度の推移")
([2022], [])
>>> era_name(2021), era_name(2019), gregorian_name(2021), full_name(2021)
('令和3年度', '令和元年度', '2021年度', '令和3年度（2021）')
>>> first_day(2021).isoformat(), last_day(2021).isoformat(), fiscal_year_on(date(2022, 3, 31))
('2021-04-01', '2022-03-31', 2021)
"""

import re
from datetime import date
from functools import cache

from sumairu.lib.widths import half_width

FIRST, LAST = 1926, 2099

# Era, its letter, the fiscal years that its first and last year name (元号を改める政令 of 1989 and 2019). An era's last
# year names one although its April fell to the next: 平成31年度 was budgeted so and is 令和元年度, and 昭和64年度, of
# which no April came, is the year that began as 平成元年度. 平成32年度 of old plans never began: it is no year.
ERAS = (("令和", "R", 2019, LAST), ("平成", "H", 1989, 2019), ("昭和", "S", FIRST, 1989))

_SQUARED = str.maketrans({"㋿": "令和", "㍻": "平成", "㍼": "昭和"})
_YEARS_OF = {mark: (first, last) for name, letter, first, last in ERAS for mark in (name, letter)}
_IN_ERA = r"(?:令和|平成|昭和|[RHS])\.?(?:元|[0-9]{1,2})"
_YEAR = rf"(?:{_IN_ERA}|(?:19|20)[0-9][0-9])"
_BRACKET = rf"\({_YEAR}(?:年度?)?\)"
_CELL = re.compile(rf"{_YEAR}(?:年度)?(?:{_BRACKET}(?:年度)?)?")
_PARTS = re.compile(r"(令和|平成|昭和|[RHS])\.?(元|[0-9]+)|([0-9]{4})")

# Inside a longer text a year is stated by 年度, or by an era and a number that no date goes on from; 令和4年度版 is of
# when a book came out.
_STATEMENT = re.compile(
    rf"(?<![0-9A-Za-z])(?:{_YEAR}年度(?!版)(?:{_BRACKET})?|{_YEAR}{_BRACKET}年度"
    rf"|{_IN_ERA}(?:{_BRACKET})?+(?![0-9A-Za-z年]|[./-][0-9]))"
)
# What is left of a text, each statement replaced by §, shows here that they are the ends of a range, or not all.
_MORE_THAN_STATED = re.compile(
    r"[0-9元]年度|[~〜]§|§(?:[~〜]|から|まで|より|以降|以後|以前)"
    r"|[0-9元年度§][‐‑–—―ー−-]§|§[‐‑–—―ー−-][0-9§]"
    r"|[0-9元年](?:[・･,、/&]|と|及び|並びに)§|§[・･,/&][0-9]"
)
_SPACES = re.compile(r"\s+")
_SPACES_BESIDE_JAPANESE = re.compile(r"(?<![0-9A-Za-z])\s+|\s+(?![0-9A-Za-z])")


def fiscal_year(cell: object) -> int | None:
    """The fiscal year that is all a cell says; None where it says less, more, or two that differ: never a guess.

    A cell holds text or a number. 「令和3年」 without 度 is a calendar year and no answer.
    """
    if isinstance(cell, int | float):  # also True, which is 1 and no year
        return int(cell) if FIRST <= cell <= LAST and cell == int(cell) else None
    if not isinstance(cell, str):
        return None
    text = _SPACES.sub("", _plain(cell))
    if not _CELL.fullmatch(text):
        return None
    stated = {_gregorian(*part.groups()) for part in _PARTS.finditer(text)}
    return stated.pop() if len(stated) == 1 else None


def fiscal_years_in(text: str) -> list[int]:
    """The fiscal years that a title or a sheet's name states, in order, each once.

    None of them where the text says more than can be read (a range, 「令和3・4年度」): half of what it says would be a
    guess. Calendar years and dates are not fiscal years and are passed over.
    """
    if (year := fiscal_year(text)) is not None:
        return [year]
    text = _SPACES_BESIDE_JAPANESE.sub("", _plain(text).replace("§", ""))
    years = dict.fromkeys(map(fiscal_year, _STATEMENT.findall(text)))
    if None in years or _MORE_THAN_STATED.search(_STATEMENT.sub("§", text)):
        return []
    return [year for year in years if year is not None]


def without_fiscal_years(text: str) -> str:
    """A text without the fiscal years that it states."""
    return _STATEMENT.sub("", _plain(text))


def era_name(year: int) -> str:
    """「令和3年度」 of 2021; the year in which an era began is called 元年度 throughout."""
    if not FIRST <= year <= LAST:  # no constraint lets it in; should it stand in a row, it must not take a page with it
        return f"西暦{year}年度"
    name, first = next((name, first) for name, _, first, _ in ERAS if year >= first)
    return f"{name}{'元' if year == first else year - first + 1}年度"


def gregorian_name(year: int) -> str:
    """「2021年度」."""
    return f"{year}年度"


@cache
def full_name(year: int) -> str:
    """「令和3年度（2021）」, as headings and links show a year."""
    return f"{era_name(year)}（{year}）"


def fiscal_year_on(day: date) -> int:
    """The fiscal year that `day` lies in: from April to March (地方自治法 第208条)."""
    return day.year if day.month >= 4 else day.year - 1


def first_day(year: int) -> date:
    """1 April. A year that no calendar has counts as the nearest that it has: one bad row costs no page."""
    return date(min(max(year, 1), 9998), 4, 1)


def last_day(year: int) -> date:
    return first_day(year + 1).replace(month=3, day=31)


def _plain(text: str) -> str:
    return half_width(text).translate(_SQUARED)


def _gregorian(era: str | None, year: str, gregorian: str | None) -> int | None:
    if gregorian:
        return int(gregorian) if FIRST <= int(gregorian) <= LAST else None
    first, last = _YEARS_OF[str(era)]
    counted = first - 1 + (1 if year == "元" else int(year))
    return counted if first <= counted <= last else None
