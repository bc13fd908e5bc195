"""The page that tells what became of a record: its versions, newest first, each with what changed from what to what."""

from django.core.paginator import Paginator
from django.template.response import TemplateResponse

from sumairu.versions.access import is_seen_by, seen_by
from sumairu.versions.models import Origin, Version
from sumairu.versions.words import told, told_of

SHOWN = 20


def history_page(request, model, pk, context):
    """For somebody who may see the record; `context` is what the staff side's pages have in common."""
    versions = seen_by(request.user, model, Version.objects.of(model, pk)).with_previous().order_by("-number")
    page = Paginator(versions, SHOWN).get_page(request.GET.get("p"))
    context = context | {
        "title": f"{context['object']}の履歴",
        "page": page,
        "entries": [entry(version, request.user) for version in page],
    }
    return TemplateResponse(request, "admin/versions/history.html", context)


def entry(version, user):
    """A version with what it changed. What was another office's before, its new one does not get to see."""
    if version.origin == Origin.BEFORE:
        return {"version": version, "stood": told(version.model, None, version.content) if version.model else []}
    if version.previous and version.model and not is_seen_by(user, version.model, version.previous):
        return {"version": version, "stood": told(version.model, None, version.content)}
    return {"version": version, "lines": told_of(version)}
