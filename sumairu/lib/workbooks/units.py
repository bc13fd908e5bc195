"""Units as sheets state them, and one cell's number in them. Part of the fifth step, `meaning`.

>>> units_in("予算額（千円）"), units_in("（単位：千円、件）"), units_in("単位　億円"), units_in("予算額（千円未満切捨て）")
(['千円'], ['千円', '件'], ['億円'], [])
>>> unit_among(["千円", "件"], ("H30年度", "件数")), unit_among(["千円"], ("職員数",)), unit_among(["千円"], ("警察費", "職員数"))
('件', None, '千円')
>>> [sort_of(cell) for cell in ("", "制度名", 45.5, "△1,234", "38人", "－", "（単位：億円）", "012068", "令和3年度")]
[' ', 't', 'n', 'n', 'n', 'm', 'u', 't', 't']
>>> amount_of("45.5億円", None), amount_of(38.0, "人"), amount_of("98.2%", None), amount_of(12.0, None)
(Amount(value=4550000000, unit='億円', kind='yen'), Amount(value=38, unit='人', kind='people'), \
Amount(value=None, unit='%', kind='ratio'), Amount(value=None, unit=None, kind=None))
"""

import re
from collections.abc import Sequence
from datetime import date, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from sumairu.lib.amounts import UNITS as YEN_UNITS
from sumairu.lib.amounts import AmountError, parse_count, parse_number, parse_yen
from sumairu.lib.widths import half_width
from sumairu.lib.workbooks.cells import Cell, Number
from sumairu.lib.workbooks.formats import shown
from sumairu.lib.workbooks.headers import LONGEST_NAME
from sumairu.lib.workbooks.scan import Fault
from sumairu.lib.workbooks.tables import BLANK, FAULT, MARK, NUMBER, TEXT, UNIT

YEN, PEOPLE, COUNT, RATIO = "yen", "people", "count", "ratio"
_PEOPLE_UNITS = ("人", "名")
_COUNT_UNITS = ("件", "団体", "市町村", "世帯", "戸", "箇所", "か所", "ヶ所", "校", "社", "台", "回")
_RATIO_UNITS = ("%", "‰", "倍", "ポイント")
KINDS = {
    unit: kind
    for kind, units in ((YEN, YEN_UNITS), (PEOPLE, _PEOPLE_UNITS), (COUNT, _COUNT_UNITS), (RATIO, _RATIO_UNITS))
    for unit in units
}

_UNIT = "|".join(sorted(map(re.escape, KINDS), key=len, reverse=True))
_UNITS = rf"(?:{_UNIT})(?:[、,・/](?:{_UNIT}))*"
# By themselves, 市町村 and 団体 name things rather than count them.
_BARE = "|".join(sorted(map(re.escape, (*YEN_UNITS, "人", "件", "%")), key=len, reverse=True))
_UNIT_CELL = re.compile(rf"(?:{_BARE})|[(\[【〔](?:単位)?:?{_UNITS}[)\]】〕]|単位:?{_UNITS}")
_UNIT_NOTE = re.compile(rf"[(\[【〔](?:単位)?:?({_UNITS})[)\]】〕]|単位:?({_UNITS})(?=$|[)\]】〕、。])")
_WITH_UNIT = re.compile(rf"(.*[0-9)])({_UNIT})")
# Secret or without a figure, as statistics mark it.
_MARK = re.compile(r"x|\*{1,3}|#+", re.I)

_WORD_OF = {
    YEN: re.compile(r"額|費|金|税|予算|決算|債|料|収入|支出|歳入|歳出"),
    PEOPLE: re.compile(r"人数|者数|員数|人員|定員|人口"),
    COUNT: re.compile(r"数|件|世帯"),
    RATIO: re.compile(r"率|指数|比|割合|係数"),
}
_COUNTED = re.compile(r".*(?:数|人口|世帯|面積|延長|人員|定員|順位)")
_PLAIN_COUNT = re.compile(r"(?:件|人|者|団体|市町村|世帯|戸|箇所|校|社|台|回)数|人口|人員")
_EXPENSE = re.compile(r".*[費債]")
_MEASURE = re.compile(r".*(?:額|数|人口|人員|率|指数|比率|割合)(?:[(\[【〔].*)?")
_RATIO = re.compile(r".*(?:率|指数|比|割合|係数)")


class Amount(NamedTuple):
    """A number as it counts: whole yen, people or items; None where the unit is not known, and of ratios."""

    value: int | None
    unit: str | None
    kind: str | None


class Unreadable(Exception):
    """A cell among numbers that is none. The message says in Japanese what is wrong with it."""


@lru_cache(maxsize=4096)
def compact(text: str) -> str:
    """A text for reading: half-width, without spaces."""
    return "".join(half_width(text).split())


class Sorts(dict[Cell, str]):
    """The sorts of the texts met so far: in a column of 100,000 names there are few different ones."""

    def __missing__(self, cell: Cell) -> str:
        self[cell] = sort = sort_of(cell)
        return sort


def sort_of(cell: Cell) -> str:
    """Which of the sorts in `tables` a cell is."""
    match cell:
        case bool() | date() | time() | timedelta():
            return TEXT
        case float() | int():
            return NUMBER
        case Fault():
            return FAULT
    if len(str(cell)) > LONGEST_NAME:
        return TEXT
    text = compact(str(cell))
    if not text:
        return BLANK
    if _UNIT_CELL.fullmatch(text):
        return UNIT
    if _MARK.fullmatch(text):
        return MARK
    try:
        return MARK if _stated(text) is None else NUMBER
    except AmountError:
        return TEXT


def units_in(text: str) -> list[str]:
    """The units that a title, a note or a header states for the numbers under it, in order."""
    text = compact(text)
    if _UNIT_CELL.fullmatch(text):
        return re.findall(_UNIT, text.replace("単位", ""))
    return [unit for note in _UNIT_NOTE.findall(text) for unit in re.findall(_UNIT, "".join(note))]


def unit_among(units: Sequence[str], names: Sequence[str], beside: Sequence[str] = ()) -> str | None:
    """Which of the units that a note states for a whole table counts what `names` (a column's, a row's) name.

    `beside` are the last names of the columns under the same names: 件数 beside 金額 is not money, whatever both are of.
    """
    if not is_ratio(names):
        units = [unit for unit in units if KINDS[unit] != RATIO]
    fitting = [unit for unit in units if _may_count(unit, names, beside)]
    if len(units) > 1:
        fitting = [unit for unit in fitting if any(_WORD_OF[KINDS[unit]].search(name) for name in names)]
    return fitting[0] if len(fitting) == 1 else None


def _may_count(unit: str, names: Sequence[str], beside: Sequence[str]) -> bool:
    """Could `unit` count this? Money does not count 件数, nor people 金額; of a name that tells nothing, anything."""
    last = next((name for name in reversed(names) if names_measure(name)), "")
    if _RATIO.fullmatch(last):
        return KINDS[unit] == RATIO
    is_count = _COUNTED.fullmatch(last) is not None
    is_money = any(map(_is_money, names))
    if KINDS[unit] != YEN:
        return is_count or not is_money
    if not is_count:
        return True
    # A number of people may be what an expense is reckoned by: 社会福祉費 over 人口 is money all the same.
    is_of_expense = any(_EXPENSE.fullmatch(name) for name in names)
    return is_money and not any(map(_is_money, beside)) and (is_of_expense or not _PLAIN_COUNT.fullmatch(last))


def _is_money(name: str) -> bool:
    return _WORD_OF[YEN].search(name) is not None and not _COUNTED.fullmatch(name)


def names_measure(text: str) -> bool:
    """Does a name say what is counted: money, people, items, a ratio?"""
    return any(word.search(compact(text)) for word in _WORD_OF.values())


def is_measure(name: str) -> bool:
    """Is this by itself what is counted (予算額, 派遣者数), rather than something of which it is counted?"""
    return _MEASURE.fullmatch(compact(name)) is not None


def is_ratio(names: Sequence[str]) -> bool:
    return any(_RATIO.fullmatch(name) for name in names)


def amount_of(cell: Cell, unit: str | None) -> Amount:
    """What a cell's number counts, `unit` being what stands around it. Raises Unreadable.

    A unit in the cell itself, or in its format, comes first.
    """
    try:
        match cell:
            case Number():
                return _amount_of_formatted(cell, unit)
            case bool() | date() | time() | timedelta():
                raise Unreadable("数値ではなく、日付や真偽の値が入っています。")
            case float() | int():
                return _amount(float(cell), unit)
            case Fault():
                raise Unreadable(cell.reason)
        text = compact(str(cell))
        if text.startswith("("):
            raise Unreadable(f"かっこ書きの数「{text}」が、内数か負の数か分かりません。")
        own = _WITH_UNIT.fullmatch(text)
        return _amount(text, own[2] if own else unit)
    except AmountError as error:
        raise Unreadable(str(error)) from error


def _amount_of_formatted(cell: Number, unit: str | None) -> Amount:
    style = shown(cell.format)
    if (
        style is None
        or (style.before and style.before not in ("¥", "\\", "+"))
        or (style.after and style.after not in KINDS)
    ):
        raise Unreadable(f"表示形式「{cell.format}」での見た目を読み取れません。標準か数値の表示形式に直してください。")
    if style.after == "%":
        return Amount(None, "%", RATIO)
    if style.before in ("¥", "\\"):
        if unit not in (None, "円"):
            raise Unreadable(f"表示形式は円ですが、見出しの単位は{unit}です。どちらかに直してください。")
        unit = "円"
    number = Decimal(repr(float(cell))) / style.divisor
    return _amount(number, style.after or unit)


def _amount(number: float | Decimal | str, unit: str | None) -> Amount:
    kind = KINDS.get(unit) if unit else None
    if kind == YEN:
        return Amount(_yen(number, str(unit)), unit, YEN)
    if kind in (PEOPLE, COUNT):
        if isinstance(number, float) and number.is_integer():
            return Amount(int(number), unit, kind)
        return Amount(parse_count(number, (str(unit),)), unit, kind)
    if isinstance(number, str) and kind is None:
        parse_number(number)
    return Amount(None, unit, kind)


def _yen(number: float | Decimal | str, unit: str) -> int | None:
    size = YEN_UNITS[unit]
    if isinstance(number, float) and number.is_integer() and abs(number) * size < 1e15:
        return int(number) * size  # what nearly every cell is, in a tenth of the time
    return parse_yen(number, unit)


def _stated(text: str) -> Decimal | int | None:
    """The number in a text that may have its unit behind it; None where it states none. Raises AmountError."""
    own = _WITH_UNIT.fullmatch(text)
    if own is None:
        return parse_number(text)
    return parse_yen(text) if own[2] in YEN_UNITS else parse_number(own[1])
