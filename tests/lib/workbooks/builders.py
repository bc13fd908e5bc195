"""Workbooks made in memory for tests: whole ones by openpyxl, and zips written by hand for what openpyxl would not write.

`xlsx([["制度名", "R3年度"], ["地域づくり総合交付金", 45.8]])` is one sheet from A1; `sheet_xml` and `package` go below.
"""

import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

Rows = Sequence[Sequence[object]]

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def xlsx(
    rows: Rows,
    *,
    merge: Iterable[str] = (),
    formats: Mapping[str, str] | None = None,
    hidden_rows: Iterable[int] = (),
    hidden_columns: Iterable[str] = (),
    name: str = "表",
) -> bytes:
    """One sheet with `rows` from A1 down; None leaves a cell blank. `formats` are number formats by cell."""
    book = Workbook()
    sheet = book.active
    sheet.title = name
    fill(sheet, rows, merge)
    for cell, code in (formats or {}).items():
        sheet[cell].number_format = code
    for row in hidden_rows:
        sheet.row_dimensions[row].hidden = True
    for column in hidden_columns:
        sheet.column_dimensions[column].hidden = True
    return saved(book)


def sheets(rows_by_name: Mapping[str, Rows], *, hidden: Iterable[str] = ()) -> bytes:
    """Several sheets, each from A1."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in rows_by_name.items():
        fill(book.create_sheet(name), rows)
    for name in hidden:
        book[name].sheet_state = "hidden"
    return saved(book)


def fill(sheet: Worksheet, rows: Rows, merge: Iterable[str] = ()) -> None:
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            if value is not None:
                sheet.cell(number, column, value)
    for cells in merge:
        sheet.merge_cells(cells)


def saved(book: Workbook) -> bytes:
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def sheet_xml(cells: str, *, before: str = "", after: str = "", prolog: str = "") -> str:
    """The XML of a sheet around `cells`, rows and all: `<row r="1"><c r="A1"><v>1</v></c></row>`."""
    return f'{prolog}<worksheet xmlns="{MAIN}">{before}<sheetData>{cells}</sheetData>{after}</worksheet>'


def package(sheet: str, parts: Mapping[str, str | bytes] | None = None, *, compression: int = ZIP_DEFLATED) -> bytes:
    """The least workbook that Excel would open, with one sheet 「表」 of this XML; `parts` replace or add to its own."""
    contents: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{RELATIONS}/officeDocument"'
            ' Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets>'
            "</workbook>"
        ),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{RELATIONS}/worksheet"'
            ' Target="worksheets/sheet1.xml"/></Relationships>'
        ),
        "xl/worksheets/sheet1.xml": sheet,
    }
    return zipped(contents | dict(parts or {}), compression=compression)


def zipped(parts: Mapping[str, str | bytes], *, compression: int = ZIP_DEFLATED) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", compression) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return buffer.getvalue()


def lying_about_size(content: bytes, part: str, size: int) -> bytes:
    """The zip whose directory and header say that `part` unpacks to its first `size` bytes, checksum and all."""
    with ZipFile(BytesIO(content)) as file:
        whole = file.read(part)
        offset = file.getinfo(part).header_offset
    lie = struct.pack("<I", zlib.crc32(whole[:size]))
    changed = bytearray(content)
    entry = content.rindex(part.encode()) - 46
    for checksum, length in ((offset + 14, offset + 22), (entry + 16, entry + 24)):
        changed[checksum : checksum + 4] = lie
        changed[length : length + 4] = struct.pack("<I", size)
    return bytes(changed)


def ole(*streams: str) -> bytes:
    """A file in the container of old and of encrypted Office files: its header, and a directory naming `streams`."""
    entries = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<HB", len(name) * 2 + 2, 2) + bytes(61)
        for name in streams
    )
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + entries.ljust(512, b"\0")
