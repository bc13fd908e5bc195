"""Imports of figures from workbooks, as they were previewed, saved, or given up."""

import zlib
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.timezone import localtime

from sumairu.imports.kinds import kind_label
from sumairu.imports.models.layouts import Layout
from sumairu.imports.models.workers import Worker
from sumairu.lib.workbooks import Reading
from sumairu.models import StoredFile

# No step takes so long: whoever had begun it hangs.
LONGEST_STEP = timedelta(minutes=10)


class ImportRunQuerySet(models.QuerySet):
    def with_files(self):
        """With what is said of each workbook, but not the workbooks themselves."""
        related = self.select_related("file", "uploaded_by", "undoes", "undone_by__undone_by")
        readings = [f"{run}packed_reading" for run in ("", "undoes__", "undone_by__", "undone_by__undone_by__")]
        return related.defer("file__content", *readings)

    def recorded(self):
        """All that changed figures, what took others back among them, newest first."""
        return self.filter(state=ImportRun.State.SAVED).order_by("-saved_at")

    def saved(self):
        """Those that saved what a workbook says, newest first."""
        return self.recorded().filter(undoes=None)

    def waiting_for(self, user):
        """What `user` has chosen and neither saved nor dropped."""
        return self.filter(state__in=ImportRun.WAITING, uploaded_by=user).with_files()

    def droppable(self):
        """What can be given up: what nobody who lives is saving."""
        being_saved = ImportRun.objects.begun().filter(state=ImportRun.State.SAVING, worker__in=Worker.objects.alive())
        return self.filter(state__in=ImportRun.WAITING).exclude(pk__in=being_saved.values("pk"))

    def at_work(self):
        """What waits for the worker, or is being read or saved by it."""
        return self.filter(state__in=ImportRun.AT_WORK)

    def begun(self):
        """What a worker is at, or was when it died."""
        return self.at_work().exclude(step=ImportRun.Step.QUEUED)

    def stuck(self):
        """What was begun, and left: its worker is gone, or has been at one step for too long."""
        alive = Q(worker__in=Worker.objects.alive(), step_at__gt=Now() - LONGEST_STEP)
        return self.begun().exclude(pk__in=ImportRun.objects.filter(alive).values("pk"))


class ImportRun(models.Model):
    """One workbook, as it was previewed and, if confirmed, as it was saved.

    What was read of it is kept, so that the preview shows and the save writes one and the same reading. `corrections`
    and `answers` are what the editor said of it; `remembered` names the answers to keep for later workbooks.

    What takes long is done by a worker (`tasks`): `step` is how far it is, `step_at` since when by the database's clock,
    `worker` who is at it, `attempts` how often it was begun. `message` says why a workbook was refused or a save did not
    come about.
    """

    class State(models.TextChoices):
        READING = "reading", "読み取り中"
        REFUSED = "refused", "読み取れません"
        PREVIEWED = "previewed", "確認中"
        SAVING = "saving", "保存中"
        SAVED = "saved", "保存済み"
        DROPPED = "dropped", "取りやめ"

    class Step(models.TextChoices):
        QUEUED = "queued", "順番を待っています"
        READING = "reading", "ブックを読んでいます"
        COMPARING = "comparing", "登録済みの数値と比べています"
        WRITING = "writing", "確かめた数値を保存しています"

    AT_WORK = (State.READING, State.SAVING)
    WAITING = (State.READING, State.REFUSED, State.PREVIEWED, State.SAVING)

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
    confirmed = models.JSONField("保存するよう言われた内容", default=dict, blank=True)
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
    packed_reading = models.BinaryField("読み取ったもの", null=True, editable=False)
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

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "取込の記録"
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="saved", saved_at__isnull=False) | (~Q(state="saved") & Q(saved_at=None)),
                name="import_run_saved_has_its_time",
                violation_error_message="保存済みの取込には保存日時が要ります。",
            )
        ]

    def __str__(self):
        return f"{self.file.name}（{localtime(self.uploaded_at):%Y-%m-%d}）"

    @property
    def is_open(self):
        return self.state == self.State.PREVIEWED

    @property
    def is_at_work(self):
        return self.state in self.AT_WORK

    @property
    def kind_label(self):
        return kind_label(self.kind)

    @property
    def who(self):
        return self.uploaded_by.name if self.uploaded_by else "サーバーでの取込"

    @property
    def to_undo(self):
        """The primary key of the run that the worker is to take back, or was; None for all other runs."""
        return self.confirmed.get("undoes")

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
    def reading(self):
        """What was read of the workbook: a `Reading`; None where none was kept, or one in a form of before."""
        packed = self.packed_reading
        if packed is not self._unpacked[0]:
            try:
                self._unpacked = (packed, Reading.from_json(zlib.decompress(packed)))
            except ValueError:
                self._unpacked = (packed, None)
        return self._unpacked[1]

    @reading.setter
    def reading(self, reading):
        self.packed_reading = zlib.compress(reading.to_json().encode(), level=1)
        self._unpacked = (self.packed_reading, reading)

    _unpacked = (None, None)  # what is packed, and what it is
