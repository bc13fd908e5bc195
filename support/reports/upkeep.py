"""What the passing of days alone changes here, once a day."""

from support.reports.models import Report


def look_after():
    """Forget by what those can be asked who wrote long ago; how many."""
    return Report.objects.with_expired_contact().update(contact="")
