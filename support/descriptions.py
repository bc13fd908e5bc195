"""The public kinds of things of this app, each said once, and what can be downloaded without having a page."""

from django.db.models import Exists, F, OuterRef, Prefetch

from regions.descriptions import publishing, years
from regions.models import Desk, Theme
from sumairu.descriptions import Facet, Kind, Link, Part, Table, part
from sumairu.imports.sources import SOURCE, workbooks_of
from sumairu.imports.stages import Stage
from sumairu.lib.wareki import full_name
from support.charts import with_sources
from support.models import (
    ApplicationWindow,
    BudgetFigure,
    DispatchDuty,
    DispatchFigure,
    Pillar,
    Program,
    ProgramAlias,
    ProgramEdition,
)
from support.standard_set import STANDARD_SET
from support.standing import standings

HOKKAIDO = "010006"  # its 全国地方公共団体コード; subprefectures have none
# What is said of an edition beside the one that its programme's page shows.
BESIDE = {"past": "過去の年度の内容", "sample": "実際の内容が別にあります", "upcoming": "これからの年度の内容"}


def _duties(edition):
    return [duty.name for duty in edition.program.duties.all() if duty.fiscal_year == edition.fiscal_year]


def _links(edition):
    return [f"{link.title} {link.url}" for link in edition.links.all()]


def _desks(edition):
    desks = [edition.program.desk, *(each.desk for each in edition.program.desks.all())]
    return list(dict.fromkeys(desk.section for desk in desks if desk))


def _figures(edition):
    """The figures of the whole prefecture, of all years, as the programme's page shows them."""
    program = edition.program
    for name, figures in (("予算額", program.budgetfigures.all()), ("派遣者数", program.dispatchfigures.all())):
        for figure in sorted(figures, key=lambda figure: -figure.fiscal_year):
            year, *stage = figure.identity.removeprefix(f"{program}・").replace("・全道", "").split("・")
            yield f"{name} {''.join([year, *stage])} {figure.in_words}"


def _notes(editions):
    """Under which pillar and of which year each is, and what is said of its programme today, or of that year."""
    said = {each.program.pk: each for each in standings(programs=[edition.program_id for edition in editions])}
    return [_note(edition, said[edition.program_id]) for edition in editions]


def _note(edition, standing):
    parts = [edition.program.get_pillar_display(), full_name(edition.fiscal_year)]
    return "　".join([*parts, BESIDE.get(standing.role_of(edition)) or standing.words])


def _text(name, limit=None):
    """What an edition says of itself in words, of which two years are compared."""
    return part(ProgramEdition, name, searched=True, is_compared=True, limit=limit)


def _editions():
    return (
        ProgramEdition.objects.select_related("program__desk")
        .prefetch_related(
            "program__aliases",
            "program__themes",
            "program__duties",
            "program__desks__desk",
            "local_notes",
            "attachments",
            "links",
        )
        .order_by("is_sample", "-fiscal_year", "program")
    )


def _replaced(edition):
    """The programme that followed, and what the same programme says of other years."""
    program = edition.program
    successor = program.public_successor()
    others = program.editions.published().select_related("program")
    return {
        "後継の制度": [Link(str(successor), successor.get_absolute_url(), successor.is_sample)] if successor else [],
        "この制度のほかの年度": [
            Link(full_name(other.fiscal_year), other.get_absolute_url(), other.is_sample) for other in others
        ],
    }


EDITIONS = Kind(
    slug="programs",
    label="支援制度",
    about="公開している支援制度の、年度ごとの内容。対象、使えるもの、割合、上限、申請方法など",
    model=ProgramEdition,
    public=lambda: _editions().published(),
    every=lambda: _editions().prefetch_related(
        *(
            Prefetch(f"program__{figures}", model.objects.of_the_prefecture())
            for figures, model in (("budgetfigures", BudgetFigure), ("dispatchfigures", DispatchFigure))
        )
    ),
    parts=[
        part(ProgramEdition, "program__slug", "制度番号", searched=True, from_start=True),
        part(ProgramEdition, "program__official_name", name="name", searched=True, limit=40),
        part(ProgramEdition, "program__plain_name", "やさしい名称", searched=True, in_tables=False, limit=40),
        part(ProgramEdition, "program__name_en", "英語の名称", searched=True, in_tables=False),
        part(ProgramEdition, "program__pillar", "支援の柱", searched=True, in_tables=False),
        part(ProgramEdition, "program__use", "使い方", in_tables=False),
        *years(ProgramEdition),
        part(ProgramEdition, "summary", searched=True, limit=200),
        part(ProgramEdition, "easy_summary", searched=True),
        part(ProgramEdition, "summary_en", searched=True),
        part(ProgramEdition, "body", searched=True, is_markdown=True, limit=5_000),
        _text("target", 500),
        _text("pays_for", 200),
        _text("excludes"),
        _text("rate"),
        _text("ceiling"),
        _text("decided_by"),
        _text("how_to_apply", 500),
        part(ProgramEdition, "apply_url", is_compared=True),
        Part("links", "公式ページ", _links, is_searched=True),
        _text("legal_basis", 500),
        part(ProgramEdition, "ended_fields", is_given=False),
        part(ProgramEdition, "program__themes__name", "分野", searched=True, in_tables=False),
        part(ProgramEdition, "program__aliases__name", "別名", searched=True, in_tables=False),
        Part("duties", "派遣先での主な業務", _duties, is_searched=True),
        Part("desks", "窓口", _desks, is_searched=True),
        Part("figures", "数値", lambda edition: list(_figures(edition)), is_searched=True, is_given=False),
        part(ProgramEdition, "local_notes__text", "振興局の注記", searched=True, in_tables=False, is_given=False),
        part(ProgramEdition, "attachments__title", "添付ファイル", searched=True, in_tables=False),
        part(ProgramEdition, "source", value=lambda edition: edition.source.splitlines()),
        part(ProgramEdition, "source_note"),
        part(ProgramEdition, "is_carried_over", is_given=False),
        *publishing(ProgramEdition),
        part(ProgramEdition, "updated_at", "更新日", in_tables=False),
    ],
    titled="name",
    summary=lambda edition: edition.summary,
    notes=_notes,
    listed=lambda: Program.objects.published(),  # whose page shows the edition of today, and leads to the others
    facets=lambda edition: {
        "pillar": [edition.program.pillar],
        "theme": [theme.slug for theme in edition.program.themes.all()],
    },
    replaced_by=_replaced,
    drawn_from={
        Program: ["program"],
        Theme: ["program__themes"],
        DispatchDuty: ["program__duties"],
        Desk: ["program__desk", "program__desks__desk"],
    },
)


# Of no office is of the whole prefecture.
_OFFICE = [
    part(BudgetFigure, "subprefecture__name", name="office", is_given=False),
    Part("subprefecture", "振興局", lambda row: row.subprefecture.name if row.subprefecture else "全道"),
]


def _figure(model, *counted):
    """Of a figure the programme, year and office, what is `counted`, and where it is from."""
    year, *year_given = years(model)
    return [
        Part("prefecture_code", "全国地方公共団体コード", lambda figure: HOKKAIDO),
        *year_given,
        part(model, "program__slug", "制度番号"),
        part(model, "program__official_name", name="program", is_given=False),
        part(model, "program__official_name", "制度名", in_tables=False),
        year,
        *_OFFICE,
        *counted,
        *SOURCE,
    ]


_PREFECTURE_FIRST = F("subprefecture__order").asc(nulls_first=True)
BUDGETS = Table(
    slug="budget",
    label="予算額の推移",
    about="公開している制度の予算額。年度、段階、振興局ごと",
    public=lambda: with_sources(BudgetFigure.objects.published()).order_by(
        "program__slug", "fiscal_year", _PREFECTURE_FIRST, Stage.in_order(), "supplement"
    ),
    sources=workbooks_of,
    parts=_figure(
        BudgetFigure,
        part(BudgetFigure, "stage"),
        part(BudgetFigure, "supplement", "補正"),
        part(BudgetFigure, "amount_yen", "予算額", unit="円"),
    ),
)
HEADCOUNTS = Table(
    slug="dispatch",
    label="派遣者数の推移",
    about="公開している制度の派遣者数。年度、振興局ごと",
    public=lambda: with_sources(DispatchFigure.objects.published()).order_by(
        "program__slug", "fiscal_year", _PREFECTURE_FIRST
    ),
    sources=workbooks_of,
    parts=_figure(DispatchFigure, part(DispatchFigure, "headcount", "派遣者数", unit="人")),
)


def shown_chart(chart, whose=""):
    """The figures of a chart, as the file of all such figures has them."""
    table = {"budget": BUDGETS, "dispatch": HEADCOUNTS}[chart.measure.slug]
    edition = chart.edition
    return table.shown(
        chart.figures,
        title=f"{whose}{chart.program}の{chart.measure.noun}の推移",
        slug=chart.slug,
        sources=[chart.summary, *(edition.source.splitlines() if edition else [])],
        notes=[edition.source_note] if edition and edition.source_note else [],
    )


WINDOWS = Table(
    slug="windows",
    label="受付期間",
    about="公開している制度の受付期間。年度、振興局、申し込む人ごと",
    public=lambda: (
        ApplicationWindow.objects.filter(Exists(ProgramEdition.objects.published().filter(pk=OuterRef("edition"))))
        .select_related("edition__program", "subprefecture")
        .order_by("edition__program__slug", "edition__fiscal_year", _PREFECTURE_FIRST, "applicant", "opens_on")
    ),
    parts=[
        part(ApplicationWindow, "edition__program__slug", "制度番号"),
        part(ApplicationWindow, "edition__program__official_name", "支援制度"),
        *years(ApplicationWindow, "edition__fiscal_year"),
        *_OFFICE,
        *(part(ApplicationWindow, name) for name in ("applicant", "opens_on", "closes_on", "note", "is_sample")),
    ],
)

KINDS = [EDITIONS]
TABLES = [BUDGETS, HEADCOUNTS, WINDOWS, STANDARD_SET]
FACETS = [
    Facet("pillar", "支援の柱", lambda values: {pillar.value: pillar.label for pillar in Pillar if pillar in values})
]


def names():
    """What somebody who searches may begin to type: what programmes are also called, and their themes."""
    public = Program.objects.published()
    called = ProgramAlias.objects.filter(program__in=public).values_list("name", flat=True)
    for name in (*public.values_list("plain_name", flat=True), *called):
        yield name, [], EDITIONS.label
    for name in DispatchDuty.objects.published().order_by("name").values_list("name", flat=True).distinct():
        yield name, [], "派遣先での主な業務"
    for name in Theme.objects.filter(programs__in=public).distinct().values_list("name", flat=True):
        yield name, [], "分野"
