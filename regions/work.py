"""What waits for a person in this app: initiatives and directions on their way to the public, and desks to confirm."""

from django.urls import reverse

from regions.models import Desk, Initiative, RegionalPolicy
from sumairu.access import rows
from sumairu.admin.work import Group, Place, WorkItem
from sumairu.publishing.models import Status

PLACES = [
    Place("取組", "admin:regions_initiative_changelist", Initiative, order=1),
    Place("窓口", "admin:regions_desk_changelist", Desk, order=4),
]


def work_for(user, on):
    initiatives = rows(user, Initiative, "change").select_related("subprefecture").order_by("-updated_at")
    policies = rows(user, RegionalPolicy, "change").select_related("subprefecture")
    for row in [*initiatives.awaiting(on), *policies.awaiting(on)]:
        yield publishing_item(row, on, title=getattr(row, "title", None) or "推進方向", about=_about(row))
    for desk in rows(user, Desk, "change").stale(on).select_related("subprefecture").order_by("confirmed_on"):
        yield WorkItem(
            Group.DESKS,
            title=str(desk),
            about="窓口",
            url=reverse("admin:regions_desk_change", args=[desk.pk]),
            action="確かめる",
            state="電話・メール・受付時間",
            day=desk.confirmed_on,
            day_words="に確認",
        )


def publishing_item(row, on, title, about):
    """The item of a row that is not public yet: written on, waiting for its reader, or for its day."""
    group, action = {
        Status.DRAFT: (Group.DRAFTS, "書き続ける"),
        Status.REVIEW: (Group.REVIEW, "確かめる"),
        Status.PUBLISHED: (Group.BOOKED, "予約を確かめる"),
    }[row.status]
    booked = group is Group.BOOKED
    return WorkItem(
        group,
        title=title,
        about=about,
        url=reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk]),
        action=action,
        state="見本" if row.is_sample else "",
        day=row.publish_on if booked else getattr(row, "updated_at", None),
        day_words="から公開" if booked else "に保存",
    )


def _about(row):
    return f"{row._meta.verbose_name}　{row.subprefecture.short_name}　{row.get_fiscal_year_display()}"
