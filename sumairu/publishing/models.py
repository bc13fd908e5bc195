"""下書き → 確認待ち → 公開 → 公開終了: one rule decides what is public on a date, shared by all that is published."""

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localdate


class Status(models.TextChoices):
    DRAFT = "draft", "下書き"
    REVIEW = "review", "確認待ち"
    PUBLISHED = "published", "公開"
    ENDED = "ended", "公開終了"


class PublishableQuerySet(models.QuerySet):
    def published(self, on=None):
        """Rows that are public on a day in Hokkaido (today by default); publish and unpublish days are included."""
        return self.filter(public_on(on))

    def awaiting(self, on=None):
        """Rows on their way to the public: drafts, those to be confirmed, and those whose day lies ahead."""
        booked = Q(status=Status.PUBLISHED, publish_on__gt=on or localdate())
        return self.filter(booked | Q(status__in=[Status.DRAFT, Status.REVIEW]))


class Publishable(models.Model):
    status = models.CharField("公開の状態", max_length=10, choices=Status, default=Status.DRAFT)
    publish_on = models.DateField("公開する日", null=True, blank=True, help_text="空欄なら、公開にした時から見えます。")
    unpublish_on = models.DateField(
        "公開の最終日", null=True, blank=True, help_text="この日まで見えます。空欄なら期限なし。"
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(publish_on=None) | Q(unpublish_on=None) | Q(unpublish_on__gte=F("publish_on")),
                name="%(app_label)s_%(class)s_public_days_in_order",
                violation_error_message="公開の最終日が、公開する日より前です。",
            )
        ]

    def is_published(self, on=None):
        on = on or localdate()
        return (
            self.status == Status.PUBLISHED
            and (self.publish_on is None or self.publish_on <= on)
            and (self.unpublish_on is None or on <= self.unpublish_on)
        )


def public_on(on=None, prefix=""):
    """The rule as a condition; `prefix` is the lookup to the published row, as in `"editions__"`."""
    on = on or localdate()
    return (
        Q(**{f"{prefix}status": Status.PUBLISHED})
        & (Q(**{f"{prefix}publish_on": None}) | Q(**{f"{prefix}publish_on__lte": on}))
        & (Q(**{f"{prefix}unpublish_on": None}) | Q(**{f"{prefix}unpublish_on__gte": on}))
    )
