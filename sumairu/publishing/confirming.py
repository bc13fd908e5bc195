"""No save changes what the public sees before the person has seen how: the page in between, and who shows it."""

from django import forms
from django.core.signing import BadSignature, Signer
from django.template.response import TemplateResponse
from django.utils.timezone import localdate

from sumairu.admin.holding import BACK, Held, held_fields
from sumairu.publishing.rehearsal import Rehearsal, digest, rehearsed

FIELD = "_effects"  # what was confirmed: a signed digest of the effects that the page showed
_signer = Signer(salt="sumairu.publishing.effects")


def confirm(request, model_admin, found, back=True):
    """Hold the change where it has effects (`found`, a list) other than those that the person has confirmed."""
    if not found or is_confirmed(request, found):
        return
    context = model_admin.admin_site.each_context(request) | {
        "title": "公開ページがこう変わります",
        "opts": model_admin.opts,
        "rehearsal": found,
        "has_differed": FIELD in request.POST,
        "held": held_fields(request, without=(FIELD, BACK)),
        "token": token(found),
        "today": localdate(),
        "back": BACK if back else "",
    }
    raise Held(TemplateResponse(request, "publishing/rehearsal.html", context))


def token(found):
    return _signer.sign(digest(found))


def is_confirmed(request, found):
    try:
        return _signer.unsign(request.POST.get(FIELD, "")) == digest(found)
    except BadSignature:
        return False


class RehearsedMixin:
    """For the model admins of what the public sees."""

    def save_model(self, request, obj, form, change):
        request.rehearsal = Rehearsal([obj, type(obj)._base_manager.filter(pk=obj.pk).first() if change else None])
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        confirm(request, self, request.rehearsal.effects())

    def render_delete_form(self, request, context):
        """The page before a deletion says at once what the public would see, so that it asks only once."""
        if not context["perms_lacking"] and not context["protected"]:
            row = context["object"]
            found = rehearsed(type(row)._base_manager.get(pk=row.pk).delete, [row])
            context |= {"rehearsal": found, "token": token(found), "today": localdate()}
        return super().render_delete_form(request, context)

    def delete_model(self, request, obj):
        rehearsal = Rehearsal([obj])
        super().delete_model(request, obj)
        confirm(request, self, rehearsal.effects(), back=False)

    def delete_queryset(self, request, queryset):
        rehearsal = Rehearsal(queryset)
        super().delete_queryset(request, queryset)
        confirm(request, self, rehearsal.effects(), back=False)


class RehearsedImportMixin(RehearsedMixin):
    """For those of them into which tables come: the preview says what the public would see, and confirming keeps to it."""

    def get_import_resource_classes(self, request):
        found = super().get_import_resource_classes(request)
        return [type(resource)(resource.__name__, (_RehearsedResource, resource), {}) for resource in found]

    def import_action(self, request, **kwargs):
        response = super().import_action(request, **kwargs)
        if form := response.context_data.get("confirm_form"):
            result = response.context_data["result"]
            form.fields[FIELD] = forms.CharField(widget=forms.HiddenInput)
            form.initial[FIELD] = token(result.effects)
        return response

    def process_result(self, result, request):
        if not result.has_errors() and not result.has_validation_errors():
            confirm(request, self, result.effects, back=False)
        return super().process_result(result, request)


class _RehearsedResource:
    """What a table changes is not known beforehand, so everything public is compared, within the bound."""

    def before_import(self, dataset, **kwargs):
        super().before_import(dataset, **kwargs)
        self.rehearsal = Rehearsal()

    def after_import(self, dataset, result, **kwargs):
        super().after_import(dataset, result, **kwargs)
        result.effects = self.rehearsal.effects()
