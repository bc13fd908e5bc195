"""A workbook as grids of typed cells: what stands where, what is merged, and what nobody sees.

The second step. It knows Excel and not one word of what the sheets say.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from io import BytesIO
from typing import Self, cast

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from sumairu.lib.workbooks.files import SEND_AGAIN, Refused
from sumairu.lib.workbooks.scan import Fault, Traits, scan

Cell = str | float | bool | date | time | timedelta | Fault
Place = tuple[int, int]

# Of one sheet, cells that are covered twice counted twice.
MAX_MERGED_CELLS = 1_000_000

ROW_HIDDEN = "非表示の行にあります。"
COLUMN_HIDDEN = "非表示の列にあります。"
COVERED = "結合したセルに隠れていて見えません。"


class Number(float):
    """A number whose format says more than the number: 3 shown as 令和3年度 is not the 3 of another cell."""

    format: str

    def __new__(cls, value: float, format: str) -> Self:
        number = super().__new__(cls, value)
        number.format = format
        return number

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Number) and float(self) == float(other) and self.format == other.format

    def __hash__(self) -> int:
        return hash((float(self), self.format))


@dataclass
class Grid:
    """One sheet. Each row of `rows` is as long as the others, an empty cell is `""`.

    `merges` leads from the first cell of each merge to its last, `covered` from each other cell to the first.
    `unseen` holds what was taken out of the rows because nobody sees it, and why. Columns that are hidden stay: what
    names a row does so unseen. `notes` are the comments at cells; `notices` say what else one should know of the sheet,
    and on the first one of the whole file.
    """

    name: str
    is_hidden: bool
    rows: list[list[Cell]]
    merges: dict[Place, Place] = field(default_factory=dict)
    covered: dict[Place, Place] = field(default_factory=dict)
    unseen: dict[Place, tuple[Cell, str]] = field(default_factory=dict)
    merged_columns: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    notes: dict[Place, str] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)

    @property
    def width(self) -> int:
        return len(self.rows[0]) if self.rows else 0

    def at(self, row: int, column: int) -> Cell:
        """The value that is seen at a cell: of a merged one, that of its first."""
        row, column = self.covered.get((row, column), (row, column))
        return self.rows[row][column]


def read_grids(content: bytes, name: str = "") -> Iterator[Grid]:
    """The worksheets of the file of this name in order, one at a time. Raises Refused."""
    traits = scan(content)
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(content))
        for sheet in workbook.sheets_metadata:
            if sheet.typ == SheetTypeEnum.WorkSheet:
                if sheet.name not in traits:
                    raise Refused(f"ファイルが壊れています（シート「{sheet.name}」の中身がありません）。{SEND_AGAIN}")
                yield _grid(workbook, sheet.name, sheet.visible != SheetVisibleEnum.Visible, traits[sheet.name])
    except CalamineError as error:
        raise Refused(f"ファイルが壊れていて読み取れません。{SEND_AGAIN}") from error


def _grid(workbook: CalamineWorkbook, name: str, is_hidden: bool, traits: Traits) -> Grid:
    sheet = workbook.get_sheet_by_name(name)
    rows = cast(list[list[Cell]], sheet.to_python(skip_empty_area=False))
    grid = Grid(name, is_hidden, _widened(rows, traits))
    for place, fault in traits.faults.items():
        grid.rows[place[0]][place[1]] = fault
    for (row, column), code in traits.formats.items():
        if isinstance(value := grid.rows[row][column], float):
            grid.rows[row][column] = Number(value, code)
    _merge(grid, sheet.merged_cell_ranges or [])
    _hide(grid, traits)
    return grid


def _widened(rows: list[list[Cell]], traits: Traits) -> list[list[Cell]]:
    """The rows with room for cells that calamine takes for empty ones: faults at the edges of a sheet."""
    width = max(traits.columns, len(rows[0]) if rows else 0)
    if rows and len(rows[0]) < width:
        for row in rows:
            row.extend([""] * (width - len(row)))
    rows.extend([""] * width for _ in range(traits.rows - len(rows)))
    return rows


def _merge(grid: Grid, ranges: list[tuple[Place, Place]]) -> None:
    height, width = len(grid.rows), grid.width
    merged = 0
    for (top, left), (bottom, right) in ranges:
        bottom, right = min(bottom, height - 1), min(right, width - 1)
        if top > bottom or left > right:
            continue
        merged += (bottom - top + 1) * (right - left + 1)
        if merged > MAX_MERGED_CELLS:
            raise Refused(
                f"シート「{grid.name}」の結合したセルが多すぎます。列や表の全体にわたる結合を解き、保存し直してください。"
            )
        grid.merges[top, left] = (bottom, right)
        grid.merged_columns.update(range(left, right + 1))
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                if (row, column) != (top, left):
                    grid.covered[row, column] = (top, left)
                    _take_out(grid, row, column, COVERED)


def _hide(grid: Grid, traits: Traits) -> None:
    grid.hidden_columns = traits.hidden_columns
    for row in traits.hidden_rows:
        for column in range(grid.width if row < len(grid.rows) else 0):
            _take_out(grid, row, column, ROW_HIDDEN)


def _take_out(grid: Grid, row: int, column: int, reason: str) -> None:
    value = grid.rows[row][column]
    if value != "":
        grid.unseen[row, column] = (value, reason)
        grid.rows[row][column] = ""
