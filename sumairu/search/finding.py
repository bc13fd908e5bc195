"""One search over every kind of thing that is described."""

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q

from sumairu.descriptions import Part
from sumairu.lib.excerpts import Piece, excerpt, has_hit, marked, spellings, words
from sumairu.lib.markdown import plain
from sumairu.search.wording import all_ways


@dataclass(frozen=True)
class Hit:
    """A row that was found; `place` is where its words stand, empty where that is the title alone."""

    url: str
    title: list[Piece]
    note: str
    place: str
    excerpt: list[Piece]
    is_sample: bool


def found(kind, query):
    """The public rows of `kind` in which every word of `query` stands."""
    rows = with_words(kind, kind.public(), query)
    if kind.named is None:
        return rows
    return kind.public().filter(Q(pk__in=rows.values("pk")) | Q(pk__in=kind.named(query).values("pk")))


def words_apart(kinds, query):
    """Of each word of a query how many public rows have it: of what is found nowhere together, where it may be."""
    return [(word, sum(found(kind, word).count() for kind in kinds)) for word in words(query)]


def hits(kind, rows, query):
    """What is shown of `rows`, with what is sought marked, and where it stands."""
    rows, sought = list(rows), [way.shown for ways in all_ways(words(query)).values() for way in ways]
    return [_hit(kind, row, note, sought) for row, note in zip(rows, kind.notes_of(rows), strict=True)]


def _hit(kind, row, note, sought):
    title = marked(kind.title.text(row), sought)
    others = [(part, _plain(part, row)) for part in kind.searched[1:]]
    place = next(((part.label, text) for part, text in others if has_hit(text, sought)), None)
    label, text = place or ("", next((text for part, text in others if part.is_markdown and text), ""))
    return Hit(
        url=row.get_absolute_url(),
        title=title,
        note=note,
        place=label,
        excerpt=excerpt(text, sought),
        is_sample=getattr(row, "is_sample", False),
    )


def _plain(part: Part, row):
    text = part.text(row)
    return plain(text) if part.is_markdown else text


def with_words(kind, rows, query):
    """Of `rows` of a kind those in which every word of `query` stands, however it is said; none where it has no word."""
    sought = all_ways(words(query))
    for ways in sought.values():
        anywhere = reduce(or_, map(kind.said_to_have, {each for way in ways for each in spellings(way.shown)}))
        rows = rows.filter(pk__in=kind.model._default_manager.filter(anywhere).values("pk"))
    return rows if sought else rows.none()
