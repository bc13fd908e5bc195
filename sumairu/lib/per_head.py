"""What a figure of a town comes to for each of its people: money by person, what is counted by 1,000 people.

A ratio is never divided again, nor is an area, nor people by themselves where they are all of them.

>>> per_head(Decimal(1_227_839_677), "千円", 1_973_395)
Share(value=Decimal('622197'), unit='円／人')
>>> per_head(Decimal(36), "所", 24_636), per_head(38, "人", 24_636)
(Share(value=Decimal('1.46'), unit='所／千人'), Share(value=Decimal('1.54'), unit='人／千人'))
>>> [per_head(Decimal(95), unit, 24_636) for unit in ("％", "", "ha")], per_head(5, "人", 0)
([None, None, None], None)
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from sumairu.lib.amounts import UNITS

COUNTED = ("人", "世帯", "事業所", "所", "校", "施設", "件")
ADDED_UP = (*UNITS, *COUNTED, "ha")  # of several towns together; ratios are not
PEOPLE = 1_000


@dataclass(frozen=True)
class Share:
    value: Decimal
    unit: str


def is_divided(unit: str) -> bool:
    """Does it make sense to ask what a figure in `unit` is for each person?"""
    return unit in UNITS or unit in COUNTED


def per_head(value: Decimal | int, unit: str, population: Decimal | int) -> Share | None:
    """Whole yen by person, or what is counted by 1,000 people to two decimals; None where neither makes sense."""
    if not population or not is_divided(unit):
        return None
    each = Decimal(value) / Decimal(population)
    if unit in UNITS:
        return Share((each * UNITS[unit]).quantize(Decimal(1), ROUND_HALF_UP), "円／人")
    return Share((each * PEOPLE).quantize(Decimal("0.01"), ROUND_HALF_UP), f"{unit}／千人")
