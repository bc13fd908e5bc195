"""Cells by their names, as they stand in addresses of pages and in what was read."""

import re
from typing import NamedTuple

from sumairu.lib.workbooks.files.scan import LAST_COLUMN, LAST_ROW, column_name

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


class Place(NamedTuple):
    row: int
    column: int

    def __str__(self):
        return f"{column_name(self.column - 1)}{self.row}"


def place_of(cell):
    """The place of `D12`; None for anything that is no cell."""
    match = _CELL.fullmatch(cell or "")
    if match is None:
        return None
    place = Place(int(match[2]), column_of(match[1]))
    return place if place.row <= LAST_ROW and place.column <= LAST_COLUMN else None


def column_of(letters):
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column


def row_of(cell):
    return int(cell.lstrip(_LETTERS))
