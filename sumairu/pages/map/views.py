from django.shortcuts import render
from django.urls import reverse

from sumairu.downloads.taking import TAKES, taken
from sumairu.pages.map.page import MapForm, MapPage
from sumairu.publishing.asked import asks


@asks(MapForm, *TAKES)
def town_map(request):
    form = MapForm(request.GET)
    page = MapPage(form)
    context = {
        "section": "figures",
        "parents": [("数字で見る", reverse("figures"))],
        "canonical": reverse("map"),
        "form": form,
        "page": page,
    }
    return taken(request, lambda: page.shown) or render(request, "pages/map.html", context)
