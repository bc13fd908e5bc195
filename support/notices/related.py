"""Notices on the pages of what they concern: a town, an office, a programme, a pillar."""

from django.urls import reverse

from regions.models import Municipality, Subprefecture
from sumairu.related import Block
from support.models import Pillar, Program
from support.notices.descriptions import NOTICES
from support.notices.forms import query_of
from support.notices.models import Notice

FEW = 5  # the list has all


def notices_for_town(town, on):
    return _block(Notice.objects.concerning(town), on, f"{town}に関わるお知らせ", f"{town}のお知らせ", town=town)


def notices_of_office(office, on):
    return _block(Notice.objects.for_region(office), on, f"{office}のお知らせ", f"{office}のお知らせ", office=office)


def notices_of_pillar(pillar, on):
    return _block(
        Notice.objects.of(pillar), on, f"{pillar.label}のお知らせ", f"{pillar.label}のお知らせ", pillar=pillar
    )


def notices_about_program(program, on):
    return _block(Notice.objects.of_program(program), on, "この制度に関わるお知らせ", f"{program}に関わるお知らせ")


def _block(notices, on, title, file_title, **asked):
    """The few of `notices` to act on next, and where all of what was `asked` are; None where there are none."""
    current = notices.current(on)
    rows = current.by_deadline(on).select_related("subprefecture").prefetch_related("municipalities")
    few = list(rows[: FEW + 1])
    if not few:
        return None
    return Block(
        title=title,
        note="期限の近い順に示します。",
        template="notices/_block.html",
        context={
            "notices": few[:FEW],
            "title": title,
            "has_more": len(few) > FEW,
            "address": f"{reverse('notice_list')}?{query_of(asked)}" if asked else "",
        },
        order=-30,
        shown=[NOTICES.shown(NOTICES.public().filter(pk__in=current.values("pk")), title=file_title)],
    )


RELATED = {
    Municipality: [notices_for_town],
    Subprefecture: [notices_of_office],
    Program: [notices_about_program],
    Pillar: [notices_of_pillar],
}
