"""The public kinds of things of this app, each said once."""

from regions.models import Indicator, Initiative, Municipality, RegionalPolicy, Subprefecture
from sumairu.descriptions import Kind, Part, part
from sumairu.lib.wareki import full_name


def listed(texts):
    return "、".join(map(str, texts))


OFFICES = Kind(
    slug="offices",
    label="総合振興局・振興局",
    model=Subprefecture,
    public=lambda: Subprefecture.objects.prefetch_related("desks"),
    parts=[
        part(Subprefecture, "name"),
        part(Subprefecture, "seat"),
        Part("desks", "窓口", ["desks__section"], lambda office: listed(desk.section for desk in office.desks.all())),
    ],
    summary=lambda office: f"{office}が市町村や地域の関係者と進める地域創生の取組、推進方向、窓口と、管内の市町村。",
)
TOWNS = Kind(
    slug="municipalities",
    label="市町村",
    model=Municipality,
    public=lambda: Municipality.objects.governed().select_related("subprefecture"),
    parts=[
        Part("name", "名称", ["name", "folded_name"], str),
        Part(
            "kana", "よみ", ["folded_kana"], lambda town: town.kana, match="istartswith"
        ),  # シカ is no part of いしかり
        part(Municipality, "romaji", match="istartswith"),
        part(Municipality, "code"),
    ],
    summary=lambda town: f"{town}（{town.subprefecture}管内）が使える支援制度と窓口、地域の取組、人口などの推移。",
    note=lambda town: f"{town.kana}　{town.subprefecture}管内",
    named=lambda query: Municipality.objects.governed().matching(query),
)
INITIATIVES = Kind(
    slug="initiatives",
    label="地域の取組",
    model=Initiative,
    public=lambda: (
        Initiative.objects.published()
        .select_related("subprefecture")
        .prefetch_related("themes", "municipalities", "attachments")
        .order_by("is_sample", *Initiative._meta.ordering)
    ),
    parts=[
        part(Initiative, "title"),
        part(Initiative, "summary"),
        part(Initiative, "body", is_markdown=True),
        Part("partners", "連携", ["partners"], lambda initiative: listed(initiative.partners.splitlines())),
        Part("themes", "分野", ["themes__name"], lambda initiative: listed(initiative.themes.all())),
        Part(
            "municipalities",
            "市町村",
            ["municipalities__name"],
            lambda initiative: listed(initiative.municipalities.all()),
        ),
        Part(
            "attachments",
            "添付ファイル",
            ["attachments__title"],
            lambda initiative: listed(each.title for each in initiative.attachments.all()),
        ),
    ],
    summary=lambda initiative: initiative.summary,
    note=lambda initiative: f"{initiative.subprefecture}　{full_name(initiative.fiscal_year)}",
)
POLICIES = Kind(
    slug="policies",
    label="推進方向",
    model=RegionalPolicy,
    public=lambda: RegionalPolicy.objects.published().select_related("subprefecture"),
    parts=[
        Part("office", "振興局", ["subprefecture__name"], lambda policy: str(policy.subprefecture)),
        part(RegionalPolicy, "text", is_markdown=True),
    ],
    summary=lambda policy: f"{policy.subprefecture}の{full_name(policy.fiscal_year)}の推進方向と、地域の取組。",
    note=lambda policy: f"推進方向　{full_name(policy.fiscal_year)}",
)
INDICATORS = Kind(
    slug="indicators",
    label="市町村別の数値",
    model=Indicator,
    public=lambda: Indicator.objects.with_figures(),
    parts=[
        part(Indicator, "name"),
        Part("aliases", "別名", ["aliases"], lambda indicator: listed(indicator.names[1:])),
        part(Indicator, "note"),
        part(Indicator, "source"),
    ],
    summary=lambda indicator: f"北海道の市町村別の{indicator}。出どころは{indicator.source}。",
    note=lambda indicator: f"市町村別　{indicator.calendar.full_name(indicator.newest_year)}まで",
)

KINDS = [OFFICES, TOWNS, INITIATIVES, POLICIES, INDICATORS]
