"""Numbers are typed as people write them in every form; what cannot be read is said, and never half taken."""

from decimal import Decimal

import pytest
from django import forms
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.urls import reverse

from sumairu.fields import NumberFormField, NumberInput, WholeNumberFormField
from tests.admin_forms import form_data
from tests.factories import make_administrator, make_budget_figure

pytestmark = pytest.mark.django_db

MODEL_ADMINS = list(admin.site._registry.items())
NAMES = [model._meta.label for model, _ in MODEL_ADMINS]


@pytest.mark.parametrize(("model", "model_admin"), MODEL_ADMINS, ids=NAMES)
def test_every_number_of_every_form_is_read_in_one_way(rf, model, model_admin):
    request = rf.get("/")
    request.user = make_administrator()
    form = model_admin.get_form(request, fields=flatten_fieldsets(model_admin.get_fieldsets(request)))
    formsets = [formset for formset, _ in model_admin.get_formsets_with_inlines(request)]
    for fields in [form.base_fields, *(formset.form.base_fields for formset in formsets)]:
        for name, field in fields.items():
            if isinstance(field, forms.IntegerField):
                assert isinstance(field, WholeNumberFormField | NumberFormField), name
            assert not isinstance(field.widget, forms.NumberInput), name


def test_no_other_form_lets_a_browser_read_numbers():
    def beneath(kind):
        return {kind}.union(*map(beneath, kind.__subclasses__()))

    for form in beneath(forms.BaseForm):
        for name, field in getattr(form, "base_fields", {}).items():
            if form.__module__.split(".")[0] in ("sumairu", "regions", "support"):
                assert not isinstance(field.widget, forms.NumberInput), (form, name)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("3900000", 3_900_000),
        ("3,900,000", 3_900_000),
        (" ３，９００，０００\u00a0", 3_900_000),
        ("△5", -5),
        ("12.0", 12),
        ("", None),
        ("　", None),
    ],
)
def test_a_whole_number_is_read_as_people_write_it(typed, number):
    assert WholeNumberFormField(required=False).clean(typed) == number


@pytest.mark.parametrize(
    "typed", ["3,900千円", "1.5億円", "12人", "1e3", "1,23", "1_000", "－", "1.5", "9" * 500, "nan"]
)
def test_what_is_no_whole_number_is_said(typed):
    with pytest.raises(forms.ValidationError, match=r"数字だけ|端数"):
        WholeNumberFormField().clean(typed)


def test_a_number_with_a_fraction_is_read_as_people_write_it():
    field = NumberFormField(max_digits=8, decimal_places=2)
    assert field.clean("１，３６３．２９") == Decimal("1363.29")
    assert not field.has_changed(Decimal("1363.29"), "1,363.29")
    with pytest.raises(forms.ValidationError):
        field.clean("Infinity")


def test_an_amount_with_its_unit_is_shown_again_as_it_was_typed(headquarters):
    figure = make_budget_figure(amount_yen=4_550_000_000)
    address = reverse("admin:support_budgetfigure_change", args=[figure.pk])
    page = headquarters.get(address)
    assert isinstance(page.context["adminform"].form.fields["amount_yen"].widget, NumberInput)
    shown = headquarters.post(address, form_data(page) | {"amount_yen": "3,900千円"}).content.decode()
    assert "「3,900千円」は数として読めません。" in shown
    assert 'value="3,900千円"' in shown
    figure.refresh_from_db()
    assert figure.amount_yen == 4_550_000_000
