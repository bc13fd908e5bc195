"""Admins that show and change what `sumairu.access` grants, before and after the change."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AdminDateWidget, AdminTextInputWidget, RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.forms import CheckboxSelectMultiple
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils.timezone import localdate

from sumairu.access import choices, may, may_beneath, must_name_owner, offices_of, rows
from sumairu.admin.choosing import ManyRowsField, SharedChoiceField, rows_of_page
from sumairu.admin.deleting import consequences
from sumairu.admin.folding import FoldedCheckboxes
from sumairu.admin.holding import BACK, ShownAgain, shows_held
from sumairu.admin.lists import KEY, SafeAutocomplete, fit_to_search, offered, within_what_is_offered
from sumairu.admin.making import MakingMixin
from sumairu.admin.recorded import RecordedMixin, RowsAsBegun
from sumairu.admin.tables import ExportMixin
from sumairu.admin.texts import advise
from sumairu.descriptions import limits
from sumairu.drafts.resuming import asked_draft, resume, waiting_draft
from sumairu.drafts.views import kept_page
from sumairu.fields import (
    DayFormField,
    DayInput,
    FiscalYearField,
    NumberFormField,
    NumberInput,
    WholeNumberFormField,
    never_cut,
)
from sumairu.lib.wareki import era_name, fiscal_year_on
from sumairu.lib.written_days import era_day

MORE = "_more"  # the button that asks for one more row of the formset whose prefix it has


class StaffDayInput(DayInput):
    """With the calendar of Django's admin, where scripts run."""

    class Media:
        js = AdminDateWidget.Media.js

    def __init__(self, attrs=None):
        super().__init__({"class": "vDateField"} | (attrs or {}))


WHOLE = {
    "form_class": WholeNumberFormField,
    "widget": NumberInput({"class": "vBigIntegerField", "inputmode": "numeric"}),
}


class AccessMixin:
    """For model admins and their inlines: rows, fields and permissions of the person who asks."""

    checkboxes = ()  # fields to many rows, few enough to see all
    grouped_by = {}  # of a field whose choices are many: the field of each choice by which they are grouped
    formfield_overrides = {
        FiscalYearField: {"widget": AdminTextInputWidget},  # 令和3年度 is no number to a browser
        models.DateField: {"form_class": DayFormField, "widget": StaffDayInput},
        models.IntegerField: WHOLE,
        models.BigIntegerField: WHOLE,
        models.DecimalField: {"form_class": NumberFormField, "widget": NumberInput({"class": "vBigIntegerField"})},
        models.URLField: {"assume_scheme": "https"},
    }

    def get_queryset(self, request):
        queryset = super().get_queryset(request) & rows(request.user, self.model)
        related = getattr(self, "list_select_related", ())
        return queryset.select_related(*related) if related else queryset

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field:
            never_cut(field)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget  # what a row points to is kept in its own list, not in a popup
        if isinstance(db_field, FiscalYearField):
            field.initial = lambda: fiscal_year_on(localdate())
        if field and (limit := limits().get((db_field.model, db_field.name))):
            field.help_text = f"{field.help_text}{limit:,}字までが目安です。"
        return field

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        kwargs = self._limited(db_field, request, kwargs)
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = SafeAutocomplete(db_field, self.admin_site)
        else:
            kwargs["form_class"] = SharedChoiceField
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        field.shared = rows_of_page(request)
        field.group, field.own = self.grouped_by.get(db_field.name), offices_of(request.user)
        if must_name_owner(request.user, self.model, db_field.name):
            field.required = True
            if db_field.name not in self.get_autocomplete_fields(request) and field.queryset.count() == 1:
                field.initial, field.empty_label = field.queryset.get().pk, None
        return field

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in self.grouped_by:
            kwargs["widget"] = FoldedCheckboxes(self.grouped_by[db_field.name], offices_of(request.user))
        elif db_field.name in self.checkboxes:
            kwargs["widget"] = CheckboxSelectMultiple
        kwargs["form_class"] = ManyRowsField
        return super().formfield_for_manytomany(db_field, request, **self._limited(db_field, request, kwargs))

    def _limited(self, db_field, request, kwargs):
        related = db_field.related_model
        queryset = related._default_manager.all()
        if self.admin_site.is_registered(related):
            queryset = queryset.select_related(*self.admin_site.get_model_admin(related).list_select_related or ())
        return kwargs | {"queryset": choices(request.user, self.model, db_field.name, queryset)}


class StaffAdmin(MakingMixin, AccessMixin, ExportMixin, RecordedMixin, admin.ModelAdmin):
    list_per_page = 50
    view_on_site = False

    def get_object(self, request, object_id, from_field=None):
        """The row, or 404 as for one that does not exist. Django would lead to the start page with a message."""
        found = super().get_object(request, object_id, from_field) if KEY.fullmatch(str(object_id)) else None
        if found is None:
            raise Http404("この記録はありません。")
        return found

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_view_permission(self, request, obj=None):
        return self._may(request, "view", obj)

    def has_add_permission(self, request):
        return self._may(request, "add")

    def has_change_permission(self, request, obj=None):
        return self._may(request, "change", obj)

    def has_delete_permission(self, request, obj=None):
        return self._may(request, "delete", obj)

    def lookup_allowed(self, lookup, value, request=None):
        """What the list offers. `within_what_is_offered` has put everything else aside before this is asked."""
        return request is not None and lookup in offered(self, request)

    def to_field_allowed(self, request, to_field):
        """Rows are named by their own key alone: there are no windows that pick one by another."""
        return to_field == self.opts.pk.name

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, fit_to_search(search_term))

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        self.check_kept(request, obj, change)

    def save_formset(self, request, form, formset, change):
        for removed in getattr(formset, "deleted_forms", ()):
            if not getattr(removed.instance, "was_deleted", False):  # by somebody else, meanwhile
                self._check(request, removed.instance, "delete")
        super().save_formset(request, form, formset, change)
        for row in formset.new_objects:
            self._check(request, row, "add")
        for row, _ in formset.changed_objects:
            self._check(request, row, "change")

    @shows_held
    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if object_id is not None and not KEY.fullmatch(object_id):
            raise Http404
        if draft := asked_draft(request):
            return self._resumed(request, draft, object_id, form_url, extra_context)
        if request.method == "GET":
            extra_context = {"unsaved": waiting_draft(request)} | (extra_context or {})
        elif MORE in request.POST:
            _ask_for_one_more(request)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def _resumed(self, request, draft, object_id, form_url, extra_context):
        """The form with everything of a draft, drawn as after an error; nothing is saved."""
        resume(request, draft)
        request.method = "POST"
        try:
            return self._changeform_view(request, object_id, form_url, {"unsaved": draft} | (extra_context or {}))
        except (Http404, PermissionDenied):
            return kept_page(request, draft)
        finally:
            request.method = "GET"

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        is_shown_again = hasattr(request, "resumed") or not {BACK, MORE}.isdisjoint(request.POST)
        return type(form.__name__, (ShownAgain, form), {}) if is_shown_again else form

    @shows_held
    def delete_view(self, request, object_id, extra_context=None):
        row = self.get_object(request, unquote(object_id))
        if self.has_change_permission(request, row) and not self.has_delete_permission(request, row):
            return self._why_it_stays(request, row)
        title = f"{self.opts.verbose_name}を削除する"
        return super().delete_view(request, object_id, {"title": title} | (extra_context or {}))

    def _why_it_stays(self, request, row):
        """The page that tells somebody who keeps `row` why it cannot go, and what to do instead."""
        _, _, reasons, leaning = consequences([row], request, self.admin_site)
        context = self.admin_site.each_context(request) | {
            "title": f"この{self.opts.verbose_name}は削除できません",
            "object": row,
            "perms_lacking": reasons,
            "protected": leaning,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/delete_confirmation.html", context, status=403)

    def get_deleted_objects(self, objs, request):
        return consequences(objs, request, self.admin_site)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        beneath = [
            row for formset in formsets for row in (*formset.new_objects, *(row for row, _ in formset.changed_objects))
        ]
        advise(request, [form.instance, *beneath])

    @within_what_is_offered
    @shows_held
    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": self.opts.verbose_name_plural} | (extra_context or {}))

    @within_what_is_offered
    def export_action(self, request):
        return super().export_action(request)

    def response_action(self, request, queryset):
        with transaction.atomic():  # all rows or none, and none where the action is held
            return super().response_action(request, queryset)

    def construct_change_message(self, request, form, formsets, add=False):
        request.days_understood = dict(
            understood_days([form, *(inner for formset in formsets or () for inner in formset)])
        )
        return super().construct_change_message(request, form, formsets, add)

    def response_add(self, request, obj, post_url_continue=None):
        response = super().response_add(request, obj, post_url_continue)
        self._tell_days(request)
        return response

    def response_change(self, request, obj):
        response = super().response_change(request, obj)
        self._tell_days(request)
        return response

    def _tell_days(self, request):
        for label, day in request.days_understood.items():
            messages.info(request, f"{label}は{day}です。")

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["title"] = f"{self.opts.verbose_name}を加える" if add else str(obj)
        context["subtitle"] = None if add else self.opts.verbose_name
        _focus(context, add)
        return super().render_change_form(request, context, add, change, form_url, obj)

    @admin.display(description="年度", ordering="-fiscal_year")
    def year(self, row):
        return era_name(row.fiscal_year)

    def check_kept(self, request, obj, change):
        """Refuse what a change made somebody else's: nobody gives away what they keep. Undone by the transaction."""
        self._check(request, obj, "change" if change else "add")

    def _check(self, request, obj, action):
        if not may(request.user, type(obj), action, obj):
            raise PermissionDenied

    def _may(self, request, action, obj=None):
        permission = f"{self.opts.app_label}.{action}_{self.opts.model_name}"
        return _once_a_page(request, (permission, obj and obj.pk), lambda: request.user.has_perm(permission, obj))


def _ask_for_one_more(request):
    """Without scripts: the form is shown again with an empty row more beneath the record."""
    number = f"{request.POST[MORE]}-TOTAL_FORMS"
    request.POST = request.POST.copy()
    if request.POST.get(number, "").isdecimal():
        request.POST[number] = str(int(request.POST[number][:6]) + 1)


def _once_a_page(request, asked, answer):
    """An answer of `access` that a page that only shows needs many times; where something is posted, asked anew."""
    if request.method != "GET":
        return answer()
    if not hasattr(request, "answered"):
        request.answered = {}
    if asked not in request.answered:
        request.answered[asked] = answer()
    return request.answered[asked]


def _focus(context, add):
    """Where typing begins: at the first field with an error, or of a new record at its first."""
    forms = [
        context["adminform"].form,
        *(form for rows in context["inline_admin_formsets"] for form in rows.formset.forms),
    ]
    fields = [bound for form in forms for bound in form.visible_fields() if bound.id_for_label]
    wrong = [bound for bound in fields if bound.form.is_bound and bound.errors]
    for bound in (wrong or (fields if add else []))[:1]:
        bound.field.widget.attrs["autofocus"] = True


def understood_days(saved):
    """Of forms just saved, each day that changed: its label (with the row beneath that it is of) and the day in words."""
    for form in saved:
        for name in [] if form.cleaned_data.get("DELETE") else form.changed_data:
            day = form.cleaned_data.get(name)
            if isinstance(form.fields.get(name), DayFormField) and day:
                of = f"{form.instance}の" if form.prefix else ""
                yield f"{of}{form.fields[name].label}", era_day(day)


class BeneathMixin(AccessMixin):
    """Rows shown and kept on the page of the row they belong to."""

    extra = 0
    formset = RowsAsBegun

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.begun = getattr(request, "rows_begun", {}).get(self.model._meta.label_lower, {})
        return formset

    def has_view_permission(self, request, obj=None):
        return self._may(request, "view", obj)

    def has_add_permission(self, request, obj=None):
        return self._may(request, "add", obj)

    def has_change_permission(self, request, obj=None):
        return self._may(request, "change", obj)

    def has_delete_permission(self, request, obj=None):
        return self._may(request, "delete", obj)

    def _may(self, request, action, parent):
        parent_field = next(
            field.name for field in self.opts.fields if field.remote_field and field.related_model is self.parent_model
        )
        if parent is not None and parent.pk is None:
            parent = None
        asked = (type(self), action, parent and parent.pk)
        field = self.fk_name or parent_field
        return _once_a_page(request, asked, lambda: may_beneath(request.user, self.model, action, field, parent))


class StackedRows(BeneathMixin, admin.StackedInline):
    """Stacked throughout: every field has its label, and a phone has room for it."""
