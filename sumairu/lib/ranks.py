"""Which place each of several has among all, the largest first; equals share a place, and the next one leaves a gap.

>>> places({"a": 30, "b": 50, "c": 30, "d": 10})
{'b': Place(place=1, of=4), 'a': Place(place=2, of=4), 'c': Place(place=2, of=4), 'd': Place(place=4, of=4)}
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Place:
    place: int
    of: int


def places(values: Mapping[Key, int | Decimal]) -> dict[Key, Place]:
    """Whoever has no value has no place: leave it out."""
    found: dict[Key, Place] = {}
    place, before = 0, None
    for number, (key, value) in enumerate(sorted(values.items(), key=lambda item: -item[1]), start=1):
        if value != before:
            place, before = number, value
        found[key] = Place(place, len(values))
    return found
