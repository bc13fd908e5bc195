"""Who may keep the list of people: administrators. And who needs a second factor."""

from django.conf import settings

from sumairu.access import ADMINISTRATORS, Role, Rule, roles_of
from sumairu.accounts.models import SignInEvent, User

# Nobody is deleted: what they did stays theirs. They can no longer sign in.
RULES = {
    User: Rule(seen_by=ADMINISTRATORS, kept_by=ADMINISTRATORS, actions=("add", "change")),
    SignInEvent: Rule(seen_by=ADMINISTRATORS),
}


def needs_second_factor(user):
    """Headquarters and administrators do, where the settings say so."""
    return settings.SECOND_FACTOR_REQUIRED and not roles_of(user).isdisjoint({Role.HEADQUARTERS, Role.ADMINISTRATOR})
