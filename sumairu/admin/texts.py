"""What is said of texts when they are saved."""

from django.contrib import messages

from sumairu.texts import is_meant_for_public, problems_of

MOST_TOLD = 5


def advise(request, rows):
    """Tell what would stop the publishing of rows, and of what is public already the problems that stood there before."""
    found = [(row, problem) for row in rows if row.pk for problem in problems_of(row)]
    for row, problem in found[:MOST_TOLD]:
        when = (
            "保存しましたが、公開している文に直すところがあります。"
            if is_meant_for_public(row)
            else "公開する前に直してください。"
        )
        messages.warning(request, f"{when}{problem}")
    if len(found) > MOST_TOLD:
        messages.warning(request, f"ほかに{len(found) - MOST_TOLD}か所あります。")
