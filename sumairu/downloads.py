"""Answers that a browser keeps as a file, and never shows as a page of the portal."""

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

from sumairu.lib.csv_text import csv_lines


def stored_file(file):
    """What somebody gave us, under its own name and without its own type: whatever it is, no browser runs it here."""
    response = HttpResponse(bytes(file.content), content_type="application/octet-stream")
    return _kept(response, file.name)


def csv_file(name, columns, rows):
    """`columns` is a map from a column's title to what a row has there."""
    values = ([value(row) for value in columns.values()] for row in rows)
    lines = csv_lines(list(columns), values)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    return _kept(response, name)


def _kept(response, name):
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["X-Content-Type-Options"] = "nosniff"
    return response
