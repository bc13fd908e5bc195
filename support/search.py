"""What of this app can be found."""

from sumairu.lib.wareki import full_name
from sumairu.search.sources import Source
from support.models import ProgramEdition
from support.standing import standings

TEXTS = ["summary", "body", "target", "pays_for", "excludes", "rate", "ceiling", "how_to_apply", "legal_basis"]
NAMES = ["program__official_name", "program__plain_name", "program__aliases__name", "program__aliases__folded"]


# What is said of an edition beside the one that its programme's page shows.
BESIDE = {"past": "過去の年度の内容", "sample": "実際の内容が別にあります", "upcoming": "これからの年度の内容"}


def _text(edition):
    """Its words and then those beside them, so that an excerpt shows why it was found."""
    program = edition.program
    aliases = "、".join(alias.name for alias in program.aliases.all())
    beside = [program.plain_name, aliases and f"別名：{aliases}", *(note.text for note in edition.local_notes.all())]
    return "\n\n".join(filter(None, [*(getattr(edition, field) for field in TEXTS), *beside]))


def _notes(editions):
    """Under which pillar and of which year each is, and what is said of its programme today, or of that year."""
    said = {each.program.pk: each for each in standings(programs=[edition.program_id for edition in editions])}
    return [_note(edition, said[edition.program_id]) for edition in editions]


def _note(edition, standing):
    parts = [edition.program.get_pillar_display(), full_name(edition.fiscal_year)]
    return "　".join([*parts, BESIDE.get(standing.role_of(edition)) or standing.words])


SOURCES = [
    Source(
        slug="programs",
        label="支援制度",
        published=lambda: (
            ProgramEdition.objects.published()
            .select_related("program")
            .prefetch_related("program__aliases", "local_notes")
            .order_by("is_sample", "-fiscal_year", "program")
        ),
        fields=[*NAMES, *TEXTS, "local_notes__text"],
        title=lambda edition: edition.program.official_name,
        notes=_notes,
        text=_text,
    )
]
