"""What of notices the public sees change: their pages, and where else they are told."""

from django.db.models import Q

from regions.public import PAGES
from sumairu.lib.days import full_day
from sumairu.publishing.rehearsal import Shown
from support.notices.models import Notice


def shown(on, touched):
    notices = Notice.objects.published(on)
    if touched is not None:
        keys = [row.pk for row in touched if isinstance(row, Notice) and row.pk]
        notices = notices.filter(Q(pk__in=keys) | Q(replaced_by__in=keys))  # and those that these take the place of
    for notice in notices.select_related("subprefecture", "replaced_by").prefetch_related("municipalities"):
        url = notice.get_absolute_url()
        yield Shown(PAGES, url, f"お知らせ「{notice.title}」", _said(notice, on), url)


def counts(on):
    return {"一覧に出ているお知らせ": Notice.objects.current(on).count()}


def _said(notice, on):
    """Where else it appears, until when one acts, and what became of it."""
    towns = [town.name for town in notice.municipalities.all()]
    office = notice.subprefecture
    where = "、".join(towns) or (f"{office}管内のすべての市町村" if office else "すべての市町村")
    replaced = f"「{notice.replaced_by}」に代わりました" if notice.is_replaced(on) else ""
    return {
        "市町村のページ": where if notice.is_current(on) else "",
        "いつまで": full_day(notice.act_by) if notice.act_by else "",
        "一覧": "載っています" if notice.is_current(on) else "載っていません",
        "代わるお知らせ": replaced,
        "取り下げ": notice.withdrawn_why if notice.is_withdrawn(on) else "",
        "公開の最終日": full_day(notice.unpublish_on) if notice.unpublish_on else "",
    }
