"""Every file that is given out, held to the rules of machine-readable data."""

import re
from dataclasses import dataclass

from sumairu.lib.machine_readable import Report, check
from sumairu.lib.machine_readable.rules import Finding
from sumairu.lib.shown import TooManyRows
from sumairu.lib.shown.files import FORMATS

# Sheets to be read and signed by people, which the rules leave out (they are about data).
FORMS = ["稟議シート", "取込用のひな形", "訂正用のブック"]
ASCII_NAME = re.compile(r"[a-z][a-z0-9_]*")
CHECKED = ("csv", "csv-plain", "xlsx")


@dataclass(frozen=True)
class TooLong:
    """A text longer than a national standard leaves it: advice to who writes it, no fault of the file."""

    label: str
    limit: int
    row: str
    length: int


def reports(sets):
    """A report of each file of `sets`; a workbook that is not made at once is left out."""
    for each in sets:
        shown = each.table.shown()
        beside = list(_told_beside(shown))
        for slug in CHECKED:
            form = FORMATS[slug]
            try:
                pieces = form.pieces(shown)
            except TooManyRows:
                continue
            content = b"".join(piece if isinstance(piece, bytes) else piece.encode() for piece in pieces)
            report = check(f"{each.slug}.{form.suffix}", content)
            yield Report(f"{each.slug} {form.says}", [*report.findings, *beside], report.is_fatal)


def _told_beside(shown):
    """L3-02 and L3-08: what the sheet 説明 and `datapackage.json` tell of each column, seen at the description itself."""
    for column in shown.columns:
        if not ASCII_NAME.fullmatch(column.name):
            yield Finding("L3-08", column.title, "プログラムでの名前が英字ではありません。")
    if not any(row[1] in ("出どころ", "注記") for row in shown.explained):
        yield Finding("L3-08", shown.title, "データの説明がありません。")


def too_long(sets):
    """The texts of each set that are longer than the standard's limit."""
    for each in sets:
        limited = [part for part in each.table.parts_given if part.limit]
        for row in each.table.rows() if limited else ():
            for part in limited:
                if (length := len(str(part.cell(row) or ""))) > part.limit:
                    yield TooLong(part.label, part.limit, str(row), length)
