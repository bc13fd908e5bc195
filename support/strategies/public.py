"""What of this app the public sees change: pages of towns' strategies and of the prefecture's."""

from regions.public import PAGES
from sumairu.lib.days import full_day
from sumairu.publishing.rehearsal import Shown
from support.strategies.models import Frame, StrategyAim, StrategyAttachment, StrategyIndicator, TownStrategy

BENEATH = (StrategyAim, StrategyIndicator, StrategyAttachment)


def shown(on, touched):
    strategies = _asked(TownStrategy, on, touched).select_related("municipality")
    for row in strategies.prefetch_related("aims", "indicators"):
        said = {
            "市町村のページ": row.municipality.name,
            "期間": row.period,
            "基本目標": "、".join(map(str, row.aims.all())),
            "指標": "、".join(each.name for each in row.indicators.all()),
        }
        yield _shown(row, f"総合戦略「{row.title}」", said)
    for row in _asked(Frame, on, touched):
        yield _shown(row, f"北海道の総合戦略「{row.title}」", {"期間": row.period})


def counts(on):
    return {"公開している市町村の総合戦略": TownStrategy.objects.published(on).count()}


def _shown(row, label, said):
    last = full_day(row.unpublish_on) if row.unpublish_on else ""
    return Shown(PAGES, row.get_absolute_url(), label, said | {"公開の最終日": last}, row.get_absolute_url())


def _asked(model, on, touched):
    rows = model.objects.published(on)
    if touched is None:
        return rows
    return rows.filter(pk__in={key for row in touched if (key := _key(model, row))})


def _key(model, row):
    """The key of the record of `model` that `row` is, or lies beneath."""
    if isinstance(row, model):
        return row.pk
    return row.strategy_id if model is TownStrategy and isinstance(row, BENEATH) else None
