"""The words of documents as lexemes in a `tsvector` without places, with a GIN index, and beside them the texts themselves.

A place in a `tsvector` ends at 16,383, and a lexeme has 256 of them: so the index says which documents have all pairs of
a word, and the text whether they stand in a row. What begins with a colon is no pair: `:s` a name sought from its start,
`:f` a facet. Titles have lexemes of their own.

The first rows in order that have a common word are found by reading their texts. So the texts stand in the rows as they
are, and the lexemes, which nobody reads there, are put away.
"""

from django.db import connection

from sumairu.lib.pairs import as_letters, pairs, row_of
from sumairu.replica import read_connection

KEY = "id"
CREATE = [
    "CREATE TABLE search_words (id bigint PRIMARY KEY, title text NOT NULL, text text NOT NULL, starts text NOT NULL,"
    " facets text NOT NULL, title_words tsvector NOT NULL, text_words tsvector NOT NULL,"
    " public_from date NOT NULL, public_until date NOT NULL, digest varchar(32) NOT NULL)",
    "ALTER TABLE search_words ALTER title SET STORAGE MAIN, ALTER text SET STORAGE MAIN, ALTER starts SET STORAGE MAIN,"
    " ALTER facets SET STORAGE MAIN, ALTER title_words SET STORAGE EXTERNAL, ALTER text_words SET STORAGE EXTERNAL",
    "CREATE INDEX search_words_of_titles ON search_words USING gin (title_words)",
    "CREATE INDEX search_words_of_texts ON search_words USING gin (text_words)",
]
_PUBLIC = "public_from <= %s AND public_until >= %s"
# Where more than this share of documents have what is sought, they are read in order until there are enough. That is quicker
# than to look at all of them, and PostgreSQL does not know it, since it takes pairs to be met independently. Of what share
# they are, some pages of two hundred tell. `coalesce` and `id + 0` leave PostgreSQL one plan for each.
COMMON = 0.05
_SAMPLE = (
    "SELECT count(*) FILTER (WHERE {stands}) >= %s * greatest(count(*), 1) AS is_common"
    " FROM search_words TABLESAMPLE SYSTEM (0.5) REPEATABLE (0)"
)
_FOUND = f"""
    WITH sample AS MATERIALIZED ({_SAMPLE})
    (SELECT id, facets FROM search_words WHERE NOT (SELECT is_common FROM sample)
     AND {{likely}} AND {{stands}} AND {{public}} ORDER BY id + 0 LIMIT %s)
    UNION ALL
    (SELECT id, facets FROM search_words WHERE (SELECT is_common FROM sample)
     AND coalesce({{stands}} AND {{public}}, false) ORDER BY id LIMIT %s)
"""  # noqa: S608


def insert(documents):
    rows = [
        [
            words.id,
            words.title,
            "\n".join([words.title, *words.texts]),
            "".join(f"\n{start}" for start in words.starts),
            words.facets,
            _lexemes(words, [words.title]),
            _lexemes(words, [words.title, *words.texts]),
            words.public_from,
            words.public_until,
            words.digest,
        ]
        for words in documents
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO search_words (id, title, text, starts, facets, title_words, text_words, public_from,"
            " public_until, digest) VALUES (%s, %s, %s, %s, %s, array_to_tsvector(%s), array_to_tsvector(%s), %s, %s, %s)",
            rows,
        )


def found(question, limit, *, in_title):
    stands, values = _standing(question, "title" if in_title else "text")
    if not in_title:
        titled, title_values = _standing(question, "title")
        stands, values = f"{stands} AND NOT ({titled})", [*values, *title_values]
    likely = f"{'title' if in_title else 'text'}_words @@ %s::tsquery"
    sql = _FOUND.format(stands=stands, likely=likely, public=_PUBLIC)
    days = [question.on, question.on]
    with read_connection().cursor() as cursor:
        cursor.execute(sql, [*values, COMMON, _query(question), *values, *days, limit, *values, *days, limit])
        return cursor.fetchall()


def matching(question):
    stands, values = _standing(question, "text")
    sql = f"FROM search_words WHERE text_words @@ %s::tsquery AND {stands} AND {_PUBLIC}"
    return sql, [_query(question), *values, question.on, question.on]


def keys(question, kind):
    sql, values = matching(question)
    rows = f'SELECT "row" FROM search_document WHERE kind = %s AND id IN (SELECT id {sql})'  # noqa: S608
    return rows, [kind, *values]


def is_common(question):
    stands, values = _standing(question, "text")
    with read_connection().cursor() as cursor:
        cursor.execute(_SAMPLE.format(stands=stands), [*values, COMMON])
        return cursor.fetchone()[0]


def stands(question, kind):
    """By the text alone. A value, and an array of numbers, keep PostgreSQL from joining all documents instead."""
    condition, values = _standing(question, "text")
    row = (
        "coalesce((SELECT true FROM search_words WHERE id = ANY(ARRAY("  # noqa: S608
        'SELECT document.id FROM search_document AS document WHERE document.kind = %s AND document."row" = {}))'
        f" AND {condition} AND {_PUBLIC} LIMIT 1), false)"
    )
    return row, [kind], [*values, question.on, question.on]


def _lexemes(words, texts):
    found = {pair for text in texts for pair in pairs(text)}
    found |= {f":s{start}" for start in words.starts}
    return [*found, *(f":f{as_letters(facet)}" for facet in words.facets.split())]


def _standing(question, column):
    """SQL and its values: the words and facets of a question stand in titles, or in texts, which have the titles, too."""
    conditions, values = [], []
    for word in question.words:
        ways = [f"strpos({column}, %s) > 0"] * len(word.inside) + ["strpos(starts, %s) > 0"] * len(word.starts)
        conditions.append(f"({' OR '.join(ways)})")
        values += [*word.inside, *(f"\n{start}" for start in word.starts)]
    for facet in question.facets:
        conditions.append("strpos(' ' || facets || ' ', %s) > 0")
        values.append(f" {facet} ")
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
