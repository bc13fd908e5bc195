from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from support.charts import budget_charts, charts_of, dispatch_charts
from support.models import BudgetFigure, DispatchFigure
from tests.factories import (
    make_budget_figure,
    make_dispatch_figure,
    make_edition,
    make_file,
    make_headquarters_editor,
    make_run,
    make_subprefecture,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def run():
    saved_at = datetime(2026, 4, 15, 10, tzinfo=ZoneInfo("Asia/Tokyo"))
    return make_run(file=make_file("予算・派遣実績.xlsx"), state="saved", saved_at=saved_at)


@pytest.fixture
def program():
    return make_edition(source="住まいる北海道", source_note="内訳は書かれていません。").program


@pytest.fixture
def budgets(program, run):
    amounts = {2018: 4_550_000_000, 2019: 4_550_000_000, 2020: 4_580_000_000, 2021: 4_580_000_000}
    return [
        make_budget_figure(program=program, run=run, sheet="推移", cell=f"D{row}", fiscal_year=year, amount_yen=amount)
        for row, (year, amount) in enumerate(amounts.items(), 4)
    ]


def chart():
    (chart,) = budget_charts(BudgetFigure.objects.published().of_the_prefecture())
    return chart


def details():
    return {detail["term"]: detail["text"] for detail in chart().details}


def test_a_chart_says_what_became_of_the_figures(budgets):
    assert chart().message.heading == "予算額は4年続けて45億円台"
    assert [bar.value_label for bar in chart().drawing.bars] == ["45.5", "45.5", "45.8", "45.8"]
    assert chart().caption.endswith("の予算額（億円）")


def test_a_table_gives_every_year_with_its_cell(budgets):
    rows = [(row.year, row.value, row.difference, row.as_printed, row.cell) for row in chart().rows]
    assert rows[0] == (2018, "4,550,000", "—", "45.5億円", "推移 › D4")
    assert rows[2] == (2020, "4,580,000", "+30,000", "45.5億円", "推移 › D6")


def test_a_difference_across_a_missing_year_is_not_told(program):
    make_dispatch_figure(program=program, fiscal_year=2018, headcount=38)
    make_dispatch_figure(program=program, fiscal_year=2020, headcount=33)
    (chart,) = dispatch_charts(DispatchFigure.objects.all())
    assert [row.difference for row in chart.rows] == ["—", "—"]
    assert "令和元年度の数字はありません" in chart.message.detail


def test_the_source_opens_to_file_day_and_role_but_no_name(budgets, run):
    run.uploaded_by = make_headquarters_editor()
    run.save()
    assert chart().summary == "予算・派遣実績.xlsx › 推移 › D4〜D7（2026年4月取込）"
    assert details()["取り込み"] == "2026年4月15日（水）　職員による取込"
    assert details()["SHA-256"] == run.file.sha256
    assert details()["もとの資料"] == "住まいる北海道"
    assert run.uploaded_by.name not in str(chart())


def test_the_value_before_the_last_change_is_told(budgets):
    budgets[-1].amount_yen = 4_600_000_000
    budgets[-1].type_in(make_headquarters_editor())
    budgets[-1].amount_yen = 4_700_000_000
    budgets[-1].type_in(make_headquarters_editor())
    assert chart().rows[-1].before == "4,600,000"
    assert "令和3年度（2021）は46億円（" in details()["その前の値"]


def test_a_figure_that_was_typed_says_so(budgets):
    budgets[-1].type_in(make_headquarters_editor())
    assert chart().rows[-1].cell == "職員による入力"
    assert chart().summary.startswith("職員による入力（")
    assert "令和3年度（2021）の値" in details()["職員による入力"]


def test_figures_from_several_files_name_theirs(budgets, program):
    make_budget_figure(program=program, run=make_run(file=make_file("令和4年度.xlsx")), fiscal_year=2022)
    assert chart().rows[-1].cell == "令和4年度.xlsx › 予算額 › B6"
    assert chart().rows[0].cell == "予算・派遣実績.xlsx › 推移 › D4"
    assert chart().summary.endswith("ほか")


def test_a_stage_is_named_where_the_source_states_one(program):
    make_budget_figure(program=program, fiscal_year=2020)
    make_budget_figure(program=program, fiscal_year=2021, stage="補正後", supplement="2月補正")
    assert [row.stage for row in chart().rows] == ["", "2月補正"]


@pytest.mark.parametrize(
    ("yen", "label", "unit"),
    [
        pytest.param(123_456_789_012, "1,235", "億円", id="of 1,000 and more no tenths"),
        pytest.param(12_345_678_901, "123.5", "億円", id="rounded"),
        pytest.param(90_000_000, "9,000", "万円", id="less than 1億"),
        pytest.param(0, "0", "万円", id="nothing"),
    ],
)
def test_bars_are_labelled_in_the_unit_that_suits(program, yen, label, unit):
    make_budget_figure(program=program, amount_yen=yen)
    assert (chart().drawing.bars[0].value_label, chart().caption[-3:-1]) == (label, unit)


def test_the_edition_of_the_newest_year_drawn_is_what_its_note_comes_from(budgets, program):
    make_edition(program=program, fiscal_year=2024, source_note="別の年の注記")
    assert chart().edition.source_note == "内訳は書かれていません。"


def test_one_office_s_figures_are_drawn_by_themselves(budgets, program):
    make_budget_figure(program=program, subprefecture=make_subprefecture(), amount_yen=10**8)
    (own,) = budget_charts(BudgetFigure.objects.published().for_region(make_subprefecture()))
    assert [row.value for row in own.rows] == ["100,000"]
    assert len(chart().rows) == 4


def test_charts_read_no_workbook_and_cost_as_much_for_twenty_programmes_as_for_one(django_assert_num_queries):
    def draw():
        return budget_charts(BudgetFigure.objects.published().of_the_prefecture(), most=20)

    make_budget_figure()
    draw()
    for _ in range(19):
        make_budget_figure()
    with django_assert_num_queries(4) as queries:
        assert len(draw()) == 20
    assert not any('"content"' in query["sql"] for query in queries)


def test_a_programme_s_own_charts_are_budgets_and_people(program, budgets):
    make_dispatch_figure(program=program)
    make_budget_figure()
    assert [chart.measure.slug for chart in charts_of(program)] == ["budget", "dispatch"]
