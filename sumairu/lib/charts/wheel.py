"""A year as a wheel of twelve months, from April at the top clockwise: how much there is in each.

>>> wheel = year_wheel([Month(f"{number}月", str(number), number == 4) for number in (*range(4, 13), 1, 2, 3)])
>>> wheel.size, len(wheel.sectors), wheel.sectors[0].month.label, wheel.sectors[0].d
(320, 12, '4月', 'M160 6A154 154 0 0 1 237 26.6L197 95.9A74 74 0 0 0 160 86Z')
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

SIZE = 320  # as wide as the smallest phone: letters are never drawn smaller than they are named
OUTER, INNER = 154, 74
MONTHS = 12


@dataclass(frozen=True)
class Month:
    """`words` is what stands beneath its name; `level` from 0 (nothing) to 3 says how much of the year's there is."""

    label: str
    words: str
    is_now: bool = False
    level: int = 0
    guess: str = ""  # what is only expected, in words
    url: str = ""
    title: str = ""  # the same for those who do not see it


@dataclass(frozen=True)
class Sector:
    month: Month
    d: str
    x: float
    y: float


@dataclass(frozen=True)
class YearWheel:
    size: int
    sectors: tuple[Sector, ...]


def year_wheel(months: Sequence[Month]) -> YearWheel:
    return YearWheel(SIZE, tuple(_sector(place, month) for place, month in enumerate(months)))


def level_of(count: int, most: int) -> int:
    """How dark a month is: 0 where there is nothing, 3 where there is as much as in any month.

    >>> [level_of(count, 9) for count in (0, 1, 3, 4, 7, 9)], level_of(0, 0)
    ([0, 1, 1, 2, 3, 3], 0)
    """
    return -(-count * 3 // most) if most else 0


def _sector(place: int, month: Month) -> Sector:
    first, last = place / MONTHS, (place + 1) / MONTHS
    x, y = _at((first + last) / 2, (OUTER + INNER) / 2)
    d = (
        f"M{_pair(first, OUTER)}A{OUTER} {OUTER} 0 0 1 {_pair(last, OUTER)}"
        f"L{_pair(last, INNER)}A{INNER} {INNER} 0 0 0 {_pair(first, INNER)}Z"
    )
    return Sector(month, d, x, y)


def _at(turn: float, radius: float) -> tuple[float, float]:
    angle = 2 * pi * turn
    return round(SIZE / 2 + radius * sin(angle), 1), round(SIZE / 2 - radius * cos(angle), 1)


def _pair(turn: float, radius: float) -> str:
    return " ".join(f"{value:g}" for value in _at(turn, radius))
