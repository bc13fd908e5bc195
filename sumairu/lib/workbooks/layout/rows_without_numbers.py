"""Rows of a table that hold no number, since words stand where it would be. Part of the third step.

Such a row looks like a header: texts, and numbers below. It is told from one by the table as a whole: by what the column
that names the rows holds, and by what its words are.
"""

from collections.abc import Callable, Collection, Sequence

from sumairu.lib.workbooks.files.cells import Cell, Grid
from sumairu.lib.workbooks.layout.blocks import Words
from sumairu.lib.workbooks.layout.header_rows import naming_cell
from sumairu.lib.workbooks.words.cell_types import BLANK, FAULT, MARK, NUMBER, TEXT, UNIT

# Of a long table, so many rows show what its columns hold.
_SOME_ROWS = 30


def is_row_of_words(
    grid: Grid,
    sorts: list[str],
    row: int,
    header: Sequence[int],
    body: Sequence[int],
    labels: Collection[int],
    values: tuple[int, ...],
    words: Words,
) -> bool:
    """Does `row` belong to the table of `body` under `header`, with words in place of its numbers?"""
    texts = [grid.rows[row][column] for column in values if sorts[row][column] in (TEXT, UNIT)]
    names = {column: cell for column in labels if (cell := _name(grid, sorts, row, column)) is not None}
    if not texts or not names or NUMBER in sorts[row] or FAULT in sorts[row]:
        return False
    rows = body[:_SOME_ROWS]
    if any(_is_like(grid, rows, column, cell, words.is_place, words.is_code) for column, cell in names.items()):
        return True
    if _repeats(grid, row, header, (*names, *values)) or any(
        words.names_label(cell) and not _is_like(grid, rows, column, cell, words.names_label)
        for column, cell in names.items()
    ):
        return False
    if all(map(words.is_odd, texts)):
        return True
    if all(map(words.names_column, texts)) or any(map(words.begins_section, names.values())):
        return False
    if all(words.is_odd(text) or words.stands_in(text) for text in texts):
        return True
    return len(texts) == 1 < len(body) and _is_named(grid, sorts, header, [*names], values)


def _name(grid: Grid, sorts: list[str], row: int, column: int) -> Cell | None:
    top, left = grid.covered.get((row, column), (row, column))
    return grid.rows[top][left] if left == column and sorts[top][left] == TEXT else None


def _repeats(grid: Grid, row: int, header: Sequence[int], columns: Collection[int]) -> bool:
    """Does a row say what a row of the header says?"""
    own = [grid.rows[row][column] for column in columns]
    return any(own == [grid.rows[upper][column] for column in columns] for upper in header)


def _is_like(grid: Grid, rows: Sequence[int], column: int, cell: Cell, *sorts_of_names: Callable[[Cell], bool]) -> bool:
    """Is a name of a sort of which most others in its column are: a place among places, a code among codes?"""
    others = [text for row in rows if isinstance(text := grid.at(row, column), str) and text]
    return any(is_so(cell) and sum(map(is_so, others)) * 2 > len(others) for is_so in sorts_of_names)


def _is_named(
    grid: Grid, sorts: list[str], header: Sequence[int], labels: Sequence[int], values: tuple[int, ...]
) -> bool:
    """Does the header name the columns of names, and each column of numbers differently?"""
    paths = [
        tuple(dict.fromkeys(naming_cell(grid, sorts, row, column, values, (), ()) for row in header))
        for column in values
    ]
    return any(sorts[row][column] not in (BLANK, MARK) for row in header for column in labels) and len(
        set(paths)
    ) == len(values)
