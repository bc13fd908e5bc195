"""Number formats under which a number is not simply what it is: `0.0%`, `#,##0,` (thousands), `0.0"億円"`.

>>> [matters(code) for code in ("General", "#,##0.0;[Red]-#,##0", '#,##0_ ;"△ "#,##0', "0%", '0.0"億円"', "#,##0,")]
[False, False, False, True, True, True]
>>> style_of('0.0"億円"'), style_of('"平成"0"年度"'), style_of("#,##0,,"), style_of("0.0%"), style_of('[<10]"約"0;0"人"')
(Style(before='', after='億円', divisor=1), Style(before='平成', after='年度', divisor=1), \
Style(before='', after='', divisor=1000000), Style(before='', after='%', divisor=1), None)
>>> [(shows_day(code), shows_fiscal_year(code)) for code in ('[$-411]ggge"年度";@', '[$-411]ge.m.d', '"令和"0"年度"', "0.00E+00")]
[(True, True), (True, False), (False, False), (False, False)]
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple

from sumairu.lib.workbooks import messages
from sumairu.lib.workbooks.files.admission import Refused

# Of the formats that files name by number alone, those of numbers; as Excel has them in Japan.
_BUILT_IN = {"1": "0", "2": "0.00", "3": "#,##0", "4": "#,##0.00", "9": "0%", "10": "0.00%"}
_BUILT_IN |= dict.fromkeys(("37", "38", "41", "42"), "#,##0;-#,##0")
_BUILT_IN |= dict.fromkeys(("39", "40", "43", "44"), "#,##0.00;-#,##0.00")
# The dates among the built-in formats are those of Japanese Excel (ECMA-376, 18.8.30).
_BUILT_IN |= dict.fromkeys(("27", "36", "50", "57"), "[$-411]ge.m.d")
_BUILT_IN |= dict.fromkeys(("28", "29", "51", "54", "58"), '[$-411]ggge"年"m"月"d"日"')
_BUILT_IN |= {"30": "m/d/yy", "31": 'yyyy"年"m"月"d"日"', "32": 'h"時"mm"分"', "33": 'h"時"mm"分"ss"秒"'}
_BUILT_IN |= dict.fromkeys(("34", "52", "55"), 'yyyy"年"m"月"') | dict.fromkeys(("35", "53", "56"), 'm"月"d"日"')
# A literal in quotes or behind a backslash, a colour or locale in brackets, padding, and fill.
_LITERAL = re.compile(r'"([^"]*)"|\\(.)')
_DRESS = re.compile(r"\[(?:Black|Blue|Cyan|Green|Magenta|Red|White|Yellow|Color ?\d+|\$[^\]]*|DBNum\d)\]|_.|\*.", re.I)
_DIGITS = re.compile(r"[#0?][#0?,. ]*")
_GENERAL = re.compile(r"General|G/標準", re.I)
_EXPONENT = re.compile(r"E[+-]0+", re.I)
_DATE = re.compile(r"[ymdhsge]", re.I)

# What a format says behind a year that is a fiscal year.
FISCAL_YEAR = "年度"

# What Excel takes for a number format at most; and of styles, about 65,000.
LONGEST_FORMAT, MOST_STYLES = 255, 66_000

# Which formats a reader of files keeps at the numbers that have them.
Telling = Callable[[str], bool]


class Style(NamedTuple):
    """How a number is shown: texts before and after it, and what it is divided by first."""

    before: str
    after: str
    divisor: int


def matters(code: str) -> bool:
    """Does the format change what a number means? One that cannot be taken apart does."""
    return style_of(code) != Style("", "", 1)


def any_format(code: str) -> bool:
    """Does the format say anything at all of how a number is shown?"""
    return code not in ("General", "")


@lru_cache(maxsize=1024)
def style_of(code: str) -> Style | None:
    """How `code` shows a positive number; None where the format is more than can be taken apart here."""
    if code.startswith(";"):  # of which nothing is seen
        return None
    bare, texts = _taken_apart(code)
    if bare.strip() in ("@", ""):
        return Style("", "", 1)
    digits = list(_DIGITS.finditer(bare))
    if len(digits) != 1 or '"' in bare or "[" in bare or _DATE.search(bare):
        return None
    before, after = bare[: digits[0].start()], bare[digits[0].end() :]
    literals = iter(texts)
    before, after = (re.sub("\x00", lambda _: next(literals), side).strip() for side in (before, after))
    commas = len(digits[0][0].rstrip()) - len(digits[0][0].rstrip().rstrip(","))
    return Style(before, after, 1000**commas)


@lru_cache(maxsize=1024)
def shows_day(code: str) -> bool:
    """Does `code` show a number as a date or a time of day? calamine knows no 令和."""
    bare, _ = _taken_apart(code)
    return _DATE.search(bare) is not None and not re.search(r"[#0?]", bare)


@lru_cache(maxsize=1024)
def shows_fiscal_year(code: str) -> bool:
    """Does it show of a date its year alone, and call that 年度?"""
    bare, texts = _taken_apart(code)
    return FISCAL_YEAR in texts and shows_day(code) and not re.search(r"[mdhs]", bare, re.I)


def _taken_apart(code: str) -> tuple[str, list[str]]:
    """How positive numbers are shown: without what only dresses, a mark for each literal, and the literals."""
    section = _DRESS.sub("", code).split(";")[0]  # a quoted semicolon leaves a quote open, which is odd
    texts = [quoted or escaped for quoted, escaped in _LITERAL.findall(section)]
    return _EXPONENT.sub("", _GENERAL.sub("0", _LITERAL.sub("\x00", section))), texts


def admit_format(code: str) -> str:
    """The same code. Raises Refused where it is longer than any spreadsheet's: taking it apart would have no end."""
    if len(code) > LONGEST_FORMAT:
        raise Refused(messages.FORMAT_TOO_LONG.format(start=code[:20], letters=len(code), most=LONGEST_FORMAT))
    return code


def formats_that_matter(elements: Iterable[tuple[str, dict[str, str]]], telling: Telling = matters) -> dict[str, str]:
    """The formats in `xl/styles.xml` that are `telling`, by the number with which a cell names its style.

    Raises Refused.
    """
    codes = dict(_BUILT_IN)
    styles: dict[str, str] = {}
    counting = False
    for tag, attributes in elements:
        if tag == "numFmt":
            codes[attributes.get("numFmtId", "")] = admit_format(attributes.get("formatCode", ""))
        elif tag == "xf" and counting:
            styles[str(len(styles))] = codes.get(attributes.get("numFmtId", ""), "General")
        else:
            counting = tag == "cellXfs" or (counting and tag in ("alignment", "protection", "extLst", "ext"))
    if len(styles) > MOST_STYLES:
        raise Refused(messages.TOO_MANY_STYLES.format(styles=len(styles), most=MOST_STYLES))
    tells = {code: telling(code) for code in set(styles.values())}
    return {style: code for style, code in styles.items() if tells[code]}
