"""Small workbooks that mislead, each in a way in which real ones do, held to what a careful person reads in them."""

from collections import Counter
from functools import cache

import pytest

from tests.lib.workbooks.small_cases import CASES, RIGHT, WRONG, verdicts

of = cache(lambda place: verdicts(CASES[place]))


@pytest.mark.parametrize("place", range(len(CASES)), ids=[case["file"] for case in CASES])
def test_a_case_is_read_as_a_careful_person_reads_it(place):
    assert {cell: verdict for cell, verdict in of(place).items() if verdict != RIGHT} == {}, CASES[place]["why"]


def test_no_value_is_wrong():
    tally = Counter(verdict for place in range(len(CASES)) for verdict in of(place).values())
    print(
        f"{sum(set(of(place).values()) == {RIGHT} for place in range(len(CASES)))} of {len(CASES)} whole; {dict(tally)}"
    )
    assert tally[WRONG] == 0
