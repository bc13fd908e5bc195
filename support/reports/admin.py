from django.contrib import admin
from django.utils.html import format_html

from sumairu.admin import StaffAdmin, of_none
from sumairu.admin.resources import table
from support.reports.models import Report

AS_SENT = [
    "where",
    "about",
    "wrong",
    "right",
    "right_source",
    "contact",
    "received_at",
    "desk",
    "content_version",
    "said",
]


@admin.register(Report)
class ReportAdmin(StaffAdmin):
    list_display = ["page_title", "wrong", "state", "office", "received_at", "is_sample"]
    list_filter = ["state", ("subprefecture", of_none("本庁")), "is_sample"]
    list_select_related = ["subprefecture", "desk__subprefecture"]
    search_fields = ["page", "page_title", "wrong", "answer"]
    date_hierarchy = "received_at"
    readonly_fields = AS_SENT
    fieldsets = [
        ("届いた内容（変えられません）", {"fields": AS_SENT}),
        ("対応", {"fields": ["subprefecture", "state", "answer", "is_sample"]}),
    ]
    resource_classes = [
        table(
            Report,
            {
                "page": "ページ",
                "page_title": "ページの題",
                "about": "数値の出どころ",
                "wrong": "違っているところ",
                "right": "正しい内容",
                "right_source": "正しい内容の出どころ",
                "received_at": "受け取った日時",
                "subprefecture__name": "担当の振興局",
                "state": "状態",
                "answer": "対応の記録",
                "is_sample": "見本",
            },
        )
    ]

    @admin.display(description="ページ")
    def where(self, report):
        return format_html('<a href="{}">{}</a>', report.page, report.page_title)

    @admin.display(description="担当", ordering="subprefecture__order", empty_value="本庁")
    def office(self, report):
        return report.subprefecture
