from django.shortcuts import render

from sumairu.publishing.asked import asks
from support.uptake.forms import UptakeFilter
from support.uptake.uptake_page import UptakePage


@asks(UptakeFilter, "page")
def uptake_list(request):
    page = UptakePage(UptakeFilter(request.GET), request.GET.get("page", ""))
    return render(request, "uptake/uptake_list.html", {"section": "figures", "parents": page.parents, "page": page})
