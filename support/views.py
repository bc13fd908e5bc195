from dataclasses import replace
from functools import partial

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate

from regions.models import Municipality
from sumairu.downloads import attached_file, kept_file
from sumairu.downloads.taking import PICK, TAKES, picked, taken
from sumairu.lib.days import full_day
from sumairu.lib.excerpts import typed
from sumairu.lib.written_workbook import written_workbook
from sumairu.publishing.as_of import as_of
from sumairu.publishing.asked import asks
from sumairu.publishing.ended import gone, public_or_ended
from sumairu.related import tables_beside
from support.decision_sheet import DecisionSheet
from support.forms import NeedForm, ProgramFilter
from support.models import Pillar, Program, ProgramEdition
from support.navigator import Navigator, Question
from support.pillars import pillar_shelves
from support.program_page import ProgramPage
from support.standing import standings
from support.standing_files import shown_programs


@asks(ProgramFilter, *TAKES, several=[PICK])
def support_list(request):
    form = ProgramFilter(request.GET)
    theme = form.asked
    said = standings(programs=Program.objects.about(theme) if theme else None)
    asked = [f"分野：{theme}"] if theme else []
    if answer := taken(request, lambda: [_shown_programs(request, said, "支援制度", localdate(), asked)]):
        return answer
    context = {
        "section": "support",
        "form": form,
        "theme": theme,
        "is_any": bool(said),
        "shelves": pillar_shelves(said),
    }
    return render(request, "support/support_list.html", context)


@asks(NeedForm, "on", *TAKES, several=[PICK])
def support_find(request):
    form, day = NeedForm(request.GET), as_of(request)
    need = replace(form.need, on=day.iso)
    navigator = Navigator(need, day.day, day.today)
    if answer := taken(request, lambda: [navigator.shown(picked(request))]):
        return answer
    asked = {name: value for name, value in request.GET.dict().items() if name != "on" or day.is_other}
    if form.is_valid() and not day.error and need.parameters != asked:
        return redirect(need.address)
    context = {
        "section": "support",
        "parents": [("支援制度", reverse("support_list"))],
        "canonical": reverse("support_find"),
        "form": form,
        "navigator": navigator,
        "as_of": day,
        "candidates": [(town, need.but(Question.TOWN, town).address) for town in form.candidates],
        "towns": Municipality.objects.governed(),
    }
    return render(request, "support/support_find.html", context)


@asks("on", *TAKES, several=[PICK])
def pillar_detail(request, pillar):
    if pillar not in Pillar:
        raise Http404
    day = as_of(request)
    said = standings(day.day, public_on=day.today)
    shelf = next(shelf for shelf in pillar_shelves(said) if shelf.pillar == pillar)
    programs = partial(_shown_programs, request, shelf.standings, shelf.pillar.label, day.day)
    if answer := taken(request, lambda: [programs(), *tables_beside(shelf.pillar)]):
        return answer
    context = {
        "section": "support",
        "parents": [("支援制度", reverse("support_list"))],
        "shelf": shelf,
        "as_of": day,
        "others": [other for other in Pillar if other != pillar],
    }
    return render(request, "support/pillar_detail.html", context)


def _shown_programs(request, said, title, day, asked=()):
    """The programmes of a list that are ticked, else all of them."""
    if slugs := picked(request):
        said, asked = [each for each in said if each.program.slug in slugs], [*asked, f"選んだ{len(slugs)}件"]
    return shown_programs(said, title, conditions=[f"{full_day(day)}現在", *asked])


@asks("town", "on", *TAKES)
def program_detail(request, slug, year=None):
    """The page of the edition of `year`; without a year, of the one in force."""
    towns = Municipality.objects.governed().select_related("subprefecture")
    town = towns.meant(typed(request.GET.get("town", "")))
    day = as_of(request)
    page = _page(slug, year, town, day.day)
    context = {"section": "support", "parents": page.parents, "canonical": page.canonical, "page": page, "as_of": day}
    return taken(request, lambda: page.shown) or render(request, "support/program_detail.html", context)


@asks()
def decision_sheet(request, slug, code, year=None):
    """What an official lays before their superiors: a programme for a town, on two sheets of A4."""
    sheet = _sheet(slug, code, year)
    parents = [*sheet.page.parents, (sheet.program.official_name, sheet.program_url)]
    return render(request, "support/decision_sheet.html", {"section": "support", "parents": parents, "sheet": sheet})


@asks()
def decision_workbook(request, slug, code, year=None):
    sheet = _sheet(slug, code, year)
    sheets = {"稟議シート": sheet.rows, "説明": sheet.explanation}
    content = written_workbook(sheets, on=localdate(), widths=(18, 18, 80, 30, 40), wraps=True)
    return kept_file(content, sheet.name)


def _sheet(slug, code, year):
    town = get_object_or_404(Municipality.objects.governed().select_related("subprefecture"), code=code)
    return DecisionSheet(_page(slug, year, town))


@asks()
def program_file(request, slug, year, digest, name):
    editions = _editions(slug, year)
    edition = public_or_ended(editions.published(), editions)
    return attached_file(edition.attachments.all(), digest, name)


def _page(slug, year, town, on=None):
    """The page of a public programme; a programme or a year that has ended is told to be so."""
    editions = _editions(slug, year)
    page = ProgramPage(public_or_ended(_programs(slug), editions), year, town, on)
    if page.edition is None:
        raise gone(editions)
    return page


def _editions(slug, year):
    """The edition of `year`; without a year, all of a programme."""
    editions = ProgramEdition.objects.filter(program__slug=slug)
    return editions.in_year(year) if year else editions


def _programs(slug):
    """The programme, where it is public, with the desks that answer for it."""
    return (
        Program.objects.published()
        .filter(slug=slug)
        .select_related("desk__subprefecture")
        .prefetch_related("themes", "desks__subprefecture", "desks__desk__subprefecture")
    )
