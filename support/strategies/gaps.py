"""Where a town's strategy does not go on, or none is on record (切れ目): for those who keep the records.

What staff have recorded counts here in whatever state, so that whoever is writing the next one is not asked again.
"""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from regions.models import Municipality
from sumairu.access import choices, rows
from sumairu.lib.shown import Column, Shown
from sumairu.publishing.models import Status
from support.strategies.models import State, TownStrategy
from support.strategies.standing import UNRECORDED_IS

COLUMNS = [
    Column("subprefecture", "振興局"),
    Column("municipality_code", "全国地方公共団体コード"),
    Column("municipality", "市町村"),
    Column("state", "様子", choices=[state.label for state in State if state.is_gap]),
    Column("state_note", "様子の説明"),
    Column("title", "最後の戦略の名称"),
    Column("first_year", "最初の年度（西暦）", type="year"),
    Column("last_year", "最後の年度（西暦）", type="year"),
    Column("ends_on", "期間の終わり", type="date"),
    Column("publishing", "公開の状態"),
    Column("is_sample", "見本"),
]


@dataclass(frozen=True)
class Gap:
    """A town of which nothing is on record (`strategy` is None), or whose last strategy ends or has ended."""

    town: Municipality
    state: State
    strategy: TownStrategy | None = None

    @property
    def row(self):
        town, strategy = self.town, self.strategy
        about = [town.subprefecture.name, town.code, town.name, self.state.label, self.state.note]
        if strategy is None:
            return [*about, *[None] * 6]
        years = [strategy.first_year, strategy.last_year, strategy.ends_on]
        return [
            *about,
            strategy.title,
            *years,
            strategy.get_status_display(),
            "はい" if strategy.is_sample else "いいえ",
        ]


def unrecorded_towns():
    """The municipalities of which no strategy is on record; one that is 公開終了 alone counts as none."""
    return Municipality.objects.governed().filter(~Exists(_on_record(OuterRef("pk"))))


def is_unrecorded(town):
    return not town.northern_territory and not _on_record(town).exists()


def _on_record(town):
    return TownStrategy.objects.filter(municipality=town).exclude(status=Status.ENDED)


def gaps(user, on=None, office=None):
    """The gaps of the towns that `user` keeps, in the order of the offices; of one `office` alone, or of all."""
    kept = rows(user, TownStrategy, "change").select_related("municipality__subprefecture")
    towns = towns_kept_by(user).select_related("subprefecture")
    if office is not None:
        kept, towns = kept.for_region(office), towns.filter(subprefecture=office)
    found = [
        *(Gap(each.municipality, State.ENDING, each) for each in kept.ending(on)),
        *(Gap(each.municipality, State.ENDED, each) for each in kept.run_out(on)),
        *(Gap(town, State.UNRECORDED) for town in towns),
    ]
    return sorted(found, key=lambda gap: (gap.town.subprefecture.order, gap.town.code))


def towns_kept_by(user):
    """Of the towns without a record those whose strategies `user` keeps."""
    return choices(user, TownStrategy, "municipality", unrecorded_towns())


def shown(found, whose=""):
    """The gaps as a table to take away."""
    return Shown(
        f"総合戦略の切れ目　{whose}".strip("　"),
        COLUMNS,
        lambda: [gap.row for gap in found],
        slug="strategy-gaps",
        notes=[UNRECORDED_IS],
    )
