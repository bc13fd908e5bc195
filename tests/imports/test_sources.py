import pytest

from sumairu.imports.sources import SOURCE, with_sources
from support.models import BudgetFigure
from tests.factories import make_budget_figure


@pytest.mark.django_db
def test_a_figure_brings_of_its_run_the_file_and_nothing_of_the_run_s_own_pages(django_assert_num_queries):
    make_budget_figure()
    with django_assert_num_queries(1):
        figure = with_sources(BudgetFigure.objects.all()).get()
        told = {part.title: part.cell(figure) for part in SOURCE if part.is_given}
    assert told["出どころ（種類）"] == "取込"
    assert {"result", "answers", "remembered", "corrections", "told"} <= figure.run.get_deferred_fields()
