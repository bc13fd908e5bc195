"""Telephone numbers as offices write them: folded to half width and checked, never a real one refused.

>>> folded("０１５４（４３）９１４４　内線２２１３")
'0154-43-9144（内線2213）'
>>> folded("TEL:011-231-4111(代)、011-204-5089")
'011-231-4111（代表）、011-204-5089'
>>> [telephone.href for telephone in telephones("0154-43-9144（内線2213）、0120-000-000")]
['tel:0154-43-9144', 'tel:0120-000-000']
>>> folded("43-9144")
Traceback (most recent call last):
ValueError: 「43-9144」は、市外局番からの番号になっていません。「0154-43-9144」のように入れてください。
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import normalize

EXAMPLE = "「0154-43-9144」のように入れてください。"

_HYPHENS = re.compile("[‐‑‒–—―−－ー─━〜~]")
_NUMBER = re.compile(r"(?:TEL|Tel|tel|電話|☎|℡)?[:. ]*(\+81|#)?([\d() \-]*\d)")
_NOTE = re.compile(r"[( ]*(代表|代|直通|内線|内|ext\.?)[:. ]*([\d・,\- ]*)\)?")
_NAMES = {"代": "代表", "内": "内線", "ext": "内線", "ext.": "内線"}
# How numbers of one beginning are parted; those of towns have an area code of two to five digits, which only people know.
_KNOWN = (
    (re.compile(r"(0800)(\d{3})(\d{4})"), r"\1-\2-\3"),
    (re.compile(r"(0(?:50|60|70|80|90))(\d{4})(\d{4})"), r"\1-\2-\3"),
    (re.compile(r"(0120|0570|0990|0180)(\d{3})(\d{3})"), r"\1-\2-\3"),
    (re.compile(r"(011)(\d{3})(\d{4})"), r"\1-\2-\3"),
)


@dataclass(frozen=True)
class Telephone:
    number: str
    note: str = ""  # 内線2213, 代表

    def __str__(self) -> str:
        return f"{self.number}（{self.note}）" if self.note else self.number

    @property
    def href(self) -> str:
        return f"tel:{self.number}"


def folded(text: str) -> str:
    """What `text` says, written as everywhere; ValueError with what to write where it says no telephone number."""
    return "、".join(map(str, telephones(text)))


def telephones(text: str) -> list[Telephone]:
    """The numbers of a text, parted by 、 or / or 又は."""
    plain = _HYPHENS.sub("-", normalize("NFKC", text)).strip()
    return [_telephone(part.strip()) for part in re.split(r"[、,/;\n]|又は|または", plain) if part.strip()]


def _telephone(text: str) -> Telephone:
    number = _NUMBER.match(text)
    if not number:
        raise ValueError(f"「{text}」を電話番号として読めません。{EXAMPLE}")
    notes = list(_notes(text, number.end()))
    return Telephone(_written(number[1] or "", number[2], text), " ".join(notes))


def _notes(text: str, start: int) -> Iterator[str]:
    at = start
    while at < len(text) and text[at:].strip("() "):
        note = _NOTE.match(text, at)
        if not note:
            raise ValueError(
                f"「{text}」のうち「{text[at:].strip()}」を読めません。電話番号のほかは「内線2213」「代表」「直通」だけを入れてください。"
            )
        yield f"{_NAMES.get(note[1], note[1])}{note[2].strip(' ,-・')}"
        at = note.end()


def _written(prefix: str, number: str, text: str) -> str:
    digits = re.sub(r"\D", "", number)
    if prefix == "#" and len(digits) == 4:
        return f"#{digits}"
    if not prefix and re.fullmatch(r"1\d\d", digits):  # 110, 119, 188 …
        return digits
    if prefix == "+81":
        digits = f"0{digits.removeprefix('0')}"
    if not digits.startswith("0"):
        raise ValueError(f"「{text}」は、市外局番からの番号になっていません。{EXAMPLE}")
    wanted = 11 if re.match(r"0(?:50|60|70|80|90|800)", digits) and not digits.startswith("0000") else 10
    if len(digits) != wanted:
        raise ValueError(f"「{text}」は数字が{len(digits)}桁です。{wanted}桁の番号かどうかを確かめてください。")
    for pattern, parted in _KNOWN:
        if pattern.fullmatch(digits):
            return pattern.sub(parted, digits)
    groups = (
        re.findall(r"\d+", number) if not prefix else re.findall(r"\d+", f"0{number.strip(' -').removeprefix('(0)')}")
    )
    return "-".join(groups)
