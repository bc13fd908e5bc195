"""The sheets of a file as grids, whatever its format."""

from collections.abc import Iterator

from sumairu.lib.workbooks import messages
from sumairu.lib.workbooks.files.admission import CSV, ODS, XLS, XLSM, XLSX, Refused, admit
from sumairu.lib.workbooks.files.cells import LONGEST_SHEET_NAME, Grid, TextRoom
from sumairu.lib.workbooks.files.delimited import read_delimited
from sumairu.lib.workbooks.files.excel import read_excel
from sumairu.lib.workbooks.files.formats import Telling, matters
from sumairu.lib.workbooks.files.open_document import read_open_document


def _read_old_excel(content: bytes, telling: Telling) -> Iterator[Grid]:
    from sumairu.lib.workbooks.files.old_excel import read_old_excel  # and with it xlrd, which no other process needs

    return read_old_excel(content, telling)


_READERS = {XLSX: read_excel, XLSM: read_excel, XLS: _read_old_excel, ODS: read_open_document}


def file_to_grids(content: bytes, name: str = "", telling: Telling = matters) -> Iterator[Grid]:
    """The worksheets of the file of this name in order, one at a time, formats where they are `telling`. Raises Refused."""
    format = admit(content, name)
    names: set[str] = set()
    notices: list[str] = []
    room = TextRoom()
    for grid in read_delimited(content, name) if format == CSV else _READERS[format](content, telling):
        if grid.name in names or len(grid.name) > LONGEST_SHEET_NAME:
            raise Refused(messages.SHEET_NAME_ODD.format(sheet=grid.name[:20], most=LONGEST_SHEET_NAME))
        names.add(grid.name)
        room.take(grid)
        if grid.name == messages.MENDING_LIST and format != CSV:
            notices = grid.notices  # which are of the whole file
            continue
        grid.notices = [*notices, *grid.notices, *_what_is_hidden(grid)]
        notices = []
        yield grid


def _what_is_hidden(grid: Grid) -> Iterator[str]:
    """Sentences on what of a sheet one does not see and the reading leaves out."""
    if grid.is_hidden and grid.rows:
        yield messages.SHEET_HIDDEN.format(sheet=grid.name)
        return
    if grid.rows_unseen:
        yield messages.ROWS_HIDDEN.format(sheet=grid.name, rows=grid.rows_unseen)
    if columns := grid.columns_unseen:
        letters = "、".join(columns[:5]) + (messages.AND_OTHERS if len(columns) > 5 else "")
        yield messages.COLUMNS_HIDDEN.format(sheet=grid.name, letters=letters)
