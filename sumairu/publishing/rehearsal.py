"""What the public would see change: apply a change, compare what is public before and after, roll back.

An app says in its `public.py` what of it the public sees:

- `shown(on, touched)`: a `Shown` for each page, call and desk that is public on a day, of what `touched`, a list of
  records, can have an influence on; of everything where `touched` is None;
- `counts(on)`: how many there are, from a label to a number.

A mere correction of a text is no effect: `Shown` does not hold it. Asking each time would teach people not to read.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from sumairu.convention import modules_named

LIMIT = 2_000  # what is compared of one app on one day; where there is more, the effects say that they are cut


@dataclass(frozen=True)
class Shown:
    """One thing that the public sees. Under the same `kind` and `key` it is the same thing before and after."""

    kind: str  # the heading beneath which its change is told
    key: str
    label: str
    says: Mapping[str, str] = field(default_factory=dict)  # what an editor should hear of when it changes, by name
    url: str = ""
    reach: Any = None  # whom it reaches: `lines(before=None)` says it, or what has moved, as pairs of a line and names


@dataclass(frozen=True)
class Effect:
    kind: str
    what: str  # APPEARS, VANISHES or CHANGES
    label: str
    url: str
    lines: tuple[tuple[str, str], ...]  # what is to be said of it; names beside a line that counts them
    warning: str = ""


APPEARS, VANISHES, CHANGES = "appears", "vanishes", "changes"


@dataclass(frozen=True)
class Effects:
    """What is different for the public on a day. False where nothing is."""

    on: date
    changes: tuple[Effect, ...] = ()
    counts: tuple[tuple[str, int, int], ...] = ()  # label, before, after
    is_cut: bool = False

    def __bool__(self):
        return bool(self.changes or self.counts)

    @property
    def kinds(self):
        """The changes beneath the headings that there are: pairs of a heading and its changes."""
        kinds = dict.fromkeys(change.kind for change in self.changes)
        return [(kind, [change for change in self.changes if change.kind == kind]) for kind in kinds]

    @property
    def is_ahead(self):
        return self.on > localdate()


@dataclass(frozen=True)
class Public:
    shown: dict[tuple[str, str], Shown]
    counts: dict[str, int]
    is_cut: bool


def effects(change: Callable[[], object], on: date | None = None, touched: Iterable | None = None) -> Effects:
    """What the public would see differently on a day if `change` were made. It is made and rolled back."""
    on, touched = on or localdate(), None if touched is None else list(touched)
    with transaction.atomic():
        before = public(on, touched)
        change()
        after = public(on, touched)
        transaction.set_rollback(True)
    return compared(before, after, on)


class Rehearsal:
    """The same for a change that the caller makes in a transaction of its own, and can hold once it is compared.

    It looks at today, and at the days ahead on which one of `touched` appears or vanishes.
    """

    def __init__(self, touched=None):
        self.touched = None if touched is None else [row for row in touched if row is not None]
        self.days = sorted({localdate(), *(day for row in self.touched or () for day in _days_ahead(row))})
        self.before = {day: public(day, self.touched) for day in self.days}

    def effects(self):
        """The effects on each day that has any which an earlier day has not."""
        found = []
        for day in self.days:
            effects = compared(self.before[day], public(day, self.touched), day)
            if effects and not any((effects.changes, effects.counts) == (one.changes, one.counts) for one in found):
                found.append(effects)
        return found


def rehearsed(change, touched):
    """The effects of `change` on each day that has any (see `Rehearsal`). It is made and rolled back."""
    with transaction.atomic():
        rehearsal = Rehearsal(touched)
        change()
        found = rehearsal.effects()
        transaction.set_rollback(True)
    return found


def public(on, touched=None):
    """All that the apps show on a day, as plain values."""
    shown, counts, is_cut = {}, {}, False
    for module in modules_named("public"):
        things = list(islice(module.shown(on, touched), LIMIT + 1))
        is_cut |= len(things) > LIMIT
        shown |= {(thing.kind, thing.key): thing for thing in things[:LIMIT]}
        counts |= module.counts(on)
    return Public(shown, counts, is_cut)


def compared(before: Public, after: Public, on: date) -> Effects:
    changes = [
        change
        for key in {**before.shown, **after.shown}
        if (change := _effect(before.shown.get(key), after.shown.get(key)))
    ]
    counts = [(label, before.counts.get(label, 0), count) for label, count in after.counts.items()]
    return Effects(
        on=on,
        changes=tuple(changes),
        counts=tuple(row for row in counts if row[1] != row[2]),
        is_cut=before.is_cut or after.is_cut,
    )


def digest(found: list[Effects]) -> str:
    return sha256(repr(found).encode()).hexdigest()


def _effect(before, after):
    if before is None or after is None:
        thing = after or before
        lines = [(f"{name}：{text}", "") for name, text in thing.says.items() if text]
        lines += thing.reach.lines() if thing.reach and after else []
        return Effect(thing.kind, APPEARS if after else VANISHES, thing.label, thing.url, tuple(lines), _warning(after))
    lines = [
        (f"{name}：{before.says.get(name) or 'なし'} → {after.says.get(name) or 'なし'}", "")
        for name in {**before.says, **after.says}
        if before.says.get(name) != after.says.get(name)
    ]
    if before.reach is not None and after.reach is not None:
        lines += after.reach.lines(before.reach)
    return Effect(after.kind, CHANGES, after.label, after.url, tuple(lines), _warning(after)) if lines else None


def _warning(thing):
    return thing.reach.warning if thing and thing.reach else ""


def _days_ahead(row):
    """The days to come on which a published row appears, and on which it is gone again."""
    if getattr(row, "publish_on", None):
        yield from _if_ahead(row.publish_on)
    if getattr(row, "unpublish_on", None):
        yield from _if_ahead(row.unpublish_on + timedelta(days=1))


def _if_ahead(day):
    return [day] if day > localdate() else []
