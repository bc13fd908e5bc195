"""What is whose to do: each app says in its `todo.py` what waits for a person, and the start page collects it.

An app's `work` module offers

- `GROUPS`: the `Group`s that its items stand in, or those of apps above it do, and with them
  `todo_for(user, on)`: the `WorkItem`s that wait for `user` on the day `on`;
- `PLACES`: where the staff side's main navigation leads; or either alone.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sumairu.access import may
from sumairu.convention import modules_named

SHOWN = 20  # items of a group; the rest is told as a number


@dataclass(frozen=True)
class Group:
    """`order`: from what to do first. The hint says what the group holds, `none` what would be here.

    `is_for` says of a user whether they can act on such items at all: to others the group is not shown.
    """

    key: str
    label: str
    hint: str
    none: str
    order: int
    is_for: Callable[[object], bool] = lambda user: True


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
    """The groups that `user` can act on, in order, with what waits for them."""
    modules = [work for work in modules_named("todo") if hasattr(work, "GROUPS")]
    items = [item for work in modules for item in work.todo_for(user, on)]
    found = sorted((group for work in modules for group in work.GROUPS), key=lambda group: group.order)
    return [WorkGroup(group, [item for item in items if item.group is group]) for group in found if group.is_for(user)]


def places(user):
    """Where the main navigation leads `user`."""
    found = [place for work in modules_named("todo") for place in getattr(work, "PLACES", ())]
    allowed = [place for place in found if may(user, place.model, place.action)]
    return sorted(allowed, key=lambda place: place.order)
