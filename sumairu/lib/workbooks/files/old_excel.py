"""Workbooks of Excel 5 to 2003 (.xls) as grids, by xlrd: it gives formats, comments and what is hidden as well.

xlrd reads a sheet whole before it can be asked anything, but its sheets are small (65,536 × 256) and its rows end where
they end. On a broken file it raises whatever its own lines happen to raise.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from io import StringIO
from itertools import pairwise
from math import isfinite
from typing import Any, Literal, ParamSpec, TypeVar, cast

import xlrd
from xlrd.book import Book
from xlrd.sheet import Sheet
from xlrd.xldate import XLDateError, xldate_as_datetime

from sumairu.lib.workbooks import messages
from sumairu.lib.workbooks.files.admission import Refused, has_entry
from sumairu.lib.workbooks.files.cells import Cell, Grid, Room, as_shown, day_or_moment, note_of, widened
from sumairu.lib.workbooks.files.centred import DEEPEST_ROW, Centred, Ranges
from sumairu.lib.workbooks.files.formats import Telling, admit_format, matters
from sumairu.lib.workbooks.files.raised import with_raised
from sumairu.lib.workbooks.files.scan import Fault

P = ParamSpec("P")
T = TypeVar("T")
_SUPERSCRIPT = 1

_CENTRED = 6  # across several cells
# The record that describes a range of columns: its code, and its length. A sheet has as many columns as fit in a byte.
_COLUMNS = b"\x7d\x00\x0c\x00"
MOST_COLUMN_RANGES = 256 * 64


def read_old_excel(content: bytes, telling: Telling = matters) -> Iterator[Grid]:
    _refuse_many_column_ranges(content)
    book = _tried(_opened, content)
    formats = _tried(_formats, book)
    tells = {code: telling(code) for code in set(formats)}
    styles = {style for style, code in enumerate(formats) if tells[code]}
    notices = [messages.MACROS] if has_entry(content, "_VBA_PROJECT_CUR") else []
    room = Room()
    for index in range(book.nsheets):
        grid = _tried(_grid, book, index, formats, styles, room)
        grid.notices.extend(notices)
        notices = []
        yield grid
        book.unload_sheet(index)


def _refuse_many_column_ranges(content: bytes) -> None:
    """xlrd walks through every column of every range that a sheet describes, before it can be asked anything."""
    if content.count(_COLUMNS) > MOST_COLUMN_RANGES:
        raise Refused(messages.TOO_MANY_COLUMN_RANGES.format(most=MOST_COLUMN_RANGES))


def _tried(step: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What `step` answers. Raises Refused where xlrd fails, in whatever way."""
    try:
        return step(*args, **kwargs)
    except (Refused, MemoryError):
        raise
    except Exception as error:
        if "encrypted" in str(error):
            raise Refused(messages.LOCKED_BY_ITSELF) from error
        raise Refused(messages.UNREADABLE_FILE) from error


def _opened(content: bytes) -> Book:
    log = StringIO()  # for what xlrd prints, which would be taken for the answer of this process
    return xlrd.open_workbook(
        file_contents=content, logfile=log, formatting_info=True, on_demand=True, ragged_rows=True
    )


def _formats(book: Book) -> list[str]:
    """The number format of each style, by its number."""
    return [admit_format(book.format_map[style.format_key].format_str) for style in book.xf_list]


def _grid(book: Book, index: int, formats: list[str], telling: set[int], room: Room) -> Grid:
    sheet = book.sheet_by_index(index)
    rows: list[list[Cell]] = []
    cells = width = height = 0
    for row in range(sheet.nrows):
        types = sheet.row_types(row)
        line: list[Cell] = [""] * len(types)
        for column, (kind, value) in enumerate(zip(types, cast(list[Any], sheet.row_values(row)), strict=True)):
            if kind == xlrd.XL_CELL_TEXT:
                line[column] = _text(book, value, sheet.rich_text_runlist_map.get((row, column))).replace("\0", "")
            elif kind == xlrd.XL_CELL_NUMBER:
                style = sheet.cell_xf_index(row, column)
                line[column] = _number(value, formats[style] if style in telling else None, book.datemode)
            elif kind == xlrd.XL_CELL_DATE:
                line[column] = _date(value, formats[sheet.cell_xf_index(row, column)], book.datemode)
            elif kind == xlrd.XL_CELL_BOOLEAN:
                line[column] = bool(value)
            elif kind == xlrd.XL_CELL_ERROR:
                line[column] = Fault.error(xlrd.error_text_from_code.get(value, "#VALUE!"))
        while line and line[-1] == "":
            line.pop()
        rows.append(line)
        if line:
            cells += len(line) - line.count("")
            width, height = max(width, len(line)), row + 1
    room.take(sheet.name, cells, height, width)
    grid = Grid(sheet.name.replace("\0", ""), sheet.visibility != 0, widened(rows[:height], width))
    grid.notes = {
        place: text for place, note in sheet.cell_note_map.items() if (text := note_of(note.text.replace("\0", "")))
    }
    grid.merge(((top, left), (bottom - 1, right - 1)) for top, bottom, left, right in sheet.merged_cells)
    grid.join(_centred(book, sheet))
    grid.hide(
        (row for row, info in sheet.rowinfo_map.items() if info.hidden),
        {column for column, info in sheet.colinfo_map.items() if info.hidden or info.width == 0},
    )
    return grid


def _centred(book: Book, sheet: Sheet) -> Ranges:
    looks = [style.alignment for style in book.xf_list]
    styles = {style for style, look in enumerate(looks) if look and look.hor_align == _CENTRED}
    centred = Centred()
    for row in range(min(sheet.nrows, DEEPEST_ROW) if styles else 0):
        for column, kind in enumerate(sheet.row_types(row)):
            if kind in (xlrd.XL_CELL_TEXT, xlrd.XL_CELL_BLANK):
                is_centred = sheet.cell_xf_index(row, column) in styles
                centred.see((row, column), is_centred=is_centred, is_blank=kind == xlrd.XL_CELL_BLANK)
            elif kind != xlrd.XL_CELL_EMPTY:
                return centred.ranges
    return centred.ranges


def _text(book: Book, text: str, runs: list[tuple[int, int]] | None) -> str:
    """A text whose runs begin at (offset, number of the font)."""
    if not runs:
        return text
    starts = [0, *(start for start, _ in runs), len(text)]
    fonts = [False, *(book.font_list[font].escapement == _SUPERSCRIPT for _, font in runs)]
    return with_raised((text[start:end], font) for (start, end), font in zip(pairwise(starts), fonts, strict=True))


def _number(value: float, code: str | None, datemode: Literal[0, 1]) -> Cell:
    if not isfinite(value):
        return Fault.error("#NUM!")
    return value if code is None else as_shown(value, code, is_1904=datemode == 1)


def _date(value: float, code: str, datemode: Literal[0, 1]) -> Cell:
    """The date, the time of day or the hours that a number of days stands for."""
    try:
        if 0 <= value < 1:
            return timedelta(value)
        day = day_or_moment(xldate_as_datetime(value, datemode))
        return day if isinstance(day, datetime) else as_shown(day, code)
    except (XLDateError, OverflowError, ValueError):
        return _number(value, code, datemode)
