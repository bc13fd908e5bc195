"""The pages of calls: the list, and one month; and the same calls for calendars and feed readers."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate

from sumairu.publishing.asked import asks
from support.calls_page import CallsPage, MonthPage
from support.calls_page.feed import feed_of
from support.calls_page.taken import TakenAway
from support.forms import CallFilter


@asks(CallFilter, "page")
def call_list(request):
    form = CallFilter(request.GET)
    page = CallsPage(form.asked, form.as_of.day, request.GET.get("page"))
    context = {"section": "calls", "parents": _parents(), "form": form, "page": page, "as_of": form.as_of}
    return render(request, "support/call_list.html", context)


@asks(CallFilter)
def call_month(request, year, month):
    if not 1 <= month <= 12:
        raise Http404
    form = CallFilter(request.GET)
    page = MonthPage(form.asked, form.as_of.day, date(year, month, 1))
    parents = [*_parents(), ("募集", reverse("call_list"))]
    context = {"section": "calls", "parents": parents, "form": form, "page": page, "as_of": form.as_of}
    return render(request, "support/call_month.html", context)


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
