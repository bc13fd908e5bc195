"""Download of exactly what is shown: the page of a table answers `?format=xlsx` with that table as a file.

    @asks(TownOrder, *TAKES)
    def indicator_detail(request, slug):
        page = IndicatorPage(…)
        return taken(request, lambda: page.shown) or render(…)

`page.shown` are `sumairu.lib.shown.Shown`s, told apart by their slugs (`table=`); a description makes one of its rows by
`Table.shown`. The template offers the formats by `{% downloads slug title %}`. A list whose rows can be ticked says
`@asks(…, several=[PICK])`, and gives those rows alone where some are: `picked(request)`.
"""

from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate

from sumairu.downloads import in_blocks
from sumairu.furigana import without_furigana
from sumairu.lib.shown import MOST_CELLS, TooManyRows
from sumairu.lib.shown.files import FORMATS

FORMAT, TABLE, PICK = "format", "table", "pick"
TAKES = (FORMAT, TABLE)
MOST_PICKED = 1_000


def taken(request, tables):
    """The file that a query asks for; None where it asks for the page. `tables()` gives all that the page can give."""
    if not (asked := request.GET.get(FORMAT)):
        return None
    slug = request.GET.get(TABLE, "")
    shown = next((each for each in tables() if slug in ("", each.slug)), None)
    if asked not in FORMATS or shown is None:
        raise Http404("この表とファイルの種類の組はありません。")
    return table_answer(request, shown, FORMATS[asked])


def table_answer(request, shown, form, csv=""):
    """A table as a file: written as it is read, a workbook whole where it is no larger than what is made at once.

    `csv` is where the same is as CSV, without it the same address asked for that format.
    """
    shown = shown.shown_at(f"{settings.PUBLIC_ADDRESS}{page_address(request)}", localdate(), history_address())
    try:
        pieces = form.pieces(shown) if form.is_whole else in_blocks(form.pieces(shown))
    except TooManyRows:
        context = {
            "shown": shown,
            "most_cells": MOST_CELLS,
            "csv": csv or f"?{query_without(request, FORMAT)}&{FORMAT}=csv",
        }
        return render(request, "downloads/too_many.html", context, status=400)
    return file_of_pieces(pieces, shown.title, form)


def file_of_pieces(pieces, title, form, size=None):
    """A file in a format, sent as its pieces come; of `size` bytes, where that is known."""
    response = StreamingHttpResponse(pieces, content_type=form.content_type)
    name = f"{title}.{form.suffix}"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["X-Robots-Tag"] = "noindex"
    if size is not None:
        response["Content-Length"] = size
    return response


def picked(request):
    """The keys of the rows that are ticked in a list; none where all are meant."""
    return list(dict.fromkeys(request.GET.getlist(PICK)))[:MOST_PICKED]


def page_address(request):
    """The address of the page whose table is asked for: without how it is taken away, and without what nobody reads."""
    query = query_without(request, FORMAT, TABLE, "page")
    return without_furigana(request.path) + (f"?{query}" if query else "")


def history_address():
    """Where it is told what changed of all that is given out."""
    return f"{settings.PUBLIC_ADDRESS}{reverse('updates')}"


def query_without(request, *names):
    """What the view reads of a query, without `names`."""
    read = getattr(request.resolver_match.func, "asks", frozenset()) - {*names}
    asked = [(name, value) for name, values in request.GET.lists() if name in read for value in values]
    return urlencode(asked)


def asked_as(form, slug):
    """What is added to the query of a page to ask for its table `slug` in a format."""
    return urlencode({FORMAT: form, TABLE: slug})
