"""Indicators of years of the calendar and of days: every page, file and form calls their years what they are."""

import csv
from io import StringIO

import pytest
from django.core.exceptions import ValidationError

from regions.models import Indicator, IndicatorFigure
from sumairu.search.index import rebuild
from tests.admin_forms import form_data
from tests.costs import page
from tests.factories import make_headquarters_editor, make_indicator, make_indicator_figure, make_municipality

pytestmark = pytest.mark.django_db


@pytest.fixture
def census():
    """Two towns, each with three years."""
    indicator = make_indicator("人口", slug="population", measure="people", counts_by="day", counted_on="10月1日")
    for name in ("釧路市", "根室市"):
        for year, amount in ((2018, 100), (2019, 90), (2020, 80)):
            make_indicator_figure(
                indicator=indicator, municipality=make_municipality(name), fiscal_year=year, amount=amount
            )
    return indicator


@pytest.fixture
def editor(client):
    client.force_login(make_headquarters_editor())
    return client


@pytest.mark.parametrize("address", ["/indicators/population/", "/indicators/population/2019/", "/indicators/"])
def test_no_page_of_it_calls_a_year_a_fiscal_year(client, census, address):
    main = page(client, address).partition("<main")[2].partition("</main>")[0]
    assert "令和2年" in main
    for word in ("令和2年度", "令和元年度", "前年度", "年度ごと"):
        assert word not in main


def test_its_page_says_the_day(client, census):
    rebuild()
    html = page(client, "/indicators/population/")
    assert "令和2年10月1日（2020）" in html
    assert "前年との差" in html
    assert "年ごとの合計" in html
    assert "令和2年10月1日（2020）まで" in page(client, "/search/?q=人口")
    assert "令和2年10月1日（2020）まで" in page(client, "/data/")


def test_so_does_the_page_of_a_town(client, census):
    html = page(client, Indicator.objects.get().figures.first().municipality.get_absolute_url())
    chart = html.partition('id="numbers-title"')[2].partition("</section>")[0]
    assert "令和元年" in chart
    assert "前年との差" in chart
    assert "年度" not in chart.replace("年度や年ごと", "")


def test_a_file_names_the_calendar_and_the_day(client, census):
    text = b"".join(client.get("/indicators/population/figures.csv")).decode("utf-8-sig")
    [first, *_] = csv.DictReader(StringIO(text))
    assert (first["年（西暦）"], first["年（和暦）"], first["時点"]) == ("2018", "平成30年", "2018-10-01")
    assert "年度（西暦）" not in first


def test_a_file_of_calendar_years_has_no_day(client):
    births = make_indicator("出生数", slug="births", measure="people", counts_by="calendar_year")
    make_indicator_figure(indicator=births)
    header = b"".join(client.get("/indicators/births/figures.csv")).decode("utf-8-sig").partition("\r\n")[0]
    assert "年（西暦）" in header
    assert "時点" not in header


@pytest.mark.parametrize(
    ("counts_by", "typed", "kept"),
    [("day", "10月1日", "10月1日"), ("day", " １０月０１日", "10月1日"), ("day", "", "")],
)
def test_a_day_is_kept_in_one_way_of_writing(counts_by, typed, kept):
    indicator = Indicator(name="人口", slug="population", source="x", counts_by=counts_by, counted_on=typed)
    indicator.full_clean()
    assert indicator.counted_on == kept


@pytest.mark.parametrize(
    ("counts_by", "typed"), [("day", "10/1"), ("day", "13月1日"), ("day", "2月29日"), ("calendar_year", "10月1日")]
)
def test_what_is_no_day_of_every_year_is_refused(counts_by, typed):
    with pytest.raises(ValidationError, match=r"10月1日|時点は"):
        Indicator(name="人口", slug="population", source="x", counts_by=counts_by, counted_on=typed).full_clean()


def add(editor, indicator, year):
    fields = {"indicator": indicator.pk, "municipality": make_municipality("釧路市").pk, "amount": 1, "seen": ""}
    return editor.post("/admin/regions/indicatorfigure/add/", fields | {"fiscal_year": year})


@pytest.mark.parametrize("year", ["令和3年", "R3", "2021", "2021年", "平成33年"])
def test_an_editor_types_a_year_of_the_calendar(editor, year):
    births = make_indicator("出生数", counts_by="calendar_year")
    response = add(editor, births, year)
    kept = list(IndicatorFigure.objects.values_list("fiscal_year", flat=True))
    assert kept == ([] if year == "平成33年" else [2021])
    assert response.status_code == (200 if year == "平成33年" else 302)


@pytest.mark.parametrize(
    ("counts_by", "year", "why"),
    [
        ("calendar_year", "令和3年度", "「数」は年で数えます。「令和3年」でよければ、そう入れてください。"),
        ("fiscal_year", "令和3年", "「数」は年度で数えます。「令和3年度」でよければ、そう入れてください。"),
    ],
)
def test_a_year_of_the_other_calendar_is_not_taken_for_granted(editor, counts_by, year, why):
    assert why in add(editor, make_indicator("数", counts_by=counts_by), year).content.decode()
    assert not IndicatorFigure.objects.exists()


def test_the_form_and_the_list_of_staff_show_it_as_it_is(editor, census):
    figure = census.figures.order_by("fiscal_year").first()
    address = f"/admin/regions/indicatorfigure/{figure.pk}/change/"
    response = editor.get(address)
    assert 'value="平成30年"' in response.content.decode()
    response = editor.post(address, form_data(response) | {"amount": 7})
    assert response.status_code == 302
    assert editor.get("/admin/regions/indicatorfigure/").content.decode().count("平成30年<") == 2


def test_how_years_are_counted_stays_while_there_are_figures(editor, census):
    html = editor.get(f"/admin/regions/indicator/{census.pk}/change/").content.decode()
    assert 'name="counts_by"' not in html
    assert 'name="counted_on"' in html
