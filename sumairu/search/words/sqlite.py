"""The words of documents as an FTS5 table, whose row numbers are those of the documents.

It keeps what was put in: an FTS5 table that does not cannot forget a row here (SQLite 3.40). The pairs of titles are marked,
so that a word which stands in 20,000 texts and no title is not looked for in 20,000 titles.
"""

from django.db import connection

from sumairu.lib.pairs import as_letters, pairs, row_of

KEY = "rowid"
OF_TITLE = (
    "\ue0ff"  # before each pair of a title; no text has it, since `letters` makes private characters of ASCII alone
)
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
            " ".join(f"{OF_TITLE}{pair}" for pair in pairs(words.title)),
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
        _asked(question, _in_title) if in_title else f"{_asked(question, _inside)} NOT {_asked(question, _in_title)}"
    )
    sql = f"SELECT search_words.rowid, search_document.facets {_MATCHING} ORDER BY search_words.rowid LIMIT %s"
    with connection.cursor() as cursor:
        cursor.execute(sql, [match, question.on, question.on, limit])
        return cursor.fetchall()


def matching(question):
    return _MATCHING, [_asked(question, _inside), question.on, question.on]


def keys(question, kind):
    sql, values = matching(question)
    return f'SELECT search_document."row" {sql} AND kind = %s', [*values, kind]


def is_common(question):
    return False


def _asked(question, places):
    """The question in the language of FTS5; `places` says of one way to say a word in which places it is looked for."""
    parts = [_any_of(word, places) for word in question.words]
    parts += [f'{{facets}} : "{as_letters(facet)}"' for facet in question.facets]
    return f"({' AND '.join(f'({part})' for part in parts)})"


def _any_of(word, places):
    ways = [place for way in word.inside for place in places(way)]
    ways += [f'{{starts}} : "{start}" *' for start in word.starts]
    return " OR ".join(f"({way})" for way in ways)


def _in_title(way):
    return [f"{{title}} : {_phrase(way, OF_TITLE)}"]


def _inside(way):
    return [f"{{text}} : {_phrase(way)}", *_in_title(way)]


def _phrase(way, mark=""):
    row = row_of(way)
    return f'"{" ".join(f"{mark}{pair}" for pair in row)}"' if row else f'"{mark}{way}" *'
