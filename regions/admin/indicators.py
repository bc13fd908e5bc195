"""Figures of each municipality, and what they count."""

from django.contrib import admin

from regions import exports
from regions.models import Indicator, IndicatorFigure
from sumairu.admin import FiscalYearFilter, StaffAdmin
from sumairu.imports.figure_admin import FigureAdmin


@admin.register(Indicator)
class IndicatorAdmin(StaffAdmin):
    list_display = ["name", "slug", "measure", "stage", "source", "order"]
    list_filter = ["measure"]
    search_fields = ["name", "aliases", "slug"]
    resource_classes = [exports.INDICATORS]
    fieldsets = [
        (None, {"fields": ["name", "slug", "measure", "stage", "note", "order"]}),
        ("ブックでの呼び名", {"fields": ["aliases"]}),
        ("出どころ", {"fields": ["source", "source_url"]}),
    ]

    def get_readonly_fields(self, request, obj=None):
        """The slug stays once the public has seen it; what is counted stays while there are figures."""
        if obj is None:
            return []
        return ["slug", "measure", "stage"] if obj.figures.exists() else ["slug"] if obj.was_public() else []


@admin.register(IndicatorFigure)
class IndicatorFigureAdmin(FigureAdmin):
    list_display = ["municipality", "indicator", "year", "value", "source"]
    list_filter = ["indicator", FiscalYearFilter, "municipality__subprefecture"]
    list_select_related = ["municipality", "indicator", "run__file", "entered_by"]
    search_fields = ["municipality__name", "municipality__kana", "municipality__code", "indicator__name"]
    autocomplete_fields = ["municipality"]
    resource_classes = [exports.INDICATOR_FIGURES]
    fieldsets = [(None, {"fields": ["indicator", "municipality", "fiscal_year", "amount"]})]

    @admin.display(description="値", ordering="amount")
    def value(self, figure):
        return figure.in_words
