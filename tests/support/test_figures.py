import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from sumairu.imports.models import FigureChange
from support.models import BudgetFigure, DispatchFigure
from tests.factories import (
    make_budget_figure,
    make_dispatch_figure,
    make_edition,
    make_headquarters_editor,
    make_run,
    make_subprefecture,
)

pytestmark = pytest.mark.django_db

MAKERS = {BudgetFigure: make_budget_figure, DispatchFigure: make_dispatch_figure}


@pytest.fixture(params=MAKERS, ids=lambda model: model.__name__)
def make(request):
    return MAKERS[request.param]


@pytest.mark.parametrize("office", [None, "kushiro"])
def test_a_figure_stands_once(make, office):
    subprefecture = office and make_subprefecture(office)
    figure = make(subprefecture=subprefecture)
    figure.pk = None
    with pytest.raises(ValidationError, match="すでにあります"):
        figure.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        figure.save()


@pytest.mark.parametrize("source", [{}, {"run", "entered_by"}], ids=["none", "both"])
def test_a_figure_has_one_source(make, source):
    figure = make()
    figure.run = make_run() if "run" in source else None
    figure.entered_by = make_headquarters_editor() if "entered_by" in source else None
    with pytest.raises(ValidationError, match="出どころは、取込のセルか、入力した人のどちらか一つです"):
        figure.full_clean()


def test_who_types_a_figure_becomes_its_source_and_the_old_value_stays_on_record(make):
    figure, user = make(), make_headquarters_editor()
    setattr(figure, figure.value_field, 40)
    before = type(figure).objects.get().value
    figure.type_in(user)
    figure.refresh_from_db()
    assert (figure.value, figure.run, figure.cell, figure.entered_by) == (40, None, "", user)
    change = FigureChange.of_figure(figure).get()
    assert (change.before, change.after, change.entered_by, change.run) == (before, 40, user, None)


def test_a_figure_taken_out_leaves_its_history(make):
    figure, user = make(), make_headquarters_editor()
    value = figure.value
    figure.take_out(user)
    change = FigureChange.objects.get()
    assert (change.before, change.after, change.entered_by) == (value, None, user)
    assert not type(figure).objects.exists()


def test_a_figure_is_public_through_its_programme(make):
    shown = make()
    hidden = make(program=make_edition(status="draft").program)
    assert list(type(shown).objects.published()) == [shown]
    assert hidden in type(shown).objects.all()


@pytest.mark.parametrize(
    ("stages", "shown"),
    [
        (["最終", "当初", "決算"], "当初"),
        (["補正後", ""], ""),
        (["決算", "最終"], "最終"),
        (["決算"], "決算"),
    ],
)
def test_a_chart_shows_one_stage_of_a_year(stages, shown):
    program = make_edition().program
    for stage in stages:
        make_budget_figure(program=program, stage=stage)
    assert [figure.stage for figure in BudgetFigure.objects.for_charts()] == [shown]


@pytest.mark.parametrize(
    ("figure", "printed"),
    [({"raw": "45.5", "unit": "億円"}, "45.5億円"), ({"raw": "45.5億円", "unit": "億円"}, "45.5億円")],
)
def test_a_figure_says_what_its_source_printed(figure, printed):
    assert make_budget_figure(**figure).as_printed == printed


@pytest.mark.parametrize(
    ("typed", "kept"), [("令和３年度２月補正", "2月補正"), ("補正（第3号）", "第3号補正"), ("コロナ対策", "コロナ対策")]
)
def test_a_supplement_typed_in_is_written_as_the_import_writes_it(typed, kept):
    figure = make_budget_figure(stage="補正後", supplement=typed)
    figure.full_clean()
    assert figure.supplement == kept
