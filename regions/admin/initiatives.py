"""What a subprefecture writes up each year."""

from django.contrib import admin, messages

from regions.descriptions import INITIATIVES, POLICIES
from regions.models import Initiative, InitiativeAttachment, InitiativeLink, InitiativePicture, RegionalPolicy, Theme
from sumairu.admin import FiscalYearFilter, ImportMixin, PublicNowFilter, StackedRows, StaffAdmin, of_none
from sumairu.admin.files import AttachmentRows, AttachmentsMixin, PictureRows
from sumairu.admin.resources import table
from sumairu.publishing.admin import PUBLISHING, PublishingMixin
from sumairu.publishing.confirming import RehearsedImportMixin


@admin.register(Theme)
class ThemeAdmin(StaffAdmin):
    list_display = ["name", "slug", "order"]
    search_fields = ["name"]
    resource_classes = [table(Theme, ["slug", "name", "order"])]

    def get_readonly_fields(self, request, obj=None):
        return ["slug"] if obj else []


@admin.register(RegionalPolicy)
class RegionalPolicyAdmin(PublishingMixin, StaffAdmin):
    list_display = ["__str__", "subprefecture", "year", "status", "publish_on", "unpublish_on"]
    list_filter = ["status", PublicNowFilter, FiscalYearFilter, "subprefecture", "is_sample"]
    list_select_related = ["subprefecture"]
    search_fields = ["text", "subprefecture__name"]
    resource_classes = [table(RegionalPolicy, POLICIES.columns)]
    fieldsets = [
        (None, {"fields": ["subprefecture", "fiscal_year", "text"]}),
        PUBLISHING,
        ("出どころ", {"fields": ["source", "is_sample"]}),
    ]


class LinkRows(StackedRows):
    model = InitiativeLink
    fields = [("label", "url")]


class InitiativeAttachmentRows(AttachmentRows):
    model = InitiativeAttachment


class InitiativePictureRows(PictureRows):
    model = InitiativePicture


@admin.register(Initiative)
class InitiativeAdmin(RehearsedImportMixin, PublishingMixin, AttachmentsMixin, ImportMixin, StaffAdmin):
    list_display = ["title", "subprefecture", "year", "status", "publish_on", "updated_at"]
    list_filter = [
        "status",
        PublicNowFilter,
        FiscalYearFilter,
        "subprefecture",
        ("themes", of_none("分野なし")),
        "is_sample",
    ]
    list_select_related = ["subprefecture"]
    search_fields = ["title", "summary", "body", "code", "partners"]
    date_hierarchy = "updated_at"
    checkboxes = ["themes"]
    grouped_by = {"municipalities": "subprefecture"}
    inlines = [LinkRows, InitiativeAttachmentRows, InitiativePictureRows]
    attachment_model = InitiativeAttachment
    picture_model = InitiativePicture
    save_on_top = True
    resource_classes = [table(Initiative, INITIATIVES.columns, key=["code"])]
    fieldsets = [
        (None, {"fields": ["subprefecture", "fiscal_year", "title", "summary", "easy_summary", "readings", "body"]}),
        ("だれと、どこで", {"fields": ["themes", "municipalities", "partners"]}),
        ("成果", {"fields": ["result", ("starts_on", "ends_on"), "cost_yen", "cost_note"]}),
        PUBLISHING,
        ("つながりと出どころ", {"fields": ["predecessor", "source", "source_note", "code", "order", "is_sample"]}),
    ]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if change and form.initial.get("code") not in (None, obj.code):
            messages.info(request, f"取組コード（URL）は「{form.initial['code']}」から「{obj.code}」になりました。")
