"""Programmes and their yearly editions, which headquarters keeps, and what an office adds to them."""

from django.contrib import admin
from django.template.loader import render_to_string
from django.utils.timezone import localdate

from sumairu.admin import FiscalYearFilter, ImportMixin, PublicNowFilter, StackedRows, StaffAdmin, of_none
from sumairu.admin.files import AttachmentRows, AttachmentsMixin
from sumairu.admin.resources import table
from sumairu.lib.days import full_day
from sumairu.publishing.admin import PUBLISHING, PublishingMixin
from sumairu.publishing.confirming import RehearsedImportMixin, RehearsedMixin
from support.admin.same import SameMixin
from support.descriptions import EDITIONS, WINDOWS
from support.forms import rule_form
from support.models import (
    ApplicationWindow,
    EditionAttachment,
    EditionLink,
    EligibilityRule,
    LocalNote,
    Program,
    ProgramAlias,
    ProgramDesk,
    ProgramEdition,
)
from support.reach import reaches


class AliasRows(StackedRows):
    model = ProgramAlias


class ProgramDeskRows(StackedRows):
    model = ProgramDesk
    fields = [("subprefecture", "desk", "is_sample")]
    list_select_related = ["subprefecture", "desk__subprefecture", "program"]


@admin.register(Program)
class ProgramAdmin(SameMixin, RehearsedImportMixin, ImportMixin, StaffAdmin):
    list_display = ["official_name", "plain_name", "pillar", "use", "desk", "public", "is_sample"]
    list_filter = ["pillar", "use", ("themes", of_none("分野なし")), PublicNowFilter, "is_sample"]
    list_select_related = ["desk__subprefecture"]
    search_fields = ["official_name", "plain_name", "slug", "aliases__name"]
    checkboxes = ["themes"]
    inlines = [AliasRows, ProgramDeskRows]
    resource_classes = [
        table(
            Program,
            [
                "slug",
                "pillar",
                "use",
                "official_name",
                "plain_name",
                "readings",
                "name_en",
                "themes__name",
                "successor__slug",
                "order",
                "is_sample",
            ],
            key=["slug"],
        )
    ]
    fieldsets = [
        (None, {"fields": ["slug", "pillar", "use", "official_name", "plain_name", "readings", "name_en", "themes"]}),
        ("所管とつながり", {"fields": ["desk", "successor", "order", "is_sample"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("editions")

    def get_readonly_fields(self, request, obj=None):
        return ["slug"] if obj else []

    def view_on_site(self, obj):
        return obj.get_absolute_url() if obj.is_published() else None

    @admin.display(description="公開", boolean=True)
    def public(self, program):
        return program.is_published()


class RuleRows(StackedRows):
    model = EligibilityRule
    fields = [("fact", "operator"), "value", ("wording", "wording_unmet", "order")]
    list_select_related = ["fact"]
    verbose_name_plural = "対象要件（すべてを満たすと使えます。1つもなければ「条件次第」になります）"

    def get_formset(self, request, obj=None, **kwargs):
        return super().get_formset(request, obj, **{"form": rule_form()} | kwargs)


class WindowRows(StackedRows):
    model = ApplicationWindow
    fields = [("subprefecture", "applicant", "opens_on", "closes_on"), ("note", "is_sample")]
    list_select_related = ["subprefecture", "edition__program"]


class NoteRows(StackedRows):
    model = LocalNote
    list_select_related = ["subprefecture", "edition__program"]


class EditionAttachmentRows(AttachmentRows):
    model = EditionAttachment
    fields = [("title", "purpose"), ("upload", "stored")]


class LinkRows(StackedRows):
    model = EditionLink
    fields = [("title", "url", "order")]


@admin.register(ProgramEdition)
class ProgramEditionAdmin(RehearsedImportMixin, PublishingMixin, AttachmentsMixin, ImportMixin, StaffAdmin):
    list_display = ["program", "year", "status", "towns", "is_carried_over", "publish_on", "unpublish_on", "updated_at"]
    list_filter = ["status", PublicNowFilter, "is_carried_over", FiscalYearFilter, "program__pillar", "is_sample"]
    list_select_related = ["program"]
    search_fields = ["program__official_name", "program__plain_name", "summary", "body"]
    date_hierarchy = "updated_at"
    inlines = [RuleRows, WindowRows, NoteRows, LinkRows, EditionAttachmentRows]
    attachment_model = EditionAttachment
    save_on_top = True
    resource_classes = [
        table(
            ProgramEdition,
            EDITIONS.columns,
            key=["program", "fiscal_year"],
            readonly=["program__official_name"],
        )
    ]
    fieldsets = [
        (None, {"fields": ["program", "fiscal_year", "is_carried_over", "summary", "easy_summary", "body"]}),
        ("だれが、何に使えるか", {"fields": ["target", "pays_for", "excludes", "rate", "ceiling"]}),
        ("申込み", {"fields": ["how_to_apply", "apply_url", "decided_by", "legal_basis"]}),
        ("前の年度から変わったこと", {"fields": ["ended_fields", "confirmation"]}),
        ("英語", {"fields": ["summary_en"]}),
        PUBLISHING,
        ("出どころ", {"fields": ["source", "source_note", "is_sample"]}),
    ]

    readonly_fields = ["confirmation", "ended"]

    def get_changelist_instance(self, request):
        """A page of editions, each with the towns that it reaches: judged together, in four queries."""
        page = super().get_changelist_instance(request)
        page.result_list = list(page.result_list)
        for edition, reach in zip(page.result_list, reaches(page.result_list), strict=True):
            edition.reach = reach
        return page

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("same_as", "confirmed_by")

    def get_fieldsets(self, request, obj=None):
        """To somebody who only reads, what ended is told by its labels."""
        found = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return found
        swap = {"ended_fields": "ended"}
        return [(name, {**told, "fields": [swap.get(one, one) for one in told["fields"]]}) for name, told in found]

    @admin.display(description="今年度はなくなった項目")
    def ended(self, edition):
        labels = self.opts.get_field("ended_fields").labels
        return "、".join(labels[name] for name in edition.ended_fields if name in labels) or "ありません。"

    @admin.display(description="同じ内容の確認")
    def confirmation(self, edition):
        if edition.same_as is None:
            return "していません。"
        day = full_day(localdate(edition.confirmed_at))
        same = "" if edition.is_known_the_same else "（そのあと内容が変わったため、公開ページには示していません）"
        return f"{edition.same_as.get_fiscal_year_display()}と同じことを、{edition.confirmed_by}が{day}に確認しました{same}。"

    @admin.display(description="使える／条件次第／対象外")
    def towns(self, edition):
        return render_to_string("support/_reach.html", {"reach": edition.reach}) if edition.program.asks_towns else "－"


@admin.register(LocalNote)
class LocalNoteAdmin(StaffAdmin):
    list_display = ["edition", "subprefecture", "text", "is_sample"]
    list_filter = ["subprefecture", "edition__fiscal_year", "is_sample"]
    list_select_related = ["edition__program", "subprefecture"]
    search_fields = ["edition__program__official_name", "text"]
    resource_classes = [
        table(
            LocalNote,
            {
                "edition__program__slug": "制度番号",
                "edition__program__official_name": "支援制度",
                "edition__fiscal_year": "年度",
                "subprefecture__name": "振興局",
                "text": "注記",
                "source": "出どころ",
                "is_sample": "見本",
            },
        )
    ]


class OpenFilter(admin.SimpleListFilter):
    title = "受付"
    parameter_name = "open"

    def lookups(self, request, model_admin):
        return [("yes", "受付中")]

    def queryset(self, request, queryset):
        return queryset.open_on() if self.value() == "yes" else queryset


@admin.register(ApplicationWindow)
class ApplicationWindowAdmin(RehearsedMixin, StaffAdmin):
    list_display = ["edition", "office", "applicant", "opens_on", "closes_on", "state"]
    list_filter = [OpenFilter, "applicant", ("subprefecture", of_none("全道共通")), "is_sample"]
    list_select_related = ["edition__program", "subprefecture"]
    search_fields = ["edition__program__official_name", "note"]
    date_hierarchy = "closes_on"
    resource_classes = [table(ApplicationWindow, WINDOWS.columns)]

    @admin.display(description="振興局", ordering="subprefecture__order", empty_value="全道共通")
    def office(self, window):
        return window.subprefecture

    @admin.display(description="いまの受付")
    def state(self, window):
        return window.state().label


@admin.register(ProgramDesk)
class ProgramDeskAdmin(RehearsedMixin, StaffAdmin):
    list_display = ["program", "office", "desk", "is_sample"]
    list_filter = [("subprefecture", of_none("そのほかすべて")), "program__pillar", "is_sample"]
    list_select_related = ["program", "subprefecture", "desk__subprefecture"]
    search_fields = ["program__official_name", "desk__section"]
    resource_classes = [
        table(
            ProgramDesk,
            {
                "program__slug": "制度番号",
                "program__official_name": "支援制度",
                "subprefecture__name": "振興局",
                "desk__section": "窓口",
                "desk__phone": "電話",
                "is_sample": "見本",
            },
        )
    ]

    @admin.display(description="振興局", ordering="subprefecture__order", empty_value="そのほかすべて")
    def office(self, row):
        return row.subprefecture
