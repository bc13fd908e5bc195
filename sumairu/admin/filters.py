"""Filters of lists. What they mean is a queryset method of the model; they only offer it."""

from django.contrib import admin

from sumairu.lib.wareki import era_name


class FiscalYearFilter(admin.SimpleListFilter):
    """The fiscal years of the rows that one may see, newest first."""

    title = "年度"
    parameter_name = "fiscal_year"

    def lookups(self, request, model_admin):
        years = model_admin.get_queryset(request).order_by("-fiscal_year").values_list("fiscal_year", flat=True)
        return [(str(year), era_name(year)) for year in years.distinct()]

    def queryset(self, request, queryset):
        return queryset.in_year(int(self.value())) if (self.value() or "").isdecimal() else queryset


def of_none(said):
    """Rows by what they belong to; `said` are those that belong to nothing: 本庁, 全道共通. Django calls them "-"."""

    class RelatedFilter(admin.RelatedFieldListFilter):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            self.empty_value_display = said

    return RelatedFilter


class PublicNowFilter(admin.SimpleListFilter):
    """Whether the public sees a row today: the state and the days together."""

    title = "いま公開ページに"
    parameter_name = "public"

    def lookups(self, request, model_admin):
        return [("yes", "出ている"), ("no", "出ていない")]

    def queryset(self, request, queryset):
        if self.value() == "yes":
            return queryset.published()
        if self.value() == "no":
            return queryset.exclude(pk__in=queryset.model._default_manager.published().values("pk"))
        return queryset
