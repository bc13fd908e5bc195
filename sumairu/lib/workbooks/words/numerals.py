"""The number in one cell: its digits, however they are written, its footnotes, and what it counts.

>>> [type_of(cell) for cell in ("", "制度名", 45.5, "△1,234", "38人", "－", "（単位：億円）", "012068", "令和3年度")]
[' ', 't', 'n', 'n', 'n', 'm', 'u', 't', 't']
>>> amount_of("45.5億円", None), amount_of(38.0, "人"), amount_of("1,234※1", "千円"), amount_of(12.0, None)
(Amount(value=4550000000, unit='億円', kind='yen'), Amount(value=38, unit='人', kind='people'), \
Amount(value=1234000, unit='千円', kind='yen'), Amount(value=None, unit=None, kind=None))
>>> amount_of("98.2%", None), amount_of(0.30000000000000004, None, is_ratio=True), amount_of(12.5, "千人")
(Amount(value='98.2', unit='%', kind='ratio'), Amount(value='0.3', unit=None, kind='ratio'), \
Amount(value=12500, unit='千人', kind='people'))
>>> amount_of("12 34", "千円")
Traceback (most recent call last):
    ...
sumairu.lib.workbooks.words.numerals.Unreadable: 「12 34」は数として読めません。
"""

import re
from datetime import date, time, timedelta
from decimal import Decimal
from functools import lru_cache
from math import isfinite
from typing import NamedTuple

from sumairu.lib.amounts import UNITS as YEN_UNITS
from sumairu.lib.amounts import AmountError, NotANumber, parse_count, parse_number, parse_yen, states_nothing
from sumairu.lib.widths import half_width
from sumairu.lib.workbooks.files.cells import Cell, Number
from sumairu.lib.workbooks.files.formats import style_of
from sumairu.lib.workbooks.files.scan import Fault
from sumairu.lib.workbooks.files.texts import LONGEST_NAME
from sumairu.lib.workbooks.words.cell_types import BLANK, FAULT, MARK, NUMBER, TEXT, UNIT
from sumairu.lib.workbooks.words.units import COUNT, KINDS, MEASURE, PEOPLE, RATIO, SIZES, YEN, is_unit, with_unit

# Secret or without a figure, as statistics mark it.
_MARK = re.compile(r"x|\*{1,3}|#+|該当(?:なし|無し)|n\.?/?a\.?", re.I)
_DIGIT = re.compile(r"[0-9]")
_DIGITS_APART = re.compile(r"[0-9]\s+[0-9]")
# Behind a number: ※, ※1, 注1, (注2), ①, ², *. Before one, ※ and a space: 「※1234」 may be the footnote 1.
_FOOTNOTED = re.compile(
    r"(?:※\s+|※(?=[0-9]{1,3},[0-9]{3}))?(.*?[0-9円人名件%])?"
    r"\s*(?:[(\[]?(?:※|注)[0-9①-⑳]{0,2}[)\]]?|\*{1,2}|[①-⑳]|⁽?[¹²³⁴-⁹⁰]{1,2}[)⁾]?)?"
)
_YEN_SIGN = re.compile(r"[¥￥\\](?=[0-9△▲(-])")


# A spreadsheet keeps fifteen digits of a number, and shows zeros for the others.
_NOT_EXACT, _FAR_TOO_LARGE = 1e15, 1e18


class Amount(NamedTuple):
    """A number as it counts: whole yen, people or items, of a ratio its decimal; None where the unit is not known or none of these."""

    value: int | str | None
    unit: str | None
    kind: str | None


class Unreadable(Exception):
    """A cell among numbers that is none. The message says in Japanese what is wrong with it."""


class TypesOfTexts(dict[Cell, str]):
    """The types of the texts met so far: in a column of 100,000 names there are few different ones."""

    def __missing__(self, cell: Cell) -> str:
        self[cell] = cell_type = type_of(cell)
        return cell_type


def type_of(cell: Cell) -> str:
    """What a cell is at first sight: one of `cell_types`."""
    match cell:
        case bool() | date() | time() | timedelta():
            return TEXT
        case float() | int():
            return NUMBER
        case Fault():
            return FAULT
    return _type_of_text(str(cell))


@lru_cache(maxsize=2**16)
def _type_of_text(text: str) -> str:
    if len(text) > LONGEST_NAME:
        return TEXT
    text = numeral(text)
    if not text:
        return BLANK
    if is_unit(text):
        return UNIT
    if states_nothing(text) or _MARK.fullmatch(text):
        return MARK
    return NUMBER if _DIGIT.search(text) and _is_number(text) else TEXT


def numeral(text: str) -> str:
    """A text as its number is written: half-width, without footnotes or spaces. Digits that stand apart stay apart."""
    text = half_width(text).strip()
    if (match := _FOOTNOTED.fullmatch(text)) and match[1]:
        text = match[1]
    return text if _DIGITS_APART.search(text) else "".join(text.split())


def is_bracketed(cell: Cell) -> bool:
    return isinstance(cell, str) and numeral(cell).startswith("(")


def amount_of(cell: Cell, unit: str | None, *, is_ratio: bool = False, brackets_are_negative: bool = False) -> Amount:
    """What a cell's number counts, `unit` being what stands around it. Raises Unreadable.

    A unit in the cell itself, or in its format, comes first. `is_ratio`: a number without a unit is a ratio.
    """
    try:
        match cell:
            case Number():
                return _amount_of_formatted(cell, unit, is_ratio)
            case bool() | date() | time() | timedelta():
                raise Unreadable("数値ではなく、日付や真偽の値が入っています。")
            case float() | int():
                return _amount(float(cell), unit, is_ratio)
            case Fault():
                raise Unreadable(cell.reason)
        text = numeral(str(cell))
        if text.startswith("(") and not brackets_are_negative:
            raise Unreadable(f"かっこ書きの数「{text}」が、内数か負の数か分かりません。")
        if sign := _YEN_SIGN.match(text):
            text, unit = text[sign.end() :], _in_yen(unit, "円記号があります")
        own = with_unit(text)
        return _amount(text, own[1] if own else unit, is_ratio)
    except AmountError as error:
        raise Unreadable(str(error)) from error


def size_of(unit: str | None) -> int:
    """How many yen, people or items one of `unit` is: what a whole number from 0 up counts; 0 for other units."""
    return YEN_UNITS.get(unit or "") or SIZES.get(unit or "", 0)


def number_of(cell: Cell) -> Decimal | None:
    """The number in a cell as it is shown, in the unit of what stands around it; None where it has one of its own."""
    try:
        match cell:
            case bool():
                return None
            case Number():
                style = style_of(cell.format)
                return _decimal(cell) / style.divisor if style and not style.before and not style.after else None
            case float() | int():
                return _decimal(float(cell))
            case str():
                return parse_number(numeral(cell))
    except AmountError:
        pass
    return None


def _is_number(text: str) -> bool:
    """Is a text that holds a digit a number, with its unit behind it or not?"""
    text = _YEN_SIGN.sub("", text, count=1)
    own = with_unit(text)
    try:
        return (parse_yen(text) if own and own[1] in YEN_UNITS else parse_number(own[0] if own else text)) is not None
    except AmountError:
        return False


def _in_yen(unit: str | None, because: str) -> str:
    if unit not in (None, "円"):
        raise Unreadable(f"{because}が、見出しの単位は{unit}です。どちらかに直してください。")
    return "円"


def _amount_of_formatted(cell: Number, unit: str | None, is_ratio: bool) -> Amount:
    style = style_of(cell.format)
    if (
        style is None
        or (style.before and style.before not in ("¥", "\\", "+"))
        or (style.after and style.after not in KINDS)
    ):
        raise Unreadable(f"表示形式「{cell.format}」での見た目を読み取れません。標準か数値の表示形式に直してください。")
    number = _decimal(cell) / style.divisor
    if style.after == "%":
        return Amount(_decimal_text(number * 100), "%", RATIO)
    if style.before in ("¥", "\\"):
        unit = _in_yen(unit, "表示形式は円です")
    unit = style.after or unit
    if style.divisor > 1 and unit is not None and size_of(unit) % style.divisor:
        raise Unreadable(
            f"表示形式「{cell.format}」は{style.divisor:,}分の1の数値を見せていますが、単位は{unit}です。"
            "どちらかに直してください。"
        )
    return _amount(number, unit, is_ratio)


def _amount(number: float | Decimal | str, unit: str | None, is_ratio: bool) -> Amount:
    if isinstance(number, float) and _NOT_EXACT <= abs(number) < _FAR_TOO_LARGE:
        raise Unreadable(
            "15桁を超える数です。表計算ソフトでは正しく保存されません。文字列として入れるか、単位を大きくしてください。"
        )
    kind = KINDS.get(unit, MEASURE) if unit else RATIO if is_ratio else None
    if kind == YEN:
        return Amount(_yen(number, str(unit)), unit, YEN)
    if kind in (PEOPLE, COUNT):
        return Amount(_count(number, str(unit)), unit, kind)
    stated = parse_number(number.removesuffix(unit or "")) if isinstance(number, str) else _decimal(number)
    return Amount(_decimal_text(stated) if stated is not None and kind == RATIO else None, unit, kind)


def _yen(number: float | Decimal | str, unit: str) -> int | None:
    size = YEN_UNITS[unit]
    if isinstance(number, float) and number.is_integer() and abs(number) * size < 1e15:
        return int(number) * size  # what nearly every cell is, in a tenth of the time
    return parse_yen(number, unit)


def _count(number: float | Decimal | str, unit: str) -> int | None:
    size = SIZES[unit]
    if isinstance(number, float) and number.is_integer() and number >= 0:
        return int(number) * size
    return parse_count(number, (unit,), size)


def _decimal(number: float | Decimal) -> Decimal:
    """A number without the noise of binary floats, as Excel shows it: fifteen digits."""
    if isinstance(number, Decimal):
        return number
    if not isfinite(number):
        raise NotANumber(number)
    return Decimal(f"{number:.15g}")


def _decimal_text(number: Decimal) -> str:
    """`98.2` of 98.20, in full digits."""
    return f"{number.normalize() + 0:f}"
