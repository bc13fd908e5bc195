"""A process that is killed in the middle of a save or an undo leaves nothing of it, on either database."""

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from sumairu.imports import tasks
from sumairu.imports.models import FigureChange, ImportRun, Worker, workers
from sumairu.imports.progress import Progress
from sumairu.imports.saving import previewed, save
from sumairu.imports.undoing import plan, undo
from tests.factories import make_headquarters_editor
from tests.imports.books import budget_book
from tests.imports.test_undoing import amounts, assert_history_holds, imported, rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shared_database"), pytest.mark.exhaustive]

# Does what it is told, and stands still after `{last}`: in the transaction, its figures or their history written.
SCRIPT = """
import sys, time
import django
django.setup()
from django.core.management import call_command
from sumairu.imports.kinds import kinds
from sumairu.imports.models import FigureChange, ImportRun
from sumairu.imports.undoing import plan, undo
from sumairu.models import ContentVersion

def still(real):
    def standing_still(*args, **kwargs):
        real(*args, **kwargs)
        print("written", flush=True)
        time.sleep(120)
    return standing_still

{last} = still({last})
{act}
"""
SAVE = 'call_command("import_workbook", sys.argv[1], what="budget", verbosity=0)'
UNDO = (
    "run, kind = ImportRun.objects.get(), kinds()['budget']; undo(kind, run, run.uploaded_by, plan(kind, run).digest)"
)


# A worker that takes up what waits, and stands still in it.
WORKER = """
import time
from datetime import timedelta
import django
from django.conf import settings

settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
django.setup()
from django.core.management import call_command
from sumairu.imports import living, tasks
from sumairu.imports.models import workers

def standing_still(*args, **kwargs):
    print("written", flush=True)
    time.sleep(120)

living.BEAT = 0.1
workers.SILENCE = timedelta(seconds=10)
tasks.read_into = standing_still
call_command("run_worker", verbosity=0, startup_delay=False)
"""


def kill_in_the_middle(database, last, act, *arguments):
    with until_written(database, SCRIPT.format(last=last, act=act), *arguments):
        pass


@contextmanager
def until_written(database, script, *arguments):
    """A process that has got as far as to say so; killed in the end."""
    with started(database, script, *arguments) as process:
        assert_written(process)
        yield


def assert_written(process):
    assert "written\n" in iter(process.stdout.readline, ""), process.stderr.read()


@contextmanager
def started(database, script, *arguments):
    """A process, killed in the end."""
    environment = os.environ | {"DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "sumairu.settings"}
    with subprocess.Popen(
        [sys.executable, "-c", script, *arguments],
        cwd=Path(__file__).parents[2],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()
    assert process.returncode == -9


@pytest.mark.parametrize("last", ["FigureChange.add", "ContentVersion.moved"])
def test_a_save_that_is_killed_leaves_nothing_and_can_be_done_again(shared_database, budget, kofukin, tmp_path, last):
    workbook = tmp_path / "予算.xlsx"
    workbook.write_bytes(budget_book())
    kill_in_the_middle(shared_database, last, SAVE, workbook)
    run = ImportRun.objects.get()
    assert (run.state, run.saved_at, amounts()) == ("previewed", None, {})
    assert not FigureChange.objects.exists()
    save(budget, run, previewed(budget, run).digest)
    assert amounts() == {2018: 45.5, 2019: 45.5, 2020: 45.8, 2021: 45.8}
    assert_history_holds()


@pytest.mark.parametrize("last", ["FigureChange.objects.bulk_create", "ContentVersion.moved"])
def test_an_undo_that_is_killed_leaves_all_as_it_was_and_can_be_done_again(shared_database, budget, kofukin, last):
    run = imported(budget, (45.5, 45.5, 45.8, 45.8), "予算.xlsx")
    before = rows()
    kill_in_the_middle(shared_database, last, UNDO)
    assert rows() == before
    assert (ImportRun.objects.count(), FigureChange.objects.count()) == (1, 4)
    undo(budget, run, make_headquarters_editor(), plan(budget, run).digest)
    assert amounts() == {}
    assert_history_holds()


def put_in_line(budget, monkeypatch, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    monkeypatch.setattr(tasks, "is_light", lambda content: False)
    return tasks.begin_reading(budget, budget_book(), "予算.xlsx", make_headquarters_editor())


def test_of_two_workers_one_takes_over_when_the_other_is_killed_and_no_sooner(
    shared_database, budget, kofukin, monkeypatch, settings
):
    run = put_in_line(budget, monkeypatch, settings)

    def attempts():
        return ImportRun.objects.get(pk=run.pk).attempts

    with started(shared_database, WORKER) as killed:
        assert_written(killed)
        first = Worker.objects.get()
        with started(shared_database, WORKER) as second:
            while not (seen := Worker.objects.exclude(pk=first.pk).values_list("seen_at", flat=True)):
                time.sleep(0.1)
            since = seen[0]
            while Worker.objects.exclude(pk=first.pk).get().seen_at < since + timedelta(seconds=1):
                time.sleep(0.1)
            assert attempts() == 1
            killed.kill()
            assert_written(second)
            assert attempts() == 2


def test_a_worker_that_is_killed_is_missed_and_what_it_was_at_begun_again(
    shared_database, budget, kofukin, monkeypatch, settings
):
    run = put_in_line(budget, monkeypatch, settings)

    def shown():
        return Progress(ImportRun.objects.get(pk=run.pk)).page

    assert shown() == "lacking"
    with until_written(shared_database, WORKER):
        seen = Worker.objects.get().seen_at
        while Worker.objects.get().seen_at == seen:  # a test that never ends has failed
            time.sleep(0.1)
        assert shown() == "moving"
    with monkeypatch.context() as later:
        later.setattr(workers, "SILENCE", timedelta(0))
        assert shown() == "stuck"
        tasks.begin_again(run)
        assert shown() == "lacking"
    with until_written(shared_database, WORKER):
        assert shown() == "moving"
