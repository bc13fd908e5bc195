"""What is whose to do: each app says in its `work.py` what waits for a person, and the start page collects it.

An app's `work` module offers

- `work_for(user, on)`: the `WorkItem`s that wait for `user` on the day `on`;
- optionally `PLACES`: where the staff side's main navigation leads.
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from sumairu.access import may
from sumairu.convention import modules_named

SHOWN = 20  # items of a group; the rest is told as a number


class Group(Enum):
    """From what to do first. The hint says what the group holds, `none` what would be here."""

    DRAFTS = "下書き", "公開していない途中のもの", "書きかけのものは、ここに並びます。"
    IMPORTS = (
        "途中の取込",
        "確かめて保存するか、やめるかを決めます",
        "選んだまま保存していないブックは、ここに並びます。",
    )
    REVIEW = "確認待ち", "読んで確かめると公開できます", "確認を待っているものは、ここに並びます。"
    CLOSING = (
        "締切が近い募集",
        "30日以内。締切を過ぎると、公開ページは自動で「終了」になります",
        "30日以内に締め切る募集は、ここに並びます。",
    )
    CARRIED_OVER = "前年度のまま・未確認", "内容を確かめるまで公開できません", "前年度から写した版は、ここに並びます。"
    MISSING = (
        "まだない数値",
        "前の年度にはあったもの。空きは0とは示しません",
        "前の年度にあって、いまの年度にまだない数値は、ここに並びます。",
    )
    DESKS = (
        "確かめ直す窓口",
        "最後に確かめてから1年を過ぎると、公開ページに黄色の印が付きます",
        "1年以上確かめていない窓口は、ここに並びます。",
    )
    BOOKED = "公開の予約", "この日になると、自動で公開ページに出ます", "公開する日を決めたものは、ここに並びます。"

    def __init__(self, label, hint, none):
        self.label, self.hint, self.none = label, hint, none


@dataclass(frozen=True)
class WorkItem:
    group: Group
    title: str
    about: str  # what kind of thing it is, and of which year
    url: str
    action: str  # the verb on its button
    state: str = ""
    day: date | None = None
    day_words: str = "に保存"  # after the day
    days_left: int | None = None


@dataclass(frozen=True)
class Place:
    label: str
    url_name: str
    model: type
    action: str = "view"
    order: int = 0


@dataclass(frozen=True)
class WorkGroup:
    group: Group
    items: list[WorkItem]

    @property
    def shown(self):
        return self.items[:SHOWN]

    @property
    def more(self):
        return max(len(self.items) - SHOWN, 0)


def groups(user, on):
    """Every group in order, with what waits for `user`."""
    items = [item for work in modules_named("work") for item in work.work_for(user, on)]
    return [WorkGroup(group, [item for item in items if item.group is group]) for group in Group]


def places(user):
    """Where the main navigation leads `user`."""
    found = [place for work in modules_named("work") for place in getattr(work, "PLACES", ())]
    allowed = [place for place in found if may(user, place.model, place.action)]
    return sorted(allowed, key=lambda place: place.order)
