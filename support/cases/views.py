from django.shortcuts import render

from sumairu.downloads import attached_file, shown_picture
from sumairu.downloads.taking import PICK, TAKES, picked, taken
from sumairu.paging import BoundedPaginator
from sumairu.publishing.asked import asks
from sumairu.publishing.ended import public_or_ended
from sumairu.search.finding import with_words
from support.cases.case_page import CasePage
from support.cases.descriptions import CASES, SIZE_NAMES, with_places
from support.cases.forms import CaseFilter
from support.cases.models import Case

CASES_A_PAGE = 20


@asks(CaseFilter, "page", *TAKES, several=[PICK])
def case_list(request):
    form = CaseFilter(request.GET)
    public = Case.objects.published()
    cases = narrowed(public, **form.cleaned_data) if form.is_valid() else public.none()
    if answer := taken(request, lambda: [_shown(form, picked(request))]):
        return answer
    page = BoundedPaginator(cases, CASES_A_PAGE, with_places(Case.objects.all())).get_page(request.GET.get("page"))
    context = {"section": "support", "form": form, "page": page}
    return render(request, "cases/case_list.html", context)


def narrowed(cases, theme, size, program, office, town, year, q):
    """Of `cases` those that a filter asks for; what it leaves empty does not narrow."""
    if theme:
        cases = cases.about(theme)
    if size:
        cases = cases.of_size(size)
    if program:
        cases = cases.with_program(program)
    if office:
        cases = cases.for_region(office)
    if town:
        cases = cases.of_town(town)
    if year:
        cases = cases.in_year(year)
    return with_words(CASES, cases, q) if q else cases


def _shown(form, keys):
    """The cases that are ticked, else all that the filter asks for, on every page of the list."""
    if keys:
        return CASES.shown_ticked("key", keys)
    rows = narrowed(CASES.public(), **form.cleaned_data) if form.is_valid() else Case.objects.none()
    said = {name: SIZE_NAMES.get(value, value) for name, value in form.cleaned_data.items() if value}
    return CASES.shown(rows, conditions=[f"{form.fields[name].label}：{value}" for name, value in said.items()])


@asks(*TAKES)
def case_detail(request, key):
    page = CasePage(_case(key))
    context = {"section": "support", "parents": page.parents, "page": page}
    return taken(request, lambda: page.shown) or render(request, "cases/case_detail.html", context)


@asks()
def case_file(request, key, digest, name):
    return attached_file(_case(key).attachments.all(), digest, name)


@asks()
def case_picture(request, key, digest, name):
    return shown_picture(_case(key).pictures.all(), digest, name)


def _case(key):
    """The public case; one that has ended, and all beneath it, is told to be so."""
    rows = Case.objects.filter(key=key)
    public = rows.published().select_related("subprefecture", "desk__subprefecture")
    return public_or_ended(public.prefetch_related("municipalities"), rows)
