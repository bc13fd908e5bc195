"""What towns took, by programme and year; most of it comes from workbooks."""

from django.contrib import admin

from sumairu.admin import FiscalYearFilter
from sumairu.admin.resources import table
from sumairu.imports.figure_admin import FigureAdmin
from sumairu.lib.amounts import grouped
from support.uptake.descriptions import UPTAKE
from support.uptake.models import UptakeFigure


@admin.register(UptakeFigure)
class UptakeFigureAdmin(FigureAdmin):
    list_display = ["municipality", "program", "year", "counted", "value", "source", "is_sample"]
    list_filter = [FiscalYearFilter, "counted", "municipality__subprefecture", "program", "is_sample"]
    list_select_related = ["municipality", "program", "run__file", "entered_by"]
    search_fields = ["municipality__name", "municipality__kana", "municipality__code", "program__official_name"]
    grouped_by = {"municipality": "subprefecture"}
    readonly_fields = [*FigureAdmin.readonly_fields, "ledger"]
    resource_classes = [table(UptakeFigure, UPTAKE.columns)]
    fieldsets = [(None, {"fields": ["program", "municipality", "fiscal_year", "counted", "amount"]})]
    provenance = [*FigureAdmin.provenance, ("派遣の台帳とくらべる", {"fields": ["ledger"]})]

    def get_fieldsets(self, request, obj=None):
        parts = super().get_fieldsets(request, obj)
        return parts[:-1] if obj and obj.seats_in_ledger is None else parts

    @admin.display(description="年度", ordering="-fiscal_year")
    def year(self, figure):
        return figure.year_name

    @admin.display(description="値", ordering="amount")
    def value(self, figure):
        return figure.in_words

    @admin.display(description="同じ年度の派遣中の席")
    def ledger(self, figure):
        """People are counted by this record alone; the ledger is for staff."""
        seats = figure.seats_in_ledger
        difference = figure.amount - seats
        told = (
            f"この実績のほうが{grouped(abs(difference))}人{'多い' if difference > 0 else '少ない'}"
            if difference
            else "同じ"
        )
        return f"{grouped(seats)}席（{told}）。公開ページはこの実績だけを数え、台帳は出しません。"
