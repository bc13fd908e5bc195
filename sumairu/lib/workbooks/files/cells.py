"""A workbook as grids of typed cells: what stands where, what is merged, and what nobody sees.

What every format is brought to. It knows spreadsheets and not one word of what the sheets say.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Self, cast

from sumairu.lib.wareki import FIRST, LAST, era_name
from sumairu.lib.workbooks import messages
from sumairu.lib.workbooks.addresses import Place, cell_name, column_name
from sumairu.lib.workbooks.files.admission import Refused
from sumairu.lib.workbooks.files.formats import shows_day, shows_fiscal_year
from sumairu.lib.workbooks.files.scan import MAX_AREA, MAX_CELLS, Fault

Cell = str | float | bool | date | time | timedelta | Fault

# Of one sheet, cells that are covered twice counted twice.
MAX_MERGED_CELLS = 1_000_000
# What Excel takes in a cell, and a workbook in all of its cells together.
LONGEST_TEXT, MAX_TEXT = 32_767, 30_000_000
# A longer comment at a cell is cut.
LONGEST_NOTE = 500

# What the portal keeps of a sheet's name; Excel allows 31, LibreOffice any number.
LONGEST_SHEET_NAME = 100


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


def are_all(kind: type, cells: Iterable[Cell]) -> bool:
    """Are all cells, one or more, of this type and no other? Sooner told of a whole column than of each of its cells."""
    return set(map(type, cells)) == {kind}


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

    @cached_property
    def columns(self) -> list[tuple[Cell, ...]]:
        """The cells column by column, as they were when this was first asked for."""
        return list(zip(*self.rows, strict=True))

    def down(self, column: int, rows: Sequence[int]) -> Sequence[Cell]:
        """The cells of a column in these rows, from top to bottom."""
        cells = self.columns[column]
        follow = bool(rows) and rows[-1] - rows[0] + 1 == len(rows)
        return cells[rows[0] : rows[-1] + 1] if follow else [cells[row] for row in rows]

    def at(self, row: int, column: int) -> Cell:
        """The value that is seen at a cell: of a merged one, that of its first."""
        row, column = self.covered.get((row, column), (row, column))
        return self.rows[row][column]

    def merge(self, ranges: Iterable[tuple[Place, Place]]) -> None:
        """Join the cells from the first to the last of each range. Raises Refused."""
        height, width = len(self.rows), self.width
        merged = 0
        for (top, left), (bottom, right) in ranges:
            bottom, right = min(bottom, height - 1), min(right, width - 1)
            if top > bottom or left > right:
                continue
            merged += (bottom - top + 1) * (right - left + 1)
            if merged > MAX_MERGED_CELLS:
                raise Refused(messages.TOO_MANY_MERGED_CELLS.format(sheet=self.name))
            self.merges[top, left] = (bottom, right)
            self.merged_columns.update(range(left, right + 1))
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    if (row, column) != (top, left):
                        self.covered[row, column] = (top, left)
                        self._take_out(row, column, messages.COVERED)

    def join(self, ranges: Iterable[tuple[Place, Place]]) -> None:
        """Take cells that hold one text for merged, where they are not."""
        free = [each for each in ranges if not any(place in self.merges or place in self.covered for place in each)]
        self.merge(free)

    def hide(self, rows: Iterable[int], columns: set[int]) -> None:
        self.hidden_columns = columns
        for row in rows:
            if row < len(self.rows) and self.rows[row].count("") < self.width:
                for column in range(self.width):
                    self._take_out(row, column, messages.ROW_HIDDEN)

    @property
    def rows_unseen(self) -> int:
        """How many rows with something in them are hidden."""
        return len({row for (row, _), (_, reason) in self.unseen.items() if reason == messages.ROW_HIDDEN})

    @property
    def columns_unseen(self) -> tuple[str, ...]:
        """The letters of hidden columns with something in them."""
        used = (column for column in sorted(self.hidden_columns) if column < self.width)
        return tuple(column_name(column) for column in used if any(row[column] != "" for row in self.rows))

    def _take_out(self, row: int, column: int, reason: str) -> None:
        value = self.rows[row][column]
        if value != "":
            self.unseen[row, column] = (value, reason)
            self.rows[row][column] = ""


class Room:
    """What the sheets of a workbook may take together: cells that hold something, and the rectangles they span."""

    def __init__(self) -> None:
        self.cells = self.area = 0

    def take(self, sheet: str, cells: int, rows: int, columns: int) -> None:
        """Raises Refused where there is no room left for a sheet of this size."""
        self.cells += cells
        self.area += rows * columns
        if self.cells > MAX_CELLS or self.area > MAX_AREA:
            raise too_large(sheet, rows, columns)


def too_large(sheet: str, rows: int, columns: int) -> Refused:
    return Refused(messages.SHEET_TOO_LARGE.format(sheet=sheet, corner=cell_name(rows - 1, columns - 1)))


class TextRoom:
    """What the cells of a workbook may say together, a text that stands in many counted for each."""

    def __init__(self) -> None:
        self.letters = 0

    def take(self, grid: Grid) -> None:
        """Raises Refused, naming the cell, where one says too much or there is no room left for it."""
        longest = letters = 0
        for column in grid.columns:
            try:
                lengths = [*map(len, cast(Sequence[str], column))]
            except TypeError:  # nothing but a text has a length
                lengths = [len(cell) for cell in column if isinstance(cell, str)]
            longest = max(longest, max(lengths, default=0))
            letters += sum(lengths)
        if longest > LONGEST_TEXT or self.letters + letters > MAX_TEXT:
            raise self._refusal(grid.name, grid.rows)
        self.letters += letters

    def _refusal(self, sheet: str, rows: Sequence[Sequence[Cell]]) -> Refused:
        """The first cell, row by row, for which there is no room."""
        for number, row in enumerate(rows):
            lengths = [len(cell) if isinstance(cell, str) else 0 for cell in row]
            longest = max(lengths, default=0)
            cell = cell_name(number, lengths.index(longest)) if lengths else ""
            if longest > LONGEST_TEXT:
                return text_too_long(sheet, cell, longest)
            self.letters += sum(lengths)
            if self.letters > MAX_TEXT:
                return too_much_text(sheet, cell)
        raise AssertionError("there is room for all of these rows")


def text_too_long(sheet: str, cell: str, letters: int) -> Refused:
    return Refused(messages.TEXT_TOO_LONG.format(sheet=sheet, cell=cell, letters=letters, most=LONGEST_TEXT))


def too_much_text(sheet: str, cell: str) -> Refused:
    return Refused(messages.TOO_MUCH_TEXT.format(sheet=sheet, cell=cell, most=MAX_TEXT))


def widened(rows: list[list[Cell]], width: int, height: int = 0) -> list[list[Cell]]:
    """The same rows, made as long as `width` and, with blank ones, as many as `height`."""
    for row in rows:
        if len(row) < width:
            row.extend([""] * (width - len(row)))
    rows.extend([""] * width for _ in range(height - len(rows)))
    return rows


def day_or_moment(moment: datetime) -> date:
    """A date where a moment has no time of day, as calamine has it."""
    return moment if moment.time() != time.min else moment.date()


def as_shown(value: float | date, code: str, *, is_1904: bool = False) -> Cell:
    """A number or date with its format: 44287 under ggge年 is a date, and one under ggge年度 is what it shows.

    Not so from January to March, when the fiscal year of a day is another than the year that it shows.
    """
    if isinstance(value, float) and shows_day(code) and 1 <= value < 2_958_466:
        value = date(1899, 12, 30) + timedelta(int(value) + (1462 if is_1904 else 0))
    if isinstance(value, float):
        return Number(value, code)
    return (
        era_name(value.year) if shows_fiscal_year(code) and value.month >= 4 and FIRST <= value.year <= LAST else value
    )


def note_of(text: str) -> str | None:
    """A comment as it is kept: what others than the portal wrote; None for an empty one."""
    return text.partition(messages.OUR_COMMENT)[0].strip()[:LONGEST_NOTE].strip() or None
