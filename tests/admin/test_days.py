"""Days are typed as people write them in every form and every table, and what was understood is said back."""

from datetime import date

import pytest
from django import forms
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.db import models
from django.urls import reverse
from import_export.widgets import DateTimeWidget, DateWidget

from regions.models import Initiative
from sumairu.admin.resources import DayWidget
from sumairu.fields import DayFormField
from tests.admin.test_tables import as_csv, as_xlsx, confirm, upload
from tests.admin_forms import form_data
from tests.factories import make_administrator, make_edition, make_editor, make_initiative, make_window

pytestmark = pytest.mark.django_db

MODEL_ADMINS = list(admin.site._registry.items())
NAMES = [model._meta.label for model, _ in MODEL_ADMINS]


@pytest.fixture
def kushiro(client):
    client.force_login(make_editor("kushiro"))
    return client


@pytest.mark.parametrize(("model", "model_admin"), MODEL_ADMINS, ids=NAMES)
def test_every_day_of_every_form_is_read_in_one_way(rf, model, model_admin):
    request = rf.get("/")
    request.user = make_administrator()
    form = model_admin.get_form(request, fields=flatten_fieldsets(model_admin.get_fieldsets(request)))
    formsets = [formset for formset, _ in model_admin.get_formsets_with_inlines(request)]
    for fields in [form.base_fields, *(formset.form.base_fields for formset in formsets)]:
        for name, field in fields.items():
            assert not isinstance(field, forms.DateField | forms.DateTimeField) or type(field) is DayFormField, name


def test_no_other_form_reads_days_in_its_own_way():
    def beneath(kind):
        return {kind}.union(*map(beneath, kind.__subclasses__()))

    for form in beneath(forms.Form) | beneath(forms.ModelForm):
        for name, field in getattr(form, "base_fields", {}).items():
            if form.__module__.split(".")[0] in ("sumairu", "regions", "support"):
                assert not isinstance(field, forms.DateField) or isinstance(field, DayFormField), (form, name)


@pytest.mark.parametrize(("model", "model_admin"), MODEL_ADMINS, ids=NAMES)
def test_every_day_of_every_table_is_read_in_one_way(model, model_admin):
    for resource in model_admin.resource_classes:
        for field in resource.fields.values():
            assert not isinstance(field.widget, DateWidget | DateTimeWidget), field.column_name
            days = {field.name for field in model._meta.fields if isinstance(field, models.DateField)}
            if field.attribute in days and not field.readonly:
                assert isinstance(field.widget, DayWidget), field.column_name


@pytest.mark.exhaustive
@pytest.mark.parametrize("typed", ["2027/4/1", "2027年4月1日", "Ｒ９．４．１", " 令和9年4月1日（木）"])
def test_a_day_typed_in_a_form_is_saved_and_said_back(kushiro, typed):
    initiative = make_initiative(publish_on=None, status="draft")
    address = reverse("admin:regions_initiative_change", args=[initiative.pk])
    page = kushiro.get(address)
    saved = kushiro.post(address, form_data(page) | {"publish_on": typed}, follow=True)
    initiative.refresh_from_db()
    assert initiative.publish_on == date(2027, 4, 1)
    assert "公開する日は令和9年4月1日（木）です。" in saved.content.decode()
    assert "令和9年4月1日（木）" in kushiro.get(address).content.decode()


def test_a_day_that_could_be_two_is_refused_and_the_others_are_said_back(kushiro):
    initiative = make_initiative(publish_on=None)
    address = reverse("admin:regions_initiative_change", args=[initiative.pk])
    typed = form_data(kushiro.get(address)) | {"publish_on": "08/04/01", "unpublish_on": "R9.4.1"}
    page = kushiro.post(address, typed).content.decode()
    assert "2008年4月1日・令和8年4月1日" in page
    assert 'value="08/04/01"' in page
    assert 'value="R9.4.1"' in page
    assert "令和9年4月1日（木）" in page
    initiative.refresh_from_db()
    assert initiative.publish_on is None


def test_a_day_of_a_row_beneath_is_said_with_its_row(headquarters):
    window = make_window(edition=make_edition(status="draft"))
    address = reverse("admin:support_programedition_change", args=[window.edition_id])
    prefix = "windows-0-"
    typed = form_data(headquarters.get(address)) | {f"{prefix}opens_on": "R3.4.2"}
    saved = headquarters.post(address, typed, follow=True)
    assert "の受付開始日は令和3年4月2日（金）です。" in saved.content.decode()


def test_a_day_that_is_only_shown_has_its_era_and_weekday(kushiro):
    edition = make_edition(publish_on=date(2027, 4, 1))
    page = kushiro.get(reverse("admin:support_programedition_change", args=[edition.pk])).content.decode()
    assert "令和9年4月1日（木）" in page


@pytest.mark.parametrize("typed", ["R9.4.1", "２０２７年４月１日", date(2027, 4, 1)])
def test_a_day_of_a_table_is_read_and_shown_before_it_is_saved(kushiro, typed):
    initiative = make_initiative()
    rows = [["取組コード", "公開する日"], [initiative.code, typed]]
    preview = upload(kushiro, Initiative, as_xlsx({"一覧": rows}), "取組.xlsx")
    assert "令和9年4月1日（木）" in preview.content.decode()
    confirm(kushiro, Initiative, preview)
    initiative.refresh_from_db()
    assert initiative.publish_on == date(2027, 4, 1)


@pytest.mark.parametrize(
    ("typed", "why"), [("08/04/01", "どれか決められません"), ("平成40年4月1日", "平成31年4月30日")]
)
def test_a_table_s_day_that_could_be_two_or_none_is_refused(kushiro, typed, why):
    initiative = make_initiative()
    page = upload(kushiro, Initiative, as_csv([["取組コード", "公開する日"], [initiative.code, typed]]))
    assert why in page.content.decode()
