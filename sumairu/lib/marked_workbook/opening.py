"""The workbook to mark: the one that came, or a copy of what the reader saw of it."""

import re
from collections.abc import Mapping
from contextlib import suppress
from io import BytesIO
from itertools import chain
from typing import Any
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ERROR_CODES
from openpyxl.styles import Border, PatternFill
from openpyxl.utils import get_column_letter

from sumairu.lib.marked_workbook.marks import comment
from sumairu.lib.marked_workbook.results import SheetResults, sheets_results
from sumairu.lib.workbooks.addresses import Place
from sumairu.lib.workbooks.files.admission import XLSM, XLSX, admit, directory
from sumairu.lib.workbooks.files.cells import MAX_MERGED_CELLS, Grid, Number
from sumairu.lib.workbooks.files.comments import notes_by_sheet
from sumairu.lib.workbooks.files.grids import file_to_grids
from sumairu.lib.workbooks.files.scan import Fault
from sumairu.lib.workbooks.messages import MENDING_LIST, OUR_COMMENT, ROW_HIDDEN
from sumairu.lib.xlsx_cells import fill

# What openpyxl raises at files that the reader can read.
TRIPS = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, OSError, SyntaxError, BadZipFile)


def to_mark(content: bytes, name: str) -> tuple[Any, dict[str, str], list[str], dict[str, SheetResults]]:
    """An openpyxl workbook, its sheets' titles by the names that the reader has for them, what to say of it, and what
    of its sheets openpyxl did not keep.
    """
    if admit(content, name) in (XLSX, XLSM):
        with suppress(*TRIPS):
            raws = sheets_results(content)
            if sum(raw.merged for raw in raws.values()) <= MAX_MERGED_CELLS:  # of which openpyxl makes as many objects
                return *_original(content), raws
    return *_copied(content, name), {}


def _original(content: bytes) -> tuple[Any, dict[str, str], list[str]]:
    workbook = load_workbook(BytesIO(content), rich_text=True)
    said = [
        "図形や、新しいExcelだけの機能は、このブックに写っていないことがあります。もとのファイルも残しておいてください。"
    ]
    if any(part.filename.casefold().endswith("vbaproject.bin") for part in directory(content)):
        said.append("マクロは、このブックには入っていません。もとのファイル（.xlsm）に残っています。")
    if MENDING_LIST in workbook.sheetnames:
        workbook.remove(workbook[MENDING_LIST])
    notes = notes_by_sheet(content)
    for sheet in workbook.worksheets:
        _take_marks_off(sheet, notes.get(sheet.title, {}))
    return workbook, {sheet.title: sheet.title for sheet in workbook.worksheets}, said


def _take_marks_off(sheet: Any, notes: Mapping[Place, str]) -> None:
    """Leave of comments what others wrote; a thread becomes the one comment that it reads as."""
    for cell in list(sheet._cells.values()):
        if cell.comment is None:
            continue
        text, note = cell.comment.text, notes.get((cell.row - 1, cell.column - 1), "")
        if OUR_COMMENT in text:
            cell.fill, cell.border = PatternFill(), Border()
        if OUR_COMMENT in text or text.startswith("["):
            comment(cell, note)


def _copied(content: bytes, name: str) -> tuple[Any, dict[str, str], list[str]]:
    """A new workbook of what the reader saw."""
    workbook, titles = Workbook(), {}
    workbook.remove(workbook.active)
    said = [
        "もとのファイルには印を付けられないため、読み取った値を新しいブックに写しました。書式や数式、図は写していません。"
        "このブックを直すか、もとのファイルの同じセルを直してください。"
    ]
    for grid in file_to_grids(content, name):
        sheet = workbook.create_sheet(_title(grid.name))
        titles[grid.name] = sheet.title
        _copy(grid, sheet)
    return workbook, titles, said


def _title(name: str) -> str:
    """A name that Excel takes for a sheet."""
    return re.sub(r"[\\*?:/\[\]\x00-\x1f]", "_", name).strip("'")[:31] or "シート"


def _copy(grid: Grid, sheet: Any) -> None:
    hidden = {place: value for place, (value, reason) in grid.unseen.items() if reason == ROW_HIDDEN}
    seen = (((row, column), value) for row, cells in enumerate(grid.rows) for column, value in enumerate(cells))
    widths: dict[int, int] = {}
    for (row, column), value in chain(seen, hidden.items()):
        if value == "":
            continue
        cell = sheet.cell(row + 1, column + 1)
        if isinstance(value, Fault):
            cell.value, cell.data_type = value.raw if value.raw in ERROR_CODES else "#N/A", "e"
        elif isinstance(value, float):
            cell.value = float(value)
        else:
            fill(cell, value)
        if isinstance(value, Number):
            cell.number_format = value.format
        widths[column] = max(widths.get(column, 0), min(len(str(cell.value)), 30))
    for (top, left), (bottom, right) in grid.merges.items():
        sheet.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    for (row, column), note in grid.notes.items():
        comment(sheet.cell(row + 1, column + 1), note)
    for column, width in widths.items():
        sheet.column_dimensions[get_column_letter(column + 1)].width = 4 + 1.6 * width
    for column in grid.hidden_columns:
        sheet.column_dimensions[get_column_letter(column + 1)].hidden = True
    for row, _ in hidden:
        sheet.row_dimensions[row + 1].hidden = True
    if grid.is_hidden:
        sheet.sheet_state = "hidden"
