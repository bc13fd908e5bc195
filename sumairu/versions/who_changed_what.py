"""Who changed what, over everything: versions of records, and whatever else the apps keep a history of.

An app's `versions` module may offer `SOURCES`, things with

- `kinds`: `{kind: its Japanese name}`;
- `matching(wanted)`: the queryset that answers a `Wanted`, newest first, of rows with a primary key;
- `moment`: the name of the field that says when;
- `entries(pks)`: `{pk: Entry}`.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from heapq import merge
from itertools import islice
from typing import Any

from django.apps import apps
from django.urls import reverse
from django.utils.timezone import make_aware

from sumairu.access import rule_for
from sumairu.convention import modules_named
from sumairu.versions.models import Origin, Version
from sumairu.versions.tracked import records
from sumairu.versions.words import kind_name, told_of

SHOWN, MOST_PAGES = 50, 100
LINES = 6  # of one change on the list; all of them are on its own page


@dataclass(frozen=True)
class Wanted:
    """What of all changes somebody wants to see; None or "" where it does not matter."""

    by: Any = None
    office: Any = None
    kind: str = ""
    since: date | None = None
    until: date | None = None

    def in_time(self, queryset, moment):
        """The days are in Hokkaido, first and last included."""
        if self.since:
            queryset = queryset.filter(**{f"{moment}__gte": make_aware(datetime.combine(self.since, time()))})
        if self.until:
            end = make_aware(datetime.combine(self.until + timedelta(days=1), time()))
            queryset = queryset.filter(**{f"{moment}__lt": end})
        return queryset


@dataclass(frozen=True)
class Entry:
    at: datetime
    who: str
    kind: str
    label: str
    url: str
    source: str
    did: str = ""  # 加えました, 削除しました; empty where it was changed
    lines: list = field(default_factory=list)

    @property
    def shown(self):
        return self.lines[:LINES]

    @property
    def more(self):
        return max(len(self.lines) - LINES, 0)


class VersionSource:
    moment = "made_at"

    @property
    def kinds(self):
        return {model._meta.label_lower: str(model._meta.verbose_name) for model in records()}

    def matching(self, wanted):
        found = Version.objects.exclude(origin=Origin.BEFORE).order_by("-made_at", "-pk")
        if wanted.by:
            found = found.filter(by=wanted.by)
        if wanted.office:
            found = found.of_office(wanted.office.pk)
        if wanted.kind:
            found = found.filter(kind=wanted.kind)
        return wanted.in_time(found, self.moment)

    def entries(self, pks):
        return {version.pk: _entry(version) for version in Version.objects.filter(pk__in=pks).with_previous()}


def sources():
    return [VersionSource(), *(one for module in modules_named("versions") for one in getattr(module, "SOURCES", ()))]


def page_of(wanted, number):
    """The entries of a page, newest first, and whether there is a next one."""
    first, last = (number - 1) * SHOWN, number * SHOWN
    keys = []
    for index, source in enumerate(sources()):
        newest = source.matching(wanted).values_list(source.moment, "pk")[: last + 1]
        keys.append([(moment, index, pk) for moment, pk in newest])
    chosen = list(islice(merge(*keys, key=lambda key: key[0], reverse=True), first, last + 1))
    told = {}
    for index, source in enumerate(sources()):
        of_source = [pk for _, where, pk in chosen[:SHOWN] if where == index]
        told |= {(index, pk): entry for pk, entry in (source.entries(of_source) if of_source else {}).items()}
    return [told[index, pk] for _, index, pk in chosen[:SHOWN]], len(chosen) > SHOWN


def offices():
    """The offices that records belong to, as the rules lead to them."""
    for model in apps.get_models():
        rule = rule_for(model)
        if rule and rule.owner:
            for step in rule.owner.split("__"):
                model = model._meta.get_field(step).related_model
            return model._default_manager.all()
    return []


def _entry(version):
    did = "削除しました。" if version.is_deletion else "加えました。" if version.previous_id is None else ""
    return Entry(
        at=version.made_at,
        who=version.who,
        kind=kind_name(version.kind),
        label=version.label,
        url=reverse("admin:versions_version_change", args=[version.pk]),
        source=version.source_words,
        did=did,
        lines=[] if did else told_of(version),
    )
