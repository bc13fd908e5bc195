from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate

from regions.models import Municipality, Subprefecture
from sumairu.downloads import attached_file
from sumairu.lib.eligibility import State as Eligibility
from sumairu.lib.eligibility import stated
from sumairu.lib.excerpts import typed
from sumairu.lib.wareki import era_name, fiscal_year_on
from sumairu.lib.year_strip import year_strip
from sumairu.publishing.asked import asks
from support.answers import IN_ANOTHER_YEAR, Answer
from support.calls import call_in
from support.charts import charts_of
from support.comparison import differences, in_words
from support.last_known import known
from support.models import Pillar, Program, ProgramEdition
from support.pillars import pillar_shelves
from support.reach import reach_of
from support.standing import standing_among

TERMS = ["target", "pays_for", "rate", "ceiling", "decided_by", "how_to_apply", "legal_basis"]
VERDICT_MARKS = {Eligibility.USABLE: "usable", Eligibility.DEPENDS: "maybe", Eligibility.EXCLUDED: "not"}


@asks()
def support_list(request):
    return render(request, "support/support_list.html", {"section": "support", "shelves": pillar_shelves()})


@asks()
def pillar_detail(request, pillar):
    if pillar not in Pillar:
        raise Http404
    context = {
        "section": "support",
        "parents": [("支援制度", reverse("support_list"))],
        "shelf": next(shelf for shelf in pillar_shelves() if shelf.pillar == pillar),
        "today": localdate(),
        "others": [other for other in Pillar if other != pillar],
    }
    return render(request, "support/pillar_detail.html", context)


@asks("town")
def program_detail(request, slug):
    program = get_object_or_404(_programs(), slug=slug)
    return _program_page(request, program)


@asks("town")
def program_year(request, slug, year):
    program = get_object_or_404(_programs(), slug=slug)
    return _program_page(request, program, year)


@asks()
def program_file(request, slug, year, digest, name):
    editions = ProgramEdition.objects.published().in_year(year)
    edition = get_object_or_404(editions, program__slug=slug)
    return attached_file(edition.attachments.all(), digest, name)


def _program_page(request, program, year=None):
    """The page of the edition of `year`; without a year, of the one in force."""
    editions = {edition.fiscal_year: edition for edition in _editions(program)}
    towns = Municipality.objects.governed().select_related("subprefecture")
    town = towns.meant(typed(request.GET.get("town", "")))
    standing = standing_among(program, list(editions.values()), town=town)
    edition = editions.get(year or standing.edition.fiscal_year)
    if edition is None:
        raise Http404
    year = edition.fiscal_year
    context = {
        "section": "support",
        "parents": _parents(program),
        "canonical": program.get_absolute_url() if edition == standing.edition else None,
        "program": program,
        "edition": edition,
        "standing": standing,
        "role": standing.role_of(edition),
        "successor": Program.objects.published().filter(predecessors=program).first(),
        "this_year": fiscal_year_on(localdate()),
        "years": _years(editions, year, town),
        "charts": charts_of(program),
        "duties": program.duties.published().filter(fiscal_year__lte=year).of_the_newest_year(),
        "attachments": edition.attachments.select_related("edition__program", "file"),
        **_for_town(standing, edition),
        **_known_texts(edition, editions.values()),
        **_requirements(standing, edition),
        **_windows(standing, edition),
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
        .select_related("program", "same_as")
        .prefetch_related("same_as__rules", "windows__subprefecture", "rules__fact", "local_notes__subprefecture")
    )


def _parents(program):
    pillar = program.get_pillar_display(), reverse("pillar_detail", args=[program.pillar])
    return [("支援制度", reverse("support_list")), pillar]


def _years(editions, here, town):
    kept = f"?town={town.code}" if town else ""
    urls = {year: f"{edition.get_absolute_url()}{kept}" for year, edition in editions.items()}
    return year_strip(urls, here, fiscal_year_on(localdate()))


def _for_town(standing, edition):
    """Whom to ask and, once a town is chosen, whether it may use the edition that is shown."""
    town, desks = standing.town, standing.program.desks.all()
    towns = Municipality.objects.governed()
    return {
        "town": town,
        "offices": Subprefecture.objects.prefetch_related(Prefetch("municipalities", towns, to_attr="towns")),
        "desk": standing.desk,
        "desk_title": f"{town}から申し込む窓口" if town else "窓口",
        "desks": desks,
        "others_url": "#desks" if desks else "",
        "verdict": _verdict(standing, edition) if town and standing.is_applied_for else None,
    }


def _verdict(standing, edition):
    """The mark, the words and the reasons; no year but this one is said to be usable."""
    if edition == standing.judged:
        verdict, words = standing.verdict, Answer(standing).word
    else:
        verdict = edition.verdict(standing.facts)
        words = f"{era_name(edition.fiscal_year)}の内容では{IN_ANOTHER_YEAR[verdict.state]}"
    return {"mark": VERDICT_MARKS[verdict.state], "words": words, "reasons": verdict.reasons}


def _known_texts(edition, editions):
    """What the edition says, and where it is silent what was last known, each with its year."""
    terms = [(edition._meta.get_field(name).verbose_name, known(edition, name, editions)) for name in TERMS]
    return {
        "terms": [(label, found) for label, found in terms if found.text or found.ended],
        "excludes": known(edition, "excludes", editions),
        "body": known(edition, "body", editions),
    }


def _requirements(standing, edition):
    """What must hold, and of how many municipalities it does; of another year nothing is said to be usable."""
    runs = edition.fiscal_year == standing.this_year
    labels = {state: state.label for state in Eligibility} | ({} if runs else {Eligibility.USABLE: "対象"})
    towns = reach_of(edition).towns.items() if standing.is_applied_for else ()
    return {
        "rules": [stated(rule.as_rule()) for rule in edition.rules.all()],
        "counts": [(labels[state], VERDICT_MARKS[state], len(those)) for state, those in towns],
        "notes": edition.local_notes.all(),
    }


def _windows(standing, edition):
    """The edition's windows office by office; where it is only read or done by the prefecture, none are asked for."""
    windows = edition.windows.all() if standing.is_applied_for else []
    offices = {window.subprefecture_id for window in windows}
    everywhere = None in offices
    return {
        "calls": [call_in(window) for window in windows],
        "without_window": 0 if everywhere else Subprefecture.objects.exclude(pk__in=offices).count(),
    }


def _beside_the_year_before(editions, edition):
    earlier = [
        year for year, each in editions.items() if year < edition.fiscal_year and each.is_sample <= edition.is_sample
    ]
    if not earlier:
        return {"before": None}
    before = editions[max(earlier)]
    rows = differences(before, edition)
    years = f"{era_name(edition.fiscal_year)}は、{era_name(before.fiscal_year)}と"
    return {"before": before, "differences": rows, "changed_words": f"{years}{in_words(rows)}"}
