"""What is said of towns' strategies on the town's page; what others say of a strategy hooks in by `TownStrategy`."""

from regions.models import Municipality
from sumairu.related import Block
from support.strategies.descriptions import AIMS, INDICATORS
from support.strategies.models import TownStrategy
from support.strategies.served import served_aims
from support.strategies.standing import standing_of


def strategy_of_town(town, on):
    """The town's strategy that counts on the day: its aims, and what serves them."""
    public = TownStrategy.objects.published(on).filter(municipality=town)
    standing = standing_of(town, list(public.select_related("municipality__subprefecture")), on)
    strategy = standing.strategy
    if strategy is None:
        return None
    return Block(
        title=f"{town}の総合戦略",
        note="基本目標と、同じ分野の支援制度・取組を並べています。制度を目標のために使ったという記録ではありません。",
        template="strategies/_of_town.html",
        context={"standing": standing, "strategy": strategy, "town": town, "aims": served_aims(strategy, on)},
        order=-30,
        shown=shown_of(strategy),
    )


def shown_of(strategy):
    """The aims and indicators of one strategy as tables to take away."""
    sources = [strategy.source] if strategy.source else []
    return [
        table.shown(table.public().filter(strategy=strategy), title=f"{strategy.title}　{table.label}", sources=sources)
        for table in (AIMS, INDICATORS)
    ]


RELATED = {Municipality: [strategy_of_town]}
