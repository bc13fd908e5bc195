"""What takes long, done by the worker beside the web server (`deploy/steps.sh work`); what is short, at once.

A run says itself what it waits for, so nothing depends on one task: a run whose task was lost is put in line again, and
a second task for the same run does nothing. Only the newest attempt may end a run.
"""

import logging
from contextlib import suppress

from django.contrib.auth import get_user_model
from django.db import transaction
from django_tasks import task

from sumairu.imports.comparing import compare
from sumairu.imports.kept import show
from sumairu.imports.kinds import kinds
from sumairu.imports.living import here
from sumairu.imports.models import ImportRun, NotSaved, moment
from sumairu.imports.saving import correct, keep_layout, preview, read_into, save, start_over, stored
from sumairu.imports.undoing import undo
from sumairu.lib.workbooks import Busy, Correction, Refused
from sumairu.lib.workbooks.files.weight import is_light

State, Step, Job = ImportRun.State, ImportRun.Step, ImportRun.Job

# Figures that are saved within two seconds or so.
SAVED_AT_ONCE = 5_000
PATIENCE = 5  # seconds until a short reading stands in line with the long ones
# What short workbooks have in them: comparing more than this takes seconds too.
READ_AT_ONCE = 20_000
MOST_ATTEMPTS = 3

_GAVE_UP = (
    "途中で3回止まったため、中止しました。取り込む表だけを新しいブックへ値として貼り付けるか、シートごとにファイルを"
    "分けてください。"
)
_UNEXPECTED = "思わぬ誤りで中止しました。何も保存していません。くり返すときは、管理者にこのブックを知らせてください。"

logger = logging.getLogger(__name__)


def begin_reading(kind, content, name, user):
    """Read a workbook at once where that turns out short and nobody else is being read, else put it in line.

    Returns the run, which is previewed or still to be read. Raises `Refused`.
    """
    if is_light(content):
        try:
            return preview(kind, content, name, user, PATIENCE, READ_AT_ONCE)[0]
        except Busy:
            pass
    with transaction.atomic():
        run = ImportRun(kind=kind.slug, file=stored(content, name), uploaded_by=user)
        _put_in_line(run, Job.READ)
    return run


def begin_rereading(kind, run, corrections, keep_as="", user=None):
    """Read the run's workbook as `corrections` say, or as it came if they are None; `keep_as` names a layout to keep.

    At once where it is short, else in line. Returns whether it is done. Raises `Refused`, `NotSaved`.
    """
    _refuse_unless_open(run)
    if is_light(run.file.content) and run.new + run.changed + run.unchanged <= READ_AT_ONCE:
        try:
            _reread(kind, run, corrections, keep_as, user)
            return True
        except Busy:
            pass
    told = None if corrections is None else [each.to_json() for each in corrections]
    with transaction.atomic():
        _put_in_line(run.held_open(), Job.REREAD, corrections=told, keep_as=keep_as, user=user and user.pk)
    return False


def begin_save(kind, run, digest, leaving_rest=False):
    """Save what was previewed under `digest`: at once where it is little, else put it in line. Raises `NotSaved`."""
    _refuse_unless_open(run)
    told = {"digest": digest, "leaving_rest": leaving_rest}
    if run.new + run.changed <= SAVED_AT_ONCE:
        save(kind, run, **told)
        return
    with transaction.atomic():
        _put_in_line(run.held_open(), Job.SAVE, **told)


def begin_undo(kind, run, user, **confirmed):
    """Take a run back as was confirmed (see `undo`): at once where it is little, else put it in line.

    Returns the record of it. Raises `NotSaved`.
    """
    if run.changes.count() <= SAVED_AT_ONCE:
        return undo(kind, run, user, **confirmed)
    record = ImportRun(kind=run.kind, file_id=run.file_id, uploaded_by=user, to_undo=run)
    with transaction.atomic():
        _put_in_line(record, Job.UNDO, **confirmed)
    return record


def begin_again(run):
    """Put in line again what was refused, or what the worker left. Raises `NotSaved` where it is being worked at."""
    with transaction.atomic():
        run = ImportRun.objects.select_for_update().get(pk=run.pk)
        if run.state == State.REFUSED:
            _put_in_line(run, Job.READ)
        elif is_stuck(run):
            run.attempts = 0
            _put_in_line_again(run)
        else:
            raise NotSaved("この取込は、いま進んでいるか、もう終わっています。")


def pick_up():
    """Put in line again what a worker that is gone had begun. Returns how many."""
    if not ImportRun.objects.left().exists():
        return 0
    with transaction.atomic():
        left = ImportRun.objects.left().select_for_update()
        for run in left:
            _put_in_line_again(run)
    return len(left)


def is_stuck(run):
    """Was it begun, and left?"""
    return ImportRun.objects.stuck().filter(pk=run.pk).exists()


@task()
def carry_on(pk):
    """Do the job of the run in line."""
    run = _take_up(pk)
    if run is None:
        return
    try:
        DONE_BY[run.job](kinds()[run.kind], run, **run.told)
    except (Refused, NotSaved) as error:
        _fail(run, str(error))
    except Exception:
        logger.exception("The worker failed at import run %s", pk)
        _fail(run, _UNEXPECTED)


def _put_in_line(run, job, **told):
    run.line_up(job, **told)
    carry_on.enqueue(run.pk)


def _put_in_line_again(run):
    run.wait()
    carry_on.enqueue(run.pk)


def _take_up(pk):
    """The run, its next attempt begun; None where there is nothing to do, or no more to be tried."""
    with transaction.atomic():
        run = ImportRun.objects.at_work().filter(pk=pk, step=Step.QUEUED).select_for_update().first()
        if run is None:
            return None
        run.begin(here())
    if run.attempts > MOST_ATTEMPTS:
        _fail(run, _GAVE_UP)
        return None
    return run


def _read(kind, run):
    reading = read_into(run, run.file.content, run.file.name)
    ImportRun.objects.filter(pk=run.pk, attempts=run.attempts).update(step=Step.COMPARING, step_at=moment())
    comparison = compare(kind, reading, run.answers)
    with transaction.atomic():
        run.held()  # nobody dropped it meanwhile, or began it anew
        show(run, comparison)


def _reread(kind, run, corrections, keep_as, user):
    if corrections is None:
        start_over(kind, run)
    else:
        correct(kind, run, corrections)
    if keep_as:
        keep_layout(ImportRun.objects.get(pk=run.pk), keep_as, user)


def _reread_as_told(kind, run, corrections, keep_as, user):
    told = None if corrections is None else [Correction.from_json(each) for each in corrections]
    _reread(kind, run, told, keep_as, get_user_model().objects.filter(pk=user).first())


def _take_back(kind, record, **confirmed):
    undo(kind, record.to_undo, record.uploaded_by, **confirmed, record=record)


DONE_BY = {Job.READ: _read, Job.REREAD: _reread_as_told, Job.SAVE: save, Job.UNDO: _take_back}


def _fail(run, message):
    """End the job, unless somebody dropped the run meanwhile or began it anew."""
    with suppress(NotSaved), transaction.atomic():
        run.held().fail(message)


def _refuse_unless_open(run):
    with transaction.atomic():
        run.held_open()
