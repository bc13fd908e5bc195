"""Official tables, what is known of each municipality, and the desks."""

from django.contrib import admin

from regions import exports
from regions.models import CooperationRegion, Desk, Fact, MunicipalFact, Municipality, MunicipalityAlias, Subprefecture
from sumairu.admin import StackedRows, StaffAdmin


@admin.register(CooperationRegion)
class CooperationRegionAdmin(StaffAdmin):
    list_display = ["name", "slug", "order"]
    search_fields = ["name"]
    readonly_fields = ["slug"]
    resource_classes = [exports.COOPERATION_REGIONS]


@admin.register(Subprefecture)
class SubprefectureAdmin(StaffAdmin):
    list_display = ["name", "kind", "seat", "cooperation_region"]
    list_filter = ["cooperation_region", "kind"]
    list_select_related = ["cooperation_region"]
    search_fields = ["name", "short_name", "slug"]
    readonly_fields = ["slug"]
    resource_classes = [exports.SUBPREFECTURES]


class MunicipalFactRows(StackedRows):
    model = MunicipalFact
    fields = [("fact", "year", "value", "source")]
    list_select_related = ["fact", "municipality"]


@admin.register(Municipality)
class MunicipalityAdmin(StaffAdmin):
    list_display = ["name", "code", "kana", "subprefecture", "county", "population"]
    list_filter = ["subprefecture", "kind", "northern_territory"]
    list_select_related = ["subprefecture"]
    search_fields = ["name", "kana", "romaji", "code"]
    readonly_fields = ["code", "code5"]
    inlines = [MunicipalFactRows]
    resource_classes = [exports.MUNICIPALITIES]
    fieldsets = [
        (None, {"fields": ["code", "code5", "name", "kana", "romaji", "kind", "county", "subprefecture"]}),
        ("統計と場所", {"fields": ["population", "area_km2", "latitude", "longitude", "url", "northern_territory"]}),
    ]

    def view_on_site(self, obj):
        return obj.get_absolute_url()


@admin.register(MunicipalityAlias)
class MunicipalityAliasAdmin(StaffAdmin):
    list_display = ["name", "municipality"]
    list_select_related = ["municipality"]
    search_fields = ["name", "municipality__name"]
    autocomplete_fields = ["municipality"]
    resource_classes = [exports.MUNICIPALITY_ALIASES]
    fields = ["municipality", "name"]


@admin.register(Fact)
class FactAdmin(StaffAdmin):
    list_display = ["label", "slug", "kind", "unit", "source", "order"]
    list_filter = ["kind"]
    search_fields = ["label", "slug"]
    resource_classes = [exports.FACTS]


@admin.register(MunicipalFact)
class MunicipalFactAdmin(StaffAdmin):
    list_display = ["municipality", "fact", "year", "value", "unit", "source"]
    list_filter = ["fact", "municipality__subprefecture", "year"]
    list_select_related = ["municipality", "fact"]
    search_fields = ["municipality__name", "municipality__kana", "municipality__code"]
    resource_classes = [exports.MUNICIPAL_FACTS]

    @admin.display(description="単位")
    def unit(self, row):
        return row.fact.unit


class ConfirmedFilter(admin.SimpleListFilter):
    title = "確認"
    parameter_name = "confirmed"

    def lookups(self, request, model_admin):
        return [("yes", "1年以内に確認"), ("no", "1年を過ぎた")]

    def queryset(self, request, queryset):
        return {"yes": queryset.confirmed, "no": queryset.stale}.get(self.value(), queryset.all)()


@admin.register(Desk)
class DeskAdmin(StaffAdmin):
    list_display = ["section", "office", "phone", "email", "hours", "confirmed_on", "confirmed"]
    list_filter = [ConfirmedFilter, "subprefecture"]
    list_select_related = ["subprefecture"]
    search_fields = ["section", "phone", "email", "subprefecture__name"]
    date_hierarchy = "confirmed_on"
    fields = ["subprefecture", "section", "phone", "email", "hours", "confirmed_on", "is_sample"]
    resource_classes = [exports.DESKS]

    @admin.display(description="振興局", ordering="subprefecture__order", empty_value="本庁")
    def office(self, desk):
        return desk.subprefecture

    @admin.display(description="確認済み", boolean=True)
    def confirmed(self, desk):
        return desk.is_confirmed()
