"""What pages that show the beginning of something long say of the rest."""

from datetime import date

import pytest

from regions import initiative_page
from sumairu.pages import office_page, town_page
from sumairu.pages.figures_page import FiguresPage
from support import charts
from tests.costs import page
from tests.factories import make_budget_figure, make_initiative, make_municipality, make_subprefecture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def little_is_shown(monkeypatch):
    for module in (office_page, town_page):
        monkeypatch.setattr(module, "MOST_INITIATIVES", 2)


def test_a_town_shows_the_first_of_its_initiatives_and_leads_to_all(client):
    town = make_municipality("釧路市")
    make_initiative(title="ほかのまちの取組").municipalities.add(make_municipality("厚岸町"))
    for order in (3, 2, 1):
        make_initiative(title=f"取組その{order}", order=order).municipalities.add(town)
    html = page(client, town.get_absolute_url())
    assert "取組その1" in html
    assert "取組その2" in html
    assert "取組その3" not in html
    assert "令和3年度（2021）の取組3件をすべて見る" in html
    listed = page(client, "/initiatives/?year=2021&town=釧路市")
    assert "取組その3" in listed
    assert "ほかのまちの取組" not in listed


def test_an_office_shows_the_first_of_its_initiatives_and_leads_to_all(client):
    for order in (3, 2, 1):
        make_initiative(title=f"取組その{order}", order=order)
    html = page(client, "/regions/kushiro/2021/")
    assert "令和3年度（2021）、3件" in html
    assert "取組その2" in html
    assert "取組その3" not in html
    assert 'href="/initiatives/?year=2021&amp;office=kushiro">令和3年度（2021）の取組をすべて見る' in html


def test_an_initiative_shows_the_first_of_the_others_of_its_office_and_year(client, monkeypatch):
    monkeypatch.setattr(initiative_page, "OTHERS", 1)
    shown, *_ = [make_initiative(title=f"取組その{order}", order=order) for order in (1, 2, 3)]
    html = page(client, shown.get_absolute_url())
    assert "取組その2" in html
    assert "取組その3" not in html


def test_home_shows_the_first_of_each_office_in_official_order(client):
    for office in ("nemuro", "kushiro"):
        for order in (4, 3, 2, 1):
            make_initiative(title=f"{office}{order}", order=order, subprefecture=make_subprefecture(office))
    make_initiative(title="まだ先", order=0, publish_on=date(2099, 1, 1))
    html = page(client, "/")
    places = [html.index(f"{office}{order}") for office in ("kushiro", "nemuro") for order in (1, 2, 3)]
    assert places == sorted(places)
    assert "kushiro4" not in html
    assert "まだ先" not in html


def test_the_newest_year_of_a_town_is_that_of_what_names_it_or_of_what_names_none(client):
    town = make_municipality("釧路市")
    make_initiative(title="管内すべての取組", fiscal_year=2020)
    assert "管内すべての取組" in page(client, town.get_absolute_url())
    make_initiative(title="名指しの取組", fiscal_year=2021).municipalities.add(town)
    html = page(client, town.get_absolute_url())
    assert "名指しの取組" in html
    assert "管内すべての取組" not in html


def test_figures_beyond_the_most_charts_are_in_the_file_that_is_named(client, monkeypatch):
    for name in ("一つ目の制度", "二つ目の制度"):
        program = make_budget_figure().program
        program.official_name = name
        program.save()
    monkeypatch.setattr(FiguresPage, "most_charts", 1)
    monkeypatch.setattr(charts.budget_charts, "__defaults__", (False, 1))
    html = page(client, "/figures/")
    assert "一つ目の制度" in html
    assert "二つ目の制度" not in html
    assert '1までを示しています。すべての予算額は<a href="/data/budget.csv">CSV</a>' in html
    assert "二つ目の制度" in b"".join(client.get("/data/budget.csv")).decode()
