"""What waits for a person in this app: issues on their way to the public."""

from sumairu.access import rows
from sumairu.publishing import awaiting
from support.journal.models import Issue

PLACES = []
GROUPS = []


def todo_for(user, on):
    for issue in rows(user, Issue, "change").awaiting(on).order_by("-updated_at"):
        yield awaiting.item(issue, title=issue.title, about=f"創る　{issue.name}")
