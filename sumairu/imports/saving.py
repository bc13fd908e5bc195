"""From an uploaded workbook to a previewed run, and from there to saved figures: all of them, or none."""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.timezone import now

from sumairu.imports.comparing import Outcome, compare
from sumairu.imports.models import FigureChange, ImportRun
from sumairu.lib.workbooks import read_workbook
from sumairu.models import ContentVersion, StoredFile

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class NotSaved(Exception):
    """Nothing was written; the message says why and what to do."""


def preview(kind, content, name, user=None):
    """Read a workbook and store it as a run that waits for confirmation. Raises `Refused` where it can't be read.

    `user` is None for a command. Returns the run and its `Comparison`.
    """
    comparison = compare(kind, read_workbook(content, name))
    with transaction.atomic():
        file = StoredFile.of(name, content, XLSX)
        file.save()
        run = ImportRun(kind=kind.slug, file=file, uploaded_by=user)
        _record(run, comparison)
        run.save()
    return run, comparison


def reread(kind, run):
    """The run's stored workbook, read and compared anew."""
    return compare(kind, read_workbook(bytes(run.file.content), run.file.name))


def save(kind, run, digest):
    """Write what was previewed under `digest`. Raises `NotSaved` where that is no longer what would be written.

    Returns the `Comparison` that was saved.
    """
    reading = read_workbook(bytes(run.file.content), run.file.name)
    with transaction.atomic():
        # One save of a kind at a time: what is compared here is what is written.
        ContentType.objects.select_for_update().get(pk=ContentType.objects.get_for_model(kind.model).pk)
        run = ImportRun.objects.select_for_update().get(pk=run.pk)
        if not run.is_open:
            raise NotSaved(
                f"この取込は{run.get_state_display()}です。もう一度取り込むには、ブックを選び直してください。"
            )
        comparison = compare(kind, reading)
        if comparison.of(Outcome.ERROR):
            raise NotSaved("誤りが残っているので、何も保存していません。ブックを直して、もう一度選んでください。")
        if comparison.digest != digest:
            raise NotSaved(
                "確かめたあとに登録済みの数値か制度の名前が変わったので、何も保存していません。"
                "いまの内容で読み直しました。もう一度確かめてください。"
            )
        if not comparison.to_write:
            raise NotSaved("登録済みの数値と同じなので、保存するものがありません。")
        _record(run, comparison)
        run.state, run.saved_at = ImportRun.State.SAVED, now()
        run.save()
        _write(kind, run, comparison)
        ContentVersion.moved()
    return comparison


def drop(run):
    """Give up a run that waits for confirmation; the record stays. Raises `NotSaved` where it no longer waits."""
    if not ImportRun.objects.filter(pk=run.pk, state=ImportRun.State.PREVIEWED).update(state=ImportRun.State.DROPPED):
        raise NotSaved("この取込は、もう確認待ちではありません。")


def _record(run, comparison):
    counts = comparison.counts
    run.digest = comparison.digest
    run.new, run.changed, run.unchanged = counts["new"], counts["changed"], counts["unchanged"]
    run.errors, run.skipped = counts["error"], counts["skipped"]


def _write(kind, run, comparison):
    new, changed = comparison.of(Outcome.NEW), comparison.of(Outcome.CHANGED)
    moment = now()
    for line in new + changed:
        line.figure.run, line.figure.updated_at = run, moment
    for line in changed:
        line.figure.pk = line.stored_id
    kind.model.objects.bulk_create([line.figure for line in new])
    kind.model.objects.bulk_create(
        [line.figure for line in changed],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=[kind.value_field, "run", "sheet", "cell", "raw", "unit", "entered_by", "updated_at"],
    )
    FigureChange.objects.bulk_create([FigureChange.of(line.figure, line.before, line.after) for line in new + changed])
