"""What narrows a list is said in words."""

import pytest
from django.contrib import admin
from django.urls import reverse

from tests.factories import make_administrator
from tests.junk import furnish

pytestmark = pytest.mark.django_db


def test_no_filter_calls_what_belongs_to_nothing_by_a_dash(client):
    furnish()
    client.force_login(make_administrator())
    wordless = []
    for model in admin.site._registry:
        page = client.get(reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"))
        changelist = page.context.get("cl")  # who changed what has a page of its own
        wordless += [
            (model._meta.label, spec.title)
            for spec in (changelist.filter_specs if changelist else ())
            for choice in spec.choices(changelist)
            if not str(choice["display"]).strip("-— ")
        ]
    assert not wordless
