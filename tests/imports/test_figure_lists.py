"""The lists of figures in the admin, where there are tens of thousands."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import make_budget_figure, make_program

pytestmark = pytest.mark.django_db
LIST = "admin:support_budgetfigure_changelist"


def queries_of_list(client):
    client.get(reverse(LIST))
    with CaptureQueriesContext(connection) as queries:
        assert client.get(reverse(LIST)).status_code == 200
    return [query["sql"] for query in queries]


def test_a_list_of_figures_asks_as_often_for_many_and_walks_through_no_days(headquarters):
    program = make_program()
    make_budget_figure(program=program, fiscal_year=2000)
    one = queries_of_list(headquarters)
    for year in range(2001, 2031):
        make_budget_figure(program=program, fiscal_year=year)
    many = queries_of_list(headquarters)
    assert len(many) == len(one) < 15
    assert not [sql for sql in many if "trunc" in sql.lower()]
