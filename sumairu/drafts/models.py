"""Drafts: a form as it was posted, with its files, until it is saved, discarded or a day old."""

from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import now

KEPT_FOR = timedelta(hours=24)
RESUME = "_draft"  # in the query of a page that is to show a draft


class DraftQuerySet(models.QuerySet):
    def kept(self, at=None):
        """Drafts that are not yet due to go, at a moment (now by default)."""
        return self.filter(stored_at__gt=(at or now()) - KEPT_FOR)

    def expired(self, at=None):
        return self.filter(stored_at__lte=(at or now()) - KEPT_FOR)

    def delete_expired(self):
        """Delete the expired, but for those that somebody else deletes in this moment: nobody waits for them."""
        with transaction.atomic():
            free = self.expired().select_for_update(skip_locked=True)
            self.filter(pk__in=list(free.values_list("pk", flat=True))).delete()

    def of(self, user):
        return self.filter(user=user)


class Draft(models.Model):
    class Why(models.TextChoices):
        INVALID = "invalid", "直すところがあり、まだ保存していません。"
        HELD = "held", "確かめの途中で、まだ保存していません。"
        EXPIRED = "expired", "サインインの期限が切れていたため、保存できませんでした。"
        UNFINISHED = "unfinished", "サインインの途中だったため、保存できませんでした。"
        ENDED = "ended", "今日の配属がないため、保存できませんでした。"
        REFUSED = "refused", "いまの配属では変えられない記録のため、保存できませんでした。"
        GONE = "gone", "送り先の記録が見つからないため、保存できませんでした。"
        UNPROVEN = "unproven", "この画面から送られたことを確かめられなかったため、保存できませんでした。"
        FAILED = "failed", "こちらの不具合のため、保存できませんでした。"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="入力した人", related_name="+")
    key = models.CharField("この入力の名前", max_length=32)
    path = models.CharField("送り先", max_length=500)
    page = models.CharField("続きを書く画面", max_length=2000, blank=True)
    why = models.CharField("保存できなかった理由", max_length=10, choices=Why)
    fields = models.JSONField("入力した内容", default=list)
    times = models.PositiveSmallIntegerField("残した回数", default=0)
    stored_at = models.DateTimeField("残した日時", default=now, db_index=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "保存していない入力"
        ordering = ["-stored_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "key"],
                name="one_draft_of_an_opened_form",
                violation_error_message="この入力は、すでに残してあります。",
            )
        ]

    def __str__(self):
        return f"{self.path}（{self.get_why_display()}）"

    def get_absolute_url(self):
        return reverse("draft_detail", args=[self.key])

    @property
    def resume_url(self):
        """The form with everything that was typed; of a form that cannot be drawn again, the page that tells of it."""
        if not self.page:
            return self.get_absolute_url()
        return f"{self.page}{'&' if '?' in self.page else '?'}{urlencode({RESUME: self.key})}"

    @property
    def posted(self):
        """The fields as a request has them."""
        data = QueryDict(mutable=True)
        for name, value in self.fields:
            data.appendlist(name, value)
        return data


class DraftFile(models.Model):
    draft = models.ForeignKey(Draft, models.CASCADE, verbose_name="入力", related_name="files")
    key = models.CharField("このファイルの名前", max_length=32)
    field = models.CharField("欄", max_length=200)
    name = models.CharField("ファイル名", max_length=255)
    media_type = models.CharField("種類", max_length=100, blank=True)
    content = models.BinaryField("中身")
    size = models.PositiveIntegerField("大きさ（バイト）")

    class Meta:
        verbose_name = verbose_name_plural = "保存していないファイル"
        constraints = [
            models.UniqueConstraint(
                fields=["draft", "key"],
                name="one_draft_file_of_a_key",
                violation_error_message="このファイルは、すでに残してあります。",
            )
        ]

    def __str__(self):
        return self.name


class SentForm(models.Model):
    """That a form was sent and saved, with exactly this typed into it: see `once`."""

    key = models.CharField("何を送ったかの要約値", max_length=64, unique=True)
    saved_at = models.DateTimeField("保存した日時", default=now, db_index=True)

    class Meta:
        verbose_name = verbose_name_plural = "送られたフォーム"

    def __str__(self):
        return self.key[:6]
