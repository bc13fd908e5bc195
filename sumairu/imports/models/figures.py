"""What every figure says of where it came from, and of what it was before."""

from collections.abc import Callable
from contextlib import contextmanager

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Q

from sumairu.changes import telling_of
from sumairu.fields import years_are
from sumairu.imports.models.runs import ImportRun
from sumairu.inserting import insert_rows
from sumairu.lib.amounts import about, about_yen, grouped, yen_words
from sumairu.lib.calendars import FISCAL_YEARS
from sumairu.lib.measures import COUNTED_IN
from sumairu.search import index

# Of a figure, and alike of a change of it: where its value is from, by the names of the columns.
SOURCE_COLUMNS = ("run_id", "sheet", "cell", "raw", "unit", "note", "entered_by_id")


def about_words(value, measure):
    """`value` as headings and sentences say it: yen to three figures, what is counted from 100,000 on."""
    if measure == "yen":
        return about_yen(value)
    return value_words(value, measure) if abs(value) < 10**5 else f"{about(value)}{COUNTED_IN.get(measure, '')}"


def value_words(value, measure):
    """45億8,000万円, 38人, 1,234件; なし for None."""
    match value, measure:
        case None, _:
            return "なし"
        case _, "yen":
            return yen_words(value)
        case _:
            return f"{grouped(value)}{COUNTED_IN.get(measure, '')}"


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
    key_fields: tuple[str, ...]  # the fields that say which figure this is: whose it is, then the others
    measure: str  # what is counted: "yen", "people" or "count"
    told: Callable[..., str]  # from the values of the key fields: all that says which figure this is, in words

    class Meta:
        abstract = True
        constraints = [
            years_are("%(app_label)s_%(class)s_year_has_a_name"),
            models.CheckConstraint(
                condition=(Q(run__isnull=False, entered_by=None) & ~Q(cell="")) | Q(run=None, entered_by__isnull=False),
                name="%(app_label)s_%(class)s_has_one_source",
                violation_error_message="数値の出どころは、取込のセルか、入力した人のどちらか一つです。",
            ),
        ]

    @staticmethod
    def calendar_of(**key):
        """The years that a figure with such a key counts by."""
        return FISCAL_YEARS

    @property
    def value(self):
        return getattr(self, self.value_field)

    @property
    def calendar(self):
        return self.calendar_of(**self._key_parts)

    @property
    def year_name(self):
        """「令和3年度」, or as its calendar calls the year."""
        return self.calendar.name(self.fiscal_year)

    @property
    def identity(self):
        return self.told(**self._key_parts)

    @property
    def _key_parts(self):
        return {name: getattr(self, name) for name in self.key_fields}

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
        with no_other_change(type(self)), telling_of(self):
            stored = type(self).objects.filter(pk=self.pk).first()
            self.come_from(None, entered_by=user)
            self.save()
            FigureChange.of(self, stored.value if stored else None, self.value).save()
            self.index([stored.key, self.key] if stored else [self.key])

    def take_out(self, user):
        """Delete the figure; its history stays and says who took it out."""
        with no_other_change(type(self)), telling_of(self):
            stored = type(self).objects.filter(pk=self.pk).first()
            if stored is None:
                return
            stored.come_from(None, entered_by=user)
            FigureChange.of(stored, stored.value, None).save()
            self.delete()
            self.index([stored.key])

    @classmethod
    def index(cls, keys):
        """Bring the search up to date after figures with these keys came, changed or went."""
        field = cls._meta.get_field(cls.key_fields[0])
        index.changed_of(field.related_model, {key[field.attname] for key in keys})

    def come_from(self, run, sheet="", cell="", raw="", unit="", note="", entered_by=None):
        """Say where the value is from; nothing is saved."""
        self.run, self.sheet, self.cell, self.raw, self.unit, self.note = run, sheet, cell, raw, unit, note
        self.entered_by = entered_by


class FigureChangeQuerySet(models.QuerySet):
    def with_sources(self):
        """With what `source_words` needs."""
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

    @property
    def difference_words(self):
        """＋706万円, −54人; empty where there was none before, or is none now."""
        if self.before is None or self.after is None:
            return ""
        sign = "＋" if self.after >= self.before else "−"
        return f"{sign}{value_words(abs(self.after - self.before), self.measure)}"

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
        return cls(**_told(figure, before, after))

    @classmethod
    def add(cls, changes, moment):
        """Record many changes at once: of each its figure, as it is now, and the values before and after."""
        insert_rows(cls, [_told(*change) | {"changed_at": moment} for change in changes])

    @classmethod
    def of_figure(cls, figure):
        content_type = ContentType.objects.get_for_model(figure)
        return cls.objects.filter(content_type=content_type, object_id=figure.pk).with_sources()


def _told(figure, before, after):
    """What a change says of its figure, by the names of its columns."""
    return {
        "content_type_id": ContentType.objects.get_for_model(figure).pk,
        "object_id": figure.pk,
        "label": figure.identity[:200],
        "measure": figure.measure,
        "key": figure.key,
        "before": before,
        "after": after,
    } | {name: getattr(figure, name) for name in SOURCE_COLUMNS}
