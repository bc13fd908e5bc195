"""What is compared side by side, as its address asks."""

import re
from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.costs import page, queries_of
from tests.factories import (
    make_budget_figure,
    make_edition,
    make_fact,
    make_indicator,
    make_indicator_figure,
    make_initiative,
    make_municipal_fact,
    make_municipality,
    make_policy,
    make_program,
    make_rule,
    make_subprefecture,
)

pytestmark = pytest.mark.django_db

TOWNS = "/compare/?towns=012238,016942"


@pytest.fixture
def towns():
    """Three towns, two of one office: 根室市, 羅臼町, 釧路市."""
    found = [make_municipality(name) for name in ("根室市", "羅臼町", "釧路市")]
    for town, people in zip(found, (20_000, 5_000, 160_000), strict=True):
        make_municipal_fact(municipality=town, value=people)
    return found


def rows(client, query):
    """The lines of the file, by item: what stands in them after the unit."""
    text = b"".join(client.get(f"/compare/?{query}&format=csv")).decode("utf-8-sig")
    lines = [line.split(",") for line in text.splitlines()]
    return {item: values for _, item, _, *values in lines[1:]}


def test_a_town_has_its_place_in_all_hokkaido_and_in_its_office(client, towns):
    found = rows(client, "towns=012238,016942")["人口"]
    assert found == [
        "20000",
        "全道2位／3、管内1位／2",
        "5000",
        "全道3位／3、管内2位／2",
        "ちがう",
        "令和2年（2020）",
        "国勢調査",
    ]


def test_a_town_without_a_figure_has_no_place_and_is_no_zero(client, towns):
    make_municipal_fact(municipality=towns[0], fact=make_fact("births", label="出生数"), value=100, year=2023)
    found = rows(client, "towns=012238,016942")["出生数"]
    assert found[:5] == ["100", "全道1位／1、管内1位／1", "", "", "一部が不明"]


def test_per_head_divides_money_and_people_and_never_a_ratio(client, towns):
    for slug, unit, value in (("tax_yen", "千円", 3_000), ("births", "人", 100), ("ratio", "％", 90)):
        fact = make_fact(slug, label=slug, unit=unit)
        for town in towns[:2]:
            make_municipal_fact(municipality=town, fact=fact, value=value, year=2022)
    make_indicator_figure(indicator=make_indicator("寄附"), municipality=towns[0], amount=1_000_000)
    found = rows(client, "towns=012238,016942&per=head")
    assert [found[item][0] for item in ("人口", "tax_yen", "births", "ratio", "寄附")] == [
        "20000",
        "150",
        "5.00",
        "90",
        "50",
    ]
    assert found["tax_yen"][1] == "全道2位／2、管内2位／2"
    assert "2020年10月1日の国勢調査の総人口で割った値" in page(client, f"{TOWNS}&per=head")


def test_what_differs_is_said_in_words_and_alone_where_asked(client, towns):
    html = page(client, TOWNS)
    assert html.count("ちがう</b>") == 2  # 種別, 人口
    assert "根室振興局</td>" in html
    assert "根室振興局</td>" not in page(client, f"{TOWNS}&only=different")


def test_programmes_of_each_town_are_judged_for_it(client, towns):
    edition = make_edition(program=make_program(official_name="市の補助金"))
    make_rule(edition=edition, wording="市が対象です")
    assert "市の補助金" in rows(client, "towns=012238,016942")


def test_one_more_is_added_by_any_of_its_names_and_the_address_stays_short(client, towns):
    response = client.get("/compare/?towns=012238&add=らうすちょう&per=&only=&sort=towns")
    assert response.headers["Location"] == "/compare/?towns=012238,016942"
    assert 'href="/compare/?towns=016942"' in page(client, TOWNS)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("towns=012238,999999", "「999999」という市町村は見つかりません。"),
        ("towns=012238&add=ない町", "「ない町」という市町村は見つかりません。"),
        ("programs=none,nothing", "「none」という支援制度は見つかりません。"),
        ("program=none", "その支援制度は見つかりません。"),
        ("office=none&years=2021", "その振興局は見つかりません。"),
        ("office=nemuro&years=x", "「x」という年度は見つかりません。"),
    ],
)
def test_what_cannot_be_understood_is_said(client, towns, query, words):
    assert words in page(client, f"/compare/?{query}")


def test_of_names_that_several_have_one_is_chosen(client):
    make_municipality("釧路市")
    other = make_municipality("厚岸町")
    other.name, other.kana = "釧路町", "くしろちょう"
    other.save()
    html = page(client, "/compare/?sort=towns&add=釧路")
    assert "「釧路」に当たるまちは、いくつかあります。" in html
    assert re.findall(r'href="(/compare/[^"]+)" rel="nofollow"><span>', html) == [
        "/compare/?towns=012068",
        "/compare/?towns=016624",
    ]


def test_no_more_than_five(client):
    for year in range(2018, 2024):
        make_policy(fiscal_year=year, text=f"{year}の方向")
    html = page(client, "/compare/?office=kushiro&years=2018,2019,2020,2021,2022,2023")
    assert "くらべられるのは5つまでです。「2023」は加えていません。" in html


def test_programmes_stand_side_by_side(client):
    one = make_edition(program=make_program(slug="one", official_name="一の制度"), ceiling="100万円")
    make_edition(program=make_program(slug="two", official_name="二の制度"), ceiling="50万円")
    make_budget_figure(program=one.program, amount_yen=4_000)
    found = rows(client, "programs=two,one")
    assert found["上限と下限"][:3] == ["50万円", "100万円", "ちがう"]
    assert found["予算額"][:3] == ["", "4000", "一部が不明"]


def test_years_of_a_programme_stand_side_by_side(client):
    program = make_program(slug="one")
    for year, ceiling in ((2020, "100万円"), (2021, "50万円")):
        make_edition(program=program, fiscal_year=year, ceiling=ceiling)
    assert rows(client, "program=one&years=2020,2021")["上限と下限"][:3] == ["100万円", "50万円", "ちがう"]
    assert "令和2年度（2020）" in page(client, "/compare/?program=one")


def test_the_words_are_marked_in_which_two_years_differ(client):
    program = make_program(slug="one")
    for year, rate in ((2020, "3分の1以内"), (2021, "2分の1以内")):
        make_edition(program=program, fiscal_year=year, rate=rate)
    for years in ("2020,2021", "2021,2020"):
        html = re.sub(r'<span class="unseen">[^<]*</span>', "", page(client, f"/compare/?program=one&years={years}"))
        assert '<del class="changed">3</del>分の1以内' in html
        assert '<ins class="changed">2</ins>分の1以内' in html


def test_years_of_an_office_stand_side_by_side(client):
    make_policy(fiscal_year=2020, text="海")
    make_policy(fiscal_year=2021, text="森")
    make_initiative(fiscal_year=2021, title="森の取組")
    found = rows(client, "office=kushiro&years=2020,2021")
    assert found["推進方向"][:3] == ["海", "森", "ちがう"]
    assert found["取組"][:3] == ["", "森の取組", "一部が不明"]


def test_an_office_has_the_sum_of_its_towns_only_where_all_are_known(client, towns):
    births = make_fact("births", label="出生数")
    for town, value in ((towns[0], 100), (towns[2], 700)):
        make_municipal_fact(municipality=town, fact=births, value=value, year=2023)
    found = rows(client, "offices=nemuro,kushiro")
    assert found["人口"][:4] == ["25000", "全道2位／2", "160000", "全道1位／2"]
    assert found["出生数"][:4] == ["", "", "700", "全道1位／1"]


def test_the_workbook_has_what_the_page_shows_with_numbers_as_numbers(client, towns):
    response = client.get("/compare/?towns=012238,016942&format=xlsx")
    sheet = load_workbook(BytesIO(b"".join(response)))["根室市と羅臼町をくらべる"]
    lines = {line[1]: line for line in sheet.iter_rows(values_only=True)}
    assert lines["人口"][3] == 20_000
    assert lines["項目"][3:7] == ("根室市", "根室市（補足）", "羅臼町", "羅臼町（補足）")


def test_nothing_to_compare_gives_no_file(client, towns):
    assert client.get("/compare/?towns=012238&format=csv").status_code == 404


def test_it_costs_as_much_for_many_figures_as_for_one(client, towns):
    make_indicator_figure(municipality=towns[0])
    one = queries_of(client, TOWNS)
    for number in range(5):
        fact = make_fact(f"fact_{number}", label=f"数{number}")
        for town in towns:
            make_municipal_fact(municipality=town, fact=fact)
            make_indicator_figure(indicator=make_indicator(f"指標{number}"), municipality=town)
    assert queries_of(client, TOWNS) == one


def test_offices_cost_as_much_for_many_programmes_as_for_one(client):
    offices, address = [make_subprefecture(slug) for slug in ("nemuro", "kushiro")], "/compare/?offices=nemuro,kushiro"
    _budgets_of(offices)
    one = queries_of(client, address)
    for _ in range(5):
        _budgets_of(offices)
    assert queries_of(client, address) == one


def test_of_offices_the_newest_year_of_each_programme_is_compared(client):
    offices = [make_subprefecture(slug) for slug in ("nemuro", "kushiro")]
    early, late = _budgets_of(offices, years=(2020, 2021)), _budgets_of(offices[:1], years=(2023,))
    found = rows(client, "offices=nemuro,kushiro")
    assert found[f"{early}の予算額"][-2] == "令和3年度"
    assert found[f"{late}の予算額"][-2] == "令和5年度"


def _budgets_of(offices, years=(2020, 2021)):
    program = make_edition().program
    for office in offices:
        for year in years:
            make_budget_figure(program=program, subprefecture=office, fiscal_year=year)
    return program
