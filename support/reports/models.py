"""「この情報は違います」: what a reader says is wrong on a page, with what the page said then, until an office has answered it."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from regions.models import Desk, Subprefecture
from sumairu.fields import SampleField

CONTACT_KEPT_FOR = timedelta(days=180)
MOST_SAID = 20_000  # characters of a page


class ReportQuerySet(models.QuerySet):
    def published(self, on=None):
        """None: what readers send is for staff alone."""
        return self.none()

    def open(self):
        """Those that still wait for somebody."""
        return self.filter(state__in=Report.OPEN_STATES)

    def with_expired_contact(self, at=None):
        """Those whose sender can no longer be asked: the contact is due to go."""
        return self.exclude(contact="").filter(received_at__lte=(at or now()) - CONTACT_KEPT_FOR)


class Report(models.Model):
    """What was sent never changes, so no version holds it; what staff make of it does. The contact goes after its time."""

    class State(models.TextChoices):
        NEW = "new", "未対応"
        IN_HAND = "in_hand", "対応中"
        DONE = "done", "対応済み"
        NOT_OURS = "not_ours", "対象外"

    OPEN_STATES = (State.NEW, State.IN_HAND)

    page = models.CharField("ページ", max_length=500, editable=False)
    page_title = models.CharField("ページの題", max_length=300, editable=False)
    about = models.CharField("違うとされた数値の出どころ", max_length=300, blank=True, editable=False)
    said = models.TextField("そのときページにあった文", editable=False)
    content_version = models.PositiveBigIntegerField("そのときの内容の版", editable=False)
    wrong = models.TextField("違っているところ", editable=False)
    right = models.TextField("正しい内容", blank=True, editable=False)
    right_source = models.CharField("正しい内容の出どころ", max_length=300, blank=True, editable=False)
    contact = models.CharField("連絡先", max_length=200, blank=True, editable=False)
    received_at = models.DateTimeField("受け取った日時", default=now, editable=False, db_index=True)
    desk = models.ForeignKey(
        Desk, models.SET_NULL, null=True, blank=True, editable=False, verbose_name="窓口", related_name="+"
    )
    subprefecture = models.ForeignKey(
        Subprefecture,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="担当の振興局",
        related_name="+",
        help_text="空欄は本庁。",
    )
    state = models.CharField("状態", max_length=10, choices=State, default=State.NEW)
    answer = models.TextField(
        "対応の記録", blank=True, help_text="何を確かめ、どこを直したか。「対応済み」「対象外」にするときに書きます。"
    )
    is_sample = SampleField()

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "「違います」の連絡"
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["new", "in_hand"]) | ~Q(answer=""),
                name="closed_report_says_why",
                violation_error_message="「対応済み」「対象外」にするときは、対応の記録を書いてください。",
            )
        ]

    def __str__(self):
        return f"{self.page_title}（{self.wrong[:30]}）"
