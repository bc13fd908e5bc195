from datetime import UTC, datetime

import pytest

from sumairu.imports.comparing import Outcome
from sumairu.imports.kinds import SKIP
from sumairu.imports.models import FigureChange, ImportRun
from sumairu.imports.saving import NotSaved, answer, correct, keep_layout, preview, previewed, save
from sumairu.lib.workbooks import Correction
from sumairu.models import StoredFile
from support.models import BudgetFigure
from tests.factories import make_headquarters_editor, make_program, make_subprefecture
from tests.imports.books import book, budget_book, long_book
from tests.lib.workbooks.builders import FILES

pytestmark = pytest.mark.django_db


def import_book(kind, content, name="予算.xlsx"):
    run, comparison = preview(kind, content, name, make_headquarters_editor())
    return save(kind, run, comparison.digest), ImportRun.objects.get(pk=run.pk)


def amounts():
    return dict(BudgetFigure.objects.values_list("fiscal_year", "amount_yen"))


def test_a_preview_writes_no_figure(budget, kofukin):
    run, comparison = preview(budget, budget_book(), "予算.xlsx")
    assert comparison.counts["new"] == 4
    assert (run.state, run.new, amounts()) == ("previewed", 4, {})


def test_a_run_is_called_by_its_day_in_hokkaido(budget, kofukin):
    run, _ = preview(budget, budget_book(), "予算.xlsx")
    run.uploaded_at = datetime(2026, 3, 31, 15, 30, tzinfo=UTC)
    assert str(run) == "予算.xlsx（2026-04-01）"


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        (budget_book(), "予算.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("制度名,R3年度（千円）\n地域づくり総合交付金,4550".encode("cp932"), "予算.csv", "text/csv"),
        ((FILES / "everything.xls").read_bytes(), "予算", "application/vnd.ms-excel"),
        ((FILES / "everything.ods").read_bytes(), "予算.xlsx", "application/vnd.oasis.opendocument.spreadsheet"),
    ],
    ids=["xlsx", "csv", "xls", "ods"],
)
def test_a_workbook_is_kept_as_what_it_is(budget, kofukin, content, name, media_type):
    run, _ = preview(budget, content, name)
    assert (run.file.media_type, bytes(run.file.content)) == (media_type, content)


def test_every_figure_is_saved_with_its_cell(budget, kofukin):
    _, run = import_book(budget, budget_book())
    assert amounts() == {2018: 4_550_000_000, 2019: 4_550_000_000, 2020: 4_580_000_000, 2021: 4_580_000_000}
    figure = BudgetFigure.objects.get(fiscal_year=2021)
    source = (figure.run, figure.sheet, figure.cell, figure.raw, figure.unit)
    assert source == (run, "予算額", "E6", "45.8", "億円")
    assert (run.state, run.uploaded_by, run.saved_at is not None) == ("saved", make_headquarters_editor(), True)


def test_a_changed_number_shows_old_and_new_and_keeps_both(budget, kofukin):
    import_book(budget, budget_book())
    run, comparison = preview(budget, budget_book((45.5, 45.5, 45.8, 46.1)), "予算2.xlsx")
    [changed] = comparison.of(Outcome.CHANGED)
    assert (changed.cell, changed.before_words, changed.after_words) == ("E6", "45億8,000万円", "46億1,000万円")
    assert comparison.counts["unchanged"] == 3
    save(budget, run, comparison.digest)
    figure = BudgetFigure.objects.get(fiscal_year=2021)
    assert figure.amount_yen == 4_610_000_000
    history = FigureChange.of_figure(figure).values_list("before", "after", "run__file__name")
    assert list(history) == [(4_580_000_000, 4_610_000_000, "予算2.xlsx"), (None, 4_580_000_000, "予算.xlsx")]


def test_the_same_workbook_again_changes_nothing_and_says_so(budget, kofukin):
    import_book(budget, budget_book())
    run, comparison = preview(budget, budget_book(), "予算.xlsx")
    assert not comparison.to_write
    with pytest.raises(NotSaved, match="保存するものがありません"):
        save(budget, run, comparison.digest)
    assert FigureChange.objects.count() == 4


def test_what_changed_since_the_preview_is_not_saved_over(budget, kofukin):
    run, comparison = preview(budget, budget_book(), "予算.xlsx")
    import_book(budget, budget_book((1, 1, 1, 1)), "ほかの人.xlsx")
    with pytest.raises(NotSaved, match="確かめたあとに"):
        save(budget, run, comparison.digest)
    assert set(amounts().values()) == {100_000_000}
    save(budget, run, previewed(budget, run).digest)
    assert amounts()[2021] == 4_580_000_000


def test_a_programme_renamed_since_the_preview_stops_the_save(budget, kofukin):
    run, comparison = preview(budget, budget_book(), "予算.xlsx")
    kofukin.official_name = "別の名前"
    kofukin.save()
    with pytest.raises(NotSaved):
        save(budget, run, comparison.digest)
    assert amounts() == {}


def test_a_run_is_saved_once(budget, kofukin):
    run, comparison = preview(budget, budget_book(), "予算.xlsx")
    save(budget, run, comparison.digest)
    with pytest.raises(NotSaved, match="保存済み"):
        save(budget, run, comparison.digest)


def test_a_dropped_run_is_not_saved_but_stays_on_record(budget, kofukin):
    run, comparison = preview(budget, budget_book(), "予算.xlsx")
    run.drop()
    with pytest.raises(NotSaved, match="取りやめ"):
        save(budget, run, comparison.digest)
    assert StoredFile.objects.filter(pk=run.file_id).exists()


def test_one_error_saves_nothing(budget, kofukin):
    run, comparison = preview(budget, budget_book((45.5, "四十五", 45.8, 45.8)), "予算.xlsx")
    [error] = comparison.of(Outcome.ERROR)
    assert (error.cell, error.raw) == ("C6", "四十五")
    with pytest.raises(NotSaved, match="誤り"):
        save(budget, run, comparison.digest)
    assert amounts() == {}


def test_a_save_that_breaks_midway_leaves_nothing(budget, kofukin, monkeypatch):
    run, comparison = preview(budget, budget_book(), "予算.xlsx")

    def broken(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(FigureChange, "add", broken)
    with pytest.raises(RuntimeError):
        save(budget, run, comparison.digest)
    run.refresh_from_db()
    assert (amounts(), run.state) == ({}, "previewed")


def test_a_blank_cell_deletes_nothing(budget, kofukin):
    import_book(budget, budget_book())
    import_book(budget, budget_book((None, None, None, 46)), "空欄あり.xlsx")
    assert amounts() == {2018: 4_550_000_000, 2019: 4_550_000_000, 2020: 4_580_000_000, 2021: 4_600_000_000}


def test_all_errors_are_told_at_once_with_their_cells(budget, kofukin):
    rows = [
        ["地域づくり総合交付金", "全道", "R3年度", "当初", 100],
        ["知らない制度", "全道", "R3年度", "当初", 100],
        ["地域づくり総合交付金", "ホッカイドー", "R3年度", "当初", 100],
        ["地域づくり総合交付金", "全道", "R3年度", "当初", 200],
        ["地域づくり総合交付金", "全道", None, "当初", 300],
    ]
    _, comparison = preview(budget, long_book(rows), "長い表.xlsx")
    errors = {line.cell: line.reason for line in comparison.of(Outcome.ERROR)}
    questions = {line.cell: line.reason for line in comparison.of(Outcome.QUESTION)}
    assert (set(errors), set(questions)) == ({"E2", "E5", "E6"}, {"E3", "E4"})
    assert "「知らない制度」" in questions["E3"]
    assert "「ホッカイドー」" in questions["E4"]
    assert "どちらが正しいか分かりません" in errors["E5"]
    assert "年度が分かりません" in errors["E6"]


def test_stages_and_offices_are_figures_of_their_own(budget, kofukin):
    rows = [
        ["地域づくり総合交付金", "全道", "令和3年度", "当初", 4_580_000],
        ["地域づくり総合交付金", "全道", "令和3年度", "決算", 4_500_000],
        ["地域づくり総合交付金", "釧路総合振興局", "令和3年度", "当初", 300_000],
    ]
    make_subprefecture("kushiro")
    import_book(budget, long_book(rows))
    stored = BudgetFigure.objects.values_list("stage", "subprefecture__slug", "amount_yen").order_by("amount_yen")
    assert list(stored) == [
        ("当初", "kushiro", 300_000_000),
        ("決算", None, 4_500_000_000),
        ("当初", None, 4_580_000_000),
    ]


@pytest.mark.parametrize(
    ("title", "header"),
    [
        pytest.param("地域づくり総合交付金の予算額の推移", "予算額（億円）", id="in the title"),
        pytest.param("予算額の推移", "地域づくり総合交付金（億円）", id="in the header"),
    ],
)
def test_a_table_of_one_programme_may_name_it_above(budget, kofukin, title, header):
    make_program(official_name="総合交付金")
    content = book(("推移", [[title], [], ["年度", header], ["H30", 45.5], ["R元", 45.5], ["R2", 45.8], ["R3", 45.8]]))
    import_book(budget, content)
    assert amounts() == {2018: 4_550_000_000, 2019: 4_550_000_000, 2020: 4_580_000_000, 2021: 4_580_000_000}
    assert set(BudgetFigure.objects.values_list("program", flat=True)) == {kofukin.pk}


def test_years_that_label_the_rows_are_asked_of_as_no_names(budget, kofukin):
    rows = [
        ["地域づくり総合交付金の予算額"],
        [],
        [None, "予算額（億円）"],
        ["平成30年度", 45.5],
        ["元", 45.5],
        ["2", 45.8],
    ]
    import_book(budget, book(("推移", rows)))
    assert amounts() == {2018: 4_550_000_000, 2019: 4_550_000_000, 2020: 4_580_000_000}


def test_a_title_that_names_two_programmes_names_none(budget, kofukin):
    make_program(official_name="地域政策推進事業")
    title = "地域づくり総合交付金と地域政策推進事業の予算額"
    rows = [[title], [], ["年度", "予算額（億円）"], ["R2", 45.8], ["R3", 45.8]]
    run, comparison = preview(budget, book(("推移", rows)), "予算.xlsx")
    [(question, lines)] = comparison.questions
    assert (question.title, len(lines)) == ("どの支援制度の数値ですか", 2)
    comparison = answer(budget, run, {question.key: "program:chiiki-zukuri-kofukin"}, [])
    assert {line.parts["program"] for line in comparison.of(Outcome.NEW)} == {kofukin}


def unknown(program="地域づくり交付金", **kw):
    return budget_book(program=program, **kw)


def test_an_unknown_name_is_a_question_with_the_nearest_names(budget, kofukin):
    _, comparison = preview(budget, unknown(), "予算.xlsx")
    [(question, lines)] = comparison.questions
    assert (question.choices, len(lines)) == ((("program:chiiki-zukuri-kofukin", "地域づくり総合交付金"),), 4)
    assert len(comparison.to_settle) == 4


def test_an_answer_settles_all_its_figures_and_is_remembered_if_the_editor_says_so(budget, kofukin):
    run, comparison = preview(budget, unknown(), "予算.xlsx")
    [(question, _)] = comparison.questions
    comparison = answer(budget, run, {question.key: "program:chiiki-zukuri-kofukin"}, [question.key])
    assert (comparison.counts["new"], comparison.questions) == (4, [])
    assert not kofukin.aliases.exists()
    save(budget, run, comparison.digest)
    assert [alias.name for alias in kofukin.aliases.all()] == ["地域づくり交付金"]
    _, comparison = preview(budget, unknown(values=(1, 2, 3, 4)), "来年.xlsx")
    assert comparison.questions == []


def test_an_answer_not_to_be_remembered_is_of_one_workbook(budget, kofukin):
    run, comparison = preview(budget, unknown(), "予算.xlsx")
    [(question, _)] = comparison.questions
    save(budget, run, answer(budget, run, {question.key: "program:chiiki-zukuri-kofukin"}, []).digest)
    assert not kofukin.aliases.exists()


def test_an_answer_may_be_to_leave_out_and_may_be_taken_back(budget, kofukin):
    run, comparison = preview(budget, unknown(), "予算.xlsx")
    [(question, _)] = comparison.questions
    comparison = answer(budget, run, {question.key: "skip"}, [])
    assert (comparison.counts["skipped"], comparison.to_write) == (4, [])
    assert answer(budget, run, {question.key: None}, []).counts["question"] == 4


def test_a_cell_with_an_error_may_be_left_out(budget, kofukin):
    run, comparison = preview(budget, budget_book((45.5, "四十五", 45.8, 45.8)), "予算.xlsx")
    comparison = answer(budget, run, {"cell:予算額!C6": "skip"}, [])
    assert (comparison.counts["error"], comparison.counts["new"], comparison.to_settle) == (0, 3, [])


def test_what_is_settled_may_be_saved_and_the_rest_left(budget, kofukin):
    run, comparison = preview(budget, budget_book((45.5, "四十五", 45.8, 45.8)), "予算.xlsx")
    save(budget, run, comparison.digest, leaving_rest=True)
    assert set(amounts()) == {2018, 2020, 2021}


def test_an_amount_a_thousandth_of_last_year_s_is_asked_about(budget, kofukin):
    run, comparison = preview(budget, budget_book((45.5, 45.5, 45.8, 0.0458)), "予算.xlsx")
    [(question, [line])] = comparison.questions
    assert (line.cell, [value for value, _ in question.choices]) == ("E6", ["as_written"])
    comparison = answer(budget, run, {question.key: "as_written"}, [])
    assert not comparison.to_settle


def test_of_two_figures_that_contradict_each_other_one_may_be_left_out(budget, kofukin):
    rows = [["地域づくり総合交付金", "全道", "R3", "当初", amount] for amount in (4_580, 4_850)]
    run, comparison = preview(budget, long_book(rows), "予算.xlsx")
    assert len(comparison.of(Outcome.ERROR)) == 2
    save(budget, run, answer(budget, run, {"cell:予算額!E2": SKIP}, []).digest)
    assert amounts() == {2021: 4_850_000}


def test_the_unit_of_a_doubtful_amount_may_be_said(budget, kofukin):
    rows = [
        ["地域づくり総合交付金", "全道", year, "当初", amount] for year, amount in (("R2", 4_550_000), ("R3", 4_580))
    ]
    run, comparison = preview(budget, long_book(rows), "予算.xlsx")
    [(question, _)] = comparison.questions
    assert [value for value, _ in question.choices] == ["as_written", "百万円"]
    comparison = answer(budget, run, {question.key: "百万円"}, [])
    save(budget, run, comparison.digest)
    assert amounts()[2021] == 4_580_000_000


def test_a_corrected_reading_is_kept_and_applied_to_next_year_s_workbook(budget, kofukin):
    def without_unit(*years):
        return book((f"{years[-1]}予算", [["制度名", *years], ["地域づくり総合交付金", *([4_580] * len(years))]]))

    run, comparison = preview(budget, without_unit("R2年度", "R3年度"), "今年.xlsx")
    assert len(comparison.of(Outcome.QUESTION)) == 2
    comparison = correct(budget, run, [Correction("R3年度予算", 0, unit="百万円", fiscal_year=2000)])
    assert (comparison.counts["new"], comparison.to_settle) == (2, [])
    run.refresh_from_db()
    keep_layout(run, "予算の推移", make_headquarters_editor())
    save(budget, run, comparison.digest)
    run, comparison = preview(budget, without_unit("R3年度", "R4年度"), "来年.xlsx")
    assert (run.layout.name, comparison.counts["new"], comparison.counts["unchanged"]) == ("予算の推移", 1, 1)
    save(budget, run, comparison.digest)
    assert amounts() == dict.fromkeys((2020, 2021, 2022), 4_580_000_000)


def test_what_is_answered_after_a_layout_was_kept_is_not_asked_next_year(budget, kofukin):
    def of_no_programme(*years):
        return book((years[-1], [["年度", "予算額"], *([year, 4_580] for year in years)]))

    run, _ = preview(budget, of_no_programme("R2", "R3"), "今年.xlsx")
    correct(budget, run, [Correction("R3", 0, unit="百万円")])
    run.refresh_from_db()
    keep_layout(run, "予算の推移", make_headquarters_editor())
    [(question, _)] = previewed(budget, run).questions
    save(budget, run, answer(budget, run, {question.key: "program:chiiki-zukuri-kofukin"}, []).digest)
    run, comparison = preview(budget, of_no_programme("R3", "R4"), "来年.xlsx")
    assert (comparison.counts["new"], comparison.counts["unchanged"], comparison.to_settle) == (1, 1, [])
    assert list(comparison.settled) == ["program@sheet:R4"]


def test_a_name_that_two_programmes_share_is_asked_about(budget, kofukin):
    make_program(slug="ippan", official_name="交付金（一般）", plain_name="まちの交付金")
    make_program(slug="tokubetsu", official_name="交付金（特別）", plain_name="まちの交付金")
    run, comparison = preview(budget, budget_book(program="まちの交付金"), "予算.xlsx")
    [(question, lines)] = comparison.questions
    assert ([value for value, _ in question.choices], len(lines)) == (["program:ippan", "program:tokubetsu"], 4)
    comparison = answer(budget, run, {question.key: "program:tokubetsu"}, [])
    assert {line.parts["program"].slug for line in comparison.of(Outcome.NEW)} == {"tokubetsu"}


def test_a_row_that_names_two_offices_names_none(budget, kofukin):
    make_subprefecture("kushiro"), make_subprefecture("nemuro")
    content = book(("予算額", [["制度名", "振興局", "管内", "R3年度（千円）"], [str(kofukin), "釧路", "根室", 1]]))
    _, comparison = preview(budget, content, "予算.xlsx")
    assert "二つの振興局" in comparison.of(Outcome.ERROR)[0].reason


def test_an_office_is_known_by_all_that_people_call_it(budget, kofukin):
    office = make_subprefecture("kushiro")
    rows = [[str(kofukin), name, 1] for name in (office.name, *office.spellings)]
    _, comparison = preview(budget, book(("予算額", [["制度名", "振興局", "R3年度（千円）"], *rows])), "予算.xlsx")
    assert comparison.questions == []


def test_an_office_amid_the_figures_is_known_and_other_texts_there_are_not_asked_about(budget, kofukin):
    for n in range(2):
        make_program(slug=f"program-{n}", official_name=f"見本の制度{n}")
    office = make_subprefecture()
    names = ["地域づくり総合交付金", "見本の制度0", "見本の制度1"]
    rows = [["制度名", "R3年度（千円）", "振興局", "公募の方法"]]
    rows += [[name, 1_000, place, "広報誌"] for name, place in zip(names, (office.name, None, "全道"), strict=True)]
    _, comparison = preview(budget, book(("予算額", rows)), "予算.xlsx")
    assert comparison.to_settle == []
    assert [line.parts["subprefecture"] for line in comparison.to_write] == [office, None, None]
