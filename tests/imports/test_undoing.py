"""A run is taken back as a whole, and that again, with everything that figures said of themselves."""

import pytest
from django.urls import reverse

from sumairu.imports import tasks
from sumairu.imports.models import FigureChange, ImportRun
from sumairu.imports.saving import NotSaved, preview, save
from sumairu.imports.undoing import plan, undo
from sumairu.models import ContentVersion
from sumairu.search.finding import Search
from sumairu.search.index import differences, rebuild
from support.models import BudgetFigure, Program, ProgramEdition
from tests.admin.test_tables import csv_rows, exported
from tests.costs import page, queries_of
from tests.factories import (
    make_budget_figure,
    make_editor,
    make_headquarters_editor,
    make_program,
    make_run,
    make_user,
)
from tests.imports.books import budget_book
from tests.imports.test_tasks import work

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("read_here")]

OKU = 100_000_000
FIRST, SECOND = (45.5, 45.5, 45.8, 45.8), (45.5, 45.5, 45.8, 46.1)


@pytest.fixture
def first(budget, kofukin):
    """Four figures as one workbook says."""
    return imported(budget, FIRST, "予算.xlsx")


@pytest.fixture
def second(budget, first):
    """2021 changed by another workbook."""
    return imported(budget, SECOND, "予算2.xlsx")


def imported(kind, values, name):
    run, comparison = preview(kind, budget_book(values), name, make_headquarters_editor())
    save(kind, run, comparison.digest)
    return ImportRun.objects.get(pk=run.pk)


def undone(kind, run, also=()):
    return undo(kind, run, make_headquarters_editor(), plan(kind, run).digest, also)


def amounts():
    return {year: amount / OKU for year, amount in BudgetFigure.objects.values_list("fiscal_year", "amount_yen")}


def figure(year=2021):
    return BudgetFigure.objects.get(fiscal_year=year)


def test_what_is_imported_is_found_and_what_is_taken_back_is_not(budget, kofukin):
    rebuild()
    run = imported(budget, FIRST, "予算.xlsx")
    assert len(Search("45億8,000万円").ids) == 1
    assert differences() == []
    undone(budget, run)
    assert Search("45億8,000万円").ids == []
    assert differences() == []


def words(change):
    return FigureChange.objects.get(pk=change.pk).source_words


def rows():
    """All that is stored of the figures, but for when."""
    return [
        {name: value for name, value in row.items() if name != "updated_at"}
        for row in BudgetFigure.objects.order_by("pk").values()
    ]


def assert_history_holds():
    """Each change begins where the one before it ended, and the last is what is stored."""
    for number in FigureChange.objects.values_list("object_id", flat=True).distinct():
        value = None
        for change in FigureChange.objects.filter(object_id=number).order_by("pk"):
            assert change.before == value, change
            value = change.after
        stored = BudgetFigure.objects.filter(pk=number).first()
        assert value == (stored.amount_yen if stored else None)


def test_a_changed_figure_goes_back_to_its_value_and_all_of_its_source(budget, first):
    before = rows()
    second = imported(budget, SECOND, "予算2.xlsx")
    assert rows() != before
    undone(budget, second)
    assert rows() == before
    assert_history_holds()


def test_figures_that_the_run_added_go(budget, first):
    undone(budget, first)
    assert amounts() == {}
    assert_history_holds()


def test_it_is_a_run_of_its_own_that_names_what_it_took_back(budget, editor, second):
    run = undone(budget, second)
    assert (run.state, run.undoes, run.file, run.uploaded_by) == ("saved", second, second.file, editor)
    assert (run.new, run.changed, run.unchanged) == (0, 1, 0)
    newest = FigureChange.of_figure(figure())[0]
    assert (newest.run, newest.before / OKU, newest.after / OKU) == (run, 46.1, 45.8)
    assert newest.source_words == "予算2.xlsx の取込の取消し"


def test_a_figure_typed_before_the_run_is_that_person_s_again(budget, kofukin):
    figure = make_budget_figure(program=kofukin, raw="", unit="", entered_by=make_user("moto@example.jp"))
    figure.type_in(figure.entered_by)
    run = imported(budget, FIRST, "予算.xlsx")
    undone(budget, run)
    figure = BudgetFigure.objects.get()
    assert (figure.run, figure.cell, figure.raw, figure.entered_by.email) == (None, "", "", "moto@example.jp")
    assert figure.updated_at == FigureChange.of_figure(figure).get(run=None).changed_at


def test_a_redo_brings_figures_back_as_they_were(budget, first):
    before = rows()
    run = undone(budget, first)
    redo = undone(budget, run)
    assert rows() == before
    assert (redo.new, redo.changed) == (4, 0)
    assert_history_holds()


def test_the_chain_may_go_on_and_on(budget, first, second):
    states, run = [rows()], second
    for _ in range(4):
        run = undone(budget, run)
        states.append(rows())
    assert states[0] == states[2] == states[4]
    assert states[1] == states[3] != states[0]
    assert [figure().cell, figure().run] == ["E6", second]
    assert_history_holds()


def test_what_stands_on_a_figure_that_came_back_goes_back_to_its_first_source(budget, first, second):
    before = rows()
    undone(budget, second)
    third = imported(budget, (45.5, 45.5, 45.8, 50), "予算3.xlsx")
    undone(budget, third)
    assert figure().run == first
    assert [row["amount_yen"] for row in before][-1] / OKU == 46.1
    assert amounts()[2021] == 45.8


def test_runs_say_what_became_of_them(budget, second):
    first_undo = undone(budget, second)
    redo = undone(budget, first_undo)
    words = [ImportRun.objects.get(pk=run.pk).state_words for run in (second, first_undo, redo)]
    assert words == ["保存済み", "取消し（やり直し済み）", "やり直し"]
    again = undone(budget, redo)
    words = [ImportRun.objects.get(pk=run.pk).state_words for run in (second, first_undo, redo, again)]
    assert words == ["取消し済み", "取消し", "やり直し（取消し済み）", "取消し"]


def test_a_run_is_taken_back_once(budget, second):
    digest = plan(budget, second).digest
    undone(budget, second)
    with pytest.raises(NotSaved, match="すでに取り消されています"):
        undo(budget, second, None, digest)


def test_what_was_never_saved_cannot_be_taken_back(budget, kofukin):
    run, _ = preview(budget, budget_book(), "予算.xlsx")
    with pytest.raises(NotSaved, match="保存していない"):
        undo(budget, run, None, "")


def test_what_changed_since_it_was_shown_is_not_taken_back(budget, editor, first):
    digest = plan(budget, first).digest
    changed = figure()
    changed.amount_yen = 1
    changed.type_in(editor)
    before = rows()
    with pytest.raises(NotSaved, match="確かめたあとに"):
        undo(budget, first, editor, digest)
    assert rows() == before
    assert not ImportRun.objects.filter(undoes=first).exists()


def test_figures_changed_since_by_another_run_are_told_and_left(budget, first, second):
    planned = plan(budget, first)
    [step] = planned.changed_since
    assert (step.label, words(step.since)) == (figure().identity, "予算2.xlsx › 予算額 › E6")
    run = undone(budget, first)
    assert amounts() == {2021: 46.1}
    assert (run.changed, run.unchanged) == (3, 1)
    assert_history_holds()


def test_a_run_whose_successor_was_taken_back_is_the_newest_again(budget, first, second):
    undone(budget, second)
    assert not plan(budget, first).changed_since
    undone(budget, first)
    assert amounts() == {}
    assert_history_holds()


def test_figures_changed_since_go_back_if_told_so(budget, first, second):
    [step] = plan(budget, first).changed_since
    undone(budget, first, also=[step.figure_id])
    assert amounts() == {}
    assert_history_holds()


def test_a_figure_taken_out_since_comes_back_if_told_so(budget, editor, second):
    before = rows()
    figure().take_out(editor)
    [step] = plan(budget, second).changed_since
    assert words(step.since) == f"{editor.name}が削除"
    with pytest.raises(NotSaved, match="戻す数値がない"):
        undone(budget, second)
    undone(budget, second, also=[step.figure_id])
    back = figure()
    assert (back.pk, back.amount_yen / OKU, back.run.file.name) == (before[-1]["id"], 45.8, "予算.xlsx")
    assert_history_holds()


def test_a_figure_added_by_the_run_and_taken_out_since_has_nothing_to_go_back_to(budget, editor, first):
    figure().take_out(editor)
    [step] = plan(budget, first).stuck
    assert "もう登録されていない" in step.obstacle
    undone(budget, first)
    assert amounts() == {}
    assert_history_holds()


def test_a_figure_that_vanished_without_a_record_is_left_unless_told_otherwise(headquarters, budget, second):
    BudgetFigure.objects.filter(fiscal_year=2021).delete()
    [step] = plan(budget, second).changed_since
    assert "履歴に記録のない変更" in page(headquarters, reverse("import_undo", args=[second.pk]))
    undone(budget, second, also=[step.figure_id])
    assert amounts()[2021] == 45.8


def test_a_figure_moved_to_another_year_since_goes_back_to_its_own(budget, editor, second):
    moved = figure()
    moved.fiscal_year = 2030
    moved.type_in(editor)
    [step] = plan(budget, second).changed_since
    undone(budget, second, also=[step.figure_id])
    assert amounts() == {2018: 45.5, 2019: 45.5, 2020: 45.8, 2021: 45.8}


def test_a_figure_cannot_come_back_beside_another_of_its_key(budget, first):
    run = undone(budget, first)
    other = make_budget_figure(program=Program.objects.get(), fiscal_year=2021)
    [step] = plan(budget, run).stuck
    assert "別に登録されています" in step.obstacle
    undone(budget, run)
    assert BudgetFigure.objects.count() == 4
    assert figure() == other


def test_a_figure_cannot_come_back_to_a_programme_that_is_gone(budget, first, kofukin):
    run = undone(budget, first)
    ProgramEdition._base_manager.filter(program=kofukin).delete()
    kofukin.delete()
    planned = plan(budget, run)
    assert {step.obstacle for step in planned.stuck} == {"支援制度の登録がもうないので、戻せません。"}
    assert len(planned.stuck) == 4


def test_a_figure_without_a_record_of_its_key_cannot_come_back(budget, editor, second):
    FigureChange.objects.update(key={})
    figure().take_out(editor)
    FigureChange.objects.update(key={})
    [step] = plan(budget, second).stuck
    assert "どの数値かを記録する前の取込" in step.obstacle


def test_a_figure_that_is_there_needs_no_record_of_its_key(budget, first, second):
    FigureChange.objects.update(key={})
    undone(budget, second)
    assert figure().run == first


def test_a_value_without_a_recorded_source_does_not_come_back(budget, kofukin):
    make_budget_figure(program=kofukin, fiscal_year=2021)
    run = imported(budget, FIRST, "予算.xlsx")
    [step] = plan(budget, run).stuck
    assert "出どころが記録されていない" in step.obstacle


def test_pages_move_with_it(budget, second):
    number = ContentVersion.current()
    undone(budget, second)
    assert ContentVersion.current() > number


def test_many_figures_take_as_many_queries_as_few(budget, kofukin, django_assert_max_num_queries):
    make_program()
    first = make_run(state="saved", saved_at="2026-04-01T00:00Z")
    programs = [make_program() for _ in range(20)]
    figures = [
        BudgetFigure(program=program, fiscal_year=2000 + year, amount_yen=100, run=first, sheet="1", cell="A1", raw="1")
        for program in programs
        for year in range(10)
    ]
    BudgetFigure.objects.bulk_create(figures)
    FigureChange.objects.bulk_create(FigureChange.of(figure, None, 100) for figure in figures)
    with django_assert_max_num_queries(35):
        run = undone(budget, first)
    with django_assert_max_num_queries(40):
        undone(budget, run)
    assert BudgetFigure.objects.count() == 200


def test_from_the_result_to_the_undo_and_back(headquarters, budget, first, second):
    result = headquarters.get(reverse("import_run", args=[second.pk])).content.decode()
    url = reverse("import_undo", args=[second.pk])
    assert url in result
    shown = headquarters.get(url)
    assert "<s>46億1,000万円</s>" in shown.content.decode()
    assert "<b>45億8,000万円</b>" in shown.content.decode()
    assert amounts()[2021] == 46.1
    result = headquarters.post(url, {"digest": shown.context["plan"].digest}, follow=True).content.decode()
    assert "1件を元に戻しました" in result
    assert amounts()[2021] == 45.8
    run = ImportRun.objects.get(undoes=second)
    old = headquarters.get(reverse("import_run", args=[second.pk])).content.decode()
    assert "この取込は取り消しました" in old
    assert reverse("import_run", args=[run.pk]) in old
    assert reverse("import_undo", args=[run.pk]) in old
    assert "取消し済み" in headquarters.get("/admin/import/").content.decode()
    page = headquarters.get(reverse("import_undo", args=[run.pk]))
    result = headquarters.post(page.request["PATH_INFO"], {"digest": page.context["plan"].digest}, follow=True)
    assert "1件をもう一度入れました" in result.content.decode()
    assert amounts()[2021] == 46.1


@pytest.mark.parametrize("choice", ["one", "all"])
def test_the_editor_chooses_what_else_goes_back(headquarters, budget, first, second, choice):
    url = reverse("import_undo", args=[first.pk])
    page = headquarters.get(url)
    assert "予算2.xlsx › 予算額 › E6" in page.content.decode()
    data = {"digest": page.context["plan"].digest}
    headquarters.post(url, data | ({"also": [figure().pk]} if choice == "one" else {"also_all": "on"}))
    assert amounts() == {}


@pytest.mark.parametrize("digest", ["", "0" * 64])
def test_what_was_not_shown_is_not_taken_back(headquarters, budget, second, digest):
    page = headquarters.post(reverse("import_undo", args=[second.pk]), {"digest": digest}, follow=True).content.decode()
    assert "もう一度確かめて" in page
    assert amounts()[2021] == 46.1


def test_the_history_of_a_figure_tells_every_value(headquarters, budget, editor, second):
    undone(budget, second)
    changed = figure()
    changed.amount_yen = 47 * OKU
    changed.type_in(editor)
    page = headquarters.get(reverse("figure_history", args=["budget", changed.pk])).content.decode()
    for words in ("47億円", "46億1,000万円", "予算2.xlsx の取込の取消し", "予算.xlsx › 予算額 › E6", editor.name):
        assert words in page
    assert reverse("import_run", args=[second.pk]) in page
    admin = headquarters.get(reverse("admin:support_budgetfigure_change", args=[changed.pk])).content.decode()
    assert reverse("figure_history", args=["budget", changed.pk]) in admin


def test_an_office_may_read_the_history_but_take_nothing_back(client, budget, first):
    client.force_login(make_editor("kushiro"))
    history = page(client, reverse("figure_history", args=["budget", figure().pk]))
    assert "予算.xlsx の取込" in history
    assert reverse("import_run", args=[first.pk]) not in history
    url, digest = reverse("import_undo", args=[first.pk]), plan(budget, first).digest
    assert {client.get(url).status_code, client.post(url, {"digest": digest}).status_code} == {403}
    assert len(amounts()) == 4


@pytest.mark.parametrize(("kind", "number"), [("budget", 0), ("unknown", None)])
def test_there_is_no_history_of_what_never_was(headquarters, first, kind, number):
    address = reverse("figure_history", args=[kind, figure().pk if number is None else number])
    assert headquarters.get(address).status_code == 404


def test_the_history_of_a_figure_outlives_it(headquarters, budget, first):
    number = figure().pk
    undone(budget, first)
    page = headquarters.get(reverse("figure_history", args=["budget", number])).content.decode()
    assert "いまは登録されていません" in page
    assert "予算.xlsx の取込の取消し" in page


def test_the_public_page_still_says_where_it_is_from(client, budget, second):
    undone(budget, second)
    page = client.get("/figures/").content.decode()
    assert "予算.xlsx › 予算額 › B6〜E6" in page
    assert "令和3年度（2021）は46億1,000万円（" in page
    assert "に取消し）" in page


def test_the_list_of_changes_says_values_in_words(headquarters, budget, second):
    page = headquarters.get("/admin/imports/figurechange/").content.decode()
    assert "46億1,000万円" in page
    assert "4610000000" not in page


@pytest.mark.exhaustive
@pytest.mark.parametrize("address", ["/admin/import/", "/admin/imports/importrun/", "/admin/imports/figurechange/"])
def test_lists_ask_no_more_of_many_runs_taken_back_than_of_one(headquarters, budget, first, address):
    undone(budget, imported(budget, SECOND, "予算2.xlsx"))
    asked = queries_of(headquarters, address)
    for _ in range(3):
        undone(budget, imported(budget, SECOND, "予算2.xlsx"))
    assert queries_of(headquarters, address) == asked


def test_exports_tell_what_was_taken_back(headquarters, budget, second, django_assert_max_num_queries):
    undone(budget, second)
    runs = {row["状態"] for row in csv_rows(exported(headquarters, ImportRun))}
    assert runs == {"保存済み", "取消し済み", "取消し"}
    with django_assert_max_num_queries(30):
        changes = csv_rows(exported(headquarters, FigureChange))
    [taken_back] = [row for row in changes if row["取り消した取込の保存日時"]]
    assert (taken_back["ブック"], taken_back["セル"]) == ("予算2.xlsx", "")


@pytest.fixture
def in_line(settings, monkeypatch):
    """Nothing is so little that it is taken back at once. Returns what the worker does."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    monkeypatch.setattr(tasks, "SAVED_AT_ONCE", 0)
    return work


def test_many_figures_are_taken_back_by_the_worker(headquarters, budget, editor, first, second, in_line):
    url = reverse("import_undo", args=[first.pk])
    shown = headquarters.get(url).context["plan"]
    answer = headquarters.post(url, {"digest": shown.digest, "also": [shown.changed_since[0].figure_id]})
    assert "元に戻しています" in page(headquarters, answer["Location"])
    assert amounts()
    in_line()
    assert "4件を元に戻しました" in page(headquarters, answer["Location"])
    run = ImportRun.objects.get(undoes=first)
    assert (run.state, run.step, run.uploaded_by, amounts()) == ("saved", "", editor, {})
    assert_history_holds()


def test_what_changed_before_the_worker_came_is_shown_again(headquarters, budget, first, in_line):
    url = reverse("import_undo", args=[first.pk])
    answer = headquarters.post(url, {"digest": plan(budget, first).digest})
    imported(budget, SECOND, "予算2.xlsx")
    in_line()
    told = headquarters.get(answer["Location"], follow=True)
    assert "確かめたあとに数値が変わった" in told.content.decode()
    assert "あとで変わった数値 1件" in told.content.decode()
    assert amounts()[2021] == 46.1
    undone(budget, first)
    assert amounts() == {2021: 46.1}


def test_what_waits_to_be_taken_back_can_be_left_as_it_is(headquarters, budget, first, in_line):
    url = reverse("import_undo", args=[first.pk])
    answer = headquarters.post(url, {"digest": plan(budget, first).digest})
    record = ImportRun.objects.latest("pk")
    headquarters.post(reverse("import_drop", args=[record.pk]))
    in_line()
    assert len(amounts()) == 4
    assert "取消しをやめました" in headquarters.get(answer["Location"], follow=True).content.decode()
