"""Rows of a table that hold no number, since words stand where it would be.

Such a row looks like a header: texts, and numbers below. It is told from one by the table as a whole: by what the column
that names the rows holds, and by what its words are.
"""

from collections.abc import Callable, Collection, Sequence

from sumairu.lib.workbooks.files.cells import Cell, Grid
from sumairu.lib.workbooks.layout.header_rows import naming_cell
from sumairu.lib.workbooks.layout.sheets import Sheet
from sumairu.lib.workbooks.words.cell_types import BLANK, FAULT, MARK, NUMBER, TEXT, UNIT

# Of a long table, so many rows show what its columns hold.
_SOME_ROWS = 30


def is_row_of_words(
    sheet: Sheet,
    row: int,
    header: Sequence[int],
    body: Sequence[int],
    labels: Collection[int],
    values: tuple[int, ...],
) -> bool:
    """Does `row` belong to the table of `body` under `header`, with words in place of its numbers?"""
    texts = [sheet.grid.rows[row][column] for column in values if sheet.types[row][column] in (TEXT, UNIT)]
    names = {column: cell for column in labels if (cell := _name(sheet, row, column)) is not None}
    if not texts or not names or NUMBER in sheet.types[row] or FAULT in sheet.types[row]:
        return False
    rows = body[:_SOME_ROWS]
    if any(
        _is_like(sheet.grid, rows, column, cell, sheet.words.is_locality, sheet.words.is_code)
        for column, cell in names.items()
    ):
        return True
    if _repeats(sheet.grid, row, header, (*names, *values)) or any(
        sheet.words.names_label(cell) and not _is_like(sheet.grid, rows, column, cell, sheet.words.names_label)
        for column, cell in names.items()
    ):
        return False
    if all(map(sheet.words.is_odd, texts)):
        return True
    if all(map(sheet.words.names_column, texts)) or any(map(sheet.words.begins_section, names.values())):
        return False
    if all(sheet.words.is_odd(text) or sheet.words.stands_in(text) for text in texts):
        return True
    return len(texts) == 1 < len(body) and _is_named(sheet, header, [*names], values)


def _name(sheet: Sheet, row: int, column: int) -> Cell | None:
    top, left = sheet.grid.covered.get((row, column), (row, column))
    return sheet.grid.rows[top][left] if left == column and sheet.types[top][left] == TEXT else None


def _repeats(grid: Grid, row: int, header: Sequence[int], columns: Collection[int]) -> bool:
    """Does a row say what a row of the header says?"""
    own = [grid.rows[row][column] for column in columns]
    return any(own == [grid.rows[upper][column] for column in columns] for upper in header)


def _is_like(grid: Grid, rows: Sequence[int], column: int, cell: Cell, *sorts_of_names: Callable[[Cell], bool]) -> bool:
    """Is a name of a sort of which most others in its column are: a place among places, a code among codes?"""
    others = [text for row in rows if isinstance(text := grid.at(row, column), str) and text]
    return any(is_so(cell) and sum(map(is_so, others)) * 2 > len(others) for is_so in sorts_of_names)


def _is_named(sheet: Sheet, header: Sequence[int], labels: Sequence[int], values: tuple[int, ...]) -> bool:
    """Does the header name the columns of names, and each column of numbers differently?"""
    paths = [
        tuple(dict.fromkeys(naming_cell(sheet, row, column, values, (), ()) for row in header)) for column in values
    ]
    return any(sheet.types[row][column] not in (BLANK, MARK) for row in header for column in labels) and len(
        set(paths)
    ) == len(values)
