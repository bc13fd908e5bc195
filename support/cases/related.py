"""What is said of cases on the pages of towns, programmes, initiatives and themes."""

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.http import urlencode

from regions.models import Initiative, Municipality, Theme
from regions.similar import SimilarTowns
from sumairu.related import Block
from support.cases.descriptions import shown_cases, with_places
from support.cases.models import Case
from support.models import Program

MOST = 5  # the list has all
NEAREST = 20  # towns that count as similar


def cases_of_town(town, on):
    return _block(
        Case.objects.published(on).of_town(town),
        title=f"{town}の先行事例",
        note="このまちで取り組んだことです。",
        slug="own-cases",
        more={"town": town.code},
    )


def cases_of_similar_towns(town, on):
    """Those of the towns nearest by what official statistics measure, the nearest town first."""
    elsewhere = Case.objects.published(on).exclude(pk__in=Case.objects.of_town(town).values("pk"))
    if not elsewhere.exists():
        return None
    near = [each.key for each in SimilarTowns().near(town)[:NEAREST]]
    places = Case.municipalities.through.objects.filter(municipality__in=near, case__in=elsewhere)
    newest_first = places.order_by("-case__fiscal_year", "case__key").values_list("case", "municipality")
    keys = dict.fromkeys(case for case, _ in sorted(newest_first, key=lambda pair: near.index(pair[1])))
    cases = with_places(elsewhere).in_bulk(list(keys)[:MOST])
    similar = reverse("similar_towns", args=[town.code])
    return _drawn(
        [cases[key] for key in keys if key in cases],
        title="似た町の事例",
        note=f"人口や産業が{town}に近い{NEAREST}市町村の事例を、近いまちから順に示します。",
        slug="similar-cases",
        links=[(similar, f"{town}に似たまちを見る"), (reverse("case_list"), "すべての先行事例から探す")],
    )


def cases_of_program(program, on):
    return _block(
        Case.objects.published(on).with_program(program),
        title="この制度を使った先行事例",
        note="取り組んだまちが、何をして、何を学んだか。",
        slug="cases",
        more={"program": program.slug},
    )


def cases_near_initiative(initiative, on):
    """Those made of it, then those that share a theme or a municipality with it."""
    public = Case.objects.published(on)
    shared = Case.themes.through.objects.filter(case=OuterRef("pk"), theme__in=initiative.themes.all())
    there = Case.municipalities.through.objects.filter(
        case=OuterRef("pk"), municipality__in=initiative.municipalities.all()
    )
    made = list(with_places(public.filter(made_from=initiative)))
    near = public.exclude(pk__in=[case.pk for case in made]).filter(Q(Exists(shared)) | Q(Exists(there)))
    found = [*made, *with_places(near)[: max(MOST - len(made), 0)]]
    return _drawn(
        found,
        title="関わりのある先行事例",
        note="この取組からまとめたもの、分野かまちが同じものです。",
        slug="cases",
        links=[(reverse("case_list"), "すべての先行事例から探す")],
    )


def cases_of_theme(theme, on):
    return _block(
        Case.objects.published(on).about(theme),
        title=f"「{theme}」の先行事例",
        note="",
        slug="cases",
        more={"theme": theme.slug},
    )


def _block(cases, *, title, note, slug, more):
    """The first of `cases`, and the way to all of them."""
    found = list(with_places(cases)[: MOST + 1])
    says = "ほかも見る" if len(found) > MOST else "一覧で見る"
    address = f"{reverse('case_list')}?{urlencode(more)}"
    return _drawn(found[:MOST], title=title, note=note, slug=slug, links=[(address, says)])


def _drawn(cases, *, title, note, slug, links):
    if not cases:
        return None
    return Block(
        title=title,
        note=note,
        template="cases/_block.html",
        context={"cases": cases, "links": links, "title": title, "slug": slug},
        order=-10,
        shown=[shown_cases(cases, title, slug)],
    )


RELATED = {
    Municipality: [cases_of_town, cases_of_similar_towns],
    Program: [cases_of_program],
    Initiative: [cases_near_initiative],
    Theme: [cases_of_theme],
}
