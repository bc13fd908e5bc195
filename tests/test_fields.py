from contextlib import nullcontext

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from regions.models import Initiative
from sumairu.fields import FiscalYearField, FiscalYearFormField
from sumairu.lib.wareki import FIRST, LAST
from tests.factories import make_policy


@pytest.mark.parametrize("typed", ["令和3年度", "R3", "Ｒ３", "2021", "2021年度", " ㋿3年度 "])
def test_a_fiscal_year_is_typed_as_people_write_it(typed):
    assert FiscalYearFormField().clean(typed) == 2021


@pytest.mark.parametrize("typed", ["3年度", "令和", "平成40年度", "令和3年度と4年度", "abc", "0", "20210"])
def test_what_says_no_one_year_is_refused_in_words(typed):
    with pytest.raises(ValidationError, match="年度"):
        FiscalYearFormField().clean(typed)


def test_a_form_shows_the_year_in_its_era():
    form = forms.Form(initial={"year": 2021})
    form.fields["year"] = FiscalYearField().formfield()
    assert form["year"].value() == "令和3年度"
    assert not FiscalYearFormField().has_changed(2021, "R3")


@pytest.mark.django_db
def test_a_row_says_its_year_in_full():
    assert make_policy(fiscal_year=2019).get_fiscal_year_display() == "令和元年度（2019）"


@pytest.mark.django_db
@pytest.mark.parametrize(("year", "let_in"), [(FIRST - 1, False), (FIRST, True), (LAST, True), (LAST + 1, False)])
def test_forms_models_and_the_database_let_in_the_years_that_are_read(year, let_in):
    for refused, let in (
        (ValidationError, lambda: FiscalYearFormField().clean(str(year))),
        (ValidationError, lambda: FiscalYearField().clean(year, None)),
        (IntegrityError, lambda: make_policy(fiscal_year=year)),
    ):
        with nullcontext() if let_in else pytest.raises(refused, match=f"{FIRST}から{LAST}まで|year_has_a_name"):
            let()


@pytest.mark.django_db
def test_no_rows_have_no_years():
    assert Initiative.objects.none().fiscal_years() == []
    assert Initiative.objects.filter(pk__in=[]).fiscal_years() == []
