"""What is on its way to the public: the groups in which the apps' rows stand on the start page, and a row's item there."""

from django.urls import reverse

from sumairu.admin.todo import Group, WorkItem
from sumairu.publishing.models import Status

DRAFTS = Group("drafts", "下書き", "公開していない途中のもの", "書きかけのものは、ここに並びます。", order=10)
REVIEW = Group(
    "review", "確認待ち", "読んで確かめると公開できます", "確認を待っているものは、ここに並びます。", order=30
)
BOOKED = Group(
    "booked",
    "公開の予約",
    "この日になると、自動で公開ページに出ます",
    "公開する日を決めたものは、ここに並びます。",
    order=80,
)
GROUPS = [DRAFTS, REVIEW, BOOKED]


def item(row, title, about):
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
