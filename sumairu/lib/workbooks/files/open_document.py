"""Sheets of OpenDocument (.ods), as LibreOffice and Excel write them, as grids: one stream over `content.xml`.

Rows and cells say how often they stand there, so that a short file may ask for a million rows: they are counted before
they are laid out.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from datetime import datetime, timedelta
from math import isfinite
from xml.parsers import expat

from sumairu.lib.workbooks import messages
from sumairu.lib.workbooks.addresses import LAST_COLUMN, LAST_ROW, Place
from sumairu.lib.workbooks.files.admission import Refused, directory, inflated
from sumairu.lib.workbooks.files.cells import Cell, Grid, Number, Room, day_or_moment, note_of, too_large, widened
from sumairu.lib.workbooks.files.formats import FISCAL_YEAR, Telling, matters
from sumairu.lib.workbooks.files.markup import elements, feed, not_xml, parser_of
from sumairu.lib.workbooks.files.open_document_styles import Styles
from sumairu.lib.workbooks.files.scan import MAX_AREA, MAX_CELLS, Fault

_CONTENT, _STYLES, _MANIFEST = "content.xml", "styles.xml", "META-INF/manifest.xml"

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_OFFICE, _TABLE, _TEXT = f"{_OASIS}office:1.0 ", f"{_OASIS}table:1.0 ", f"{_OASIS}text:1.0 "
_SPREADSHEET, _ANNOTATION = f"{_OFFICE}spreadsheet", f"{_OFFICE}annotation"
_SHEET, _ROW, _COLUMN = f"{_TABLE}table", f"{_TABLE}table-row", f"{_TABLE}table-column"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_GROUPS = (f"{_TABLE}table-row-group", f"{_TABLE}table-column-group")
_AROUND = {f"{_TABLE}table-{name}" for name in ("rows", "columns", "header-rows", "header-columns")}
_LINE, _READING = f"{_TEXT}p", f"{_TEXT}ruby-text"
_LISTS = (f"{_TEXT}list", f"{_TEXT}list-item")
_STYLE, _DEFAULT_STYLE = f"{_TABLE}style-name", f"{_TABLE}default-cell-style-name"
_TYPE, _VALUE = f"{_OFFICE}value-type", f"{_OFFICE}value"
_OWN_TYPE = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 value-type"

_ERROR = re.compile(r"#(?:REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|N/A)|Err:[0-9]{3}")
_TIME = re.compile(r"PT([0-9]{1,7})H([0-9]{1,2})M([0-9]{1,2})(?:[.,][0-9]+)?S")


def read_open_document(content: bytes, telling: Telling = matters) -> Iterator[Grid]:
    parts = {part.filename: part for part in directory(content)}
    if _MANIFEST in parts and any(tag == "encryption-data" for tag, _ in elements(content, parts[_MANIFEST])):
        raise Refused(messages.LOCKED)
    styles = Styles(telling)
    if _STYLES in parts:
        parser = parser_of(" ")
        styles.listen(parser)
        feed(parser, content, parts[_STYLES])
    parser = parser_of(" ")
    has_macros = any(name.startswith(("Basic/", "Scripts/")) for name in parts)
    reader = _Reader(parser, styles, [messages.MACROS] if has_macros else [])
    try:
        for chunk in inflated(content, parts[_CONTENT]):
            parser.Parse(chunk, False)
            while reader.finished:
                yield reader.finished.pop(0)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise not_xml(parts[_CONTENT]) from error
    yield from reader.finished


class _Sheet:
    """One sheet as far as it has been read."""

    def __init__(self, name: str, is_hidden: bool):
        self.grid = Grid(name, is_hidden, [])
        self.cells = self.width = self.row = 0
        self.merges: list[tuple[Place, Place]] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        # The columns after the last of each run of columns, and the style of a cell in the run that has none itself.
        self.ends: list[int] = []
        self.styles: list[str] = []

    def style_at(self, column: int) -> str:
        run = bisect_right(self.ends, column)
        return self.styles[run] if run < len(self.styles) else ""

    def add_columns(self, times: int, style: str, is_hidden: bool) -> None:
        first = self.ends[-1] if self.ends else 0
        self.ends.append(first + times)
        self.styles.append(style)
        if is_hidden and first < LAST_COLUMN:
            self.hidden_columns.update(range(first, min(first + times, LAST_COLUMN)))

    def add_row(self, cells: list[tuple[int, int, Cell]], times: int, is_hidden: bool) -> None:
        """`cells` are column, how many columns, value of those that hold something. Raises Refused."""
        if cells:
            last, wide, _ = cells[-1]
            height, self.width = self.row + times, max(self.width, last + wide)
            if height > LAST_ROW or self.width > LAST_COLUMN:
                raise Refused(messages.BEYOND_THE_LAST_CELL)
            self.cells += times * sum(wide for _, wide, _ in cells)
            if self.cells > MAX_CELLS or height * self.width > MAX_AREA:
                raise too_large(self.grid.name, height, self.width)
            line: list[Cell] = []
            for column, wide, value in cells:
                line.extend([""] * (column - len(line)))
                line.extend([value] * wide)
            rows = self.grid.rows
            rows.extend([] for _ in range(self.row - len(rows)))
            rows.extend([*line] for _ in range(times))
            if is_hidden:
                self.hidden_rows.update(range(self.row, height))
        self.row += times

    def laid_out(self) -> Grid:
        grid = self.grid
        widened(grid.rows, self.width)
        grid.merge(self.merges)
        grid.hide(self.hidden_rows, self.hidden_columns)
        return grid


class _Reader:
    """Takes sheets from the elements of `content.xml`, its styles first.

    What stands where no sheet, row, cell or line of text is looked for (shapes, forms, recorded changes) is passed over
    with all inside it.
    """

    def __init__(self, parser: expat.XMLParserType, styles: Styles, notices: list[str]):
        self.parser, self.styles, self.notices = parser, styles, notices
        self.finished: list[Grid] = []
        self.room = Room()
        self.sheet: _Sheet | None = None
        self.row: dict[str, str] | None = None
        self.cells: list[tuple[int, int, Cell]] = []
        self.column = 0
        self.cell: dict[str, str] | None = None
        self.lines: list[str] = []
        self.note: list[str] | None = None
        self.text: list[str] | None = None
        self.groups: list[bool] = []
        self.passed_over = 0
        styles.listen(parser, _SPREADSHEET, self.listen)

    def listen(self) -> None:
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.hear

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self.passed_over:
            self.passed_over += 1
        elif self.text is not None:
            self.start_in_text(name, attributes)
        elif self.cell is not None:
            if name == _LINE:
                self.text = []
            elif name == _ANNOTATION and self.note is None:
                self.note = []
            elif self.note is None or name not in _LISTS:
                self.passed_over = 1
        elif self.row is not None:
            if name in _CELLS:
                self.cell = attributes
            else:
                self.passed_over = 1
        elif self.sheet is not None:
            self.start_in_sheet(self.sheet, name, attributes)
        elif name == _SHEET:
            is_hidden = attributes.get(_STYLE, "") in self.styles.hidden_sheets
            self.sheet = _Sheet(attributes.get(f"{_TABLE}name", ""), is_hidden)
        else:
            self.passed_over = 1

    def start_in_sheet(self, sheet: _Sheet, name: str, attributes: dict[str, str]) -> None:
        if name == _ROW:
            self.row, self.cells, self.column = attributes, [], 0
        elif name == _COLUMN:
            times = _times(attributes, "columns-repeated")
            sheet.add_columns(times, attributes.get(_DEFAULT_STYLE, ""), self.is_hidden(attributes))
        elif name in _GROUPS:
            self.groups.append(attributes.get(f"{_TABLE}display") == "false")
        elif name not in _AROUND:
            self.passed_over = 1

    def start_in_text(self, name: str, attributes: dict[str, str]) -> None:
        if not name.startswith(_TEXT) or name == _READING:
            self.passed_over = 1
        elif name == f"{_TEXT}s":
            self.hear(" " * min(_count(attributes.get(f"{_TEXT}c", "1")), 100))
        elif name == f"{_TEXT}tab":
            self.hear("\t")
        elif name == f"{_TEXT}line-break":
            self.hear("\n")

    def hear(self, text: str) -> None:
        if self.text is not None and not self.passed_over:
            self.text.append(text)

    def end(self, name: str) -> None:
        if self.passed_over:
            self.passed_over -= 1
        elif self.text is not None:
            if name == _LINE:
                (self.lines if self.note is None else self.note).append("".join(self.text))
                self.text = None
        elif self.sheet is None:
            return
        elif self.cell is not None:
            if name == _ANNOTATION:
                self.end_note(self.sheet)
            elif name in _CELLS:
                self.end_cell(self.sheet, self.cell)
                self.cell, self.lines = None, []
        elif self.row is not None:
            self.sheet.add_row(self.cells, _times(self.row, "rows-repeated"), self.is_hidden(self.row))
            self.row = None
        elif name in _GROUPS:
            self.groups.pop()
        elif name == _SHEET:
            self.end_sheet(self.sheet)
            self.sheet = None

    def end_note(self, sheet: _Sheet) -> None:
        if note := note_of("\n".join(self.note or [])):
            sheet.grid.notes[sheet.row, self.column] = note
        self.note = None

    def end_cell(self, sheet: _Sheet, cell: dict[str, str]) -> None:
        times = _times(cell, "columns-repeated")
        value = self.value_of(sheet, cell)
        if value != "":
            self.cells.append((self.column, times, value))
        down, across = _times(cell, "rows-spanned"), _times(cell, "columns-spanned")
        if down > 1 or across > 1:
            last = (sheet.row + down - 1, self.column + across - 1)
            sheet.merges.append(((sheet.row, self.column), last))
        self.column += times

    def end_sheet(self, sheet: _Sheet) -> None:
        grid = sheet.laid_out()
        self.room.take(grid.name, sheet.cells, len(grid.rows), grid.width)
        grid.notices, self.notices = self.notices, []
        self.finished.append(grid)

    def is_hidden(self, attributes: dict[str, str]) -> bool:
        """Is a row or column hidden: by itself, by a filter, or as one of a group that is folded?"""
        return attributes.get(f"{_TABLE}visibility") in ("collapse", "filter") or any(self.groups)

    def value_of(self, sheet: _Sheet, cell: dict[str, str]) -> Cell:
        if not cell and not self.lines:
            return ""
        text = "\n".join(self.lines)
        formula = cell.get(f"{_TABLE}formula")
        if cell.get(_OWN_TYPE) == "error" or (formula and _ERROR.fullmatch(text)):
            return Fault.error(text or "#VALUE!")
        match cell.get(_TYPE):
            case "float" | "percentage" | "currency" as kind:
                if text in ("TRUE", "FALSE"):  # shown as a truth, whatever number it is kept as
                    return text == "TRUE"
                style = cell.get(_STYLE) or (self.row or {}).get(_DEFAULT_STYLE) or sheet.style_at(self.column)
                code = self.styles.telling_format(style)
                if kind == "percentage" and "%" not in (code or ""):
                    code = "0%"
                return _number(cell.get(_VALUE, ""), code)
            case "date":
                return _date(cell.get(f"{_OFFICE}date-value", ""), text)
            case "time":
                return _hours(cell.get(f"{_OFFICE}time-value", ""), text)
            case "boolean":
                return cell.get(f"{_OFFICE}boolean-value") == "true"
            case "string":
                return cell.get(f"{_OFFICE}string-value", text)
        if formula and not self.lines:  # of an empty text there would be a line, an empty one
            return Fault.no_result(formula.removeprefix("of:"))
        return text


def _number(digits: str, code: str | None) -> Cell:
    try:
        value = float(digits)
    except ValueError:
        return Fault.error("#VALUE!")
    if not isfinite(value):
        return Fault.error("#NUM!")
    return value if code is None else Number(value, code)


def _date(value: str, text: str) -> Cell:
    try:
        day = datetime.fromisoformat(value)
        return text if text.endswith(FISCAL_YEAR) and day.month >= 4 else day_or_moment(day)
    except ValueError:
        return text


def _hours(value: str, text: str) -> Cell:
    match = _TIME.fullmatch(value)
    return timedelta(hours=int(match[1]), minutes=int(match[2]), seconds=int(match[3])) if match else text


def _times(attributes: dict[str, str], what: str) -> int:
    digits = attributes.get(f"{_TABLE}number-{what}")
    return 1 if digits is None else _count(digits)


def _count(digits: str) -> int:
    """A number of times, at least 1. Raises Refused."""
    number = int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 9 else 0
    if number < 1:
        raise Refused(messages.NO_NUMBER_OF_TIMES.format(digits=digits[:9]))
    return number
