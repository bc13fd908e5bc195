"""What is said of texts when they are saved."""

from django.contrib import messages

from sumairu.texts import problems_of

MOST_TOLD = 5


def advise(request, rows):
    """Tell, of rows that are no public matter yet, what would stop their publishing. What is public was refused before."""
    found = [problem for row in rows if row.pk for problem in problems_of(row)]
    for problem in found[:MOST_TOLD]:
        messages.warning(request, f"公開する前に直してください。{problem}")
    if len(found) > MOST_TOLD:
        messages.warning(request, f"ほかに{len(found) - MOST_TOLD}か所あります。")
