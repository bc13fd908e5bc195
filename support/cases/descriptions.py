"""Cases as the public sees them, and the figures of their results as a file."""

from django.db.models import Exists, OuterRef, Prefetch

from regions.descriptions import publishing, years
from regions.models import Municipality, Subprefecture, Theme
from sumairu.descriptions import Facet, Kind, Link, Part, Table, part
from sumairu.lib.wareki import full_name
from support.cases.models import SIZES, Case, CaseFigure
from support.cases.models.cases import TEXTS
from support.cases.standard import STANDARD_CASES
from support.models import Program, ProgramEdition


def with_places(cases):
    """With where they were and what they are about: all that a list shows."""
    return cases.select_related("subprefecture").prefetch_related("municipalities__subprefecture", "themes")


def _cases():
    return (
        with_places(Case.objects.all())
        .select_related("subprefecture", "desk__subprefecture")
        .prefetch_related(
            Prefetch("programs", Program.objects.published()),
            Prefetch("related", Case.objects.published()),
            "figures",
            "attachments",
            "pictures",
            "links",
        )
        .order_by("is_sample", *Case._meta.ordering)
    )


def offices_of(case):
    """The office that keeps it, and those of its municipalities."""
    offices = [case.subprefecture, *(town.subprefecture for town in case.municipalities.all())]
    return list(dict.fromkeys(office for office in offices if office))


def _replaced(case):
    """The public cases that it names as related, and those that name it."""
    public = Case.objects.published()
    found = [*public.filter(related_from=case), *public.filter(related=case)]
    links = [Link(str(row), row.get_absolute_url(), row.is_sample) for row in dict.fromkeys(found)]
    return {"関連する事例": links} if links else {}


CASES = Kind(
    slug="cases",
    label="先行事例",
    about="公開している先行事例。場所、分野、取り組んだ理由と内容、成果、学んだこと、利用した支援制度、費用など",
    model=Case,
    public=lambda: _cases().published(),
    every=_cases,
    parts=[
        part(Case, "key", searched=True, from_start=True),
        part(Case, "subprefecture__name"),
        *years(Case),
        *(part(Case, name) for name in ("starts_on", "ends_on")),
        part(Case, "title", searched=True),
        part(Case, "subtitle", searched=True),
        part(Case, "summary", searched=True),
        part(Case, "easy_summary", searched=True),
        part(Case, "readings", is_given=False),
        part(Case, "municipalities__code", is_given=False),
        part(Case, "municipalities__name", "市町村", searched=True, in_tables=False),
        part(Case, "municipalities__code", "市町村の団体コード", name="municipality_codes", in_tables=False),
        part(Case, "organisation"),
        part(Case, "organisation_name", searched=True),
        part(Case, "service", searched=True),
        part(Case, "themes__name", searched=True),
        part(Case, "keywords", searched=True, value=lambda case: case.keywords.splitlines()),
        part(Case, "reason", searched=True),
        part(Case, "aim", searched=True),
        part(Case, "body", searched=True, is_markdown=True),
        *(part(Case, name, searched=True) for name in TEXTS[2:5]),
        part(Case, "result", searched=True, is_markdown=True),
        Part("figures", "成果の数値", lambda case: list(map(str, case.figures.all())), is_searched=True),
        *(part(Case, name, searched=True) for name in TEXTS[5:]),
        part(Case, "programs__slug", is_given=False),
        part(Case, "programs__official_name", "利用した支援制度", name="programs_used", in_tables=False),
        part(Case, "cost_yen", "かかった費用", unit="円"),
        part(Case, "cost_note"),
        part(Case, "funds", searched=True, value=lambda case: case.funds.splitlines()),
        part(Case, "partners", searched=True, value=lambda case: case.partners.splitlines()),
        part(Case, "pictures__alt", "写真", searched=True, in_tables=False),
        part(Case, "attachments__title", "添付ファイル", searched=True, in_tables=False),
        part(Case, "links__label", "関連リンク", searched=True, in_tables=False),
        part(Case, "source"),
        part(Case, "source_note"),
        *publishing(Case),
        part(Case, "updated_at", "更新日", in_tables=False),
    ],
    titled="title",
    summary=lambda case: case.summary,
    listed=lambda: Case.objects.published(),
    note=lambda case: f"{case.place}　{full_name(case.fiscal_year)}",
    facets=lambda case: {
        "office": [office.slug for office in offices_of(case)],
        "theme": [theme.slug for theme in case.themes.all()],
        "town": [town.code for town in case.municipalities.all()],
        "program": [program.slug for program in case.programs.all()],
    },
    replaced_by=_replaced,
    drawn_from={
        Theme: ["themes"],
        Municipality: ["municipalities"],
        Subprefecture: ["subprefecture"],
        Program: ["programs"],
        ProgramEdition: ["programs__editions"],
    },
)
FIGURES = Table(
    slug="case-figures",
    label="先行事例の成果の数値",
    about="公開している先行事例の成果の数値。何の数か、値、単位、いつの値か、出どころ",
    public=lambda: (
        CaseFigure.objects.filter(Exists(Case.objects.published().filter(pk=OuterRef("case"))))
        .select_related("case")
        .order_by("-case__fiscal_year", "case__key", "order", "pk")
    ),
    parts=[
        part(CaseFigure, "case__key", "事例のURL名"),
        part(CaseFigure, "case__title", "事例のタイトル"),
        part(CaseFigure, "what"),
        *years(CaseFigure),
        *(part(CaseFigure, name) for name in ("when", "number", "unit", "source")),
        part(CaseFigure, "case__is_sample", "見本"),
    ],
)

KINDS = [CASES]
TABLES = [FIGURES, STANDARD_CASES]
FACETS = [
    Facet(
        "program",
        "利用した支援制度",
        lambda slugs: dict(
            Program.objects.published().filter(slug__in=list(slugs)).values_list("slug", "official_name")
        ),
    )
]
SIZE_NAMES = {slug: name for slug, (name, *_) in SIZES.items()}


def shown_cases(cases, title, slug="", **kw):
    """Some of the public cases as they are taken away from where they are shown."""
    rows = CASES.public().filter(pk__in=[case.pk for case in cases]) if isinstance(cases, list) else cases
    return CASES.shown(rows, title=title, **({"slug": slug} if slug else {}), **kw)
