"""Figures of each municipality, and what they count."""

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextInputWidget

from regions.descriptions import INDICATORS
from regions.forms import IndicatorFigureForm, YearFormField
from regions.models import Indicator, IndicatorFigure
from sumairu.admin import FiscalYearFilter, StaffAdmin
from sumairu.admin.resources import table
from sumairu.descriptions import columns
from sumairu.fields import FiscalYearField
from sumairu.imports.figure_admin import FigureAdmin
from sumairu.imports.sources import SOURCE


class YearFilter(FiscalYearFilter):
    """Of several indicators a year may be of either calendar."""

    title = "年度・年"

    def lookups(self, request, model_admin):
        return [(year, f"{year}年度・{year}年") for year, _ in super().lookups(request, model_admin)]


@admin.register(Indicator)
class IndicatorAdmin(StaffAdmin):
    list_display = ["name", "slug", "measure", "counts_by", "stage", "source", "order"]
    list_filter = ["measure", "counts_by"]
    search_fields = ["name", "aliases", "slug"]
    resource_classes = [table(Indicator, INDICATORS.columns)]
    fieldsets = [
        (None, {"fields": ["name", "slug", "measure", "counts_by", "counted_on", "stage", "note", "order"]}),
        ("ブックでの呼び名", {"fields": ["aliases"]}),
        ("出どころ", {"fields": ["source", "source_url"]}),
    ]

    def get_readonly_fields(self, request, obj=None):
        """The slug stays once the public has seen it; what is counted stays while there are figures."""
        if obj is None:
            return []
        return (
            ["slug", "measure", "counts_by", "stage"] if obj.figures.exists() else ["slug"] if obj.was_public() else []
        )


@admin.register(IndicatorFigure)
class IndicatorFigureAdmin(FigureAdmin):
    list_display = ["municipality", "indicator", "year", "value", "source"]
    form = IndicatorFigureForm
    formfield_overrides = FigureAdmin.formfield_overrides | {
        FiscalYearField: {"form_class": YearFormField, "widget": AdminTextInputWidget}
    }
    list_filter = ["indicator", YearFilter, "municipality__subprefecture"]
    list_select_related = ["municipality", "indicator", "run__file", "entered_by"]
    search_fields = ["municipality__name", "municipality__kana", "municipality__code", "indicator__name"]
    autocomplete_fields = ["municipality"]
    resource_classes = [
        table(
            IndicatorFigure,
            {
                "municipality__code": "団体コード",
                "municipality__name": "市町村",
                "municipality__subprefecture__name": "振興局",
                "indicator__name": "指標",
                "year_name": "年度・年",
                "amount": "値",
                "indicator__unit": "単位",
                **columns(SOURCE),
            },
        )
    ]
    fieldsets = [(None, {"fields": ["indicator", "municipality", "fiscal_year", "amount"]})]

    @admin.display(description="年度・年", ordering="-fiscal_year")
    def year(self, figure):
        return figure.year_name

    @admin.display(description="値", ordering="amount")
    def value(self, figure):
        return figure.in_words
