from django.conf import settings
from django.db.models import Prefetch
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from regions.descriptions import TOWNS
from regions.models import Indicator, Municipality, Subprefecture
from sumairu.descriptions import tables
from sumairu.downloads import csv_file, stored_file, table_file
from sumairu.downloads.taking import PICK, TAKES, file_of_pieces, picked, table_answer, taken
from sumairu.imports.giving_out import given_file, workbooks_given_out
from sumairu.lib.shown.files import FORMATS
from sumairu.lib.written_workbook import MOST_ROWS
from sumairu.pages.api.examples import EXAMPLES
from sumairu.pages.api.narrowing import A_PAGE, MEANINGS, MOST, parameters_of
from sumairu.pages.checked_data import FORMS
from sumairu.pages.data_sets import catalogue, data_set, data_sets, linked_data
from sumairu.pages.figures_page import FiguresPage
from sumairu.pages.forms import LookUp, SearchForm
from sumairu.pages.home_page import HomePage
from sumairu.pages.models import PreparedWorkbook
from sumairu.pages.office_page import OfficePage
from sumairu.pages.search_files import shown_hits
from sumairu.pages.similar_page import SimilarPage, WeightForm
from sumairu.pages.town_page import TownPage
from sumairu.pages.updates_page import UpdateFilter, UpdatesPage, feed_of
from sumairu.publishing.as_of import as_of
from sumairu.publishing.asked import asks
from sumairu.search.finding import FoundPages, Search
from sumairu.search.suggesting import suggestions

HITS_A_PAGE = 20


@asks(*TAKES)
def home(request):
    page = HomePage()
    return taken(request, lambda: page.shown) or render(request, "pages/home.html", {"page": page})


@asks(*TAKES)
def subprefecture_detail(request, slug, year=None):
    """The page of an office in `year`; without a year, in the newest of which something is public."""
    page = OfficePage(get_object_or_404(Subprefecture, slug=slug), year)
    if year and year not in page.public_years:
        raise page.gone()
    context = {"section": "regions", "parents": page.parents, "page": page}
    return taken(request, lambda: page.shown) or render(request, "pages/subprefecture_detail.html", context)


@asks(LookUp, *TAKES, several=[PICK])
def municipality_list(request):
    form = LookUp(request.GET)
    if answer := taken(request, lambda: [_towns(form, picked(request))]):
        return answer
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


def _towns(form, codes):
    """The towns that are ticked, else those of what was typed, else all."""
    rows = TOWNS.public()
    if codes:
        return TOWNS.shown_ticked("code", codes)
    if form.query:
        return TOWNS.shown(rows.matching(form.query), conditions=[f"「{form.query}」に当てはまるもの"])
    return TOWNS.shown()


@asks("on", *TAKES)
def municipality_detail(request, code):
    towns = Municipality.objects.governed().select_related("subprefecture__cooperation_region")
    day = as_of(request)
    page = TownPage(get_object_or_404(towns, code=code), day.day)
    context = {"section": "municipalities", "parents": page.parents, "page": page, "as_of": day}
    return taken(request, lambda: page.shown) or render(request, "pages/municipality_detail.html", context)


@asks(WeightForm, *TAKES)
def similar_towns(request, code):
    towns = Municipality.objects.governed().select_related("subprefecture")
    form = WeightForm(request.GET)
    page = SimilarPage(get_object_or_404(towns, code=code), form)
    context = {"section": "municipalities", "parents": page.parents, "form": form, "page": page}
    return taken(request, lambda: page.shown) or render(request, "pages/similar_towns.html", context)


@asks(*TAKES)
def figures(request):
    page = FiguresPage()
    return taken(request, lambda: page.shown) or render(
        request, "pages/figures.html", {"section": "figures", "page": page}
    )


@asks()
def table_csv(request, slug):
    """What anybody may download, as it is described."""
    return table_file(data_set(slug).table)


@asks()
def data_file(request, slug, form):
    """The same in another format."""
    found = data_set(slug)
    if form == "xlsx" and found.is_long:
        return _prepared_workbook(request, found)
    return table_answer(request, found.shown(), FORMATS[form], csv=found.table.address)


def _prepared_workbook(request, found):
    """The workbook that the worker made of a long set, else a page that says that it will, or that there can be none.

    That page is 202: whoever reads it sees no error, but no program takes it for the workbook, and no cache keeps it.
    """
    book = PreparedWorkbook.objects.filter(slug=found.slug).given().first()
    if not book:
        beyond = found.is_beyond_excel
        context = {"set": found, "is_beyond": beyond, "most_rows": MOST_ROWS}
        response = render(request, "downloads/preparing.html", context, status=400 if beyond else 202)
        response["X-Robots-Tag"] = "noindex"
        return response
    return file_of_pieces(book.content(), found.table.label, FORMATS["xlsx"], book.size)


@asks()
def source_workbook(request, digest, name):
    """A workbook as it came, of those that anybody may have."""
    file = given_file(digest, name)
    if file is None:
        raise Http404
    response = stored_file(file)
    response["X-Robots-Tag"] = "noindex"
    return response


@asks()
def data_package(request, slug):
    return _json(data_set(slug).package)


@asks()
def data_catalogue(request):
    """For catalogues that harvest: DCAT in JSON-LD."""
    return _json(catalogue(), "application/ld+json")


def _json(value, content_type="application/json"):
    return JsonResponse(value, content_type=content_type, json_dumps_params={"ensure_ascii": False, "indent": 2})


@asks(SearchForm, "page", *TAKES, several=[PICK])
def search(request):
    form = SearchForm(request.GET)
    found = Search(form.query, form.chosen)
    if answer := taken(request, lambda: [shown_hits(found, picked(request))]):
        return answer
    page = FoundPages(found, HITS_A_PAGE).get_page(request.GET.get("page"))
    context = {"section": "search", "form": form, "search": found, "page": page, "hits": found.hits(page.object_list)}
    return render(request, "pages/search.html", context)


@asks(LookUp)
def search_suggest(request):
    """What may follow of what is typed, for the script of the search boxes (`static/suggest.js`)."""
    names = [{"name": name, "what": what} for name, what in suggestions(LookUp(request.GET).query)]
    return JsonResponse({"names": names}, json_dumps_params={"ensure_ascii": False})


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
    sets, prepared = data_sets(), PreparedWorkbook.objects.newest()
    context = {
        "sets": [(each, prepared.get(each.slug)) for each in sets],
        "indicators": Indicator.objects.with_figures(),
        "workbooks": workbooks_given_out(),
        "forms": FORMS,
        "linked_data": linked_data(sets),
    }
    return render(request, "pages/data.html", context)


@asks()
def columns_csv(request):
    """What each column of each file is: the names that people and programs know it by, its unit and its length."""
    rows = (
        [each.table.label, part.title, part.name, part.unit, part.limit]
        for each in data_sets()
        for part in each.table.parts_given
    )
    return csv_file("列の一覧", ["ファイル", "列", "プログラムでの名前", "単位", "文字数の目安"], rows)


@asks()
def api_page(request):
    """How programs read the portal: the page of documentation."""
    root = reverse("api_page")
    context = {
        "root": root,
        "address": f"{settings.PUBLIC_ADDRESS}{root}",
        "examples": EXAMPLES,
        "lists": [(table, f"{root}{table.slug}", parameters_of(table)) for table in tables().values()],
        "meanings": MEANINGS.items(),
        "a_page": A_PAGE,
        "most": MOST,
    }
    return render(request, "pages/api.html", context)


@asks(UpdateFilter, "page", *TAKES)
def updates(request):
    form = UpdateFilter(request.GET)
    page = UpdatesPage(form.asked, request.GET.get("page"))
    return taken(request, lambda: page.shown) or render(request, "pages/updates.html", {"form": form, "page": page})


@asks(UpdateFilter)
def update_feed(request):
    feed = feed_of(UpdatesPage(UpdateFilter(request.GET).asked))
    return HttpResponse(feed, content_type="application/atom+xml; charset=utf-8")
