"""Which of many are most like one, by measures that count in quite different units.

Every measure is standardised first: how many standard deviations (of all that have a value) a value lies above the
mean; of a measure that spans powers of ten, people or area, its logarithm. The distance of two is the root of the mean
of the squared differences, each with its weight. A measure that one of the two lacks is left out for these two, and
the mean taken over the others; what weighs nothing is left out for all.

>>> towns = {"a": {"people": 1000, "old": 30}, "b": {"people": 2000, "old": 30}, "c": {"people": 4000, "old": None}}
>>> measures = [Measure("people", is_log=True), Measure("old")]
>>> for near in nearest("a", towns, measures, {"people": 1, "old": 1}):
...     print(near.key, round(near.distance, 3), near.missing)
b 0.866 ()
c 2.449 ('old',)
>>> [near.key for near in nearest("a", towns, measures, {"people": 0, "old": 1})]
['b']
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt
from statistics import fmean, pstdev
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Values = Mapping[str, float | None]  # by the name of a measure; None where it is not known


@dataclass(frozen=True)
class Measure:
    name: str
    is_log: bool = False


@dataclass(frozen=True)
class Near(Generic[Key]):
    key: Key
    distance: float
    missing: tuple[str, ...]  # the measures that weigh something and were left out, since one of the two lacks them


def nearest(
    here: Key, rows: Mapping[Key, Values], measures: Sequence[Measure], weights: Mapping[str, int]
) -> list[Near[Key]]:
    """All others by their distance from `here`, the nearest first; those with no measure in common are left out."""
    weighing = [measure for measure in measures if weights.get(measure.name, 0) > 0]
    scores = {measure.name: standardised(rows, measure) for measure in weighing}
    found = []
    for key in rows:
        if key == here:
            continue
        common = [name for name, score in scores.items() if here in score and key in score]
        if common:
            total = sum(weights[name] for name in common)
            squares = sum(weights[name] * (scores[name][here] - scores[name][key]) ** 2 for name in common)
            missing = tuple(name for name in scores if name not in common)
            found.append(Near(key, sqrt(squares / total), missing))
    return sorted(found, key=lambda near: near.distance)


def standardised(rows: Mapping[Key, Values], measure: Measure) -> dict[Key, float]:
    """Of each row that has a value: how many standard deviations it lies above the mean; 0 where all are alike.

    Of a logarithm what is not above zero has no value.
    """
    known = {key: value for key, values in rows.items() if (value := _value(values, measure)) is not None}
    if not known:
        return {}
    mean, deviation = fmean(known.values()), pstdev(known.values())
    return {key: (value - mean) / deviation if deviation else 0.0 for key, value in known.items()}


def _value(values: Values, measure: Measure) -> float | None:
    value = values.get(measure.name)
    if value is None or not measure.is_log:
        return value
    return log(value) if value > 0 else None
