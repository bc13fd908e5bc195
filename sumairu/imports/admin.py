"""The record of imports and of every change of a figure: to be read, never edited."""

from django.contrib import admin
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django_tasks_db.models import DBTaskResult

from sumairu.admin import StaffAdmin
from sumairu.admin.resources import table
from sumairu.imports.kinds import kinds
from sumairu.imports.models import FigureChange, ImportRun, Layout

# The queue is the program's; what waits in it is told where it was asked for.
admin.site.unregister(DBTaskResult)


class KindFilter(admin.SimpleListFilter):
    title = "何の数値"
    parameter_name = "kind"

    def lookups(self, request, model_admin):
        return [(kind.slug, kind.label) for kind in kinds().values()]

    def queryset(self, request, queryset):
        return queryset.filter(kind=self.value()) if self.value() else queryset


@admin.register(ImportRun)
class ImportRunAdmin(StaffAdmin):
    list_display = [
        "file_name",
        "kind_label",
        "state_words",
        "message",
        "who",
        "uploaded_at",
        "saved_at",
        "new",
        "changed",
        "errors",
    ]
    list_filter = ["state", KindFilter]
    search_fields = ["file__name", "uploaded_by__name"]
    date_hierarchy = "uploaded_at"
    list_select_related = ["file", "uploaded_by"]
    fields = [
        "screen",
        "kind_label",
        "state_words",
        "who",
        "uploaded_at",
        "saved_at",
        "new",
        "changed",
        "unchanged",
        "questions",
        "errors",
        "skipped",
        "layout",
        "undoes",
        "may_be_given_out",
        "sha256",
    ]
    readonly_fields = fields
    resource_classes = [
        table(
            ImportRun,
            {
                "file__name": "ブック",
                "file__sha256": "SHA-256",
                "kind": "何の数値",
                "state_words": "状態",
                "who": "取り込んだ人",
                "uploaded_at": "選んだ日時",
                "saved_at": "保存日時",
                "new": "新規",
                "changed": "変更",
                "unchanged": "変わらず",
                "questions": "質問",
                "errors": "誤り",
                "skipped": "読まない",
            },
        )
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).with_files()

    def add_view(self, request, form_url="", extra_context=None):
        """A run begins with a workbook."""
        return redirect("import_upload")

    @admin.display(description="ブック", ordering="file__name")
    def file_name(self, run):
        return run.file.name

    @admin.display(description="何の数値", ordering="kind")
    def kind_label(self, run):
        return run.kind_label

    @admin.display(description="取り込んだ人", ordering="uploaded_by__name")
    def who(self, run):
        return run.who

    @admin.display(description="状態", ordering="state")
    def state_words(self, run):
        return run.state_words

    @admin.display(description="SHA-256")
    def sha256(self, run):
        return run.file.sha256

    @admin.display(description="取込の画面")
    def screen(self, run):
        return format_html('<a href="{}">{} を見る</a>', reverse("import_run", args=[run.pk]), run.file.name)


@admin.register(Layout)
class LayoutAdmin(StaffAdmin):
    """Kept from the preview of a workbook; here they are renamed, or forgotten."""

    list_display = ["name", "kind_label", "kept_by", "kept_at"]
    search_fields = ["name"]
    list_select_related = ["kept_by"]
    fields = ["name", "kind_label", "kept_by", "kept_at"]
    readonly_fields = ["kind_label", "kept_by", "kept_at"]
    resource_classes = [
        table(Layout, {"name": "名前", "kind": "何の数値", "kept_by__name": "覚えさせた人", "kept_at": "日時"})
    ]

    def has_add_permission(self, request):
        return False

    @admin.display(description="何の数値", ordering="kind")
    def kind_label(self, layout):
        return layout.kind_label


@admin.register(FigureChange)
class FigureChangeAdmin(StaffAdmin):
    list_display = ["label", "value_before", "value_after", "source", "changed_at"]
    list_filter = [("content_type", admin.RelatedOnlyFieldListFilter), "changed_at"]
    search_fields = ["label", "run__file__name", "entered_by__name"]
    fields = ["label", "value_before", "value_after", "source", "raw", "unit", "changed_at"]
    readonly_fields = fields
    resource_classes = [
        table(
            FigureChange,
            {
                "label": "何の数値",
                "before": "前の値",
                "after": "後の値",
                "run__file__name": "ブック",
                "sheet": "シート",
                "cell": "セル",
                "raw": "資料の表記",
                "unit": "資料の単位",
                "run__undoes__saved_at": "取り消した取込の保存日時",
                "entered_by__name": "入力した人",
                "changed_at": "変わった日時",
            },
        )
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).with_sources()

    @admin.display(description="前の値", ordering="before")
    def value_before(self, change):
        return change.before_words

    @admin.display(description="後の値", ordering="after")
    def value_after(self, change):
        return change.after_words

    @admin.display(description="出どころ")
    def source(self, change):
        return change.source_words
