"""How much of what is exhaustive a run takes: all of it where EXHAUSTIVE=1 (`make test-all`), else every n-th case."""

import os

ALL = os.environ.get("EXHAUSTIVE") == "1"


def sample(cases, every):
    """All of `cases`, or each `every`-th of them, the same ones in every run."""
    cases = list(cases)
    return cases if ALL else cases[::every]
