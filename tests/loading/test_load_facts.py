from io import StringIO
from itertools import chain

import pytest
from django.core.management import call_command
from django.db.models import Count, Sum

from regions.models import (
    CooperationRegion,
    Fact,
    Initiative,
    MunicipalFact,
    Municipality,
    RegionalPolicy,
    Subprefecture,
)
from sumairu.lib.codes import check_digit
from sumairu.lib.eligibility import State
from sumairu.loading import content
from sumairu.loading.content import load_content
from sumairu.loading.facts import load_tables
from sumairu.loading.models import LoadedContent
from support.models import (
    ApplicationWindow,
    BudgetFigure,
    DispatchDuty,
    DispatchFigure,
    LocalNote,
    Program,
    ProgramEdition,
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
PROGRAMS = {  # every one that the prefecture's paper of 2021 names, by pillar
    "financial": ["chiiki-zukuri-kofukin", "chiiki-seisaku-suishin", "kuni-kofukin-sodan", "kigyo-furusato-nozei"],
    "informational": [
        "kadai-chosa",
        "senko-jirei",
        "sosei-journal",
        "do-joho-teikyo",
        "kuni-shin-seido-sodan",
        "resas-bunseki",
    ],
    "human": ["chiiki-shinko-haken", "chiiki-sosei-shuccho-support", "kigyo-matching"],
}
INITIATIVES = {
    "kushiro-2021-1": "国定公園化を契機とした新たなひとの流れ創出",
    "kushiro-2021-2": "くしろ地域と東京特別区による関係醸成プロジェクト",
    "kushiro-2021-3": "担い手の確保・人材育成等を通じた地域産業の振興",
    "nemuro-2021-1": "新型コロナウイルスを克服するための「ねむろの食と観光」競争力強化",
    "nemuro-2021-2": "根室地域産エゾシカ肉「根室ディア」の普及促進",
    "nemuro-2021-3": "「根室七星」の消費拡大",
}


@pytest.fixture
def loaded(official_tables):
    load_content()


def load_facts():
    out = StringIO()
    call_command("load_facts", stdout=out)
    return out.getvalue()


# --- Official tables ----------------------------------------------------------------------------------------------


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


# --- Content ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("pillar", "slugs"), PROGRAMS.items(), ids=PROGRAMS)
def test_every_programme_of_the_paper_is_there_and_public(loaded, pillar, slugs):
    assert list(Program.objects.of(pillar).published().values_list("slug", flat=True)) == slugs
    assert ProgramEdition.objects.published().in_year(2021).filter(program__pillar=pillar).count() == len(slugs)


def test_every_initiative_of_the_paper_is_there_and_public(loaded):
    assert dict(Initiative.objects.published().values_list("code", "title")) == INITIATIVES


def test_directions_of_2021_are_there_without_a_text(loaded):
    directions = RegionalPolicy.objects.published().in_year(2021)
    assert [(row.subprefecture.slug, row.text) for row in directions] == [("kushiro", ""), ("nemuro", "")]


def test_content_says_where_it_comes_from(loaded):
    rows = chain(ProgramEdition.objects.all(), Initiative.objects.all(), RegionalPolicy.objects.all())
    assert [row for row in chain(rows, LocalNote.objects.all(), DispatchDuty.objects.all()) if not row.source] == []


def test_doubts_about_the_source_are_written_down(loaded):
    assert "釧路と根室のどちら" in Initiative.objects.get(code="kushiro-2021-3").source_note
    assert (
        "この交付金だけの額か"
        in ProgramEdition.objects.get(program__slug="chiiki-zukuri-kofukin", fiscal_year=2021).source_note
    )


def test_content_is_valid_as_an_editor_would_have_to_write_it(loaded):
    for row in chain(Program.objects.all(), ProgramEdition.objects.all(), Initiative.objects.all()):
        row.full_clean()
    for edition in ProgramEdition.objects.all():
        for part in chain(edition.rules.all(), edition.windows.all(), edition.local_notes.all()):
            part.full_clean()


def test_names_in_the_files_are_those_of_rows(loaded):
    initiatives = content.read("regions")["initiatives"]
    named = sum(len(record.get("themes", [])) for record in initiatives)
    assert Initiative.themes.through.objects.count() == named > 0


def test_figures_come_only_from_the_workbook(loaded):
    assert not BudgetFigure.objects.exists()
    assert not DispatchFigure.objects.exists()


@pytest.mark.parametrize(
    ("slug", "state", "reason"),
    [
        ("chiiki-zukuri-kofukin", State.USABLE, "市町村の事業が対象です"),
        ("chiiki-shinko-haken", State.DEPENDS, "広域性やモデル性の高い取組か、振興局長が判断します"),
        ("chiiki-seisaku-suishin", State.EXCLUDED, "振興局が地域と連携して行う事業で、市町村の申込みはありません"),
    ],
    ids=["usable", "depends", "excluded"],
)
def test_a_town_is_told_what_it_may_use_and_why(loaded, slug, state, reason):
    verdict = (
        Program.objects.get(slug=slug)
        .editions.latest("fiscal_year")
        .verdict(eligibility_facts(Municipality.objects.get(code="016624")))
    )
    assert (verdict.state, verdict.reasons) == (state, (reason,))


def test_windows_of_2024_differ_by_office_and_applicant(loaded):
    days = ApplicationWindow.objects.values_list("subprefecture__slug", "applicant", "opens_on", "closes_on")
    assert {(office, who, f"{opens}", f"{closes}") for office, who, opens, closes in days} == {
        ("tokachi", "group", "2024-08-01", "2024-08-21"),
        ("tokachi", "municipality", "2024-08-01", "2024-08-28"),
        ("shiribeshi", "group", "None", "2024-08-21"),
    }


def test_duties_of_dispatched_staff_are_the_four_of_the_paper(loaded):
    assert [duty.name for duty in DispatchDuty.objects.all()] == [
        "関係人口の創出",
        "地域森林資源の循環利用システムの構築",
        "コロナ禍における地域創生の推進",
        "周辺エリアからの集客を促す広域観光の推進",
    ]


def test_what_an_editor_changed_is_not_overwritten(loaded):
    Initiative.objects.filter(code="nemuro-2021-3").update(summary="書き直した要約です。")
    load_content()
    assert Initiative.objects.get(code="nemuro-2021-3").summary == "書き直した要約です。"


def test_what_an_editor_deleted_does_not_come_back(loaded):
    Initiative._base_manager.filter(code="nemuro-2021-3").delete()  # past the rule that what was public stays
    ProgramEdition._base_manager.filter(program__slug="resas-bunseki").delete()
    Program.objects.get(slug="resas-bunseki").delete()
    assert load_content() == {}
    assert not Initiative.objects.filter(code="nemuro-2021-3").exists()
    assert not Program.objects.filter(slug="resas-bunseki").exists()


def test_a_later_edition_of_a_programme_that_was_deleted_is_left_out(loaded):
    program = Program.objects.get(slug="resas-bunseki")
    ProgramEdition._base_manager.filter(program=program).delete()
    program.delete()
    LoadedContent.objects.filter(key="edition:resas-bunseki-2021").delete()
    assert load_content() == {}


def test_what_somebody_wrote_before_the_first_load_is_left_as_it_is(official_tables):
    program = Program.objects.create(
        slug="resas-bunseki", pillar="informational", official_name="RESAS", plain_name="分析"
    )
    load_content()
    program.refresh_from_db()
    assert (program.official_name, program.aliases.count()) == ("RESAS", 0)


def test_the_command_says_what_it_put_in(few_statistics):
    assert "支援制度：13件を入れました" in load_facts()
