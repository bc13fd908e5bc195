"""Staff sent to municipalities: the ledger of seats, and what they mainly do."""

from django.contrib import admin

from sumairu.admin import ImportMixin, StaffAdmin
from support import exports
from support.models import Dispatch, DispatchDuty


class CurrentFilter(admin.SimpleListFilter):
    title = "いまの派遣"
    parameter_name = "current"

    def lookups(self, request, model_admin):
        return [("yes", "期間の中")]

    def queryset(self, request, queryset):
        return queryset.current() if self.value() == "yes" else queryset


@admin.register(Dispatch)
class DispatchAdmin(ImportMixin, StaffAdmin):
    grouped_by = {"municipality": "subprefecture"}
    list_display = ["code", "municipality", "duties", "state", "starts_on", "ends_on", "is_sample"]
    list_filter = ["state", CurrentFilter, "municipality__subprefecture", "program", "is_sample"]
    list_select_related = ["municipality", "program"]
    search_fields = ["code", "municipality__name", "duties"]
    date_hierarchy = "starts_on"
    resource_classes = [exports.DISPATCHES]


@admin.register(DispatchDuty)
class DispatchDutyAdmin(StaffAdmin):
    list_display = ["name", "program", "year", "order"]
    list_filter = ["program"]
    list_select_related = ["program"]
    search_fields = ["name", "program__official_name"]
    resource_classes = [exports.DUTIES]
