"""How much of what is exhaustive a run takes: all of it where EXHAUSTIVE=1 (`make test-all`, `make ci`), else every n-th case.

What costs seconds for one answer, and has no cases to choose from, is marked `exhaustive` and left out of a sample.
"""

import os

ALL = os.environ.get("EXHAUSTIVE") == "1"


def sample(cases, every, first=0):
    """All of `cases`, or each `every`-th of them from the `first` on, the same ones in every run."""
    cases = list(cases)
    return cases if ALL else cases[first::every]


def gathered(cases):
    """Lists of `cases` for one test each: of all of them each alone, of a sample all with one set-up."""
    cases = list(cases)
    return [[case] for case in cases] if ALL else [cases]
