"""What a page shows is taken away exactly: the same rows in four formats, what is told of them beside them."""

import csv
import json
import re
from datetime import datetime, time
from html import unescape
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from django.utils.timezone import localdate
from openpyxl import load_workbook

from sumairu.lib.shown.files import FORMATS
from sumairu.search.index import rebuild
from tests.costs import page
from tests.factories import (
    make_budget_figure,
    make_edition,
    make_indicator,
    make_indicator_figure,
    make_initiative,
    make_municipality,
    make_program,
    make_subprefecture,
    make_window,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world():
    """A chart, a table and a list on every page that has any."""
    kushiro = make_municipality("釧路市")
    make_municipality("根室市")
    program = make_program(slug="kofukin", official_name="交付金")
    make_window(edition=make_edition(program=program))
    make_budget_figure(program=program)
    make_budget_figure(program=program, subprefecture=kushiro.subprefecture, amount_yen=1)
    tax = make_indicator("普通交付税", slug="tax")
    for year in (2021, 2022):
        make_indicator_figure(indicator=tax, municipality=kushiro, fiscal_year=year, amount=year)
    make_initiative(code="kushiro-2021-1", subprefecture=kushiro.subprefecture)


def body(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    assert response["Content-Disposition"].startswith("attachment")
    return b"".join(response.streaming_content)


def sheets(client, address):
    book = load_workbook(BytesIO(body(client, address)))
    return [list(sheet.values) for sheet in book]


OFFERING = [
    "/figures/",
    "/programs/kofukin/",
    "/indicators/tax/",
    "/indicators/tax/2021/?order=most",
    "/regions/kushiro/",
    "/municipalities/012068/",
]


@pytest.mark.parametrize("address", OFFERING)
def test_what_a_page_offers_is_there_in_every_format(client, address):
    html = page(client, address)
    path = address.partition("?")[0]
    links = [unescape(link) for link in re.findall(r'<a href="(\?[^"]*format=[^"]*)"', html)]
    assert len(links) >= len(FORMATS)
    for link in links:
        assert body(client, path + link)
    assert {re.search(r"format=([\w-]+)", link)[1] for link in links} == set(FORMATS)


@pytest.mark.parametrize(
    "address", ["/figures/?table=budget-kofukin", "/indicators/tax/?table=towns", "/programs/kofukin/?table=windows"]
)
def test_all_formats_have_the_same_rows(client, address):
    plain = body(client, f"{address}&format=csv-plain").decode()
    with_mark = body(client, f"{address}&format=csv").decode()
    assert with_mark == f"\ufeff{plain}"
    titles, *rows = csv.reader(StringIO(plain, newline=""))
    records = json.loads(body(client, f"{address}&format=json"))["records"]
    data, _explained = sheets(client, f"{address}&format=xlsx")
    assert list(data[0]) == titles
    assert len(rows) == len(records) == len(data) - 1 > 0
    for row, record, cells in zip(rows, records, data[1:], strict=True):
        assert row == ["" if value is None else str(value) for value in record.values()]
        shown = ["" if value is None else str(value).removesuffix(" 00:00:00") for value in cells]
        assert shown == row


def test_a_chart_gives_the_figures_that_it_draws(client):
    (row,) = json.loads(body(client, "/figures/?table=budget-kofukin&format=json"))["records"]
    assert (row["amount_yen"], row["subprefecture"]) == (4_550_000_000, "全道")
    (row,) = json.loads(body(client, "/regions/kushiro/?table=budget-kofukin&format=json"))["records"]
    assert (row["amount_yen"], row["subprefecture"]) == (1, "釧路総合振興局")


def test_a_table_is_taken_away_as_it_is_narrowed_and_ordered(client):
    make_municipality("帯広市")
    make_indicator_figure(
        indicator=make_indicator("普通交付税", slug="tax"),
        municipality=make_municipality("帯広市"),
        fiscal_year=2022,
        amount=9000,
    )
    ordered = json.loads(body(client, "/indicators/tax/?order=most&format=json&table=towns"))
    assert [row["amount"] for row in ordered["records"]] == [9000, 2022, None]
    assert ordered["metadata"]["address"].endswith("/indicators/tax/?order=most")
    office = json.loads(body(client, "/indicators/tax/?office=kushiro&format=json&table=towns"))
    assert [row["municipality"] for row in office["records"]] == ["釧路市"]


def test_a_workbook_keeps_codes_numbers_and_what_is_not_known_apart(client):
    data, explained = sheets(client, "/indicators/tax/?format=xlsx&table=towns")
    kushiro, nemuro = data[1], data[2]
    assert kushiro[0] == "012068"
    assert kushiro[5:7] == (2022, 1)
    assert nemuro[5] is None
    assert explained[0] == ("区分", "名前", "説明", "プログラムでの名前", "型", "単位")
    said = {(row[0], row[1]): row[2] for row in explained[1:]}
    assert f"{localdate().year}年" in said["データ", "引用の書き方"]
    assert "CC BY 4.0" in said["データ", "ライセンス"]
    assert ("列", "全国地方公共団体コード", None, "municipality_code", "文字列", None) in explained
    assert not any("CC BY" in str(cell) for row in data for cell in row)


@pytest.mark.parametrize("address", OFFERING)
def test_nothing_in_a_workbook_but_its_day_tells_when_it_was_asked_for(client, address):
    """Two who ask within a version get the same bytes, as a cache gives them."""
    book = BytesIO(body(client, f"{address}{'&' if '?' in address else '?'}format=xlsx"))
    assert {part.date_time[0] for part in ZipFile(book).infolist()} == {1980}  # the first year that a ZIP knows
    properties = load_workbook(book).properties
    assert properties.created == properties.modified == datetime.combine(localdate(), time())


def test_a_text_that_a_spreadsheet_would_calculate_is_text(client):
    make_initiative(title="=1+1", subprefecture=make_subprefecture())
    book = load_workbook(BytesIO(body(client, "/regions/kushiro/?format=xlsx&table=initiatives")))
    cells = [cell for row in book.worksheets[0] for cell in row if cell.value == "=1+1"]
    assert [(cell.data_type, cell.quotePrefix) for cell in cells] == [("s", True)]


def test_a_workbook_that_would_be_too_long_is_not_given(client, monkeypatch):
    monkeypatch.setattr("sumairu.lib.shown.MOST_CELLS", 10)
    response = client.get("/indicators/tax/?order=most&format=xlsx&table=towns")
    html = response.content.decode()
    assert response.status_code == 400
    assert "CSVには行数の上限がありません" in html
    link = unescape(re.search(r'class="button" href="([^"]+)"', html)[1])
    assert body(client, f"/indicators/tax/{link}")


@pytest.mark.parametrize("query", ["format=pdf", "format=csv&table=nothing", "format=xlsx&table=%ff"])
def test_what_is_not_there_is_not_found(client, query):
    assert client.get(f"/figures/?{query}").status_code == 404


def test_a_format_without_a_table_gives_the_first(client):
    assert body(client, "/figures/?format=json") == body(client, "/figures/?format=json&table=budget-kofukin")


def buttons(html):
    """What the form beneath a list sends: the values it keeps, and the boxes that can be ticked."""
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', html.partition('id="ticked-')[2])
    return dict(hidden), [unescape(key) for key in re.findall(r'name="pick" value="([^"]+)"', html)]


LISTS = ["/initiatives/?year=2021", "/municipalities/", "/support/find/?ask=end", "/search/?q=交付金"]


@pytest.mark.parametrize("address", LISTS)
def test_rows_that_are_ticked_in_a_list_are_taken_away_alone(client, address):
    make_edition(program=make_program(slug="kofukin-2", official_name="交付金その2"))
    make_initiative(code="kushiro-2021-2", fiscal_year=2021)
    rebuild()
    kept, keys = buttons(page(client, address))
    assert len(keys) >= 2
    query = kept | {"format": "json"}
    path = address.partition("?")[0]
    everything = json.loads(b"".join(client.get(path, query).streaming_content))["records"]
    ticked = json.loads(b"".join(client.get(path, query | {"pick": keys[:1]}).streaming_content))["records"]
    both = json.loads(b"".join(client.get(path, query | {"pick": keys[:2]}).streaming_content))["records"]
    assert (len(everything), len(ticked), len(both)) == (len(keys), 1, 2)
    assert all(row in everything for row in (*ticked, *both))


def test_a_list_is_taken_away_as_it_is_narrowed_on_all_its_pages(client, monkeypatch):
    monkeypatch.setattr("regions.views.INITIATIVES_A_PAGE", 1)
    make_initiative(code="kushiro-2020-1", fiscal_year=2020)
    make_initiative(code="kushiro-2021-2", fiscal_year=2021)
    rows = json.loads(body(client, "/initiatives/?year=2021&format=json"))["records"]
    assert {row["code"] for row in rows} == {"kushiro-2021-1", "kushiro-2021-2"}


def test_a_town_takes_the_figures_of_its_own_along(client):
    make_indicator_figure(indicator=make_indicator("普通交付税", slug="tax"), municipality=make_municipality("根室市"))
    rows = json.loads(body(client, "/municipalities/012068/?format=json&table=indicator-figures"))["records"]
    assert [(row["municipality"], row["fiscal_year"], row["amount"]) for row in rows] == [
        ("釧路市", 2021, 2021),
        ("釧路市", 2022, 2022),
    ]
    assert json.loads(body(client, "/municipalities/012068/?format=json&table=tax"))["records"][1]["amount"] == 2022


def test_what_a_town_may_use_says_why(client):
    (row,) = json.loads(body(client, "/municipalities/012068/?format=json&table=support"))["records"]
    assert (row["program_slug"], row["program"]) == ("kofukin", "交付金")
    assert row["place"]
    assert row["verdict"]


def test_ticks_that_name_nothing_give_no_row(client):
    assert json.loads(body(client, "/initiatives/?format=json&pick=none&pick=%27"))["records"] == []
