"""Values in a few steps of which a map shows each in a shade of its own: about as many in each, and like ones together.

>>> steps_of([1, 2, 3, 4, 5, 6, 7, 8])
[(1, 2), (3, 4), (5, 6), (7, 8)]
>>> steps_of([5, 5, 5, 5, 9]), steps_of([7]), steps_of([])
([(5, 5), (9, 9)], [(7, 7)], [])
"""

from collections.abc import Iterable

MOST_STEPS = 4


def steps_of(values: Iterable[int], most: int = MOST_STEPS) -> list[tuple[int, int]]:
    """The least and the largest value of each step, lowest first; at most `most` steps."""
    ordered = sorted(values)
    places: dict[int, int] = {}
    for place, value in enumerate(ordered):
        places.setdefault(value, place * most // len(ordered))
    steps: dict[int, list[int]] = {}
    for value, step in places.items():
        steps.setdefault(step, []).append(value)
    return [(each[0], each[-1]) for each in steps.values()]
