"""Official tables, what is known of each municipality, and the desks."""

from django import forms
from django.contrib import admin, messages
from django.utils.timezone import localdate

from regions.descriptions import OFFICES, TOWNS
from regions.models import CooperationRegion, Desk, Fact, MunicipalFact, Municipality, MunicipalityAlias, Subprefecture
from sumairu.access import rows
from sumairu.admin import StackedRows, StaffAdmin, of_none
from sumairu.admin.resources import table
from sumairu.lib.days import full_day
from sumairu.publishing.confirming import RehearsedMixin


@admin.register(CooperationRegion)
class CooperationRegionAdmin(StaffAdmin):
    list_display = ["name", "slug", "order"]
    search_fields = ["name"]
    readonly_fields = ["slug"]
    resource_classes = [table(CooperationRegion, ["slug", "name", "order"])]


@admin.register(Subprefecture)
class SubprefectureAdmin(StaffAdmin):
    list_display = ["name", "kind", "seat", "cooperation_region"]
    list_filter = ["cooperation_region", "kind"]
    list_select_related = ["cooperation_region"]
    search_fields = ["name", "short_name", "slug"]
    readonly_fields = ["slug"]
    resource_classes = [table(Subprefecture, OFFICES.columns)]


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
    resource_classes = [table(Municipality, TOWNS.columns)]
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
    resource_classes = [
        table(
            MunicipalityAlias,
            {
                "municipality__code": "団体コード",
                "municipality__name": "市町村",
                "name": "別名",
            },
        )
    ]
    fields = ["municipality", "name"]


@admin.register(Fact)
class FactAdmin(StaffAdmin):
    list_display = ["label", "slug", "kind", "unit", "source", "order"]
    list_filter = ["kind"]
    search_fields = ["label", "slug"]
    resource_classes = [table(Fact, ["slug", "label", "unit", "kind", "source", "order"])]


@admin.register(MunicipalFact)
class MunicipalFactAdmin(StaffAdmin):
    grouped_by = {"municipality": "subprefecture"}
    list_display = ["municipality", "fact", "year", "value", "unit", "source"]
    list_filter = ["fact", "municipality__subprefecture", "year"]
    list_select_related = ["municipality", "fact"]
    search_fields = ["municipality__name", "municipality__kana", "municipality__code"]
    resource_classes = [
        table(
            MunicipalFact,
            {
                "municipality__code": "団体コード",
                "municipality__name": "市町村",
                "fact__label": "分かること",
                "year": "年",
                "value": "値",
                "fact__unit": "単位",
                "source": "出どころ",
            },
        )
    ]

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


class DeskForm(forms.ModelForm):
    """Whoever changes a desk may say in the same step that they checked it."""

    confirmed_today = forms.BooleanField(
        label="今日、確かめました",
        required=False,
        help_text="印を付けると、確認日が今日になります。上の欄は空欄のままでかまいません。",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "confirmed_on" in self.fields:
            self.fields["confirmed_on"].required = False

    def clean(self):
        super().clean()
        if self.cleaned_data.get("confirmed_today"):
            self.cleaned_data["confirmed_on"] = localdate()
            self.errors.pop("confirmed_on", None)
        elif not self.cleaned_data.get("confirmed_on") and "confirmed_on" not in self.errors:
            self.add_error("confirmed_on", "確かめた日を入れるか、「今日、確かめました」に印を付けてください。")
        return self.cleaned_data


@admin.action(permissions=["change"], description="今日、確かめたことにする")
def confirm_today(model_admin, request, queryset):
    kept = rows(request.user, Desk, "change").filter(pk__in=queryset.values("pk"))
    desks = list(kept)
    kept.confirm()
    for desk in desks:
        model_admin.log_change(request, desk, "きょう、連絡先を確かめました。")
    if desks:
        messages.success(request, f"{len(desks)}件の確認日を今日にしました。")
    if len(desks) < queryset.count():
        messages.error(request, "選んだもののうち、あなたが変えられない窓口はそのままです。")


@admin.register(Desk)
class DeskAdmin(RehearsedMixin, StaffAdmin):
    list_display = ["section", "office", "phone", "email", "hours", "confirmed_on", "confirmed"]
    list_filter = [ConfirmedFilter, ("subprefecture", of_none("本庁"))]
    list_select_related = ["subprefecture"]
    search_fields = ["section", "phone", "email", "subprefecture__name"]
    date_hierarchy = "confirmed_on"
    form = DeskForm
    fields = ["subprefecture", "section", "phone", "email", "hours", "confirmed_on", "confirmed_today", "is_sample"]
    actions = [confirm_today]
    resource_classes = [
        table(Desk, ["subprefecture__name", "section", "phone", "email", "hours", "confirmed_on", "is_sample"])
    ]

    def get_fields(self, request, obj=None):
        fields = super().get_fields(request, obj)
        may_save = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        return fields if may_save else [name for name in fields if name != "confirmed_today"]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if change and {"section", "phone", "email", "hours"} & {*form.changed_data} and obj.confirmed_on < localdate():
            messages.warning(
                request,
                f"連絡先を変えました。確認日は{full_day(obj.confirmed_on)}のままです。"
                "確かめて変えたのなら、「今日、確かめました」に印を付けて保存してください。",
            )

    @admin.display(description="振興局", ordering="subprefecture__order", empty_value="本庁")
    def office(self, desk):
        return desk.subprefecture

    @admin.display(description="確認済み", boolean=True)
    def confirmed(self, desk):
        return desk.is_confirmed()
