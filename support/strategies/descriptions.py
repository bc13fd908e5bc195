"""The public kinds of this app, each said once: towns' strategies and the prefecture's; aims and indicators as files."""

from django.urls import reverse

from regions.descriptions import publishing
from regions.models import Municipality, Subprefecture, Theme
from sumairu.descriptions import Kind, Link, Part, Table, part
from support.strategies.models import Frame, StrategyAim, StrategyIndicator, TownStrategy


def _strategies():
    return (
        TownStrategy.objects.select_related("municipality__subprefecture")
        .prefetch_related("aims__themes", "indicators", "attachments")
        .order_by("is_sample", *TownStrategy._meta.ordering)
    )


def _aims(strategy):
    return [str(aim) for aim in strategy.aims.all()]


def _indicators(strategy):
    return [indicator.name for indicator in strategy.indicators.all()]


def _themes(strategy):
    return list(dict.fromkeys(theme for aim in strategy.aims.all() for theme in aim.themes.all()))


def _replaced(strategy):
    """What the town has now in its place: its later strategies that are public; where there is none, the town."""
    town = strategy.municipality
    others = TownStrategy.objects.published().filter(municipality=town, last_year__gte=strategy.last_year)
    links = [Link(other.title, other.get_absolute_url(), other.is_sample) for other in others.exclude(pk=strategy.pk)]
    return {"この市町村の戦略": links} if links else {"この市町村": [Link(town.name, town.get_absolute_url())]}


STRATEGIES = Kind(
    slug="strategies",
    label="市町村の総合戦略",
    about="公開している市町村の総合戦略。名称、期間、基本目標、公式ページ。記録のない市町村は行がない",
    model=TownStrategy,
    public=lambda: _strategies().published(),
    every=_strategies,
    parts=[
        part(TownStrategy, "key", searched=True, from_start=True),
        part(TownStrategy, "municipality__code", "全国地方公共団体コード"),
        part(TownStrategy, "municipality__name", "市町村", searched=True, in_tables=False),
        part(TownStrategy, "municipality__subprefecture__name", "振興局", searched=True, in_tables=False),
        part(TownStrategy, "title", searched=True),
        part(TownStrategy, "first_year", "最初の年度"),
        part(TownStrategy, "last_year", "最後の年度"),
        Part("period", "期間", lambda strategy: strategy.period),
        part(TownStrategy, "summary", searched=True),
        Part("aims", "基本目標", _aims, is_searched=True),
        Part("indicators", "指標", _indicators, is_searched=True),
        Part("themes", "分野", lambda strategy: [theme.name for theme in _themes(strategy)], is_searched=True),
        part(TownStrategy, "page_url"),
        part(TownStrategy, "document_url"),
        part(TownStrategy, "attachments__title", "添付ファイル", searched=True, in_tables=False),
        part(TownStrategy, "predecessor__key", is_given=False),  # which need not be public
        part(TownStrategy, "source"),
        part(TownStrategy, "source_note"),
        *publishing(TownStrategy),
        part(TownStrategy, "updated_at", "更新日", in_tables=False),
    ],
    titled="title",
    summary=lambda strategy: strategy.summary or f"{strategy.municipality}の総合戦略。期間は{strategy.period}です。",
    note=lambda strategy: f"{strategy.municipality}　{strategy.period}",
    year=lambda strategy: strategy.first_year,
    facets=lambda strategy: {
        "office": [strategy.municipality.subprefecture.slug],
        "town": [strategy.municipality.code],
        "theme": [theme.slug for theme in _themes(strategy)],
    },
    replaced_by=_replaced,
    drawn_from={
        Municipality: ["municipality"],
        Subprefecture: ["municipality__subprefecture"],
        Theme: ["aims__themes"],
    },
)


def _replaced_frame(frame):
    later = Frame.objects.published().filter(predecessor=frame)
    links = [Link(row.title, row.get_absolute_url(), row.is_sample) for row in later]
    return {"次の戦略": links} if links else {"総合戦略": [Link("総合戦略の一覧", reverse("strategy_list"))]}


FRAMES = Kind(
    slug="hokkaido-strategies",
    label="北海道の総合戦略",
    about="北海道創生総合戦略の名称、推進期間、公式ページ。資料から分からないことは空欄",
    model=Frame,
    public=lambda: Frame.objects.published(),
    every=lambda: Frame.objects.all(),
    parts=[
        part(Frame, "slug", searched=True, from_start=True),
        part(Frame, "title", searched=True),
        part(Frame, "first_year"),
        part(Frame, "last_year"),
        Part("period", "推進期間", lambda frame: frame.period),
        part(Frame, "summary", searched=True),
        part(Frame, "body", searched=True, is_markdown=True),
        part(Frame, "has_support"),
        part(Frame, "page_url"),
        part(Frame, "source", value=lambda frame: frame.source.splitlines()),
        part(Frame, "source_note"),
        *publishing(Frame),
        part(Frame, "updated_at", "更新日", in_tables=False),
    ],
    titled="title",
    summary=lambda frame: frame.summary,
    note=lambda frame: frame.period,
    year=lambda frame: frame.first_year,
    replaced_by=_replaced_frame,
)


def _of_strategy(model):
    """Of which strategy and town a row is."""
    return [
        part(model, "strategy__key", "戦略番号"),
        part(model, "strategy__municipality__code", "全国地方公共団体コード", name="municipality_code"),
        part(model, "strategy__municipality__name", "市町村", name="municipality"),
        part(model, "strategy__title", "戦略の名称"),
    ]


READONLY = ["strategy__municipality__code", "strategy__municipality__name", "strategy__title"]

AIMS = Table(
    slug="strategy-aims",
    label="総合戦略の基本目標",
    about="公開している市町村の総合戦略の基本目標と、その分野",
    public=lambda: (
        StrategyAim.objects.published()
        .select_related("strategy__municipality")
        .prefetch_related("themes")
        .order_by("strategy__key", "number")
    ),
    parts=[
        *_of_strategy(StrategyAim),
        part(StrategyAim, "number"),
        part(StrategyAim, "text"),
        part(StrategyAim, "themes__name"),
        part(StrategyAim, "strategy__is_sample", "見本", name="is_sample", in_tables=False),
    ],
)
INDICATORS = Table(
    slug="strategy-indicators",
    label="総合戦略の指標（KPI）",
    about="公開している市町村の総合戦略の指標。基準値、目標値、最新の値。空欄は記録がないもので、0ではない",
    public=lambda: (
        StrategyIndicator.objects.published()
        .select_related("strategy__municipality")
        .order_by("strategy__key", "aim_number", "name")
    ),
    parts=[
        *_of_strategy(StrategyIndicator),
        *(
            part(StrategyIndicator, name)
            for name in (
                "aim_number",
                "name",
                "unit",
                "base_value",
                "base_year",
                "target_value",
                "target_year",
                "newest_value",
                "newest_on",
                "newest_source",
                "note",
            )
        ),
        part(StrategyIndicator, "strategy__is_sample", "見本", name="is_sample", in_tables=False),
    ],
)

KINDS = [STRATEGIES, FRAMES]
TABLES = [AIMS, INDICATORS]
FACETS = []
