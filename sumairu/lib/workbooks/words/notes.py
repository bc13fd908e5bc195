"""Texts around a table: headings, notes, captions, and what a note says of numbers in brackets.

>>> is_heading("予算額（千円）"), is_note("※ 四捨五入のため合わない。"), is_caption("別紙１"), ends_table("合計")
(True, True, True, True)
"""

import re
from collections.abc import Iterable

from sumairu.lib.widths import half_width
from sumairu.lib.workbooks.words.derived import PART, TOTAL, set_apart
from sumairu.lib.workbooks.words.units import compact

LONGEST_HEADING = 40
_NOTE_ROW = re.compile(r"[(\[【]?(?:※|(?:注|備考|資料|出典|出所|出どころ)(?:[\s0-9:)\]】①-⑳]|$))")
_NEXT_POINT = re.compile(r"[(\[]?(?:[0-9]{1,2}(?![0-9年月日/.])|[①-⑳])[)\]]?")
_CONTACT = re.compile(
    r"[(【\[]?(?:お?(?:問い?合わ?せ|連絡)先|(?:作成)?担当(?:者|課|係)?|内線|電話(?:番号)?|TEL|FAX)[)】\]]?", re.I
)
_CAPTION = re.compile(r"[(\[【]?(?:別紙|別添|別表|資料|様式|参考|表|図)(?:第?[0-9\-ー‐－の]+号?)?[)\]】]?")
NEGATIVE, OTHER_YEAR = "負の数", "ほかの年度"
_OF_BRACKETS = re.compile(r"(?:\(\)|\[\]|【】|〔〕|かっこ|カッコ|括弧)(?:内|書|付|は|の).*")
_MEANINGS_OF_BRACKETS = (
    (PART, re.compile(r"内数|内書|うち|再掲|内訳")),
    (NEGATIVE, re.compile(r"負|マイナス|減")),
    (OTHER_YEAR, re.compile(r"前年|昨年|前々年|翌年")),
)


def names_several(title: str) -> bool:
    """Does a title name several things (人口及び1人当たり所得)?"""
    return any(mark in title for mark in ("及び", "並びに", "と", "、", "・"))


def brackets_mean(texts: Iterable[str]) -> str | None:
    """What a note says of numbers in brackets: one of PART, NEGATIVE, OTHER_YEAR; None where it says nothing known."""
    said = {
        meant
        for text in map(compact, texts)
        for note in _OF_BRACKETS.findall(text)
        for meant, words in _MEANINGS_OF_BRACKETS
        if words.search(note)
    }
    return said.pop() if len(said) == 1 else None


def is_heading(text: str) -> bool:
    """Is a text above a table a heading (「予算額（千円）」) rather than a sentence that explains something?"""
    return 0 < len(text) <= LONGEST_HEADING and not is_note(text)


def is_note(label: str) -> bool:
    """Does a row begin as a note under the table does, or name whom to ask?"""
    return _NOTE_ROW.match(half_width(label).strip()) is not None or _CONTACT.fullmatch(compact(label)) is not None


def goes_on_with_note(text: str) -> bool:
    """May a line below a note be its next point (２　「x」は秘匿。)?"""
    return _NEXT_POINT.match(half_width(text).strip()) is not None


def ends_table(text: str) -> bool:
    """Is a text without numbers what stands under a table, a total or a note, and no title?"""
    return is_note(text) or set_apart(text) == TOTAL


def is_caption(text: str) -> bool:
    """Is this the number of an enclosure (別紙１, 資料２－１), which no table is called by?"""
    return _CAPTION.fullmatch(compact(text)) is not None


def is_two_in_one(text: str) -> bool:
    """Does a note say that cells hold two numbers, one over the other?"""
    return "上段" in text and "下段" in text
