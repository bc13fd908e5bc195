"""Which rows of a sheet a page shows, and what it says of those that it folds."""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from sumairu.imports.comparing import TO_SETTLE, Outcome
from sumairu.imports.sheet.places import row_of

# Below a table's header so many rows are open; a sheet of no more rows than these is all open.
ROWS_TO_BEGIN_WITH, SHORT_SHEET = 20, 60
# Of questions and errors that are one and the same, so many cells are shown.
ALIKE_SHOWN = 10
# No fold hides fewer rows.
LEAST_FOLD = 4


@dataclass(frozen=True)
class Fold:
    """Rows that are not shown, and how many cells of each outcome are in them."""

    first: int
    last: int
    counts: list[tuple[str, int]]
    needs_look: bool
    is_fold = True


def rows_to_show(height, room, tables, worth, end, place, asked):
    """The rows to show, as (first, last) from top to bottom: the best first, as long as there is room.

    `worth` are the rows worth looking at, the most needed first, and `end` is the last that is not all left out (None
    where there is none). `place` is the cell that was asked for, `asked` the rows.
    """
    rows = set()

    def take(first, last, most=room):
        for row in range(max(1, first), min(last, height) + 1):
            if len(rows) < most:
                rows.add(row)

    if place:
        take(place.row - 3, place.row + 3)
    if asked:
        take(*asked, most=max(len(rows), room * 2 // 3))
    if height <= SHORT_SHEET:
        take(1, height)
    headers = [table.header_rows for table in tables if table.header_rows]
    take(1, ROWS_TO_BEGIN_WITH + (headers[0][-1] if headers else 0))
    for row in worth:
        take(row - 1, row + 1)
    for header in headers[1:]:
        take(header[0] - 2, header[-1] + LEAST_FOLD)
    # Where the figures end, and what is left out begins.
    if end is not None and end < height:
        take(end, end + 2)
    return _without_small_folds(sorted(rows), height)


def pattern_of(lines):
    """How many of a row's lines are of each outcome, in the order of outcomes: "0,0,1,2,0,1"."""
    return _pattern(tuple([line.outcome for line in lines]))


@lru_cache(1000)
def _pattern(outcomes):
    return ",".join(str(outcomes.count(outcome)) for outcome in Outcome)


def runs_of_rows(patterns):
    """Rows that follow each other and are of one pattern, as [first, last, pattern]; `patterns` are by row, in order."""
    runs = []
    for row, pattern in patterns.items():
        if runs and runs[-1][1] == row - 1 and runs[-1][2] == pattern:
            runs[-1][1] = row
        else:
            runs.append([row, row, pattern])
    return runs


def fold_of(first, last, runs):
    """The fold of these rows; `runs` are those of their sheet."""
    counts = Counter()
    for start, end, pattern in runs:
        rows = min(last, end) - max(first, start) + 1
        if rows > 0:
            for outcome, count in zip(Outcome, pattern.split(","), strict=True):
                counts[outcome] += rows * int(count)
    told = [(outcome.label, counts[outcome]) for outcome in Outcome if counts[outcome]]
    return Fold(first, last, told, any(counts[outcome] for outcome in TO_SETTLE))


def rows_worth_looking_at(lines, cautious):
    """The rows with something to look at, the most needed first. Of what is asked or wrong alike, a few will do.

    `cautious` are cells to look at again.
    """
    worth = [(1, row_of(cell)) for cell in cautious]
    alike = Counter()
    for line in lines:
        if line.outcome in TO_SETTLE:
            what = line.asked or line.reason
            alike[what] += 1
            if alike[what] <= ALIKE_SHOWN:
                worth.append((0, row_of(line.cell)))
        elif line.outcome == Outcome.CHANGED:
            worth.append((2, row_of(line.cell)))
    return list(dict.fromkeys(row for _, row in sorted(worth)))


def _without_small_folds(rows, height):
    found = []
    for row in rows:
        if found and row - found[-1][1] <= LEAST_FOLD:
            found[-1][1] = row
        else:
            found.append([1 if row <= LEAST_FOLD else row, row])
    if found and height - found[-1][1] < LEAST_FOLD:
        found[-1][1] = height
    return [tuple(each) for each in found]
