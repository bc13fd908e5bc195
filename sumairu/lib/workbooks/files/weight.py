"""How much work a workbook is, told before it is read: by its cells, whatever else the file holds.

>>> is_light("町,金額\\n釧路市,1\\n".encode())
True
"""

from zipfile import ZipInfo

from sumairu.lib.workbooks.files.admission import MEGABYTE, directory, inflated

# What is read, compared and drawn within two seconds or so.
MOST_CELLS = 40_000
# More text than that is work by itself, be it in few cells.
MOST_TEXT_BYTES = 20 * MEGABYTE
# What an .xls takes for a cell at least, and what parts cells in a text.
_BYTES_OF_OLD_CELL = 14
_BETWEEN_CELLS = (b",", b"\t", b";", b"\n")
_CELLS = (b"<c ", b"<c>", b":table-cell")


def is_light(content: bytes) -> bool:
    """Is it read within two seconds or so? Raises Refused for a zip that cannot be opened."""
    if content.startswith(b"PK"):
        return _is_light_package(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return len(content) <= MOST_CELLS * _BYTES_OF_OLD_CELL
    return len(content) <= MOST_TEXT_BYTES and sum(map(content.count, _BETWEEN_CELLS)) <= MOST_CELLS


def _is_light_package(content: bytes) -> bool:
    parts = [part for part in directory(content) if part.filename.casefold().endswith(".xml")]
    if sum(part.file_size for part in parts) > MOST_TEXT_BYTES:
        return False
    cells = 0
    for part in filter(_has_cells, parts):
        for chunk in inflated(content, part):
            cells += sum(map(chunk.count, _CELLS))
            if cells > MOST_CELLS:
                return False
    return True


def _has_cells(part: ZipInfo) -> bool:
    name = part.filename.casefold().replace("\\", "/")
    return name == "content.xml" or "worksheets/" in name
