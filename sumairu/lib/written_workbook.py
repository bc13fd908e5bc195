"""Workbooks (.xlsx) that we write: the same rows on the same day are the same bytes.

>>> content = written_workbook({"町": [["団体コード", "人口"], ["012068", 165_077]]})
>>> content == written_workbook({"町": [["団体コード", "人口"], ["012068", 165_077]]}), content[:2]
(True, b'PK')

Texts are never formulas, and numbers of more digits than Excel keeps are texts.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from io import BytesIO
from typing import IO, Any

from sumairu.lib.formulas import is_formula
from sumairu.lib.xlsx_cells import FONT, exact, legal

MOST_ROWS = 1_048_576  # of a sheet of Excel, the header among them

# The day of what has none, as in a ZIP file.
_NO_DAY = date(1980, 1, 1)
# As Excel ends lines; a "\r" in a file reads "_x000D_" elsewhere.
_LINE_END = re.compile(r"\r\n?")
_NO_SHEET_NAME = re.compile(r"[\[\]:*?/\\']")


def written_workbook(
    sheets: Mapping[str, Iterable[Sequence[object]]],
    on: date | None = None,
    widths: Sequence[int] = (),
    wraps: bool = False,
    properties: Mapping[str, str] | None = None,
) -> bytes:
    """The bytes of a workbook: of each sheet its title and rows, the first of them the header.

    `on` is the day of its making, `widths` are those of the columns in characters, `properties` what Excel tells of the
    file: "title", "comments". Long texts run over several lines where it `wraps`.
    """
    out = BytesIO()
    write_workbook(out, sheets, on, widths, wraps, properties)
    return out.getvalue()


def write_workbook(
    out: IO[bytes],
    sheets: Mapping[str, Iterable[Sequence[object]]],
    on: date | None = None,
    widths: Sequence[int] = (),
    wraps: bool = False,
    properties: Mapping[str, str] | None = None,
    folder: str | None = None,
) -> None:
    """The same into a file, as the rows are read: however many there are, it takes no more memory.

    What is written of them stands in `folder` meanwhile; without one, where temporary files are.
    """
    from xlsxwriter import Workbook  # only when somebody asks for a workbook

    settings: dict[str, Any] = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    if folder:
        settings["tmpdir"] = folder
    with Workbook(out, settings) as book:
        book.formats[0].set_font_name(FONT)
        book.set_properties({**(properties or {}), "created": datetime.combine(on or _NO_DAY, time())})
        styles = _styles(book, {"text_wrap": True, "valign": "top"} if wraps else {})
        for title, rows in sheets.items():
            sheet = book.add_worksheet(sheet_name(title))
            sheet.freeze_panes(1, 0)
            for number, width in enumerate(widths):
                sheet.set_column(number, number, width)
            for number, values in enumerate(rows):
                _write_row(sheet, styles, number, values)


def sheet_name(title: str) -> str:
    """What Excel takes for the name of a sheet: 31 characters, and of its signs none.

    >>> sheet_name("普通交付税（市町村別）[速報]"), sheet_name("?")
    ('普通交付税（市町村別）速報', 'データ')
    """
    return _NO_SHEET_NAME.sub("", legal(title)).strip()[:31].rstrip() or "データ"


def _styles(book: Any, of_all: dict[str, Any]) -> dict[str, Any]:
    kinds: dict[str, dict[str, Any]] = {
        "plain": {},
        "quoted": {"quote_prefix": True},
        "date": {"num_format": "yyyy-mm-dd"},
        "time": {"num_format": "yyyy-mm-dd hh:mm:ss"},
    }
    return {kind: book.add_format({"font_name": FONT, **of_all, **own}) for kind, own in kinds.items()}


def _write_row(sheet: Any, styles: dict[str, Any], row: int, values: Iterable[object]) -> None:
    for column, given in enumerate(values):
        match value := exact(given):
            case None | "":
                continue
            case str():
                text = _LINE_END.sub("\n", legal(value))
                style = styles["quoted" if is_formula(text) or text.startswith("'") else "plain"]
                sheet.write_string(row, column, text, style)
            case bool():
                sheet.write_boolean(row, column, value, styles["plain"])
            case datetime():
                sheet.write_datetime(row, column, value.replace(tzinfo=None), styles["time"])
            case date():
                sheet.write_datetime(row, column, value, styles["date"])
            case _:
                sheet.write_number(row, column, value, styles["plain"])
