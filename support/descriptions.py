"""The public kinds of things of this app, each said once."""

from django.db.models import F, Q

from regions.descriptions import listed
from sumairu.descriptions import Kind, Part, part
from sumairu.lib.wareki import full_name
from support.models import Program, ProgramEdition
from support.standing import standings

# What is said of an edition beside the one that its programme's page shows.
BESIDE = {"past": "過去の年度の内容", "sample": "実際の内容が別にあります", "upcoming": "これからの年度の内容"}


def _aliases(edition):
    return listed(alias.name for alias in edition.program.aliases.all())


def _duties(edition):
    return listed(duty for duty in edition.program.duties.all() if duty.fiscal_year == edition.fiscal_year)


def _desks(edition):
    desks = [edition.program.desk, *(each.desk for each in edition.program.desks.all())]
    return listed(dict.fromkeys(desk.section for desk in desks if desk))


def _notes(editions):
    """Under which pillar and of which year each is, and what is said of its programme today, or of that year."""
    said = {each.program.pk: each for each in standings(programs=[edition.program_id for edition in editions])}
    return [_note(edition, said[edition.program_id]) for edition in editions]


def _note(edition, standing):
    parts = [edition.program.get_pillar_display(), full_name(edition.fiscal_year)]
    return "　".join([*parts, BESIDE.get(standing.role_of(edition)) or standing.words])


EDITIONS = Kind(
    slug="programs",
    label="支援制度",
    model=ProgramEdition,
    public=lambda: (
        ProgramEdition.objects.published()
        .select_related("program__desk")
        .prefetch_related(
            "program__aliases",
            "program__themes",
            "program__duties",
            "program__desks__desk",
            "local_notes",
            "attachments",
        )
        .order_by("is_sample", "-fiscal_year", "program")
    ),
    parts=[
        Part("name", "名称", ["program__official_name"], lambda edition: edition.program.official_name),
        part(ProgramEdition, "summary"),
        part(ProgramEdition, "body", is_markdown=True),
        part(ProgramEdition, "pays_for", is_markdown=True, is_compared=True),
        part(ProgramEdition, "excludes", is_markdown=True, is_compared=True),
        part(ProgramEdition, "target", is_markdown=True, is_compared=True),
        part(ProgramEdition, "rate", is_compared=True),
        part(ProgramEdition, "ceiling", is_compared=True),
        part(ProgramEdition, "decided_by", is_compared=True),
        part(ProgramEdition, "how_to_apply", is_markdown=True, is_compared=True),
        part(ProgramEdition, "legal_basis", is_compared=True),
        Part("plain_name", "やさしい名称", ["program__plain_name"], lambda edition: edition.program.plain_name),
        Part("themes", "分野", ["program__themes__name"], lambda edition: listed(edition.program.themes.all())),
        Part("aliases", "別名", ["program__aliases__name", "program__aliases__folded"], _aliases),
        Part(
            "local_notes",
            "振興局の注記",
            ["local_notes__text"],
            lambda edition: "\n\n".join(note.text for note in edition.local_notes.all()),
        ),
        Part(
            "duties",
            "派遣先での主な業務",
            ["program__duties__name"],
            _duties,
            among=Q(program__duties__fiscal_year=F("fiscal_year")),
        ),
        Part("desks", "窓口", ["program__desk__section", "program__desks__desk__section"], _desks),
        Part(
            "attachments",
            "添付ファイル",
            ["attachments__title"],
            lambda edition: listed(each.title for each in edition.attachments.all()),
        ),
    ],
    summary=lambda edition: edition.summary,
    notes=_notes,
    listed=lambda: Program.objects.published(),  # whose page shows the edition of today, and leads to the others
)

KINDS = [EDITIONS]
