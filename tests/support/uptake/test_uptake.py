"""What towns took of programmes: what is known, what is not, and where it is told."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from openpyxl import load_workbook

from support.uptake.models import Counted, UptakeFigure
from support.uptake.records import uptake_of_towns
from support.uptake.totals import totals
from tests.admin_forms import form_data, post_confirmed
from tests.costs import page, queries_of
from tests.factories import (
    make_dispatch,
    make_edition,
    make_editor,
    make_headquarters_editor,
    make_initiative,
    make_municipality,
    make_program,
    make_theme,
    make_uptake,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def program():
    return make_edition(program=make_program(slug="kofukin", official_name="地域の交付金")).program


@pytest.fixture
def kushiro():
    return make_municipality("釧路市")


def test_a_figure_says_which_it_is(program, kushiro):
    figure = make_uptake(program=program, counted=Counted.PEOPLE, amount=2)
    assert str(figure) == "地域の交付金・釧路市・令和3年度（2021）・派遣者数 2人"


@pytest.mark.parametrize("counted", Counted)
def test_each_thing_is_counted_in_its_unit(program, counted):
    assert make_uptake(program=program, counted=counted, amount=3).in_words.endswith(counted.unit)


def test_a_town_has_one_of_each_in_a_year(program):
    twin = make_uptake(program=program)
    make_uptake(program=program, counted=Counted.PROJECTS)
    twin.pk = None
    with pytest.raises(ValidationError, match="すでにあります"):
        twin.full_clean()


def test_less_than_nothing_is_taken_by_nobody(program):
    with pytest.raises(ValidationError, match="0以上"):
        UptakeFigure(program=program, municipality=make_municipality(), fiscal_year=2021, amount=-1).full_clean()


def test_what_is_counted_of_one_year_is_one_line(program, kushiro):
    make_uptake(program=program, amount=1_200_000)
    make_uptake(program=program, amount=2, counted=Counted.PROJECTS)
    [uptake] = uptake_of_towns([kushiro])[kushiro.pk]
    assert uptake.in_words == "交付決定額120万円、交付決定件数2件"
    assert not uptake.took_nothing


def test_a_town_without_a_record_is_not_one_that_took_nothing(program, kushiro):
    nemuro = make_municipality("根室市")
    make_uptake(program=program, amount=0)
    found = uptake_of_towns([kushiro, nemuro])
    assert [uptake.took_nothing for uptake in found[kushiro.pk]] == [True]
    assert found[nemuro.pk] == []


def test_sums_say_of_how_many_towns_they_are(program):
    make_uptake(program=program, amount=100)
    make_uptake(program=program, amount=0, municipality=make_municipality("根室市"))
    make_uptake(program=program, amount=1, counted=Counted.PROJECTS)
    found = totals(UptakeFigure.objects.published(), "fiscal_year")[2021]
    assert (found.towns, found.sums) == (2, {"decided": (100, 2), "projects": (1, 1)})


def test_what_is_invented_is_shown_until_there_is_something_real(program):
    invented = make_uptake(program=program, is_sample=True)
    assert list(UptakeFigure.objects.published()) == [invented]
    real = make_uptake(program=program, fiscal_year=2022)
    assert list(UptakeFigure.objects.published()) == [real]


def test_people_are_counted_once_and_the_ledger_stands_beside_them_for_staff(client, program):
    figure = make_uptake(program=program, counted=Counted.PEOPLE, amount=3)
    for state in ("filled", "filled", "wanted"):
        make_dispatch(program=program, state=state, starts_on="2021-04-01", ends_on="2022-03-31")
    make_dispatch(program=program, state="filled", starts_on="2022-04-01")
    assert figure.seats_in_ledger == 2
    client.force_login(make_headquarters_editor())
    html = page(client, f"/admin/support_uptake/uptakefigure/{figure.pk}/change/")
    assert "2席（この実績のほうが1人多い）" in html
    assert "3人" not in page(client, "/programs/kofukin/").partition("派遣者数")[0]


def test_an_office_keeps_what_its_own_towns_took_and_gives_none_of_it_away(client, program):
    make_municipality("根室市")
    ours = make_uptake(program=program)
    theirs = make_uptake(program=program, municipality=make_municipality("根室市"), fiscal_year=2020)
    client.force_login(make_editor("kushiro"))
    address = f"/admin/support_uptake/uptakefigure/{ours.pk}/change/"
    data = form_data(client.get(address))
    refused = client.post(address, data | {"municipality": theirs.municipality.pk})
    assert refused.context["adminform"].form.errors.keys() == {"municipality"}
    assert post_confirmed(client, address, data | {"amount": "5"}).status_code == 302
    ours.refresh_from_db()
    assert (ours.municipality.name, ours.amount, ours.entered_by) == ("釧路市", 5, make_editor("kushiro"))
    other = address.replace(str(ours.pk), str(theirs.pk))
    client.post(other, data | {"amount": "7"})
    theirs.refresh_from_db()
    assert theirs.amount == 1_200_000


def test_the_page_of_a_town_says_what_it_took(client, program, kushiro):
    make_uptake(program=program, amount=1_200_000)
    html = page(client, "/municipalities/012068/")
    assert "釧路市が使った制度" in html
    assert "1,200,000" in html
    assert "出どころ：予算.xlsx › 予算額 › B6" in html
    assert "が使った制度" not in page(client, f"/municipalities/{make_municipality('根室市').code}/")


def test_what_was_typed_in_is_told_apart_by_what_is_counted(client, program, kushiro):
    for counted, amount in ((Counted.DECIDED, 1_200_000), (Counted.PROJECTS, 2)):
        figure = UptakeFigure(program=program, municipality=kushiro, fiscal_year=2021, counted=counted, amount=amount)
        figure.type_in(make_editor("kushiro"))
    html = page(client, f"/municipalities/{kushiro.code}/")
    assert html.count(f"令和3年度の{program}の交付決定額、令和3年度の{program}の交付決定件数の値") == 1


def test_the_page_of_a_programme_says_who_took_it(client, program):
    make_uptake(program=program, amount=1_200_000)
    make_uptake(program=program, amount=300_000, municipality=make_municipality("根室市"), fiscal_year=2020)
    html = page(client, "/programs/kofukin/")
    assert "使ったまち" in html
    assert "1,200,000（1市町村）" in html
    assert "300,000（1市町村）" in html
    assert '<a href="/municipalities/012068/">釧路市</a>' in html


def test_the_page_of_an_initiative_says_what_its_towns_took_of_its_themes(client, program):
    initiative, theme = make_initiative(), make_theme()
    make_uptake(program=program, amount=1_200_000)
    assert "関係するまちが使った制度" not in page(client, initiative.get_absolute_url())
    initiative.themes.add(theme)
    program.themes.add(theme)
    assert "1,200,000" in page(client, initiative.get_absolute_url())
    initiative.municipalities.add(make_municipality("厚岸町"))
    assert "1,200,000" not in page(client, initiative.get_absolute_url())


def test_the_list_is_of_the_newest_year_unless_it_is_narrowed(client, program):
    make_uptake(program=program, amount=111)
    make_uptake(program=program, amount=222, fiscal_year=2022)
    rows = page(client, "/uses/").partition("振興局ごとの合計")[0]
    assert "222" in rows
    assert "111" not in rows
    of_town = page(client, "/uses/?town=釧路市").partition("年度ごとの合計")[0]
    assert "222" in of_town
    assert "111" in of_town


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("office=kushiro", True),
        ("office=nemuro", False),
        ("year=2021", True),
        ("year=2022", False),
        ("program=kofukin", True),
        ("town=012068", True),
        ("town=根室市", False),
    ],
)
def test_the_list_is_narrowed(client, program, query, found):
    make_uptake(program=program, amount=111)
    make_uptake(program=make_edition().program, amount=5, fiscal_year=2022, municipality=make_municipality("根室市"))
    rows = page(client, f"/uses/?{query}").partition("振興局ごとの合計")[0].partition("年度ごとの合計")[0]
    assert ("111" in rows) == found


def test_what_is_not_known_is_never_said_to_be_nothing(client, program):
    make_uptake(program=program, amount=111)
    make_uptake(program=program, amount=1, counted=Counted.PROJECTS, municipality=make_municipality("根室市"))
    html = page(client, "/uses/")
    assert html.count("記録なし<") >= 2
    assert ">0<" not in html
    assert "2市町村に記録があります" in html


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
@pytest.mark.parametrize("address", ["/uses/?program=kofukin", "/programs/kofukin/?table=uptake"])
def test_what_is_shown_is_taken_away_and_nothing_else(client, program, address, form):
    make_uptake(program=program, amount=1_234_567)
    make_uptake(program=make_edition().program, amount=7_654_321)
    response = client.get(f"{address}&format={form}")
    content = b"".join(response.streaming_content)
    if form == "xlsx":
        content = repr([cell.value for row in load_workbook(BytesIO(content)).worksheets[0] for cell in row]).encode()
    assert b"1234567" in content
    assert b"7654321" not in content


@pytest.mark.exhaustive
@pytest.mark.parametrize("address", ["/uses/", "/programs/kofukin/", "/municipalities/012068/"])
def test_it_costs_as_many_queries_for_many_rows(client, program, kushiro, address):
    make_uptake(program=program)
    one = queries_of(client, address)
    for year in range(2015, 2021):
        for town in ("釧路市", "厚岸町", "根室市", "羅臼町", "帯広市"):
            for counted in Counted:
                make_uptake(program=program, municipality=make_municipality(town), fiscal_year=year, counted=counted)
    assert queries_of(client, address) <= one
