"""Cells by their names. Rows and columns are counted from 0 here and in every step of the reader.

>>> cell_name(0, 0), cell_name(2, 27), cell_name(1048575, 16383)
('A1', 'AB3', 'XFD1048576')
>>> place_of("AB5"), place_of("A0"), place_of("XFE1"), place_of("a1"), column_number("AB"), letters_of("AB5")
((4, 27), None, None, None, 27, 'AB')
"""

import re
from functools import cache

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384

Place = tuple[int, int]

DIGITS = "0123456789"
_NAME = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


def cell_name(row: int, column: int) -> str:
    return f"{column_name(column)}{row + 1}"


@cache
def column_name(column: int) -> str:
    letters = ""
    while column >= 0:
        column, letter = divmod(column, 26)
        letters = chr(ord("A") + letter) + letters
        column -= 1
    return letters


def place_of(name: str) -> Place | None:
    """The row and the column of a cell; None of what names no cell."""
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    row, column = int(match[2]) - 1, column_number(match[1])
    return (row, column) if row < LAST_ROW and column < LAST_COLUMN else None


def column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def letters_of(cell: str) -> str:
    """Those of the column in which a cell of this name stands."""
    return cell.rstrip(DIGITS)
