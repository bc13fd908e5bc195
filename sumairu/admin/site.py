"""The staff site: one site for everyone who is posted somewhere today."""

from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.urls import reverse
from django.utils.timezone import localdate

from sumairu.access import choices
from sumairu.admin.work import groups, places


class LimitedAutocomplete(AutocompleteJsonView):
    """Offers what the field may point to, which can be less than one may see."""

    def get_queryset(self):
        return choices(self.request.user, self.source_field.model, self.source_field.name, super().get_queryset())


class StaffSite(admin.AdminSite):
    site_header = site_title = "住まいる北海道 職員用"
    index_title = "わたしの仕事"
    index_template = "admin/my_work.html"
    enable_nav_sidebar = False

    def each_context(self, request):
        shown = places(request.user) if self.has_permission(request) else []
        here = [
            {"label": place.label, "url": reverse(place.url_name), "is_open": _is_open(request, place)}
            for place in shown
        ]
        return super().each_context(request) | {"main_places": here}

    def index(self, request, extra_context=None):
        today = localdate()
        work = groups(request.user, today)
        nothing = [part for part in work if not part.items]
        return super().index(request, {"today": today, "work": work, "nothing": nothing} | (extra_context or {}))

    def autocomplete_view(self, request):
        return LimitedAutocomplete.as_view(admin_site=self)(request)


def _is_open(request, place):
    return request.path.startswith(reverse(place.url_name))
