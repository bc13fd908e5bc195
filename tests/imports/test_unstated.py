"""Units that a sheet does not state: asked once for a column, and remembered with the way in which a workbook is read."""

import pytest

from sumairu.imports.comparing import Outcome, compare
from sumairu.imports.kinds import kinds
from sumairu.imports.saving import answer, keep_layout, preview, previewed, save
from sumairu.lib.workbooks.reading import read
from tests.factories import make_headquarters_editor, make_indicator, make_program
from tests.imports.books import book, long_book

pytestmark = pytest.mark.django_db


def without_unit(*years, sheet="予算額", header=()):
    return book((sheet, [["制度名", *(header or years)], ["地域づくり総合交付金", *([4_580] * len(header or years))]]))


def outcomes(comparison):
    return {line.cell: (line.outcome, line.after_words) for line in comparison.lines}


def test_each_unit_is_offered_with_what_the_first_number_would_be(budget, kofukin):
    _, comparison = preview(budget, without_unit("R2年度", "R3年度"), "予算.xlsx")
    [(question, lines)] = comparison.questions
    assert len(lines) == 2
    assert [words for _, words in question.choices] == [
        "円（4,580円）",
        "千円（458万円）",
        "百万円（45億8,000万円）",
        "億円（4,580億円）",
    ]


def test_columns_of_other_names_are_asked_of_by_themselves(budget, kofukin):
    _, comparison = preview(budget, without_unit(header=("R3年度当初", "R3年度補助基準面積")), "予算.xlsx")
    assert len(comparison.questions) == 2


def test_a_number_that_is_left_out_is_not_asked_of_again(budget, kofukin):
    run, comparison = preview(budget, without_unit("R2年度", "R3年度"), "予算.xlsx")
    comparison = answer(budget, run, {comparison.questions[0][0].key: "skip"}, [])
    assert comparison.counts == dict.fromkeys(("error", "question", "changed", "new", "unchanged"), 0) | {"skipped": 2}


def test_a_unit_that_gives_fractions_of_a_yen_is_an_error(budget, kofukin):
    rows = [["制度名", "R3年度"], ["地域づくり総合交付金", 0.5]]
    run, comparison = preview(budget, book(("予算額", rows)), "予算.xlsx")
    comparison = answer(budget, run, {comparison.questions[0][0].key: "円"}, [])
    assert [line.reason for line in comparison.of(Outcome.ERROR)] == ["「0.5」は1円未満の端数になります（0.5円）。"]


def test_one_cell_without_a_unit_among_others_is_a_slip_and_not_asked_of(budget, kofukin):
    make_program(slug="other", official_name="ほかの制度")
    rows = [["制度名", "単位", "R3年度"], ["地域づくり総合交付金", "千円", 4_580], ["ほかの制度", None, 100]]
    _, comparison = preview(budget, book(("予算額", rows)), "予算.xlsx")
    assert {cell: outcome for cell, (outcome, _) in outcomes(comparison).items()} == {
        "C2": Outcome.NEW,
        "C3": Outcome.ERROR,
    }


def test_a_unit_in_the_header_is_never_asked_for(budget, kofukin):
    rows = [["地域づくり総合交付金", "全道", "R3年度", "当初", 100]]
    _, comparison = preview(budget, long_book(rows), "長い表.xlsx")
    assert comparison.questions == []


def test_the_answer_is_remembered_with_the_layout_whatever_the_sheet_is_called(budget, kofukin):
    run, comparison = preview(budget, without_unit("R2年度", "R3年度", sheet="R3予算"), "今年.xlsx")
    [(question, _)] = comparison.questions
    keep_layout(run, "予算の推移", make_headquarters_editor())
    save(budget, run, answer(budget, run, {question.key: "百万円"}, []).digest)
    run, comparison = preview(budget, without_unit("R3年度", "R4年度", sheet="R4予算"), "来年.xlsx")
    assert (comparison.counts["new"], comparison.counts["unchanged"], comparison.to_settle) == (1, 1, [])
    assert previewed(budget, run).settled.keys() == {"unitofyen@column:!R4予算"}


def test_a_year_that_no_sheet_states_is_chosen_once(budget, kofukin):
    rows = [["制度名", "当初予算（千円）", "最終予算（千円）"], ["地域づくり総合交付金", 4_580, 4_600]]
    run, comparison = preview(budget, book(("予算額", rows)), "予算.xlsx")
    [(question, lines)] = comparison.questions
    assert (question.title, len(lines)) == ("年度が分かりません", 2)
    assert not question.key.holds_for_others
    comparison = answer(budget, run, {question.key: "2021"}, [])
    assert {line.cell: line.year for line in comparison.of(Outcome.NEW)} == {"B2": 2021, "C2": 2021}


def test_of_what_counts_by_calendar_years_such_a_year_is_asked(all_towns):
    make_indicator("人口", measure="people", counts_by="calendar_year")
    rows = [["市町村", "人口（人）"], ["釧路市", 158_000]]
    comparison = compare(kinds()["indicator"], read(book(("一覧", rows)), (), "一覧.xlsx"))
    [(question, _)] = comparison.questions
    assert question.title == "年が分かりません"
    comparison = compare(kinds()["indicator"], read(book(("一覧", rows)), (), "一覧.xlsx"), {question.key: "2020"})
    assert [line.words for line in comparison.of(Outcome.NEW)] == ["人口・釧路市・令和2年（2020）"]


def test_unit_and_year_are_asked_one_after_the_other_and_both_hold(budget, kofukin):
    rows = [["制度名", "予算額"], ["地域づくり総合交付金", 4_580]]
    run, comparison = preview(budget, book(("予算額", rows)), "予算.xlsx")
    comparison = answer(budget, run, {comparison.questions[0][0].key: "千円"}, [])
    comparison = answer(budget, run, {comparison.questions[0][0].key: "2021"}, [])
    assert [(line.year, line.value) for line in comparison.of(Outcome.NEW)] == [(2021, 4_580_000)]
