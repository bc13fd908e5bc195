"""What waits for a person in this app: strategies on their way to the public, those that end, and towns without any."""

from itertools import groupby

from django.urls import reverse
from django.utils.http import urlencode

from sumairu.access import may, rows
from sumairu.admin.todo import Group, WorkItem
from sumairu.publishing import awaiting
from support.strategies.gaps import gaps
from support.strategies.models import Frame, State, TownStrategy

NAMED = 5  # towns without a record; the page of gaps has all


def _keeps(user):
    return may(user, TownStrategy, "change")


ENDING = Group(
    "strategies_ending",
    "まもなく終わる総合戦略",
    "期間が1年以内に終わり、次の戦略の記録がないもの。次の戦略を登録すると消えます",
    "期間が1年以内に終わり、次の記録がない総合戦略は、ここに並びます。",
    order=45,
    is_for=_keeps,
)
ENDED = Group(
    "strategies_ended",
    "期間が終わった総合戦略",
    "次の戦略の記録がないもの。策定していないとは限りません。市町村に確かめて登録します",
    "期間が終わり、次の記録がない総合戦略は、ここに並びます。",
    order=46,
    is_for=_keeps,
)
UNRECORDED = Group(
    "strategies_unrecorded",
    "総合戦略の記録がない市町村",
    "記録がないだけで、策定していないとは限りません",
    "総合戦略の記録がない市町村は、振興局ごとにここに並びます。",
    order=65,
    is_for=_keeps,
)
GROUPS = [ENDING, ENDED, UNRECORDED]
BY_STATE = {State.ENDING: ENDING, State.ENDED: ENDED}


def todo_for(user, on):
    for model, about in ((TownStrategy, lambda row: row.municipality.name), (Frame, lambda row: "北海道")):
        waiting = rows(user, model, "change").awaiting(on).order_by("-updated_at")
        for row in waiting.select_related("municipality") if model is TownStrategy else waiting:
            yield awaiting.item(row, title=row.title, about=f"総合戦略　{about(row)}")
    if not _keeps(user):
        return
    found = gaps(user, on)
    for gap in found:
        if gap.strategy:
            yield _of_strategy(gap, on)
    without = [gap.town for gap in found if gap.strategy is None]
    for office, towns in groupby(without, key=lambda town: town.subprefecture):
        yield _of_towns(office, list(towns))


def _of_strategy(gap, on):
    strategy, is_ahead = gap.strategy, gap.state == State.ENDING
    return WorkItem(
        BY_STATE[gap.state],
        title=strategy.title,
        about=f"総合戦略　{gap.town}{'　見本' if strategy.is_sample else ''}",
        url=reverse("admin:support_strategies_townstrategy_change", args=[strategy.pk]),
        action="次の戦略を確かめる",
        state="次の戦略の記録がありません",
        day=strategy.ends_on,
        day_words="まで" if is_ahead else "に終わりました",
        days_left=(strategy.ends_on - on).days if is_ahead else None,
    )


def _of_towns(office, towns):
    named = "、".join(town.name for town in towns[:NAMED])
    return WorkItem(
        UNRECORDED,
        title=f"{office}管内の{len(towns)}市町村",
        about="総合戦略　記録がありません",
        url=f"{reverse('admin:support_strategies_townstrategy_gaps')}?{urlencode({'office': office.slug})}",
        action="一覧を見る",
        state=named + (f"ほか{len(towns) - NAMED}市町村" if len(towns) > NAMED else ""),
    )
