"""Rows of a table that hold no number, since words stand where it would be.

Such a row looks like a header: texts, and numbers below. It is told from one by the table as a whole: by what the column
that names the rows holds, and by what its words are.
"""

from collections.abc import Callable, Collection, Sequence

from sumairu.lib.workbooks.files.cells import Cell, Grid
from sumairu.lib.workbooks.layout.header_rows import naming_cell
from sumairu.lib.workbooks.layout.sheets import Sheet
from sumairu.lib.workbooks.words.cell_types import FAULT, MARK, NUMBER, TEXT, UNIT

# Of a long table, so many rows show what its columns hold.
_SOME_ROWS = 30


def is_row_of_words(
    sheet: Sheet,
    row: int,
    header: Sequence[int],
    body: Sequence[int],
    labels: Collection[int],
    values: tuple[int, ...],
    *,
    follows: bool = False,
) -> bool:
    """Does `row` belong to the table of `body` under `header`, with words in place of its numbers?

    `follows`: it comes right behind a row of the table.
    """
    words = sheet.words
    said = [column for column in values if sheet.types[row][column] in (TEXT, UNIT, MARK)]
    if not said or NUMBER in sheet.types[row] or FAULT in sheet.types[row]:
        return False
    if len(said) > 1 and all(words.is_operand(sheet.grid.rows[row][column]) for column in said):
        return False
    texts = [sheet.grid.rows[row][column] for column in said if sheet.types[row][column] != MARK]
    may_be_header = len(texts) > 1 and not follows and not any(map(words.stands_in, texts))
    if may_be_header and all(map(words.is_english, texts)):
        return False
    labels = [column for column in labels if column < values[0]] or labels
    named = is_named_like_rows(sheet, row, header, body, labels)
    if named is None or named:
        return bool(named)
    if _repeats(sheet.grid, row, header, (*labels, *values)):
        return False
    if not texts or any(words.is_odd(text) or words.stands_in(text) for text in texts):
        return True
    is_named_by_word = any(words.names_label(sheet.grid.rows[upper][column]) for upper in header for column in labels)
    if len(said) == len(set(texts)) > 1 and any(all(map(are, texts)) for are in (words.is_year, words.is_stage)):
        return is_named_by_word and _names_each(sheet, header, values)
    return (is_named_by_word or follows or len(set(texts)) == 1) and _names_each(sheet, header, values)


def is_named_like_rows(
    sheet: Sheet, row: int, header: Sequence[int], body: Sequence[int], labels: Collection[int]
) -> bool | None:
    """Is a row named as those of a table are, a place among places? None where it is not, or is named as a header is.

    False where it has a name of which one cannot say so much.
    """
    words = sheet.words
    names = {column: cell for column in labels if (cell := _name(sheet, row, column)) is not None}
    rows = body[:_SOME_ROWS]
    if any(
        _is_like(sheet.grid, rows, column, cell, words.is_locality, words.is_code) for column, cell in names.items()
    ):
        return True
    if not names or any(words.begins_section(cell) or words.is_note(cell) for cell in names.values()):
        return None
    is_header = any(
        words.names_label(cell) and not _is_like(sheet.grid, rows, column, cell, words.names_label)
        for column, cell in names.items()
    )
    return None if is_header else False


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


def _names_each(sheet: Sheet, header: Sequence[int], values: tuple[int, ...]) -> bool:
    """Does the header name each column of numbers, and each differently?"""
    paths = [
        tuple(
            sheet.grid.rows[place[0]][place[1]]
            for row in header
            if (place := naming_cell(sheet, row, column, values, ()))
        )
        for column in values
    ]
    return all(paths) and len(set(paths)) == len(values)
