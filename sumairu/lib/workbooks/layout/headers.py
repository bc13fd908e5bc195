"""What a table calls its columns and rows: the texts that stand over a column, and those that stand beside a row.

A merged cell, and one that spreads over blank ones, names all that it lies over.
"""

from sumairu.lib.workbooks.files.texts import tidy
from sumairu.lib.workbooks.layout.blocks import Block
from sumairu.lib.workbooks.layout.header_rows import has_unit_for_each, naming_cell
from sumairu.lib.workbooks.layout.sheets import Sheet
from sumairu.lib.workbooks.words import units
from sumairu.lib.workbooks.words.cell_types import UNIT


def column_path(sheet: Sheet, block: Block, column: int) -> tuple[str, ...]:
    """The texts over a column from top to bottom, each once however many rows it is merged over."""
    places = [
        naming_cell(sheet, row, column, block.value_columns, block.header[i + 1 :], block.header[:i])
        for i, row in enumerate(block.header)
    ]
    return tuple(tidy(sheet.grid.rows[row][left]) for row, left in dict.fromkeys(place for place in places if place))


def column_units(sheet: Sheet, block: Block, column: int) -> list[str]:
    """Units in cells of their own over a column."""
    return [
        tidy(sheet.grid.rows[row][column])
        for row in (*block.header, *block.section)
        if sheet.types[row][column] == UNIT and is_of_one_column(sheet, block, row, column)
    ]


def is_of_one_column(sheet: Sheet, block: Block, row: int, column: int) -> bool:
    """Is a unit under or among the names of the columns that of its column alone, rather than one for all?

    So in a row that has one for each, where nothing else names the column, and where it does not call itself 単位.
    """
    if column not in block.value_columns or row not in (*block.header, *block.section):
        return False
    is_named = any(naming_cell(sheet, each, column, block.value_columns, ()) for each in block.header)
    return (
        not is_named
        or has_unit_for_each(sheet.types, row, block.value_columns)
        or not units.calls_itself_unit(str(sheet.grid.rows[row][column]))
    )
