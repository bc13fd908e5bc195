"""Imports of figures from workbooks, as they were previewed, saved, or given up."""

import zlib
from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.timezone import localtime, now

from sumairu.imports.kinds import kind_label
from sumairu.imports.models.layouts import Layout
from sumairu.imports.models.states import AT_WORK, JOBS, STATES, WAITING, Job, State, Step
from sumairu.imports.models.workers import Worker, moment
from sumairu.lib.workbooks import Reading
from sumairu.models import ContentVersion, StoredFile

# No step takes so long: whoever had begun it hangs.
LONGEST_STEP = timedelta(minutes=10)


class NotSaved(Exception):
    """Nothing was written; the message says why and what to do."""


class ImportRunQuerySet(models.QuerySet):
    def with_files(self):
        """With what is said of each workbook."""
        return self.select_related("file", "uploaded_by", "undoes", "undone_by__undone_by")

    def recorded(self):
        """All that changed figures, what took others back among them, newest first."""
        return self.filter(state=State.SAVED).order_by("-saved_at")

    def saved(self):
        """Those that saved what a workbook says, newest first."""
        return self.recorded().filter(undoes=None)

    def given_out(self):
        """Those whose workbooks headquarters lets everybody have."""
        return self.filter(may_be_given_out=True)

    def waiting_for(self, user):
        """What `user` has chosen and neither saved nor dropped."""
        return self.filter(state__in=WAITING, uploaded_by=user).with_files()

    def droppable(self):
        """What can be given up: what nobody who lives is saving."""
        being_saved = ImportRun.objects.begun().filter(state=State.SAVING, worker__in=Worker.objects.alive())
        return self.filter(state__in=WAITING).exclude(pk__in=being_saved.values("pk"))

    def drop(self):
        """Give up those that can be; how many that were."""
        return self.update(state=State.DROPPED, step="")

    def at_work(self):
        """What waits for the worker, or is being read or saved by it."""
        return self.filter(state__in=AT_WORK)

    def begun(self):
        """What a worker is at, or was when it died."""
        return self.at_work().exclude(step=Step.QUEUED)

    def left(self):
        """What was begun by a worker that is gone."""
        held = ImportRun.objects.filter(worker__in=Worker.objects.alive())
        return self.begun().exclude(pk__in=held.values("pk"))

    def stuck(self):
        """What does not go on: its worker is gone, or has been at one step for too long."""
        moving = Q(worker__in=Worker.objects.alive(), step_at__gt=Now() - LONGEST_STEP)
        return self.begun().exclude(pk__in=ImportRun.objects.filter(moving).values("pk"))


class ImportRun(models.Model):
    """One workbook, as it was previewed and, if confirmed, as it was saved.

    `corrections` and `answers` are what the editor said of it; `remembered` names the answers to keep for later workbooks.

    What takes long is a `job` of the worker (`tasks`), who does it as `told`: `step` is how far it is, `step_at` since
    when by the database's clock, `worker` who is at it, `attempts` how often it was begun. `to_undo` is the run that the
    job takes back. `message` says why a workbook was refused or a save did not come about.

    `STATES` says into which state a run may go from which, `JOBS` what each job makes of it.
    """

    State, Step, Job = State, Step, Job

    kind = models.CharField("何の数値", max_length=20)
    file = models.ForeignKey(StoredFile, models.PROTECT, verbose_name="ブック", related_name="runs")
    state = models.CharField("状態", max_length=10, choices=State, default=State.PREVIEWED)
    step = models.CharField("段階", max_length=10, choices=Step, blank=True)
    step_at = models.DateTimeField("段階の始まり", null=True, blank=True)
    worker = models.ForeignKey(
        Worker, models.SET_NULL, null=True, blank=True, editable=False, verbose_name="進めているプログラム"
    )
    attempts = models.PositiveSmallIntegerField("始めた回数", default=0)
    message = models.TextField("わけ", blank=True)
    job = models.CharField("仕事", max_length=10, choices=Job, blank=True)
    told = models.JSONField("仕事のしかた", default=dict, blank=True)
    to_undo = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        verbose_name="取り消そうとした取込",
        related_name="+",
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="取り込んだ人",
        related_name="import_runs",
        help_text="空欄はサーバーでの取込。",
    )
    uploaded_at = models.DateTimeField("選んだ日時", auto_now_add=True)
    saved_at = models.DateTimeField("保存日時", null=True, blank=True)
    digest = models.CharField("確かめた内容のSHA-256", max_length=64)
    layout = models.ForeignKey(
        Layout, models.SET_NULL, null=True, blank=True, verbose_name="使った読み方", related_name="runs"
    )
    corrections = models.JSONField("直した読み方", default=list, blank=True)
    answers = models.JSONField("質問の答え", default=dict, blank=True)
    remembered = models.JSONField("覚える答え", default=list, blank=True)
    undoes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, verbose_name="取り消した取込", related_name="undone_by"
    )
    new = models.PositiveIntegerField("新規", default=0)
    changed = models.PositiveIntegerField("変更", default=0)
    unchanged = models.PositiveIntegerField("変わらず", default=0)
    errors = models.PositiveIntegerField("誤り", default=0)
    questions = models.PositiveIntegerField("質問", default=0)
    skipped = models.PositiveIntegerField("読まない", default=0)
    result = models.JSONField("保存したときの内訳", default=dict, blank=True, editable=False)
    may_be_given_out = models.BooleanField(
        "もとのブックを公開してよい",
        default=False,
        editable=False,
        help_text="届いたままのブックを、だれでもダウンロードできるようになります。非表示のシート、行、列、セルのコメント、"
        "作った人の名前など、ブックの中のすべてが公開されます。",
    )

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "取込の記録"
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="saved", saved_at__isnull=False) | (~Q(state="saved") & Q(saved_at=None)),
                name="import_run_saved_has_its_time",
                violation_error_message="保存済みの取込には保存日時が要ります。",
            ),
            models.CheckConstraint(
                condition=Q(may_be_given_out=False) | Q(state="saved", undoes=None),
                name="import_run_given_out_is_saved",
                violation_error_message="公開できるのは、保存した取込のブックだけです。",
            ),
        ]

    def __str__(self):
        return f"{self.file.name}（{localtime(self.uploaded_at):%Y-%m-%d}）"

    def save(self, *args, **kwargs):
        """Save with it what was read since."""
        if self._read_since is None:
            super().save(*args, **kwargs)
            return
        with transaction.atomic():
            super().save(*args, **kwargs)
            self._read_since.save()
        self._read_since = None

    @property
    def is_open(self):
        return self.state == self.State.PREVIEWED

    @property
    def is_at_work(self):
        return self.state in AT_WORK

    @property
    def course(self):
        return JOBS[self.job]

    @property
    def is_being_undone(self):
        """Does the worker's job take another run back?"""
        return self.job == Job.UNDO

    @property
    def kind_label(self):
        return kind_label(self.kind)

    @property
    def who(self):
        return self.uploaded_by.name if self.uploaded_by else "サーバーでの取込"

    @property
    def is_undone(self):
        """Was it taken back, and has that not been taken back in its turn?"""
        undo = getattr(self, "undone_by", None)
        return undo is not None and not undo.is_undone

    @property
    def is_undo(self):
        """Did it take back what a workbook says (and not what had taken that back)?"""
        return self.undoes is not None and not self.undoes.is_undo

    @property
    def act(self):
        if self.undoes_id is None:
            return "取込"
        return "取消し" if self.is_undo else "やり直し"

    @property
    def state_words(self):
        if self.undoes_id is None:
            return "取消し済み" if self.is_undone else self.get_state_display()
        if not self.is_undone:
            return self.act
        return "取消し（やり直し済み）" if self.is_undo else "やり直し（取消し済み）"

    @property
    def workbook_path(self):
        """Where anybody may have the workbook; empty where nobody may. Pages show it beside figures that are public."""
        if not self.may_be_given_out:
            return ""
        return reverse("source_workbook", args=[self.file.sha256[:12], self.file.name])

    @property
    def workbook_url(self):
        return f"{settings.PUBLIC_ADDRESS}{self.workbook_path}" if self.may_be_given_out else ""

    @property
    def has_reading(self):
        return hasattr(self, "kept_reading")

    @property
    def reading(self):
        """What was read of the workbook: a `Reading`; None where none was kept, or one in a form of before."""
        return self.kept_reading.reading if self.has_reading else None

    @reading.setter
    def reading(self, reading):
        self._read_since = KeptReading.of(self, reading)

    _read_since = None  # a `KeptReading` that is saved with the run

    # --- What may become of a run ----------------------------------------------------------------------------------

    def held(self):
        """The run as it is now, locked until the transaction ends.

        Raises `NotSaved` where it has gone on since this instance was read: to another state, or another attempt.
        """
        run = ImportRun.objects.select_for_update().get(pk=self.pk)
        if (run.state, run.attempts) != (self.state, self.attempts):
            raise run._over()
        return run

    def held_open(self):
        """The run, locked, where it waits for its editor to settle it. Raises `NotSaved` where it does not."""
        run = ImportRun.objects.select_for_update().get(pk=self.pk)
        if not run.is_open:
            raise run._over()
        return run

    def line_up(self, job, **told):
        """Wait for the worker to do `job` as `told`. Raises `NotSaved` where it is too late for that."""
        self._go_to(JOBS[job].state)
        self.job, self.told, self.attempts = job, told, 0
        self.wait()

    def wait(self):
        """Wait for the worker once more, with the same job."""
        self.step, self.step_at, self.worker, self.message = Step.QUEUED, moment(), None, ""
        self.save()

    def begin(self, worker):
        """Be taken up by a worker, one more attempt."""
        self.attempts += 1
        self.step, self.step_at, self.worker = self.course.steps[0], moment(), worker
        self.save()

    def show(self, comparison):
        """Wait for the editor, with what came of comparing."""
        self._go_to(State.PREVIEWED)
        self._count(comparison)
        self.message = ""
        self.save()

    def conclude(self, comparison=None):
        """Be saved, as `comparison` says where there is one; the figures are written in the same transaction."""
        self._go_to(State.SAVED)
        if comparison:
            self._count(comparison)
        self.saved_at = now()
        self.save()

    def give_out(self, allowed, user):
        """Let everybody have the workbook, or nobody any more, and keep who said so. Raises `NotSaved` where it cannot be.

        An address is of a workbook: where nobody may have it any more, that holds for every run of the same one. The last of what
        a transaction does: others that move the version wait for it.
        """
        with transaction.atomic():
            run = ImportRun.objects.select_for_update().get(pk=self.pk)
            if allowed:
                run.refuse_giving_out()
            same = ImportRun.objects.filter(file__sha256=run.file.sha256, file__name=run.file.name)
            concerned = [run] if allowed else list(same.given_out().select_for_update(of=["self"]).order_by("pk"))
            concerned = [each for each in concerned if each.may_be_given_out != allowed]
            ImportRun.objects.filter(pk__in=[each.pk for each in concerned]).update(may_be_given_out=allowed)
            for each in concerned:
                each.givings.create(allowed=allowed, decided_by=user)
            if concerned:
                ContentVersion.moved()
        self.may_be_given_out = allowed

    def refuse_giving_out(self):
        """Raises `NotSaved` where the workbook cannot be given out."""
        if self.state != State.SAVED or self.undoes_id or self.is_undone:
            raise NotSaved("公開できるのは、保存してあり、取り消していない取込のブックだけです。")

    def fail(self, message):
        """End the worker's job without its result, and say why: all is as it was before, a new workbook is refused."""
        self._go_to(self.course.failed)
        self.message = message
        self.save()

    def drop(self):
        """Give up a run of which nothing is being saved; the record stays. Raises `NotSaved` where it is too late."""
        if not ImportRun.objects.droppable().filter(pk=self.pk).drop():
            raise NotSaved("この取込は、もう保存したか、取りやめたものです。")

    def _count(self, comparison):
        counts = comparison.counts
        self.digest = comparison.digest
        self.new, self.changed, self.unchanged = counts["new"], counts["changed"], counts["unchanged"]
        self.errors, self.questions, self.skipped = counts["error"], counts["question"], counts["skipped"]

    def _go_to(self, state):
        if state not in STATES[State(self.state)].then:
            raise self._over()
        self.state, self.step = state, ""

    def _over(self):
        return NotSaved(f"この取込は{self.get_state_display()}です。もう一度取り込むには、ブックを選び直してください。")


class KeptReading(models.Model):
    """What was read of a run's workbook, so that the preview shows and the save writes one and the same reading."""

    run = models.OneToOneField(
        ImportRun, models.CASCADE, primary_key=True, verbose_name="取込", related_name="kept_reading"
    )
    packed = models.BinaryField("読み取ったもの")

    class Meta:
        verbose_name = verbose_name_plural = "読み取ったもの"

    def __str__(self):
        return f"{self.run_id}"

    @classmethod
    def of(cls, run, reading):
        """The unsaved record of what was read; the run has it at once."""
        kept = cls(run=run, packed=zlib.compress(reading.to_json().encode(), level=1))
        kept.reading = reading
        return kept

    @cached_property
    def reading(self):
        """A `Reading`; None where it was kept in a form of before."""
        try:
            return Reading.from_json(zlib.decompress(self.packed))
        except ValueError:
            return None
