"""Each caution is given for what it is about, and for nothing else; none stops a save."""

from dataclasses import replace

import pytest

from sumairu.imports.cautions import Caution, cautions
from sumairu.imports.saving import answer, preview, save
from sumairu.lib.workbooks import Remark
from support.models import BudgetFigure
from tests.factories import make_headquarters_editor, make_program
from tests.imports.books import budget_book, long_book

pytestmark = pytest.mark.django_db


def told(kind, content):
    run, comparison = preview(kind, content, "予算.xlsx")
    assert not comparison.to_settle or not comparison.to_write
    return [(each.title, each.cell) for each in cautions(run, comparison)]


def imported(kind, content, name="予算.xlsx"):
    run, comparison = preview(kind, content, name, make_headquarters_editor())
    save(kind, run, comparison.digest)


def test_a_quiet_workbook_gives_no_cause(budget, kofukin):
    assert told(budget, budget_book()) == []


def test_ten_times_last_year_in_the_workbook_or_stored(budget, kofukin):
    assert told(budget, budget_book((45.5, 45.5, 45.8, 458))) == [("前年度と大きく違います", "E6")]
    imported(budget, budget_book())
    next_year = long_book([["地域づくり総合交付金", "全道", "R4", "", 45_800]])
    assert told(budget, next_year) == [("前年度と大きく違います", "E2")]


def test_nine_times_is_not_ten(budget, kofukin):
    assert told(budget, budget_book((45.5, 45.5, 45.8, 412))) == []


def test_a_total_that_does_not_add_up(budget, kofukin):
    run, comparison = preview(budget, budget_book(), "予算.xlsx")
    run.reading = replace(run.reading, remarks=(Remark("予算額", "E9", "50", "内訳の計より1億円 大きい値です。"),))
    assert cautions(run, comparison) == [Caution("計が合いません", "内訳の計より1億円 大きい値です。", "予算額", "E9")]


def test_a_programme_that_had_a_figure_last_year(budget, kofukin):
    others = [make_program(official_name=name).official_name for name in ("地域政策推進事業", "移住促進事業")]
    imported(budget, long_book([[name, "全道", "R2", "当初", 100] for name in (kofukin.official_name, *others)]))
    content = long_book([[name, "全道", "R3", "当初", 100] for name in (kofukin.official_name, others[0])])
    run, comparison = preview(budget, content, "予算.xlsx")
    [caution] = cautions(run, comparison)
    assert "移住促進事業の数値がありません" in caution.text
    assert "令和3年度" in caution.text


def test_a_workbook_of_few_says_nothing_of_the_others(budget, kofukin):
    others = [make_program(official_name=name).official_name for name in ("地域政策推進事業", "移住促進事業")]
    imported(budget, long_book([[name, "全道", "R2", "当初", 100] for name in (kofukin.official_name, *others)]))
    assert told(budget, long_book([[kofukin.official_name, "全道", "R3", "当初", 100]])) == []


def test_the_same_file_again(budget, kofukin):
    content = budget_book()
    imported(budget, content)
    assert told(budget, content) == [("同じブックを取り込んだことがあります", "")]


def test_a_value_that_somebody_typed_in(budget, kofukin):
    imported(budget, budget_book())
    figure = BudgetFigure.objects.get(fiscal_year=2021)
    figure.amount_yen = 4_600_000_000
    figure.type_in(make_headquarters_editor())
    assert told(budget, budget_book((45.5, 45.5, 45.8, 46.1))) == [("手で直された値です", "E6")]


def test_an_older_file_than_the_import_that_set_the_value(budget, kofukin):
    old = budget_book()
    imported(budget, old)
    imported(budget, budget_book((45.5, 45.5, 45.8, 46.1)), "訂正.xlsx")
    assert told(budget, old) == [("同じブックを取り込んだことがあります", ""), ("あとの取込で入った値です", "E6")]


def test_a_name_that_waits_for_its_answer_is_not_missing(budget, kofukin):
    other = make_program(official_name="地域政策推進事業")
    imported(budget, long_book([[name, "全道", "R2", "当初", 100] for name in (kofukin.official_name, str(other))]))
    rows = [[name, "全道", "R3", "当初", 100] for name in (kofukin.official_name, "地域政策推進の事業")]
    run, comparison = preview(budget, long_book(rows), "予算.xlsx")
    assert cautions(run, comparison) == []
    [(question, _)] = comparison.questions
    comparison = answer(budget, run, {question.key: "skip"}, [])
    assert "地域政策推進事業" in cautions(run, comparison)[0].text
