"""Addresses of the portal: which are the staff's, and whether one shows the public something."""

from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest
from django.urls import resolve

STAFF = "/admin/"  # what all pages of the staff side begin with


def is_shown(address):
    """Does a reader who follows `address` (`/initiatives/?year=2026`) see a page? It is drawn, to know."""
    try:
        path = unquote(urlsplit(address).path)
        if path.startswith(STAFF) or not path.isprintable():
            return False
        match = resolve(path)
        return match.func(_stranger(path, match), *match.args, **match.kwargs).status_code < 400
    except (Http404, PermissionDenied, SuspiciousOperation, ValueError):
        return False


def _stranger(path, match):
    """What somebody who is not signed in asks; without a query, which only narrows what a page shows."""
    request = HttpRequest()
    request.method = "GET"
    request.path = request.path_info = path
    host = next((host.lstrip(".") for host in settings.ALLOWED_HOSTS if host != "*"), "localhost")
    request.META = {"REQUEST_METHOD": "GET", "SERVER_NAME": host, "SERVER_PORT": "443", "HTTP_HOST": host}
    request.META["wsgi.url_scheme"] = "https"
    request.user = AnonymousUser()
    request.resolver_match = match
    return request
