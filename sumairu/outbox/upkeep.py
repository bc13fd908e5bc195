"""What the passing of days alone changes here, once a day."""

from sumairu.outbox.models import Message


def look_after():
    """Forget to whom something was sent two weeks ago, and what."""
    Message.objects.old().forget()
