"""Who wants to be told what. Rows are there from the confirmation to the stop, and not a moment longer."""

from datetime import timedelta
from functools import reduce
from operator import or_

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.timezone import localdate, now

from regions.models import Municipality, Subprefecture
from support.digests.choices import Choice
from support.models import ApplicationWindow

DAYS_BEFORE = (7, 3, 1)


class SubscriberQuerySet(models.QuerySet):
    def waiting_for(self, week):
        """Those to whom nothing was said in this week yet, those of one place together."""
        told = Delivery.objects.filter(week=week, subscriber=models.OuterRef("pk"))
        places = F("municipality").asc(nulls_last=True), F("subprefecture").asc(nulls_last=True)
        return self.filter(~models.Exists(told)).order_by(*places, "pk")


class Subscriber(models.Model):
    email = models.EmailField("メールアドレス", unique=True)
    municipality = models.ForeignKey(
        Municipality, models.CASCADE, null=True, blank=True, verbose_name="市町村", related_name="+"
    )
    subprefecture = models.ForeignKey(
        Subprefecture, models.CASCADE, null=True, blank=True, verbose_name="振興局", related_name="+"
    )
    pillars = models.JSONField("支援の柱", default=list, blank=True)  # none: all
    kinds = models.JSONField("種類", default=list, blank=True)  # none: all
    confirmed_at = models.DateTimeField("確認した日時", default=now)

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "メールを受け取る人"
        constraints = [
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="subscriber_in_lower_case",
                violation_error_message="メールアドレスは小文字で保存します。",
            ),
            models.CheckConstraint(
                condition=Q(municipality=None) ^ Q(subprefecture=None),
                name="subscriber_of_one_place",
                violation_error_message="市町村か振興局のどちらか一つを選びます。",
            ),
        ]

    def __str__(self):
        return masked(self.email)

    @property
    def about(self):
        """What links act on that change or stop this."""
        return f"digests:{self.pk}"

    @property
    def choice(self):
        return Choice(self.municipality, self.subprefecture, tuple(self.pillars), tuple(self.kinds))

    @choice.setter
    def choice(self, choice):
        self.municipality, self.subprefecture = choice.town, None if choice.town else choice.office
        self.pillars, self.kinds = list(choice.pillars), list(choice.kinds)


class Week(models.Model):
    """A weekly mail in the making: which updates it tells of. `after` and `up_to` are primary keys of updates."""

    monday = models.DateField("月曜日", unique=True)
    after = models.PositiveBigIntegerField("どの更新より後か", default=0)
    up_to = models.PositiveBigIntegerField("どの更新までか", default=0)
    finished_at = models.DateTimeField("作り終えた日時", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "週のメール"

    def __str__(self):
        return f"{self.monday}の週"


class Delivery(models.Model):
    """That somebody was seen to in a week: a second mail of that week cannot be."""

    week = models.ForeignKey(Week, models.CASCADE, verbose_name="週", related_name="deliveries")
    subscriber = models.ForeignKey(Subscriber, models.CASCADE, verbose_name="受け取る人", related_name="deliveries")
    has_mail = models.BooleanField("メールにした", default=False)  # else there was nothing to say

    class Meta:
        verbose_name = verbose_name_plural = "週のメールの控え"
        constraints = [
            models.UniqueConstraint(
                fields=["subscriber", "week"],
                name="one_mail_a_week",
                violation_error_message="この週のメールは、もう作ってあります。",
            )
        ]

    def __str__(self):
        return f"{self.week}・{self.subscriber}"


class ReminderQuerySet(models.QuerySet):
    def due(self, on=None):
        """Those whose day has come, at the latest on the last day of the call; and those of a call that has no last day any more."""
        on = on or localdate()
        come = [Q(window__closes_on=None)]
        come += [Q(days_before=days, window__closes_on__lte=on + timedelta(days=days)) for days in DAYS_BEFORE]
        return self.filter(reduce(or_, come))


class Reminder(models.Model):
    """That somebody wants to be told once before a call ends; gone once they were told."""

    email = models.EmailField("メールアドレス")
    window = models.ForeignKey(ApplicationWindow, models.CASCADE, verbose_name="受付期間", related_name="+")
    days_before = models.PositiveSmallIntegerField("何日前か", choices=[(days, f"{days}日前") for days in DAYS_BEFORE])
    confirmed_at = models.DateTimeField("確認した日時", default=now)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "締切前の知らせ"
        constraints = [
            models.UniqueConstraint(
                fields=["email", "window"],
                name="one_reminder_of_a_call",
                violation_error_message="この募集の知らせは、もう申し込まれています。",
            )
        ]

    def __str__(self):
        return f"{masked(self.email)}・{self.window}"

    @property
    def about(self):
        return f"reminders:{self.pk}"


def days_before(window, on=None):
    """How many days before the last day of a call one is reminded who asks on a day: on a later day. None where none is left."""
    on = on or localdate()
    left = (window.closes_on - on).days if window.closes_on else 0
    return next((days for days in DAYS_BEFORE if left > days), None)


def masked(email):
    """An address as a terminal or a log may show it."""
    name, _, host = email.partition("@")
    return f"{name[:1]}***@{host}"
