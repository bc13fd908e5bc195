"""How the outcomes of figures are marked. The letters are the first of the words, so that they need no key."""

from typing import NamedTuple

from sumairu.imports.comparing import Outcome


class Mark(NamedTuple):
    """A mark: its class in the stylesheet, its letter, its word."""

    slug: str
    letter: str
    label: str


MARKS = {
    outcome: Mark(slug, letter, outcome.label)
    for outcome, slug, letter in (
        (Outcome.NEW, "new", "新"),
        (Outcome.CHANGED, "chg", "変"),
        (Outcome.UNCHANGED, "same", "同"),
        (Outcome.QUESTION, "ask", "問"),
        (Outcome.ERROR, "err", "誤"),
        (Outcome.SKIPPED, "out", "－"),
    )
}
