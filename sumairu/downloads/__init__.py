"""Answers that a browser keeps as a file, and never shows as a page of the portal."""

from io import BytesIO

from django.http import FileResponse, Http404, StreamingHttpResponse
from django.utils.http import content_disposition_header

from sumairu.lib.csv_text import csv_lines
from sumairu.models import PictureCopy

PICTURES = {"image/jpeg", "image/png", "image/webp"}
LETTERS_AT_ONCE = 16_000


def stored_file(file):
    """What somebody gave us, under its own name and without its own type: whatever it is, no browser runs it here."""
    return kept_file(file.content, file.name)


def kept_file(content, name):
    """These bytes under this name."""
    return FileResponse(BytesIO(content), as_attachment=True, filename=name, content_type="application/octet-stream")


def attached_file(attachments, digest, name):
    """The one of `attachments` that an address names."""
    file = _file(attachments, digest, name)
    if file is None:
        raise Http404
    return stored_file(file)


def shown_picture(pictures, digest, name):
    """The one of `pictures`, or of their copies, that an address names. Only what was read as a picture when it came is one.

    Others keep it for an hour: one that is taken back is soon gone everywhere.
    """
    copies = PictureCopy.objects.filter(original__in=pictures.order_by().values("file"))
    file = _file(pictures, digest, name) or _file(copies, digest, name)
    if file is None or file.media_type not in PICTURES:
        raise Http404
    response = FileResponse(BytesIO(file.content), content_type=file.media_type)
    response["Cache-Control"] = "public, max-age=3600"
    return response


def _file(rows, digest, name):
    """The file of one of `rows` that an address names; None where there is none."""
    for row in rows.filter(file__sha256__startswith=digest).select_related("file"):
        if row.file.name == name:
            return row.file
    return None


def table_file(table):
    """What is described as a `Table`, written as it is read."""
    shown = table.shown()
    return csv_file(table.label, [column.title for column in shown.columns], shown.rows())


def csv_file(name, titles, rows):
    response = StreamingHttpResponse(in_blocks(csv_lines(titles, rows)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{name}.csv")
    return response


def in_blocks(pieces):
    """Pieces of a text, many together: each that is sent costs a call of the system and passes through all middleware."""
    block, letters = [], 0
    for piece in pieces:
        block.append(piece)
        letters += len(piece)
        if letters > LETTERS_AT_ONCE:
            yield "".join(block)
            block, letters = [], 0
    if block:
        yield "".join(block)
