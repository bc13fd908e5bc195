"""Who is posted where: a list of its own, and on the page of each person."""

from django.contrib import admin

from regions.models import StaffAssignment
from sumairu.accounts.admin import UserAdmin
from sumairu.accounts.models import User
from sumairu.admin import StackedRows, StaffAdmin, of_none
from sumairu.admin.resources import table


class CurrentFilter(admin.SimpleListFilter):
    title = "いまの配属"
    parameter_name = "current"

    def lookups(self, request, model_admin):
        return [("yes", "いまの配属"), ("no", "それ以外")]

    def queryset(self, request, queryset):
        if self.value() == "yes":
            return queryset.current()
        if self.value() == "no":
            return queryset.exclude(pk__in=StaffAssignment.objects.current().values("pk"))
        return queryset


@admin.register(StaffAssignment)
class StaffAssignmentAdmin(StaffAdmin):
    list_display = ["user", "office", "role", "starts_on", "ends_on", "is_current"]
    list_filter = [CurrentFilter, "role", ("subprefecture", of_none("本庁"))]
    list_select_related = ["user", "subprefecture"]
    search_fields = ["user__name", "user__email"]
    date_hierarchy = "starts_on"
    resource_classes = [
        table(
            StaffAssignment,
            {
                "user__name": "氏名",
                "user__email": "メールアドレス",
                "subprefecture__name": "振興局",
                "role": "役割",
                "starts_on": "いつから",
                "ends_on": "いつまで",
            },
        )
    ]

    @admin.display(description="振興局", ordering="subprefecture__order", empty_value="本庁")
    def office(self, assignment):
        return assignment.subprefecture

    @admin.display(description="いま", boolean=True)
    def is_current(self, assignment):
        return assignment.is_current()


class AssignmentRows(StackedRows):
    model = StaffAssignment
    fields = [("subprefecture", "role", "starts_on", "ends_on")]
    list_select_related = ["user", "subprefecture"]


admin.site.unregister(User)


@admin.register(User)
class PostedUserAdmin(UserAdmin):
    inlines = [AssignmentRows]
