"""Answers that a browser keeps as a file, and never shows as a page of the portal."""

from io import BytesIO

from django.http import FileResponse, Http404, StreamingHttpResponse
from django.utils.http import content_disposition_header

from sumairu.lib.csv_text import csv_lines
from sumairu.lib.xlsx_cells import exact, fill

PICTURES = {"image/jpeg", "image/png"}


def stored_file(file):
    """What somebody gave us, under its own name and without its own type: whatever it is, no browser runs it here."""
    return kept_file(file.content, file.name)


def kept_file(content, name):
    """These bytes under this name."""
    return FileResponse(BytesIO(content), as_attachment=True, filename=name, content_type="application/octet-stream")


def attached_file(attachments, digest, name):
    """The one of `attachments` that an address names."""
    return stored_file(_named(attachments, digest, name))


def shown_picture(pictures, digest, name):
    """The one of `pictures` that an address names, as a page shows it. Only what was read as a picture when it came is one.

    Others keep it for an hour: one that is taken back is soon gone everywhere.
    """
    file = _named(pictures, digest, name)
    if file.media_type not in PICTURES:
        raise Http404
    response = FileResponse(BytesIO(file.content), content_type=file.media_type)
    response["Cache-Control"] = "public, max-age=3600"
    return response


def _named(rows, digest, name):
    for row in rows.filter(file__sha256__startswith=digest).select_related("file"):
        if row.file.name == name:
            return row.file
    raise Http404


def workbook(title, rows):
    """The bytes of a workbook of one sheet. Texts are never formulas, numbers keep every digit."""
    return workbook_of({title: rows})


def workbook_of(sheets, widths=()):
    """The bytes of a workbook: of each sheet its title and rows; where `widths` of columns are given, long texts wrap."""
    from openpyxl import Workbook  # and with it numpy: only when somebody asks for a workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment
    from openpyxl.utils import get_column_letter

    def cell(value):
        if not widths and not isinstance(exact(value), str):
            return value
        made = WriteOnlyCell(sheet)
        fill(made, value)
        if widths:
            made.alignment = Alignment(wrap_text=True, vertical="top")
        return made

    book = Workbook(write_only=True)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for number, width in enumerate(widths, start=1):
            sheet.column_dimensions[get_column_letter(number)].width = width
        for row in rows:
            sheet.append([cell(value) for value in row])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def table_file(table):
    """What is described as a `Table`, written as it is read."""
    rows = ([value(row) for value in table.given.values()] for row in table.rows())
    return csv_file(table.label, list(table.given), rows)


def csv_file(name, titles, rows):
    response = StreamingHttpResponse(csv_lines(titles, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{name}.csv")
    return response
