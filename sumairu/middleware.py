"""What requests pass through beside Django's own middleware; the settings give the order."""

import logging
import re
from time import perf_counter
from uuid import uuid4

import brotli
from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpResponse, UnreadablePostError
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers

from sumairu.logs import request_id

logger = logging.getLogger(__name__)

SANE_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
COMPRESSIBLE = ("text/", "application/json", "application/xml", "image/svg+xml")


def log_requests(get_response):
    """Name each request (or keep the proxy's name for it), say the name in the answer, and log one line.

    The line has no query and no address: what people search for, and from where, is not ours to keep.
    """

    def middleware(request):
        given = request.headers.get("X-Request-ID", "")
        name = given if SANE_REQUEST_ID.fullmatch(given) else uuid4().hex
        # Not reset afterwards: what a streamed answer still logs belongs to it. The next request sets its own.
        request_id.set(name)
        begun = perf_counter()
        response = get_response(request)
        response.headers["X-Request-ID"] = name
        fields = {
            "method": request.method,
            "path": request.path,
            "status": response.status_code,
            "milliseconds": round((perf_counter() - begun) * 1000, 1),
        }
        logger.info("request", extra={"fields": fields})
        return response

    return middleware


def limit_body(get_response):
    """Refuse what is too large before Django reads it: CSRF checking alone would take a stranger's upload to disk."""

    def middleware(request):
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > settings.REQUEST_MAX_BYTES:  # of any other length Django reads nothing
            megabytes = settings.REQUEST_MAX_BYTES // 1024**2
            return HttpResponse(render_to_string("413.html", {"megabytes": megabytes}), status=413)
        return get_response(request)

    return middleware


def refuse_nul(get_response):
    """The character NUL is in no text, and PostgreSQL takes none: whatever carries one is refused before it is used."""

    def middleware(request):
        if "\0" in request.path or _has_nul(request.GET.lists()) or "\0" in "".join(request.COOKIES.values()):
            raise BadRequest
        return get_response(request)

    def process_view(request, *view):
        """Once the view is known a body may be read: not before, since some views bound it themselves."""
        if request.method != "POST":
            return
        try:
            posted = list(request.POST.lists())
        except UnreadablePostError as error:  # cut off, or silent for too long
            raise BadRequest from error
        if _has_nul(posted):
            raise BadRequest

    middleware.process_view = process_view
    return middleware


def _has_nul(lists):
    return any("\0" in text for name, values in lists for text in (name, *values))


def restrict_browser(get_response):
    """The portal asks for no camera, place or payment, so nothing that runs in its pages may."""

    def middleware(request):
        response = get_response(request)
        response.headers["Permissions-Policy"] = settings.PERMISSIONS_POLICY
        return response

    return middleware


def compress_with_brotli(get_response):
    """Brotli for browsers that take it; Django's `GZipMiddleware`, one place further out, serves the others."""

    def middleware(request):
        response = get_response(request)
        if (
            response.streaming
            or len(response.content) < 500
            or response.has_header("Content-Encoding")
            or not response.headers.get("Content-Type", "").startswith(COMPRESSIBLE)
        ):
            return response
        patch_vary_headers(response, ["Accept-Encoding"])
        if "br" in re.split(r"[\s,;]+", request.headers.get("Accept-Encoding", "")):
            response.content = brotli.compress(response.content, mode=brotli.MODE_TEXT, quality=5)
            response.headers["Content-Encoding"] = "br"
            response.headers["Content-Length"] = str(len(response.content))
            if response.headers.get("ETag", "").startswith('"'):  # the bytes differ, what they say does not
                response.headers["ETag"] = f"W/{response.headers['ETag']}"
        return response

    return middleware
