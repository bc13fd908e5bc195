"""The rows of a sheet as they look, each cell with what came of it."""

import re
from dataclasses import dataclass
from decimal import Decimal

from sumairu.imports.comparing import Outcome
from sumairu.imports.sheet.columns import Head
from sumairu.imports.sheet.marks import MARKS, Mark
from sumairu.imports.sheet.places import Place
from sumairu.lib.amounts import UNITS, grouped
from sumairu.lib.folding import fold
from sumairu.lib.workbooks.words.units import SIZES, units_in

# Widths of a column in half-width characters: at least, at most, and from which on it is a wide one.
LEAST_WIDTH, MOST_WIDTH, WIDE = 5, 26, 16

HEADER, TITLE, UNIT = "見出し", "題名", "単位"
_ROW_SET_APART = re.compile(r"(合計|平均|内数|増減や比率|注記)の行")
_ROLES = {"合計": "計", "増減や比率": "増減", "注記": "注"}
_HALF_WIDTH = re.compile(r"[\x00-\x7f｡-ﾟ]")


@dataclass
class Cell:
    """A cell of the page. `was` is the value that is stored, in the unit of the sheet, where it is another one."""

    place: Place
    text: str
    kind: str = ""
    rows: int = 1
    columns: int = 1
    mark: Mark | None = None
    has_caution: bool = False
    was: str = ""
    is_selected: bool = False

    @property
    def css(self):
        classes = (self.mark and f"f {self.mark.slug}", self.has_caution and "f warn", self.kind)
        return " ".join(filter(None, classes))

    @property
    def is_blank(self):
        return not (self.text or self.mark or self.has_caution) and self.rows == self.columns == 1

    @property
    def may_spill(self):
        return bool(self.text) and self.mark is None and self.kind != "num" and self.rows == self.columns == 1


@dataclass(frozen=True)
class Row:
    """`ruler` says anew how the columns were read, where another table begins."""

    number: int
    role: str
    is_hidden: bool
    is_selected: bool
    cells: list[Cell]
    ruler: list[Head] | None = None


def role_of(drawn, tables, lines):
    """What a row was read as, in a word; empty for one of figures, and for what is of no table. `lines` are its own."""
    if any(drawn.number in table.header_rows for table in tables):
        return HEADER
    for line in lines:
        if line.outcome == Outcome.SKIPPED and (match := _ROW_SET_APART.match(line.reason)):
            return _ROLES.get(match[1], match[1])
    texts = [cell.text for cell in drawn.cells if cell.text]
    if lines or not texts:
        return ""
    if fold("".join(texts)) in {fold(table.title) for table in tables}:
        return TITLE
    return UNIT if any(map(_states_unit, texts)) else ""


def cell_of(place, drawn, role, line, column_of_names, columns_of_tables):
    cell = Cell(place, drawn.text, "num" if drawn.is_number else "", drawn.rows, drawn.columns)
    is_name = place.column == column_of_names and drawn.columns == 1
    if line:
        cell.mark = MARKS[Outcome(line.outcome)]
        cell.was = as_in_sheet(line) if line.outcome == Outcome.CHANGED else ""
    elif role == HEADER and place.column in columns_of_tables:
        cell.kind = "head name" if is_name else "head"
    elif role == TITLE and drawn.text:
        cell.kind = "title across" if drawn.columns > 1 else "title"
    elif role == UNIT and _states_unit(drawn.text):
        cell.kind = "unit"
    elif is_name:
        cell.kind = "name"
    return cell


def spilled(cells, widths):
    """Texts that are longer than their column reach over the blank cells beside them, as they do in Excel."""
    found, missing = [], 0
    for cell in cells:
        width = widths[cell.place.column]
        if missing > 0 and cell.is_blank:
            found[-1].columns += 1
            missing -= width
        else:
            found.append(cell)
            missing = width_of(cell.text) - width if cell.may_spill else 0
    return found


def widths_of(columns, windows):
    """Of each column what its numbers and its shorter texts need, in half-width characters."""
    widths = dict.fromkeys(columns, LEAST_WIDTH)
    for cell in (cell for window in windows for row in window for cell in row.cells if cell.columns == 1):
        width = width_of(cell.text)
        if width <= MOST_WIDTH:
            widths[cell.column + 1] = max(widths[cell.column + 1], width)
    return widths


def width_of(text):
    """How wide a text is, in half-width characters."""
    return 2 * len(text) - len(_HALF_WIDTH.findall(text))


def as_in_sheet(line):
    """The value that is stored, counted as the cell counts it: 31,362,000 of 千円."""
    size = UNITS.get(line.unit) or SIZES.get(line.unit)
    return grouped(Decimal(line.before) / size) if size else line.before_words


def _states_unit(text):
    return UNIT in text and bool(units_in(text))
