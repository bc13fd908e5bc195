"""What waits for a person in this app: initiatives and directions on their way to the public, and desks to confirm."""

from django.urls import reverse

from regions.models import Desk, Initiative, RegionalPolicy, StaffAssignment
from sumairu.access import may, rows
from sumairu.admin.todo import Group, Place, WorkItem
from sumairu.publishing import awaiting

PLACES = [
    Place("取組", "admin:regions_initiative_changelist", Initiative, order=1),
    Place("窓口", "admin:regions_desk_changelist", Desk, order=4),
]

DESKS = Group(
    "desks",
    "確かめ直す窓口",
    "最後に確かめてから1年を過ぎると、公開ページに黄色の印が付きます",
    "1年以上確かめていない窓口は、ここに並びます。",
    order=70,
    is_for=lambda user: may(user, Desk, "change"),
)
ADMINISTRATORS = Group(
    "administrators",
    "管理者の配属の終わり",
    "次の管理者を決めないと、この日のあとは、だれも利用者と配属を登録できません",
    "期限のない管理者がいるあいだは、何も出ません。",
    order=5,
    is_for=lambda user: may(user, StaffAssignment, "change"),
)
GROUPS = [ADMINISTRATORS, DESKS, *awaiting.GROUPS]


def todo_for(user, on):
    initiatives = rows(user, Initiative, "change").select_related("subprefecture").order_by("-updated_at")
    policies = rows(user, RegionalPolicy, "change").select_related("subprefecture")
    for row in [*initiatives.awaiting(on), *policies.awaiting(on)]:
        yield awaiting.item(row, title=getattr(row, "title", None) or "推進方向", about=_about(row))
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


def _about(row):
    return f"{row._meta.verbose_name}　{row.subprefecture.short_name}　{row.get_fiscal_year_display()}"
