"""Staff sent to municipalities: the ledger of seats, and what they mainly do."""

from django.contrib import admin

from sumairu.admin import ImportMixin, StaffAdmin
from sumairu.admin.resources import table
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
    resource_classes = [
        table(
            Dispatch,
            {
                "code": "台帳番号",
                "program__slug": "制度番号",
                "municipality__code": "派遣先の市町村コード",
                "municipality__name": "派遣先の市町村",
                "duties": "業務",
                "state": "状態",
                "starts_on": "いつから",
                "ends_on": "いつまで",
                "is_sample": "見本",
            },
            key=["code"],
            readonly=["municipality__name"],
        )
    ]


@admin.register(DispatchDuty)
class DispatchDutyAdmin(StaffAdmin):
    list_display = ["name", "program", "year", "order"]
    list_filter = ["program"]
    list_select_related = ["program"]
    search_fields = ["name", "program__official_name"]
    resource_classes = [
        table(
            DispatchDuty,
            {
                "program__slug": "制度番号",
                "program__official_name": "支援制度",
                "fiscal_year": "年度",
                "name": "業務",
                "order": "順序",
                "source": "出どころ",
            },
        )
    ]
