"""Lists of known content with real-world texts strewn over their numbers: a value is right, or told; never wrong."""

from collections import Counter

from tests import strewn
from tests.exhaustive import ALL

LISTS = 600 if ALL else 60


def test_a_number_is_right_or_told():
    tally = Counter()
    bad = {}
    for number in range(LISTS):
        found = strewn.outcomes(strewn.case(0, number))
        tally.update(found.values())
        bad |= {(number, cell): outcome for cell, outcome in found.items() if outcome in (strewn.WRONG, strewn.LOST)}
    print(f"{LISTS} lists: {dict(tally)}")
    assert bad == {}
    assert tally[strewn.RIGHT] > 20 * tally[strewn.OPEN]
