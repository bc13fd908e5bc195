"""Whole public pages, kept until anything changes.

The key of a page holds the number of the newest change, and today's date since pages open and close by the day. Every
change made on the staff side or by a command moves the number; a row changed past both is seen after `KEPT_FOR`.
"""

from hashlib import sha256

from django.conf import settings
from django.core.cache import caches
from django.http import HttpResponse
from django.utils.timezone import localdate

from sumairu.models import ContentVersion

KEPT_FOR = 60  # seconds
LONGEST_QUERY = 100  # what people search for is too varied to be asked twice
KEPT_HEADERS = (
    "Content-Type",
    "Content-Encoding",
    "Content-Language",
    "Content-Length",
    "Vary",
    "Last-Modified",
    "ETag",
)


def keep_public_pages(get_response):
    """Answer a visitor's GET with the page as it was last made, compressed as they take it."""

    def middleware(request):
        if not _is_for_everyone(request):
            response = get_response(request)
            if _may_have_changed_something(request, response):
                ContentVersion.moved()
            return response
        key = _key(request)
        kept = caches["pages"].get(key)
        if kept is not None:
            content, headers = kept
            return HttpResponse(content, headers=headers)
        response = get_response(request)
        if response.status_code == 200 and not response.streaming and not response.cookies:
            headers = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
            caches["pages"].set(key, (response.content, headers), KEPT_FOR)
        return response

    return middleware


def _is_for_everyone(request):
    return (
        request.method == "GET"
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and not request.path.startswith("/admin/")
        and len(request.META.get("QUERY_STRING", "")) <= LONGEST_QUERY
    )


def _may_have_changed_something(request, response):
    """Whatever somebody signed in has sent; strangers change nothing, so they do not empty the cache either."""
    is_sent = request.method not in ("GET", "HEAD", "OPTIONS", "TRACE") and response.status_code < 400
    return is_sent and hasattr(request, "user") and request.user.is_authenticated


def _key(request):
    parts = (
        ContentVersion.current(),
        localdate(),
        request.get_full_path(),
        "br" in request.headers.get("Accept-Encoding", ""),
        "gzip" in request.headers.get("Accept-Encoding", ""),
    )
    return sha256(repr(parts).encode()).hexdigest()
