"""Windows of one sheet as it looks: what is seen in each cell, merged cells as one, what is hidden marked as such.

Drawn beside what was read, so that the editor finds the very sheet that was sent. It reads no word either.
"""

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Self

from sumairu.lib.workbooks.child import answer, ask_apart
from sumairu.lib.workbooks.files.admission import Refused
from sumairu.lib.workbooks.files.cells import Cell, Grid
from sumairu.lib.workbooks.files.display import text_of
from sumairu.lib.workbooks.files.formats import any_format
from sumairu.lib.workbooks.files.grids import file_to_grids
from sumairu.lib.workbooks.messages import COVERED


class DrawnCell(NamedTuple):
    """A cell, or all of a merged one that lies in the window: its column, counted from 0, and how far it spans."""

    column: int
    text: str = ""
    is_number: bool = False
    rows: int = 1
    columns: int = 1


class DrawnRow(NamedTuple):
    """A row as Excel numbers it. Cells that another one covers are not among its cells, blank ones are."""

    number: int
    is_hidden: bool
    cells: tuple[DrawnCell, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """The windows, each of rows that follow one another."""

    windows: tuple[tuple[DrawnRow, ...], ...]
    hidden_columns: frozenset[int]

    def to_json(self) -> str:
        return json.dumps([self.windows, sorted(self.hidden_columns)], ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        windows, hidden_columns = json.loads(text)
        return cls(
            tuple(
                tuple(
                    DrawnRow(number, is_hidden, tuple(DrawnCell(*cell) for cell in cells))
                    for number, is_hidden, cells in rows
                )
                for rows in windows
            ),
            frozenset(hidden_columns),
        )


def draw_apart(
    content: bytes,
    name: str,
    sheet: int,
    windows: Sequence[tuple[int, int]],
    columns: Sequence[int],
    patience: float | None = None,
) -> Picture:
    """`draw` in a process of its own, of a workbook that `files.admit` let pass. Raises Refused, Busy."""
    asked = {"name": name, "sheet": sheet, "windows": windows, "columns": tuple(columns)}
    return Picture.from_json(ask_apart("sumairu.lib.workbooks.picture", asked, content, patience))


def draw(content: bytes, name: str, sheet: int, windows: Iterable[tuple[int, int]], columns: Sequence[int]) -> Picture:
    """Of the sheet at this place in the file, the `windows` of rows (first, last, as Excel numbers them).

    `columns` are counted from 0 and rise; what lies beyond the sheet is left out. Raises Refused. It may exhaust
    memory: `draw_apart` runs it in a process apart.
    """
    for place, grid in enumerate(file_to_grids(content, name, any_format)):
        if place == sheet:
            columns = [column for column in columns if column < grid.width]
            drawn = (range(first - 1, min(last, len(grid.rows))) for first, last in windows)
            return Picture(
                tuple(_window(grid, rows, columns) for rows in drawn),
                frozenset(grid.hidden_columns.intersection(columns)),
            )
    raise Refused("このシートはブックにありません。ブックを選び直してください。")


def _window(grid: Grid, rows: range, columns: Sequence[int]) -> tuple[DrawnRow, ...]:
    drawn = []
    for row in rows:
        hides = {reason != COVERED for column in columns for _, reason in _unseen(grid, row, column)}
        cells = tuple(cell for column in columns if (cell := _cell(grid, rows, columns, row, column)) is not None)
        drawn.append(DrawnRow(row + 1, True in hides, cells))
    return tuple(drawn)


def _unseen(grid: Grid, row: int, column: int) -> Iterable[tuple[Cell, str]]:
    return [grid.unseen[row, column]] if (row, column) in grid.unseen else []


def _cell(grid: Grid, rows: range, columns: Sequence[int], row: int, column: int) -> DrawnCell | None:
    """The cell to draw at a place: of a merged one its part in the window, once; None where that covers the place."""
    top, left = grid.covered.get((row, column), (row, column))
    bottom, right = grid.merges.get((top, left), (top, left))
    across = [column] if left == right else [other for other in columns if left <= other <= right]
    if (row, column) != (max(top, rows.start), across[0]):
        return None
    value = grid.rows[top][left]
    if value == "" and (top, left) in grid.unseen:
        value = grid.unseen[top, left][0]
    is_number = isinstance(value, float | int) and not isinstance(value, bool)
    down = min(bottom + 1, rows.stop) - row
    return DrawnCell(column, text_of(value), is_number, down, len(across))


def _draw(asked: dict[str, Any], content: bytes) -> bytes:
    return draw(content, **asked).to_json().encode()


if __name__ == "__main__":
    sys.exit(answer(_draw))
