from itertools import groupby

from django.conf import settings
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate

from regions.charts import indicator_charts
from regions.descriptions import figures_of
from regions.maps import area_map, near_map
from regions.models import Indicator, Initiative, Municipality, RegionalPolicy, Subprefecture
from sumairu.descriptions import described, tables
from sumairu.downloads import csv_file
from sumairu.lib.wareki import fiscal_year_on
from sumairu.lib.year_strip import year_strip
from sumairu.pages.charts import trend_charts
from sumairu.pages.forms import LookUp
from sumairu.paging import BoundedPaginator
from sumairu.publishing.asked import asks
from sumairu.search.finding import found, hits, words_apart
from support.answers import answers_for, grouped, headline, judged_by
from support.charts import MOST_CHARTS, budget_charts, dispatch_charts
from support.models import BudgetFigure, DispatchDuty, DispatchFigure
from support.pillars import pillar_shelves
from support.standing import open_calls_of, standings

CALLS_AT_HOME = 8
INITIATIVES_OF_EACH = 3  # office, at home
INITIATIVES_SHOWN = 20  # on the page of an office or a town; the list has all
HITS_A_GROUP, HITS_A_PAGE = 5, 20


@asks()
def home(request):
    offices = Subprefecture.objects.with_municipality_count()
    public = Initiative.objects.published()
    newest_year = public.newest_year()
    budgets = budget_charts(BudgetFigure.objects.published().of_the_prefecture(), most=1)
    charts = budgets + dispatch_charts(DispatchFigure.objects.published().of_the_prefecture(), most=1)
    said = standings()
    context = {
        "towns": Municipality.objects.governed(),
        "map": area_map(offices),
        "subprefectures": offices,
        "shelves": pillar_shelves(said),
        "calls": open_calls_of(said)[:CALLS_AT_HOME],
        "today": localdate(),
        "newest_year": newest_year,
        "this_year": fiscal_year_on(localdate()),
        "years": _initiative_years(newest_year),
        "regions": _by_region(public.in_year(newest_year)) if newest_year else [],
        "charts": charts,
        "figures_year": max((chart.newest_year for chart in charts), default=None),
    }
    return render(request, "pages/home.html", context)


@asks()
def subprefecture_detail(request, slug):
    office = get_object_or_404(Subprefecture, slug=slug)
    return _subprefecture_page(request, office, max(_years_of(office), default=None))


@asks()
def subprefecture_year(request, slug, year):
    office = get_object_or_404(Subprefecture, slug=slug)
    if year not in _years_of(office):
        raise Http404
    return _subprefecture_page(request, office, year)


@asks(LookUp)
def municipality_list(request):
    form = LookUp(request.GET)
    found = Municipality.objects.governed().matching(form.query).select_related("subprefecture")
    offices = Subprefecture.objects.matching(form.query)
    if len(found) == 1:
        return redirect(found[0])
    if not found and len(offices) == 1:
        return redirect(offices[0])
    towns = Municipality.objects.governed()
    context = {
        "section": "municipalities",
        "form": form,
        "found": found,
        "offices": offices,
        "subprefectures": Subprefecture.objects.prefetch_related(Prefetch("municipalities", towns, to_attr="towns")),
    }
    return render(request, "pages/municipality_list.html", context)


@asks()
def municipality_detail(request, code):
    towns = Municipality.objects.governed().select_related("subprefecture__cooperation_region")
    town = get_object_or_404(towns, code=code)
    office = town.subprefecture
    answers = answers_for(town)
    initiative_year = Initiative.objects.published().newest_year_concerning(town)
    initiatives = Initiative.objects.published().in_year(initiative_year).concerning(town)
    neighbours = list(office.municipalities.all())
    context = {
        "section": "municipalities",
        "parents": [("市町村", reverse("municipality_list")), (office.name, office.get_absolute_url())],
        "town": town,
        "office": office,
        "map": near_map(neighbours),
        "neighbours": [neighbour for neighbour in neighbours if not neighbour.northern_territory],
        "today": localdate(),
        "groups": grouped(answers),
        "headline": headline(answers),
        "judged_by": judged_by(answers),
        "this_year": fiscal_year_on(localdate()),
        "initiatives": BoundedPaginator(initiatives, INITIATIVES_SHOWN, Initiative.objects.all()).page(1),
        "initiative_year": initiative_year,
        "indicators": indicator_charts(town),
        "trends": trend_charts(town),
        "facts": town.facts.newest().select_related("fact").order_by("fact__order", "fact__slug"),
    }
    return render(request, "pages/municipality_detail.html", context)


@asks()
def figures(request):
    budgets = budget_charts(BudgetFigure.objects.published().of_the_prefecture(), wide=True)
    dispatches = dispatch_charts(DispatchFigure.objects.published().of_the_prefecture(), wide=True)
    newest_year = max((chart.newest_year for chart in budgets + dispatches), default=None)
    context = {
        "section": "figures",
        "budgets": budgets,
        "dispatches": dispatches,
        "charts": budgets + dispatches,
        "most_charts": MOST_CHARTS,
        "has_stages": any(chart.stages for chart in budgets),
        "newest_year": newest_year,
        "this_year": fiscal_year_on(localdate()),
        "duties": DispatchDuty.objects.published().of_the_newest_year(),
        "indicators": Indicator.objects.with_figures(),
    }
    return render(request, "pages/figures.html", context)


@asks()
def table_csv(request, slug):
    """What anybody may download, as it is described."""
    if slug not in tables():
        raise Http404
    return csv_file(tables()[slug])


@asks(LookUp, "kind", "page")
def search(request):
    form = LookUp(request.GET)
    query, kind = form.query, request.GET.get("kind", "")
    asked = [each for each in described() if kind in ("", each.slug)] if query else []
    groups = [_found(each, query, request.GET.get("page", 1) if kind else None) for each in asked]
    total = sum(group["count"] for group in groups)
    context = {
        "section": "search",
        "form": form,
        "query": query,
        "kind": kind,
        "groups": [group for group in groups if group["count"]],
        "total": total,
        "has_more": any(group["page"].paginator.has_more for group in groups),
        "apart": [] if total else _apart(described(), query),
    }
    return render(request, "pages/search.html", context)


@asks()
def address_css(request):
    """Where the portal is, for what style sheets write out on paper: they cannot ask for a host themselves.

    No content changes it, so that a browser need not ask again for every page.
    """
    return HttpResponse(
        f':root {{ --address: "{settings.PUBLIC_ADDRESS}"; }}\n',
        content_type="text/css; charset=utf-8",
        headers={"Cache-Control": "public, max-age=3600"},
    )


@asks()
def robots(request):
    lines = ["User-agent: *", "Disallow: /admin/", f"Sitemap: {settings.PUBLIC_ADDRESS}{reverse('sitemaps')}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@asks()
def about(request):
    return render(request, "pages/about.html")


@asks()
def accessibility(request):
    return render(request, "pages/accessibility.html")


@asks()
def data(request):
    indicators = Indicator.objects.with_figures()
    files = [*tables().values(), *map(figures_of, indicators)]
    return render(request, "pages/data.html", {"files": files, "indicators": indicators})


@asks()
def updates(request):
    return render(request, "pages/updates.html")


def _apart(kinds, query):
    """Where nothing has all of several words: each of them, how many rows have it, and the words without it."""
    words = words_apart(kinds, query)
    if len(words) < 2:
        return []
    return [(word, count, " ".join(each for each, _ in words if each != word)) for word, count in words]


def _found(kind, query, page):
    """What there is of a kind: one page of it, or its first few where no page is asked for."""
    pages = BoundedPaginator(found(kind, query), HITS_A_PAGE if page else HITS_A_GROUP, kind.public())
    page = pages.get_page(page)
    return {"kind": kind, "page": page, "count": pages.count, "hits": hits(kind, page, query)}


def _subprefecture_page(request, office, year):
    towns = list(office.municipalities.all())
    years = _years_of(office)
    urls = {year: reverse("subprefecture_year", args=[office.slug, year]) for year in years}
    initiatives = Initiative.objects.published().for_region(office).in_year(year)
    context = {
        "section": "regions",
        "parents": [("地域の取組", reverse("subprefecture_list"))],
        "office": office,
        "year": year,
        "is_newest": year == max(years, default=None),
        "this_year": fiscal_year_on(localdate()),
        "years": year_strip(urls, year, fiscal_year_on(localdate())),
        "policy": RegionalPolicy.objects.published().for_region(office).in_year(year).first(),
        "initiatives": BoundedPaginator(initiatives, INITIATIVES_SHOWN, Initiative.objects.all()).page(1),
        "towns": [town for town in towns if not town.northern_territory],
        "map": near_map(towns),
        "desks": office.desks.all(),
    }
    return render(request, "pages/subprefecture_detail.html", context)


def _years_of(office):
    """The fiscal years in which the office has something public."""
    policies = RegionalPolicy.objects.published().for_region(office)
    initiatives = Initiative.objects.published().for_region(office)
    return {*policies.fiscal_years(), *initiatives.fiscal_years()}


def _initiative_years(here):
    years = Initiative.objects.published().fiscal_years()
    urls = {year: f"{reverse('initiative_list')}?year={year}" for year in years}
    return year_strip(urls, here, fiscal_year_on(localdate()))


def _by_region(initiatives):
    """Pairs of an office and the first of its initiatives, in official order."""
    rows = initiatives.first_of_each_office(INITIATIVES_OF_EACH).select_related("subprefecture")
    return [(office, list(those)) for office, those in groupby(rows, key=lambda row: row.subprefecture)]
