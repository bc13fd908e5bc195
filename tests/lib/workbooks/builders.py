"""Workbooks made in memory for tests: whole ones by openpyxl, and zips written by hand for what openpyxl would not write.

`xlsx([["制度名", "R3年度"], ["地域づくり総合交付金", 45.8]])` is one sheet from A1; `sheet_xml` and `package` go below.
"""

import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

FILES = Path(__file__).parent / "books"

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


def everything() -> bytes:
    """A workbook with one of everything that hides, says or spoils a number, for other programs to save as theirs."""
    book = Workbook()
    sheet = book.active
    sheet.title = "予算額"
    rows = [
        ["財政的支援の予算額（単位：千円）"],
        [],
        ["制度名", "令和3年度", None, "令和4年度", None, "備考", "日付"],
        [None, "当初", "決算", "当初", "決算"],
        ["地域づくり総合交付金", 4_550_000, 4_549_999.5, 4_580_000, None, "控えの列", date(2021, 4, 1)],
        ["移住　定住", 1234, 1200, 1300, 1250, None, datetime(2021, 4, 1, 12, 30)],  # noqa: DTZ001
        ["隠した行", 1, 2, 3, 4],
        ["誤り", "=1/0", "=NA()", "=MISSING()", "△ 12"],
        ["式", "=B5+1", '=IF(A1="","","")', True, "－"],
        ["書式", 0.5, 45.5, 1_234_000, 2],
        ["文字", "012068", "1,234", "12,345", "3人"],
    ]
    fill(sheet, rows, ["A3:A4", "B3:C3", "D3:E3"])
    for cell, code in {"B10": "0.0%", "C10": '0.0"億円"', "D10": "#,##0,", "E10": '"令和"0"年度"'}.items():
        sheet[cell].number_format = code
    sheet["G5"].number_format, sheet["G6"].number_format = "yyyy/m/d", "yyyy/m/d h:mm"
    sheet["B5"].comment = Comment("山田:\n決算見込みではない", "山田")
    sheet["C6"].comment = Comment("二つ目のメモ", "釧路")
    sheet.row_dimensions[7].hidden = True
    sheet.column_dimensions["F"].hidden = True
    fill(book.create_sheet("控え"), [["隠したシート", 5]])
    book["控え"].sheet_state = "hidden"
    fill(book.create_sheet("R4"), [[], [None, 1], [None, None, "端"]])
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


def ods(table: str, styles: str = "", parts: Mapping[str, str | bytes] | None = None) -> bytes:
    """The least OpenDocument spreadsheet around the XML of its tables: `<table:table table:name="表">…</table:table>`."""
    names = "".join(
        f' xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in {
            **{name: name for name in ("office", "table", "text", "style")},
            "number": "datastyle",
            "draw": "drawing",
        }.items()
    )
    content = (
        f'<office:document-content{names} xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body></office:document-content>"
    )
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as file:
        file.writestr(ZipInfo("mimetype"), "application/vnd.oasis.opendocument.spreadsheet", ZIP_STORED)
        for name, part in ({"content.xml": content} | dict(parts or {})).items():
            file.writestr(name, part)
    return buffer.getvalue()


def biff(cells: Iterable[tuple[int, bytes]], book: Iterable[tuple[int, bytes]] = (), *, version: int = 0x0500) -> bytes:
    """The stream of an old workbook with one sheet 「Sheet1」 of these records; `book` are records for all sheets.

    Version 0x0500 is Excel 5, with texts in the code page of its Windows; 0x0600 is Excel 97.
    """

    def record(code: int, data: bytes) -> bytes:
        return struct.pack("<HH", code, len(data)) + data

    def begun(kind: int) -> bytes:
        return record(0x0809, struct.pack("<4H", version, kind, 0, 1997) + (bytes(8) if version == 0x0600 else b""))

    name = b"\x06\0Sheet1" if version == 0x0600 else b"\x06Sheet1"
    before = begun(5) + b"".join(record(*each) for each in book)
    end = record(0x000A, b"")
    start = len(before) + len(record(0x0085, bytes(6) + name)) + len(end)
    sheet = begun(0x10) + b"".join(record(*each) for each in cells) + end
    return before + record(0x0085, struct.pack("<IH", start, 0) + name) + end + sheet
