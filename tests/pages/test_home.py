from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from sumairu.lib.wareki import fiscal_year_on
from tests.costs import page, queries_of
from tests.factories import (
    make_budget_figure,
    make_dispatch_figure,
    make_edition,
    make_initiative,
    make_municipality,
    make_program,
    make_subprefecture,
    make_window,
)

pytestmark = pytest.mark.django_db


def make_call(**window):
    """A window of this year's edition, open today."""
    edition = make_edition(fiscal_year=fiscal_year_on(localdate()))
    return make_window(edition=edition, **{"opens_on": None, "closes_on": localdate() + timedelta(days=12)} | window)


def test_choosing_a_town_is_the_first_thing(client):
    make_municipality("根室市")
    html = page(client, "/")
    assert 'action="/municipalities/"' in html
    assert '<option value="根室市">ねむろし Nemuro 012238</option>' in html
    assert 'href="/regions/nemuro/"' in html


def test_each_pillar_shows_its_first_three_programmes(client):
    for n in range(4):
        make_edition(program=make_program(official_name=f"情報の制度{n}", pillar="informational", order=n))
    html = page(client, "/")
    assert [f"情報の制度{n}</a>" in html for n in range(4)] == [True, True, True, False]


def test_open_calls_say_the_days_left_and_the_day(client):
    call = make_call()
    html = page(client, "/")
    assert "あと<b>12</b>日" in html
    assert f"{call.closes_on.month}月{call.closes_on.day}日" in html


def test_a_call_without_an_end_is_open_all_year(client):
    make_call(closes_on=None)
    assert "通年" in page(client, "/")


def test_without_open_calls_the_page_says_so(client):
    assert "受付中として登録されている支援は、いまありません" in page(client, "/")


def test_the_newest_public_year_of_initiatives_is_shown_and_said(client):
    make_initiative(title="去年までの取組", fiscal_year=2020)
    make_initiative(title="新しい取組", fiscal_year=2021)
    html = page(client, "/")
    assert "公開されている中でいちばん新しい、令和3年度（2021）の取組です" in html
    assert "新しい取組" in html
    assert "去年までの取組" not in html
    assert 'href="/initiatives/?year=2020"' in html


def test_budgets_and_people_are_two_charts(client):
    make_budget_figure(), make_dispatch_figure()
    html = page(client, "/")
    assert html.count('class="figure-chart"') == 2
    assert "予算額（億円）" in html
    assert "派遣者数（人）" in html


@pytest.mark.parametrize("said", ["公開している取組はまだありません", "公開している予算額と派遣者数はまだありません"])
def test_what_is_empty_says_what_would_be_there(client, said):
    assert said in page(client, "/")


@pytest.mark.exhaustive
def test_the_page_costs_as_much_for_twenty_rows_as_for_one(client):
    def add(n):
        office = make_subprefecture("kushiro")
        make_call(), make_call(subprefecture=office)
        make_initiative(fiscal_year=2021 - n)
        program = make_edition().program
        make_budget_figure(program=program), make_dispatch_figure(program=program)

    make_municipality("釧路市")
    add(0)
    one = queries_of(client, "/")
    for n in range(1, 20):
        add(n)
    make_municipality("根室市")
    assert queries_of(client, "/") == one
