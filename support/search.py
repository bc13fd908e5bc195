"""What of this app can be found."""

from sumairu.lib.wareki import full_name
from sumairu.search.sources import Source
from support.models import ProgramEdition

TEXTS = ["summary", "body", "target", "pays_for", "excludes", "rate", "ceiling", "how_to_apply", "legal_basis"]
NAMES = ["program__official_name", "program__plain_name", "program__aliases__name", "program__aliases__folded"]


def _text(edition):
    return "\n\n".join(filter(None, (getattr(edition, field) for field in TEXTS)))


SOURCES = [
    Source(
        slug="programs",
        label="支援制度",
        published=lambda: (
            ProgramEdition.objects.published().select_related("program").order_by("-fiscal_year", "program")
        ),
        fields=[*NAMES, *TEXTS, "local_notes__text"],
        title=lambda edition: edition.program.official_name,
        note=lambda edition: f"{edition.program.get_pillar_display()}　{full_name(edition.fiscal_year)}",
        text=_text,
    )
]
