"""What is pasted into a form that keeps it comes whole: what is too long is said, with all of it still there."""

import pytest
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.urls import reverse

from support.reports.forms import ReportForm
from tests.admin_forms import form_data
from tests.factories import make_administrator, make_editor, make_initiative

pytestmark = pytest.mark.django_db

MODEL_ADMINS = list(admin.site._registry.items())
NAMES = [model._meta.label for model, _ in MODEL_ADMINS]


@pytest.mark.parametrize(("model", "model_admin"), MODEL_ADMINS, ids=NAMES)
def test_no_browser_cuts_what_is_pasted_into_a_form_of_staff(rf, model, model_admin):
    request = rf.get("/")
    request.user = make_administrator()
    form = model_admin.get_form(request, fields=flatten_fieldsets(model_admin.get_fieldsets(request)))
    formsets = [formset for formset, _ in model_admin.get_formsets_with_inlines(request)]
    for fields in [form.base_fields, *(formset.form.base_fields for formset in formsets)]:
        for name, field in fields.items():
            if "maxlength" in field.widget.attrs:  # which a widget of our own may not draw
                assert "maxlength" not in field.widget.render(name, ""), name


def test_none_cuts_what_a_reader_reports():
    assert "maxlength" not in str(ReportForm())


def test_a_title_that_is_too_long_is_said_and_stays(client):
    initiative = make_initiative()
    client.force_login(make_editor("kushiro"))
    address = reverse("admin:regions_initiative_change", args=[initiative.pk])
    page = client.post(address, form_data(client.get(address)) | {"title": "長" * 300}).content.decode()
    assert "300 文字" in page
    assert "長" * 300 in page
