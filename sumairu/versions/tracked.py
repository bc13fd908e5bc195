"""Which records have versions, and which rows lie beneath each: every app says so in its `versions.py`.

An app's `versions` module offers

- `TRACKED`: for each model whose rows are records, the models of the rows beneath them;
- optionally `LEFT_OUT`: for a model, the names of the fields that no version holds;
- optionally `UNTRACKED`: for each model that staff can change but that has no versions, the reason;
- optionally `MADE`: the models of what is made of records by the worker, which moves the content version by itself;
- optionally, in the platform, `SHOWN`: the models that public pages show (`sumairu/changes.py`); of the apps these are all.
"""

from functools import cache
from typing import NamedTuple

from django.db import models

from sumairu.convention import modules_named


class Place(NamedTuple):
    """Where rows of a model are kept: in versions of `model`, to which `attname` leads from the row."""

    model: type
    attname: str


@cache
def records():
    """For each model whose rows are records, the models beneath it."""
    return {model: beneath for module in _modules() for model, beneath in module.TRACKED.items()}


def untracked():
    return {model: reason for module in _modules() for model, reason in getattr(module, "UNTRACKED", {}).items()}


@cache
def place_of(model):
    """Where a row of `model` is kept; None where it has no versions."""
    for record, beneath in records().items():
        if model is record:
            return Place(record, "pk")
        if model in beneath:
            return Place(record, _link(model, record).attname)
    return None


@cache
def fields_of(model):
    """The fields of `model` that a version holds: what somebody can fill in, but not what leads to the record above."""
    place = place_of(model)
    left_out = {name for module in _modules() for name in getattr(module, "LEFT_OUT", {}).get(model, ())}
    return tuple(
        field
        for field in (*model._meta.concrete_fields, *model._meta.many_to_many)
        if field.editable
        and not field.primary_key
        and not isinstance(field, models.BinaryField)
        and not getattr(field, "auto_now", False)
        and not getattr(field, "auto_now_add", False)
        and field.name not in left_out
        and not (place and getattr(field, "attname", None) == place.attname)
    )


def _link(model, record):
    return next(field for field in model._meta.concrete_fields if field.related_model is record)


def _modules():
    return modules_named("versions")
