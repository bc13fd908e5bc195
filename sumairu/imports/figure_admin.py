"""The admin of figures. Most come by import, some by hand; either way each says where it is from, and what it was."""

from django.contrib import admin
from django.template.loader import render_to_string
from django.urls import reverse

from sumairu.admin import StaffAdmin
from sumairu.imports.forms import FigureForm
from sumairu.imports.kinds import kind_of
from sumairu.imports.models import FigureChange, no_other_change


class FigureAdmin(StaffAdmin):
    """A figure saved here has the person as its source; one deleted here leaves its history."""

    form = FigureForm
    readonly_fields = ["source", "as_printed", "updated_at", "history"]
    provenance = [
        ("出どころ", {"fields": ["source", "as_printed", "updated_at", "seen"]}),
        ("履歴", {"fields": ["history"]}),
    ]

    def get_fieldsets(self, request, obj=None):
        parts = [*self.fieldsets, *(self.provenance if obj else [])]
        if self.has_change_permission(request, obj):
            return parts
        return [(name, {"fields": [field for field in part["fields"] if field != "seen"]}) for name, part in parts]

    def changeform_view(self, request, *args, **kwargs):
        if request.method != "POST":
            return super().changeform_view(request, *args, **kwargs)
        with no_other_change(self.model):  # from what the form is checked against to what is saved
            return super().changeform_view(request, *args, **kwargs)

    def save_model(self, request, obj, form, change):
        if form.changes_figure:
            obj.type_in(request.user)
        self.check_kept(request, obj, change)

    def delete_model(self, request, obj):
        obj.take_out(request.user)

    def delete_queryset(self, request, queryset):
        for figure in queryset:
            figure.take_out(request.user)

    @admin.display(description="出どころ")
    def source(self, figure):
        if figure.run is None:
            return f"{figure.entered_by.name}が入力"
        return f"{figure.run.file.name} › {figure.sheet} › {figure.cell}"

    @admin.display(description="資料の表記")
    def as_printed(self, figure):
        return figure.as_printed or "—"

    @admin.display(description="変わったこと")
    def history(self, figure):
        url = reverse("figure_history", args=[kind_of(type(figure)).slug, figure.pk])
        return render_to_string("admin/_figure_history.html", {"changes": FigureChange.of_figure(figure), "url": url})
