"""The page that tells what became of a record: its versions, newest first, each with what changed from what to what."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.template.response import TemplateResponse

from sumairu.access import keeps_all, offices_of, rule_for
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
    if version.previous and version.model and not _is_seen(user, version.model, version.previous):
        return {"version": version, "stood": told(version.model, None, version.content)}
    return {"version": version, "lines": told_of(version)}


def seen_by(user, model, versions):
    """Of the versions of a record that `user` may see now, those from when they might have seen it."""
    if _sees_all(user, model):
        return versions
    offices = offices_of(user)
    mine = Q(office__in=[office for office in offices if office is not None])
    return versions.filter(mine | Q(office=None) if None in offices else mine)


def _is_seen(user, model, version):
    return _sees_all(user, model) or version.office in offices_of(user)


def _sees_all(user, model):
    rule = rule_for(model)
    return not rule.owner or keeps_all(user, model, "view")
