"""What a page shows is taken away exactly: the same rows in four formats, what is told of them beside them."""

import csv
import json
import re
from datetime import datetime, time, timedelta
from html import unescape
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from django.utils.timezone import localdate, now
from openpyxl import load_workbook

from sumairu.lib.shown.files import FORMATS
from sumairu.lib.wareki import fiscal_year_on
from sumairu.search.index import rebuild
from sumairu.updates.models import Update
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
    make_theme,
    make_uptake,
    make_window,
)

pytestmark = pytest.mark.django_db

LINES = [["割合", [["same", "補助率"], ["gone", "2分の1"], ["new", "3分の2"]]], ["上限", [["new", "500万円"]]]]


THIS_YEAR = fiscal_year_on(localdate())


def make_open_call(program, **kw):
    edition = make_edition(program=program, fiscal_year=THIS_YEAR)
    return make_window(edition=edition, opens_on=None, closes_on=None, **kw)


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
    initiative = make_initiative(code="kushiro-2021-1", subprefecture=kushiro.subprefecture)
    make_uptake(program=program, municipality=kushiro)
    make_open_call(program)
    Update.objects.create(
        kind="programs", row=1, what="changed", title="交付金", path="/", happened_at=now(), lines=LINES
    )
    for thing in (initiative, program):
        thing.themes.add(make_theme())


def body(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    assert response["Content-Disposition"].startswith("attachment")
    return b"".join(response.streaming_content)


def sheets(client, address):
    book = load_workbook(BytesIO(body(client, address)))
    return [list(sheet.values) for sheet in book]


OFFERING = [
    "/",
    "/figures/",
    "/programs/kofukin/",
    "/indicators/tax/",
    "/indicators/tax/2021/?order=most",
    "/regions/kushiro/",
    "/municipalities/012068/",
    "/initiatives/kushiro-2021-1/",
    "/calls/",
    "/calls/2021/5/",
    "/uses/",
    "/updates/",
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


LISTS = [
    "/initiatives/?year=2021",
    "/municipalities/",
    "/support/find/?ask=end",
    "/search/?q=交付金",
    "/support/",
    "/support/?theme=tourism",
    "/support/financial/",
    "/support/financial/?on=2026-05-01",
    "/regions/",
    "/indicators/",
    "/calls/",
    "/calls/?pillar=financial",
]


@pytest.mark.parametrize("address", LISTS)
def test_rows_that_are_ticked_in_a_list_are_taken_away_alone(client, address):
    other = make_program(slug="kofukin-2", official_name="交付金その2")
    other.themes.add(make_theme())
    make_open_call(other)
    make_indicator_figure(indicator=make_indicator("ふるさと納税", slug="gifts"))
    make_initiative(code="kushiro-2021-2", fiscal_year=2021, subprefecture=make_subprefecture("nemuro"))
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


def rows(client, address):
    return json.loads(body(client, address))["records"]


def test_a_list_of_programmes_has_the_edition_in_force_in_all_its_columns_and_how_it_stands(client):
    (row,) = rows(client, "/support/?format=json&theme=tourism")
    assert (row["program_slug"], row["fiscal_year"], row["summary"]) == ("kofukin", THIS_YEAR, "概要です。")
    assert row["states"]
    assert rows(client, "/support/human/?format=json") == []
    later = localdate() + timedelta(days=7)
    told = json.loads(body(client, f"/support/financial/?on={later}&format=json"))
    assert [row["program_slug"] for row in told["records"]] == ["kofukin"]
    assert f"{later.month}月{later.day}日" in "".join(told["metadata"]["conditions"])


def test_calls_are_taken_away_on_all_pages_as_they_are_narrowed(client, monkeypatch):
    monkeypatch.setattr("support.calls_page.pages.CALLS_A_PAGE", 1)
    office = make_subprefecture("nemuro")
    make_open_call(make_program(slug="hito", pillar="human"), subprefecture=office)
    assert [row["edition_program_slug"] for row in rows(client, "/calls/?format=json")] == ["kofukin", "hito"]
    assert [row["edition_program_slug"] for row in rows(client, "/calls/?pillar=human&format=json")] == ["hito"]
    (row,) = rows(client, "/calls/?town=012068&format=json")
    assert (row["edition_program_slug"], row["state"], row["verdict"]) == ("kofukin", "通年", "条件次第")
    assert "verdict" not in rows(client, "/calls/?format=json")[0]


@pytest.mark.parametrize("junk", ["0", "-1", "x", "１", "9" * 30, "%ff"])
def test_ticks_of_calls_that_there_are_not_give_no_row(client, junk):
    assert rows(client, f"/calls/?format=json&pick={junk}") == []


def test_a_month_gives_what_ends_and_what_begins_in_it(client, monkeypatch):
    monkeypatch.setattr("support.calls_page.pages.MOST_IN_A_MONTH", 1)
    make_window(edition=make_edition(program=make_program(slug="hito")))
    closing = rows(client, "/calls/2021/5/?format=json&table=closing")
    assert [(row["edition_program_slug"], row["closes_on"]) for row in closing] == [
        ("kofukin", "2021-05-31"),
        ("hito", "2021-05-31"),
    ]
    assert {row["opens_on"] for row in rows(client, "/calls/2021/4/?format=json&table=opening")} == {"2021-04-01"}
    assert rows(client, "/calls/2021/6/?format=json") == []


def test_months_say_how_many_calls_end_in_each(client):
    today = localdate()
    make_window(edition=make_edition(program=make_program()), opens_on=today, closes_on=today)
    months = {row["month"]: row["count"] for row in rows(client, "/calls/?format=json&table=months")}
    assert len(months) == 12
    assert months[f"{today:%Y-%m}"] == sum(months.values()) == 1


def test_updates_have_a_row_for_each_part_that_changed(client):
    rate, ceiling = rows(client, "/updates/?format=json")
    assert (rate["part"], rate["before"], rate["after"]) == ("割合", "補助率2分の1", "補助率3分の2")
    assert (ceiling["before"], ceiling["after"]) == (None, "500万円")


def test_sums_of_what_towns_took_are_numbers_beside_the_towns_that_they_are_of(client):
    address = "/uses/?format=json&table="
    (year,) = rows(client, f"{address}uptake-years")
    (office,) = rows(client, f"{address}uptake-offices")
    assert (year["fiscal_year"], year["decided"], year["decided_towns"], year["towns"]) == (2021, 1_200_000, 1, 1)
    assert (office["subprefecture"], office["decided"]) == ("釧路総合振興局", 1_200_000)
    assert {row["municipality"]: row["value"] for row in rows(client, f"{address}uptake-map")} == {
        "釧路市": 1_200_000,
        "根室市": None,
    }


@pytest.mark.parametrize("address", ["/municipalities/012068/", "/programs/kofukin/", "/initiatives/kushiro-2021-1/"])
def test_what_towns_took_is_taken_away_where_it_is_shown(client, address):
    assert "table=uptake" in page(client, address)
    (row,) = rows(client, f"{address}?format=json&table=uptake")
    assert (row["municipality"], row["amount"]) == ("釧路市", 1_200_000)


def test_an_initiative_gives_the_programmes_of_its_themes_and_the_others(client):
    make_initiative(code="kushiro-2021-2")
    address = "/initiatives/kushiro-2021-1/?format=json&table="
    assert [row["program_slug"] for row in rows(client, f"{address}programs")] == ["kofukin"]
    assert [row["code"] for row in rows(client, f"{address}initiatives")] == ["kushiro-2021-2"]
    assert [row["program_slug"] for row in rows(client, "/initiatives/?theme=tourism&format=json&table=programs")] == [
        "kofukin"
    ]
