"""What was decided about giving out the workbooks that came."""

from django.conf import settings
from django.db import models
from django.utils.timezone import now

from sumairu.append_only import AppendOnlyQuerySet
from sumairu.imports.models.runs import ImportRun


class GivingOut(models.Model):
    """That somebody let everybody have a run's workbook, or took that back. Rows are only added."""

    run = models.ForeignKey(ImportRun, models.PROTECT, verbose_name="取込", related_name="givings")
    allowed = models.BooleanField("公開してよい")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="決めた人",
        related_name="+",
        help_text="空欄はサーバーでの操作。",
    )
    decided_at = models.DateTimeField("決めた日時", default=now)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "もとのブックの公開"
        ordering = ["-decided_at", "-pk"]

    def __str__(self):
        return f"{self.run}：{self.words}"

    @property
    def words(self):
        return "公開する" if self.allowed else "公開しない"

    @property
    def who(self):
        return self.decided_by.name if self.decided_by else "サーバーでの操作"
