from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate

from regions.models import Municipality, Subprefecture
from sumairu.downloads import attached_file
from sumairu.lib.eligibility import State, stated
from sumairu.lib.excerpts import typed
from sumairu.lib.wareki import era_name, fiscal_year_on
from sumairu.lib.year_strip import year_strip
from support.charts import charts_of
from support.comparison import differences
from support.models import Pillar, Program, ProgramEdition, eligibility_facts
from support.offers import FOR_TOWNS, call_in, call_of, counts_of
from support.pillars import pillar_shelves

TERMS = ["target", "pays_for", "rate", "ceiling", "decided_by", "how_to_apply", "legal_basis"]
VERDICT_MARKS = {State.USABLE: "open", State.DEPENDS: "maybe", State.EXCLUDED: "not"}


def support_list(request):
    return render(request, "support/support_list.html", {"section": "support", "shelves": pillar_shelves()})


def pillar_detail(request, pillar):
    if pillar not in Pillar:
        raise Http404
    context = {
        "section": "support",
        "parents": [("支援制度", reverse("support_list"))],
        "shelf": next(shelf for shelf in pillar_shelves() if shelf.pillar == pillar),
        "editions": ProgramEdition.objects.current()
        .filter(program__pillar=pillar)
        .select_related("program")
        .order_by("program"),
        "others": [other for other in Pillar if other != pillar],
    }
    return render(request, "support/pillar_detail.html", context)


def program_detail(request, slug):
    program = get_object_or_404(_programs(), slug=slug)
    return _program_page(request, program, program.newest_edition().fiscal_year)


def program_year(request, slug, year):
    program = get_object_or_404(_programs(), slug=slug)
    return _program_page(request, program, year)


def program_file(request, slug, year, digest, name):
    editions = ProgramEdition.objects.published().in_year(year)
    edition = get_object_or_404(editions, program__slug=slug)
    return attached_file(edition.attachments.all(), digest, name)


def _program_page(request, program, year):
    editions = {edition.fiscal_year: edition for edition in _editions(program)}
    if year not in editions:
        raise Http404
    edition, newest = editions[year], editions[max(editions)]
    towns = Municipality.objects.governed().select_related("subprefecture")
    town = towns.meant(typed(request.GET.get("town", "")))
    context = {
        "section": "support",
        "parents": _parents(program),
        "program": program,
        "edition": edition,
        "is_newest": edition == newest,
        "newest": newest,
        "successor": Program.objects.published().filter(predecessors=program).first(),
        "this_year": fiscal_year_on(localdate()),
        "years": _years(program, editions, year, town),
        "charts": charts_of(program),
        "duties": program.duties.published().filter(fiscal_year__lte=year).of_the_newest_year(),
        "attachments": edition.attachments.select_related("edition__program", "file").defer("file__content"),
        **_for_town(program, edition, town),
        **_requirements(edition),
        **_windows(edition),
        **_beside_the_year_before(editions, edition),
    }
    return render(request, "support/program_detail.html", context)


def _programs():
    """Public programmes with the desks that answer for them."""
    return (
        Program.objects.published()
        .select_related("desk__subprefecture")
        .prefetch_related("desks__subprefecture", "desks__desk__subprefecture")
    )


def _editions(program):
    return (
        program.editions.published()
        .select_related("program")
        .prefetch_related("windows__subprefecture", "rules__fact", "local_notes__subprefecture")
    )


def _parents(program):
    pillar = program.get_pillar_display(), reverse("pillar_detail", args=[program.pillar])
    return [("支援制度", reverse("support_list")), pillar]


def _years(program, editions, here, town):
    kept = f"?town={town.code}" if town else ""
    urls = {year: f"{edition.get_absolute_url()}{kept}" for year, edition in editions.items()}
    return year_strip(urls, here, fiscal_year_on(localdate()))


def _for_town(program, edition, town):
    """Whom to ask, whether one may apply now, and, once a town is chosen, whether it may at all."""
    office = town and town.subprefecture
    desks = program.desks.all()
    towns = Municipality.objects.governed()
    context = {
        "town": town,
        "offices": Subprefecture.objects.prefetch_related(Prefetch("municipalities", towns, to_attr="towns")),
        "desk": program.desk_for(office),
        "desk_title": f"{town}から申し込む窓口" if town else "窓口",
        "desks": desks,
        "others_url": "#desks" if desks else "",
        "call": call_of(edition, office, FOR_TOWNS if town else None),
    }
    if town:
        verdict = edition.verdict(eligibility_facts(town))
        context |= {"verdict": verdict, "verdict_mark": VERDICT_MARKS[verdict.state]}
    return context


def _requirements(edition):
    terms = [(edition._meta.get_field(name).verbose_name, getattr(edition, name)) for name in TERMS]
    return {
        "terms": [(term, text) for term, text in terms if text],
        "rules": [stated(rule.as_rule()) for rule in edition.rules.all()],
        "counts": [(state, VERDICT_MARKS[state], count) for state, count in counts_of(edition)],
        "notes": edition.local_notes.all(),
    }


def _windows(edition):
    windows = edition.windows.all()
    offices = {window.subprefecture_id for window in windows}
    everywhere = None in offices
    return {
        "calls": [call_in(window, edition) for window in windows],
        "without_window": 0 if everywhere else Subprefecture.objects.exclude(pk__in=offices).count(),
    }


def _beside_the_year_before(editions, edition):
    earlier = [year for year in editions if year < edition.fiscal_year]
    if not earlier:
        return {"before": None}
    before = editions[max(earlier)]
    rows = differences(before, edition)
    changed = sum(row.is_change for row in rows)
    words = f"、{changed}つの点がちがいます" if changed else "くらべられる点に、ちがいはありません"
    return {
        "before": before,
        "differences": rows,
        "changed_words": f"{era_name(edition.fiscal_year)}は、{era_name(before.fiscal_year)}と{words}",
    }
