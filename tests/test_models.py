"""What every model owes to the people who meet it in the admin."""

import re

import pytest
from django.apps import apps
from django.db import models

OURS = [
    model
    for model in apps.get_models()
    if model.__module__.split(".")[0] in ("sumairu", "regions", "support") and not model._meta.auto_created
]
JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_a_model_and_its_fields_are_named_in_japanese(model):
    names = {model._meta.label: str(model._meta.verbose_name)} | {
        field.name: str(field.verbose_name) for field in model._meta.fields if field.editable and not field.primary_key
    }
    named_alike = {"URL", "SHA-256"}  # the same in Japanese
    assert {key: name for key, name in names.items() if not JAPANESE.search(name) and name not in named_alike} == {}


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_a_row_says_what_it_is(model):
    assert model.__str__ is not models.Model.__str__
