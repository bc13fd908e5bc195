"""Figures that somebody types, and the pages around programmes."""

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.urls import reverse

from sumairu.imports.models import FigureChange
from support.models import BudgetFigure
from tests.admin_forms import form_data
from tests.factories import (
    make_budget_figure,
    make_edition,
    make_program,
    make_rule,
    make_window,
)

pytestmark = pytest.mark.django_db

LIST, ADD = "/admin/support/budgetfigure/", "/admin/support/budgetfigure/add/"


def change(figure):
    return reverse("admin:support_budgetfigure_change", args=[figure.pk])


def test_a_figure_typed_in_has_the_person_as_its_source(headquarters, editor):
    headquarters.post(ADD, {"program": make_program().pk, "fiscal_year": "令和3年度", "amount_yen": "4580000000"})
    figure = BudgetFigure.objects.get()
    assert (figure.entered_by, figure.run, figure.fiscal_year, figure.amount_yen) == (editor, None, 2021, 4_580_000_000)
    assert list(FigureChange.of_figure(figure).values_list("before", "after", "entered_by")) == [
        (None, 4_580_000_000, editor.pk)
    ]


def test_correcting_an_imported_figure_keeps_what_it_was_and_where_it_came_from(headquarters, editor):
    figure = make_budget_figure(amount_yen=100)
    headquarters.post(change(figure), form_data(headquarters.get(change(figure))) | {"amount_yen": "120"})
    figure.refresh_from_db()
    assert (figure.amount_yen, figure.entered_by, figure.cell) == (120, editor, "")
    newest = FigureChange.of_figure(figure)[0]
    assert (newest.before, newest.after, newest.entered_by) == (100, 120, editor)


def test_saving_a_figure_unchanged_leaves_its_source(headquarters):
    figure = make_budget_figure()
    headquarters.post(change(figure), form_data(headquarters.get(change(figure))))
    figure.refresh_from_db()
    assert (figure.run is not None, figure.cell) == (True, "B6")
    assert not FigureChange.objects.exists()


def test_the_year_is_shown_as_one_writes_it(headquarters):
    assert 'value="令和3年度"' in headquarters.get(change(make_budget_figure())).content.decode()


def test_a_figure_s_page_shows_its_cell_and_its_history(headquarters, editor):
    figure = make_budget_figure(amount_yen=100)
    assert "予算.xlsx › 予算額 › B6" in headquarters.get(change(figure)).content.decode()
    figure.amount_yen = 130
    figure.type_in(editor)
    page = headquarters.get(change(figure)).content.decode()
    assert "100 → 130" in page
    assert f"{editor.name}が入力" in page


@pytest.mark.parametrize("way", ["page", "list"])
def test_a_deleted_figure_leaves_its_history(headquarters, editor, way):
    figure = make_budget_figure(amount_yen=100)
    if way == "page":
        headquarters.post(reverse("admin:support_budgetfigure_delete", args=[figure.pk]), {"post": "yes"})
    else:
        headquarters.post(LIST, {"action": "delete_selected", ACTION_CHECKBOX_NAME: [figure.pk], "post": "yes"})
    assert not BudgetFigure.objects.exists()
    assert list(FigureChange.objects.values_list("before", "after", "entered_by")) == [(100, None, editor.pk)]


def test_a_second_figure_of_the_same_key_is_refused_in_japanese(headquarters):
    figure = make_budget_figure()
    data = {"program": figure.program.pk, "fiscal_year": "2021", "amount_yen": "1"}
    assert "すでにあります" in headquarters.post(ADD, data).content.decode()


@pytest.mark.parametrize(
    "address", [LIST, "/admin/support/programedition/", "/admin/support/applicationwindow/", "/admin/support/program/"]
)
def test_a_list_asks_the_database_as_often_for_many_rows_as_for_one(
    headquarters, django_assert_max_num_queries, address
):
    for year in range(2012, 2022):
        edition = make_edition(fiscal_year=year)
        make_window(edition=edition)
        make_rule(edition=edition)
        make_budget_figure(fiscal_year=year)
    with django_assert_max_num_queries(14):
        assert headquarters.get(address).status_code == 200


def test_an_edition_still_to_be_confirmed_cannot_be_published(headquarters):
    edition = make_edition(status="draft", is_carried_over=True)
    data = {"action": "publish", ACTION_CHECKBOX_NAME: [edition.pk]}
    page = headquarters.post("/admin/support/programedition/", data, follow=True).content.decode()
    edition.refresh_from_db()
    assert edition.status == "draft"
    assert "前年度のまま・未確認の版は公開できません" in page
