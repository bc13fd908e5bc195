"""A case begun with what is known of an initiative: a draft, linked to it, that somebody then goes on writing."""

from django.db import transaction

from regions.models import Initiative
from sumairu.admin.making import Making, NotMade
from support.cases.models import Case

COPIED = (
    "title",
    "summary",
    "easy_summary",
    "readings",
    "fiscal_year",
    "starts_on",
    "ends_on",
    "subprefecture",
    "body",
    "result",
    "cost_yen",
    "cost_note",
    "partners",
    "source",
    "source_note",
    "is_sample",
)
OF_PICTURES = ("file", "width", "height", "alt", "caption", "credit", "source_url", "licence", "order")


@transaction.atomic
def case_of(initiative):
    """Once only of each initiative: who presses twice has one draft."""
    Initiative.objects.select_for_update().get(
        pk=initiative.pk
    )  # of two at once the second waits, and then sees the first
    if there := Case.objects.filter(made_from=initiative).first():
        raise NotMade(f"「{initiative}」からは、すでに先行事例「{there}」が作られています。")
    case = Case.objects.create(made_from=initiative, **{name: getattr(initiative, name) for name in COPIED})
    case.themes.set(initiative.themes.all())
    case.municipalities.set(initiative.municipalities.all())
    for link in initiative.links.order_by("pk"):
        case.links.create(label=link.label, url=link.url)
    for attachment in initiative.attachments.order_by("pk"):
        case.attachments.create(title=attachment.title, file=attachment.file)
    for picture in initiative.pictures.all():
        case.pictures.create(**{name: getattr(picture, name) for name in OF_PICTURES})
    return case


MAKINGS = {Initiative: [Making("case", "先行事例の下書きを作る", Case, case_of)]}
