"""The towns like one: by what they are alike, and what they may use or do that this one does not."""

import re

import pytest
from django.utils.timezone import localdate

from regions.similar import SimilarTowns
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
    make_uptake,
    make_window,
)

pytestmark = pytest.mark.django_db

ADDRESS = "/municipalities/012238/similar/"
STATISTICS = {  # people, people five years before, over 65, primary, workers, finance, hectares
    "根室市": (24_000, 26_000, 8_400, 2_400, 12_000, "0.30", 40_000),
    "厚岸町": (9_000, 9_800, 3_200, 1_000, 4_500, "0.25", 70_000),
    "羅臼町": (4_700, 5_400, 1_500, 1_100, 2_900, "0.20", 39_000),
    "釧路市": (165_000, 175_000, 56_000, 1_900, 73_000, "0.44", 136_000),
}
FACTS = [
    "population_65_and_over",
    "workers_primary",
    "workers",
    "fiscal_capability_index",
    "area_ha",
]


@pytest.fixture
def towns():
    found = {}
    for name, (people, before, *others) in STATISTICS.items():
        found[name] = town = make_municipality(name)
        make_municipal_fact(municipality=town, value=people)
        make_municipal_fact(municipality=town, value=before, year=2015)
        for slug, value in zip(FACTS, others, strict=True):
            make_municipal_fact(municipality=town, fact=make_fact(slug, label=slug), value=value, source=slug)
    return found


def order(client, query=""):
    """The towns of the table, the nearest first."""
    table = page(client, f"{ADDRESS}?{query}").split("<tbody>")[1].split("</tbody>")[0]
    return re.findall(r'<th scope="row"><a[^>]*>(?:<[^>]*>)*([^<]+)', table)


def test_measures_are_what_the_statistics_say(towns):
    measures = {each.name: each for each in SimilarTowns().measures}
    nemuro = towns["根室市"].pk
    assert {name: each.text(nemuro) for name, each in measures.items()} == {
        "population": "24,000",
        "change": "−7.7",
        "aged": "35.0",
        "primary": "20.0",
        "finance": "0.30",
        "area": "40,000",
    }
    assert measures["finance"].year_words == "令和2年度（2020）"
    assert measures["change"].year_words == "2015年から2020年まで"
    assert measures["primary"].source == "workers_primary、workers"


def test_weights_in_the_address_change_the_order(client, towns):
    others = "change=0&aged=0&primary=0&finance=0"
    assert order(client, f"{others}&area=0") == ["厚岸町", "羅臼町", "釧路市"]
    assert order(client, f"{others}&population=0") == ["羅臼町", "厚岸町", "釧路市"]


@pytest.mark.parametrize("junk", ["9", "-1", "x", "1.5", "１2"])
def test_a_weight_that_is_none_counts_as_usual_and_is_said(client, towns, junk):
    html = page(client, f"{ADDRESS}?population={junk}")
    assert "0から3までの整数で選んでください。1として並べています。" in html
    assert order(client, f"population={junk}") == order(client)


def test_without_any_weight_there_is_no_order(client, towns):
    html = page(client, f"{ADDRESS}?population=0&change=0&aged=0&primary=0&finance=0&area=0")
    assert "重みを1以上にしてください" in html


def test_what_is_not_known_is_said_and_left_out(client, towns):
    towns["羅臼町"].facts.filter(fact__slug="fiscal_capability_index").delete()
    towns["根室市"].facts.filter(fact__slug="area_ha").delete()
    html = page(client, ADDRESS)
    assert "<small>財政力指数、面積を除く</small>" in html
    assert "根室市について登録がなく、使っていない項目：面積" in html


def test_what_they_may_use_and_this_town_may_not(client, towns):
    year = fiscal_year_on(localdate())
    only_towns = make_edition(program=make_program(official_name="町の補助金"), fiscal_year=year)
    make_rule(edition=only_towns, fact=make_fact("kind", kind="text"), value="町", wording="町が対象です")
    make_window(edition=only_towns, opens_on=None, closes_on=None)
    for_all = make_edition(program=make_program(official_name="みんなの補助金"), fiscal_year=year)
    make_rule(edition=for_all, wording="市町村が対象です")
    html = page(client, ADDRESS).split('id="near-title"')[0]
    assert "町の補助金" in html
    assert "みんなの補助金" not in html


def test_what_they_do_and_this_town_does_not(client, towns):
    for name, title in (("厚岸町", "牡蠣の取組"), ("根室市", "花咲の取組")):
        make_initiative(title=title).municipalities.add(towns[name])
    both = make_initiative(title="二つのまちの取組")
    both.municipalities.add(towns["厚岸町"], towns["根室市"])
    html = page(client, ADDRESS)
    assert "牡蠣の取組" in html
    assert "花咲の取組" not in html
    assert "二つのまちの取組" not in html


def test_the_page_of_a_town_leads_to_those_like_it(client, towns):
    html = page(client, "/municipalities/012238/").split("似たまち</h2>")[1]
    codes = [towns[name].code for name in order(client)]
    assert re.findall(r'<li><a href="/municipalities/(\d+)/">', html) == codes
    assert f'href="{ADDRESS}"' in html


def test_a_town_of_which_nothing_is_known_has_nobody_like_it(client):
    make_municipality("根室市")
    assert "統計が登録されていない" in page(client, ADDRESS)
    assert "似たまち</h2>" not in page(client, "/municipalities/012238/")


def test_it_costs_as_much_for_many_programmes_as_for_one(client, towns):
    make_rule()
    make_initiative().municipalities.add(towns["厚岸町"])
    make_indicator_figure(municipality=towns["厚岸町"])
    one = queries_of(client, ADDRESS)
    for number in range(5):
        make_rule()
        make_initiative().municipalities.add(towns["厚岸町"])
        make_indicator_figure(indicator=make_indicator(f"指標{number}"), municipality=towns["厚岸町"])
    assert queries_of(client, ADDRESS) == one


def test_what_they_used_and_this_town_is_not_known_to_have_used(client, towns):
    used, ours, nothing = (make_program(official_name=f"{name}補助金") for name in ("牡蠣", "花咲", "無縁"))
    for program in (used, ours, nothing):
        make_edition(program=program)
    make_uptake(program=used, municipality=towns["厚岸町"], amount=1_200_000)
    make_uptake(program=nothing, municipality=towns["厚岸町"], amount=0)
    for name in ("厚岸町", "根室市"):
        make_uptake(program=ours, municipality=towns[name])
    html = page(client, ADDRESS).split('id="near-title"')[0]
    assert "牡蠣補助金" in html
    assert "120万円" in html
    assert "花咲補助金" not in html
    assert "無縁補助金" not in html


def test_figures_that_they_have_and_this_town_has_none_of(client, towns):
    """Whatever the year: a town of which an indicator was recorded once is not without it. A recorded 0 is a figure."""
    gifts, tax, zero = (make_indicator(name) for name in ("ふるさと納税", "普通交付税", "移住者"))
    for year in (2021, 2022):
        make_indicator_figure(indicator=gifts, municipality=towns["厚岸町"], fiscal_year=year, amount=year * 10_000)
    make_indicator_figure(indicator=tax, municipality=towns["厚岸町"], fiscal_year=2022)
    make_indicator_figure(indicator=tax, municipality=towns["根室市"], fiscal_year=2020)
    make_indicator_figure(indicator=zero, municipality=towns["羅臼町"], amount=0)
    html = page(client, ADDRESS).split('id="near-title"')[0]
    assert "根室市の数値は、このサイトにまだ記録がありません" in html
    assert re.findall(r"ふるさと納税</a> <small>([^<]+)", html) == ["令和4年度（2022）、2,022万円"]
    assert re.findall(r"移住者</a> <small>([^<]+)", html) == ["令和3年度（2021）、0円"]
    assert "普通交付税" not in html


def test_the_list_can_be_taken_away_with_its_weights(client, towns):
    text = b"".join(client.get(f"{ADDRESS}?population=3&format=csv&table=near")).decode("utf-8-sig")
    first, second, *_ = text.splitlines()[1:]
    assert first == "012238,根室市,根室振興局,,24000,-7.7,35.0,20.0,0.30,40000"
    assert second.split(",")[1] == order(client, "population=3")[0]
    told = client.get(f"{ADDRESS}?population=3&format=json&table=near")
    assert "人口の重み 3" in b"".join(told).decode()
