"""The page of one sheet, put together."""

import re
from collections import Counter
from functools import cached_property
from typing import NamedTuple
from urllib.parse import urlencode

from sumairu.imports.comparing import Outcome
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

NO_SHEET = SheetSummary("", False, 0, 0)
NOTHING = Picture((), frozenset())
_ROWS = re.compile(r"([1-9][0-9]{0,6})-([1-9][0-9]{0,6})")


class Link(NamedTuple):
    url: str
    words: str


class SheetPage:
    """One sheet of a run's workbook, as asked for in `query`: `sheet`, `cell`, `rows` to open, `columns` (a page)."""

    def __init__(self, run, comparison, cautions, query):
        self.run, self.reading, self.comparison, self.cautions = run, run.reading, comparison, cautions
        sheets = self.reading.sheets
        self.number = _number(query.get("sheet"), len(sheets)) or self._first_worth_opening()
        self.sheet = sheets[self.number - 1] if sheets else NO_SHEET
        self.tables = [table for table in self.reading.tables if table.sheet == self.sheet.name]
        self.lines = {line.cell: line for line in comparison.lines if line.sheet == self.sheet.name}
        self.cautious = {each.cell for each in cautions if each.cell and each.sheet == self.sheet.name}
        place = place_of(query.get("cell"))
        self.place = place if place and place.row <= self.sheet.rows and place.column <= self.sheet.columns else None
        self.asked = self._asked(query.get("rows"))
        self.column_pages = column_pages(self.sheet.columns, self.tables)
        self.column_page = self._column_page(query.get("columns"))
        self.columns = self.column_pages[self.column_page - 1]

    def _first_worth_opening(self):
        """The number of the first sheet where something is to be settled, or to be saved, or a table at all."""
        for lines in (self.comparison.to_settle, self.comparison.to_write, self.reading.tables):
            if lines:
                return self._numbers[lines[0].sheet]
        return 1

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
        return any(line.outcome != Outcome.SKIPPED for line in self.lines.values())

    @property
    def in_words(self):
        return in_words(self.tables)

    @cached_property
    def tabs(self):
        """Each sheet with how much in it is to be settled."""
        to_settle = Counter(line.sheet for line in self.comparison.to_settle)
        return [
            {"number": number, "sheet": sheet, "to_settle": to_settle[sheet.name]}
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
        lines = list(self.lines.values())
        return rows_to_show(self.sheet.rows, room, self.tables, lines, self.cautious, self.place, self.asked)

    @cached_property
    def picture(self):
        """The open rows as they look; nothing where the workbook cannot be drawn, and `trouble` says why."""
        if not self.open_rows:
            return NOTHING
        content, name = self.run.file.content, self.run.file.name
        columns = [column - 1 for column in self.columns]
        try:
            return draw_apart(content, name, self.number - 1, self.open_rows, columns, PATIENCE)
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
                parts.append(fold_of(end + 1, first - 1, self._lines_by_row))
            parts += map(self._row, window)
            end = last
        if end < self.sheet.rows:
            parts.append(fold_of(end + 1, self.sheet.rows, self._lines_by_row))
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
        cell.has_caution = name in self.cautious
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
        return selected(name, self.lines.get(name), self._texts.get(self.place, ""), self.run.answers)

    @property
    def question_of_selected(self):
        """The number of what is asked of the selected cell."""
        keys = [question.key for question, _ in self.comparison.questions]
        return keys.index(self.selected.question) + 1 if self.selected and self.selected.question in keys else None

    @property
    def cautions_of_selected(self):
        name = str(self.place)
        return [each for each in self.cautions if each.cell == name and each.sheet == self.sheet.name]

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


def _number(text, most):
    """A number from 1 to `most` that stands in an address; None for anything else."""
    if not (text and text.isascii() and text.isdecimal() and len(text) < 7):
        return None
    return int(text) if 1 <= int(text) <= most else None
