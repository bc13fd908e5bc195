"""What waits for a person in this app: initiatives and directions on their way to the public, and desks to confirm."""

from django.urls import reverse

from regions.models import Desk, Initiative, RegionalPolicy, StaffAssignment
from sumairu.access import may, rows
from sumairu.admin.work import Group, Place, WorkItem
from sumairu.publishing.models import Status

PLACES = [
    Place("取組", "admin:regions_initiative_changelist", Initiative, order=1),
    Place("窓口", "admin:regions_desk_changelist", Desk, order=4),
]

DRAFTS = Group("drafts", "下書き", "公開していない途中のもの", "書きかけのものは、ここに並びます。", order=10)
REVIEW = Group(
    "review", "確認待ち", "読んで確かめると公開できます", "確認を待っているものは、ここに並びます。", order=30
)
DESKS = Group(
    "desks",
    "確かめ直す窓口",
    "最後に確かめてから1年を過ぎると、公開ページに黄色の印が付きます",
    "1年以上確かめていない窓口は、ここに並びます。",
    order=70,
    is_for=lambda user: may(user, Desk, "change"),
)
BOOKED = Group(
    "booked",
    "公開の予約",
    "この日になると、自動で公開ページに出ます",
    "公開する日を決めたものは、ここに並びます。",
    order=80,
)
ADMINISTRATORS = Group(
    "administrators",
    "管理者の配属の終わり",
    "次の管理者を決めないと、この日のあとは、だれも利用者と配属を登録できません",
    "期限のない管理者がいるあいだは、何も出ません。",
    order=5,
    is_for=lambda user: may(user, StaffAssignment, "change"),
)
GROUPS = [ADMINISTRATORS, DRAFTS, REVIEW, DESKS, BOOKED]


def work_for(user, on):
    initiatives = rows(user, Initiative, "change").select_related("subprefecture").order_by("-updated_at")
    policies = rows(user, RegionalPolicy, "change").select_related("subprefecture")
    for row in [*initiatives.awaiting(on), *policies.awaiting(on)]:
        yield publishing_item(row, on, title=getattr(row, "title", None) or "推進方向", about=_about(row))
    for desk in rows(user, Desk, "change").stale(on).select_related("subprefecture").order_by("confirmed_on"):
        yield WorkItem(
            DESKS,
            title=str(desk),
            about="窓口",
            url=reverse("admin:regions_desk_change", args=[desk.pk]),
            action="確かめる",
            state="電話・メール・受付時間",
            day=desk.confirmed_on,
            day_words="に確認",
        )
    last_day = StaffAssignment.objects.last_day_administered(on)
    if last_day and may(user, StaffAssignment, "change"):
        yield WorkItem(
            ADMINISTRATORS,
            title="最後の管理者の配属が終わります",
            about="配属",
            url=f"{reverse('admin:regions_staffassignment_changelist')}?role__exact=administrator",
            action="配属を見る",
            day=last_day,
            day_words="まで",
        )


def publishing_item(row, on, title, about):
    """The item of a row that is not public yet: written on, waiting for its reader, or for its day."""
    group, action = {
        Status.DRAFT: (DRAFTS, "書き続ける"),
        Status.REVIEW: (REVIEW, "確かめる"),
        Status.PUBLISHED: (BOOKED, "予約を確かめる"),
    }[row.status]
    booked = group is BOOKED
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
