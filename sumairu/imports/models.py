"""Imports of figures from workbooks, and what every figure says of where it came from."""

import zlib
from collections.abc import Callable
from contextlib import contextmanager

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Q

from sumairu.imports.kinds import OF_SHEET, kinds
from sumairu.lib.amounts import grouped, yen_words
from sumairu.lib.workbooks import Correction, Reading
from sumairu.models import StoredFile


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
        """What can be given up: what nobody is saving yet."""
        return self.filter(Q(state__in=ImportRun.WAITING) & ~(Q(state="saving") & ~Q(step="queued")))

    def at_work(self):
        """What waits for the worker, or is being read or saved by it."""
        return self.filter(state__in=ImportRun.AT_WORK)


class Layout(models.Model):
    """How workbooks of one shape are read, as an editor once corrected it: applied by itself to the next of that shape.

    `shape` is what stays the same from year to year (`sumairu.lib.workbooks.shape`). Of the corrections, no year is
    kept: next year's workbook is of another.
    """

    kind = models.CharField("何の数値", max_length=20)
    name = models.CharField("名前", max_length=80)
    shape = models.CharField("形", max_length=64)
    corrections = models.JSONField("直した読み方", default=list, blank=True)
    answers = models.JSONField("質問の答え", default=dict, blank=True)
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name="覚えさせた人", related_name="+"
    )
    kept_at = models.DateTimeField("覚えさせた日時", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "ブックの読み方"
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "shape"],
                name="one_layout_of_a_shape",
                violation_error_message="この形のブックの読み方は、すでにあります。",
            )
        ]

    def __str__(self):
        return self.name

    @property
    def kind_label(self):
        return _kind_label(self.kind)

    @staticmethod
    def corrections_from(corrections, reading):
        """`corrections` of one workbook as a layout keeps them: without years, and with the sheet's place for its name."""
        places = {name: place for place, name in enumerate(_sheets_seen(reading))}
        kept = [Correction.from_json(each).without_years().to_json() for each in corrections]
        return [each | {"sheet": places[each["sheet"]]} for each in kept if each["sheet"] in places]

    def corrections_for(self, reading):
        """What the layout says of a workbook of its shape."""
        names = _sheets_seen(reading)
        return [Correction.from_json(each | {"sheet": names[each["sheet"]]}) for each in self.corrections]

    @staticmethod
    def answers_from(answers, reading):
        """`answers` as a layout keeps them: those about a sheet with its place for its name."""
        return _with_sheets(answers, {name: str(place) for place, name in enumerate(_sheets_seen(reading))})

    def answers_for(self, reading):
        return _with_sheets(self.answers, {str(place): name for place, name in enumerate(_sheets_seen(reading))})


def _kind_label(slug):
    kind = kinds().get(slug)
    return kind.label if kind else slug


def _with_sheets(answers, sheets):
    """`answers` with the sheets that their keys are about called as `sheets` has them; without those that it has not."""
    keys = {key: key.partition(OF_SHEET) for key in answers}
    return {
        f"{about}{mark}{sheets[sheet]}" if mark else key: answers[key]
        for key, (about, mark, sheet) in keys.items()
        if not mark or sheet in sheets
    }


def _sheets_seen(reading):
    return [sheet.name for sheet in reading.sheets if not sheet.is_hidden]


class ImportRun(models.Model):
    """One workbook, as it was previewed and, if confirmed, as it was saved.

    What was read of it is kept, so that the preview shows and the save writes one and the same reading. `corrections`
    and `answers` are what the editor said of it; `remembered` names the answers to keep for later workbooks.

    What takes long is done by the worker (`tasks`): `step` is how far it is, `step_at` since when, `attempts` how often
    it was begun. `message` says why a workbook was refused or a save did not come about.
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
        help_text="空欄はコマンドによる取込。",
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
        return f"{self.file.name}（{self.uploaded_at:%Y-%m-%d}）"

    @property
    def is_open(self):
        return self.state == self.State.PREVIEWED

    @property
    def is_at_work(self):
        return self.state in self.AT_WORK

    @property
    def kind_label(self):
        return _kind_label(self.kind)

    @property
    def who(self):
        return self.uploaded_by.name if self.uploaded_by else "コマンドによる取込"

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


@contextmanager
def no_other_change(model):
    """A transaction in which nobody else changes figures of `model`: what is compared in it is what is written.

    SQLite has one writer at a time; elsewhere the row of the content type stands for all of its figures.
    """
    with transaction.atomic():
        content_type = ContentType.objects.get_for_model(model)
        ContentType.objects.select_for_update(no_key=True).get(pk=content_type.pk)
        yield


class SourcedFigure(models.Model):
    """A figure that says where it came from: a cell of an imported workbook, or who typed it in the admin."""

    run = models.ForeignKey(ImportRun, models.PROTECT, null=True, blank=True, editable=False, verbose_name="取込")
    sheet = models.CharField("シート", max_length=100, blank=True, editable=False)
    cell = models.CharField("セル", max_length=10, blank=True, editable=False)
    raw = models.CharField("資料の表記", max_length=100, blank=True, editable=False)
    unit = models.CharField("資料の単位", max_length=20, blank=True, editable=False)
    note = models.TextField("資料の注記", blank=True, editable=False, help_text="セルに付いていたコメント。")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        verbose_name="入力した人",
        related_name="+",
    )
    updated_at = models.DateTimeField("更新日時", auto_now=True)

    value_field: str  # the name of the field that holds the figure
    key_fields: tuple[str, ...]  # the fields that say which figure this is, the fiscal year among them
    measure: str  # what is counted: "yen", "people" or "count"
    told: Callable[..., str]  # from the values of the key fields: all that says which figure this is, in words

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=(Q(run__isnull=False, entered_by=None) & ~Q(cell="")) | Q(run=None, entered_by__isnull=False),
                name="%(app_label)s_%(class)s_has_one_source",
                violation_error_message="数値の出どころは、取込のセルか、入力した人のどちらか一つです。",
            )
        ]

    @property
    def value(self):
        return getattr(self, self.value_field)

    @property
    def identity(self):
        return self.told(**{name: getattr(self, name) for name in self.key_fields})

    @property
    def in_words(self):
        return value_words(self.value, self.measure)

    @property
    def key(self):
        """`{"program_id": 3, "fiscal_year": 2021, …}`: with it a figure that was taken out can be put back."""
        names = [self._meta.get_field(name).attname for name in self.key_fields]
        return {name: getattr(self, name) for name in names}

    @property
    def as_printed(self):
        """The figure as its source has it, 45.5億円; empty where it was typed here."""
        return self.raw if not self.unit or self.raw.endswith(self.unit) else f"{self.raw}{self.unit}"

    def type_in(self, user):
        """Take `user` as the source, save, and add the change to the history."""
        with no_other_change(type(self)):
            stored = type(self).objects.filter(pk=self.pk).first()
            self.come_from(None, entered_by=user)
            self.save()
            FigureChange.of(self, stored.value if stored else None, self.value).save()

    def take_out(self, user):
        """Delete the figure; its history stays and says who took it out."""
        with no_other_change(type(self)):
            stored = type(self).objects.filter(pk=self.pk).first()
            if stored is None:
                return
            stored.come_from(None, entered_by=user)
            FigureChange.of(stored, stored.value, None).save()
            self.delete()

    def come_from(self, run, sheet="", cell="", raw="", unit="", note="", entered_by=None):
        """Say where the value is from; nothing is saved."""
        self.run, self.sheet, self.cell, self.raw, self.unit, self.note = run, sheet, cell, raw, unit, note
        self.entered_by = entered_by


class FigureChangeQuerySet(models.QuerySet):
    def with_sources(self):
        """With what `source_words` needs, but not the workbooks themselves."""
        return self.prefetch_related(models.Prefetch("run", ImportRun.objects.with_files()), "entered_by")


class FigureChange(models.Model):
    """One change of one figure: what it was, what it became, and from where. Only ever added to."""

    content_type = models.ForeignKey(ContentType, models.PROTECT, verbose_name="種類")
    object_id = models.BigIntegerField("数値の番号")
    label = models.CharField("何の数値", max_length=200)
    measure = models.CharField("数えるもの", max_length=10, blank=True)
    key = models.JSONField("数値の鍵", default=dict)
    before = models.BigIntegerField("前の値", null=True)
    after = models.BigIntegerField("後の値", null=True)
    run = models.ForeignKey(ImportRun, models.PROTECT, null=True, verbose_name="取込", related_name="changes")
    sheet = models.CharField("シート", max_length=100, blank=True)
    cell = models.CharField("セル", max_length=10, blank=True)
    raw = models.CharField("資料の表記", max_length=100, blank=True)
    unit = models.CharField("資料の単位", max_length=20, blank=True)
    note = models.TextField("資料の注記", blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name="入力した人", related_name="+"
    )
    changed_at = models.DateTimeField("変わった日時", auto_now_add=True)

    objects = FigureChangeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "数値の履歴"
        ordering = ["-changed_at", "-pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="changes_of_a_figure")]

    def __str__(self):
        return f"{self.label}：{self.before_words} → {self.after_words}"

    @property
    def before_words(self):
        return value_words(self.before, self.measure)

    @property
    def after_words(self):
        return value_words(self.after, self.measure)

    as_printed = SourcedFigure.as_printed

    @property
    def who(self):
        return self.run.who if self.run else self.entered_by.name

    @property
    def act_words(self):
        """What was done: 予算.xlsx の取込, 予算.xlsx の取込の取消し, 入力."""
        if self.run is None:
            return "削除" if self.after is None else "入力"
        return f"{self.run.file.name} の取込{f'の{self.run.act}' if self.run.undoes_id else ''}"

    @property
    def source_words(self):
        """From where it came: a cell, a person, or the taking back of a run."""
        if self.run is None:
            return f"{self.who}が{self.act_words}"
        return self.act_words if self.run.undoes_id else f"{self.run.file.name} › {self.sheet} › {self.cell}"

    @classmethod
    def of(cls, figure, before, after):
        """The unsaved record of `figure` going from `before` to `after`, with the source that it has now."""
        return cls(
            content_type_id=ContentType.objects.get_for_model(figure).pk,
            object_id=figure.pk,
            label=figure.identity[:200],
            measure=figure.measure,
            key=figure.key,
            before=before,
            after=after,
            run_id=figure.run_id,
            sheet=figure.sheet,
            cell=figure.cell,
            raw=figure.raw,
            unit=figure.unit,
            note=figure.note,
            entered_by_id=figure.entered_by_id,
        )

    @classmethod
    def of_figure(cls, figure):
        content_type = ContentType.objects.get_for_model(figure)
        return cls.objects.filter(content_type=content_type, object_id=figure.pk).with_sources()


_COUNTED = {"people": "人", "count": "件"}


def value_words(value, measure):
    """45億8,000万円, 38人, 1,234件; なし for None."""
    match value, measure:
        case None, _:
            return "なし"
        case _, "yen":
            return yen_words(value)
        case _:
            return f"{grouped(value)}{_COUNTED.get(measure, '')}"
