"""Who is posted where. Staff move every April, so a posting has days."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localdate

from regions.models.places import Subprefecture


class StaffAssignmentQuerySet(models.QuerySet):
    def current(self, on=None):
        """Postings that hold on a day (today by default); first and last days are included."""
        on = on or localdate()
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__lte=on)


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

    def is_current(self, on=None):
        on = on or localdate()
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)
