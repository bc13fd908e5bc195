"""What every record was, and who changed it: snapshots that are only ever added to."""

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.timezone import now

from sumairu.append_only import AppendOnly, AppendOnlyQuerySet


class Origin(models.TextChoices):
    """The way by which a change came in."""

    BEFORE = "before", "記録を始める前から"
    FORM = "form", "編集画面"
    ACTION = "action", "一覧の操作"
    TABLE = "table", "表の取込"
    COMMAND = "command", "サーバーでの作業"


class VersionQuerySet(AppendOnlyQuerySet):
    def of(self, model, record_id):
        return self.filter(kind=model._meta.label_lower, record_id=record_id)

    def newest(self):
        """Of each record the newest version."""
        later = Version.objects.filter(
            kind=models.OuterRef("kind"), record_id=models.OuterRef("record_id"), number__gt=models.OuterRef("number")
        )
        return self.filter(~models.Exists(later))

    def of_office(self, office):
        """Of what is an office's own, or by somebody who was posted there."""
        return self.filter(models.Q(office=office) | models.Q(by_office=office))

    def with_previous(self):
        """With all that telling of the change needs."""
        return self.select_related("by", "previous")


class Version(models.Model):
    """One state of one record and of the rows beneath it, by whom it came about, and from where.

    `content` is `{"fields": {name: value}, "rows": {kind: {primary key: {name: value}}}}`, as `snapshots` makes it; None
    where the record was deleted. Whatever stood before the first change that was recorded is version 1 (`BEFORE`).
    """

    kind = models.CharField("種類", max_length=100)  # the label of the model: regions.initiative
    record_id = models.BigIntegerField("記録の番号")
    number = models.PositiveIntegerField("版")
    previous = models.ForeignKey(
        "self", models.PROTECT, null=True, verbose_name="前の版", related_name="+", db_index=False
    )
    label = models.CharField("記録", max_length=300)
    content = models.JSONField("内容", null=True)
    digest = models.CharField("内容の要約値", max_length=32, blank=True)
    files = models.JSONField("ファイル", default=list, blank=True)  # the stored files that `content` names
    office = models.BigIntegerField("所属", null=True)  # whose the record is; None is headquarters
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        verbose_name="変えた人",
        related_name="+",
        db_index=False,
    )
    by_office = models.BigIntegerField("変えた人の所属", null=True)
    made_at = models.DateTimeField("日時", default=now)
    origin = models.CharField("どこから", max_length=10, choices=Origin)
    reference = models.CharField("どの画面・表・作業", max_length=200, blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "変更の記録"
        ordering = ["-made_at", "-pk"]
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "record_id", "number"],
                name="one_version_of_a_number",
                violation_error_message="この記録のこの版は、すでにあります。",
            )
        ]
        indexes = [
            models.Index(fields=["-made_at", "-id"], name="versions_by_time"),
            models.Index(fields=["by", "-made_at"], name="versions_by_person"),
        ]

    def __str__(self):
        return f"{self.label} 第{self.number}版"

    def save(self, **kwargs):
        if not self._state.adding:
            raise AppendOnly("Version")
        super().save(**kwargs)

    def delete(self, **kwargs):
        raise AppendOnly("Version")

    @property
    def is_deletion(self):
        return self.content is None

    @property
    def model(self):
        """The model of the record; None where the portal no longer has it."""
        try:
            return apps.get_model(self.kind)
        except LookupError:
            return None

    @property
    def who(self):
        return self.by.name if self.by else ""

    @property
    def source_words(self):
        """編集画面（受付期間）, 表の取込（取組.xlsx）, サーバーでの作業: what a command is called tells editors nothing."""
        is_named = self.reference and self.origin != Origin.COMMAND
        return f"{self.get_origin_display()}（{self.reference}）" if is_named else self.get_origin_display()
