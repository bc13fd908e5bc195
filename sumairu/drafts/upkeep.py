"""What the passing of days alone changes here, once a day."""

from django.utils.timezone import now

from sumairu.drafts.models import KEPT_FOR, Draft, SentForm


def look_after():
    """Delete what was typed and never saved, and what tells of forms sent twice, once nobody can go on with them."""
    Draft.objects.delete_expired()
    SentForm.objects.filter(saved_at__lte=now() - KEPT_FOR).delete()
