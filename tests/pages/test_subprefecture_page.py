import pytest

from tests.costs import page, queries_of
from tests.factories import (
    make_budget_figure,
    make_desk,
    make_edition,
    make_initiative,
    make_municipality,
    make_policy,
    make_subprefecture,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def kushiro():
    make_municipality("釧路市"), make_municipality("厚岸町"), make_municipality("根室市")
    return make_subprefecture("kushiro")


def test_the_page_opens_on_the_newest_public_year(client, kushiro):
    make_policy(fiscal_year=2020, text="前の方向")
    make_initiative(fiscal_year=2021, title="新しい取組")
    make_initiative(fiscal_year=2022, status="draft")
    html = page(client, "/regions/kushiro/")
    assert "令和3年度（2021）の内容です" in html
    assert "新しい取組" in html
    assert "前の方向" not in html
    assert "この年度の推進方向は公開されていません" in html


def test_years_are_a_strip_in_which_gaps_are_seen(client, kushiro):
    make_policy(fiscal_year=2019), make_policy(fiscal_year=2021)
    html = page(client, "/regions/kushiro/2019/")
    assert 'href="/regions/kushiro/2019/" aria-current="page"' in html
    assert 'href="/regions/kushiro/2021/"' in html
    assert '<li class="gap"><span>令和2年度<small>未公開</small></span></li>' in html


def test_a_direction_without_a_text_says_that_the_source_has_only_its_heading(client, kushiro):
    make_policy(text="", source="取組方向")
    html = page(client, "/regions/kushiro/")
    assert "「2021年度の推進方向」の見出しがあり、本文は書かれていません" in html
    assert "出どころ：取組方向" in html


def test_a_direction_is_shown_as_it_was_written(client, kushiro):
    make_policy(text="# 海\n\n**漁業**を守る")
    html = page(client, "/regions/kushiro/")
    assert "<h3>海</h3>" in html
    assert "<strong>漁業</strong>" in html


@pytest.mark.parametrize("year", ["2020", "1900", "99999"])
def test_a_year_without_anything_is_not_found(client, kushiro, year):
    make_policy(fiscal_year=2021)
    assert client.get(f"/regions/kushiro/{year}/").status_code == 404


def test_an_office_that_there_is_not_is_not_found(client):
    assert client.get("/regions/tokyo/").status_code == 404


def test_an_office_with_nothing_public_yet_still_has_its_page(client, kushiro):
    html = page(client, "/regions/kushiro/")
    assert "公開している推進方向と取組は、まだありません" in html
    assert "本庁の地域創生局へ" in html


def test_its_towns_and_desks_are_there_and_no_others(client, kushiro):
    make_desk(subprefecture=kushiro, section="釧路の地域政策課")
    make_desk(subprefecture=make_subprefecture("nemuro"), section="根室の地域政策課")
    html = page(client, "/regions/kushiro/")
    assert "/municipalities/016624/" in html
    assert "/municipalities/012238/" not in html
    assert "釧路の地域政策課" in html
    assert "根室の地域政策課" not in html


def test_its_own_share_of_the_figures_is_drawn(client, kushiro):
    program = make_edition().program
    make_budget_figure(program=program)
    assert "振興局ごとの数字は、公開されている資料にありません" in page(client, "/regions/kushiro/")
    make_budget_figure(program=program, subprefecture=kushiro, amount_yen=120_000_000)
    html = page(client, "/regions/kushiro/")
    assert "1億2,000万円" in html
    assert "45億" not in html


def test_the_page_costs_as_much_for_twenty_rows_as_for_one(client, kushiro):
    make_policy(), make_initiative(), make_desk(subprefecture=kushiro)
    make_budget_figure(subprefecture=kushiro)
    one = queries_of(client, "/regions/kushiro/")
    for n in range(1, 20):
        make_policy(fiscal_year=2021 - n), make_initiative(), make_desk(subprefecture=kushiro)
        make_budget_figure(subprefecture=kushiro)
    assert queries_of(client, "/regions/kushiro/") == one
