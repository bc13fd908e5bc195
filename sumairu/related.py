"""What an app has to say on the pages of other apps' things, in its `related.py`.

    RELATED = {Subprefecture: [figures_of_office]}

For each model there are functions that take a row and a day and return a `Block`, or None where there is nothing to say.
Every page of one thing shows their blocks by the tag `{% related thing %}`, so that no page imports an app above its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.timezone import localdate

from sumairu.convention import modules_named
from sumairu.lib.shown import Shown


@dataclass(frozen=True)
class Block:
    """A chapter of a page: `template` shows it, with `context` alone. The lowest `order` comes first.

    `shown` are the tables in it that can be taken away, which its template offers by `{% downloads slug title %}`.
    """

    title: str
    template: str
    context: Mapping[str, Any]
    note: str = ""
    order: int = 0
    shown: Sequence[Shown] = ()

    def drawn(self, request=None):
        """Its HTML; on the page that answers `request`, where there is one."""
        return render_to_string(self.template, self.context, request)


def blocks(things, on=None):
    """The blocks of all apps about the things that a page shows, on a day, in the order in which they stand."""
    on = on or localdate()
    makers = [
        (make, thing)
        for module in modules_named("related")
        for thing in things
        for make in module.RELATED.get(type(thing), ())
    ]
    found = [block for make, thing in makers if (block := make(thing, on)) is not None]
    return sorted(found, key=lambda block: block.order)


def tables_beside(*things):
    """The tables in the blocks of all apps about `things`: those that a page offers as files."""
    return [shown for block in blocks(things) for shown in block.shown]
