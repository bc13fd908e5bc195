"""The queue as it is in production: what is put in line, the worker that takes it up, and what becomes of it if it dies."""

from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from sumairu.imports import living, tasks
from sumairu.imports.comparing import compare
from sumairu.imports.models import ImportRun, Worker, moment
from sumairu.imports.saving import NotSaved, preview, save
from sumairu.imports.tasks import begin_reading, begin_rereading, begin_save, pick_up
from sumairu.lib.workbooks import Correction, child
from sumairu.lib.workbooks.files.weight import is_light
from support.models import BudgetFigure
from tests.costs import page
from tests.factories import make_headquarters_editor
from tests.imports.books import book, budget_book

pytestmark = pytest.mark.django_db
State, Step = ImportRun.State, ImportRun.Step


@pytest.fixture(autouse=True)
def queue(settings, monkeypatch):
    """As in production, and everything is long; `short` makes what is read short again."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    monkeypatch.setattr(tasks, "is_light", lambda content: False)
    monkeypatch.setattr(tasks, "SAVED_AT_ONCE", 0)


@pytest.fixture(autouse=True)
def worker(db, monkeypatch):
    """A worker that lives, and is the one at whatever is done here."""
    worker = Worker.objects.create()
    monkeypatch.setattr(living, "_here", worker)
    return worker


def silent(worker, seconds=60):
    """`worker` as it looks when it was killed so long ago."""
    Worker.objects.filter(pk=worker.pk).update(seen_at=moment() - timedelta(seconds=seconds))


@pytest.fixture
def short(monkeypatch):
    monkeypatch.setattr(tasks, "is_light", is_light)


def work():
    """All that waits, as `deploy/steps.sh work` does it."""
    options = {"interval": 0, "batch": True, "backend_name": "default", "startup_delay": False, "max_tasks": None}
    worker = db_worker.Worker(queue_names=["default"], worker_id="test", excluded_queue_names=[], **options)
    # The test's own connection holds its transaction.
    with living.living(pick_up), patch.object(db_worker, "close_old_connections"):
        worker.run()


def put_in_line(budget, content=None, name="予算.xlsx"):
    return begin_reading(budget, budget_book() if content is None else content, name, make_headquarters_editor())


def now_of(run):
    return ImportRun.objects.get(pk=run.pk)


def begun(run, minutes, step):
    """`run` as it looks when the worker began a step so long ago."""
    ImportRun.objects.filter(pk=run.pk).update(step=step, step_at=moment() - timedelta(minutes=minutes))
    return now_of(run)


def address(run, name="import_run"):
    return reverse(name, args=[run.pk])


def test_a_short_workbook_is_read_at_once(short, budget, kofukin):
    run = put_in_line(budget)
    assert (run.state, run.new) == (State.PREVIEWED, 4)
    assert not DBTaskResult.objects.exists()


def test_a_short_workbook_stands_in_line_while_others_are_read(short, budget, kofukin, monkeypatch):
    monkeypatch.setattr(tasks, "PATIENCE", 0)
    with child._TURN:
        run = put_in_line(budget)
    assert (run.state, run.step) == (State.READING, Step.QUEUED)
    work()
    assert (now_of(run).state, now_of(run).new) == (State.PREVIEWED, 4)


@pytest.mark.parametrize("why", ["its reading takes longer than a page may", "it holds very much"])
def test_what_looks_short_and_is_not_stands_in_line(short, budget, kofukin, a_python_of_its_own, monkeypatch, why):
    if why == "it holds very much":
        monkeypatch.setattr(tasks, "READ_AT_ONCE", 3)
        run = put_in_line(budget)
    else:
        with child.within(0):
            run = put_in_line(budget)
    assert (run.state, run.step) == (State.READING, Step.QUEUED)
    work()
    assert (now_of(run).state, now_of(run).new) == (State.PREVIEWED, 4)


def test_a_long_workbook_is_waited_for_and_then_previewed(headquarters, budget, kofukin):
    run = put_in_line(budget)
    waiting = page(headquarters, address(run))
    assert "順番を待っています" in waiting
    assert '<noscript><meta http-equiv="refresh"' in waiting
    assert address(run, "import_progress") in waiting
    assert "読み取り中" in page(headquarters, "/admin/")
    work()
    assert "読み取りを確かめる" in page(headquarters, address(run))
    assert headquarters.get(address(run, "import_progress")).json() == {"page": "over"}


def test_a_workbook_that_the_worker_cannot_read_says_why_and_is_kept(headquarters, budget, kofukin):
    run = put_in_line(budget, book((" ", [])).replace(b"worksheets/sheet1.xml", b"worksheets/sheet9.xml"))
    work()
    refused = page(headquarters, address(run))
    assert "読み取れませんでした" in refused
    assert now_of(run).message in refused
    assert address(run) in page(headquarters, "/admin/import/")
    assert headquarters.get(address(run, "import_file")).getvalue() == bytes(run.file.content)
    headquarters.post(address(run, "import_again"))
    assert (now_of(run).state, now_of(run).message) == (State.READING, "")
    work()
    headquarters.post(address(run, "import_drop"))
    assert now_of(run).state == State.DROPPED


def test_a_file_of_another_kind_stands_in_no_line(headquarters):
    pdf = SimpleUploadedFile("予算.pdf", b"%PDF-1.7")
    response = headquarters.post("/admin/import/", {"kind": "budget", "file": pdf})
    assert "PDF" in response.context["form"].errors["file"][0]
    assert not ImportRun.objects.exists()


def test_many_figures_are_saved_by_the_worker(headquarters, budget, kofukin):
    run, comparison = preview(budget, budget_book(), "予算.xlsx")
    headquarters.post(address(run, "import_save"), {"digest": comparison.digest})
    waiting = page(headquarters, address(run))
    assert "保存しています" in waiting
    assert waiting.count("（済み）") == 2  # choosing and checking; saving is not over
    assert not BudgetFigure.objects.exists()
    again = headquarters.post(address(run, "import_save"), {"digest": comparison.digest}, follow=True)
    assert "この取込は保存中です" in again.content.decode()
    work()
    assert "4件を保存しました" in page(headquarters, address(run))
    assert BudgetFigure.objects.count() == 4


def test_what_changed_before_the_worker_came_is_shown_again_and_not_saved(headquarters, budget, kofukin):
    run, comparison = preview(budget, budget_book(), "予算.xlsx")
    begin_save(budget, run, comparison.digest)
    other, others = preview(budget, budget_book((1, 1, 1, 1)), "ほかの人.xlsx")
    save(budget, other, others.digest)
    work()
    assert "確かめたあとに登録済みの数値か制度の名前が変わった" in page(headquarters, address(run))
    assert set(BudgetFigure.objects.values_list("amount_yen", flat=True)) == {100_000_000}


def test_what_a_dead_worker_had_begun_is_picked_up_by_another(budget, kofukin, worker):
    run = put_in_line(budget)
    tasks._take_up(run.pk)
    DBTaskResult.objects.update(status="RUNNING")
    work()
    assert (now_of(run).step, pick_up()) == (Step.READING, 0)
    silent(worker)
    assert pick_up() == 1
    work()
    assert now_of(run).state == State.PREVIEWED
    assert pick_up() == 0


@pytest.mark.parametrize("state", [State.READING, State.SAVING])
def test_what_ends_the_worker_every_time_is_given_up(budget, kofukin, worker, state):
    run = put_in_line(budget)
    if state == State.SAVING:
        work()
        begin_save(budget, now_of(run), now_of(run).digest)
    silent(worker)
    for _ in range(tasks.MOST_ATTEMPTS):
        tasks._take_up(run.pk)
        pick_up()
    work()
    expected = State.REFUSED if state == State.READING else State.PREVIEWED
    assert (now_of(run).state, "途中で3回" in now_of(run).message) == (expected, True)


def test_what_was_given_up_while_it_was_read_stays_given_up(budget, kofukin, monkeypatch):
    run = put_in_line(budget)

    def compare_after_all(*args):
        run.drop()
        return compare(*args)

    monkeypatch.setattr(tasks, "compare", compare_after_all)
    work()
    assert now_of(run).state == State.DROPPED


@pytest.mark.parametrize("minutes", [1, 60])
def test_what_a_living_worker_is_at_is_never_begun_anew_by_another(budget, kofukin, worker, minutes):
    run = put_in_line(budget)
    tasks._take_up(run.pk)
    begun(run, minutes, Step.COMPARING)
    with living.living(pick_up):
        assert pick_up() == 0
    assert (now_of(run).step, now_of(run).worker, now_of(run).attempts) == (Step.COMPARING, worker, 1)


def test_an_error_of_ours_is_logged_and_told(headquarters, budget, kofukin, monkeypatch, caplog):
    run = put_in_line(budget)
    monkeypatch.setattr(tasks, "compare", None)
    work()
    assert "思わぬ誤り" in page(headquarters, address(run))
    assert "The worker failed" in caplog.text


def test_one_waits_behind_others(headquarters, budget, kofukin):
    first, second, third = (put_in_line(budget) for _ in range(3))
    tasks._take_up(first.pk)
    begun(first, 2, Step.READING)
    begun(second, 1.5, Step.QUEUED)
    assert "前に2件" in page(headquarters, address(third))
    progress = headquarters.get(address(first, "import_progress")).json()
    assert (progress["page"], progress["words"]) == ("moving", "ブックを読んでいます")
    assert 120 <= progress["seconds"] < 180
    assert 33 < progress["percent"] < 67


NO_WORKER = "いまは、どのブックも読み取りや保存が進みません"


@pytest.mark.parametrize("is_killed", [True, False], ids=["killed", "stopped"])
def test_who_waits_is_told_within_a_minute_that_no_worker_is_there(headquarters, budget, kofukin, worker, is_killed):
    run = begun(put_in_line(budget), 15, Step.QUEUED)
    silent(worker, 20)
    assert NO_WORKER not in page(headquarters, address(run))
    silent(worker) if is_killed else worker.delete()
    assert NO_WORKER in page(headquarters, address(run))
    assert headquarters.get(address(run, "import_progress")).json()["page"] == "lacking"
    headquarters.post(address(run, "import_drop"))
    assert now_of(run).state == State.DROPPED


@pytest.mark.parametrize("why", ["killed", "stopped", "hangs"])
def test_what_stopped_can_be_begun_again_and_what_goes_on_cannot(headquarters, budget, kofukin, worker, why):
    run = put_in_line(budget)
    tasks._take_up(run.pk)
    answer = headquarters.post(address(run, "import_again"), follow=True).content.decode()
    assert "いま進んでいるか、もう終わっています" in answer
    if why == "hangs":
        begun(run, 11, Step.READING)
    else:
        silent(worker) if why == "killed" else worker.delete()
    stopped = page(headquarters, address(run))
    assert "もう一度始める" in stopped
    assert (NO_WORKER in stopped) == (why != "hangs")
    headquarters.post(address(run, "import_again"))
    assert (NO_WORKER in page(headquarters, address(run))) == (why != "hangs")
    work()
    assert now_of(run).state == State.PREVIEWED


@pytest.mark.parametrize("act", ["drop", "again"])
def test_a_save_whose_worker_is_gone_can_be_given_up_or_begun_again(headquarters, budget, kofukin, worker, act):
    run, comparison = preview(budget, budget_book(), "予算.xlsx")
    begin_save(budget, run, comparison.digest)
    late = tasks._take_up(run.pk)
    silent(worker)
    assert "この取込をやめる" in page(headquarters, address(run))
    headquarters.post(address(run, f"import_{act}"))
    assert (now_of(run).state, now_of(run).step) == {
        "drop": (State.DROPPED, ""),
        "again": (State.SAVING, Step.QUEUED),
    }[act]
    if act == "drop":  # nor does one that was not gone after all save it
        with pytest.raises(NotSaved):
            save(budget, late, **late.told)
    work()
    assert BudgetFigure.objects.count() == (0 if act == "drop" else 4)


@pytest.mark.parametrize("minutes", [-15, 15], ids=["behind", "ahead"])
def test_clocks_of_hosts_may_differ(headquarters, budget, kofukin, minutes):
    first, second = put_in_line(budget), put_in_line(budget)
    tasks._take_up(first.pk)
    with patch("django.utils.timezone.now", lambda: datetime.now(UTC) + timedelta(minutes=minutes)):
        for run, words in ((first, "ブックを読んでいます"), (second, "順番を待っています（前に1件）")):
            told = headquarters.get(address(run, "import_progress")).json()
            assert (told["page"], told["words"]) == ("moving", words)
            assert 0 <= told["percent"] < 100
            assert told["seconds"] < 60


def test_what_was_begun_by_a_clock_that_ran_ahead_is_no_error(headquarters, budget, kofukin):
    run = put_in_line(budget)
    tasks._take_up(run.pk)
    begun(run, -1 / 3, Step.READING)  # twenty seconds: once divided by zero
    told = headquarters.get(address(run, "import_progress")).json()
    assert (told["page"], told["seconds"], told["percent"]) == ("moving", 0, 33)


def test_an_attempt_that_was_begun_anew_ends_nothing(budget, kofukin, worker):
    run = put_in_line(budget)
    silent(worker)
    earlier = tasks._take_up(run.pk)
    pick_up()
    later = tasks._take_up(run.pk)
    tasks._fail(earlier, "遅すぎた知らせ")
    with pytest.raises(NotSaved):
        tasks._read(budget, earlier)
    assert (now_of(run).state, now_of(run).message) == (State.READING, "")
    tasks._read(budget, later)
    assert now_of(run).state == State.PREVIEWED


def test_a_long_workbook_is_read_again_by_the_worker_and_its_layout_kept(headquarters, budget, kofukin):
    run, _ = preview(budget, unitless(), "予算.xlsx")
    corrections = [Correction("予算額", 0, unit="百万円")]
    assert begin_rereading(budget, run, corrections, "予算の推移", make_headquarters_editor()) is False
    assert "読み取っています" in page(headquarters, address(run))
    work()
    assert (now_of(run).state, now_of(run).new, now_of(run).errors) == (State.PREVIEWED, 2, 0)
    assert (now_of(run).layout.name, now_of(run).layout.kept_by) == ("予算の推移", make_headquarters_editor())
    begin_rereading(budget, now_of(run), None)
    work()
    assert (now_of(run).state, now_of(run).questions, now_of(run).corrections) == (State.PREVIEWED, 2, [])


def test_a_correction_that_comes_to_nothing_leaves_the_reading_as_it_was(headquarters, budget, kofukin, monkeypatch):
    run, comparison = preview(budget, budget_book(), "予算.xlsx")
    begin_rereading(budget, run, [Correction("予算額", 0, unit="百万円")])
    monkeypatch.setattr(tasks, "correct", None)
    work()
    assert (now_of(run).state, now_of(run).digest) == (State.PREVIEWED, comparison.digest)
    assert "思わぬ誤り" in page(headquarters, address(run))


def unitless():
    return book(("予算額", [["制度名", "R2年度", "R3年度"], ["地域づくり総合交付金", 4_580, 4_580]]))


def test_what_is_being_saved_cannot_be_given_up(headquarters, budget, kofukin):
    run, comparison = preview(budget, budget_book(), "予算.xlsx")
    begin_save(budget, run, comparison.digest)
    tasks._take_up(run.pk)
    assert "もう保存したか" in headquarters.post(address(run, "import_drop"), follow=True).content.decode()
    assert now_of(run).state == State.SAVING
