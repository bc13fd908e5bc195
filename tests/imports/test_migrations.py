"""What stood in the database before a migration is there after it, on both databases."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.factories import make_user

pytestmark = pytest.mark.exhaustive


@pytest.fixture
def migrating(shared_database):
    """`migrating(sumairu="0005_version_moved_at", imports="0005_words")` takes the database to migrations, and gives the models that it has there."""

    def migrate(**targets):
        executor = MigrationExecutor(connection)
        executor.migrate([*targets.items()])
        return executor.loader.project_state([*targets.items()]).apps

    yield migrate
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def file_in(apps):
    return apps.get_model("sumairu", "StoredFile").objects.create(
        name="予算.xlsx", media_type="x", content=b"PK\x00\xff", sha256="0" * 64, size=4
    )


JOBS = {
    "read": ("reading", {}, {}),
    "reread": (
        "reading",
        {"corrections": None, "keep_as": "", "user": None},
        {"corrections": None, "keep_as": "", "user": None},
    ),
    "save": ("saving", {"digest": "0", "leaving_rest": True}, {"digest": "0", "leaving_rest": True}),
    "undo": ("saving", {"digest": "1", "also": [3]}, {"digest": "1", "also": [3]}),
    "": ("previewed", {}, {}),
}


def test_what_waits_for_the_worker_is_still_waited_for(migrating):
    Run = migrating(sumairu="0005_version_moved_at", imports="0005_words").get_model("imports", "ImportRun")
    file = file_in(migrating(imports="0005_words"))
    saved = Run.objects.create(kind="budget", file_id=file.pk, state="saved", saved_at="2026-04-01T00:00Z")
    runs = {}
    for job, (state, confirmed, _) in JOBS.items():
        undoes = {"undoes": saved.pk} if job == "undo" else {}
        runs[job] = Run.objects.create(kind="budget", file_id=file.pk, state=state, confirmed=confirmed | undoes).pk
    Run = migrating(imports="0007_what_was_confirmed_is_told").get_model("imports", "ImportRun")
    for job, (_, _, told) in JOBS.items():
        run = Run.objects.get(pk=runs[job])
        assert (run.job, run.told, run.to_undo_id) == (job, told, saved.pk if job == "undo" else None)
    Run = migrating(imports="0005_words").get_model("imports", "ImportRun")
    assert Run.objects.get(pk=runs["undo"]).confirmed == JOBS["undo"][1] | {"undoes": saved.pk}


BEFORE = {"sumairu": "0005_version_moved_at", "imports": "0007_what_was_confirmed_is_told"}
AFTER = {"sumairu": "0007_files_without_contents", "imports": "0009_runs_without_readings"}


def test_the_bytes_of_files_and_what_was_read_of_them_stay(migrating):
    before = migrating(**BEFORE)
    file = file_in(before)
    runs = before.get_model("imports", "ImportRun").objects
    unread = runs.create(kind="budget", file_id=file.pk).pk
    read = runs.create(kind="budget", file_id=file.pk, packed_reading=b"x\x9c\x00\xff").pk
    after = migrating(**AFTER)
    [content] = after.get_model("sumairu", "FileContent").objects.all()
    assert (content.file_id, bytes(content.content)) == (file.pk, b"PK\x00\xff")
    [kept] = after.get_model("imports", "KeptReading").objects.all()
    assert (kept.run_id, bytes(kept.packed)) == (read, b"x\x9c\x00\xff")
    again = migrating(**BEFORE)
    assert bytes(again.get_model("sumairu", "StoredFile").objects.get().content) == b"PK\x00\xff"
    runs = again.get_model("imports", "ImportRun").objects
    assert bytes(runs.get(pk=read).packed_reading) == b"x\x9c\x00\xff"
    assert runs.get(pk=unread).packed_reading is None


def test_stages_of_budgets_and_of_their_history_are_put_in_words(migrating):
    before = migrating(support="0011_ended_fields", imports="0009_runs_without_readings")
    program = before.get_model("support", "Program").objects.create(slug="kofukin", pillar="financial")
    user = make_user("a@example.jp")  # accounts are as they are today: nothing takes their table back
    kind = before.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="support", model="budgetfigure"
    )[0]
    stages = {"initial": "", "": "", "revised": "2月補正", "settled": ""}
    for stage, supplement in stages.items():
        source = {"fiscal_year": 2021, "amount_yen": 1, "entered_by_id": user.pk}
        before.get_model("support", "BudgetFigure").objects.create(
            program_id=program.pk, stage=stage, supplement=supplement, **source
        )
        before.get_model("imports", "FigureChange").objects.create(
            content_type_id=kind.pk, object_id=1, key={"stage": stage, "supplement": supplement}, entered_by_id=user.pk
        )
    before.get_model("imports", "FigureChange").objects.create(content_type_id=kind.pk, object_id=2, key={})
    words = {"当初": "", "": "", "補正後": "2月補正", "決算": ""}
    for target, expected in (("0013_supplements_of_revised_budgets", words), ("0011_ended_fields", stages)):
        now = migrating(support=target, imports="0009_runs_without_readings")
        figures = now.get_model("support", "BudgetFigure").objects.order_by("pk")
        assert list(figures.values_list("stage", "supplement")) == [*expected.items()]
        keys = [each.key for each in now.get_model("imports", "FigureChange").objects.order_by("pk")]
        assert keys == [*({"stage": stage, "supplement": of} for stage, of in expected.items()), {}]
