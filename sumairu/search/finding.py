"""One search over every kind of thing that is described."""

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import BooleanField, F, Func
from django.db.models.expressions import RawSQL
from django.utils.timezone import localdate

from sumairu.descriptions import described, facets
from sumairu.lib.excerpts import Piece, excerpt, has_hit, marked, query_words
from sumairu.lib.folding import fold
from sumairu.lib.pairs import fold_long, letters
from sumairu.lib.place_names import Asked
from sumairu.paging import MOST, count_words
from sumairu.search import words
from sumairu.search.index import parts_of
from sumairu.search.instead import Instead
from sumairu.search.models import Document, Waiting
from sumairu.search.wording import Way, all_ways
from sumairu.search.words import Question, Word

MOST_PLACES = 3  # in which a hit is said to have what was sought
MOST_CHOICES = 20  # of one facet


@dataclass(frozen=True)
class Place:
    """Where in a row a word stands: the label of the part, and an excerpt of its text with the word marked."""

    label: str
    text: list[Piece]


@dataclass(frozen=True)
class Hit:
    """A row that was found.

    `places` say where the words of the search stand, except those in the title. `through` explains hits that do not have
    a word as it was typed: pairs of the word and the `Way` to say it that the row does have.
    """

    url: str
    kind: str
    title: list[Piece]
    note: str
    places: list[Place]
    through: list[tuple[str, Way]]
    is_sample: bool

    @property
    def title_text(self):
        return "".join(piece.text for piece in self.title)


@dataclass(frozen=True)
class Choice:
    """A value of a facet: how many of the hits have it, and whether the search is narrowed to it."""

    label: str
    count: int
    is_chosen: bool
    address: str  # of the search narrowed to it; where it is chosen already, of the search without it


class Search:
    """What a query finds on a day, narrowed by facets: `chosen` is their values by name, `{"year": "2021"}`."""

    def __init__(self, query, chosen=None, on=None):
        self.query, self.on = query, on or localdate()
        self.chosen = {name: value for name, value in (chosen or {}).items() if value}

    @cached_property
    def words(self):
        return [word for word in query_words(self.query) if letters(word)]

    @cached_property
    def _ways(self):
        return all_ways(self.words)

    @cached_property
    def sought(self):
        """All ways in which any of the words may stand in a text."""
        return [way.text for word in self.words for way in self._ways[word]]

    @cached_property
    def _found(self):
        """The first of what was found, as (document, facets): what has all words in its title, then what has them anywhere."""
        if not self.words:
            return []
        titled = words.found(self.question, MOST + 1, in_title=True)
        room = MOST + 1 - len(titled)
        return titled + words.found(self.question, room, in_title=False) if room else titled

    @property
    def has_more(self):
        return len(self._found) > MOST

    @cached_property
    def ids(self):
        return [pk for pk, _ in self._found[:MOST]]

    @property
    def count_words(self):
        return count_words(len(self._found))

    @property
    def is_behind(self):
        """Is something still found as it was, since the worker has yet to write what is found of it?"""
        return Waiting.objects.exists()

    @property
    def question(self):
        """What the index is asked."""
        sought = [Word(self._inside(word), _starts(word)) for word in self.words]
        return Question(tuple(sought), tuple(f"{name}={value}" for name, value in self.chosen.items()), self.on)

    def _inside(self, word):
        return tuple(dict.fromkeys(letters(way.text) for way in self._ways[word]))

    def hits(self, ids):
        """What is shown of these documents, in their order."""
        keys = {pk: document.key for pk, document in Document.objects.in_bulk(ids).items()}
        by_kind = defaultdict(list)
        for slug, row in keys.values():
            by_kind[slug].append(row)
        made = {}
        for kind in described():
            if kind.slug in by_kind:
                rows = list(kind.rows_found(by_kind[kind.slug]))
                for row, note in zip(rows, kind.notes_of(rows), strict=True):
                    made[kind.slug, row.pk] = self._hit(kind, row, note)
        return [made[keys[pk]] for pk in ids if pk in keys and keys[pk] in made]

    def _hit(self, kind, row, note):
        parts = parts_of(kind, row)
        return Hit(
            url=row.get_absolute_url(),
            kind=kind.label,
            title=marked(kind.title.text(row), self.sought),
            note=note,
            places=list(self._places(kind, row, parts)),
            through=list(self._through(row, parts)),
            is_sample=getattr(row, "is_sample", False),
        )

    def _places(self, kind, row, parts):
        """The first place of each word that is not in the title; where all words are, the beginning of the text."""
        missing = {word for word in self.words if not has_hit(kind.title.text(row), self._texts(word))}
        shown = 0
        for part, text in parts:
            here = (
                {word for word in missing if self._stands(part, row, text, word)} if part is not kind.title else set()
            )
            if here and shown < MOST_PLACES:
                yield Place(part.label, self._marked(part, text, here))
                missing -= here
                shown += 1
        if not shown:
            told = next((text for part, text in parts if part.is_markdown), "")
            if told:
                yield Place("", excerpt(told, self.sought))

    def _through(self, row, parts):
        """Each word that the row does not have as it was typed, with the first other way to say it that the row has."""
        told = "\n".join(fold_long(text) for part, text in parts if not part.from_start)
        for word in self.words:
            ways = [way for way in self._ways[word] if way.text in told]
            begins = any(self._stands(part, row, text, word) for part, text in parts if part.from_start)
            if ways and not begins and all(way.how for way in ways):
                yield word, ways[0]

    def _stands(self, part, row, text, word):
        if part.from_start:
            return any(name.startswith(_starts(word)) for name in part.beginnings(row))
        return has_hit(text, self._texts(word))

    def _marked(self, part, text, words):
        if not part.from_start:
            return excerpt(text, self.sought)
        begun = [way for word in words for way in _beginnings(word)]
        pieces = marked(text, begun)
        return pieces if pieces[0].is_hit else [Piece(text, is_hit=True)]

    def _texts(self, word):
        return [way.text for way in self._ways[word]]

    @cached_property
    def facets(self):
        """Pairs of a facet and its choices, the most frequent first. What is chosen is among them, even if nothing has it."""
        told = Counter(" ".join(each for _, each in self._found[:MOST]).split())
        counts = defaultdict(dict, {name: {value: 0} for name, value in self.chosen.items()})
        for each, count in told.items():
            name, _, value = each.partition("=")
            counts[name][value] = count
        found = ((facet, self._choices(facet, counts[facet.name])) for facet in facets())
        return [(facet, choices) for facet, choices in found if choices]

    def _choices(self, facet, counts):
        chosen = self.chosen.get(facet.name)
        rank = counts.get if facet.name != "year" else str
        values = sorted(counts, key=rank, reverse=True)
        values = [value for place, value in enumerate(values) if place < MOST_CHOICES or value == chosen]
        labels = facet.names(values)
        return [
            Choice(
                labels[value],
                counts[value],
                value == chosen,
                self.address({facet.name: value if value != chosen else None}),
            )
            for value in values
            if value in labels
        ]

    @property
    def narrowed(self):
        """The choices to which the search is narrowed, each with its facet."""
        return [(facet, choice) for facet, choices in self.facets for choice in choices if choice.is_chosen]

    def address(self, other=None, query=None):
        """The address of this search, with `other` choices or another query."""
        asked = {"q": query or self.query} | self.chosen | (other or {})
        return f"?{urlencode({name: value for name, value in asked.items() if value is not None})}"

    @property
    def everywhere(self):
        """The address of the same search, narrowed to nothing."""
        return self.address(dict.fromkeys(self.chosen))

    @cached_property
    def instead(self):
        """What the page says where nothing was found."""
        return Instead(self)

    def without_choices(self, query):
        """The search for another query on the same day, without facets."""
        return Search(query, on=self.on)


class FoundPages(Paginator):
    """The hits in pages, as far as they are shown."""

    def __init__(self, search, per_page):
        super().__init__(search.ids, per_page)
        self.has_more, self.count_words = search.has_more, search.count_words


def with_words(kind, rows, query):
    """Those of `rows`, of one kind, that have every word of `query` in any spelling; none where the query has no word.

    Where few have them, those are looked up. Where many have, `rows` are asked one after another, since whoever pages through them
    soon has enough: what a common word costs does not grow with the list.
    """
    search = Search(query)
    if not search.words:
        return rows.none()
    if words.is_common(replace(search.question, facets=(f"kind={kind.slug}",))):
        return rows.filter(_Stands(search.question, kind.slug))
    sql, values = words.keys(search.question, kind.slug)
    return rows.filter(pk__in=RawSQL(sql, values))  # noqa: S611 (the words are values)


class _Stands(Func):
    """Whether every word of a question stands in the row."""

    output_field = BooleanField()

    def __init__(self, question, kind):
        super().__init__(F("pk"))
        self.question, self.kind = question, kind

    def as_sql(self, compiler, connection, **kw):
        key, of_key = compiler.compile(self.source_expressions[0])
        sql, before, after = words.stands(self.question, self.kind)
        return sql.format(key), [*before, *of_key, *after]


def _beginnings(word):
    """The beginnings that a name meant by `word` may have: as typed, as it sounds, without 北海道 and 役場, as a full code."""
    asked = Asked(word)
    ways = [fold(word), asked.name, asked.sound]
    if asked.digits:
        ways += [asked.digits.zfill(6), asked.digits.zfill(5)]
    return list(dict.fromkeys(filter(None, ways)))


def _starts(word):
    return tuple(map(letters, _beginnings(word)))
