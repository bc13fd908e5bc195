"""`python -m sumairu.lib.workbooks.drawing`: the process that draws windows of a sheet, started by `picture.draw_apart`."""

from collections.abc import Iterable, Sequence
from typing import Any

from sumairu.lib.workbooks import messages
from sumairu.lib.workbooks.child import run_child
from sumairu.lib.workbooks.files.admission import Refused
from sumairu.lib.workbooks.files.cells import Cell, Grid
from sumairu.lib.workbooks.files.display import text_of
from sumairu.lib.workbooks.files.formats import any_format
from sumairu.lib.workbooks.files.grids import file_to_grids
from sumairu.lib.workbooks.messages import COVERED
from sumairu.lib.workbooks.picture import DrawnCell, DrawnRow, Picture


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
    raise Refused(messages.NO_SUCH_SHEET)


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
    run_child(_draw)
