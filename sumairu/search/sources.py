"""One search over everything published: each app's `search.py` lists its `SOURCES`, and nothing else is searched."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from sumairu.convention import modules_named
from sumairu.lib.excerpts import excerpt, marked, spellings, words
from sumairu.lib.markdown import plain


@dataclass(frozen=True)
class Source:
    """One kind of thing that can be found.

    `published` gives the rows that are public today, in the order in which they are shown; `fields` are the lookups in
    which a word may stand. `title`, `note` and `text` say what is shown of a row; `text` may be Markdown. `notes` stands
    for `note` where the notes of several rows take no more queries than that of one. `named` finds rows by more than
    letters: how a name sounds, what is left of a code.
    """

    slug: str
    label: str
    published: Callable[[], QuerySet]
    fields: Sequence[str]
    title: Callable = str
    note: Callable = lambda row: ""
    notes: Callable | None = None
    text: Callable = lambda row: ""
    named: Callable[[str], QuerySet] | None = None

    def matching(self, query):
        found = matching(self.published(), self.fields, query)
        if self.named is None:
            return found
        return self.published().filter(Q(pk__in=found.values("pk")) | Q(pk__in=self.named(query).values("pk")))

    def hits(self, rows, query):
        """What is shown of `rows`, with what is sought marked."""
        rows, sought = list(rows), words(query)
        notes = self.notes(rows) if self.notes else map(self.note, rows)
        return [
            {
                "url": row.get_absolute_url(),
                "title": marked(self.title(row), sought),
                "note": note,
                "excerpt": excerpt(plain(self.text(row)), sought),
                "is_sample": getattr(row, "is_sample", False),
            }
            for row, note in zip(rows, notes, strict=True)
        ]


def sources():
    """The kinds of things that can be found, in the order of the apps."""
    return [source for module in modules_named("search") for source in module.SOURCES]


def matching(queryset, fields, query):
    """The rows of `queryset` in which every word of `query` stands in one of `fields`, however it is spelled."""
    sought = words(query)
    if not sought:
        return queryset.none()
    for word in sought:
        anywhere = Q()
        for field in fields:
            for spelling in spellings(word):
                anywhere |= Q(**{f"{field}__icontains": spelling})
        queryset = queryset.filter(pk__in=queryset.model._default_manager.filter(anywhere).values("pk"))
    return queryset
