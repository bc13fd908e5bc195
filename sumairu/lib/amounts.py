"""Numbers, yen and people as Japanese offices write them.

>>> parse_yen("45.5億円"), parse_yen("4,550,000千円"), parse_yen("45億5,000万円"), parse_yen("４５．５", "億円")
(4550000000, 4550000000, 4550000000, 4550000000)
>>> [parse_number(text) for text in ("1,234", "△12", "▲ 12", "（12）", "−12", "－", "皆減", "")]
[Decimal('1234'), Decimal('-12'), Decimal('-12'), Decimal('-12'), Decimal('-12'), None, None, None]
>>> parse_yen(62908.27999999, "千円"), parse_count("38人", ("人", "名"))
(62908280, 38)
>>> about_yen(12_468_713_000), about_yen(4_550_000_000), about_yen(-1_234_567), about_yen(803_496_000_000)
('約125億円', '45億5,000万円', '約△123万円', '約8,035億円')
>>> about(723_336), about(720_000)
('約72万3,000', '72万')
>>> yen_words(4_550_000_000), yen_in(4_550_000_000, "億円"), yen_words(-5000), grouped(-1234)
('45億5,000万円', '45.5億円', '△5,000円', '−1,234')

What can be read in two ways is refused, in a sentence that can be shown beside the cell:

>>> parse_yen("1,23", "千円")
Traceback (most recent call last):
sumairu.lib.amounts.NotANumber: 「1,23」は数として読めません。
>>> parse_yen("4,550")
Traceback (most recent call last):
sumairu.lib.amounts.NoUnit: 「4,550」の単位がわかりません。円、千円、億円などの単位が要ります。
>>> parse_yen("5988484.0005", "千円")
Traceback (most recent call last):
sumairu.lib.amounts.FractionOfYen: 「5988484.0005」は1円未満の端数になります（5,988,484,000.5円）。
"""

import re
from collections.abc import Collection, Sequence
from decimal import Context, Decimal, DivisionByZero, Inexact, InvalidOperation, Overflow

from sumairu.lib.widths import half_width

UNITS: dict[str, int] = {
    "円": 1,
    "十円": 10,
    "百円": 10**2,
    "千円": 10**3,
    "万円": 10**4,
    "十万円": 10**5,
    "百万円": 10**6,
    "千万円": 10**7,
    "億円": 10**8,
    "十億円": 10**9,
    "百億円": 10**10,
    "兆円": 10**12,
}

# Sums and products of what is read here fit well inside a hundred digits; what does not is raised, never rounded.
_EXACT = Context(prec=100, traps=[DivisionByZero, Inexact, InvalidOperation, Overflow])

# Workbooks keep decimals as binary floats and so hold 36502923.329000026 千円 for …,329 yen. A number is taken for the
# whole yen beside it where it is both within a thousandth of a yen and within a billionth of itself: noise seen in
# published workbooks stays below 0.0001 yen, while their true fractions (shares, averages) are hundreds of times more.
_NOISE = Decimal("0.001")
_NOISE_SHARE = Decimal("1e-9")

# No public budget reaches it, and every database's 64-bit integer holds it.
LARGEST_YEN = 10**18 - 1

_MINUS = "△▲-−‐‑‒–"
_NOTHING = re.compile(r"(?:[-−‐‑‒–—―─━ーｰ]+|[…‥]+|皆\s*[減増])?")
_NUMBER = r"(?:0|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,9}|[1-9][0-9]{0,29})(?:\.[0-9]{1,30})?"
_PLAIN = re.compile(_NUMBER)
_IN_YEN = re.compile(rf"(?:{_NUMBER}\s*(?:[十百千][兆億万]?|[兆億万])\s*)*(?:{_NUMBER}\s*)?円")
_PART = re.compile(rf"({_NUMBER})\s*([十百千]?)([兆億万]?)")
_SMALL = {"": 1, "十": 10, "百": 100, "千": 1000}
_MYRIADS = {"兆": 10**12, "億": 10**8, "万": 10**4, "": 1}


class AmountError(ValueError):
    """A cell that cannot be read as the amount it should be; the message says in Japanese what it holds and why."""


class NotANumber(AmountError):
    def __init__(self, cell: object):
        super().__init__(f"{_quoted(cell)}は数として読めません。")


class NoUnit(AmountError):
    def __init__(self, cell: object):
        super().__init__(f"{_quoted(cell)}の単位がわかりません。円、千円、億円などの単位が要ります。")


class NotWhole(AmountError):
    def __init__(self, cell: object):
        super().__init__(f"{_quoted(cell)}に端数があります。整数でなければなりません。")


class Negative(AmountError):
    def __init__(self, cell: object):
        super().__init__(f"{_quoted(cell)}は負の数です。人数や件数は0以上でなければなりません。")


class FractionOfYen(AmountError):
    def __init__(self, cell: object, yen: Decimal):
        super().__init__(f"{_quoted(cell)}は1円未満の端数になります（{grouped(yen.normalize(_EXACT))}円）。")


class TooLarge(AmountError):
    def __init__(self, cell: object):
        super().__init__(f"{_quoted(cell)}は大きすぎます（100京円以上）。単位を確かめてください。")


def parse_number(text: str) -> Decimal | None:
    """The number that `text` writes; None where it states none (`－`, `…`, 皆減, nothing). Raises NotANumber."""
    if states_nothing(text):
        return None
    stated = half_width(text).strip()
    minus, size = _split_sign(stated)
    if not _PLAIN.fullmatch(size):
        raise NotANumber(text)
    return Decimal(minus + size.replace(",", ""))


def states_nothing(text: str) -> bool:
    """Is this blank, or one of the marks with which tables say that there is no number (`－`, `…`, 皆減)?"""
    return _NOTHING.fullmatch(half_width(text).strip()) is not None


def parse_yen(cell: str | float | Decimal | None, unit: str | None = None) -> int | None:
    """Whole yen; None where the cell states nothing. Raises AmountError.

    `unit`, one of UNITS, is what the cell's surroundings say: a header, 「（単位：千円）」. A unit in the cell itself
    comes before it.
    """
    if unit is not None and unit not in UNITS:
        raise AmountError(f"「{unit}」は金額の単位として読めません。")
    number = _yen_within(cell) if isinstance(cell, str) else None
    if number is None:
        number = _number(cell)
        if number is None:
            return None
        if unit is None:
            raise NoUnit(cell)
        number = _EXACT.multiply(number, Decimal(UNITS[unit]))
    if number.copy_abs() > LARGEST_YEN:
        raise TooLarge(cell)
    yen = _whole(number)
    if yen is None:
        raise FractionOfYen(cell, number)
    return yen


def parse_count(cell: str | float | Decimal | None, unit_words: Collection[str], size: int = 1) -> int | None:
    """People or items, with one of `unit_words` (人, 名, 件) behind the number or none; None where nothing is stated.

    `size` is how many one of the unit are: 1,000 of 千人. Raises AmountError, also where the number is negative: 「(38)」 in such a column is 38 of those above.
    """
    text = cell
    if isinstance(cell, str):
        stated = half_width(cell).strip()
        word = max((word for word in unit_words if stated.endswith(word)), key=len, default="")
        text = stated.removesuffix(word)
        if word and _NOTHING.fullmatch(text.strip()):
            raise NotANumber(cell)
    try:
        number = _number(text)
    except NotANumber:
        raise NotANumber(cell) from None
    if number is None:
        return None
    count = _whole(_EXACT.multiply(number, Decimal(size)))
    if count is None:
        raise NotWhole(cell)
    if count < 0:
        raise Negative(cell)
    return count


def number_words(number: int | Decimal) -> str:
    """「5万」, 「45億5,000万」, 「1万2,345.6」, 「△5,000」: exact, as running text gives large numbers."""
    number = Decimal(number)
    whole = int(number.copy_abs())
    fraction = f"{number.copy_abs():f}".partition(".")[2].rstrip("0")
    words, rest = "", whole
    for name, size in _MYRIADS.items():
        count, rest = divmod(rest, size)
        if count:
            words += f"{count:,}{name}"
    if fraction:
        words = (words if whole % 10**4 else f"{words}0") + f".{fraction}"
    return ("△" if number < 0 else "") + (words or "0")


def yen_words(yen: int) -> str:
    """「45億5,000万円」, down to the yen, as running text gives amounts."""
    return f"{number_words(yen)}円"


def about_yen(yen: int) -> str:
    """The same to three figures, as headings and sentences say it: 「約125億円」; without 約 where nothing is lost."""
    return f"{about(yen)}円"


def about(number: int) -> str:
    """「約125億」, 「約72万3,000」: to three figures.

    億 are all said, so that a sum, the one before it and their difference agree: 約7,789億, 約246億, 約8,035億.
    """
    step = min(10 ** max(len(str(abs(number))) - 3, 0), _MYRIADS["億"])
    rounded = (abs(number) + step // 2) // step * step * (1 if number >= 0 else -1)
    return ("" if rounded == number else "約") + number_words(rounded)


def yen_in(yen: int, unit: str) -> str:
    """「45.5億円」: the shortest decimal that is exact."""
    return f"{'△' if yen < 0 else ''}{grouped(in_unit(abs(yen), unit))}{unit}"


def in_unit(yen: int, unit: str) -> Decimal:
    """`yen` counted in `unit`, exactly: all units are powers of ten."""
    return _EXACT.divide(Decimal(yen), Decimal(UNITS[unit]))


def grouped(number: int | Decimal) -> str:
    """`1,234`, as tables give numbers; a negative one has the minus sign (U+2212), which is as wide as a digit.

    Running text has △ instead, as offices write it there (`yen_words`, `yen_in`). Both are read back.
    """
    return f"{Decimal(number):,f}".replace("-", "−")


def _number(cell: object) -> Decimal | None:
    match cell:
        case None:
            return None
        case str():
            return parse_number(cell)
        case bool():
            raise NotANumber(cell)
        case int():
            return Decimal(cell)
        case float():
            number = Decimal(repr(float(cell)))  # the shortest decimal that is this float, as the sheet shows it
        case Decimal():
            number = cell
        case _:
            raise NotANumber(cell)
    if not number.is_finite():
        raise NotANumber(cell)
    return number


def _yen_within(cell: str) -> Decimal | None:
    """The amount of a cell that ends in 円; None where the cell does not."""
    stated = half_width(cell).strip()
    minus, size = _split_sign(stated)
    if not size.endswith("円"):
        return None
    total = _sum_of(_PART.findall(size)) if _IN_YEN.fullmatch(size) else None
    if total is None:
        raise NotANumber(cell)
    return total.copy_negate() if minus else total


def _sum_of(parts: Sequence[tuple[str, str, str]]) -> Decimal | None:
    """45億5,000万 as `[("45", "", "億"), ("5,000", "", "万")]`; None unless each part stays below the one before it."""
    total, above = Decimal(0), 0
    for digits, small, myriad in parts:
        count = _EXACT.multiply(Decimal(digits.replace(",", "")), Decimal(_SMALL[small]))
        if above and (_MYRIADS[myriad] >= above or count >= 10**4):
            return None
        above = _MYRIADS[myriad]
        total = _EXACT.add(total, _EXACT.multiply(count, Decimal(above)))
    return total if parts and (len(parts) == 1 or not any("." in digits for digits, _, _ in parts)) else None


def _split_sign(stated: str) -> tuple[str, str]:
    if stated.startswith("(") and stated.endswith(")"):
        return "-", stated[1:-1].strip()
    if stated.startswith(tuple(_MINUS)):
        return "-", stated[1:].strip()
    return "", stated


def _whole(number: Decimal) -> int | None:
    whole = number.to_integral_value()
    off = _EXACT.subtract(number, whole).copy_abs()
    is_noise = off <= _NOISE and off <= _EXACT.multiply(number.copy_abs(), _NOISE_SHARE)
    return int(whole) if is_noise else None


def _quoted(cell: object) -> str:
    text = str(cell)
    return f"「{text if len(text) <= 40 else text[:39] + '…'}」"
