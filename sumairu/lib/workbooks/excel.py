"""Workbooks of today's Excel (.xlsx, .xlsm) as grids: values by calamine, what it does not give by `scan`."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import cast

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from sumairu.lib.workbooks.cells import Cell, Grid, Place, as_shown, widened
from sumairu.lib.workbooks.comments import notes_by_sheet
from sumairu.lib.workbooks.files import SEND_AGAIN, Refused, directory
from sumairu.lib.workbooks.formats import Telling, matters
from sumairu.lib.workbooks.scan import Traits, scan

MACROS = "マクロの入ったブックです。マクロは動かさず、保存されている値だけを読みました。"
OTHER_BOOKS = "ほかのブックを参照する式があります。最後に保存されたときの値を読みました。"


def read_excel(content: bytes, telling: Telling = matters) -> Iterator[Grid]:
    traits = scan(content, telling)
    notes = notes_by_sheet(content)
    notices = _notices(content)
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(content))
        for sheet in workbook.sheets_metadata:
            if sheet.typ == SheetTypeEnum.WorkSheet:
                if sheet.name not in traits:
                    raise Refused(f"ファイルが壊れています（シート「{sheet.name}」の中身がありません）。{SEND_AGAIN}")
                is_hidden = sheet.visible != SheetVisibleEnum.Visible
                yield _grid(workbook, sheet.name, is_hidden, traits[sheet.name], notes.get(sheet.name, {}), notices)
                notices = []
    except CalamineError as error:
        raise Refused(f"ファイルが壊れていて読み取れません。{SEND_AGAIN}") from error


def _notices(content: bytes) -> list[str]:
    names = [part.filename.casefold() for part in directory(content)]
    has_macros = any(name.endswith("vbaproject.bin") for name in names)
    has_links = any(name.startswith("xl/externallinks/") for name in names)
    return [*([MACROS] if has_macros else []), *([OTHER_BOOKS] if has_links else [])]


def _grid(
    workbook: CalamineWorkbook,
    name: str,
    is_hidden: bool,
    traits: Traits,
    notes: dict[Place, str],
    notices: list[str],
) -> Grid:
    sheet = workbook.get_sheet_by_name(name)
    rows = cast(list[list[Cell]], sheet.to_python(skip_empty_area=False))
    # calamine takes faults at the edges of a sheet for nothing at all.
    width = max(traits.columns, len(rows[0]) if rows else 0)
    grid = Grid(name, is_hidden, widened(rows, width, traits.rows), notes=notes, notices=notices)
    for place, fault in traits.faults.items():
        grid.rows[place[0]][place[1]] = fault
    for (row, column), code in traits.formats.items():
        if type(value := grid.rows[row][column]) in (float, date):
            grid.rows[row][column] = as_shown(cast(float | date, value), code, is_1904=traits.is_1904)
    grid.merge(sheet.merged_cell_ranges or [])
    grid.hide(traits.hidden_rows, traits.hidden_columns)
    return grid
