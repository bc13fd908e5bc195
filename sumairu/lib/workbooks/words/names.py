"""A name without what is written about it: brackets, footnotes, the code in front.

>>> bare("釧路市（注）"), without_footnote("釧路市※1"), code_and_name("01206 釧路市")
('釧路市', '釧路市', ('01206', '釧路市'))
"""

import re

from sumairu.lib.widths import half_width
from sumairu.lib.workbooks.words.units import compact

BRACKETED = re.compile(r"[(\[【〔][^)\]】〕]*[)\]】〕]")
_FOOTNOTE = re.compile(
    r"\s*(?:[(（\[](?:※|注)\s*[0-9０-９]{0,2}[)）\]]|※[0-9０-９]{0,2}|[*＊]{1,3}|⁽?[¹²³⁴-⁹⁰]+[)⁾]?)$|\s+注[0-9０-９]{0,2}$"
)
_CODE_FIRST = re.compile(r"(C[0-9]{12}|[0-9]{5,6})[\s:._-]*([^\s0-9:._-]\D*)")
_CODE_LAST = re.compile(r"(\D*[^\s\d(\[])[\s(\[]+(C[0-9]{12}|[0-9]{5,6})[)\]]?")


def without_footnote(text: str) -> str:
    """A name without the footnote behind it: 釧路市※1, 釧路市（注2）."""
    return _FOOTNOTE.sub("", text) or text


def code_and_name(text: str) -> tuple[str, str] | None:
    """The digits and the name of a cell that holds a code beside a name: 「01206 釧路市」, 「釧路市（012068）」."""
    text = half_width(text).strip()
    if match := _CODE_FIRST.fullmatch(text):
        return match[1], match[2]
    match = _CODE_LAST.fullmatch(text)
    return (match[2], match[1]) if match else None


def bare(text: str) -> str:
    """A name without what stands in brackets."""
    return BRACKETED.sub("", compact(text)) or compact(text)
