"""Goes on from a draft: on its form, or by showing what was typed."""

import re

from django.db import models
from django.forms import inlineformset_factory
from django.urls import Resolver404, resolve
from django.utils.datastructures import MultiValueDict

from sumairu.drafts.keeping import brought_back
from sumairu.drafts.models import RESUME, Draft


def asked_draft(request):
    """The draft that the address of a page asks for, if it is the person's own; None otherwise."""
    key = request.GET.get(RESUME)
    if request.method not in ("GET", "HEAD") or not key or not request.user.is_authenticated:
        return None
    return Draft.objects.of(request.user).kept().filter(key=key).first()


def waiting_draft(request):
    """The newest draft of this very form; None where there is none."""
    return Draft.objects.of(request.user).kept().filter(path=request.path).first()


def typed(request, draft):
    """A draft's fields and files as a form takes them; the page that shows them stays the same opening of the form."""
    request.resumed = draft
    files = {row.field: [brought_back(row, draft.user_id, draft.key)] for row in draft.files.all()}
    return draft.posted, MultiValueDict(files)


def resume(request, draft):
    """Let `request` look as if the draft were being posted: forms are drawn with it. The caller saves nothing."""
    request.POST, request._files = typed(request, draft)


def texts(draft):
    """What was typed as (label, text), to be read and copied: without choices, marks and what is empty."""
    model, beneath = _models(draft.path)
    for name, value in draft.fields:
        if value.strip() and not name.startswith("_"):
            owner, field_name, of = _place(name, model, beneath)
            field = _typed_field(owner, field_name)
            if field is not None:
                yield f"{of}{field.verbose_name}", dict(field.flatchoices).get(value, value)
            elif owner is None:
                yield name, value


def _place(name, model, beneath):
    """Of a posted name: the model and field it is of, and words for the row beneath that it stands in."""
    for prefix, row_model in beneath.items():
        number, _, field_name = name.removeprefix(f"{prefix}-").partition("-")
        if name.startswith(f"{prefix}-") and re.fullmatch("[0-9]{1,4}", number):
            return row_model, field_name, f"{row_model._meta.verbose_name}{int(number) + 1}の"
    return model, name, ""


def _models(path):
    """The model that a form at `path` is of, and those of its rows beneath by their prefix."""
    try:
        view = resolve(path).func
    except Resolver404:
        return None, {}
    model_admin = getattr(view, "model_admin", None)
    if model_admin is None:
        return None, {}
    return model_admin.model, {_prefix(model_admin.model, inline): inline.model for inline in model_admin.inlines}


def _prefix(parent, inline):
    return inlineformset_factory(parent, inline.model, fk_name=inline.fk_name, fields=[]).get_default_prefix()


def _typed_field(model, name):
    """The field of `model` in which somebody types; None for a choice among rows, a tick, or no field."""
    fields = {field.name: field for field in model._meta.fields} if model else {}
    field = fields.get(name)
    is_typed = field is not None and field.editable and not field.primary_key and not field.is_relation
    return field if is_typed and not isinstance(field, models.BooleanField) else None
