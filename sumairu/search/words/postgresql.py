"""The words of documents as lexemes in a `tsvector` without places, with a GIN index.

A place in a `tsvector` ends at 16,383, and a lexeme has 256 of them: so the index says which documents have all pairs of
a word, and the text itself whether they stand in a row. A word of two characters is one pair, and needs no such look.
What begins with a colon is no pair: `:t` of a title, `:s` a name sought from its start, `:f` a facet.
"""

from django.db import connection

from sumairu.lib.pairs import as_letters, pairs, row_of
from sumairu.replica import read_connection

KEY = "id"
CREATE = [
    "CREATE TABLE search_words (id bigint PRIMARY KEY, title text NOT NULL, text text NOT NULL, words tsvector NOT NULL,"
    " facets text NOT NULL, public_from date NOT NULL, public_until date NOT NULL, digest varchar(32) NOT NULL)",
    "CREATE INDEX search_words_words ON search_words USING gin (words)",
]
_MATCHING = " FROM search_words WHERE words @@ %s::tsquery AND public_from <= %s AND public_until >= %s"


def insert(documents):
    rows = [
        [
            words.id,
            words.title,
            "\n".join([words.title, *words.texts]),
            _lexemes(words),
            words.facets,
            words.public_from,
            words.public_until,
            words.digest,
        ]
        for words in documents
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO search_words (id, title, text, words, facets, public_from, public_until, digest)"
            " VALUES (%s, %s, %s, array_to_tsvector(%s), %s, %s, %s, %s)",
            rows,
        )


def found(question, limit, *, in_title):
    title, title_values = _in_row(question, "title")
    sql = f"SELECT id, facets{_MATCHING}"
    if in_title:
        sql, values = f"{sql} AND {title}", [_asked(question, ":t"), *_days(question), *title_values]
    else:
        text, text_values = _in_row(question, "text")
        sql = f"{sql} AND {text} AND NOT (words @@ %s::tsquery AND {title})"
        values = [_asked(question), *_days(question), *text_values, _asked(question, ":t"), *title_values]
    with read_connection().cursor() as cursor:
        cursor.execute(f"{sql} ORDER BY id LIMIT %s", [*values, limit])
        return cursor.fetchall()


def matching(question):
    text, values = _in_row(question, "text")
    return f"{_MATCHING} AND {text}", [_asked(question), *_days(question), *values]


def keys(question, kind):
    sql, values = matching(question)
    rows = f'SELECT "row" FROM search_document WHERE kind = %s AND id IN (SELECT id {sql})'  # noqa: S608
    return rows, [kind, *values]


def _days(question):
    return [question.on, question.on]


def _lexemes(words):
    found = {pair for text in [words.title, *words.texts] for pair in pairs(text)}
    found |= {f":t{pair}" for pair in pairs(words.title)}
    found |= {f":s{start}" for start in words.starts}
    return [*found, *(f":f{as_letters(facet)}" for facet in words.facets.split())]


def _asked(question, mark=""):
    """The question as a `tsquery`; with the mark of a title, of what a document is called alone."""
    parts = [" | ".join(f"({way})" for way in _ways(word, mark)) for word in question.words]
    parts += [f"':f{as_letters(facet)}'" for facet in question.facets]
    return " & ".join(f"({part})" for part in parts)


def _ways(word, mark):
    for way in word.inside:
        row = row_of(way)
        yield " & ".join(f"'{mark}{pair}'" for pair in row) if row else f"'{mark}{way}':*"
    for start in word.starts:
        yield f"':s{start}':*"


def _in_row(question, column):
    """SQL and its values: that the pairs of each word stand in a row, where the index cannot tell."""
    conditions, values = ["TRUE"], []
    for word in question.words:
        if all(len(way) <= 2 for way in word.inside):
            continue
        ways = [*_ways(word, ":t" if column == "title" else "")]
        long = {place: way for place, way in enumerate(word.inside) if len(way) > 2}
        each = [f"strpos({column}, %s) > 0" if place in long else "words @@ %s::tsquery" for place in range(len(ways))]
        conditions.append(f"({' OR '.join(each)})")
        values += [long.get(place, way) for place, way in enumerate(ways)]
    return " AND ".join(conditions), values
