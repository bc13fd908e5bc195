"""What a table calls its columns and rows: the texts that stand over a column, and those that stand beside a row.

The fourth step. A merged cell, and one that spreads over blank ones, names all that it lies over.

>>> tidy("予　算　額\\n（千円）"), tidy(2021.0), tidy(45.5), tidy(" 地域づくり  総合交付金 ")
('予算額（千円）', '2021', '45.5', '地域づくり 総合交付金')
"""

from datetime import date, datetime

from sumairu.lib.workbooks.blocks import UNIT, Block
from sumairu.lib.workbooks.cells import Cell, Grid, Number
from sumairu.lib.workbooks.formats import shown
from sumairu.lib.workbooks.header_rows import has_unit_for_each, naming_cell
from sumairu.lib.workbooks.scan import Fault

# No name is longer; a text that is, is cut.
LONGEST_NAME = 300


def column_path(grid: Grid, sorts: list[str], block: Block, column: int) -> tuple[str, ...]:
    """The texts over a column from top to bottom, each once however many rows it is merged over."""
    places = [
        naming_cell(grid, sorts, row, column, block.value_columns, block.header[i + 1 :], block.header[:i])
        for i, row in enumerate(block.header)
    ]
    return tuple(tidy(grid.rows[row][left]) for row, left in dict.fromkeys(place for place in places if place))


def column_units(grid: Grid, sorts: list[str], block: Block, column: int) -> list[str]:
    """Units in cells of their own over a column."""
    return [
        tidy(grid.rows[row][column])
        for row in (*block.header, *block.section)
        if sorts[row][column] == UNIT and is_of_one_column(grid, sorts, block, row, column)
    ]


def is_of_one_column(grid: Grid, sorts: list[str], block: Block, row: int, column: int) -> bool:
    """Is a unit under or among the names of the columns that of its column alone, rather than one for all?

    So in a row that has one for each, where nothing else names the column, and where it does not call itself 単位.
    """
    if column not in block.value_columns or row not in (*block.header, *block.section):
        return False
    is_named = any(naming_cell(grid, sorts, each, column, block.value_columns, ()) for each in block.header)
    return (
        not is_named or has_unit_for_each(sorts, row, block.value_columns) or "単位" not in str(grid.rows[row][column])
    )


def tidy(cell: Cell) -> str:
    """A cell as one line of text, numbers as their format shows them."""
    match cell:
        case bool():
            return "TRUE" if cell else "FALSE"
        case float():
            digits = str(int(cell)) if cell.is_integer() else repr(float(cell))
            style = shown(cell.format) if isinstance(cell, Number) else None
            return f"{style.before}{digits}{style.after}" if style and style.divisor == 1 else digits
        case datetime() | date():
            return cell.isoformat()
        case Fault():
            return cell.raw
    return "".join(_line(line) for line in str(cell)[:LONGEST_NAME].splitlines())


def _line(text: str) -> str:
    words = text.split()
    is_spread = all(len(word) == 1 and not word.isascii() for word in words)  # 予　算　額, set apart for looks
    return ("" if is_spread else " ").join(words)
