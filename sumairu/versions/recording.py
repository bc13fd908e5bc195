"""Every way in records what it does: look at the records first, change them, look again.

>>> with recording(by=user, origin=Origin.ACTION, reference="公開する") as changes:   # doctest: +SKIP
...     changes.watch(Initiative, pks)      # before they change; they may be rows beneath a record, too
...     changes.made(Initiative, new_pks)   # after they were made

All in one transaction, in which nobody else changes what is watched. A record that is as it was gets no version. What
shows a changed record is written to the index of the search.
"""

from contextlib import contextmanager

from django.db import transaction

from sumairu.access import postings
from sumairu.changes import is_watched, public_among, tell
from sumairu.convention import modules_named
from sumairu.search import index
from sumairu.updates import ledger as updates
from sumairu.versions.models import Origin, Version
from sumairu.versions.snapshots import take
from sumairu.versions.tracked import place_of, records


class Recording:
    """What is being done to records: `before` holds each as it was, `{model: {pk: Snapshot, or None where not there}}`."""

    def __init__(self, *, origin, by=None, reference=""):
        self.origin, self.by, self.reference = origin, by, str(reference)[:200]
        self.before = {}
        self._whole = set()  # models of which all records are watched
        self._public = {}  # {model: those that the public saw before}
        self._shown = {}  # {model: {pk: the documents that showed it}}

    def watch(self, model, pks):
        """Keep what the records of these rows are now, and let nobody else change them."""
        place = place_of(model)
        if place is None:
            return
        if model is not place.model:
            pks = model._base_manager.filter(pk__in=pks).values_list(place.attname, flat=True)
        known = self.before.setdefault(place.model, {})
        new = sorted({pk for pk in pks if pk not in known})
        if new:
            known |= dict.fromkeys(new) | take(place.model, new, lock=True)
            self._shown.setdefault(place.model, {}).update(index.shown_by(place.model, new))
            if is_watched():
                self._public.setdefault(place.model, set()).update(public_among(place.model, new))

    def watch_all(self, models=None):
        """Keep what all records are now, of `models` or of every kind."""
        for model in models or records():
            self._whole.add(model)
            self.before[model] = take(model, lock=True)

    def made(self, model, pks):
        """These rows are new; what they lie beneath must have been watched."""
        place = place_of(model)
        if place is not None and model is place.model:
            known = self.before.setdefault(model, {})
            known |= {pk: None for pk in pks if pk not in known}

    def now(self, model, pk):
        return take(model, [pk]).get(pk)

    def done(self):
        """The versions made: one of each record that is no longer as it was, and what it was where no version says so."""
        made, shown, whole = [], set(), set()
        for model, before in self.before.items():
            after = take(model, None if model in self._whole else list(before))
            changed = [
                (pk, before.get(pk), after.get(pk))
                for pk in dict.fromkeys([*before, *after])
                if _digest(before.get(pk)) != _digest(after.get(pk))
            ]
            made += self._versions(model, changed)
            if model in self._whole:
                whole |= {model} if changed else set()
            else:
                shown |= self._documents(model, [pk for pk, *_ in changed])
            if is_watched():
                pks = {pk for pk, *_ in changed}
                was_public = self._public.get(model, set()) & pks
                is_public = bool(was_public or (pks and public_among(model, pks)))
                tell([model, *records()[model]], is_public=is_public)
        self.before = {}
        index.changed(shown)
        if whole:
            index.rebuild(index.kinds_with(whole))
            updates.all_touched(index.kinds_with(whole))
        for module in modules_named("followers"):
            module.follow(shown, index.kinds_with(whole))
        return made

    def _documents(self, model, pks):
        """The rows that the search shows otherwise since these records changed: those that showed them, or show them now."""
        before, after = self._shown.pop(model, {}), index.shown_by(model, pks)
        return {key for pk in pks for key in (*before.get(pk, ()), *after.get(pk, ()))}

    def _versions(self, model, changed):
        """One insert for what is new, and one more where something stood before the first version."""
        if not changed:
            return []
        kind = model._meta.label_lower
        found = Version.objects.filter(kind=kind).newest().defer("content")
        if model not in self._whole:
            found = found.filter(record_id__in=[pk for pk, *_ in changed])
        newest = {version.record_id: version for version in found}
        stood = [
            self._version(kind, pk, before, newest.get(pk), Origin.BEFORE)
            for pk, before, _ in changed
            if before is not None and (pk not in newest or newest[pk].digest != before.digest)
        ]
        newest |= {version.record_id: version for version in Version.objects.bulk_create(stood)}
        return Version.objects.bulk_create(
            [
                self._version(kind, pk, after, newest.get(pk), self.origin, gone=before)
                for pk, before, after in changed
                if before is not None or after is not None
            ]
        )

    def _version(self, kind, pk, snapshot, previous, origin, gone=None):
        told = snapshot or gone
        is_ours = origin != Origin.BEFORE
        return Version(
            kind=kind,
            record_id=pk,
            number=previous.number + 1 if previous else 1,
            previous=previous,
            label=told.label,
            content=snapshot.content if snapshot else None,
            digest=_digest(snapshot),
            files=snapshot.files if snapshot else [],
            office=told.office,
            by=self.by if is_ours else None,
            by_office=self._by_office if is_ours else None,
            origin=origin,
            reference=self.reference if is_ours else "",
        )

    @property
    def _by_office(self):
        return min((place.office for place in postings(self.by) if place.office), default=None) if self.by else None


@contextmanager
def recording(**who):
    """A transaction that ends with the versions of what was done in it."""
    with transaction.atomic():
        changes = Recording(**who)
        yield changes
        if not transaction.get_rollback():  # a dry run
            changes.done()


def _digest(snapshot):
    return snapshot.digest if snapshot else ""
