"""From an uploaded workbook to a previewed run, and from there to saved figures: all of them, or none."""

from django.db import transaction
from django.utils.timezone import now

from sumairu.imports.comparing import Outcome, compare
from sumairu.imports.kept import show
from sumairu.imports.kinds import SKIP
from sumairu.imports.models import (
    SOURCE_COLUMNS,
    FigureChange,
    ImportRun,
    KeptComparison,
    Layout,
    NotSaved,
    no_other_change,
)
from sumairu.imports.results import result_of
from sumairu.lib.garbage import no_collecting
from sumairu.lib.question_keys import QuestionKey
from sumairu.lib.workbooks import Busy, Correction, read_workbook
from sumairu.lib.workbooks.files.admission import MEDIA_TYPES, admit
from sumairu.lib.workbooks.shape import shape_of
from sumairu.models import ContentVersion, StoredFile


def preview(kind, content, name, user=None, patience=None, most=None):
    """Read a workbook and store it as a run that waits for confirmation. Raises `Refused` where it can't be read.

    Also raises `Busy` where others are being read for more than `patience` seconds, or it holds `most` numbers and more.
    `user` is None for a command. Returns the run and its `Comparison`.
    """
    run = ImportRun(kind=kind.slug, uploaded_by=user)
    reading = read_into(run, content, name, patience)
    if most is not None and len(reading.figures) + len(reading.skipped) + len(reading.problems) > most:
        raise Busy
    comparison = compare(kind, reading, run.answers)
    with transaction.atomic():
        run.file = stored(content, name)
        show(run, comparison)
    return run, comparison


def read_into(run, content, name, patience=None):
    """Read a workbook for `run`, by the layout of its shape if one is kept. Saves nothing. Raises `Refused`, `Busy`."""
    reading = read_workbook(content, name, patience=patience)
    if layout := Layout.objects.filter(kind=run.kind, shape=shape_of(reading)).first():
        run.layout, run.answers = layout, layout.answers_for(reading)
        if corrections := layout.corrections_for(reading):
            reading = read_workbook(content, name, corrections)
            run.corrections = [correction.to_json() for correction in corrections]
    run.reading = reading
    return reading


def previewed(kind, run):
    """What a save of the run would do now. Raises `Refused`."""
    return compare(kind, _reading(run), run.answers)


def correct(kind, run, corrections):
    """Read the run's workbook anew, as `corrections` say. Raises `Refused`, `NotSaved`. Returns the `Comparison`."""
    reading = read_workbook(run.file.content, run.file.name, corrections)
    with transaction.atomic():
        run = run.held()
        run.corrections = [correction.to_json() for correction in corrections]
        run.reading, run.layout = reading, None
        return _again(kind, run)


def start_over(kind, run):
    """Read the run's workbook as it came: without corrections, and without what its layout answers.

    Raises `Refused`, `NotSaved`. Returns the `Comparison`.
    """
    reading = read_workbook(run.file.content, run.file.name)
    with transaction.atomic():
        run = run.held()
        known = run.layout.answers_for(reading) if run.layout else {}
        run.answers = {key: answer for key, answer in run.answers.items() if known.get(key) != answer}
        run.corrections, run.reading, run.layout = [], reading, None
        return _again(kind, run)


def answer(kind, run, answers, remembered):
    """Take the editor's answers: `{question's key: answer}`, None to take one back. Raises `NotSaved`."""
    with transaction.atomic():
        run = run.held_open()
        given = run.answers | answers
        run.answers = {key: value for key, value in given.items() if value is not None}
        run.remembered = sorted(key for key in {*run.remembered, *remembered} if run.answers.get(key, SKIP) != SKIP)
        return _again(kind, run)


def keep_layout(run, name, user):
    """Keep how this workbook is read for the next of its shape, in place of an earlier layout of the same shape."""
    plain = read_workbook(run.file.content, run.file.name)
    layout, _ = Layout.objects.update_or_create(
        kind=run.kind,
        shape=shape_of(plain),
        defaults={
            "name": name,
            "corrections": Layout.corrections_from(run.corrections, plain),
            "answers": _lasting_answers(run, plain),
            "kept_by": user,
        },
    )
    ImportRun.objects.filter(pk=run.pk).update(layout=layout)
    return layout


def save(kind, run, digest, leaving_rest=False):
    """Write what was previewed under `digest`. Raises `NotSaved` where that is no longer what would be written.

    Then what pages tell of it is made anew, be it figures that changed, or how this program puts things.
    `leaving_rest` saves what is settled and leaves out what has errors or open questions. Returns the `Comparison` that was
    saved.
    """
    try:
        return _save(kind, run, digest, leaving_rest)
    except Changed:
        KeptComparison.objects.filter(run=run).update(stood_on="")
        raise


class Changed(NotSaved):
    """What would be written is not what was previewed."""


def _save(kind, run, digest, leaving_rest):
    with no_other_change(kind.model):
        run = run.held()
        comparison = compare(kind, _reading(run), run.answers)
        if comparison.digest != digest:
            raise Changed(
                "確かめたあとに登録済みの数値か制度の名前が変わったので、何も保存していません。"
                "いまの内容で読み直しました。もう一度確かめてください。"
            )
        if comparison.to_settle and not leaving_rest:
            raise NotSaved(
                "誤りか質問が残っているので、何も保存していません。答えるか、残りは読まずに保存してください。"
            )
        if not comparison.to_write:
            raise NotSaved("登録済みの数値と同じなので、保存するものがありません。")
        run.result = result_of(run, comparison)
        run.conclude(comparison)
        _write(kind, run, comparison)
        for key in run.remembered:
            kind.remember(QuestionKey(key), run.answers[key])
        if run.layout_id:  # what was answered after it was kept is part of it: next year nothing is asked again
            Layout.objects.filter(pk=run.layout_id).update(answers=_lasting_answers(run, _reading(run)))
        kind.model.index([line.figure.key for line in comparison.to_write])
        ContentVersion.moved()
    return comparison


def stored(content, name):
    """The workbook as a saved file. Raises `Refused` where it is none at all."""
    file = StoredFile.of(name, content, MEDIA_TYPES[admit(content, name)])
    file.save()
    return file


def _reading(run):
    """What was read when the workbook was chosen; what is read now where that was not kept as it would be today."""
    if run.reading is None:
        corrections = [Correction.from_json(each) for each in run.corrections]
        run.reading = read_workbook(run.file.content, run.file.name, corrections)
    return run.reading


def _lasting_answers(run, reading):
    """What of the run's answers holds for the next workbook of its shape."""
    lasting = {key: value for key, value in run.answers.items() if QuestionKey(key).holds_for_others}
    return Layout.answers_from(lasting, reading)


def _again(kind, run):
    comparison = compare(kind, _reading(run), run.answers)
    show(run, comparison)
    return comparison


@no_collecting()
def _write(kind, run, comparison):
    new, changed = comparison.of(Outcome.NEW), comparison.of(Outcome.CHANGED)
    moment = now()
    for line in new + changed:
        line.figure.run_id, line.figure.updated_at = run.pk, moment
    kind.model.objects.bulk_create([line.figure for line in new])
    kind.model.objects.bulk_create(
        [line.figure for line in changed],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=[kind.value_field, *SOURCE_COLUMNS, "updated_at"],
    )
    FigureChange.add([(line.figure, line.before, line.value) for line in new + changed], moment)
