"""The pages in English: the first one, offices, and programmes with what editors have given in English.

A page is the twin of the one in Japanese whose URL has its name without `english_` (`sumairu/templatetags/languages.py`).
"""

from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate

from regions.models import Subprefecture
from sumairu.lib.wareki import fiscal_year_on
from sumairu.publishing.asked import asks
from sumairu.publishing.ended import public_or_ended
from support.models import Pillar, Program, ProgramEdition
from support.pillars import pillar_shelves
from support.standing import standings

PILLARS = {
    Pillar.FINANCIAL: (
        "Financial support",
        "Helps to pay for projects that solve local problems, and helps municipalities to apply for national grants.",
    ),
    Pillar.INFORMATIONAL: (
        "Information",
        "Brings municipalities examples from others, and news of new national and prefectural programmes.",
    ),
    Pillar.HUMAN: (
        "People",
        "Sends officials of the prefecture to municipalities, and introduces private companies to their projects.",
    ),
}


@asks()
def english_home(request):
    shelves = [(shelf, *PILLARS[shelf.pillar]) for shelf in pillar_shelves()]
    context = {"shelves": shelves, "offices": Subprefecture.objects.with_municipality_count()}
    return render(request, "pages/english_home.html", context)


@asks()
def english_subprefecture_detail(request, slug):
    office = get_object_or_404(Subprefecture, slug=slug)
    towns = office.municipalities.governed()
    context = {
        "office": office,
        "towns": towns,
        "seat": next((town for town in towns if town.name == office.seat), None),
        "desks": office.desks.all(),
    }
    return render(request, "pages/english_subprefecture_detail.html", context)


@asks()
def english_program_detail(request, slug):
    program = public_or_ended(
        Program.objects.published().filter(slug=slug), ProgramEdition.objects.filter(program__slug=slug)
    )
    [standing] = standings(programs=[program])
    context = {
        "program": program,
        "edition": standing.edition,
        "standing": standing,
        "pillar": PILLARS[program.pillar][0],
        "this_year": fiscal_year_on(localdate()),
    }
    return render(request, "pages/english_program_detail.html", context)
