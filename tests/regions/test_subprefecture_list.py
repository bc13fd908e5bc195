import pytest

from tests.costs import page, queries_of
from tests.factories import make_initiative, make_municipality, make_subprefecture

pytestmark = pytest.mark.django_db


def test_every_office_is_linked_from_the_map_and_from_the_lists(client):
    make_municipality("釧路市"), make_municipality("厚岸町"), make_subprefecture("nemuro")
    html = page(client, "/regions/")
    assert html.count('href="/regions/kushiro/"') == html.count('href="/regions/nemuro/"') == 3
    assert "釧路市、2市町村" in html


def test_the_newest_public_year_is_named(client):
    make_initiative(fiscal_year=2021)
    make_initiative(fiscal_year=2022, status="draft")
    assert "公開されている最新の年度は令和3年度（2021）" in page(client, "/regions/")


def test_the_page_costs_as_much_for_many_offices_as_for_one(client):
    make_municipality("釧路市")
    one = queries_of(client, "/regions/")
    make_municipality("根室市"), make_municipality("帯広市")
    assert queries_of(client, "/regions/") == one
