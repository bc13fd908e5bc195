"""The staff site: one site for everyone who is posted somewhere today."""

from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.functional import SimpleLazyObject
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache

from sumairu.access import choices, rows, rule_for
from sumairu.admin.todo import groups, places
from sumairu.drafts.models import Draft


class LimitedAutocomplete(AutocompleteJsonView):
    """Offers what the field may point to, which can be less than one may see."""

    def process_request(self, request):
        """Django takes any field of any model for one that offers a choice."""
        try:
            term, model_admin, field, key = super().process_request(request)
        except (AttributeError, ValueError) as error:  # no field of its own, no model's name
            raise PermissionDenied from error
        if not field.concrete or not rule_for(field.model):
            raise PermissionDenied
        return term, model_admin, field, key

    def get_queryset(self):
        """Narrowed before it is searched: what a search made distinct can no longer be narrowed."""
        field = self.source_field
        offered = self.model_admin.get_queryset(self.request).complex_filter(field.get_limit_choices_to())
        offered = choices(self.request.user, field.model, field.name, offered)
        found, has_duplicates = self.model_admin.get_search_results(self.request, offered, self.term)
        return found.distinct() if has_duplicates else found


class StaffSite(admin.AdminSite):
    site_header = site_title = "住まいる北海道 職員用"
    index_title = "わたしの仕事"
    index_template = "admin/my_work.html"
    enable_nav_sidebar = False

    def get_urls(self):
        """Django's way to the public page of any row leads to it whether or not one may see the row."""
        page = path("r/<int:content_type_id>/<int:object_id>/", self.admin_view(self.public_page), name="view_on_site")
        return [page, *(url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site")]

    def public_page(self, request, content_type_id, object_id):
        model = get_object_or_404(ContentType, pk=content_type_id).model_class()
        if model is None or not hasattr(model, "get_absolute_url") or not rule_for(model):
            raise Http404
        return redirect(get_object_or_404(rows(request.user, model), pk=object_id))

    @method_decorator(never_cache)
    def login(self, request, extra_context=None):
        """Who has signed in and may not enter today is led to what they typed, while that is kept."""
        is_away = request.user.is_authenticated and not self.has_permission(request)
        draft = Draft.objects.of(request.user).kept().first() if is_away and request.method == "GET" else None
        return redirect(draft) if draft else super().login(request, extra_context)

    def each_context(self, request):
        shown = places(request.user) if self.has_permission(request) else []
        here = [
            {"label": place.label, "url": reverse(place.url_name), "is_open": _is_open(request, place)}
            for place in shown
        ]
        return super().each_context(request) | {"main_places": here}

    def get_app_list(self, request, app_label=None):
        """Found where a page shows it: Django asks for it on every page, for a sidebar that we do not have."""
        find = super().get_app_list
        return SimpleLazyObject(lambda: find(request, app_label))

    def index(self, request, extra_context=None):
        today = localdate()
        work = groups(request.user, today)
        nothing = [part for part in work if not part.items]
        return super().index(request, {"today": today, "work": work, "nothing": nothing} | (extra_context or {}))

    def autocomplete_view(self, request):
        return LimitedAutocomplete.as_view(admin_site=self)(request)


def _is_open(request, place):
    return request.path.startswith(reverse(place.url_name))
