"""Number formats under which a number is not simply what it is: `0.0%`, `#,##0,` (thousands), `0.0"億円"`.

>>> [matters(code) for code in ("General", "#,##0.0;[Red]-#,##0", '#,##0_ ;"△ "#,##0', "0%", '0.0"億円"', "#,##0,")]
[False, False, False, True, True, True]
>>> shown('0.0"億円"'), shown('"平成"0"年度"'), shown("#,##0,,"), shown("0.0%"), shown('[<10]"約"0;0"人"')
(Shown(before='', after='億円', divisor=1), Shown(before='平成', after='年度', divisor=1), \
Shown(before='', after='', divisor=1000000), Shown(before='', after='%', divisor=1), None)
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

_BUILT_IN = {"9": "0%", "10": "0.00%"}
# A literal in quotes or behind a backslash, a colour or locale in brackets, padding, and fill.
_LITERAL = re.compile(r'"([^"]*)"|\\(.)')
_DRESS = re.compile(r"\[(?:Black|Blue|Cyan|Green|Magenta|Red|White|Yellow|Color ?\d+|\$[^\]]*|DBNum\d)\]|_.|\*.", re.I)
_DIGITS = re.compile(r"[#0?][#0?,. ]*")
_DATE = re.compile(r"[ymdhsge]", re.I)


class Shown(NamedTuple):
    """How a number is shown: texts before and after it, and what it is divided by first."""

    before: str
    after: str
    divisor: int


def matters(code: str) -> bool:
    """Does the format change what a number means? One that cannot be taken apart does."""
    return shown(code) != Shown("", "", 1)


def shown(code: str) -> Shown | None:
    """How `code` shows a positive number; None where the format is more than can be taken apart here."""
    section = _DRESS.sub("", code).split(";")[0]  # a quoted semicolon leaves a quote open, which is None below
    texts = [quoted or escaped for quoted, escaped in _LITERAL.findall(section)]
    bare = _LITERAL.sub("\x00", section)
    if bare.strip() in ("General", "@", ""):
        return Shown("", "", 1)
    digits = list(_DIGITS.finditer(bare))
    if len(digits) != 1 or '"' in bare or "[" in bare or _DATE.search(bare):
        return None
    before, after = bare[: digits[0].start()], bare[digits[0].end() :]
    literals = iter(texts)
    before, after = (re.sub("\x00", lambda _: next(literals), side).strip() for side in (before, after))
    commas = len(digits[0][0].rstrip()) - len(digits[0][0].rstrip().rstrip(","))
    return Shown(before, after, 1000**commas)


def formats_that_matter(elements: Iterable[tuple[str, dict[str, str]]]) -> dict[str, str]:
    """The formats in `xl/styles.xml` that `matters`, by the number with which a cell names its style."""
    codes = dict(_BUILT_IN)
    styles: dict[str, str] = {}
    counting = False
    for tag, attributes in elements:
        if tag == "numFmt":
            codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif tag == "xf" and counting:
            styles[str(len(styles))] = codes.get(attributes.get("numFmtId", ""), "General")
        else:
            counting = tag == "cellXfs" or (counting and tag in ("alignment", "protection", "extLst", "ext"))
    return {style: code for style, code in styles.items() if matters(code)}
