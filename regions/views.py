from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from regions.descriptions import INDICATORS, INITIATIVES, OFFICES, figures_of
from regions.forms import InitiativeFilter, TownOrder
from regions.indicator_page import IndicatorPage
from regions.initiative_page import InitiativePage
from regions.maps import area_map
from regions.models import CooperationRegion, Indicator, Initiative, Municipality, Subprefecture
from sumairu.downloads import attached_file, shown_picture, table_file
from sumairu.downloads.taking import PICK, TAKES, picked, taken
from sumairu.paging import BoundedPaginator, count_to_most
from sumairu.publishing.asked import asks
from sumairu.publishing.ended import public_or_ended
from sumairu.related import tables_beside
from sumairu.search.finding import with_words

INITIATIVES_A_PAGE = 20


@asks(*TAKES, several=[PICK])
def subprefecture_list(request):
    if answer := taken(request, lambda: [_picked_of(OFFICES, request)]):
        return answer
    offices = Subprefecture.objects.with_municipality_count()
    context = {
        "section": "regions",
        "map": area_map(offices),
        "subprefectures": offices,
        "regions": CooperationRegion.objects.prefetch_related(Prefetch("subprefectures", offices)),
        "newest_year": Initiative.objects.published().newest_year(),
    }
    return render(request, "regions/subprefecture_list.html", context)


@asks(InitiativeFilter, "page", *TAKES, several=[PICK])
def initiative_list(request):
    form = InitiativeFilter(request.GET)
    initiatives, office, theme = Initiative.objects.none(), None, None
    if form.is_valid():
        office, theme = form.cleaned_data["office"], form.cleaned_data["theme"]
        initiatives = narrowed(Initiative.objects.published(), **form.cleaned_data)
    if answer := taken(request, lambda: [_shown_initiatives(form, picked(request)), *tables_beside(theme)]):
        return answer
    rows = Initiative.objects.select_related("subprefecture")
    page = BoundedPaginator(initiatives, INITIATIVES_A_PAGE, rows).get_page(request.GET.get("page"))
    context = {
        "section": "regions",
        "parents": [_regions()],
        "form": form,
        "page": page,
        "office": office,
        "theme": theme,
        "of_office": count_to_most(Initiative.objects.published().for_region(office)) if office else 0,
    }
    return render(request, "regions/initiative_list.html", context)


def _shown_initiatives(form, codes):
    """The initiatives that are ticked, else all that the filter asks for, on every page of the list."""
    if codes:
        return INITIATIVES.shown_ticked("code", codes)
    rows = narrowed(INITIATIVES.public(), **form.cleaned_data) if form.is_valid() else Initiative.objects.none()
    asked = [f"{form.fields[name].label}：{value}" for name, value in form.cleaned_data.items() if value]
    return INITIATIVES.shown(rows, conditions=asked)


def _picked_of(kind, request):
    """The rows of a list of all of a kind that are ticked by their slugs, else all of them."""
    if slugs := picked(request):
        return kind.shown_ticked("slug", slugs)
    return kind.shown()


def narrowed(initiatives, year, office, theme, town, q):
    """Of `initiatives` those that a filter asks for; what it leaves empty does not narrow."""
    if year:
        initiatives = initiatives.in_year(year)
    if office:
        initiatives = initiatives.for_region(office)
    if theme:
        initiatives = initiatives.about(theme)
    if town:
        initiatives = initiatives.concerning(town)
    if q:
        initiatives = with_words(INITIATIVES, initiatives, q)
    return initiatives


@asks(*TAKES)
def initiative_detail(request, code):
    page = InitiativePage(_initiative(code))
    context = {"section": "regions", "parents": page.parents, "page": page}
    return taken(request, lambda: page.shown) or render(request, "regions/initiative_detail.html", context)


@asks()
def initiative_file(request, code, digest, name):
    return attached_file(_initiative(code).attachments.all(), digest, name)


@asks()
def initiative_picture(request, code, digest, name):
    return shown_picture(_initiative(code).pictures.all(), digest, name)


def _initiative(code):
    """The public initiative; one that has ended, and all beneath it, is told to be so."""
    rows = Initiative.objects.filter(code=code)
    return public_or_ended(rows.published().select_related("subprefecture"), rows)


@asks(*TAKES, several=[PICK])
def indicator_list(request):
    if answer := taken(request, lambda: [_picked_of(INDICATORS, request)]):
        return answer
    context = {
        "section": "figures",
        "parents": [_figures()],
        "indicators": Indicator.objects.with_figures(),
        "count": Municipality.objects.governed().count(),
    }
    return render(request, "regions/indicator_list.html", context)


@asks(TownOrder, *TAKES)
def indicator_detail(request, slug, year=None):
    """The page of the figures of `year`; without a year, of the newest."""
    indicator = get_object_or_404(Indicator.objects.with_figures(), slug=slug)
    if year and not indicator.figures.in_year(year).exists():
        raise Http404
    page = IndicatorPage(indicator, year or indicator.newest_year, TownOrder(request.GET))
    context = {"section": "figures", "parents": page.parents, "canonical": page.canonical, "page": page}
    return taken(request, lambda: page.shown) or render(request, "regions/indicator_detail.html", context)


@asks(TownOrder)
def indicator_csv(request, slug):
    indicator = get_object_or_404(Indicator.objects.with_figures(), slug=slug)
    form = TownOrder(request.GET)
    office = form.cleaned_data["office"] if form.is_valid() else None
    return table_file(figures_of(indicator, office))


def _figures():
    return "数字で見る", reverse("figures")


def _regions():
    """Where pages of this app lie beneath."""
    return "地域の取組", reverse("subprefecture_list")
