"""Whatever is posted to a staff form and not saved is kept: one place for every form and every reason."""

from urllib.parse import urlsplit

from django.contrib import admin
from django.core.exceptions import SuspiciousOperation
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from sumairu.addresses import STAFF
from sumairu.drafts.keeping import bring_files, keep, let_go
from sumairu.drafts.models import Draft
from sumairu.drafts.tokens import FORM_FIELD
from sumairu.drafts.views import kept_page

REDIRECTS = (301, 302, 303)
DOORS = ("admin:login", "second_factor", "second_factor_setup")
WHY = {403: Draft.Why.REFUSED, 404: Draft.Why.GONE}


class KeepWhatWasTyped:
    """Innermost: it sees who is signed in, and every answer, that of the CSRF check included."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        return _settled(request, response) if _is_form(request) else response

    def process_view(self, request, view, args, kwargs):
        """After the CSRF check: only files of a form that was ours are looked at."""
        if _is_form(request) and request.user.is_authenticated:
            bring_files(request)


def _is_form(request):
    if request.method != "POST" or not request.path.startswith(STAFF):
        return False
    try:
        return FORM_FIELD in request.POST
    except SuspiciousOperation:  # too much for Django to read: already answered so
        return False


def _settled(request, response):
    may_enter = admin.site.has_permission(request)
    door = _door(response)
    if may_enter and response.status_code in REDIRECTS and not door:
        let_go(request)
        return response
    if response.status_code == 200 and may_enter:
        if _is_change_form(request) or any(hasattr(file, "kept_as") for file in request.FILES.values()):
            keep(request, Draft.Why.HELD if _is_held(response) else Draft.Why.INVALID)
        return response
    if hasattr(request, "kept_draft"):  # by the page that answers, which says so
        return response
    if not request.user.is_authenticated or (door and may_enter):
        draft = keep(request, Draft.Why.UNFINISHED if request.user.is_authenticated else Draft.Why.EXPIRED)
        if draft is None:
            return response
        return redirect(f"{door or reverse('admin:login')}?{urlencode({'next': draft.resume_url})}")
    draft = keep(request, WHY.get(response.status_code, Draft.Why.FAILED) if may_enter else Draft.Why.ENDED)
    if draft is None:
        return response
    return kept_page(request, draft, status=response.status_code if may_enter else 403)


def _door(response):
    """The page of the door to which an answer leads; None where it leads elsewhere."""
    path = urlsplit(response["Location"]).path if response.status_code in REDIRECTS else None
    return path if path in map(reverse, DOORS) else None


def _is_held(response):
    """Is it a page in between, not a form with errors?"""
    return "errors" not in (getattr(response, "context_data", None) or {})


def _is_change_form(request):
    match = request.resolver_match
    return match is not None and match.namespace == "admin" and match.url_name.endswith(("_add", "_change"))
