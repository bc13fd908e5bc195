"""How towns stand with their strategies on a day, by what is public: for the list, the map and the town's page."""

from dataclasses import dataclass
from itertools import groupby

from regions.models import Municipality
from sumairu.lib.shown import Column, Shown
from support.strategies.models import State, TownStrategy

COLUMNS = [
    Column("subprefecture", "振興局"),
    Column("municipality_code", "全国地方公共団体コード"),
    Column("municipality", "市町村"),
    Column("title", "総合戦略の名称"),
    Column("first_year", "最初の年度（西暦）", type="year"),
    Column("last_year", "最後の年度（西暦）", type="year"),
    Column("state", "様子", choices=[state.label for state in State]),
    Column("is_sample", "見本"),
]
UNRECORDED_IS = "「記録なし」は、このポータルに記録がないことで、策定していないとは限りません。"


@dataclass(frozen=True)
class TownStanding:
    """The public strategy that counts for a town on a day, what comes after it, and what came before."""

    town: Municipality
    state: State
    strategy: TownStrategy | None = None
    following: tuple[TownStrategy, ...] = ()
    earlier: tuple[TownStrategy, ...] = ()

    @property
    def row(self):
        strategy = self.strategy
        about = [strategy.title, strategy.first_year, strategy.last_year] if strategy else [None] * 3
        sample = None if strategy is None else "はい" if strategy.is_sample else "いいえ"
        return [self.town.subprefecture.name, self.town.code, self.town.name, *about, self.state.label, sample]


def standing_of(town, strategies, on):
    """`strategies` are the town's that are public: real ones where there are any. In force, else the newest that began."""
    real = [row for row in strategies if not row.is_sample]
    in_order = sorted(real or strategies, key=lambda row: (row.last_year, row.first_year, row.key))
    if not in_order:
        return TownStanding(town, State.UNRECORDED)
    in_force = [row for row in in_order if row.is_in_force(on)]
    begun = [row for row in in_order if row.state(on, is_followed=False) != State.AHEAD]
    chosen = (in_force or begun or in_order[:1])[-1]
    following = tuple(row for row in in_order if row.last_year > chosen.last_year)
    earlier = tuple(row for row in in_order if row is not chosen and row not in following)
    return TownStanding(town, chosen.state(on, is_followed=bool(following)), chosen, following, earlier)


def standings_of(towns, on=None):
    """Of each of `towns`, in their order; asked of the database once."""
    public = TownStrategy.objects.published(on).filter(municipality__in=[town.pk for town in towns])
    rows = public.only("municipality", "key", "title", "first_year", "last_year", "is_sample", "status")
    found = {
        pk: list(those) for pk, those in groupby(rows.order_by("municipality"), key=lambda row: row.municipality_id)
    }
    return [standing_of(town, found.get(town.pk, []), on) for town in towns]


def shown(standings, whose="", conditions=()):
    return Shown(
        f"市町村の総合戦略　{whose}".strip("　"),
        COLUMNS,
        lambda: [each.row for each in standings],
        slug="strategy-towns",
        conditions=conditions,
        notes=[UNRECORDED_IS],
    )
