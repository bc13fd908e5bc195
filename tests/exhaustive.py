"""How much of what is exhaustive a run takes: all of it where EXHAUSTIVE=1 (`make test-all`, `make ci`), else a sample.

What costs much time for one answer (threads, whole workbooks, queries counted twice) is marked `exhaustive` and left
out of a sample. Of a test with many cases a sample takes some, the same ones in every run.
"""

import os
from itertools import groupby

ALL = os.environ.get("EXHAUSTIVE") == "1"
MOST_CASES = 6


def sample(cases, every, first=0):
    """All of `cases`, or each `every`-th of them from the `first` on, the same ones in every run."""
    cases = list(cases)
    return cases if ALL else cases[first::every]


def gathered(cases):
    """Lists of `cases` for one test each: of all of them each alone, of a sample all with one set-up."""
    cases = list(cases)
    return [[case] for case in cases] if ALL else [cases]


def some_cases(tests):
    """Of `tests` in order of their files, at most MOST_CASES cases of each, spread over all it has, the first among them."""
    chosen = []
    for _, group in groupby(tests, key=lambda test: (test.path, test.nodeid.partition("[")[0])):
        cases = list(group)
        chosen += cases[:: -(-len(cases) // MOST_CASES)]
    return chosen
