"""A block of numbers as the tables that it is: page by page downwards, side by side."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from sumairu.lib.workbooks.files.cells import Cell
from sumairu.lib.workbooks.layout.blocks import Block
from sumairu.lib.workbooks.layout.header_rows import naming_cell
from sumairu.lib.workbooks.layout.sheets import Sheet
from sumairu.lib.workbooks.words.cell_types import BLANK, TEXT


def pages_of(sheet: Sheet, block: Block) -> list[Block]:
    """A block cut where its header comes again among the rows, with other years it may be: there a table begins."""
    names = _names_of_labels(sheet, block)
    again = list(range(len(block.body))) if names else []
    for column, name in names:
        cells = sheet.grid.down(column, block.body)
        again = [i for i in again if cells[i] == name] if name in cells else []
    pages = [replace(block, body=block.body[: again[0]])] if again else [block]
    for start, end in pairwise([*again, len(block.body)]):
        pages.append(
            Block((), (block.body[start],), block.body[start + 1 : end], block.label_columns, block.value_columns)
        )
    return [page for page in pages if page.body]


def goes_on(sheet: Sheet, before: Block, page: Block) -> bool:
    """Has a table the very header of the one before it, and no title of its own? Then it is its next page."""
    texts = [
        sheet.grid.rows[row][column]
        for row in page.above
        for column, cell_type in enumerate(sheet.types[row])
        if cell_type == TEXT
    ]
    if page.section or not all(map(sheet.words.ends_table, texts)):
        return False
    headers = [
        [
            tuple(sheet.grid.at(row, column) for column in (*each.label_columns, *each.value_columns))
            for row in each.header
        ]
        for each in (before, page)
    ]
    return headers[0] == headers[1] and before.value_columns == page.value_columns


def repeats_header(sheet: Sheet, row: int, block: Block) -> bool:
    """Does a row say in its label columns what the header says there?"""
    names = _names_of_labels(sheet, block)
    return bool(names) and all(sheet.grid.rows[row][column] == name for column, name in names)


def _names_of_labels(sheet: Sheet, block: Block) -> list[tuple[int, Cell]]:
    """What the header says of the label columns, each by its number."""
    return [
        (column, sheet.grid.rows[upper][column])
        for column in block.label_columns
        for upper in block.header
        if sheet.types[upper][column] == TEXT
    ]


def side_by_side(sheet: Sheet, block: Block) -> list[Block]:
    """The tables that a block is when read from left to right: apart by a blank column, or by names that begin anew."""
    columns = sorted({*block.label_columns, *block.value_columns})
    parts: list[list[int]] = []
    for column in columns:
        if not parts or _begins_a_table(sheet, block, parts[-1], column):
            parts.append([])
        parts[-1].append(column)
    if len(parts) == 1:
        return [block]
    starts = [0, *(part[0] for part in parts[1:]), sheet.grid.width]
    return [
        replace(_part(sheet.types, block, set(part)), span=(start, end - 1))
        for part, (start, end) in zip(parts, pairwise(starts), strict=True)
    ]


def _begins_a_table(sheet: Sheet, block: Block, left: list[int], column: int) -> bool:
    """Does a column begin a table of its own? Only one of texts, with a whole table to its left and numbers to go."""
    if column not in block.label_columns or not (
        set(left) & set(block.label_columns)
        and set(left) & set(block.value_columns)
        and any(other > column for other in block.value_columns)
    ):
        return False
    gap = range(left[-1] + 1, column)
    if len(gap) and not any(
        sheet.types[row][each] != BLANK or (row, each) in sheet.grid.covered for row in block.header for each in gap
    ):
        return True
    last = _names(sheet, block, column)[-1:]  # over it, each table may have a title of its own
    others = [other for other in left if other in block.label_columns]
    return bool(last) and any(last == _names(sheet, block, other)[-1:] for other in others)


def _names(sheet: Sheet, block: Block, column: int) -> list[Cell]:
    places = [naming_cell(sheet, row, column, block.value_columns, ()) for row in block.header]
    return [sheet.grid.rows[place[0]][place[1]] for place in places if place]


def _part(types: Sequence[str], block: Block, columns: set[int]) -> Block:
    return replace(
        block,
        body=tuple(row for row in block.body if any(types[row][column] != BLANK for column in columns)),
        label_columns=tuple(column for column in block.label_columns if column in columns),
        value_columns=tuple(column for column in block.value_columns if column in columns),
    )
