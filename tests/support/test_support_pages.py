from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from sumairu.lib.wareki import fiscal_year_on
from tests.costs import page, queries_of
from tests.factories import make_edition, make_program, make_theme, make_window

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("pillar", ["financial", "informational", "human"])
def test_a_pillar_shows_its_programmes_alone(client, pillar):
    make_edition(program=make_program(pillar=pillar, official_name="この柱の制度"), summary="こう支えます。")
    others = [other for other in ("financial", "informational", "human") if other != pillar]
    html = page(client, f"/support/{pillar}/")
    assert "この柱の制度" in html
    assert "こう支えます。" in html
    assert all("この柱の制度" not in page(client, f"/support/{other}/") for other in others)


def test_the_newest_edition_speaks_for_a_programme(client):
    program = make_program()
    make_edition(program=program, fiscal_year=2020, summary="前の年の概要")
    make_edition(program=program, fiscal_year=2021, summary="新しい概要")
    html = page(client, "/support/financial/")
    assert "新しい概要" in html
    assert "前の年の概要" not in html


def test_a_pillar_says_the_state_of_a_call_once(client):
    year = fiscal_year_on(localdate())
    program = make_program(pillar="financial")
    make_edition(program=program, fiscal_year=year - 2)
    coming, last_day = make_edition(program=program, fiscal_year=year + 1), localdate() + timedelta(days=3)
    make_window(edition=coming, opens_on=localdate(), closes_on=last_day)
    html = page(client, "/support/financial/")
    assert (html.count("今年度は未確認"), html.count("受付中")) == (1, 1)


@pytest.mark.parametrize("address", ["/support/financial/", "/programs/open/"])
def test_a_call_without_days_is_said_to_be_open_all_year_once(client, address):
    edition = make_edition(
        program=make_program(pillar="financial", slug="open"), fiscal_year=fiscal_year_on(localdate())
    )
    make_window(edition=edition, opens_on=None, closes_on=None)
    said = page(client, address).split("<table")[0]
    assert said.count("通年") == 1


def test_a_pillar_that_there_is_not_is_not_found(client):
    assert client.get("/support/else/").status_code == 404


@pytest.mark.parametrize("address", ["/support/", "/support/financial/"])
def test_without_programmes_the_page_says_so(client, address):
    assert "公開している制度はまだありません" in page(client, address)


@pytest.fixture
def themed():
    make_edition(program=make_program(official_name="観光の制度")).program.themes.add(make_theme())
    make_edition(program=make_program(official_name="森の制度")).program.themes.add(make_theme("森林", "forests"))
    make_edition(program=make_program(official_name="どこでもの制度"))


def test_a_theme_leaves_the_programmes_that_have_it(client, themed):
    html = page(client, "/support/?theme=tourism")
    assert "観光の制度" in html
    assert "森の制度" not in html
    assert "どこでもの制度" not in html
    assert "「観光」を分野とする制度はありません" in html  # under the pillars that have none


@pytest.mark.parametrize("asked", ["theme=%01x", "theme=99", "theme=%E6%B5%B7"])
def test_a_theme_that_there_is_not_is_said_at_the_field(client, themed, asked):
    html = page(client, f"/support/?{asked}")
    assert "その分野の制度はありません" in html
    assert "森の制度" in html


def test_only_themes_of_public_programmes_are_offered(client, themed):
    make_edition(status="draft").program.themes.add(make_theme("水産業", "fisheries"))
    assert "水産業" not in page(client, "/support/")


@pytest.mark.parametrize("address", ["/support/", "/support/financial/", "/programs/open/"])
def test_the_themes_of_a_programme_lead_to_all_of_them(client, address):
    make_edition(program=make_program(slug="open")).program.themes.add(make_theme())
    assert '<a href="/support/?theme=tourism">観光</a>' in page(client, address)


@pytest.mark.parametrize("address", ["/support/", "/support/financial/"])
def test_the_page_costs_as_much_for_twenty_programmes_as_for_one(client, address):
    make_edition().program.themes.add(theme := make_theme())
    one = queries_of(client, address)
    for _ in range(19):
        make_edition().program.themes.add(theme)
    assert queries_of(client, address) == one
