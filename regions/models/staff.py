"""Who is posted where. Staff move every April, so a posting has days."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.timezone import localdate

from regions.models.places import Subprefecture
from sumairu.accounts.events import Kind, record
from sumairu.lib.days import full_day

LAST_ADMINISTRATOR = "今日サインインできる管理者が、ほかにいません。先にほかの人を管理者として配属してください。"


class StaffAssignmentQuerySet(models.QuerySet):
    def current(self, on=None):
        """Postings that hold on a day (today by default); first and last days are included."""
        on = on or localdate()
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__lte=on)

    def administering(self, on=None):
        """Postings of administrators who can sign in on a day."""
        return self.current(on).filter(role=StaffAssignment.Role.ADMINISTRATOR, user__is_active=True)

    def hold_administrators(self):
        """Nobody else ends an administrator's posting until this transaction is over: of two who do, one is told."""
        with transaction.atomic():
            rows = self.filter(role=StaffAssignment.Role.ADMINISTRATOR).order_by("pk")
            list(rows.select_for_update(no_key=True).values_list("pk"))

    def last_day_administered(self, on=None):
        """The day on which the last administrator's posting ends; None where one is without an end, or none is left."""
        rows = self.filter(role=StaffAssignment.Role.ADMINISTRATOR, user__is_active=True)
        days = set(rows.exclude(ends_on__lt=on or localdate()).values_list("ends_on", flat=True))
        return None if None in days else max(days, default=None)

    def overlapping(self, other):
        """Postings of the same person to the same place in the same role that share a day with `other`."""
        alike = self.filter(user=other.user_id, subprefecture=other.subprefecture_id, role=other.role)
        if other.ends_on:
            alike = alike.filter(starts_on__lte=other.ends_on)
        return alike.filter(Q(ends_on=None) | Q(ends_on__gte=other.starts_on)).exclude(pk=other.pk)


class StaffAssignment(models.Model):
    class Role(models.TextChoices):
        EDITOR = "editor", "編集者"
        ADMINISTRATOR = "administrator", "管理者"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="職員", related_name="assignments")
    subprefecture = models.ForeignKey(
        Subprefecture, models.PROTECT, null=True, blank=True, verbose_name="振興局", help_text="空欄は本庁。"
    )
    role = models.CharField("役割", max_length=15, choices=Role, default=Role.EDITOR)
    starts_on = models.DateField("いつから")
    ends_on = models.DateField("いつまで", null=True, blank=True, help_text="この日まで。空欄なら続いています。")

    objects = StaffAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "配属"
        ordering = ["-starts_on", "user"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="assignment_days_in_order",
                violation_error_message="配属の終わりが、始まりより前です。",
            ),
            models.CheckConstraint(
                condition=Q(role="editor") | Q(subprefecture=None),
                name="administrators_are_at_headquarters",
                violation_error_message="管理者は本庁に置きます。振興局を空欄にしてください。",
            ),
        ]

    def __str__(self):
        return f"{self.user.name}：{self.subprefecture or '本庁'}の{self.get_role_display()}"

    def save(self, **kwargs):
        """One at a time for each person, so that of two who enter the same posting one is told."""
        with transaction.atomic():
            list(type(self.user)._default_manager.select_for_update().filter(pk=self.user_id))
            self.clean()
            super().save(**kwargs)
            record(Kind.POSTING, user=self.user, detail=self.in_words)

    def clean(self):
        if self.user_id and self.starts_on and (twin := StaffAssignment.objects.overlapping(self).first()):
            until = f"{full_day(twin.ends_on)}まで" if twin.ends_on else "続いています"
            raise ValidationError(
                f"同じ配属がすでにあります（{full_day(twin.starts_on)}から、{until}）。期間を重ねずに入れてください。"
            )
        self._leave_an_administrator()

    def _leave_an_administrator(self):
        administering = StaffAssignment.objects.administering()
        if not self.pk or not administering.filter(pk=self.pk).exists():
            return
        stays = self.role == self.Role.ADMINISTRATOR and self.is_current()
        if stays:
            return
        StaffAssignment.objects.hold_administrators()
        if not administering.exclude(pk=self.pk).exists():
            raise ValidationError(LAST_ADMINISTRATOR)

    @property
    def in_words(self):
        until = f"{full_day(self.ends_on)}まで" if self.ends_on else "期限なし"
        return f"{self.subprefecture or '本庁'}の{self.get_role_display()}、{full_day(self.starts_on)}から{until}"

    def is_current(self, on=None):
        on = on or localdate()
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)
