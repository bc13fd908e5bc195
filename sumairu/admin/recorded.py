"""Every change made in a model admin becomes a version, and none overwrites what the person has not seen.

A form carries what says which state of the record it began from (`VERSION`), a list the number of each row's version
(`SEEN`). Both are compared under a lock; where they differ, the person sees what changed meanwhile, and decides.
"""

import re

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, models, transaction
from django.forms import BaseInlineFormSet, HiddenInput, IntegerField
from django.forms.formsets import TOTAL_FORM_COUNT
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.html import format_html

from sumairu.admin import conflicts
from sumairu.admin.holding import Held, forget_messages
from sumairu.drafts.once import sent
from sumairu.versions.access import is_seen_by
from sumairu.versions.history import history_page
from sumairu.versions.merging import THEIRS, Merge, base_of, row_from
from sumairu.versions.models import Origin, Version
from sumairu.versions.recording import Recording
from sumairu.versions.snapshots import stamp
from sumairu.versions.tracked import place_of

VERSION, SEEN = "_version", "_seen"
MOST_NEW_ROWS = 100  # beneath a record at once: a few bytes can ask for thousands, and drawing them takes minutes
MOST_ACTED_ON = 200  # rows of a list at once: each is checked, saved and rehearsed in a thread that others wait for
_ENTRY = re.compile("([0-9]{1,18}):([0-9]{1,9})")  # a row and the number of its version, in `SEEN`


class RecordedMixin:
    """For model admins: who saves, deletes or acts on a list leaves a version."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method != "POST":
            # Read before the form reads: what is saved in between is then noticed, not taken for what was shown.
            request.began_from = self._stamp(object_id)
            return super().changeform_view(request, object_id, form_url, extra_context)
        try:
            return self._recorded(request, object_id, form_url, extra_context)
        except (IntegrityError, ValidationError):
            # Somebody saved the same between the check and the save: the second look finds it and says so.
            for file in request.FILES.values():
                file.seek(0)
            forget_messages(request)
            return self._recorded(request, object_id, form_url, extra_context)

    def _recorded(self, request, object_id, form_url, extra_context):
        with transaction.atomic():
            self._begin(request, Origin.FORM, self.opts.verbose_name)
            if object_id is not None and (pk := self._pk(object_id)) is not None:
                self._watch(request, pk)
                if gone := self._gone_since(request, pk):
                    raise Held(gone)
                request.rows_begun = self._rows_begun(request)
            note = self._sent_once(request) if object_id is None else None
            response = super().changeform_view(request, object_id, form_url, extra_context)
            if isinstance(response, TemplateResponse):  # not saved: there is something to mend first
                self._tell_what_changed(request)
                if note is not None:
                    note.delete()
            return response

    def _sent_once(self, request):
        was_saved, note = sent(request)
        if was_saved:
            messages.info(request, "同じ内容は、すでに保存してあります。二重には加えていません。")
            raise Held(redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"))
        return note

    def save_model(self, request, obj, form, change):
        place = place_of(self.model)
        if place and place.model is not self.model:  # also what the row comes to lie beneath
            request.recording.watch(place.model, [getattr(obj, place.attname)])
        super().save_model(request, obj, form, change)
        request.recording.made(self.model, [obj.pk])

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        self._settle(request)
        request.recording.done()

    def delete_view(self, request, object_id, extra_context=None):
        if request.method != "POST":
            began = request.GET.get("from") or self._stamp(object_id)
            return super().delete_view(request, object_id, {"version": began} | (extra_context or {}))
        with transaction.atomic():
            self._begin(request, Origin.FORM, f"{self.opts.verbose_name}の削除")
            if (pk := self._pk(object_id)) is not None:
                self._watch(request, pk)
            response = super().delete_view(request, object_id, extra_context)
            request.recording.done()
            return response

    def delete_model(self, request, obj):
        record = self._changed_meanwhile(request)
        if record and (
            record.base is None
            or record.model is self.model
            or any(line.is_of(self.model, obj.pk) for line in record.lines)
        ):
            raise Held(conflicts.changed_page(self, request, [record], "削除する", [(VERSION, record.theirs.digest)]))
        super().delete_model(request, obj)

    def response_action(self, request, queryset):
        """None, which Django takes as "nothing done", where too many are chosen."""
        self._begin(request, Origin.ACTION, self._action_name(request))
        if place_of(self.model):
            chosen = queryset
            if request.POST.get("select_across") != "1":
                chosen = queryset.filter(pk__in=request.POST.getlist(ACTION_CHECKBOX_NAME))
            pks = list(chosen.order_by().values_list("pk", flat=True))
            if len(pks) > MOST_ACTED_ON:
                messages.error(
                    request,
                    f"{len(pks):,}件を選んでいます。1回に扱えるのは{MOST_ACTED_ON}件までです。"
                    "一覧を絞り込んで、分けて選んでください。",
                )
                return None
            request.recording.watch(self.model, pks)
            self._refuse_unseen(request)
        response = super().response_action(request, queryset)
        if isinstance(response, TemplateResponse):  # a page in between: it posts what was seen once more
            response.context_data["seen"] = request.POST.getlist(SEEN)
        request.recording.done()
        return response

    def get_changelist(self, request, **kwargs):
        changelist = super().get_changelist(request, **kwargs)
        return _numbered(changelist, place_of(self.model)) if place_of(self.model) else changelist

    def action_checkbox(self, obj):
        seen = getattr(obj, "version_seen", None)
        box = super().action_checkbox(obj)
        if seen is None:
            return box
        return format_html('{}<input type="hidden" name="{}" value="{}:{}">', box, SEEN, obj.pk, seen)

    def history_view(self, request, object_id, extra_context=None):
        place = place_of(self.model)
        if place is None:
            return super().history_view(request, object_id, extra_context)
        obj = self.get_object(request, unquote(object_id))
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        context = self.admin_site.each_context(request) | {"object": obj, "opts": self.opts}
        return history_page(request, place.model, getattr(obj, place.attname), context)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["version"] = request.POST.get(VERSION) or getattr(request, "began_from", "")
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _begin(self, request, origin, reference):
        request.recording = Recording(by=request.user, origin=origin, reference=reference)
        request.rows_begun, request.record_begun = {}, None

    def _watch(self, request, pk):
        """Look at the record of a form, which nobody else then changes until this is over."""
        request.recording.watch(self.model, [pk])
        request.record_begun = next(
            ((model, root) for model, known in request.recording.before.items() for root in known), None
        )

    def _action_name(self, request):
        try:
            name = request.POST.getlist("action")[int(request.POST.get("index", 0))]
        except (IndexError, ValueError):
            return ""
        return str(dict(self.get_action_choices(request)).get(name, name)).replace(" ", "")  # 選択された 取組 の削除

    def _pk(self, object_id):
        try:
            return self.opts.pk.to_python(unquote(object_id))
        except ValidationError:
            return None

    def _stamp(self, object_id):
        place, pk = place_of(self.model), self._pk(object_id) if object_id is not None else None
        if place is None or pk is None:
            return ""
        if place.model is not self.model:
            pk = self.model._base_manager.filter(pk=pk).values_list(place.attname, flat=True).first()
        return stamp(place.model, pk) if pk is not None else ""

    def _changed_meanwhile(self, request):
        """The record of a form, where it is no longer what the form began from; else None.

        A form that does not say what it began from may have begun from anything: then all that differs is asked.
        """
        if request.record_begun is None:
            return None
        began = request.POST.get(VERSION, "")
        model, pk = request.record_begun
        theirs = request.recording.before[model].get(pk)
        if theirs is None or theirs.digest == began:
            return None
        return conflicts.Meanwhile(model, pk, theirs, base_of(model, pk, began))

    def _rows_begun(self, request):
        """The rows beneath, as the form began from them: one that somebody deleted since may have been changed here."""
        record = self._changed_meanwhile(request)
        return record.base.content["rows"] if record and record.base else {}

    def _settle(self, request):
        """Put together what was typed here and what others saved since, or ask."""
        record = self._changed_meanwhile(request)
        mine = record and request.recording.now(record.model, record.pk)
        if not mine:
            return
        base = record.base.content if record.base else None
        answers = conflicts.answers(request, record.theirs.digest)
        merge = Merge(record.model, record.pk, base, record.theirs.content, mine.content, answers)
        errors = [] if merge.is_open else _put_back(merge)
        if merge.is_open or errors:
            raise Held(conflicts.page(self, request, record, merge, errors))
        kept = [each.name for each in merge.theirs_alone if merge.decided.get(each.key, THEIRS) == THEIRS]
        if kept:
            names = "、".join(f"「{name}」" for name in kept)
            messages.info(request, f"この画面を開いたあとに{record.people}が変えた{names}は、そのまま残しました。")

    def _tell_what_changed(self, request):
        record = self._changed_meanwhile(request)
        if record and request.POST.get(VERSION):
            names = "、".join(f"「{line.name}」" for line in record.lines[:8]) or "内容の一部"
            messages.warning(
                request,
                f"この画面を開いたあとに、{record.people}がこの記録を保存しています（{names}）。"
                "誤りを直して保存すると、双方の変更を見くらべられます。",
            )

    def _gone_since(self, request, pk):
        """The page for somebody who typed into a form whose record was deleted meanwhile; None where that is not so."""
        place = place_of(self.model)
        if place is None or place.model is not self.model or request.recording.before[self.model][pk] is not None:
            return None
        last = Version.objects.of(self.model, pk).with_previous().order_by("-number").first()
        if last is None or not last.is_deletion or not request.POST.get(VERSION):
            return None
        return conflicts.gone_page(self, request, last) if is_seen_by(request.user, self.model, last) else None

    def _refuse_unseen(self, request):
        """Hold an action on rows of which the list showed an older state."""
        entries = filter(None, map(_ENTRY.fullmatch, request.POST.getlist(SEEN)))
        seen = {int(entry[1]): int(entry[2]) for entry in entries}
        if request.POST.get("select_across") != "1":
            chosen = {int(pk) for pk in request.POST.getlist(ACTION_CHECKBOX_NAME)}
            seen = {pk: number for pk, number in seen.items() if pk in chosen}
        changed, now = conflicts.look_again(self.model, request.recording, seen)
        if changed:
            fields = [(SEEN, f"{pk}:{number}") for pk, number in now.items()]
            raise Held(conflicts.changed_page(self, request, changed, self._action_name(request), fields))


class RowsAsBegun(BaseInlineFormSet):
    """Rows beneath a record, those too that were deleted since the page was opened: what was typed there is not lost."""

    begun = {}

    def total_form_count(self):
        return min(super().total_form_count(), len(self.get_queryset()) + len(self.begun) + MOST_NEW_ROWS)

    def clean(self):
        super().clean()
        if self.management_form.cleaned_data[TOTAL_FORM_COUNT] > self.total_form_count():
            raise ValidationError(
                f"一度に加えられるのは{MOST_NEW_ROWS}行までです。先に{MOST_NEW_ROWS}行までを保存してから、続きを加えてください。"
            )

    def _existing_object(self, pk):
        found = super()._existing_object(pk)
        if found is None and str(pk) in self.begun:
            found = row_from(self.model, pk, self.instance, self.begun[str(pk)])
            found._state.adding, found.was_deleted = False, True
        return found

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if getattr(form.instance, "was_deleted", False):
            key = self.model._meta.pk.name  # no row answers to it any more, and none need
            form.fields[key] = IntegerField(required=False, widget=HiddenInput, initial=form.instance.pk)
        if form.is_bound and index is not None and not any(name.startswith(f"{form.prefix}-") for name in form.data):
            self._begin(form)  # a row that was asked for with a page of everything else that was typed

    def _begin(self, form):
        form.data = form.data.copy()
        for name, field in form.fields.items():
            value = form.get_initial_for_field(field, name)
            if value not in (None, "") and value is not False:  # 0 is a value
                form.data[form.add_prefix(name)] = field.prepare_value(value)


def _put_back(merge):
    """Complete a merge; the reasons why what comes of it cannot stand."""
    try:
        with transaction.atomic():
            merge.put_back_theirs()
    except ValidationError as error:
        return error.messages
    except IntegrityError:
        return ["この組み合わせでは保存できません。選び直してください。"]
    return []


def _numbered(changelist, place):
    """A list whose rows know the number of their newest version, read in the same moment as the rows."""

    class Numbered(changelist):
        def get_queryset(self, request, exclude_parameters=None):
            versions = Version.objects.filter(
                kind=place.model._meta.label_lower, record_id=models.OuterRef(place.attname)
            ).order_by("-number")
            newest = models.functions.Coalesce(models.Subquery(versions.values("number")[:1]), 0)
            return super().get_queryset(request, exclude_parameters).annotate(version_seen=newest)

    return Numbered
