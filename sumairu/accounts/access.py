"""Who may keep the list of people: administrators."""

from sumairu.access import ADMINISTRATORS, Rule
from sumairu.accounts.models import SignInEvent, User

# Nobody is deleted: what they did stays theirs. They can no longer sign in.
RULES = {
    User: Rule(seen_by=ADMINISTRATORS, kept_by=ADMINISTRATORS, actions=("add", "change")),
    SignInEvent: Rule(seen_by=ADMINISTRATORS),
}
