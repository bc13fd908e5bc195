from io import StringIO

import pytest
from django.core.management import call_command
from django.db.models import Count, Sum

from regions.models import (
    CooperationRegion,
    Fact,
    MunicipalFact,
    Municipality,
    Subprefecture,
)
from sumairu.lib.codes import check_digit
from sumairu.loading.content import load_content
from sumairu.loading.facts import load_tables
from support.models import (
    Program,
)
from support.models.eligibility import eligibility_facts

OFFICES = {
    "空知": 24,
    "石狩": 8,
    "後志": 20,
    "胆振": 11,
    "日高": 7,
    "渡島": 11,
    "檜山": 7,
    "上川": 23,
    "留萌": 8,
    "宗谷": 10,
    "オホーツク": 18,
    "十勝": 19,
    "釧路": 8,
    "根室": 5,
}


def load_facts():
    out = StringIO()
    call_command("load_facts", stdout=out)
    return out.getvalue()


def test_there_are_6_regions_14_offices_179_municipalities_and_6_villages(official_tables):
    villages = Municipality.objects.filter(northern_territory=True)
    assert (CooperationRegion.objects.count(), Subprefecture.objects.count()) == (6, 14)
    assert (Municipality.objects.governed().count(), villages.count()) == (179, 6)
    assert {village.population for village in villages} == {None}


def test_every_office_has_its_municipalities(official_tables):
    governed = Municipality.objects.governed().order_by()
    counted = governed.values_list("subprefecture__short_name").annotate(Count("pk"))
    assert dict(counted) == OFFICES


def test_population_adds_up_to_the_census(official_tables):
    assert Municipality.objects.aggregate(total=Sum("population"))["total"] == 5_224_614


def test_check_digits_are_right(official_tables):
    assert [town for town in Municipality.objects.all() if town.code[5] != check_digit(town.code5)] == []


def test_municipalities_are_found_by_their_reading(official_tables):
    assert [town.name for town in Municipality.objects.matching("あっけし")] == ["厚岸町"]


@pytest.mark.exhaustive
@pytest.mark.django_db
def test_statistics_are_known_of_all_179_with_earlier_years_and_sources():
    load_tables()
    population = MunicipalFact.objects.filter(fact__slug="population", year=2020)
    births = MunicipalFact.objects.filter(municipality__code="012238", fact__slug="births").order_by("year")
    assert (population.count(), population.aggregate(total=Sum("value"))["total"]) == (179, 5_224_614)
    assert [(row.year, row.value) for row in births][::7] == [(2016, 169), (2023, 103)]
    assert [row.source for row in births][::7] == ["統計センター SSDSE-A-2018", "統計センター SSDSE-A-2026（A4101）"]


def test_units_stay_those_of_the_source(official_tables):
    assert Fact.objects.get(slug="revenue_thousand_yen").unit == "千円"


def test_a_second_run_finds_everything_unchanged(few_statistics):
    load_facts()
    assert "市町村：新規 0、変更 0、変わらず 185" in load_facts()
    assert {(outcome.new, outcome.changed) for outcome in load_tables()} == {(0, 0)}


@pytest.mark.exhaustive
def test_an_official_row_that_somebody_mended_comes_back_up_to_date(official_tables):
    Municipality.objects.filter(code="016624").update(name="あっけし町", population=1)
    assert "市町村：新規 0、変更 1、変わらず 184" in load_facts()
    akkeshi = Municipality.objects.get(code="016624")
    assert (akkeshi.name, akkeshi.population) == ("厚岸町", 8892)


def test_what_somebody_entered_of_a_town_stays(official_tables):
    depopulated = Fact.objects.get(slug="depopulated")
    town = Municipality.objects.get(code="016624")
    MunicipalFact.objects.create(municipality=town, fact=depopulated, year=2022, value=1, source="官報")
    load_tables()
    assert eligibility_facts(town)["depopulated"] is True


def test_what_somebody_wrote_before_the_first_load_is_left_as_it_is(official_tables):
    program = Program.objects.create(
        slug="resas-bunseki", pillar="informational", official_name="RESAS", plain_name="分析"
    )
    load_content()
    program.refresh_from_db()
    assert (program.official_name, program.aliases.count()) == ("RESAS", 0)


def test_the_command_says_what_it_put_in(few_statistics):
    assert "支援制度：13件を入れました" in load_facts()
