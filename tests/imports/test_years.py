"""Of which year a figure is saved: a fiscal year is no year of the calendar, and what is not said is asked."""

import re

import pytest

from regions.imports import KINDS
from sumairu.imports.comparing import Outcome, compare
from sumairu.imports.kinds import SKIP, kinds
from sumairu.imports.saving import answer, preview
from sumairu.lib.workbooks import read_workbook
from tests.factories import make_indicator, make_municipality, make_program
from tests.imports.books import book

pytestmark = pytest.mark.django_db
INDICATOR = KINDS[0]


def compared(title, heading="人口（人）", kind=INDICATOR, answers=None, sheet="一覧"):
    rows = [[title], ["市町村", heading], ["釧路市", 165077], ["根室市", 24636]]
    return compare(kind, read_workbook(book((sheet, rows)), "人口.xlsx"), answers)


def years(comparison):
    return [(line.outcome, line.year) for line in comparison.lines]


@pytest.fixture(autouse=True)
def towns():
    for name in ("釧路市", "根室市"):
        make_municipality(name)


@pytest.mark.parametrize(
    ("counts_by", "day", "title"),
    [
        ("fiscal_year", "", "令和2年度 市町村別人口"),
        ("calendar_year", "", "令和2年 市町村別人口"),
        ("day", "10月1日", "令和2年国勢調査 市町村別人口"),
        ("day", "", "令和2年国勢調査 市町村別人口"),
    ],
)
def test_what_counts_as_the_workbook_says_is_not_asked(counts_by, day, title):
    make_indicator("人口", measure="people", counts_by=counts_by, counted_on=day)
    assert years(compared(title)) == [(Outcome.NEW, 2020)] * 2


def asked(*args, **kw):
    comparison = compared(*args, **kw)
    ((question, lines),) = comparison.questions
    assert len(lines) == 2
    return question


def test_a_calendar_year_is_asked_about_where_fiscal_years_count():
    make_indicator("人口", measure="people")
    question = asked("令和2年国勢調査 市町村別人口")
    assert question.choices == (("same", "令和2年度（2020）"),)
    assert "「令和2年」" in question.text
    assert "人口は年度で数えます" in question.text
    assert years(compared("令和2年国勢調査 市町村別人口", answers={question.key: "same"})) == [(Outcome.NEW, 2020)] * 2
    left_out = compared("令和2年国勢調査 市町村別人口", answers={question.key: SKIP})
    assert {line.outcome for line in left_out.lines} == {Outcome.SKIPPED}
    assert question.key in left_out.settled


def test_a_fiscal_year_is_asked_about_where_calendar_years_count():
    make_indicator("人口", measure="people", counts_by="calendar_year")
    question = asked("令和2年度 市町村別人口")
    assert question.choices == (("same", "令和2年（2020）"),)


def test_a_day_before_april_may_lie_in_either_of_two_years():
    make_indicator("人口", measure="people", counts_by="day", counted_on="1月1日")
    question = asked("令和5年度 市町村別人口")
    assert question.choices == (("same", "令和5年1月1日（2023）"), ("next", "令和6年1月1日（2024）"))
    assert "人口は毎年1月1日の数です" in question.text
    assert years(compared("令和5年度 市町村別人口", answers={question.key: "next"})) == [(Outcome.NEW, 2024)] * 2


def test_years_of_budgets_are_fiscal():
    make_program(official_name="地域づくり総合交付金")
    rows = [["令和3年 予算額"], ["制度名", "予算額（千円）"], ["地域づくり総合交付金", 100]]
    comparison = compare(kinds()["budget"], read_workbook(book(("予算", rows)), "予算.xlsx"))
    ((question, _),) = comparison.questions
    assert question.choices == (("same", "令和3年度（2021）"),)


def test_no_year_at_all_is_asked_in_the_word_of_the_calendar():
    make_indicator("人口", measure="people", counts_by="calendar_year")
    question = asked("市町村別人口")
    assert "年が書かれていません。いつの数値ですか。" in question.text
    answer, words = question.choices[-1]
    assert re.fullmatch(r"(令和|平成)[0-9元]+年（20[0-9][0-9]）", words)
    assert {line.outcome for line in compared("市町村別人口", answers={question.key: answer}).lines} == {Outcome.NEW}


def test_two_years_that_a_sheet_states_are_offered_once_each_with_its_place():
    make_indicator("人口", measure="people")
    question = asked("令和3年度 市町村別人口", sheet="R4")
    assert question.text == "シート「R4」の年度は、表題では令和3年度、シート名では令和4年度です。どちらですか。"
    assert question.choices == (
        ("fiscal 2021", "令和3年度（表題「令和3年度 市町村別人口」）"),
        ("fiscal 2022", "令和4年度（シート名「R4」）"),
    )
    for chosen, year in (("fiscal 2021", 2021), ("fiscal 2022", 2022)):
        answered = compared("令和3年度 市町村別人口", sheet="R4", answers={question.key: chosen})
        assert years(answered) == [(Outcome.NEW, year)] * 2
        assert answered.settled[question.key].words_of(chosen)
    left_out = compared("令和3年度 市町村別人口", sheet="R4", answers={question.key: SKIP})
    assert {line.outcome for line in left_out.lines} == {Outcome.SKIPPED}
    assert not question.key.holds_for_others


@pytest.mark.parametrize("chosen", ["fiscal 1999", "same", ""])
def test_a_year_that_the_sheet_does_not_state_is_no_answer(chosen):
    make_indicator("人口", measure="people")
    question = asked("令和3年度 市町村別人口", sheet="R4")
    assert asked("令和3年度 市町村別人口", sheet="R4", answers={question.key: chosen}) == question


def test_the_last_day_of_a_fiscal_year_is_of_either_year():
    make_indicator("人口", measure="people", counts_by="day", counted_on="3月31日")
    question = asked("人口（令和6年3月31日現在）")
    assert question.text == "シート「一覧」の年は、表題では令和6年か令和5年度です。どちらですか。"
    assert (
        years(compared("人口（令和6年3月31日現在）", answers={question.key: "calendar 2024"}))
        == [(Outcome.NEW, 2024)] * 2
    )


def test_an_answer_in_the_other_calendar_is_asked_about_as_any_year_is():
    make_indicator("人口", measure="people")
    question = asked("令和2年国勢調査 市町村別人口", sheet="R4")
    answers = {question.key: "calendar 2020"}
    second = asked("令和2年国勢調査 市町村別人口", sheet="R4", answers=answers)
    assert second.choices == (("same", "令和2年度（2020）"),)
    answered = compared("令和2年国勢調査 市町村別人口", sheet="R4", answers=answers | {second.key: "same"})
    assert years(answered) == [(Outcome.NEW, 2020)] * 2


def test_tables_of_a_sheet_that_state_other_years_are_asked_of_by_themselves():
    make_indicator("人口", measure="people")
    table = [["市町村", "人口（人）"], ["釧路市", 165077], ["根室市", 24636]]
    rows = [["令和3年度 人口"], *table, [], ["令和5年度 人口"], *table]
    comparison = compare(INDICATOR, read_workbook(book(("R4", rows)), "人口.xlsx"))
    assert [len(lines) for _, lines in comparison.questions] == [2, 2]


def test_the_answer_of_a_preview_gives_the_year():
    make_program(official_name="地域づくり総合交付金")
    rows = [["令和3年度 予算額"], ["制度名", "予算額（千円）"], ["地域づくり総合交付金", 100]]
    run, comparison = preview(kinds()["budget"], book(("R4", rows)), "予算.xlsx")
    ((question, _),) = comparison.questions
    answered = answer(kinds()["budget"], run, {question.key: "fiscal 2022"}, [])
    assert years(answered) == [(Outcome.NEW, 2022)]
