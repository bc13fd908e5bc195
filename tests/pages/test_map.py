"""One thing of all municipalities on a map, with its table."""

import re
from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from sumairu.lib.wareki import fiscal_year_on
from tests.costs import page, queries_of
from tests.factories import (
    make_edition,
    make_fact,
    make_indicator,
    make_indicator_figure,
    make_initiative,
    make_municipal_fact,
    make_municipality,
    make_program,
    make_rule,
    make_subprefecture,
    make_window,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def towns():
    found = {name: make_municipality(name) for name in ("帯広市", "釧路市", "厚岸町", "根室市", "羅臼町")}
    for town, people in zip(found.values(), (160_000, 165_000, 9_000, 24_000, 4_700), strict=True):
        make_municipal_fact(municipality=town, value=people)
    return found


def drawn(html):
    """Of each municipality on the map: its step, and what is said of it."""
    shapes = re.findall(r'<a href="/municipalities/(\d+)/" data-step="(\w+)">\s*<title>([^<]*)', html)
    return {code: (step, text) for code, step, text in shapes}


def test_every_town_is_a_link_in_its_step_and_a_row_of_the_table(client, towns):
    html = page(client, "/map/")
    assert drawn(html) == {
        "012076": ("3", "帯広市 160,000人"),
        "012068": ("4", "釧路市 165,000人"),
        "016624": ("1", "厚岸町 9,000人"),
        "012238": ("2", "根室市 24,000人"),
        "016942": ("1", "羅臼町 4,700人"),
    }
    table = html.split('id="table"')[1]
    assert re.findall(r'<td class="number">(\d)</td>', table) == ["1", "2", "3", "4", "5"]
    assert "</svg>4,700から9,000人　2市町村</li>" in html
    assert "出どころ：国勢調査" in html


def test_a_town_without_a_figure_is_hatched_and_said(client, towns):
    towns["羅臼町"].facts.all().delete()
    html = page(client, "/map/?show=fact.population")
    assert drawn(html)["016942"] == ("unknown", "羅臼町 資料なし")
    assert "資料なし　1市町村" in html
    assert html.split('id="table"')[1].count("資料なし") == 1


def test_per_head_is_asked_in_the_address_and_says_by_what_it_is_divided(client, towns):
    tax = make_indicator("普通交付税", slug="tax")
    make_indicator_figure(indicator=tax, municipality=towns["根室市"], amount=2_400_000_000)
    assert "/map/?show=indicator.tax&amp;per=head" in page(client, "/map/?show=indicator.tax")
    html = page(client, "/map/?show=indicator.tax&per=head")
    assert drawn(html)["012238"][1] == "根室市 100,000円／人"
    assert "2020年10月1日の国勢調査の総人口で割った値です。" in html


def test_a_ratio_is_never_seen_per_head(client, towns):
    make_municipal_fact(municipality=towns["根室市"], fact=make_fact("ratio", label="比率", unit="％"), value=90)
    for address in ("/map/?show=fact.ratio", "/map/?show=fact.ratio&per=head"):
        html = page(client, address)
        assert "per=head" not in re.sub(r"(?s)この表をダウンロード.*?</p>", "", html.split("<main")[1])
        assert drawn(html)["012238"][1] == "根室市 90％"


def test_years_stand_beside_each_other_in_the_same_steps(client, towns):
    for town in towns.values():
        make_municipal_fact(municipality=town, year=2015, value=200_000)
    html = page(client, "/map/?show=fact.population&year=2015")
    assert drawn(html)["012238"][1] == "根室市 200,000人"
    small = html.split('id="small-title"')[1].split("</section>")[0]
    assert re.findall(r"<b>(.+?)</b>", small) == ["平成27年（2015）", "令和2年（2020）"]
    first = small.split("<li>")[1]
    assert re.findall(r'<g data-step="(\w+)">', first) == ["3"]
    assert first.count("<use") == 5


def test_where_a_programme_may_be_used(client, towns):
    edition = make_edition(program=make_program(slug="one", official_name="市の補助金"))
    make_rule(edition=edition, fact=make_fact("kind", kind="text"), value="市")
    html = page(client, "/map/?show=program.one")
    assert drawn(html)["012238"] == ("4", "根室市 使える")
    assert drawn(html)["016942"][1] == "羅臼町 対象外"


def test_where_a_call_is_open(client, towns):
    edition = make_edition(program=make_program(slug="one"), fiscal_year=fiscal_year_on(localdate()))
    tomorrow = localdate() + timedelta(days=1)
    make_window(edition=edition, subprefecture=make_subprefecture("nemuro"), opens_on=None, closes_on=tomorrow)
    html = page(client, "/map/?show=call.one")
    assert drawn(html)["012238"] == ("4", "根室市 受付中")
    assert drawn(html)["012068"] == ("unknown", "釧路市 資料なし")


def test_whom_an_initiative_concerns(client, towns):
    initiative = make_initiative(code="kushiro-2021-1")
    html = page(client, "/map/?show=initiative.kushiro-2021-1")
    assert {code for code, (step, _) in drawn(html).items() if step == "4"} == {"012068", "016624"}
    assert "管内のすべてのまち" in html
    initiative.municipalities.add(towns["根室市"])
    html = page(client, "/map/?show=initiative.kushiro-2021-1")
    assert {code for code, (step, _) in drawn(html).items() if step == "4"} == {"012238"}


@pytest.mark.parametrize(
    "show", ["x", "fact.none", "indicator.none", "program.none", "call.x", "initiative.x", "fact."]
)
def test_what_there_is_not_is_said(client, towns, show):
    assert "地図に示せるものがありません" in page(client, f"/map/?show={show}")


def test_the_table_can_be_taken_away(client, towns):
    text = b"".join(client.get("/map/?show=fact.population&format=csv&table=towns")).decode("utf-8-sig")
    assert text.splitlines()[1].startswith("012068,釧路市,釧路総合振興局,165000,1")


def test_it_costs_as_much_for_many_years_and_programmes_as_for_one(client, towns):
    tax = make_indicator("普通交付税", slug="tax")
    for year in (2019, 2020):
        make_indicator_figure(indicator=tax, municipality=towns["根室市"], fiscal_year=year)
    make_rule()
    one = queries_of(client, "/map/?show=indicator.tax")
    for year in range(2010, 2019):
        make_indicator_figure(indicator=tax, municipality=towns["根室市"], fiscal_year=year)
        make_rule()
    assert queries_of(client, "/map/?show=indicator.tax") == one


def test_all_together_over_the_years_and_per_head(client, towns):
    births = make_fact("births", label="出生数")
    for year, value in ((2019, 200), (2020, 100)):
        for town in towns.values():
            make_municipal_fact(municipality=town, fact=births, year=year, value=value)
    make_municipal_fact(municipality=towns["根室市"], fact=births, year=2021, value=1)
    html = page(client, "/map/?show=fact.births&year=2020")
    assert "全道の出生数の合計は1年で500人減り、500人" in html
    people = 160_000 + 165_000 + 9_000 + 24_000 + 4_700
    html = page(client, "/map/?show=fact.births&year=2020&per=head")
    assert f"{500 / people * 1000:.2f}人／千人</h3>" in html


def test_ratios_are_not_added_up(client, towns):
    for year in (2019, 2020):
        for town in towns.values():
            make_municipal_fact(municipality=town, fact=make_fact("ratio", label="比率", unit="％"), year=year)
    assert "全道では" not in page(client, "/map/?show=fact.ratio")
