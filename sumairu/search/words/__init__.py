"""The words of all documents, in a table that each database has in its own way: FTS5 on SQLite, `tsvector` on PostgreSQL.

Both hold pairs of characters (`sumairu.lib.pairs`) and find the same: what stands in a text, letter by letter. Facets
stand among the words, so that a common word narrowed to a rare facet is as quick.

What is put together here as SQL is our own; what people typed is always a value.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from sumairu.replica import read_connection
from sumairu.search.words import postgresql, sqlite


@dataclass(frozen=True)
class Words:
    """What is found of one document, as `letters` has it: `starts` are sought from their beginning alone."""

    id: int
    title: str
    texts: Sequence[str]
    starts: Sequence[str]
    facets: str
    public_from: date
    public_until: date
    digest: str


@dataclass(frozen=True)
class Word:
    """A word that is sought: it stands `inside` a text in one of these ways, or a name that `starts` so has it."""

    inside: tuple[str, ...]
    starts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """All of the words, and all of the facets (`year=2021`), on a day."""

    words: tuple[Word, ...]
    facets: tuple[str, ...]
    on: date


def _here():
    return {"sqlite": sqlite, "postgresql": postgresql}[connection.vendor]


def create(schema_editor):
    for statement in {"sqlite": sqlite, "postgresql": postgresql}[schema_editor.connection.vendor].CREATE:
        schema_editor.execute(statement)


def drop(schema_editor):
    schema_editor.execute("DROP TABLE search_words")


def write(documents):
    """Put the words of documents in place of what stood there."""
    if documents:
        remove([words.id for words in documents])
        _here().insert(documents)


def remove(ids):
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM search_words WHERE {_here().KEY} = %s", [[each] for each in ids])  # noqa: S608


def clear():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_words")


def digests():
    """`{document id: digest}` of all words that are kept."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_here().KEY}, digest FROM search_words")  # noqa: S608
        return dict(cursor.fetchall())


def found(question, limit, *, in_title):
    """The first `limit` documents in which every word stands, as (id, facets); all words `in_title`, or not so."""
    return _here().found(question, limit, in_title=in_title)


def count(question, limit):
    """In how many documents every word stands; no more than `limit` are counted."""
    sql, values = _here().matching(question)
    with read_connection().cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM (SELECT 1 {sql} LIMIT %s) AS counted", [*values, limit])  # noqa: S608
        return cursor.fetchone()[0]


def is_common(question):
    """Do so many rows have every word that it is quicker to ask one row of a list after another, until there are enough?

    Never on SQLite, where FTS5 gives the keys of 100,000 rows in some 20 ms, and takes longer to be asked of a few thousand.
    """
    return _here().is_common(question)


def stands(question, kind):
    """SQL with the parameters before and after `{}`, where the key of a row of a kind is put in: whether every word stands in it."""
    return postgresql.stands(question, kind)


def keys(question, kind):
    """SQL and its parameters: the rows of a kind (its slug) in which every word stands."""
    return _here().keys(question, kind)
