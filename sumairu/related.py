"""What an app has to say on the page of another's thing, in its `related.py`: core pages never import what stands above them.

    RELATED = {Subprefecture: [figures_of_office]}

names for a model what makes a block of a row and a day, or None where there is nothing to say. Every page of one thing
asks, by the tag `{% related thing %}`.
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

    @property
    def html(self):
        return render_to_string(self.template, self.context)


def blocks(things, on=None):
    """What all apps have to say on a day of the things that a page is about, in the order in which it is shown."""
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
    """The tables that all apps have to show of what a page is about, for who takes one of them away."""
    return [shown for block in blocks(things) for shown in block.shown]
