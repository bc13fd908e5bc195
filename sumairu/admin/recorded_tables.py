"""Tables of records that are imported: each save leaves versions, and none overwrites what others saved since the preview.

The preview hands on which state each record was in (`seen`); the confirmation compares, under a lock. Where somebody
saved meanwhile nothing is imported: the page lists the rows, by whom, all values, and asks again.
"""

import re
from dataclasses import replace

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import CharField, HiddenInput
from django.template.response import TemplateResponse
from import_export.forms import ConfirmImportForm
from import_export.results import RowResult

from sumairu.access import rows
from sumairu.admin.conflicts import Meanwhile
from sumairu.admin.holding import Held, held_fields, shows_held
from sumairu.versions.access import seen_by
from sumairu.versions.comparing import changes, value_at
from sumairu.versions.merging import base_of, who_changed
from sumairu.versions.models import Origin, Version
from sumairu.versions.snapshots import take
from sumairu.versions.tracked import place_of
from sumairu.versions.words import in_order, place_name, words_at

SEEN = "seen"
_ENTRY = re.compile("([0-9]{1,18}):([0-9a-f]{32})")
_FOUND = (RowResult.IMPORT_TYPE_UPDATE, RowResult.IMPORT_TYPE_SKIP)


class ConfirmSeenForm(ConfirmImportForm):
    seen = CharField(widget=HiddenInput, required=False)


class WatchedMixin:
    """For the resource of a table: look at the records that it means before any of its rows is read."""

    def before_import(self, dataset, **kwargs):
        super().before_import(dataset, **kwargs)
        self.changes = getattr(kwargs.get("request"), "recording", None)
        if self.changes is not None:
            self.changes.watch(self._meta.model, list(self._meant(dataset)))

    def after_init_instance(self, instance, new, row, **kwargs):
        super().after_init_instance(instance, new, row, **kwargs)
        if self.changes is not None and not new:
            self.changes.watch(type(instance), [instance.pk])  # nothing to do where it is watched already

    def after_import(self, dataset, result, **kwargs):
        super().after_import(dataset, result, **kwargs)
        if self.changes is not None:
            kwargs["request"].table_rows = [row.object_id for row in result.rows if row.import_type in _FOUND]
            kwargs["request"].table_result = result

    def _meant(self, dataset):
        """The primary keys of all records that the rows may be about."""
        model = self._meta.model
        found = self.get_queryset()
        for name in self._meta.import_id_fields:
            column, field = self.fields[name], model._meta.get_field(name)
            if not field.is_relation and column.column_name in dataset.headers:
                values = {_read(column.widget, field, value) for value in dataset[column.column_name]} - {None, ""}
                found = found.filter(**{f"{name}__in": values})
        return found.order_by().values_list("pk", flat=True)


class RecordedImportMixin:
    """For model admins that take tables in."""

    confirm_form_class = ConfirmSeenForm

    def import_action(self, request, **kwargs):
        if request.method != "POST":
            return super().import_action(request, **kwargs)
        self._begin(request, Origin.TABLE, "")
        request.table_result = None
        response = super().import_action(request, **kwargs)
        self._tell_who_changed_last(request.table_result)
        return response

    def get_confirm_form_initial(self, request, import_form):
        known = request.recording.before.get(self.model, {}) if import_form else {}
        seen = {pk: known[pk].digest for pk in getattr(request, "table_rows", ()) if known.get(pk)}
        return super().get_confirm_form_initial(request, import_form) | {SEEN: _written(seen)}

    @shows_held
    def process_import(self, request, **kwargs):
        if not self.has_import_permission(request):
            raise PermissionDenied
        with transaction.atomic():
            self._begin(request, Origin.TABLE, request.POST.get("original_file_name", ""))
            allowed = rows(request.user, self.model, "import").filter(pk__in=_seen(request))
            request.recording.watch(self.model, list(allowed.order_by().values_list("pk", flat=True)))
            return super().process_import(request, **kwargs)

    def process_result(self, result, request):
        new = [row.object_id for row in result if row.import_type == RowResult.IMPORT_TYPE_NEW]
        request.recording.made(self.model, new)
        self._hold_if_changed(request, result)
        request.recording.done()
        return super().process_result(result, request)

    def _hold_if_changed(self, request, result):
        """Hold an import over records that are no longer what its preview showed."""
        if SEEN not in request.POST or place_of(self.model).model is not self.model:
            return
        seen, before = _seen(request), request.recording.before[self.model]
        updated = [row.object_id for row in result if row.import_type == RowResult.IMPORT_TYPE_UPDATE]
        changed = [pk for pk, digest in seen.items() if before.get(pk) and before[pk].digest != digest]
        appeared = [pk for pk in updated if pk not in seen]
        missing = [pk for pk in seen if before.get(pk) is None]
        ends = Version.objects.filter(kind=self.opts.label_lower, record_id__in=missing, content__isnull=True).newest()
        gone = seen_by(request.user, self.model, ends).with_previous()
        if not changed and not appeared and not gone:
            return
        after = take(self.model, changed + appeared)
        records = [self._told(pk, before[pk], after[pk], seen.get(pk)) for pk in changed + appeared]
        now = {pk: before[pk].digest for pk in {*seen, *appeared} if before.get(pk)}
        context = self.admin_site.each_context(request) | {
            "title": "確かめたあとに変わった行があります",
            "opts": self.opts,
            "records": records,
            "gone": gone,
            "held": [*held_fields(request, without=[SEEN]), (SEEN, _written(now))],
        }
        raise Held(TemplateResponse(request, "admin/import_export/changed_meanwhile.html", context))

    def _told(self, pk, theirs, mine, digest):
        """What one row was at the preview, what it is now, and what the table would make of it."""
        base = base_of(self.model, pk, digest) if digest else None
        record = Meanwhile(self.model, pk, theirs, base)
        lines = []
        at_preview = base.content if base else None
        places = [place for place, *_ in changes(at_preview, theirs.content)] if base else []
        places += [place for place, *_ in changes(theirs.content, mine.content) if place not in places]
        for place, *_ in in_order(self.model, [(place, None, None) for place in places]):
            values = [value_at(content, place) for content in (at_preview, theirs.content, mine.content)]
            lines.append(
                {
                    "name": place_name(self.model, place, mine.content, theirs.content),
                    "values": [words_at(self.model, place, value) for value in values],
                    "version": who_changed(record.versions, place),
                }
            )
        return {"label": theirs.label, "lines": lines, "is_new": digest is None, "knows_preview": base is not None}

    def _tell_who_changed_last(self, result):
        """On the preview, beside each row that would change, who changed the record last."""
        valid = [row for row in result.rows if row.is_valid() and not row.is_skip()] if result else []
        pks = [row.object_id for row in valid if not row.is_new()]
        found = Version.objects.filter(kind=self.opts.label_lower, record_id__in=pks)
        last = {version.record_id: version for version in found.exclude(by=None).newest().select_related("by")}
        if last:
            outcomes = zip(valid, result.outcomes, strict=True)
            result.outcomes = [replace(outcome, last_change=last.get(row.object_id)) for row, outcome in outcomes]


def _seen(request):
    return {int(pk): digest for pk, digest in _ENTRY.findall(request.POST.get(SEEN, ""))}


def _written(seen):
    return " ".join(f"{pk}:{digest}" for pk, digest in seen.items())


def _read(widget, field, value):
    """A key as records have it; None where it is none, which the row itself will say."""
    try:
        return field.to_python(widget.clean(value))
    except Exception:
        return None
