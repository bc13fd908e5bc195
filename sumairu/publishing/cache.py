"""Whole public pages, kept until something public changes, with what browsers and proxies need to ask briefly.

A page is kept under its address (of the query only what its view reads) and the encoding it is sent in; beside it stand
the version of the content and the day that it was made for. Where these have moved on, one thread makes the page anew
and the others give the old one, as all do when the database is gone. A row changed past every way in is seen after
`KEPT_FOR`. Whoever is signed in never gets a kept page.
"""

import logging
from contextlib import contextmanager
from functools import lru_cache
from hashlib import sha256
from threading import Event, Lock
from time import monotonic
from typing import NamedTuple

from django.conf import settings
from django.core.cache import caches
from django.http import HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date, parse_etags

from sumairu import replica
from sumairu.changes import watching
from sumairu.models import ContentVersion
from sumairu.publishing import content_version
from sumairu.publishing.asked import query_of

KEPT_FOR = 60  # seconds
LONGEST_QUERY = 100  # what people search for is too varied to be asked twice
FIRST_WAIT = 10  # seconds until who waits for a page that is being made for the first time makes it, too
FOR_EVERYONE = "public, max-age=1, stale-while-revalidate=5, stale-if-error=600"
FOR_ONE = "private, no-store"
SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")
# With these comes somebody whose pages are their own: signed in, or with a message still to be shown.
OWN_COOKIES = (settings.SESSION_COOKIE_NAME, "messages")
OF_ONE_REQUEST = ("X-Request-ID", "Set-Cookie")

logger = logging.getLogger(__name__)


class Kept(NamedTuple):
    stamp: tuple  # the version and the day
    made_at: float  # on the clock that only moves forwards
    content: bytes
    headers: dict


def keep_public_pages(get_response):
    """Answer a visitor's GET with the page as it was last made, compressed as they take it."""
    making = {}
    making_lock = Lock()

    @contextmanager
    def turn(key):
        """Whether this thread is the one that makes a page; an event where another does."""
        with making_lock:
            other = making.get(key)
            if other is None:
                making[key] = Event()
        try:
            yield other
        finally:
            if other is None:
                with making_lock:
                    making.pop(key).set()

    def middleware(request):
        if request.method not in SAFE:
            return _with_changes(get_response, request)
        query = None
        if request.method in ("GET", "HEAD") and not _has_own_pages(request):
            query = query_of(request.path_info, request.META.get("QUERY_STRING", ""))
        if query is None:
            return _for_one(request, get_response(request))
        request.META["QUERY_STRING"] = query
        request.META["HTTP_ACCEPT_ENCODING"] = encoding = _encoding(request.META.get("HTTP_ACCEPT_ENCODING", ""))
        version = content_version.current()
        stamp = version.number, version.day
        etag = _etag(stamp, request.path, query, encoding)
        if _is_known(request, etag):
            return _not_modified(etag, version)
        if len(query) > LONGEST_QUERY:
            return _for_everyone(_rendered(request, get_response, version), etag, version)
        key = sha256(f"{request.path}\n{query}\n{encoding}".encode()).hexdigest()
        page = caches["pages"].get(key)
        if page is None or (not version.is_gone and not _is_fresh(page, stamp)):
            with turn(key) as other:
                if other is None:
                    return _made(request, get_response, key, page, version, etag)
                if page is None:
                    other.wait(FIRST_WAIT)
                    page = caches["pages"].get(key)
            if page is None:
                return _made(request, get_response, key, page, version, etag)
        return _given(request, page)

    return middleware


def _made(request, get_response, key, old, version, etag):
    """The page made anew, and kept; the old one where that fails."""
    asked_for, request.method = request.method, "GET"
    response = _rendered(request, get_response, version)
    request.method = asked_for
    if response.status_code >= 500 and old is not None:
        logger.warning("an old page is given, since it cannot be made anew: %s", request.path)
        return _given(request, old)
    _for_everyone(response, etag, version)
    if response.status_code == 200 and not response.streaming and not response.cookies:
        headers = {name: value for name, value in response.headers.items() if name not in OF_ONE_REQUEST}
        headers["Content-Length"] = str(len(response.content))
        page = Kept((version.number, version.day), monotonic(), response.content, headers)
        caches["pages"].set(key, page, None)
        return _given(request, page)
    return response


def _rendered(request, get_response, version):
    """The view's answer, read from the replica where that has all of `version`, from the primary where that fails."""
    if replica.has_replayed(version.number):
        with replica.reading():
            response = get_response(request)
        if response.status_code < 500:
            return response
        logger.warning("a page is made again from the primary: %s", request.path)
    return get_response(request)


def _given(request, page):
    return HttpResponse(page.content if request.method == "GET" else b"", headers=page.headers)


def _is_fresh(page, stamp):
    return page.stamp == stamp and monotonic() - page.made_at < KEPT_FOR


def _has_own_pages(request):
    return "HTTP_COOKIE" in request.META and any(name in request.COOKIES for name in OWN_COOKIES)


@lru_cache(maxsize=256)
def _encoding(accepted):
    """The encoding that a page is sent in, of those that the portal knows."""
    weights = {}
    for part in accepted[:200].lower().split(","):
        name, _, weight = part.partition(";")
        weights[name.strip()] = "".join(weight.split()) not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return next((known for known in ("br", "gzip") if weights.get(known)), "")


def _etag(stamp, path, query, encoding):
    """Weak, since compressed bytes differ each time. Other templates and other code make other pages, too."""
    told = repr((content_version.release(), stamp, path, query, encoding))
    return f'W/"{sha256(told.encode()).hexdigest()[:32]}"'


def _is_known(request, etag):
    known = request.META.get("HTTP_IF_NONE_MATCH")
    return known is not None and etag in parse_etags(known[:2000])


def _not_modified(etag, version):
    return _for_everyone(HttpResponseNotModified(), etag, version)


def _for_everyone(response, etag, version):
    """With what lets a proxy keep it for a moment; what says itself how it may be kept stays as it is."""
    if response.status_code not in (200, 304) or response.cookies or response.has_header("Cache-Control"):
        return response
    response.headers["Cache-Control"] = FOR_EVERYONE
    response.headers["ETag"] = etag
    response.headers["Last-Modified"] = http_date(version.moved_at.timestamp())
    patch_vary_headers(response, ["Accept-Encoding", "Cookie"])
    return response


def _for_one(request, response):
    if _has_own_pages(request) and not response.has_header("Cache-Control"):
        response.headers["Cache-Control"] = FOR_ONE
    return response


def _with_changes(get_response, request):
    """What is posted: the version moves where something public changed. Strangers change nothing."""
    with watching() as changes:
        response = get_response(request)
    if changes.are_public:
        ContentVersion.moved()
    return _for_one(request, response)
