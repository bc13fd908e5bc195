"""What is to be sent, and what became of it; of what is over for `KEPT_FOR` only how many they were."""

from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import Count, F, Q
from django.db.models.functions import Now
from django.utils.timezone import now

KEPT_FOR = timedelta(days=14)  # once it is over, at most
LOST_AFTER = timedelta(minutes=10)  # nobody is still at sending one message
ONE_LINE = RegexValidator(r"\A[^\x00-\x1f\x7f\u0085\u2028\u2029]*\Z", "改行や制御文字は使えません。")


class State(models.TextChoices):
    WAITING = "waiting", "送信待ち"
    SENDING = "sending", "送信中"
    SENT = "sent", "送信済み"
    FAILED = "failed", "送れなかった"
    UNKNOWN = "unknown", "不明"
    STOPPED = "stopped", "送信を止めた"


OVER = (State.SENT, State.FAILED, State.UNKNOWN, State.STOPPED)


class MailingQuerySet(models.QuerySet):
    def counted(self):
        """With how many messages stand in each state, as `n_sent` and so on, those forgotten among them."""
        counts = {f"n_{state}": Count("messages", filter=Q(messages__state=state)) for state in State}
        counts |= {f"n_{state}": counts[f"n_{state}"] + F(f"past_{state}") for state in OVER}
        return self.annotate(**counts)


class Mailing(models.Model):
    """Messages of one cause, as headquarters sees them: what they are and how many, never to whom."""

    kind = models.CharField("種類", max_length=40)  # as the app calls it that writes them
    title = models.CharField("何のメールか", max_length=200)
    made_at = models.DateTimeField("作った日時", default=now)
    past_sent = models.PositiveIntegerField("消した送信済み", default=0, editable=False)
    past_failed = models.PositiveIntegerField("消した送れなかったもの", default=0, editable=False)
    past_unknown = models.PositiveIntegerField("消した不明のもの", default=0, editable=False)
    past_stopped = models.PositiveIntegerField("消した止めたもの", default=0, editable=False)

    objects = MailingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "送ったメール"
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "title"], name="one_mailing_of_a_title", violation_error_message="同じ題があります。"
            )
        ]

    def __str__(self):
        return self.title

    @property
    def reasons(self):
        """Why some were not sent, or not yet: each reason and how many have it."""
        found = self.messages.exclude(reason="").exclude(state=State.SENT).order_by("reason")
        return list(found.values_list("reason").annotate(Count("pk")))

    def stop(self):
        """Send nothing of it that is not on its way yet. Returns how many that were."""
        waiting = self.messages.filter(state=State.WAITING)
        return waiting.update(state=State.STOPPED, over_at=Now(), text="", html="")

    def send_unknown_again(self):
        """Some may get it twice: that is for a person to decide. Returns how many."""
        unknown = self.messages.filter(state=State.UNKNOWN)
        return unknown.update(state=State.WAITING, over_at=None, due_at=Now(), reason="", attempts=0)


class MessageQuerySet(models.QuerySet):
    def due(self):
        """What may be sent now, the oldest first. Hosts share one clock: the database's."""
        return self.filter(state=State.WAITING, due_at__lte=Now()).order_by("due_at", "pk")

    def lost(self):
        """Begun, and left: whoever sent it ended between the server's answer and writing it down, or before that."""
        return self.filter(state=State.SENDING, begun_at__lt=Now() - LOST_AFTER)

    def useless(self):
        """Waiting for longer than they are of use to anybody."""
        return self.filter(state=State.WAITING, useless_from__lte=Now())

    @transaction.atomic
    def forget(self):
        """Delete these rows with their addresses and texts; their mailings go on counting those that are over."""
        # Locked, so that one that is being sent again meanwhile is not deleted by what it was before.
        rows = list(self.select_for_update().order_by("pk").values_list("pk", "mailing", "state"))
        gone = {}
        for pk, mailing, state in rows:
            gone.setdefault((mailing, state), []).append(pk)
        for (mailing, state), pks in gone.items():
            if state in OVER:
                Mailing.objects.filter(pk=mailing).update(**{f"past_{state}": F(f"past_{state}") + len(pks)})
        Message.objects.filter(pk__in=[pk for pk, *_ in rows]).delete()
        return len(rows)

    def old(self):
        """Over for long enough, or over and of no use to anybody any more: what is kept for a day is not kept here for longer."""
        over = self.filter(state__in=OVER)
        return over.filter(Q(over_at__lte=Now() - KEPT_FOR) | Q(useless_from__lte=Now()))


class Message(models.Model):
    """To one address. Addresses stand here alone, and in no list of the staff side."""

    uid = models.UUIDField("識別子", default=uuid4, unique=True, editable=False)  # the same however often it is sent
    mailing = models.ForeignKey(Mailing, models.CASCADE, verbose_name="何のメールか", related_name="messages")
    to = models.EmailField("宛先", db_index=True)
    subject = models.CharField("件名", max_length=200, validators=[ONE_LINE])
    text = models.TextField("本文")
    html = models.TextField("HTMLの本文", blank=True)
    headers = models.JSONField("ヘッダー", default=dict, blank=True)
    state = models.CharField("状態", max_length=10, choices=State, default=State.WAITING)
    reason = models.CharField("理由", max_length=300, blank=True)
    attempts = models.PositiveSmallIntegerField("試した回数", default=0)
    written_at = models.DateTimeField("書いた日時", default=now)
    due_at = models.DateTimeField("送る日時", db_default=Now())
    useless_from = models.DateTimeField("これより後は送らない", null=True, blank=True)
    begun_at = models.DateTimeField("送り始めた日時", null=True, blank=True)
    over_at = models.DateTimeField("終わった日時", null=True, blank=True)

    State = State
    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "メール"
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["due_at", "id"], condition=Q(state__in=["waiting", "sending"]), name="messages_on_their_way"
            ),
            models.Index(fields=["mailing", "state"], name="messages_of_a_mailing"),
        ]

    def __str__(self):
        return f"{self.subject}（{self.get_state_display()}）"

    @property
    def message_id(self):
        host = settings.PUBLIC_ADDRESS.split("//")[-1].split(":")[0].split("/")[0]
        return f"<{self.uid}@{host}>"
