"""What is kept of a comparison, so that no page compares anew: all of it, and only as long as it is true."""

from random import Random
from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.db.models import F
from django_tasks_db.management.commands import db_worker

from sumairu.imports import kept as kept_module
from sumairu.imports import previewing
from sumairu.imports.comparing import Outcome
from sumairu.imports.kept import Kept, KeptLine
from sumairu.imports.kinds import kinds
from sumairu.imports.models import ImportRun, KeptComparison, KeptLines, KeptReading
from sumairu.imports.previewing import kept_of
from sumairu.imports.saving import answer, preview, previewed, save
from sumairu.imports.sheet.rows import fold_of, pattern_of, runs_of_rows
from support.models import BudgetFigure, Program
from tests.exhaustive import ALL
from tests.factories import make_administrator, make_headquarters_editor, make_program
from tests.imports.books import budget_book, long_book, many, unknown
from tests.imports.screens import page_of, row_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def small_blocks(monkeypatch):
    monkeypatch.setattr(kept_module, "LINES_A_BLOCK", 7)


@pytest.fixture
def no_comparing(monkeypatch):
    def compare(*args):
        pytest.fail("a page compared anew")

    monkeypatch.setattr(previewing, "previewed", compare)


def run_of(content, kind):
    run, comparison = preview(kind, content, "予算.xlsx", make_headquarters_editor())
    return ImportRun.objects.get(pk=run.pk), comparison


def kept_now(run, kind):
    return Kept(run, kind, KeptComparison.objects.get(run=run))


def spoiled(number):
    return f"{number}～{number + 1}" if number % 4 == 1 else 1000 + number


def test_every_line_is_kept_once_in_blocks_of_whole_rows(budget, kofukin, small_blocks):
    run, comparison = run_of(many(60, spoiled), budget)
    kept = kept_now(run, budget)
    assert KeptLines.objects.filter(run=run).count() == 9
    assert list(kept.all_lines()) == list(map(KeptLine.of, comparison.lines))
    assert kept.counts == comparison.counts
    assert kept.digest == comparison.digest == run.digest
    assert kept.to_settle_count == len(comparison.to_settle)
    assert kept.to_write_count == len(comparison.to_write)


@pytest.mark.parametrize("windows", [[(2, 2)], [(1, 9), (30, 31)], [(61, 99)], []], ids=str)
def test_the_lines_of_some_rows_are_those_and_no_others(budget, kofukin, small_blocks, windows):
    run, comparison = run_of(many(60, spoiled), budget)
    lines, _ = kept_now(run, budget).lines_in("予算額", windows)
    expected = {
        line.cell: KeptLine.of(line)
        for line in comparison.lines
        if any(first <= int(line.cell[1:]) <= last for first, last in windows)
    }
    assert lines == expected


def test_a_page_compares_nothing(headquarters, kofukin, previewed, no_comparing):
    assert "45.8" in row_of(page_of(headquarters, previewed(budget_book())), 6)


@pytest.mark.exhaustive
@pytest.mark.parametrize("what", ["a figure", "a figure's value", "a name"])
def test_a_page_shows_what_would_be_saved_now(headquarters, budget, kofukin, previewed, what):
    first, comparison = preview(budget, budget_book(), "前の予算.xlsx")
    url = previewed(budget_book((45.5, 45.5, 45.8, 46.1)))
    if what == "a name":
        Program.objects.update(official_name="まったく別の名前")
        assert "あと、質問 1 に答えると保存できます" in page_of(headquarters, url)
        return
    assert "4件を保存する" in page_of(headquarters, url)
    save(budget, first, comparison.digest)
    assert "1件を保存する" in page_of(headquarters, url)
    if what == "a figure's value":
        figure = BudgetFigure.objects.get(fiscal_year=2018)
        figure.amount_yen = F("amount_yen") + 1
        figure.save()
        assert "2件を保存する" in page_of(headquarters, url)


def test_an_answer_is_kept_with_what_it_settles(budget, kofukin):
    run, _ = run_of(unknown(), budget)
    [question] = kept_now(run, budget).questions
    assert (question.about.key, question.count, len(question.lines)) == ("name:地域づくり交付金", 4, 4)
    assert question.about.new.model is Program
    answer(budget, run, {question.about.key: "program:chiiki-zukuri-kofukin"}, [])
    kept = kept_now(run, budget)
    assert (kept.question_count, [each.words for each in kept.settled]) == (0, ["地域づくり総合交付金"])


def test_an_answer_writes_only_the_blocks_that_it_changes(budget, kofukin, small_blocks):
    rows = [
        ["地域づくり総合交付金" if n % 20 else "知らない制度", "全道", f"{1980 + n}年度", "当初", n] for n in range(40)
    ]
    run, _ = run_of(long_book(rows), budget)
    before = dict(KeptLines.objects.order_by("number").values_list("number", "pk"))
    answer(budget, run, {"name:知らない制度": "skip"}, [])
    after = dict(KeptLines.objects.order_by("number").values_list("number", "pk"))
    assert [number for number in before if before[number] != after[number]] == [0, 2]
    assert list(after) == list(range(6))


@pytest.mark.exhaustive
@pytest.mark.parametrize("seed", range(20 if ALL else 1))
def test_answers_one_by_one_come_to_what_comparing_anew_says(budget, kofukin, small_blocks, seed):
    drawn = Random(seed)
    other = make_program(official_name="別の制度", plain_name="別の")
    names = ["地域づくり総合交付金", "別の制度", "地域づくり交付金", "べつの", "知らない制度"]
    rows = [
        [drawn.choice(names), "全道", f"{drawn.randint(2010, 2013)}年度", "当初", drawn.choice([5, 6, 5000, "5～6"])]
        for _ in range(60)
    ]
    run, _ = run_of(long_book(rows), budget)
    told = ["skip", None, "program:chiiki-zukuri-kofukin", f"program:{other.slug}", "as_written", "百万円"]
    for _ in range(12):
        keys = [group.about.key for group in kept_now(run, budget).questions] + list(run.answers)
        keys += [f"cell:予算額!E{drawn.randint(2, 61)}"]
        answer(budget, run, {key: drawn.choice(told) for key in drawn.sample(keys, min(2, len(keys)))}, [])
        run = ImportRun.objects.get(pk=run.pk)
        step_by_step = everything_kept(run, budget)
        KeptComparison.objects.all().delete()
        KeptLines.objects.all().delete()
        kept_module.keep(run, previewed(budget, run))
        assert everything_kept(run, budget) == step_by_step


def everything_kept(run, kind):
    kept = kept_now(run, kind)
    return kept._summary, list(kept.all_lines()), kept.lines_in("予算額", [(1, 99)])


def test_blocks_that_were_kept_before_they_had_states_are_written_anew(budget, kofukin, small_blocks):
    run, comparison = run_of(many(60, spoiled), budget)
    found = KeptComparison.objects.get()
    summary = kept_module._unpacked(found.packed)
    for sheet in summary["sheets"].values():
        sheet["blocks"] = [block[:3] for block in sheet["blocks"]]
    KeptComparison.objects.update(packed=kept_module._packed(summary))
    KeptLines.objects.update(packed=b"")
    assert kept_now(run, budget).lines_in("予算額", []) == ({}, {})
    kept_module.keep(run, comparison)
    assert list(kept_now(run, budget).all_lines()) == list(map(KeptLine.of, comparison.lines))


def test_of_what_is_saved_is_kept_what_its_editor_saw(budget, kofukin):
    run, comparison = run_of(budget_book(), budget)
    save(budget, run, comparison.digest)
    assert kept_now(run, budget).digest == comparison.digest
    assert list(kept_now(run, budget).all_lines()) == list(map(KeptLine.of, comparison.lines))


@pytest.mark.exhaustive
@pytest.mark.parametrize("way", ["one", "all", "the worker"])
def test_what_is_given_up_is_kept_no_longer_but_for_its_record_and_its_file(
    headquarters, budget, kofukin, settings, way
):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    dropped, saved, other = (run_of(budget_book((n, n, n, n)), budget)[0] for n in range(1, 4))
    save(budget, saved, saved.digest)
    if way == "all":
        ImportRun.objects.filter(pk=other.pk).update(uploaded_by=make_administrator())
        headquarters.post("/admin/import/drop/")
    elif way == "one":
        headquarters.post(f"/admin/import/{dropped.pk}/drop/")
    else:
        dropped.drop()
        with patch.object(db_worker.Command, "handle"):
            call_command("run_worker")
    for model in (KeptReading, KeptComparison, KeptLines):
        assert set(model.objects.values_list("run_id", flat=True)) == {saved.pk, other.pk}
    assert "取りやめた取込" in page_of(headquarters, f"/admin/import/{dropped.pk}/")
    assert headquarters.get(f"/admin/import/{dropped.pk}/file/").getvalue() == bytes(dropped.file.content)
    assert headquarters.get(f"/admin/import/{dropped.pk}/mending.xlsx").status_code == 404


def test_a_run_of_before_anything_was_kept_is_compared_once(headquarters, budget, kofukin):
    run, comparison = run_of(budget_book(), budget)
    KeptComparison.objects.all().delete()
    assert kept_of(run, kinds()["budget"]).digest == comparison.digest == previewed(budget, run).digest
    assert KeptComparison.objects.filter(run=run).exists()


@pytest.fixture
def meanwhile(monkeypatch):
    """`meanwhile(act)`: what happens once a page has begun to compare anew."""

    def meanwhile(act):
        def previewed_late(kind, run):
            comparison = previewed(kind, run)
            act()
            return comparison

        monkeypatch.setattr(previewing, "previewed", previewed_late)
        KeptComparison.objects.update(stood_on="")

    return meanwhile


def test_a_page_that_compared_too_long_writes_over_no_saved_run(headquarters, budget, kofukin, meanwhile):
    run, comparison = run_of(budget_book(), budget)
    meanwhile(lambda: save(budget, run, comparison.digest))
    page = headquarters.get(f"/admin/import/{run.pk}/", follow=True).content.decode()
    assert "この取込は保存済みです" in page
    assert "4件を保存しました" in page
    assert {line.outcome for line in kept_now(run, budget).all_lines()} == {"new"}


def test_a_page_that_compared_too_long_shows_what_somebody_answered_meanwhile(budget, kofukin, meanwhile):
    run, _ = run_of(unknown(), budget)
    answers = {"name:地域づくり交付金": "program:chiiki-zukuri-kofukin"}
    meanwhile(lambda: answer(budget, run, answers, []))
    kept = kept_of(run, budget)
    assert (kept.run.answers, kept.question_count, kept.counts["new"]) == (answers, 0, 4)
    assert kept_now(run, budget).digest == kept.digest


def test_what_an_earlier_program_would_have_saved_is_shown_anew_and_then_saved(headquarters, budget, kofukin):
    run, comparison = run_of(budget_book(), budget)
    found = KeptComparison.objects.get()
    summary = kept_module._unpacked(found.packed) | {"digest": "f" * 64}
    KeptComparison.objects.update(packed=kept_module._packed(summary))
    url = f"/admin/import/{run.pk}/"
    assert kept_of(run, budget).digest == "f" * 64
    page = headquarters.post(f"{url}save/", {"digest": "f" * 64}, follow=True).content.decode()
    assert "もう一度確かめてください" in page
    assert comparison.digest in page
    page = headquarters.post(f"{url}save/", {"digest": comparison.digest}, follow=True).content.decode()
    assert "4件を保存しました" in page


def test_folded_rows_are_counted_by_their_runs():
    class Line:
        def __init__(self, outcome):
            self.outcome = outcome

    new, error = Line(Outcome.NEW), Line(Outcome.ERROR)
    rows = {row: [new, new] for row in range(3, 11)} | {11: [new, error], 15: [new]}
    runs = runs_of_rows({row: pattern_of(lines) for row, lines in rows.items()})
    assert [(first, last) for first, last, _ in runs] == [(3, 10), (11, 11), (15, 15)]
    fold = fold_of(5, 20, runs)
    assert (fold.counts, fold.needs_look) == ([("誤り", 1), ("新規", 14)], True)
    assert fold_of(1, 2, runs).counts == []
