from django.shortcuts import render

from sumairu.downloads.taking import TAKES, taken
from sumairu.publishing.asked import asks
from support.uptake.forms import UptakeFilter
from support.uptake.uptake_page import UptakePage


@asks(UptakeFilter, "page", *TAKES)
def uptake_list(request):
    page = UptakePage(UptakeFilter(request.GET), request.GET.get("page", ""))
    context = {"section": "figures", "parents": page.parents, "page": page}
    return taken(request, lambda: page.shown) or render(request, "uptake/uptake_list.html", context)
