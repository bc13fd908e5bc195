"""What of this app can be found."""

from regions.models import Indicator, Initiative, Municipality, RegionalPolicy
from sumairu.lib.wareki import full_name
from sumairu.search.sources import Source


def _initiative_text(initiative):
    """Its words and then the names beside them, so that an excerpt shows why it was found."""
    beside = {
        "連携": initiative.partners.splitlines(),
        "分野": initiative.themes.all(),
        "市町村": initiative.municipalities.all(),
    }
    named = [f"{label}：{'、'.join(map(str, names))}" for label, names in beside.items() if any(map(str, names))]
    return "\n\n".join([initiative.summary, initiative.body, *named])


SOURCES = [
    Source(
        slug="municipalities",
        label="市町村",
        published=lambda: Municipality.objects.governed().select_related("subprefecture"),
        fields=["name", "folded_name", "folded_kana", "romaji", "code"],
        note=lambda town: f"{town.kana}　{town.subprefecture}管内",
        named=lambda query: Municipality.objects.governed().matching(query),
    ),
    Source(
        slug="initiatives",
        label="地域の取組",
        published=lambda: (
            Initiative.objects.published()
            .select_related("subprefecture")
            .prefetch_related("themes", "municipalities")
            .order_by("is_sample", *Initiative._meta.ordering)
        ),
        fields=["title", "summary", "body", "partners", "themes__name", "municipalities__name"],
        title=lambda initiative: initiative.title,
        note=lambda initiative: f"{initiative.subprefecture}　{full_name(initiative.fiscal_year)}",
        text=_initiative_text,
    ),
    Source(
        slug="policies",
        label="推進方向",
        published=lambda: RegionalPolicy.objects.published().select_related("subprefecture"),
        fields=["text", "subprefecture__name"],
        title=lambda policy: f"{policy.subprefecture}の推進方向",
        note=lambda policy: full_name(policy.fiscal_year),
        text=lambda policy: policy.text,
    ),
    Source(
        slug="indicators",
        label="市町村別の数値",
        published=lambda: Indicator.objects.with_figures(),
        fields=["name", "aliases", "note", "source"],
        title=lambda indicator: f"{indicator}（市町村別）",
        note=lambda indicator: f"{indicator.calendar.full_name(indicator.newest_year)}まで",
        text=lambda indicator: indicator.note,
    ),
]
