"""The value of an eligibility rule as people write it, made into the one form in which it is kept and compared.

What a rule may ask for is known beforehand: some names (`Known.names`, each with the other ways of writing it), yes or
no, or a number. Anything else is refused, since a value that is no town's would quietly exclude all of them.

>>> offices = Known({"釧路総合振興局": ["釧路"], "根室振興局": ["根室"]}, noun="振興局")
>>> [understood(text, Operator.IN, offices) for text in ("釧路;根室", "釧路、根室振興局", "根室\\n釧路・根室")]
['釧路総合振興局;根室振興局', '釧路総合振興局;根室振興局', '根室振興局;釧路総合振興局']
>>> understood("５０，０００人", Operator.LT, Known(unit="人")), understood("5万", Operator.LT, Known(unit="人"))
('50000', '50000')
>>> understood("該当", Operator.EQ, Known(is_yes_no=True)), understood("釧路総合振興局", Operator.EQ, offices)
('はい', '釧路総合振興局')
>>> understood("釧路、網走", Operator.IN, offices)
Traceback (most recent call last):
ValueError: 「網走」という振興局はありません。入れられるのは、釧路総合振興局、根室振興局です。
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from sumairu.lib.amounts import AmountError, parse_number
from sumairu.lib.eligibility import NO, YES, Operator
from sumairu.lib.folding import fold
from sumairu.lib.widths import half_width

JOINED_BY = ";"
_BETWEEN = re.compile(r"[;；、，,・･/／\n\r\t]+")
_BETWEEN_NUMBERS = re.compile(r"[;；、・･/／\n\r\t]+")  # a comma groups the digits of one number
_YES = {fold(word) for word in (YES, "有", "あり", "該当", "○", "◯", "yes", "1", "true")}
_NO = {fold(word) for word in (NO, "無", "なし", "非該当", "×", "no", "0", "false")}
_LARGE = {"万": 10_000, "億": 100_000_000}


@dataclass(frozen=True)
class Known:
    """What a fact can be: one of `names` (official name: other ways of writing it), yes or no, or else a number."""

    names: Mapping[str, Collection[str]] = field(default_factory=dict)
    noun: str = "値"
    is_yes_no: bool = False
    is_judged: bool = False  # nothing can be compared with it: a person judges
    unit: str = ""

    @property
    def operators(self) -> tuple[Operator, ...]:
        if self.is_judged:
            return (Operator.JUDGED,)
        if self.is_yes_no:
            return (Operator.EQ, Operator.NE, Operator.JUDGED)
        if self.names:
            return (Operator.EQ, Operator.NE, Operator.IN, Operator.JUDGED)
        return tuple(Operator)


def parts_of(value: str) -> list[str]:
    """The several values that somebody wrote into one field of names."""
    return [part.strip() for part in _BETWEEN.split(value) if part.strip()]


def understood(value: str, operator: Operator, known: Known) -> str:
    """The one form of `value`. Raises ValueError, in Japanese, where it is none of what the fact can be."""
    if operator == Operator.JUDGED:
        return value.strip()
    if known.names:
        return JOINED_BY.join(dict.fromkeys(_named(part, known) for part in parts_of(value)))
    if known.is_yes_no:
        return _yes_or_no(value)
    parts = _BETWEEN_NUMBERS.split(value) if operator in (Operator.IN, Operator.EQ, Operator.NE) else [value]
    return JOINED_BY.join(dict.fromkeys(_number(part, known.unit) for part in parts if part.strip()))


def _named(part: str, known: Known) -> str:
    for name, others in known.names.items():
        if fold(part) in {fold(name), *map(fold, others)}:
            return name
    raise ValueError(f"「{part}」という{known.noun}はありません。入れられるのは、{'、'.join(known.names)}です。")


def _yes_or_no(value: str) -> str:
    folded = fold(value)
    if folded in _YES:
        return YES
    if folded in _NO:
        return NO
    raise ValueError(f"「{value.strip()}」は選べません。「{YES}」か「{NO}」を選んでください。")


def _number(part: str, unit: str) -> str:
    text = half_width(part).strip().removesuffix(half_width(unit)).strip()
    size = next((size for letter, size in _LARGE.items() if text.endswith(letter)), 1)
    try:
        number = parse_number(text[:-1] if size > 1 else text)
    except AmountError:
        number = None
    if number is None:
        shown = f"（単位：{unit}）" if unit else ""
        raise ValueError(f"「{part.strip()}」は数ではありません。50,000のような数を入れてください{shown}。")
    return _plain(number * size)


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
