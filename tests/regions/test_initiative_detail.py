import pytest

from tests.costs import page, queries_of
from tests.factories import (
    make_attachment,
    make_desk,
    make_file,
    make_initiative,
    make_municipality,
    make_subprefecture,
    make_theme,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def initiative():
    return make_initiative(code="kushiro-2021-1", title="ひとの流れ", body="# 目的\n\n<b>太字</b>と*強調*")


def test_the_page_tells_what_the_initiative_is(client, initiative):
    initiative.themes.add(make_theme())
    initiative.municipalities.add(make_municipality("厚岸町"))
    initiative.links.create(label="公園の案内", url="https://example.jp/park")
    html = page(client, "/initiatives/kushiro-2021-1/")
    for words in ("ひとの流れ", "令和3年度（2021）", "観光", "/municipalities/016624/", "https://example.jp/park"):
        assert words in html


def test_markdown_is_shown_below_the_page_s_headings_and_html_is_not_run(client, initiative):
    html = page(client, "/initiatives/kushiro-2021-1/")
    assert "<h3>目的</h3>" in html
    assert "<em>強調</em>" in html
    assert "<b>太字</b>" not in html


def test_the_years_before_and_after_are_linked_while_they_are_public(client, initiative):
    initiative.predecessor = make_initiative(code="kushiro-2020-1", fiscal_year=2020, title="前の年の流れ")
    initiative.save()
    make_initiative(code="kushiro-2022-1", fiscal_year=2022, title="後の年の流れ", predecessor=initiative)
    html = page(client, "/initiatives/kushiro-2021-1/")
    assert "前の年の流れ" in html
    assert "後の年の流れ" in html


def test_the_office_s_desk_is_beside_it(client, initiative):
    make_desk(subprefecture=make_subprefecture(), section="地域政策課", phone="0000-00-0000")
    assert 'href="tel:0000-00-0000"' in page(client, "/initiatives/kushiro-2021-1/")


def test_a_file_is_kept_and_not_shown(client, initiative):
    file = make_file("取組の<概要>.html", b"<script>alert(1)</script>")
    response = client.get(make_attachment(initiative, file=file).get_absolute_url())
    assert b"".join(response) == b"<script>alert(1)</script>"
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "other", ["000000000000/様式.xlsx", "ffffffffffff/other.xlsx", "{digest}/other.xlsx", "{digest}/%01"]
)
def test_a_file_that_is_not_attached_is_not_found(client, initiative, other):
    digest = make_attachment(initiative).file.sha256[:12]
    address = f"/initiatives/kushiro-2021-1/files/{other.format(digest=digest)}"
    assert client.get(address).status_code == 404


def test_the_page_costs_as_much_for_many_towns_and_files_as_for_one(client, initiative):
    address = "/initiatives/kushiro-2021-1/"
    make_initiative(), make_attachment(initiative), initiative.municipalities.add(make_municipality())
    make_desk(subprefecture=make_subprefecture())
    one = queries_of(client, address)
    for n in range(20):
        make_initiative(), make_attachment(initiative, f"様式{n}"), make_desk(subprefecture=make_subprefecture())
    initiative.municipalities.add(make_municipality("厚岸町"), make_municipality("根室市"))
    assert queries_of(client, address) == one
