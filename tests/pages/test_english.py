"""The pages in English: what editors have given, and where they have not, that it is so."""

import re

import pytest
from django.utils.timezone import localdate

from regions.models import Subprefecture
from sumairu.lib.wareki import fiscal_year_on
from tests.costs import page, queries_of
from tests.factories import (
    make_desk,
    make_edition,
    make_initiative,
    make_municipality,
    make_program,
    make_subprefecture,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def kushiro():
    make_municipality("釧路市"), make_municipality("厚岸町")
    return make_subprefecture("kushiro")


@pytest.fixture
def grant():
    return make_program(slug="kofukin", official_name="行事の交付金", name_en="Grants for local events")


def this_year():
    return fiscal_year_on(localdate())


def alternates(html):
    return re.findall(r'<link rel="alternate" hreflang="(\w+)" href="([^"]+)">', html)


@pytest.mark.parametrize("path", ["/en/", "/en/regions/kushiro/", "/en/programs/kofukin/"])
def test_a_page_and_its_twin_know_each_other(client, settings, kushiro, grant, path):
    settings.PUBLIC_ADDRESS = "https://sumairu.example.jp"
    make_edition(program=grant)
    english, japanese = page(client, path), page(client, path.removeprefix("/en"))
    assert '<html lang="en"' in english
    assert '<html lang="ja"' in japanese
    assert sorted(alternates(english)) == sorted(alternates(japanese))
    assert dict(alternates(english)) == {
        "en": f"https://sumairu.example.jp{path}",
        "ja": f"https://sumairu.example.jp{path.removeprefix('/en')}",
    }
    assert f'href="{path}" lang="en" hreflang="en"' in japanese
    assert f'href="{path.removeprefix("/en")}" lang="ja" hreflang="ja"' in english


def test_a_page_without_a_twin_leads_to_the_first_in_english(client):
    html = page(client, "/about/")
    assert 'href="/en/" lang="en"' in html
    assert alternates(html) == []


def test_a_programme_says_what_was_given_in_english(client, grant):
    make_edition(program=grant, fiscal_year=this_year(), summary_en="Pays for festivals.")
    html = page(client, "/en/programs/kofukin/")
    assert "<h1>Grants for local events</h1>" in html
    assert "Pays for festivals." in html
    assert f"Fiscal year {this_year()} (from April {this_year()})." in html
    assert "No English" not in html
    assert 'href="/programs/kofukin/" hreflang="ja"' in html
    assert "Grants for local events" in page(client, "/en/")


def test_a_programme_says_what_was_not_given(client):
    make_edition(program=make_program(slug="sodan", official_name="移住の相談"), fiscal_year=this_year())
    html = page(client, "/en/programs/sodan/")
    assert '<h1 lang="ja">移住の相談</h1>' in html
    assert "No English name has been given" in html
    assert "No English summary" in html


def test_an_old_text_is_said_to_be_unconfirmed_and_one_to_come_not_to_have_begun(client, grant):
    make_edition(program=grant, fiscal_year=this_year() - 1)
    assert f"whether the programme continues in fiscal year {this_year()}" in page(client, "/en/programs/kofukin/")
    make_edition(program=make_program(slug="next"), fiscal_year=this_year() + 1)
    assert f"From fiscal year {this_year() + 1}" in page(client, "/en/programs/next/")


def test_a_programme_that_is_not_public_has_no_page(client, grant):
    make_edition(program=grant, status="draft")
    assert client.get("/en/programs/kofukin/").status_code == 404
    assert "Grants" not in page(client, "/en/")


def test_an_office_says_its_name_its_towns_and_whom_to_call(client, kushiro):
    make_desk(subprefecture=kushiro, section="地域政策課", phone="0154-43-9144")
    html = page(client, "/en/regions/kushiro/")
    assert "<h1>Kushiro General Subprefectural Bureau</h1>" in html
    assert "in Kushiro City" in html
    assert 'href="/municipalities/012068/" hreflang="ja">Kushiro City</a>' in html
    assert "Akkeshi Town" in html
    assert 'href="tel:' in html


def test_offices_are_called_as_the_prefecture_calls_them():
    names = {"sorachi": "General ", "ishikari": "", "hidaka": "", "hiyama": "", "rumoi": "", "okhotsk": "General "}
    for slug, general in names.items():
        kind = Subprefecture.Kind.GENERAL if general else Subprefecture.Kind.PLAIN
        assert Subprefecture(slug=slug, kind=kind).name_en == f"{slug.title()} {general}Subprefectural Bureau"


def test_search_engines_are_told_of_programmes_with_an_english_name_alone(client, kushiro, grant):
    make_edition(program=grant), make_edition(program=make_program(slug="sodan"))
    listed = re.findall(r"<loc>[^<]*?(/en/[^<]*)</loc>", page(client, "/sitemap-english.xml"))
    assert listed == ["/en/regions/kushiro/", "/en/programs/kofukin/"]
    assert "/en/</loc>" in page(client, "/sitemap-entrances.xml")


def test_pages_cost_no_more_with_many_programmes_and_towns(client, kushiro, grant):
    make_edition(program=grant)
    paths = ["/en/", "/en/regions/kushiro/", "/en/programs/kofukin/"]
    before = [queries_of(client, path) for path in paths]
    for _ in range(5):
        make_edition(), make_initiative(subprefecture=kushiro), make_desk(subprefecture=kushiro)
    assert [queries_of(client, path) for path in paths] == before
