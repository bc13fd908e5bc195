"""The page of one sheet, put together."""

import json
import re
import zlib
from functools import cached_property
from hashlib import sha256
from typing import NamedTuple
from urllib.parse import urlencode

from django.core.cache import cache

from sumairu.imports.sheet.cells import LEAST_WIDTH, WIDE, Row, cell_of, role_of, spilled, widths_of
from sumairu.imports.sheet.columns import (
    Head,
    column_of_names,
    column_pages,
    in_words,
    label_columns,
    page_letters,
    readings,
    tables_read_anew,
)
from sumairu.imports.sheet.places import Place, column_of, place_of, row_of
from sumairu.imports.sheet.rows import Fold, fold_of, rows_to_show
from sumairu.imports.sheet.selected import selected
from sumairu.lib.workbooks import Busy, Refused, SheetSummary
from sumairu.lib.workbooks.addresses import column_name
from sumairu.lib.workbooks.picture import Picture, draw_apart

# Of one page: what keeps it below half a megabyte, with as many columns as it may have.
ROWS_SHOWN, CELLS_SHOWN = 400, 2000
# Seconds that a page waits until others have been read.
PATIENCE = 10
# What was drawn is drawn again within so many seconds, mostly: by who goes from one cell to the next.
DRAWN_FOR = 600

NO_SHEET = SheetSummary("", False, 0, 0)
NOTHING = Picture((), frozenset())
NOTHING_TOLD = {"to_settle": 0, "has_figures": False, "end": None, "worth": [], "runs": []}
_ROWS = re.compile(r"([1-9][0-9]{0,6})-([1-9][0-9]{0,6})")


class Link(NamedTuple):
    url: str
    words: str


class SheetPage:
    """One sheet of a run's workbook, as asked for in `query`: `sheet`, `cell`, `rows` to open, `columns` (a page).

    `kept` is what is kept of the run's comparison (`sumairu.imports.kept`).
    """

    def __init__(self, run, kept, query):
        self.run, self.reading, self.kept = run, kept.reading, kept
        sheets = self.reading.sheets
        self.number = _number(query.get("sheet"), len(sheets)) or self._numbers.get(kept.first_sheet, 1)
        self.sheet = sheets[self.number - 1] if sheets else NO_SHEET
        self.tables = [table for table in self.reading.tables if table.sheet == self.sheet.name]
        self._told = kept.sheets.get(self.sheet.name, NOTHING_TOLD)
        place = place_of(query.get("cell"))
        self.place = place if place and place.row <= self.sheet.rows and place.column <= self.sheet.columns else None
        self.asked = self._asked(query.get("rows"))
        self.column_pages = column_pages(self.sheet.columns, self.tables)
        self.column_page = self._column_page(query.get("columns"))
        self.columns = self.column_pages[self.column_page - 1]

    def _asked(self, rows):
        match = _ROWS.fullmatch(rows or "")
        if match is None:
            return None
        first, last = int(match[1]), min(int(match[2]), self.sheet.rows)
        return (first, last) if first <= last else None

    def _column_page(self, number):
        if self.place:
            return next(page for page, columns in enumerate(self.column_pages, 1) if self.place.column in columns)
        return _number(number, len(self.column_pages)) or 1

    # --- Around the sheet ------------------------------------------------------------------------------------------

    @property
    def query(self):
        """What leads to this sheet, and to the rows and columns of it that were asked for."""
        return urlencode(
            {"sheet": self.number}
            | ({"columns": self.column_page} if self.column_page > 1 else {})
            | ({"rows": "-".join(map(str, self.asked))} if self.asked else {})
        )

    @property
    def letters(self):
        return [column_name(column - 1) for column in self.columns]

    @property
    def has_figures(self):
        return self._told["has_figures"]

    @property
    def in_words(self):
        return in_words(self.tables)

    @cached_property
    def tabs(self):
        """Each sheet with how much in it is to be settled."""
        return [
            {"number": number, "sheet": sheet, "to_settle": self.kept.sheets.get(sheet.name, NOTHING_TOLD)["to_settle"]}
            for number, sheet in enumerate(self.reading.sheets, 1)
        ]

    @cached_property
    def column_links(self):
        """(page, first letters, last letters), where the columns are on several pages."""
        if len(self.column_pages) == 1:
            return []
        return [(page, *letters) for page, letters in enumerate(page_letters(self.column_pages), 1)]

    def link_to(self, cell):
        """A link to a line's or caution's cell, and how to call it from here; None where it is of no one cell."""
        if not cell.cell or cell.sheet not in self._numbers:
            return None
        place = cell.cell if cell.sheet == self.sheet.name else f"{cell.sheet} › {cell.cell}"
        return Link(f"?sheet={self._numbers[cell.sheet]}&cell={cell.cell}#cell-{cell.cell}", place)

    def names_of(self, line):
        """What a line was understood as; of one that could not be read, how its row and column are named."""
        if line.words or line.sheet != self.sheet.name:
            return line.words
        place = place_of(line.cell)
        names = [self._texts.get(Place(place.row, column), "") for column in label_columns(self.tables)]
        title, _ = self._readings.get(column_name(place.column - 1), ("", ""))
        return " ".join(filter(None, (*names, title)))

    @cached_property
    def _numbers(self):
        return {sheet.name: number for number, sheet in enumerate(self.reading.sheets, 1)}

    # --- The sheet -------------------------------------------------------------------------------------------------

    @cached_property
    def open_rows(self):
        room = max(1, min(ROWS_SHOWN, CELLS_SHOWN // max(1, len(self.columns))))
        worth, end = self._told["worth"], self._told["end"]
        return rows_to_show(self.sheet.rows, room, self.tables, worth, end, self.place, self.asked)

    @property
    def lines(self):
        """The lines in the open rows, by their cells."""
        return self._lines_and_cautions[0]

    @cached_property
    def _lines_and_cautions(self):
        return self.kept.lines_in(self.sheet.name, self.open_rows)

    @cached_property
    def picture(self):
        """The open rows as they look; nothing where the workbook cannot be drawn, and `trouble` says why."""
        if not self.open_rows:
            return NOTHING
        columns = [column - 1 for column in self.columns]
        try:
            return drawn(self.run.file, self.number - 1, self.open_rows, columns)
        except Busy:
            self.trouble = "いま、ほかのブックを読み取っています。少しおいて、このページを開き直してください。"
        except Refused as refusal:
            self.trouble = str(refusal)
        return NOTHING

    trouble = ""

    @cached_property
    def parts(self):
        """Rows and folds from top to bottom."""
        parts, end = [], 0
        if not self.picture.windows:
            return parts
        for (first, last), window in zip(self.open_rows, self.picture.windows, strict=True):
            if first > end + 1:
                parts.append(fold_of(end + 1, first - 1, self._told["runs"]))
            parts += map(self._row, window)
            end = last
        if end < self.sheet.rows:
            parts.append(fold_of(end + 1, self.sheet.rows, self._told["runs"]))
        return parts

    @property
    def is_folded(self):
        return any(isinstance(part, Fold) for part in self.parts)

    def _row(self, drawn):
        role = role_of(drawn, self.tables, self._lines_by_row.get(drawn.number, ()))
        cells = [self._cell(Place(drawn.number, cell.column + 1), cell, role) for cell in drawn.cells]
        anew = self._read_anew.get(drawn.number)
        return Row(
            number=drawn.number,
            role="非表示" if drawn.is_hidden else role,
            is_hidden=drawn.is_hidden,
            is_selected=self.place is not None and self.place.row == drawn.number,
            cells=spilled(cells, self._widths),
            ruler=self._heads(anew) if anew else None,
        )

    def _cell(self, place, drawn, role):
        name = str(place)
        cell = cell_of(place, drawn, role, self.lines.get(name), self._column_of_names, self._columns_of_tables)
        cell.has_caution = name in self._lines_and_cautions[1]
        cell.is_selected = place == self.place
        return cell

    @cached_property
    def heads(self):
        return self._heads(self._readings)

    def _heads(self, read):
        return [self._head(column, *read.get(column_name(column - 1), ("", ""))) for column in self.columns]

    def _head(self, column, title, text):
        width = self._widths[column]
        return Head(
            letters=column_name(column - 1),
            title=title,
            text=text,
            width="narrow" if width < 2 * LEAST_WIDTH else "wide" if width >= WIDE else "normal",
            is_hidden=column - 1 in self.picture.hidden_columns,
            is_selected=self.place is not None and self.place.column == column,
            is_name=column == self._column_of_names,
        )

    @cached_property
    def selected(self):
        """The cell that was asked for, in words; None where none was."""
        if self.place is None:
            return None
        name = str(self.place)
        text = self._texts.get(self.place, "")
        return selected(
            name, self.lines.get(name), text, self.run.answers, self.kept.kind.model, is_saved=not self.run.is_open
        )

    @property
    def question_of_selected(self):
        """The number of what is asked of the selected cell."""
        keys = [group.about.key for group in self.kept.questions]
        return keys.index(self.selected.question) + 1 if self.selected and self.selected.question in keys else None

    @property
    def cautions_of_selected(self):
        return self._lines_and_cautions[1].get(str(self.place), [])

    @cached_property
    def _lines_by_row(self):
        rows = {}
        for line in self.lines.values():
            rows.setdefault(row_of(line.cell), []).append(line)
        return rows

    @cached_property
    def _readings(self):
        return readings(self.tables)

    @cached_property
    def _read_anew(self):
        return tables_read_anew(self.tables)

    @cached_property
    def _column_of_names(self):
        return column_of_names(self.tables)

    @cached_property
    def _columns_of_tables(self):
        return set(map(column_of, self._readings))

    @cached_property
    def _widths(self):
        return widths_of(self.columns, self.picture.windows)

    @cached_property
    def _texts(self):
        cells = ((row.number, cell) for window in self.picture.windows for row in window for cell in row.cells)
        return {Place(row, cell.column + 1): cell.text for row, cell in cells}


def drawn(file, sheet, windows, columns):
    """The picture of these rows and columns of a workbook; for some minutes it is drawn only once.

    Raises Refused, Busy.
    """
    asked = json.dumps([file.sha256, file.name, sheet, windows, columns])
    key = f"picture:{sha256(asked.encode()).hexdigest()}"
    if kept := cache.get(key):
        return Picture.from_json(zlib.decompress(kept))
    picture = draw_apart(file.content, file.name, sheet, windows, columns, PATIENCE)
    cache.set(key, zlib.compress(picture.to_json().encode(), level=1), DRAWN_FOR)
    return picture


def _number(text, most):
    """A number from 1 to `most` that stands in an address; None for anything else."""
    if not (text and text.isascii() and text.isdecimal() and len(text) < 7):
        return None
    return int(text) if 1 <= int(text) <= most else None
