"""What the worker does with its beats: from seven in the morning on, reminders of the day and, from Monday on, the mail of the week."""

from time import monotonic

from django.conf import settings
from django.utils.timezone import localdate

from support.digests import weekly
from support.digests.models import Reminder
from support.digests.reminding import remind

LOOKED_EVERY, SECONDS = 60, 5  # once a minute; for so long while there is something to write

_looked_at = float("-inf")


def look_after():
    global _looked_at
    if not settings.SENDS_MAIL or monotonic() - _looked_at < LOOKED_EVERY:
        return
    monday = weekly.monday_of()
    if monday and Reminder.objects.due(localdate()).exists():
        remind()
    if monday and weekly.is_due():
        weekly.make(monday, SECONDS)
        if weekly.is_due():
            return  # goes on with the next beat
    _looked_at = monotonic()
