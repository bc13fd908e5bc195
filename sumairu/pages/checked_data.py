"""Every file that is given out, held to the rules of machine-readable data."""

from dataclasses import dataclass

from django.utils.timezone import localdate

from sumairu.downloads.taking import history_address
from sumairu.lib.machine_readable import Report, check
from sumairu.lib.machine_readable.rules import Finding
from sumairu.lib.shown import TooManyRows
from sumairu.lib.shown.files import FORMATS
from sumairu.pages import column_history

# Sheets to be read and signed by people, which the rules leave out (they are about data).
FORMS = ["稟議シート", "取込用のひな形", "訂正用のブック"]
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
        shown = each.shown().shown_at(each.files[0].url, localdate(), history_address())
        package = each.package
        try:
            before, beside = column_history.before(each.slug, shown.columns), []
        except column_history.NotKept:
            before, beside = (
                None,
                [Finding("L3-07", "1行目", "列が前と違います。make columns で変更を記録してください。")],
            )
        for slug in CHECKED:
            form = FORMATS[slug]
            try:
                pieces = form.pieces(shown)
            except TooManyRows:
                continue
            content = b"".join(piece if isinstance(piece, bytes) else piece.encode() for piece in pieces)
            report = check(f"{each.slug}.{form.suffix}", content, package=package, before=before)
            yield Report(f"{each.slug} {form.says}", [*report.findings, *beside], report.is_fatal)


def too_long(sets):
    """The texts of each set that are longer than the standard's limit."""
    for each in sets:
        limited = [part for part in each.table.parts_given if part.limit]
        for row in each.table.rows() if limited else ():
            for part in limited:
                if (length := len(str(part.cell(row) or ""))) > part.limit:
                    yield TooLong(part.label, part.limit, str(row), length)
