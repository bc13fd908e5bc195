"""Towns' strategies with their aims and indicators, each also as a table out and in; the prefecture's; and the gaps."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.http import content_disposition_header

from sumairu.access import choices
from sumairu.admin import ImportMixin, PublicNowFilter, StackedRows, StaffAdmin
from sumairu.admin.files import TYPES, AttachmentRows, AttachmentsMixin
from sumairu.admin.resources import TableResource, table
from sumairu.downloads.taking import taken
from sumairu.lib.written_workbook import written_workbook
from sumairu.publishing.admin import PUBLISHING, PublishingMixin
from sumairu.publishing.confirming import RehearsedImportMixin
from support.strategies.descriptions import AIMS, FRAMES, INDICATORS, READONLY, STRATEGIES
from support.strategies.forms import OfficeFilter
from support.strategies.gaps import gaps, shown
from support.strategies.models import Frame, State, StrategyAim, StrategyAttachment, StrategyIndicator, TownStrategy


class GapFilter(admin.SimpleListFilter):
    title = "切れ目"
    parameter_name = "gap"

    def lookups(self, request, model_admin):
        return [("ending", "まもなく終わり、次がない"), ("ended", "終わり、次がない")]

    def queryset(self, request, queryset):
        found = {"ending": queryset.ending, "ended": queryset.run_out}
        return found[self.value()]() if self.value() in found else queryset


class BlankMixin:
    """A workbook with the header of the table that comes in, to be filled in."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_blank"
        return [path("import/blank/", self.admin_site.admin_view(self.blank_view), name=name), *super().get_urls()]

    def blank_view(self, request):
        if not self.has_import_permission(request):
            raise PermissionDenied
        resource = self.get_import_resource_classes(request)[0]()
        content = written_workbook({"一覧": [[field.column_name for field in resource.get_import_fields()]]})
        disposition = content_disposition_header(True, f"{self.opts.verbose_name}のひな形.xlsx")
        return HttpResponse(content, content_type=TYPES["xlsx"], headers={"Content-Disposition": disposition})

    def import_action(self, request, **kwargs):
        response = super().import_action(request, **kwargs)
        response.context_data["blank_url"] = "blank/"
        return response


class AimRows(StackedRows):
    model = StrategyAim
    fields = [("number", "text"), "themes"]
    checkboxes = ["themes"]


class IndicatorRows(StackedRows):
    model = StrategyIndicator
    fields = [
        ("aim_number", "name", "unit"),
        ("base_value", "base_year", "target_value", "target_year"),
        ("newest_value", "newest_on", "newest_source"),
        "note",
    ]


class StrategyAttachmentRows(AttachmentRows):
    model = StrategyAttachment


@admin.register(TownStrategy)
class TownStrategyAdmin(BlankMixin, RehearsedImportMixin, PublishingMixin, AttachmentsMixin, ImportMixin, StaffAdmin):
    list_display = ["title", "municipality", "period", "state", "status", "updated_at", "is_sample"]
    list_filter = ["status", PublicNowFilter, GapFilter, "municipality__subprefecture", "is_sample"]
    list_select_related = ["municipality__subprefecture"]
    search_fields = ["title", "key", "municipality__name", "municipality__kana"]
    grouped_by = {"municipality": "subprefecture"}
    inlines = [AimRows, IndicatorRows, StrategyAttachmentRows]
    attachment_model = StrategyAttachment
    save_on_top = True
    resource_classes = [table(TownStrategy, STRATEGIES.columns, key=["key"])]
    fieldsets = [
        (None, {"fields": ["municipality", "title", ("first_year", "last_year"), "summary"]}),
        ("本文とページ", {"fields": ["page_url", "document_url"]}),
        PUBLISHING,
        ("つながりと出どころ", {"fields": ["predecessor", "source", "source_note", "key", "is_sample"]}),
    ]

    def get_urls(self):
        view = self.admin_site.admin_view(self.gaps_view)
        return [path("gaps/", view, name="support_strategies_townstrategy_gaps"), *super().get_urls()]

    def get_queryset(self, request):
        return super().get_queryset(request).with_followed()

    def gaps_view(self, request):
        """The towns of the person whose strategy ends, has ended, or is not on record; also as a file."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        form = OfficeFilter(request.GET)
        office = form.cleaned_data["office"] if form.is_valid() else None
        found = gaps(request.user, office=office) if form.is_valid() else []
        context = self.admin_site.each_context(request) | {
            "title": "総合戦略の切れ目",
            "opts": self.opts,
            "form": form,
            "gaps": found,
            "counts": [(state, sum(gap.state == state for gap in found)) for state in State if state.is_gap],
            "kept": f"office={office.slug}&" if office else "",
        }
        file = taken(request, lambda: [shown(found, f"{office}管内" if office else "")])
        return file or TemplateResponse(request, "admin/support/strategies/gaps.html", context)

    @admin.display(description="期間", ordering="last_year")
    def period(self, strategy):
        return strategy.period

    @admin.display(description="様子")
    def state(self, strategy):
        return strategy.state(is_followed=strategy.followed).label


class BeneathResource(TableResource):
    """Rows beneath strategies: all strategies that a table names are watched, so that each gets its version."""

    def before_import(self, dataset, **kwargs):
        super().before_import(dataset, **kwargs)
        column = self.fields["strategy"].column_name
        if self.changes is not None and column in dataset.headers:
            keys = {str(key).strip() for key in dataset[column]}
            kept = choices(self.user, self._meta.model, "strategy", TownStrategy.objects.filter(key__in=keys))
            self.changes.watch(TownStrategy, list(kept.order_by().values_list("pk", flat=True)))


def beneath(model, description, key):
    made = table(model, description.columns, key=["strategy", *key], readonly=READONLY)
    return type(made.__name__, (BeneathResource, made), {})


class BeneathAdmin(BlankMixin, RehearsedImportMixin, ImportMixin, StaffAdmin):
    list_select_related = ["strategy__municipality"]
    list_filter = ["strategy__municipality__subprefecture", "strategy__status", "strategy__is_sample"]


@admin.register(StrategyAim)
class StrategyAimAdmin(BeneathAdmin):
    list_display = ["text", "number", "strategy"]
    search_fields = ["text", "strategy__title", "strategy__key", "strategy__municipality__name"]
    checkboxes = ["themes"]
    resource_classes = [beneath(StrategyAim, AIMS, ["number"])]


@admin.register(StrategyIndicator)
class StrategyIndicatorAdmin(BeneathAdmin):
    list_display = ["name", "aim_number", "strategy", "newest_value", "newest_on"]
    search_fields = ["name", "strategy__title", "strategy__key", "strategy__municipality__name"]
    resource_classes = [beneath(StrategyIndicator, INDICATORS, ["aim_number", "name"])]


@admin.register(Frame)
class FrameAdmin(PublishingMixin, StaffAdmin):
    list_display = ["title", "period", "has_support", "status", "updated_at"]
    list_filter = ["status", PublicNowFilter, "is_sample"]
    search_fields = ["title", "summary", "body"]
    resource_classes = [table(Frame, FRAMES.columns)]
    fieldsets = [
        (None, {"fields": ["slug", "title", ("first_year", "last_year"), "summary", "body", "has_support"]}),
        ("ページとつながり", {"fields": ["page_url", "predecessor", "order"]}),
        PUBLISHING,
        ("出どころ", {"fields": ["source", "source_note", "is_sample"]}),
    ]

    @admin.display(description="推進期間")
    def period(self, frame):
        return frame.period or "分かりません"
