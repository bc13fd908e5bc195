"""The pages of calls: the list, and one month; and the same calls for calendars and feed readers."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate

from sumairu.downloads.taking import PICK, TAKES, picked, taken
from sumairu.publishing.asked import asks
from support.calls_page import CallsPage, MonthPage
from support.calls_page.feed import feed_of
from support.calls_page.taken import TakenAway
from support.forms import CallFilter

LONGEST_KEY = 18  # digits; more are in no database


@asks(CallFilter, "page", *TAKES, several=[PICK])
def call_list(request):
    form = CallFilter(request.GET)
    page = CallsPage(form.asked, form.as_of.day, request.GET.get("page"))
    if answer := taken(request, lambda: page.shown(_ticked(request))):
        return answer
    context = {"section": "calls", "parents": _parents(), "form": form, "page": page, "as_of": form.as_of}
    return render(request, "support/call_list.html", context)


def _ticked(request):
    """The primary keys of the windows that are ticked; one that there cannot be, where what came is none."""
    return [int(key) if key.isascii() and key.isdecimal() and len(key) <= LONGEST_KEY else 0 for key in picked(request)]


@asks(CallFilter, *TAKES)
def call_month(request, year, month):
    if not 1 <= month <= 12:
        raise Http404
    form = CallFilter(request.GET)
    page = MonthPage(form.asked, form.as_of.day, date(year, month, 1))
    parents = [*_parents(), ("募集", reverse("call_list"))]
    context = {"section": "calls", "parents": parents, "form": form, "page": page, "as_of": form.as_of}
    return taken(request, lambda: page.shown) or render(request, "support/call_month.html", context)


@asks(CallFilter, "download")
def call_calendar(request):
    """The calls of the list as a calendar; with `download` as a file to be opened, where networks cannot subscribe."""
    from support.calls_page.calendar_file import calendar_of  # 9 MB that no page needs

    taken = TakenAway(CallFilter(request.GET).asked, localdate())
    kind = "attachment" if request.GET.get("download") else "inline"
    return HttpResponse(
        calendar_of(taken.told, taken.name, taken.about, taken.page_url),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'{kind}; filename="calls.ics"'},
    )


@asks(CallFilter)
def call_feed(request):
    taken = TakenAway(CallFilter(request.GET).asked, localdate())
    feed = feed_of(taken)
    return HttpResponse(feed, content_type="application/atom+xml; charset=utf-8")


def _parents():
    return [("支援制度", reverse("support_list"))]
