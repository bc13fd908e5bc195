import csv
import re
from io import StringIO

import pytest

from sumairu.models import ContentVersion
from sumairu.search.index import rebuild
from tests.admin_forms import form_data
from tests.costs import page, queries_of
from tests.factories import make_administrator, make_indicator, make_indicator_figure, make_municipality, make_run

pytestmark = pytest.mark.django_db

ADDRESS = "/indicators/tax/"


@pytest.fixture
def tax():
    return make_indicator("普通交付税", slug="tax", note="当初の額です。", source="総務省「普通交付税」")


@pytest.fixture
def towns(tax):
    """釧路市 has two years, 厚岸町 and 帯広市 the newest, 根室市 none."""
    figures = [("釧路市", 2021, 100), ("釧路市", 2022, 120), ("厚岸町", 2022, 500), ("帯広市", 2022, 70)]
    make_municipality("根室市")
    run = make_run()
    for name, year, amount in figures:
        fields = {"fiscal_year": year, "amount": amount, "run": run, "cell": f"D{amount}"}
        make_indicator_figure(indicator=tax, municipality=make_municipality(name), **fields)


def rows(html):
    """The cells of the table, row by row, as a reader sees them."""
    found = re.findall(r"<tr>\s*<th scope=\"row\">(.*?)</tr>", html, re.DOTALL)
    return [[re.sub(r"<[^>]+>", "", cell).strip() for cell in re.split(r"</t[hd]>", row)][:-1] for row in found]


def test_every_municipality_has_a_row_in_the_newest_year(client, towns):
    assert rows(page(client, ADDRESS)) == [
        ["釧路市", "釧路", "120", "+20", "D120"],
        ["帯広市", "十勝", "70", "—", "D70"],
        ["根室市", "根室", "—", "—", "資料になし"],
        ["厚岸町", "釧路", "500", "—", "D500"],
    ]


def test_the_page_says_how_many_have_a_figure_and_which_is_largest(client, towns):
    html = page(client, ADDRESS)
    assert "3市町村の数値です。1市町村は資料にありません。いちばん大きいのは厚岸町の500円です。" in html
    assert "当初の額です。" in html
    assert "予算.xlsx › 予算額" in html


def test_a_cell_is_named_with_its_sheet_where_there_are_several(client, towns, tax):
    make_indicator_figure(
        indicator=tax,
        municipality=make_municipality("根室市"),
        fiscal_year=2022,
        run=make_run(),
        sheet="追加",
        cell="B2",
    )
    assert [row[-1] for row in rows(page(client, ADDRESS))] == [
        "予算.xlsx › 予算額 › D120",
        "予算.xlsx › 予算額 › D70",
        "予算.xlsx › 追加 › B2",
        "予算.xlsx › 予算額 › D500",
    ]


def test_what_is_counted_is_rounded_in_sentences_where_it_is_large(client):
    given = make_indicator("寄附の件数", slug="gifts", measure="count")
    town = make_municipality("根室市")
    for year, amount in ((2021, 58), (2022, 99_999), (2023, 723_336)):
        make_indicator_figure(indicator=given, municipality=town, fiscal_year=year, amount=amount)
    assert "いちばん大きいのは根室市の約72万3,000件です" in page(client, "/indicators/gifts/")
    assert "いちばん大きいのは根室市の99,999件です" in page(client, "/indicators/gifts/2022/")
    assert '<td class="number" data-label="令和5年度（件）">723,336</td>' in page(client, "/indicators/gifts/")


def test_bars_of_a_thousand_and_more_have_no_decimals(client):
    tax, town = make_indicator("税", slug="all"), make_municipality("根室市")
    for year, amount in ((2021, 778_940_000_000), (2022, 803_500_000_000)):
        make_indicator_figure(indicator=tax, municipality=town, fiscal_year=year, amount=amount)
    html = page(client, "/indicators/all/")
    assert ">7,789</text>" in html
    assert ">8,035</text>" in html
    assert "全道の税の合計は1年で約246億円増え、8,035億円" in html
    assert "令和3年度は約7,789億円でした。" in html


def test_an_earlier_year_has_its_own_address(client, towns):
    html = page(client, f"{ADDRESS}2021/")
    assert rows(html)[0] == ["釧路市", "釧路", "100", "—", "D100"]
    assert 'href="/indicators/tax/2022/"' in html


@pytest.mark.parametrize("address", ["/indicators/none/", "/indicators/tax/2020/", "/indicators/none/figures.csv"])
def test_what_has_no_figures_is_not_found(client, towns, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("order=most", ["厚岸町", "釧路市", "帯広市", "根室市"]),
        ("order=least", ["帯広市", "釧路市", "厚岸町", "根室市"]),
        ("office=kushiro", ["釧路市", "厚岸町"]),
        ("office=kushiro&order=most", ["厚岸町", "釧路市"]),
        ("office=nowhere", ["釧路市", "帯広市", "根室市", "厚岸町"]),
    ],
)
def test_a_reader_narrows_and_orders_the_table(client, towns, query, names):
    assert [row[0] for row in rows(page(client, f"{ADDRESS}?{query}"))] == names


def test_other_years_keep_what_was_asked(client, towns):
    assert 'href="/indicators/tax/2021/?office=kushiro&amp;order=most"' in page(
        client, f"{ADDRESS}?office=kushiro&order=most&x=1"
    )


def test_the_download_has_every_year_with_its_source(client, towns):
    text = b"".join(client.get(f"{ADDRESS}figures.csv")).decode("utf-8-sig")
    lines = list(csv.DictReader(StringIO(text)))
    assert [(line["全国地方公共団体コード"], line["年度（西暦）"], line["値（円）"]) for line in lines] == [
        ("012068", "2021", "100"),
        ("012068", "2022", "120"),
        ("012076", "2022", "70"),
        ("016624", "2022", "500"),
    ]
    assert (lines[0]["単位"], lines[0]["出どころ（セル）"]) == ("円", "D100")


def test_the_list_and_the_search_lead_to_it(client, towns):
    make_indicator("まだ数値のない指標")
    rebuild()
    for address in ("/indicators/", "/figures/", "/search/?q=普通交付税"):
        html = page(client, address)
        assert 'href="/indicators/tax/"' in html
        assert "まだ数値のない指標" not in html


def test_a_page_takes_as_many_queries_for_all_towns_as_for_one(client, tax):
    make_indicator_figure(indicator=tax, municipality=make_municipality("釧路市"))
    one = queries_of(client, ADDRESS)
    for name in ("厚岸町", "根室市", "羅臼町", "帯広市"):
        make_indicator_figure(indicator=tax, municipality=make_municipality(name))
    assert queries_of(client, ADDRESS) == one


def test_a_figure_typed_in_moves_the_kept_pages(client, towns, tax):
    before = ContentVersion.current()
    client.force_login(make_administrator())
    form = {"indicator": tax.pk, "municipality": make_municipality("根室市").pk, "fiscal_year": "R4", "amount": "9"}
    assert client.post("/admin/regions/indicatorfigure/add/", form).status_code == 302
    assert ContentVersion.current() != before
    assert tax.figures.get(amount=9).entered_by == make_administrator()


def test_what_figures_are_of_stays_while_there_are_any(client, towns, tax):
    client.force_login(make_administrator())
    address = f"/admin/regions/indicator/{tax.pk}/change/"
    form = {"name": "交付税", "slug": "other", "measure": "count", "stage": "", "order": "0", "source": "総務省"}
    assert client.post(address, form_data(client.get(address)) | form).status_code == 302
    tax.refresh_from_db()
    assert (tax.name, tax.slug, tax.measure) == ("交付税", "tax", "yen")


def test_a_page_of_one_office_speaks_of_that_office(client, towns, tax):
    make_indicator_figure(indicator=tax, municipality=make_municipality("厚岸町"), fiscal_year=2021, amount=300)
    html = page(client, f"{ADDRESS}?office=kushiro")
    assert "<h1>普通交付税<small>（釧路総合振興局管内の市町村別）</small></h1>" in html
    assert "令和4年度（2022）の、釧路総合振興局管内の2市町村の数値です。" in html
    assert "釧路総合振興局管内の普通交付税の合計は1年で220円増え、620円" in html
    assert html.index("figures.csv?office=kushiro") < html.index('figures.csv">全道の')


def test_the_download_of_an_office_has_its_municipalities_alone(client, towns):
    response = client.get(f"{ADDRESS}figures.csv?office=tokachi")
    lines = list(csv.DictReader(StringIO(b"".join(response).decode("utf-8-sig"))))
    assert [line["市町村"] for line in lines] == ["帯広市"]
    assert "%E5%8D%81%E5%8B%9D" in response["Content-Disposition"]


def test_a_year_in_which_some_are_missing_has_no_total(client, towns, tax):
    assert "合計は" not in page(client, ADDRESS)
    for name, amount in (("厚岸町", 300), ("帯広市", 80)):
        make_indicator_figure(indicator=tax, municipality=make_municipality(name), fiscal_year=2021, amount=amount)
    make_indicator_figure(indicator=tax, municipality=make_municipality("釧路市"), fiscal_year=2020, amount=9)
    assert "全道の普通交付税の合計は1年で210円増え、690円" in page(client, ADDRESS)


def test_the_towns_of_all_hokkaido_are_no_stops_of_the_tab_key(client, towns):
    assert page(client, ADDRESS).count('tabindex="-1">') == 4
    assert 'tabindex="-1">' not in page(client, f"{ADDRESS}?office=kushiro")
