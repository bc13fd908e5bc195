from django.contrib import admin
from django.template.loader import render_to_string

from sumairu.admin import StaffAdmin
from sumairu.admin.resources import table
from sumairu.updates.models import Update


@admin.register(Update)
class UpdateAdmin(StaffAdmin):
    """What was told is told; what must not stay there is hidden."""

    list_display = ["happened_at", "what", "title", "note", "is_hidden"]
    list_display_links = ["title"]
    list_filter = ["what", "is_hidden"]
    search_fields = ["title", "note"]
    date_hierarchy = "happened_at"
    fields = ["happened_at", "what", "title", "note", "drawn_lines", "is_sample", "is_hidden"]
    resource_classes = [
        table(
            Update,
            {
                "happened_at": "日時",
                "what": "何があったか",
                "title": "題名",
                "note": "補足",
                "path": "ページ",
                "is_hidden": "見せない",
            },
        )
    ]

    def get_readonly_fields(self, request, obj=None):
        return [name for name in self.fields if name != "is_hidden"]

    def view_on_site(self, obj):
        return obj.path

    @admin.display(description="変わったところ")
    def drawn_lines(self, obj):
        return render_to_string("pages/_update_lines.html", {"update": obj}) if obj.drawn else "—"
