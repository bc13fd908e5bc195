"""The content that every installation starts with, loaded once for all tests here."""

from itertools import chain

import pytest

from regions.models import (
    Initiative,
    Municipality,
    RegionalPolicy,
)
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

pytestmark = pytest.mark.django_db

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


@pytest.fixture(scope="module", autouse=True)
def loaded(loaded_once):
    with loaded_once(load_tables, load_content):
        yield


@pytest.mark.parametrize(("pillar", "slugs"), PROGRAMS.items(), ids=PROGRAMS)
def test_every_programme_of_the_paper_is_there_and_public(pillar, slugs):
    assert list(Program.objects.of(pillar).published().values_list("slug", flat=True)) == slugs
    assert ProgramEdition.objects.published().in_year(2021).filter(program__pillar=pillar).count() == len(slugs)


def test_every_initiative_of_the_paper_is_there_and_public():
    assert dict(Initiative.objects.published().values_list("code", "title")) == INITIATIVES


def test_directions_of_2021_are_there_without_a_text():
    directions = RegionalPolicy.objects.published().in_year(2021)
    assert [(row.subprefecture.slug, row.text) for row in directions] == [("kushiro", ""), ("nemuro", "")]


def test_content_says_where_it_comes_from():
    rows = chain(ProgramEdition.objects.all(), Initiative.objects.all(), RegionalPolicy.objects.all())
    assert [row for row in chain(rows, LocalNote.objects.all(), DispatchDuty.objects.all()) if not row.source] == []


def test_doubts_about_the_source_are_written_down():
    assert "釧路と根室のどちら" in Initiative.objects.get(code="kushiro-2021-3").source_note
    assert (
        "この交付金だけの額か"
        in ProgramEdition.objects.get(program__slug="chiiki-zukuri-kofukin", fiscal_year=2021).source_note
    )


def test_content_is_valid_as_an_editor_would_have_to_write_it():
    for row in chain(Program.objects.all(), ProgramEdition.objects.all(), Initiative.objects.all()):
        row.full_clean()
    for edition in ProgramEdition.objects.all():
        for part in chain(edition.rules.all(), edition.windows.all(), edition.local_notes.all()):
            part.full_clean()


def test_names_in_the_files_are_those_of_rows():
    initiatives = content.read("regions")["initiatives"]
    named = sum(len(record.get("themes", [])) for record in initiatives)
    assert Initiative.themes.through.objects.count() == named > 0


def test_figures_come_only_from_the_workbook():
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
def test_a_town_is_told_what_it_may_use_and_why(slug, state, reason):
    verdict = (
        Program.objects.get(slug=slug)
        .editions.latest("fiscal_year")
        .verdict(eligibility_facts(Municipality.objects.get(code="016624")))
    )
    assert (verdict.state, verdict.reasons) == (state, (reason,))


def test_windows_of_2024_differ_by_office_and_applicant():
    days = ApplicationWindow.objects.values_list("subprefecture__slug", "applicant", "opens_on", "closes_on")
    assert {(office, who, f"{opens}", f"{closes}") for office, who, opens, closes in days} == {
        ("tokachi", "group", "2024-08-01", "2024-08-21"),
        ("tokachi", "municipality", "2024-08-01", "2024-08-28"),
        ("shiribeshi", "group", "None", "2024-08-21"),
    }


def test_duties_of_dispatched_staff_are_the_four_of_the_paper():
    assert [duty.name for duty in DispatchDuty.objects.all()] == [
        "関係人口の創出",
        "地域森林資源の循環利用システムの構築",
        "コロナ禍における地域創生の推進",
        "周辺エリアからの集客を促す広域観光の推進",
    ]


def test_what_an_editor_changed_is_not_overwritten():
    Initiative.objects.filter(code="nemuro-2021-3").update(summary="書き直した要約です。")
    load_content()
    assert Initiative.objects.get(code="nemuro-2021-3").summary == "書き直した要約です。"


def test_what_an_editor_deleted_does_not_come_back():
    Initiative._base_manager.filter(code="nemuro-2021-3").delete()  # past the rule that what was public stays
    ProgramEdition._base_manager.filter(program__slug="resas-bunseki").delete()
    Program.objects.get(slug="resas-bunseki").delete()
    assert load_content() == {}
    assert not Initiative.objects.filter(code="nemuro-2021-3").exists()
    assert not Program.objects.filter(slug="resas-bunseki").exists()


def test_a_later_edition_of_a_programme_that_was_deleted_is_left_out():
    program = Program.objects.get(slug="resas-bunseki")
    ProgramEdition._base_manager.filter(program=program).delete()
    program.delete()
    LoadedContent.objects.filter(key="edition:resas-bunseki-2021").delete()
    assert load_content() == {}
