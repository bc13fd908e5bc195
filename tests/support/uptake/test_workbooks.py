"""What towns took, as workbooks have it: programme beside the town, over the columns, over the table; and back again."""

import pytest
from django.test import Client

from sumairu.imports.comparing import compare
from sumairu.imports.kinds import kinds
from sumairu.imports.saving import preview, save
from sumairu.lib.blank_workbooks import blank_workbook
from sumairu.lib.workbooks import read_workbook
from sumairu.pages.views import table_csv
from support.uptake.models import Counted, UptakeFigure
from tests.factories import (
    make_edition,
    make_headquarters_editor,
    make_municipality,
    make_program,
    make_uptake,
)
from tests.lib.workbooks.builders import sheets, xlsx

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def places():
    for slug, name in (("kofukin", "地域づくり総合交付金"), ("akiya", "空き家再生補助金")):
        make_edition(program=make_program(slug=slug, official_name=name))
    for town in ("釧路市", "厚岸町", "根室市"):
        make_municipality(town)


def read(content, answers=None):
    return compare(kinds()["uptake"], read_workbook(content, "実績.xlsx"), answers)


def told(comparison):
    """Of every figure that would be new what it was understood as; fails where anything else came of a cell."""
    assert [(line.words, line.reason) for line in comparison.of("error", "question")] == []
    return [(line.words, line.value) for line in comparison.of("new")]


def test_programme_and_town_may_stand_beside_each_other_with_the_years_as_columns():
    content = xlsx(
        [
            ["交付決定額（単位：千円）"],
            ["市町村", "制度名", "令和3年度", "令和4年度"],
            ["釧路市", "地域づくり総合交付金", 1200, 900],
            ["厚岸町", "空き家再生補助金", 300, None],
        ]
    )
    assert told(read(content)) == [
        ("地域づくり総合交付金・釧路市・令和3年度（2021）・交付決定額", 1_200_000),
        ("地域づくり総合交付金・釧路市・令和4年度（2022）・交付決定額", 900_000),
        ("空き家再生補助金・厚岸町・令和3年度（2021）・交付決定額", 300_000),
    ]


def test_a_sheet_may_be_of_one_programme():
    rows = [["令和3年度 交付決定額"], ["市町村", "交付決定額（千円）"], ["釧路市", 10], ["根室市", 20]]
    content = sheets({"地域づくり総合交付金": rows, "空き家再生補助金": rows})
    assert [words for words, _ in told(read(content))] == [
        "地域づくり総合交付金・釧路市・令和3年度（2021）・交付決定額",
        "地域づくり総合交付金・根室市・令和3年度（2021）・交付決定額",
        "空き家再生補助金・釧路市・令和3年度（2021）・交付決定額",
        "空き家再生補助金・根室市・令和3年度（2021）・交付決定額",
    ]


def test_columns_may_be_of_programmes_or_of_what_is_counted():
    content = xlsx(
        [
            ["令和3年度 地域づくり総合交付金"],
            ["市町村", "交付決定件数（件）", "交付決定額（千円）", "交付確定額（千円）"],
            ["釧路市", 2, 1200, 1150],
        ]
    )
    assert [(words.rpartition("・")[2], value) for words, value in told(read(content))] == [
        ("交付決定件数", 2),
        ("交付決定額", 1_200_000),
        ("交付確定額", 1_150_000),
    ]


def test_people_are_read_as_people():
    content = xlsx([["地域づくり総合交付金 派遣者数（人）"], ["市町村", "令和3年度"], ["釧路市", 2]])
    assert told(read(content)) == [("地域づくり総合交付金・釧路市・令和3年度（2021）・派遣者数", 2)]


def test_an_amount_that_says_neither_is_asked_about_once_and_never_guessed():
    content = xlsx(
        [["地域づくり総合交付金"], ["市町村", "令和3年度 交付額（千円）"], ["釧路市", 1200], ["厚岸町", 300]]
    )
    [(question, lines)] = read(content).questions
    assert question.title == "交付決定額ですか、交付確定額ですか"
    assert len(lines) == 2
    answered = read(content, {question.key: "settled"})
    assert [words.rpartition("・")[2] for words, _ in told(answered)] == ["交付確定額", "交付確定額"]


def test_a_name_that_is_no_programme_is_asked_about():
    content = xlsx([["市町村", "制度名", "令和3年度 交付決定額（千円）"], ["釧路市", "地域づくり交付金", 1200]])
    [(question, _)] = read(content).questions
    assert "地域づくり交付金" in question.text


def test_a_blank_is_no_nothing_and_deletes_nothing():
    make_uptake(program=make_edition().program)
    content = xlsx(
        [["地域づくり総合交付金 交付決定額（千円）"], ["市町村", "令和3年度"], ["釧路市", None], ["厚岸町", 0]]
    )
    comparison = read(content)
    assert told(comparison) == [("地域づくり総合交付金・厚岸町・令和3年度（2021）・交付決定額", 0)]


def test_each_figure_is_saved_with_its_cell():
    content = xlsx([["地域づくり総合交付金 交付決定額（千円）"], ["市町村", "令和3年度"], ["釧路市", 1200]])
    kind = kinds()["uptake"]
    run, comparison = preview(kind, content, "実績.xlsx", make_headquarters_editor())
    save(kind, run, comparison.digest)
    figure = UptakeFigure.objects.get()
    assert (figure.amount, figure.cell, figure.raw, figure.unit) == (1_200_000, "B3", "1200", "千円")
    assert figure.run == run


def exported(format):
    client = Client()
    client.force_login(make_headquarters_editor())
    address = "/admin/support_uptake/uptakefigure/export/"
    return client.post(address, {"format": format, "resource": "0"}).content


EXPORTS = {
    "xlsx": lambda kind: (exported("0"), "一覧.xlsx"),
    "csv": lambda kind: (exported("1"), "一覧.csv"),
    "open data": lambda kind: (b"".join(table_csv(None, "uptake")), "実績.csv"),
    "blank": lambda kind: (blank_workbook(kind.label, kind.blanks()), "ひな形.xlsx"),
}


@pytest.mark.parametrize("export", EXPORTS)
def test_what_goes_out_comes_back_as_what_is_on_record(export):
    programs = [make_edition().program, make_edition(program=make_program(official_name="1万円の応援")).program]
    for program in programs:
        for town, year in (("釧路市", 2021), ("厚岸町", 2022)):
            for number, counted in enumerate(Counted):
                make_uptake(
                    program=program,
                    municipality=make_municipality(town),
                    fiscal_year=year,
                    counted=counted,
                    amount=number,
                )
    kind = kinds()["uptake"]
    comparison = compare(kind, read_workbook(*EXPORTS[export](kind)))
    assert [(line.words, line.reason) for line in comparison.of("error", "question", "new", "changed")] == []
    assert comparison.counts["unchanged"] == UptakeFigure.objects.count()
