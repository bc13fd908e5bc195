"""One row for each link: what it is for, what it acts on, and until when. The token itself is nowhere but in the mail."""

import secrets
from hashlib import sha256

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import now

LONGEST_TOKEN = 100


class LinkQuerySet(models.QuerySet):
    def usable(self, at=None):
        at = at or now()
        return self.filter(used_at=None, revoked_at=None, expires_at__gt=at)

    def about(self, about):
        """Those that act on one thing, named as whoever made them named it: "digests:12"."""
        return self.filter(about=about)

    def revoke(self):
        """None of these acts any more, and what they would have acted on is forgotten."""
        return self.usable().update(revoked_at=now(), payload={})

    def over(self, at=None):
        """Those that can act no more: nobody is told why, so nothing of them needs to stay."""
        at = at or now()
        return self.exclude(used_at=None, revoked_at=None, expires_at__gt=at)

    def with_token(self, token):
        """The usable link of `token`; None where there is none, for whatever reason."""
        if not token.isascii() or len(token) > LONGEST_TOKEN:
            token = ""
        return self.usable().filter(digest=digest_of(token)).first()


class Link(models.Model):
    digest = models.CharField("要約値", max_length=64, unique=True)  # SHA-256 of the token
    purpose = models.CharField("目的", max_length=40)
    payload = models.JSONField("対象", default=dict)
    about = models.CharField("何についてか", max_length=80, blank=True, db_index=True)
    made_at = models.DateTimeField("作った日時", default=now)
    expires_at = models.DateTimeField("期限", db_index=True)
    used_at = models.DateTimeField("使われた日時", null=True, blank=True)
    revoked_at = models.DateTimeField("取り消した日時", null=True, blank=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "メールで届くリンク"

    def __str__(self):
        return f"{self.purpose} {self.digest[:6]}"

    @classmethod
    def new(cls, purpose, payload, lasts, about=""):
        """An unsaved link that lasts for a time (a timedelta), and its token: for many that are saved together."""
        token = secrets.token_urlsafe(32)
        digest = digest_of(token)
        return cls(digest=digest, purpose=purpose, payload=payload, about=about, expires_at=now() + lasts), token

    @classmethod
    def make(cls, purpose, payload, lasts, about=""):
        """Save a link. Returns its address, which is known from now on to whoever gets it alone."""
        link, token = cls.new(purpose, payload, lasts, about)
        link.save()
        return address_of(token)

    def use(self):
        """Use it up, once: of several who do so at the same moment one gets True. What it acted on stays in memory alone."""
        return Link.objects.usable().filter(pk=self.pk).update(used_at=now(), payload={}) == 1


def digest_of(token):
    return sha256(token.encode()).hexdigest()


def address_of(token):
    """In the query, which nobody logs (`sumairu.middleware.log_requests`)."""
    return f"{settings.PUBLIC_ADDRESS}{reverse('link')}?{urlencode({'token': token})}"
