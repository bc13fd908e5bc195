"""What is said of texts when they are saved."""

from django.contrib import messages

from sumairu.descriptions import limits
from sumairu.texts import is_meant_for_public, problems_of

MOST_TOLD = 5


def advise(request, rows):
    """Tell what would stop the publishing of rows, and of what is public already the problems that stood there before.

    Of a text that is longer than a national standard says, it is only told: nothing stops it.
    """
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
    for words in filter(None, map(_too_long, rows)):
        messages.info(request, words)


def _too_long(row):
    """Which texts of a row are longer than a national standard says; empty where none is."""
    texts = [(row._meta.get_field(name), limit) for (model, name), limit in limits().items() if model is type(row)]
    long = [
        f"「{field.verbose_name}」は{length:,}字（目安は{limit:,}字まで）"
        for field, limit in texts
        if (length := len(getattr(row, field.name))) > limit
    ]
    return f"国の標準の長さをこえています。このままでも公開できます。{'、'.join(long)}。" if long else ""
