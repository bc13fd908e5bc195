"""`/healthz`: does the process answer? `/readyz`: can it work, that is, is its database there and migrated?

Middleware rather than views, outside everything that redirects to TLS, asks for a host name or opens a session:
a health-checker calls an address, not a name. The answers say nothing of the request and nothing secret.
"""

import logging
import sys
from functools import cache

from django.db import Error, InterfaceError, OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.views.defaults import server_error

AGAIN_AFTER = 30  # seconds

logger = logging.getLogger(__name__)


def answer_health_checks(get_response):
    answers = {"/healthz": process, "/readyz": readiness}

    def middleware(request):
        if answer := answers.get(request.path_info):
            response = answer()
            response.headers["Cache-Control"] = "no-store"
            return response
        return get_response(request)

    return middleware


def process():
    return JsonResponse({"status": "ok"})


def readiness():
    """200, or 503 with what is missing: the database, or these migrations."""
    try:
        missing = _known_migrations() - MigrationRecorder(connection).applied_migrations().keys()
    except Error:
        logger.exception("the database does not answer")
        return JsonResponse({"status": "unavailable", "database": "unreachable"}, status=503)
    if missing:
        names = sorted(f"{app}.{name}" for app, name in missing)
        return JsonResponse({"status": "unavailable", "database": "ok", "missing_migrations": names}, status=503)
    return JsonResponse({"status": "ok", "database": "ok"})


def failed(request):
    """Django asks for this where something was raised: a fault of ours, or a database that does not answer for now."""
    if isinstance(sys.exception(), (OperationalError, InterfaceError)):
        headers = {"Retry-After": AGAIN_AFTER, "Cache-Control": "no-store"}
        return HttpResponse(render_to_string("503.html"), status=503, headers=headers)
    return server_error(request)


@cache
def _known_migrations():
    """The migrations in the code, which does not change while the process lives."""
    return frozenset(MigrationLoader(None).disk_migrations)
