"""Workbooks of today's Excel (.xlsx, .xlsm) as grids: values by calamine, what it does not give by `scan`."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import cast

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from sumairu.lib.workbooks import messages
from sumairu.lib.workbooks.files.admission import Refused, directory
from sumairu.lib.workbooks.files.cells import Cell, Grid, as_shown, widened
from sumairu.lib.workbooks.files.centred import centred_by_sheet
from sumairu.lib.workbooks.files.comments import notes_by_sheet
from sumairu.lib.workbooks.files.condensed import Layout, condense
from sumairu.lib.workbooks.files.formats import Telling, matters
from sumairu.lib.workbooks.files.raised import raised_texts
from sumairu.lib.workbooks.files.scan import Traits, scan
from sumairu.lib.workbooks.files.shared_texts import admit_shared_texts
from sumairu.lib.workbooks.files.sound import made_sound


def read_excel(content: bytes, telling: Telling = matters) -> Iterator[Grid]:
    content = made_sound(content)
    short, layouts = condense(content)
    traits = scan(short, telling, {name: layout.size for name, layout in layouts.items()})
    admit_shared_texts(short, sum(sheet.cells for sheet in traits.values()))
    notes, centred = notes_by_sheet(short), centred_by_sheet(content)
    raised = raised_texts(content)
    notices = _notices(short)
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(short))
        for sheet in workbook.sheets_metadata:
            name = sheet.name
            if sheet.typ == SheetTypeEnum.WorkSheet:
                if name not in traits:
                    raise Refused(messages.SHEET_WITHOUT_CONTENT.format(sheet=name))
                is_hidden = sheet.visible != SheetVisibleEnum.Visible
                grid = Grid(name, is_hidden, [], notes=notes.get(name, {}), notices=notices)
                notices = []
                if not _fill(grid, workbook, traits[name], layouts.get(name)):
                    _fill(grid, CalamineWorkbook.from_filelike(BytesIO(content)), scan(content, telling)[name])
                if raised:
                    grid.rows = [
                        [raised.get(cell, cell) if isinstance(cell, str) else cell for cell in row] for row in grid.rows
                    ]
                grid.join(centred.get(name, []))
                yield grid
    except CalamineError as error:
        raise Refused(messages.UNREADABLE_FILE) from error


def _notices(content: bytes) -> list[str]:
    names = [part.filename.casefold() for part in directory(content)]
    has_macros = any(name.endswith("vbaproject.bin") for name in names)
    has_links = any(name.startswith("xl/externallinks/") for name in names)
    return [*([messages.MACROS] if has_macros else []), *([messages.OTHER_BOOKS] if has_links else [])]


def _fill(grid: Grid, workbook: CalamineWorkbook, traits: Traits, layout: Layout | None = None) -> bool:
    """Put into `grid` what its sheet holds, unless that was made short and its cells must be read each for itself."""
    sheet = workbook.get_sheet_by_name(grid.name)
    rows = cast(list[list[Cell]], sheet.to_python(skip_empty_area=False))
    # calamine takes faults at the edges of a sheet for nothing at all.
    rows = widened(rows, max(traits.columns, len(rows[0]) if rows else 0), traits.rows)
    for place, fault in traits.faults.items():
        rows[place[0]][place[1]] = fault
    for (row, column), code in traits.formats.items():
        if type(value := rows[row][column]) in (float, date):
            rows[row][column] = as_shown(cast(float | date, value), code, is_1904=traits.is_1904)
    hidden_rows = traits.hidden_rows
    if layout:
        laid_out = layout.laid_out(rows)
        if laid_out is None:
            return False
        rows, hidden_rows = laid_out, layout.hidden(hidden_rows)
    grid.rows = rows
    grid.merge(sheet.merged_cell_ranges or [])
    grid.hide(hidden_rows, traits.hidden_columns)
    return True
