from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from regions.forms import InitiativeFilter
from regions.maps import area_map
from regions.models import CooperationRegion, Initiative, Subprefecture
from regions.search import SOURCES
from sumairu.downloads import attached_file
from sumairu.search.sources import matching

INITIATIVES_A_PAGE = 20
SEARCHED = next(source.fields for source in SOURCES if source.slug == "initiatives")


def subprefecture_list(request):
    offices = Subprefecture.objects.with_municipality_count()
    context = {
        "section": "regions",
        "map": area_map(offices),
        "subprefectures": offices,
        "regions": CooperationRegion.objects.prefetch_related(Prefetch("subprefectures", offices)),
        "newest_year": Initiative.objects.published().newest_year(),
    }
    return render(request, "regions/subprefecture_list.html", context)


def initiative_list(request):
    form = InitiativeFilter(request.GET)
    initiatives = Initiative.objects.none()
    if form.is_valid():
        initiatives = narrowed(Initiative.objects.published(), **form.cleaned_data)
    initiatives = initiatives.select_related("subprefecture").prefetch_related("themes")
    page = Paginator(initiatives, INITIATIVES_A_PAGE).get_page(request.GET.get("page"))
    context = {"section": "regions", "parents": [_regions()], "form": form, "page": page}
    return render(request, "regions/initiative_list.html", context)


def narrowed(initiatives, year, office, theme, q):
    """Of `initiatives` those that a filter asks for; what it leaves empty does not narrow."""
    if year:
        initiatives = initiatives.in_year(year)
    if office:
        initiatives = initiatives.for_region(office)
    if theme:
        initiatives = initiatives.filter(themes=theme)
    if q:
        initiatives = matching(initiatives, SEARCHED, q)
    return initiatives


def initiative_detail(request, code):
    public = Initiative.objects.published().select_related("subprefecture")
    initiative = get_object_or_404(public, code=code)
    office, year = initiative.subprefecture, initiative.fiscal_year
    context = {
        "section": "regions",
        "parents": [_regions(), (office.name, reverse("subprefecture_year", args=[office.slug, year]))],
        "initiative": initiative,
        "themes": initiative.themes.all(),
        "towns": initiative.municipalities.all(),
        "links": initiative.links.all(),
        "before": public.filter(successors=initiative).first(),
        "after": public.filter(predecessor=initiative),
        "others": public.for_region(office).in_year(year).exclude(pk=initiative.pk),
        "desks": office.desks.select_related("subprefecture"),
        "attachments": initiative.attachments.select_related("initiative", "file").defer("file__content"),
    }
    return render(request, "regions/initiative_detail.html", context)


def initiative_file(request, code, digest, name):
    initiative = get_object_or_404(Initiative.objects.published(), code=code)
    return attached_file(initiative.attachments.all(), digest, name)


def _regions():
    """Where pages of this app lie beneath."""
    return "地域の取組", reverse("subprefecture_list")
