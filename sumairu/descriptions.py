"""What each public kind of thing is, said once by its app in `descriptions.py`, in a list `KINDS`.

Search, the comparison of two years, the sitemap and the head of every page are drawn from it: a kind that comes later has
all of them by describing itself.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Model, Q, QuerySet

from sumairu.convention import modules_named


@dataclass(frozen=True)
class Part:
    """Something that is said of a row.

    `name` is for machines, `label` for people. A search looks for a word at `lookups`, as `match` says, `among` such rows
    beside it; `text` is how it is read of a row, as Markdown where it `is_markdown`. What `is_compared` stands side by side
    where two years do.
    """

    name: str
    label: str
    lookups: Sequence[str]
    text: Callable[[Any], str]
    match: str = "icontains"
    among: Q = field(default_factory=Q)
    is_markdown: bool = False
    is_compared: bool = False


def part(model, name, **kw):
    """A field of `model` that holds text, called as the field is."""
    return Part(name, str(model._meta.get_field(name).verbose_name), [name], lambda row: getattr(row, name), **kw)


@dataclass(frozen=True)
class Kind:
    """One kind of thing that the public sees.

    `public` gives the rows that are public today, with what `parts` read, in the order in which they are listed; the first
    part is the title. `summary` is a sentence or two about a row, `note` what tells it from others of its title; `notes`
    stands for `note` where the notes of several rows take no more queries than that of one. `named` finds rows by more
    than letters: how a name sounds, what is left of a code. `listed` are the rows whose addresses search engines are told,
    where it is not these. `changed` is when a row last changed, None where nobody knows.
    """

    slug: str
    label: str
    model: type[Model]
    public: Callable[[], QuerySet]
    parts: Sequence[Part]
    summary: Callable[[Any], str]
    note: Callable[[Any], str] = lambda row: ""
    notes: Callable[[Sequence], Sequence[str]] | None = None
    named: Callable[[str], QuerySet] | None = None
    listed: Callable[[], QuerySet] | None = None
    changed: Callable = lambda row: getattr(row, "updated_at", None)

    @property
    def title(self):
        return self.parts[0]

    def said_to_have(self, spelling):
        """The condition that a word, spelled so, stands in a part of a row.

        What stands in other rows is sought by itself: joined to one another, those of an edition are thousands.
        """
        return reduce(or_, (self._where(part, lookup, spelling) for part in self.parts for lookup in part.lookups))

    def _where(self, part, lookup, spelling):
        here = Q(**{f"{lookup}__{part.match}": spelling}) & part.among
        return Q(pk__in=self.model._default_manager.filter(here).values("pk")) if "__" in lookup else here

    def rows_listed(self):
        return self.listed() if self.listed else self.public()

    def notes_of(self, rows):
        return self.notes(rows) if self.notes else [self.note(row) for row in rows]


def described():
    """All kinds, in the order of the apps."""
    return [kind for module in modules_named("descriptions") for kind in module.KINDS]


def kind_of(row):
    """The kind of thing that `row` is."""
    return next(kind for kind in described() if kind.model is type(row))
