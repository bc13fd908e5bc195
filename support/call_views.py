"""The pages of calls: the list, and one month."""

from datetime import date

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate

from sumairu.publishing.asked import asks
from support.calls_page import CallsPage, MonthPage
from support.forms import CallFilter


@asks(CallFilter, "page")
def call_list(request):
    form = CallFilter(request.GET)
    page = CallsPage(form.asked, localdate(), request.GET.get("page"))
    context = {"section": "calls", "parents": _parents(), "form": form, "page": page}
    return render(request, "support/call_list.html", context)


@asks(CallFilter)
def call_month(request, year, month):
    if not 1 <= month <= 12:
        raise Http404
    form = CallFilter(request.GET)
    page = MonthPage(form.asked, localdate(), date(year, month, 1))
    parents = [*_parents(), ("募集", reverse("call_list"))]
    return render(
        request, "support/call_month.html", {"section": "calls", "parents": parents, "form": form, "page": page}
    )


def _parents():
    return [("支援制度", reverse("support_list"))]
