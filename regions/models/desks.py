"""Sections that answer the telephone. Never a person: people move every April."""

from datetime import timedelta

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate

from regions.models.places import Subprefecture
from sumairu.fields import SampleField, TelephoneField
from sumairu.lib.telephones import telephones

CONFIRMED_FOR = timedelta(days=365)


class DeskQuerySet(models.QuerySet):
    def of(self, subprefecture):
        """A subprefecture's own desks; those of headquarters where `subprefecture` is None."""
        return self.filter(subprefecture=subprefecture)

    def confirmed(self, on=None):
        """Desks that somebody checked within the year before `on` (today by default)."""
        return self.filter(confirmed_on__gt=(on or localdate()) - CONFIRMED_FOR)

    def confirm(self, on=None):
        """Say that somebody checked these desks on a day (today by default). Returns how many they are."""
        return self.update(confirmed_on=on or localdate())

    def stale(self, on=None):
        return self.filter(confirmed_on__lte=(on or localdate()) - CONFIRMED_FOR)


class Desk(models.Model):
    subprefecture = models.ForeignKey(
        Subprefecture,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="振興局",
        related_name="desks",
        help_text="空欄は本庁。",
    )
    section = models.CharField("課・係", max_length=60)
    phone = TelephoneField(blank=True, help_text="例：0154-43-9144（内線2213）。いくつもあるときは「、」で区切ります。")
    email = models.EmailField("メール", blank=True)
    hours = models.CharField("受付時間", max_length=60, blank=True)
    confirmed_on = models.DateField(
        "確認日",
        validators=[MaxValueValidator(localdate, "確認日は、今日までの日にしてください。")],
        help_text="この連絡先を最後に確かめた日。1年を過ぎると注意を表示します。",
    )
    is_sample = SampleField()

    objects = DeskQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "窓口"
        ordering = [models.F("subprefecture__order").asc(nulls_first=True), "section"]
        constraints = [
            models.UniqueConstraint(
                fields=["subprefecture", "section"],
                name="one_desk_per_section",
                violation_error_message="この振興局には同じ課・係の窓口がすでにあります。",
            ),
            models.UniqueConstraint(
                fields=["section"],
                condition=Q(subprefecture=None),
                name="one_desk_per_section_at_headquarters",
                violation_error_message="本庁には同じ課・係の窓口がすでにあります。",
            ),
            models.CheckConstraint(
                condition=~Q(phone="", email=""),
                name="desk_can_be_reached",
                violation_error_message="電話かメールのどちらかを入れてください。",
            ),
        ]

    def __str__(self):
        return f"{self.subprefecture or '本庁'} {self.section}"

    @property
    def telephones(self):
        """Its numbers, each with the link that calls it; none where what was stored before is no number."""
        try:
            return telephones(self.phone)
        except ValueError:
            return []

    def is_confirmed(self, on=None):
        return self.confirmed_on > (on or localdate()) - CONFIRMED_FOR
