import pytest

from tests.costs import page, queries_of
from tests.factories import make_budget_figure, make_dispatch_figure, make_duty, make_edition

pytestmark = pytest.mark.django_db


def test_each_figure_stands_with_its_cell(client):
    make_budget_figure(fiscal_year=2020), make_budget_figure(fiscal_year=2021), make_dispatch_figure()
    html = page(client, "/figures/")
    assert "予算額（億円）" in html
    assert "4,550,000" in html
    assert "45.5億円" in html
    assert "予算額 › B6" in html
    assert "38人" in html


def test_the_newest_year_and_those_that_are_missing_are_said(client):
    make_budget_figure(fiscal_year=2021)
    html = page(client, "/figures/")
    assert "令和3年度（2021）で、令和4年度からの数字はまだありません" in html
    assert "令和4年度（2022）から" in html


def test_what_the_source_leaves_open_is_told_from_the_data(client):
    edition = make_edition(source_note="数えた日は書かれていません。")
    make_dispatch_figure(program=edition.program)
    html = page(client, "/figures/")
    assert "数えた日は書かれていません。" in html
    assert "予算の段階" not in html


def test_stages_are_explained_where_there_are_any(client):
    make_budget_figure(stage="当初")
    assert "予算の段階" in page(client, "/figures/")


def test_duties_of_the_newest_year_are_listed(client):
    program = make_edition(fiscal_year=2021).program
    make_edition(program=program, fiscal_year=2020)
    make_duty(program=program, fiscal_year=2020, name="前の年の業務")
    make_duty(program=program, fiscal_year=2021, name="新しい業務")
    html = page(client, "/figures/")
    assert "新しい業務" in html
    assert "前の年の業務" not in html


@pytest.mark.parametrize("said", ["公開している予算額はまだありません", "公開している派遣者数はまだありません"])
def test_without_figures_the_page_says_so(client, said):
    assert said in page(client, "/figures/")


def test_the_page_costs_as_much_for_twenty_programmes_as_for_one(client):
    make_budget_figure(), make_dispatch_figure()
    one = queries_of(client, "/figures/")
    for _ in range(19):
        make_budget_figure(), make_dispatch_figure()
    assert queries_of(client, "/figures/") == one
