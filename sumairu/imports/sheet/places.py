"""Cells by their names, as they stand in addresses of pages and in what was read. Rows and columns count from 1 here."""

from typing import NamedTuple

from sumairu.lib.workbooks import addresses


class Place(NamedTuple):
    row: int
    column: int

    def __str__(self):
        return addresses.cell_name(self.row - 1, self.column - 1)


def place_of(cell):
    """The place of `D12`; None for anything that is no cell."""
    place = addresses.place_of(cell or "")
    return place and Place(place[0] + 1, place[1] + 1)


def column_of(letters):
    return addresses.column_number(letters) + 1


def row_of(cell):
    return int(cell.removeprefix(addresses.letters_of(cell)))
