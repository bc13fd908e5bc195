"""The words of documents as lexemes in a `tsvector` without places, with a GIN index.

A place in a `tsvector` ends at 16,383, and a lexeme has 256 of them: so the index says which documents have all pairs of
a word, and the text itself whether they stand in a row. A word of two characters is one pair, and needs no such look.
What begins with a colon is no pair: `:s` a name sought from its start, `:f` a facet. Titles have lexemes of their own. The
first rows in order that have a common word are found by reading them, so that what is read stands in the row itself.
"""

from django.db import connection

from sumairu.lib.pairs import as_letters, pairs, row_of
from sumairu.replica import read_connection

KEY = "id"
CREATE = [
    "CREATE TABLE search_words (id bigint PRIMARY KEY, title text NOT NULL, text text NOT NULL,"
    " title_words tsvector NOT NULL, text_words tsvector NOT NULL, facets text NOT NULL,"
    " public_from date NOT NULL, public_until date NOT NULL, digest varchar(32) NOT NULL)"
    " WITH (toast_tuple_target = 8160)",  # bytes; the usual 2,000 put away most texts and their lexemes
    "CREATE INDEX search_words_of_titles ON search_words USING gin (title_words)",
    "CREATE INDEX search_words_of_texts ON search_words USING gin (text_words)",
]
_PUBLIC = "public_from <= %s AND public_until >= %s"
# So many documents with all pairs of a question are looked at one by one. Where there are more, they are read in order until
# there are enough: that is quicker, and PostgreSQL does not know it, since it takes pairs to be met independently.
COMMON = 5_000
_FOUND = """
    WITH likely AS MATERIALIZED (SELECT FROM search_words WHERE {column} @@ %s::tsquery LIMIT %s)
    (SELECT id, facets FROM search_words WHERE (SELECT count(*) FROM likely) < %s AND {condition} ORDER BY id LIMIT %s)
    UNION ALL
    (SELECT id, facets FROM search_words WHERE (SELECT count(*) FROM likely) = %s AND coalesce({condition}, false)
     ORDER BY id LIMIT %s)
"""


def insert(documents):
    rows = [
        [
            words.id,
            words.title,
            "\n".join([words.title, *words.texts]),
            _lexemes(words, [words.title]),
            _lexemes(words, [words.title, *words.texts]),
            words.facets,
            words.public_from,
            words.public_until,
            words.digest,
        ]
        for words in documents
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO search_words (id, title, text, title_words, text_words, facets, public_from, public_until, digest)"
            " VALUES (%s, %s, %s, array_to_tsvector(%s), array_to_tsvector(%s), %s, %s, %s, %s)",
            rows,
        )


def found(question, limit, *, in_title):
    column = "title_words" if in_title else "text_words"
    condition, values = _having(question, "title" if in_title else "text")
    if not in_title:
        title, title_values = _having(question, "title")
        condition, values = f"{condition} AND NOT ({title})", [*values, *title_values]
    first = [*values, question.on, question.on, limit]
    sql = _FOUND.format(column=column, condition=f"{condition} AND {_PUBLIC}")
    with read_connection().cursor() as cursor:
        cursor.execute(sql, [_query(question), COMMON, COMMON, *first, COMMON, *first])
        return cursor.fetchall()


def matching(question):
    condition, values = _having(question, "text")
    return f"FROM search_words WHERE {condition} AND {_PUBLIC}", [*values, question.on, question.on]


def keys(question, kind):
    sql, values = matching(question)
    rows = f'SELECT "row" FROM search_document WHERE kind = %s AND id IN (SELECT id {sql})'  # noqa: S608
    return rows, [kind, *values]


def _lexemes(words, texts):
    found = {pair for text in texts for pair in pairs(text)}
    found |= {f":s{start}" for start in words.starts}
    return [*found, *(f":f{as_letters(facet)}" for facet in words.facets.split())]


def _having(question, column):
    """SQL and its values: the words and facets of a question stand in titles, or in texts, which have the titles, too."""
    conditions, values = [f"{column}_words @@ %s::tsquery"], [_query(question)]
    for word in question.words:
        long = {place: way for place, way in enumerate(word.inside) if len(way) > 2}
        if long:  # the index knows that all pairs are there, and not that they stand in a row
            ways = list(enumerate(_ways(word)))
            each = [
                f"strpos({column}, %s) > 0" if place in long else f"{column}_words @@ %s::tsquery" for place, _ in ways
            ]
            conditions.append(f"({' OR '.join(each)})")
            values += [long.get(place, way) for place, way in ways]
    return " AND ".join(conditions), values


def _query(question):
    """In the language of `tsquery`: all pairs of each word in one of its ways, and all facets."""
    parts = [" | ".join(f"({way})" for way in _ways(word)) for word in question.words]
    parts += [f"':f{as_letters(facet)}'" for facet in question.facets]
    return " & ".join(f"({part})" for part in parts)


def _ways(word):
    """In the language of `tsquery`: that a word stands inside a text in one way, or that a name starts so."""
    for way in word.inside:
        row = row_of(way)
        yield " & ".join(f"'{pair}'" for pair in row) if row else f"'{way}':*"
    for start in word.starts:
        yield f"':s{start}':*"
