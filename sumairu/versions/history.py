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
        return _stood(version, "変更の記録を始めたときの内容", version.content)
    if version.previous and version.model and not is_seen_by(user, version.model, version.previous):
        return _stood(version, "このときの内容", version.content)
    if version.is_deletion:
        before = version.previous.content if version.previous else None
        return _stood(version, "削除する前の内容", before, did="削除しました。")
    if version.previous_id is None:
        return _stood(version, "加えた内容", version.content, did="新しく加えました。")
    return {"version": version, "lines": told_of(version)}


def _stood(version, heading, content, did=""):
    """A version of which a whole content is told, as pairs of a name and a text."""
    lines = told(version.model, None, content) if version.model else []
    stood = [(line["name"], line["after"]) for line in lines]
    return {"version": version, "did": did, "heading": heading, "stood": stood}
