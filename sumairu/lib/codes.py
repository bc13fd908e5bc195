"""Codes of prefectures and municipalities (総務省「全国地方公共団体コード」): five digits and a check digit.

The first two digits are the prefecture, 01 to 47; the next three are 000 for the prefecture itself and 100 or more for
what lies in it; the check digit is modulus 11 with weights 6 5 4 3 2.

>>> check_digit("01206")
'8'
>>> [six_digits(cell) for cell in ("012068", "０１２０６８", 12068.0, "01206", 1206, "C012068110000")]
['012068', '012068', '012068', '012068', '012068', '012068']
>>> [six_digits(cell) for cell in ("012067", "480002", "釧路市", 12.5, None)]
[None, None, None, None, None]

Five digits can be a code without its check digit, or one that lost its leading zero in a spreadsheet. Alone, 12203 is
both 市川市 (12203) and 士別市 (012203), and so no code; beside 12068, which can only be 012068, it is 士別市.

>>> six_digits("12203"), six_digits_in(["12203", "12068"]), six_digits_in(["12203", "01206"])
(None, ['012203', '012068'], ['122033', '012068'])
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from sumairu.lib.widths import half_width

_CODE = re.compile(r"(?:0[1-9]|[1-3][0-9]|4[0-7])(?:000|[1-9][0-9]{2})")
_DIGITS = re.compile(r"[0-9]{4,6}")
_LONG = re.compile(r"C([0-9]{6})[0-9]{6}")  # of the ministry's surveys of local finance


def check_digit(code: str) -> str:
    """The sixth digit that belongs to the five of `code`."""
    weighted = sum(int(digit) * weight for digit, weight in zip(code, (6, 5, 4, 3, 2), strict=True))
    return str((11 - weighted % 11) % 10)


def six_digits(cell: object) -> str | None:
    """The code that a cell holds, as text or number; None where it holds none, or could hold either of two."""
    return _only(_readings(cell))


def six_digits_in(column: Iterable[object]) -> list[str | None]:
    """The codes of a column, whose cells are all written in the same way.

    So a cell that could be two codes is read as those that can be only one: with the check digit, or without. Where
    they differ, or there are none, it stays None.
    """
    readings = [_readings(cell) for cell in column]
    some_only_with = any(reading.with_check and not reading.without for reading in readings)
    some_only_without = any(reading.without and not reading.with_check for reading in readings)
    if some_only_with == some_only_without:
        return [_only(reading) for reading in readings]
    return [reading.with_check if some_only_with else reading.without for reading in readings]


def have_check_digits(column: Iterable[object]) -> bool:
    """Is each cell a code with its check digit?"""
    return all(_readings(cell).with_check for cell in column)


class _Readings(NamedTuple):
    """The code that a cell is if written with its check digit, and the one that it is if written without."""

    with_check: str | None = None
    without: str | None = None


def _readings(cell: object) -> _Readings:
    digits = _digits(cell)
    readings = _Readings()
    if len(digits) >= 5:
        code, check = digits.zfill(6)[:5], digits[-1]
        if _CODE.fullmatch(code) and check == check_digit(code):
            readings = readings._replace(with_check=code + check)
    if 4 <= len(digits) <= 5:
        code = digits.zfill(5)
        if _CODE.fullmatch(code):
            readings = readings._replace(without=code + check_digit(code))
    return readings


def _only(readings: _Readings) -> str | None:
    return None if all(readings) else readings.with_check or readings.without


def _digits(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, int) and 1_000 <= cell <= 999_999:
        cell = str(cell)
    if not isinstance(cell, str):
        return ""
    text = half_width(cell).strip()
    if long := _LONG.fullmatch(text):
        return long[1]
    return text if _DIGITS.fullmatch(text) else ""
