"""What each public kind of thing is, said once by its app in a list `KINDS` in `descriptions.py`.

Search, the comparison of two years, downloads, the tables of the staff side, the sitemap and the head of every page are
made from these descriptions, so that a new kind has all of them as soon as it describes itself. What can be downloaded
but has no pages (figures) stands in a list `TABLES`.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import BooleanField, DateField, DecimalField, IntegerField, Manager, Model, QuerySet
from django.urls import reverse
from django.utils.timezone import localtime

from sumairu.convention import modules_named
from sumairu.fields import FiscalYearField
from sumairu.lib.markdown import plain
from sumairu.lib.pairs import letters
from sumairu.lib.shown import Column, Shown
from sumairu.lib.wareki import FIRST, LAST, full_name

SEPARATOR = ";"  # between several values of one cell, as the national standards have it
YEARS = frozenset(map(str, range(FIRST, LAST + 1)))  # as addresses have them
YES, NO = "はい", "いいえ"


@dataclass(frozen=True)
class Part:
    """Something that is said of a row, and what it is for."""

    name: str  # for programs
    label: str  # for people
    value: Callable[[Any], Any]  # of a row: a text, a number, a day, yes or no, or a list
    is_searched: bool = False
    from_start: bool = False  # a name or code that a search finds by its beginning alone, and
    also: Callable[[Any], Sequence[str]] = lambda row: ()  # how else that may be spelled
    is_compared: bool = False  # stands side by side where two years do
    is_given: bool = True  # a column of the file that anybody may download
    column: str = ""  # the lookup by which the tables of the staff side write it; empty where they do not have it
    unit: str = ""  # of what is counted
    limit: int | None = None  # characters that a national standard allows a text
    is_markdown: bool = False
    of: tuple[type[Model], str] | None = None  # the model and the name of the field that it comes from
    type: str = ""  # what its values are, where that field does not say so
    about: str = ""  # what to know when reading them

    @property
    def field(self):
        """The field of the database that it comes from; None where it is worked out."""
        model, name = self.of or (None, "")
        return next((field for field in model._meta.get_fields() if field.name == name), None) if model else None

    @property
    def as_column(self):
        """As a file tells of it."""
        return Column(self.name, self.label, self.unit, self.type or _type_of(self.field), self.about, self.choices)

    @property
    def choices(self):
        """All that it can be, in words, where that is a fixed list."""
        if isinstance(self.field, BooleanField):
            return (YES, NO)
        return (
            tuple(str(label) for _, label in self.field.choices or ())
            if self.field and not self.field.is_relation
            else ()
        )

    @property
    def title(self):
        """What a column is called; of what is counted with its unit."""
        return f"{self.label}（{self.unit}）" if self.unit else self.label

    def text(self, row):
        """As people read it."""
        value = self.value(row)
        if isinstance(value, list):
            return "、".join(map(str, value))
        return "" if value is None else str(value)

    def beginnings(self, row):
        """What is sought from its start, as the index of the search has it."""
        return [*filter(None, map(letters, (self.text(row), *self.also(row))))]

    def cell(self, row):
        """As it stands in a file: numbers are numbers, what is not known is None."""
        value = self.value(row)
        if isinstance(value, bool):
            return YES if value else NO
        if isinstance(value, list):
            return SEPARATOR.join(map(str, value))
        if isinstance(value, datetime):
            return localtime(value).date()
        return plain(value) if self.is_markdown else value


def part(model, path, label="", *, searched=False, in_tables=True, **kw):
    """What stands at `path`, a lookup from `model`, called as its first field is."""
    return Part(
        **{
            "name": path.removesuffix("__name").replace("__", "_"),
            "label": label or called(model, path),
            "value": _reader(path),
            "is_searched": searched,
            "column": path if in_tables else "",
            "of": _end_of(model, path),
        }
        | kw
    )


def called(model, path):
    """What people call a lookup from `model`: what they call its first field."""
    return str(model._meta.get_field(path.partition("__")[0]).verbose_name)


def _end_of(model, path):
    """The model and the name of the field that a lookup ends in."""
    *relations, name = path.split("__")
    for relation in relations:
        model = model._meta.get_field(relation).related_model
    return model, name


def _reader(path):
    """What gives, of a row, what a lookup leads to: a choice by its label, and of several rows a list.

    It is asked of every cell of a file, so that whatever does not depend on the row is found once.
    """
    first, _, rest = path.partition("__")
    return _beyond(first, _reader(rest)) if rest else _last(first)


def _beyond(relation, read):
    def of(row):
        kept = row.__dict__.get("_prefetched_objects_cache")
        rows = kept.get(relation) if kept else None  # a manager made for each row would cost more than all the rest
        value = getattr(row, relation) if rows is None else rows
        if isinstance(value, Manager | QuerySet):
            return [read(each) for each in value.all()] if rows is None else [read(each) for each in value]
        return None if value is None else read(value)

    return of


def _last(name):
    labels = {}  # by the model

    def of(row):
        model, value = type(row), getattr(row, name)
        if model not in labels:
            labels[model] = _labels(model, name)
        return labels[model].get(value, value) if labels[model] else value

    return of


def _labels(model, name):
    """The labels of a field that is a choice; none of what is none."""
    field = next((field for field in model._meta.concrete_fields if name in (field.name, field.attname)), None)
    return {value: str(label) for value, label in field.flatchoices} if field and field.choices else {}


def _type_of(field):
    """What the values of a field are in a file: a choice is its label, a number is a number (`sumairu.lib.shown`)."""
    if field is None or field.choices:
        return "text"
    kinds = {FiscalYearField: "year", IntegerField: "integer", DecimalField: "number", DateField: "date"}
    return next((name for kind, name in kinds.items() if isinstance(field, kind)), "text")


def columns(parts):
    """The columns of a table of the staff side: a map from a lookup to its title."""
    return {part.column: part.title for part in parts if part.column}


PAGE = Part("page", "ページ", lambda row: f"{settings.PUBLIC_ADDRESS}{row.get_absolute_url()}")


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows that anybody may download as a file: `public` gives those of today, `about` says in a line what they are.

    It is to be had `at` its address, without one among all others.
    """

    slug: str
    label: str
    about: str
    public: Callable[[], QuerySet]
    parts: Sequence[Part]
    at: str = ""
    sources: Callable[[QuerySet], Sequence[str]] | None = None  # of rows, where they are from
    # Makes what gives each row of a file what it cannot tell alone, so that this is looked up once for all of them.
    filling: Callable[[], Callable[[Any], None]] | None = None

    @property
    def address(self):
        return self.at or reverse("table_csv", args=[self.slug])

    @property
    def units(self):
        return [part.unit for part in self.parts if part.unit]

    @property
    def parts_given(self):
        return [part for part in self.parts if part.is_given]

    @property
    def columns(self):
        """The columns of the table of the staff side."""
        return columns(self.parts)

    def rows(self):
        """The rows of the file, two hundred at a time."""
        return self.filled(self.public().iterator(chunk_size=200))

    def filled(self, rows):
        """`rows` as they are read, each with all that its parts tell."""
        if self.filling is None:
            return rows
        fill = self.filling()
        return (fill(row) or row for row in rows)

    def shown(self, rows=None, title="", **kw):
        """Its columns of `rows` (a queryset, or a list), of all that is public without them, as a value that becomes a file."""
        parts = self.parts_given

        def cells():
            found = self.public() if rows is None else rows
            each = found.iterator(chunk_size=200) if isinstance(found, QuerySet) else found
            return ([part.cell(row) for part in parts] for row in self.filled(each))

        def count(most):
            found = self.public() if rows is None else rows
            return found.order_by()[:most].count() if isinstance(found, QuerySet) else len(found)

        columns = [part.as_column for part in parts]

        def sources():
            found = self.public() if rows is None else rows
            if self.sources is None:
                return []
            is_query = isinstance(found, QuerySet)
            return self.sources(found if is_query else self.public().filter(pk__in=[row.pk for row in found]))

        told = {"slug": self.slug, "notes": [self.about], "count": count, "sources_beside": sources}
        return Shown(title or self.label, columns, cells, **told | kw)

    def shown_ticked(self, field, keys, rows=None):
        """The rows that a reader ticked in a list (of `rows`, else of all that is public), by what `field` holds of each."""
        chosen = (self.public() if rows is None else rows).filter(**{f"{field}__in": keys})
        return self.shown(chosen, conditions=[f"選んだ{len(keys)}件"])


@dataclass(frozen=True)
class Facet:
    """Something by which what was found is narrowed; `names` says what people call such values, as they are in addresses."""

    name: str
    label: str
    names: Callable[[Collection[str]], Mapping[str, str]]


@dataclass(frozen=True)
class Link:
    """A public page, as another leads to it."""

    name: str
    address: str
    is_sample: bool = False


def _public_days(row):
    return getattr(row, "public_days", [(None, None)])


@dataclass(frozen=True, kw_only=True)
class Kind(Table):
    """A kind of thing that the public sees, with a page for each row.

    `public` gives the rows that are public today, with what `parts` read, in the order of lists and files. Where rows are
    public on other days, too, `every` gives all that are or may be, and `days` the first and last day of each stretch on
    which one is, None where it has no end.
    """

    model: type[Model]
    titled: str  # the name of the part that is a row's title
    summary: Callable[[Any], str]  # a sentence or two about a row
    note: Callable[[Any], str] = lambda row: ""  # what tells a row from others of the same title
    notes: Callable[[Sequence], Sequence[str]] | None = None  # instead, where many take as few queries as one
    every: Callable[[], QuerySet] | None = None
    listed: Callable[[], QuerySet] | None = None  # rows in the sitemap, where they are not the public ones
    changed: Callable = lambda row: getattr(row, "updated_at", None)  # when it last changed; None where nobody knows
    days: Callable[[Any], Iterable[tuple[date | None, date | None]]] = _public_days
    year: Callable[[Any], int | None] = lambda row: getattr(row, "fiscal_year", None)
    facets: Callable[[Any], Mapping[str, Iterable]] = lambda row: {}  # a row's values by the names of `Facet`s
    # Of a row that is public no more the public pages that replaced it, by what they are.
    replaced_by: Callable[[Any], Mapping[str, Sequence[Link]]] = lambda row: {}
    # Of what other records the searched parts and the facets of a row tell: their model, and the lookups that lead there.
    drawn_from: Mapping[type[Model], Sequence[str]] = field(default_factory=dict)

    @property
    def title(self):
        return self.part(self.titled)

    def part(self, name):
        return next(part for part in self.parts if part.name == name)

    @property
    def searched(self):
        """The parts that a search looks into, the title first."""
        return [self.title, *(part for part in self.parts if part.is_searched and part.name != self.titled)]

    @property
    def parts_given(self):
        return [*super().parts_given, PAGE]

    def rows_indexed(self):
        """The rows that the search keeps, for the days on which they are public."""
        return self.every() if self.every else self.public()

    def rows_found(self, pks):
        """The rows with these keys that are public today, with what is searched of them."""
        rows = self.rows_indexed().filter(pk__in=pks)
        return rows.published() if self.every else rows

    def rows_listed(self):
        return self.listed() if self.listed else self.public()

    def notes_of(self, rows):
        return self.notes(rows) if self.notes else [self.note(row) for row in rows]


def described():
    """All kinds, in the order of the apps."""
    return [kind for module in modules_named("descriptions") for kind in module.KINDS]


def tables():
    """All that can be downloaded, by slug: kinds, and what has no pages."""
    found = [table for module in modules_named("descriptions") for table in (*module.KINDS, *module.TABLES)]
    return {table.slug: table for table in found}


@cache
def limits():
    """How many characters a national standard leaves a text, by its model and name."""
    return {part.of: part.limit for kind in described() for part in kind.parts if part.limit}


def kind_of(row):
    """The kind of thing that `row` is."""
    return next(kind for kind in described() if kind.model is type(row))


def facets():
    """All that narrows a search: what every row has, then those of the apps."""
    kinds = {kind.slug: kind.label for kind in described()}
    own = [
        Facet("kind", "種類", lambda slugs: {slug: kinds[slug] for slug in slugs if slug in kinds}),
        Facet("year", "年度", lambda years: {year: full_name(int(year)) for year in years if year in YEARS}),
    ]
    return [*own, *(facet for module in modules_named("descriptions") for facet in module.FACETS)]
