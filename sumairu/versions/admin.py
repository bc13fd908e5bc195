"""「だれが何を変えたか」: one list over everything, for administrators, and a page for each change."""

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import reverse

from sumairu.admin import StaffAdmin
from sumairu.admin.resources import table
from sumairu.versions.forms import WantedForm
from sumairu.versions.history import entry
from sumairu.versions.models import Version
from sumairu.versions.who_changed_what import MOST_PAGES, page_of


@admin.register(Version)
class VersionAdmin(StaffAdmin):
    list_select_related = ["by"]
    resource_classes = [
        table(
            Version,
            {
                "made_at": "日時",
                "by__name": "変えた人",
                "kind": "種類",
                "label": "記録",
                "number": "版",
                "origin": "どこから",
                "reference": "どの画面・表・作業",
            },
        )
    ]

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = WantedForm(request.GET)
        asked = request.GET.get("p", "")
        number = min(int(asked) if asked.isdecimal() and asked.isascii() and len(asked) < 5 else 1, MOST_PAGES) or 1
        entries, has_more = page_of(form.wanted, number)
        query = request.GET.copy()
        query.pop("p", None)
        context = self.admin_site.each_context(request) | {
            "title": "だれが何を変えたか",
            "opts": self.opts,
            "form": form,
            "entries": entries,
            "newer": number - 1,
            "older": number + 1 if has_more and number < MOST_PAGES else 0,
            "is_cut": has_more and number == MOST_PAGES,
            "query": f"{query.urlencode()}&" if query else "",
        }
        return TemplateResponse(request, "admin/versions/changes.html", context)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if object_id is None:
            raise PermissionDenied
        version = self.get_object(request, unquote(object_id))
        context = self.admin_site.each_context(request) | {
            "title": str(version),
            "opts": self.opts,
            "entry": entry(version, request.user),
            "record_url": self._record_url(version),
        }
        return TemplateResponse(request, "admin/versions/change.html", context)

    def get_queryset(self, request):
        return super().get_queryset(request).with_previous()

    def _record_url(self, version):
        """The history of the record, where there still is one and it has a form."""
        model = version.model
        if model is None or not self.admin_site.is_registered(model):
            return ""
        if not model._base_manager.filter(pk=version.record_id).exists():
            return ""
        return reverse(f"admin:{version.kind.replace('.', '_')}_history", args=[version.record_id])
