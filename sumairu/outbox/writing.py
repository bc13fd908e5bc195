"""Putting mail into the outbox, in the transaction of what causes it."""

from datetime import timedelta

from django.core.validators import validate_email
from django.utils.timezone import now

from sumairu.outbox.models import ONE_LINE, Mailing, Message

MOST_AGAIN, AGAIN_WITHIN = 3, timedelta(hours=1)


def mailing(kind, title):
    """The mailing of this kind and title; what is written for one cause belongs together."""
    return Mailing.objects.get_or_create(kind=kind, title=title[:200])[0]


def unsaved(mailing, to, subject, text, html="", headers=None, useless_from=None):
    """A message that is checked but not saved, for many that are saved together. Raises `ValidationError`."""
    headers = headers or {}
    validate_email(to)
    for line in (to, subject, *headers, *headers.values()):
        ONE_LINE(line)
    return Message(
        mailing=mailing,
        to=to,
        subject=subject[:200],
        text=text,
        html=html,
        headers=headers,
        useless_from=useless_from,
    )


def write(mailing, to, subject, text, html="", headers=None, useless_from=None):
    message = unsaved(mailing, to, subject, text, html, headers, useless_from)
    message.save()
    return message


def has_had_enough(to, kinds):
    """Were so many messages of these kinds written to somebody of late that one more would help nobody but whoever pesters them?"""
    written = Message.objects.filter(to=to, mailing__kind__in=kinds, written_at__gt=now() - AGAIN_WITHIN)
    return written[:MOST_AGAIN].count() == MOST_AGAIN
