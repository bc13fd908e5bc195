"""The pages about the portal itself, at the foot of every page."""

import re

import pytest

from sumairu.descriptions import tables
from tests.costs import page
from tests.factories import make_indicator, make_indicator_figure, make_municipality

pytestmark = pytest.mark.django_db

PAGES = {
    "/about/": "このサイトについて",
    "/accessibility/": "アクセシビリティ",
    "/data/": "データ",
    "/updates/": "更新の履歴",
}


@pytest.mark.parametrize("path", ["/", "/search/", "/municipalities/", *PAGES])
def test_every_page_leads_to_them(client, path):
    foot = page(client, path).partition('<footer class="site-foot">')[2]
    assert dict(re.findall(r'<a href="(/\w+/)">([^<]+)</a>', foot)).items() >= PAGES.items()


@pytest.mark.parametrize(("path", "title"), PAGES.items(), ids=PAGES)
def test_each_has_its_title_and_chapters(client, path, title):
    html = page(client, path)
    assert f"<h1>{title}</h1>" in html
    assert "<h2" in html


def test_what_is_said_of_accessibility_is_dated_and_says_what_is_not_met(client):
    html = page(client, "/accessibility/")
    assert re.search(r"20\d\d年\d+月\d+日現在", html)
    assert "まだできていないこと" in html


def test_every_download_is_listed_with_its_licence(client):
    tax = make_indicator("普通交付税", slug="tax", source="総務省「普通交付税」")
    make_indicator_figure(indicator=tax, municipality=make_municipality())
    make_indicator("まだ数値のない指標")
    html = page(client, "/data/")
    listed = re.findall(r'href="([^"]+\.csv)"', html)
    without_mark = [address for address in listed if address.endswith("/data.csv")]
    files = [*(table.address for table in tables().values()), "/indicators/tax/figures.csv"]
    assert [address for address in listed if address not in without_mark] == [*files, "/data/columns.csv"]
    assert len(without_mark) == len(files)
    assert {"/data/programs.csv", "/data/budget.csv"} < set(listed)
    assert all(client.get(address).status_code == 200 for address in listed)
    assert "CC BY 4.0" in html
    assert "総務省「普通交付税」" in html
    assert "まだ数値のない指標" not in html


def test_each_sheet_of_paper_says_the_address_of_what_was_asked_for(client):
    make_indicator_figure(indicator=make_indicator(slug="tax"), municipality=make_municipality())
    html = page(client, "/indicators/tax/?utm_source=mail&order=most&office=kushiro")
    assert 'data-path="/indicators/tax/?office=kushiro&amp;order=most"' in html


def test_links_on_paper_begin_with_the_portal_s_address_whatever_a_request_calls_it(client, settings):
    settings.PUBLIC_ADDRESS = "https://sumairu.example.jp"
    response = client.get("/address.css", headers={"host": "localhost"})
    assert response.content.decode() == ':root { --address: "https://sumairu.example.jp"; }\n'
    assert response["Content-Type"].startswith("text/css")
    assert response["Cache-Control"] == "public, max-age=3600"
    assert 'href="/address.css" media="print"' in page(client, "/")
