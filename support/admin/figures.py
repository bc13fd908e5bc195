"""Budgets and dispatches by year."""

from django.contrib import admin

from sumairu.admin import FiscalYearFilter, of_none
from sumairu.admin.resources import table
from sumairu.imports.figure_admin import FigureAdmin
from support.descriptions import BUDGETS, HEADCOUNTS
from support.models import BudgetFigure, DispatchFigure


class ProgramFigureAdmin(FigureAdmin):
    list_select_related = ["program", "subprefecture", "run__file", "entered_by"]
    search_fields = ["program__official_name", "program__plain_name", "run__file__name"]

    @admin.display(description="振興局", ordering="subprefecture__order", empty_value="全道")
    def office(self, figure):
        return figure.subprefecture


@admin.register(BudgetFigure)
class BudgetFigureAdmin(ProgramFigureAdmin):
    list_display = ["program", "year", "office", "stage", "supplement", "amount", "source"]
    list_filter = [FiscalYearFilter, "program__pillar", "stage", ("subprefecture", of_none("全道"))]
    resource_classes = [table(BudgetFigure, BUDGETS.columns)]
    fieldsets = [
        (None, {"fields": ["program", "fiscal_year", "subprefecture", "stage", "supplement", "amount_yen"]}),
    ]

    @admin.display(description="予算額", ordering="amount_yen")
    def amount(self, figure):
        return figure.in_words


@admin.register(DispatchFigure)
class DispatchFigureAdmin(ProgramFigureAdmin):
    list_display = ["program", "year", "office", "people", "source"]
    list_filter = [FiscalYearFilter, ("subprefecture", of_none("全道"))]
    resource_classes = [table(DispatchFigure, HEADCOUNTS.columns)]
    fieldsets = [(None, {"fields": ["program", "fiscal_year", "subprefecture", "headcount"]})]

    @admin.display(description="派遣者数", ordering="headcount")
    def people(self, figure):
        return figure.in_words
