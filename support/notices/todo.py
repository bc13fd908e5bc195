"""What waits for a person in this app: notices on their way to the public, and those on the first page that are over."""

from django.urls import reverse

from sumairu.access import may, rows
from sumairu.admin.todo import Group, Place, WorkItem
from sumairu.publishing import awaiting
from support.notices.models import Notice

PLACES = [Place("お知らせ", "admin:support_notices_notice_changelist", Notice, order=3)]

OVERDUE = Group(
    "overdue_notices",
    "期限を過ぎたお知らせ",
    "期限を過ぎても、トップページに出ています。新しいお知らせに代えるか、公開を終えます",
    "期限を過ぎたお知らせがトップページに残ると、ここに並びます。",
    order=45,
    is_for=lambda user: may(user, Notice, "change"),
)
GROUPS = [OVERDUE]


def todo_for(user, on):
    kept = rows(user, Notice, "change").select_related("subprefecture")
    for notice in kept.awaiting(on).order_by("-updated_at"):
        yield awaiting.item(notice, title=notice.title, about=_about(notice))
    shown = [notice.pk for notice in Notice.objects.on_home(on) if notice.is_overdue(on)]
    for notice in kept.filter(pk__in=shown).order_by("act_by"):
        yield WorkItem(
            OVERDUE,
            title=notice.title,
            about=_about(notice),
            url=reverse("admin:support_notices_notice_change", args=[notice.pk]),
            action="お知らせを見直す",
            state="見本" if notice.is_sample else "",
            day=notice.act_by,
            day_words="まででした",
        )


def _about(notice):
    return (
        f"お知らせ　{notice.subprefecture.short_name if notice.subprefecture else '本庁'}　{notice.get_kind_display()}"
    )
