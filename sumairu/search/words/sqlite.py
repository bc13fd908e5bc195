"""The words of documents as an FTS5 table, whose row numbers are those of the documents.

It keeps what was put in: an FTS5 table that does not cannot forget a row here (SQLite 3.40).
"""

from django.db import connection

from sumairu.lib.pairs import as_letters, pairs, row_of

KEY = "rowid"
# The tokenizer `ascii` parts words at spaces, since `letters` leaves no other ASCII mark.
CREATE = [
    "CREATE VIRTUAL TABLE search_words USING fts5"
    "(title, text, starts, facets, digest UNINDEXED, tokenize='ascii', columnsize=0)"
]
_MATCHING = (
    "FROM search_words CROSS JOIN search_document ON search_document.id = search_words.rowid"
    " WHERE search_words MATCH %s AND public_from <= %s AND public_until >= %s"
)


def insert(documents):
    rows = [
        [
            words.id,
            " ".join(pairs(words.title)),
            " ".join(pair for text in words.texts for pair in pairs(text)),
            " ".join(words.starts),
            as_letters(words.facets),
            words.digest,
        ]
        for words in documents
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO search_words (rowid, title, text, starts, facets, digest) VALUES (%s, %s, %s, %s, %s, %s)",
            rows,
        )


def found(question, limit, *, in_title):
    match = (
        _asked(question, "title") if in_title else f"{_asked(question, 'title text')} NOT {_asked(question, 'title')}"
    )
    sql = f"SELECT search_words.rowid, search_document.facets {_MATCHING} ORDER BY search_words.rowid LIMIT %s"
    with connection.cursor() as cursor:
        cursor.execute(sql, [match, question.on, question.on, limit])
        return cursor.fetchall()


def matching(question):
    return _MATCHING, [_asked(question, "title text"), question.on, question.on]


def keys(question, kind):
    sql, values = matching(question)
    return f'SELECT search_document."row" {sql} AND kind = %s', [*values, kind]


def _asked(question, columns):
    """The question in the language of FTS5."""
    parts = [_any_of(word, columns) for word in question.words]
    parts += [f'{{facets}} : "{as_letters(facet)}"' for facet in question.facets]
    return f"({' AND '.join(f'({part})' for part in parts)})"


def _any_of(word, columns):
    ways = [f"{{{columns}}} : {_phrase(way)}" for way in word.inside]
    ways += [f'{{starts}} : "{start}" *' for start in word.starts]
    return " OR ".join(f"({way})" for way in ways)


def _phrase(way):
    row = row_of(way)
    return f'"{" ".join(row)}"' if row else f'"{way}" *'
