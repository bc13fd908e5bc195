"""When one may apply: windows of an edition. Open or closed is computed from their days, never stored."""

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localdate

from regions.models import Subprefecture
from sumairu.fields import SampleField
from support.models.programs import ProgramEdition


class ApplicationWindowQuerySet(models.QuerySet):
    def open_on(self, on=None):
        """Windows in which one may apply on a day; an unknown first or last day leaves that side open."""
        on = on or localdate()
        return self.filter(Q(opens_on=None) | Q(opens_on__lte=on), Q(closes_on=None) | Q(closes_on__gte=on))

    def closing_within(self, time, on=None):
        """Windows open on a day of which the last day is at most `time` (a timedelta) away."""
        on = on or localdate()
        return self.open_on(on).filter(closes_on__lte=on + time)


class ApplicationWindow(models.Model):
    class Applicant(models.TextChoices):
        ANYONE = "anyone", "すべて"
        MUNICIPALITY = "municipality", "市町村"
        GROUP = "group", "団体"

    class State(models.TextChoices):
        SOON = "soon", "もうすぐ"
        OPEN = "open", "受付中"
        CLOSED = "closed", "終了"

    edition = models.ForeignKey(ProgramEdition, models.CASCADE, verbose_name="年度版", related_name="windows")
    subprefecture = models.ForeignKey(
        Subprefecture,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="振興局",
        related_name="+",
        help_text="空欄は全道共通。",
    )
    applicant = models.CharField("申し込む人", max_length=15, choices=Applicant, default=Applicant.ANYONE)
    opens_on = models.DateField("受付開始日", null=True, blank=True, help_text="この日から。")
    closes_on = models.DateField("受付終了日", null=True, blank=True, help_text="この日まで。両方とも空欄なら通年。")
    note = models.CharField("受付備考", max_length=200, blank=True)
    is_sample = SampleField()

    objects = ApplicationWindowQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "受付期間"
        ordering = [F("subprefecture__order").asc(nulls_first=True), "applicant", "opens_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_on=None) | Q(closes_on=None) | Q(closes_on__gte=F("opens_on")),
                name="window_days_in_order",
                violation_error_message="受付終了日が、受付開始日より前です。",
            )
        ]

    def __str__(self):
        return f"{self.edition} {self.subprefecture or '全道'} {self.get_applicant_display()}"

    def state(self, on=None):
        on = on or localdate()
        if self.opens_on and on < self.opens_on:
            return self.State.SOON
        if self.closes_on and self.closes_on < on:
            return self.State.CLOSED
        return self.State.OPEN

    def is_open(self, on=None):
        return self.state(on) == self.State.OPEN

    def days_left(self, on=None):
        """Days until the last day, which counts: 0 on that day itself. None where there is no last day."""
        return self.closes_on and (self.closes_on - (on or localdate())).days
