"""What headquarters and offices tell towns."""

from django.contrib import admin

from sumairu.admin import ImportMixin, PublicNowFilter, StackedRows, StaffAdmin, of_none
from sumairu.admin.files import AttachmentRows, AttachmentsMixin
from sumairu.admin.resources import table
from sumairu.publishing.admin import PUBLISHING, PublishingMixin
from sumairu.publishing.confirming import RehearsedImportMixin
from support.notices.descriptions import NOTICES
from support.notices.models import Notice, NoticeAttachment, NoticeLink


class LinkRows(StackedRows):
    model = NoticeLink
    fields = [("label", "url")]


class NoticeAttachmentRows(AttachmentRows):
    model = NoticeAttachment


@admin.register(Notice)
class NoticeAdmin(RehearsedImportMixin, PublishingMixin, AttachmentsMixin, ImportMixin, StaffAdmin):
    list_display = ["title", "office", "kind", "dated", "act_by", "status", "publish_on"]
    list_filter = [
        "status",
        PublicNowFilter,
        "kind",
        ("subprefecture", of_none("本庁")),
        ("themes", of_none("分野なし")),
        "is_sample",
    ]
    list_select_related = ["subprefecture"]
    search_fields = ["title", "text", "to_do", "code", "ministry"]
    date_hierarchy = "dated"
    checkboxes = ["themes", "programs"]
    grouped_by = {"municipalities": "subprefecture"}
    inlines = [LinkRows, NoticeAttachmentRows]
    attachment_model = NoticeAttachment
    save_on_top = True
    resource_classes = [table(Notice, NOTICES.columns, key=["code"])]
    fieldsets = [
        (None, {"fields": ["subprefecture", "kind", "title", "dated", "text", "readings"]}),
        ("何を、いつまでに", {"fields": ["to_do", "act_by", "desk"]}),
        (
            "だれに、何について",
            {"fields": [("financial", "informational", "human"), "themes", "municipalities", "programs"]},
        ),
        ("国の新制度", {"fields": ["ministry", "basis", "desk_says"]}),
        PUBLISHING,
        ("代わるお知らせと取り下げ", {"fields": ["replaced_by", "withdrawn_on", "withdrawn_why"]}),
        ("出どころ", {"fields": ["source", "code", "is_sample"]}),
    ]

    @admin.display(description="振興局", ordering="subprefecture__order")
    def office(self, notice):
        return notice.subprefecture.short_name if notice.subprefecture else "本庁"
