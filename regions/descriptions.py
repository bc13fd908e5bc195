"""The public kinds of things of this app, each said once, and the figures of municipalities as files."""

import re

from django.db.models import Exists, OuterRef
from django.urls import reverse

from regions.models import (
    CooperationRegion,
    Desk,
    Indicator,
    IndicatorFigure,
    Initiative,
    Municipality,
    MunicipalityAlias,
    RegionalPolicy,
    Subprefecture,
    Theme,
    public_years,
)
from sumairu.descriptions import Facet, Kind, Link, Part, Table, part
from sumairu.imports.sources import SOURCE, with_sources, workbooks_of
from sumairu.lib.place_names import sound
from sumairu.lib.wareki import era_name, full_name


def years(model, path="fiscal_year"):
    """The fiscal year, for staff in one column, for everybody as the national rules have it: Gregorian beside 令和."""
    year = part(model, path, "年度", name="year", is_given=False)
    return [
        year,
        part(model, path, "年度（西暦）", name="fiscal_year", in_tables=False),
        Part("fiscal_year_in_words", "年度（和暦）", lambda row: era_name(year.value(row)), is_searched=True),
    ]


def publishing(model):
    """In which state and on which days something is public: what staff keep of it, and what everybody is told."""
    return [
        *(part(model, name, is_given=False) for name in ("status", "publish_on", "unpublish_on")),
        part(model, "is_sample"),
        part(model, "first_public_on", "公開日", in_tables=False),
        part(model, "unpublish_on", "公開終了日", in_tables=False),
    ]


OFFICES = Kind(
    slug="offices",
    label="総合振興局・振興局",
    about="14の総合振興局・振興局の名称と所在地",
    model=Subprefecture,
    public=lambda: Subprefecture.objects.select_related("cooperation_region").prefetch_related("desks"),
    parts=[
        part(Subprefecture, "slug", searched=True, from_start=True, also=lambda office: [sound(office.slug)]),
        part(Subprefecture, "name", searched=True),
        # 釧路振興局, 釧路管内
        part(Subprefecture, "short_name", searched=True, from_start=True, also=lambda office: office.spellings),
        part(Subprefecture, "kind", is_compared=True),
        part(Subprefecture, "seat", searched=True, is_compared=True),
        part(Subprefecture, "cooperation_region__name", searched=True, is_compared=True),
        part(Subprefecture, "desks__section", "窓口", searched=True, in_tables=False),
    ],
    titled="name",
    summary=lambda office: f"{office}が市町村や地域の関係者と進める地域創生の取組、推進方向、窓口と、管内の市町村。",
    facets=lambda office: {"office": [office.slug]},
    drawn_from={Desk: ["desks"], CooperationRegion: ["cooperation_region"]},
)
TOWNS = Kind(
    slug="municipalities",
    label="市町村",
    about="179市町村の名称、よみ、団体コードと、管内の振興局、人口、役所の位置",
    model=Municipality,
    public=lambda: Municipality.objects.governed().select_related("subprefecture").prefetch_related("aliases"),
    parts=[
        part(Municipality, "code", searched=True, from_start=True),
        part(Municipality, "name", searched=True),
        # From its start: シカ is no part of いしかり.
        part(Municipality, "kana", searched=True, from_start=True, also=lambda town: [sound(town.kana)]),
        part(Municipality, "romaji", searched=True, from_start=True),
        part(
            Municipality, "county", searched=True, from_start=True, in_tables=False, also=lambda town: [town.full_name]
        ),
        part(Municipality, "aliases__name", "別名", searched=True, in_tables=False),
        part(Municipality, "kind", is_compared=True),
        part(Municipality, "subprefecture__name", is_compared=True),
        part(Municipality, "population", name="population_written", is_given=False),
        part(Municipality, "population", in_tables=False, unit="人"),
        *(part(Municipality, name) for name in ("area_km2", "latitude", "longitude", "url")),
    ],
    titled="name",
    summary=lambda town: f"{town}（{town.subprefecture}管内）が使える支援制度と窓口、地域の取組、人口などの推移。",
    note=lambda town: f"{town.kana}　{town.subprefecture}管内",
    facets=lambda town: {"office": [town.subprefecture.slug], "town": [town.code]},
    drawn_from={Subprefecture: ["subprefecture"], MunicipalityAlias: ["aliases"]},
)


def _initiatives():
    return (
        Initiative.objects.select_related("subprefecture")
        .prefetch_related("themes", "municipalities", "attachments", "pictures", "links")
        .order_by("is_sample", *Initiative._meta.ordering)
    )


def _policies():
    return RegionalPolicy.objects.select_related("subprefecture")


def _replaced_initiative(initiative):
    """What goes on with it; where nothing does, what its office shows now."""
    successors = initiative.public_successors()
    if successors:
        links = [Link(str(row), row.get_absolute_url(), row.is_sample) for row in successors]
        return {"引き継いだ取組": links}
    office = initiative.subprefecture
    return {"この振興局の取組": [_page_of(office), *_years_of(office)[:1]]}


def _replaced_policy(policy):
    office = policy.subprefecture
    return {"この振興局のほかの年度": _years_of(office) or [_page_of(office)]}


def _page_of(office):
    return Link(f"{office}のページ", office.get_absolute_url())


def _years_of(office):
    """The pages of the years in which an office has something public, the newest first."""
    return [
        Link(f"{office}の{full_name(year)}", reverse("subprefecture_year", args=[office.slug, year]))
        for year in sorted(public_years(office), reverse=True)
    ]


INITIATIVES = Kind(
    slug="initiatives",
    label="地域の取組",
    about="公開している取組。年度、振興局、分野、関係する市町村と、その内容",
    model=Initiative,
    public=lambda: _initiatives().published(),
    every=_initiatives,
    parts=[
        part(Initiative, "code", searched=True, from_start=True),
        part(Initiative, "subprefecture__name", searched=True),
        *years(Initiative),
        part(Initiative, "title", searched=True),
        part(Initiative, "summary", searched=True),
        part(Initiative, "easy_summary", searched=True),
        part(Initiative, "readings", is_given=False),
        part(Initiative, "body", searched=True, is_markdown=True),
        part(Initiative, "themes__name", searched=True),
        part(Initiative, "municipalities__code", is_given=False),
        part(Initiative, "municipalities__name", "市町村", searched=True, in_tables=False),
        part(Initiative, "municipalities__code", "市町村の団体コード", name="municipality_codes", in_tables=False),
        part(Initiative, "partners", searched=True, value=lambda initiative: initiative.partners.splitlines()),
        *(part(Initiative, name) for name in ("starts_on", "ends_on")),
        part(Initiative, "result", searched=True, is_markdown=True),
        part(Initiative, "cost_yen", "かかった費用", unit="円"),
        part(Initiative, "cost_note"),
        part(Initiative, "pictures__alt", "写真", searched=True, in_tables=False),
        part(Initiative, "attachments__title", "添付ファイル", searched=True, in_tables=False),
        part(Initiative, "links__label", "関連リンク", searched=True, in_tables=False),
        part(Initiative, "predecessor__code", is_given=False),  # which need not be public
        part(Initiative, "source"),
        part(Initiative, "source_note"),
        part(Initiative, "order", is_given=False),
        *publishing(Initiative),
        part(Initiative, "updated_at", "更新日", in_tables=False),
    ],
    titled="title",
    summary=lambda initiative: initiative.summary,
    listed=lambda: Initiative.objects.published().order_by("-fiscal_year", "subprefecture_id", "order", "code"),
    note=lambda initiative: f"{initiative.subprefecture}　{full_name(initiative.fiscal_year)}",
    facets=lambda initiative: {
        "office": [initiative.subprefecture.slug],
        "theme": [theme.slug for theme in initiative.themes.all()],
        "town": [town.code for town in initiative.municipalities.all()],
    },
    replaced_by=_replaced_initiative,
    drawn_from={Theme: ["themes"], Municipality: ["municipalities"], Subprefecture: ["subprefecture"]},
)
POLICIES = Kind(
    slug="policies",
    label="推進方向",
    about="公開している推進方向の本文。年度、振興局ごと",
    model=RegionalPolicy,
    public=lambda: _policies().published(),
    every=_policies,
    parts=[
        Part("title", "名称", lambda policy: f"{policy.subprefecture}の推進方向", is_searched=True, is_given=False),
        part(RegionalPolicy, "subprefecture__name"),
        *years(RegionalPolicy),
        part(RegionalPolicy, "text", searched=True, is_markdown=True),
        part(RegionalPolicy, "source"),
        *publishing(RegionalPolicy),
    ],
    titled="title",
    summary=lambda policy: f"{policy.subprefecture}の{full_name(policy.fiscal_year)}の推進方向と、地域の取組。",
    note=lambda policy: full_name(policy.fiscal_year),
    facets=lambda policy: {"office": [policy.subprefecture.slug]},
    replaced_by=_replaced_policy,
    drawn_from={Subprefecture: ["subprefecture"]},
)
INDICATORS = Kind(
    slug="indicators",
    label="市町村別の数値",
    about="市町村別の数値がある指標の一覧。単位、年の数え方、出どころ",
    model=Indicator,
    public=lambda: Indicator.objects.with_figures(),
    parts=[
        part(Indicator, "slug"),
        part(Indicator, "name", searched=True),
        part(Indicator, "aliases", searched=True, value=lambda indicator: indicator.names[1:]),
        *(part(Indicator, name) for name in ("measure", "counts_by", "counted_on", "stage")),
        Part("newest_year", "最新の年度・年（西暦）", lambda indicator: indicator.newest_year, type="year"),
        part(Indicator, "source", searched=True),
        part(Indicator, "source_url"),
        part(Indicator, "note", searched=True),
        part(Indicator, "order", is_given=False),
    ],
    titled="name",
    summary=lambda indicator: f"北海道の市町村別の{indicator}。出どころは{indicator.source}。",
    note=lambda indicator: f"市町村別　{indicator.calendar.full_name(indicator.newest_year)}まで",
)

KINDS = [OFFICES, TOWNS, INITIATIVES, POLICIES, INDICATORS]


def _named(model, key):
    return lambda values: dict(model.objects.filter(**{f"{key}__in": list(values)}).values_list(key, "name"))


FACETS = [
    Facet("office", "振興局", _named(Subprefecture, "slug")),
    Facet("theme", "分野", _named(Theme, "slug")),
    Facet("town", "市町村", _named(Municipality, "code")),
]


def figures_of(indicator, office=None):
    """Every figure of an indicator, by municipality and year; of the municipalities of one office, or of all."""
    calendar = indicator.calendar
    figures = with_sources(indicator.figures.select_related("indicator", "municipality__subprefecture"))
    if office:
        figures = figures.filter(municipality__subprefecture=office)
    return Table(
        slug=f"figures-{indicator.slug}",
        at=reverse("indicator_csv", args=[indicator.slug]),
        label=f"{indicator}（{office}管内）" if office else f"{indicator}（市町村別）",
        about=f"全市町村の、{calendar.full_name(indicator.newest_year)}までの数値。もとは{indicator.source}",
        public=lambda: figures.order_by("municipality__code", "fiscal_year"),
        sources=workbooks_of,
        parts=[
            part(IndicatorFigure, "municipality__code", "全国地方公共団体コード"),
            part(IndicatorFigure, "municipality__name"),
            part(IndicatorFigure, "municipality__subprefecture__name", "振興局"),
            part(IndicatorFigure, "indicator__name"),
            part(IndicatorFigure, "fiscal_year", f"{calendar.noun}（西暦）"),
            Part("year_in_words", f"{calendar.noun}（和暦）", lambda figure: calendar.name(figure.fiscal_year)),
            *(
                [Part("day", "時点", lambda figure: calendar.day_in(figure.fiscal_year), type="date")]
                if calendar.day
                else []
            ),
            part(IndicatorFigure, "amount", unit=indicator.unit),
            part(IndicatorFigure, "indicator__unit", "単位"),
            *SOURCE,
        ],
    )


def _town_figures():
    rows = IndicatorFigure.objects.select_related("indicator", "municipality__subprefecture")
    return with_sources(rows).order_by("municipality__code", "indicator__order", "indicator__slug", "fiscal_year")


# The figures of several indicators in one file, an observation a row.
TOWN_FIGURES = Table(
    slug="indicator-figures",
    at="",
    label="市町村別の数値（すべての指標）",
    about="すべての指標の、市町村ごと、年ごとの数値。単位と年の数え方は行にあります",
    public=_town_figures,
    sources=workbooks_of,
    parts=[
        part(IndicatorFigure, "municipality__code", "全国地方公共団体コード"),
        part(IndicatorFigure, "municipality__name"),
        part(IndicatorFigure, "municipality__subprefecture__name", "振興局"),
        part(IndicatorFigure, "indicator__slug", "指標のURL名"),
        part(IndicatorFigure, "indicator__name"),
        part(IndicatorFigure, "fiscal_year", "年度・年（西暦）"),
        Part("year_in_words", "年度・年（和暦）", lambda figure: figure.year_name),
        part(IndicatorFigure, "indicator__counts_by", "年の数え方"),
        part(IndicatorFigure, "amount"),
        part(IndicatorFigure, "indicator__unit", "単位"),
        *SOURCE,
    ],
)
TABLES = [TOWN_FIGURES]


def own_kana():
    """How the names of municipalities are read, in full and without 市町村: a dictionary misreads one in twenty."""
    for name, kana in Municipality.objects.values_list("name", "kana"):
        yield name, kana
        yield name[:-1], re.sub("(?:し|ちょう|まち|そん|むら)$", "", kana)


def names():
    """What somebody who searches may begin to type: names, how else they are spelled, and what they name."""
    for name, kana, romaji in Municipality.objects.governed().values_list("name", "kana", "romaji"):
        yield name, [kana, romaji], "市町村"
    for name, slug in Subprefecture.objects.values_list("name", "slug"):
        yield name, [slug], OFFICES.label
    desks = Desk.objects.filter(subprefecture__isnull=False).order_by("section")
    for section in desks.values_list("section", flat=True).distinct():
        yield section, [], "窓口"
    shown = Initiative.objects.published().filter(themes=OuterRef("pk"))
    for name in Theme.objects.filter(Exists(shown)).values_list("name", flat=True):
        yield name, [], "分野"
