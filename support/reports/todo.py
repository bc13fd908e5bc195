"""What readers reported and nobody has answered."""

from django.urls import reverse
from django.utils.timezone import localdate

from sumairu.access import may, rows
from sumairu.admin.todo import Group, WorkItem
from support.reports.models import Report

REPORTS = Group(
    "reports",
    "「この情報は違います」の連絡",
    "公開ページを見た人からの連絡です。確かめて、直すか、対象外にします",
    "届いて、まだ終わっていない連絡は、ここに並びます。",
    order=20,
    is_for=lambda user: may(user, Report, "change"),
)
GROUPS = [REPORTS]


def todo_for(user, on):
    for report in rows(user, Report, "change").open().order_by("received_at").defer("said"):
        yield WorkItem(
            REPORTS,
            title=report.page_title,
            about=report.wrong[:60],
            url=reverse("admin:support_reports_report_change", args=[report.pk]),
            action="確かめる",
            state=report.get_state_display(),
            day=localdate(report.received_at),
            day_words="に受け取り",
        )
