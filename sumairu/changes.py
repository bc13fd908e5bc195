"""Did what somebody posted change anything that the public sees?

Every statement that writes is seen on its way to the database. One to a table of the apps, in which all that is public
stands, counts as a public change; unless the ways in that record what they do (`sumairu.versions.recording`) say of all
records they watched that none was public before or after. So what nobody has thought of moves the version, and the save
of a draft does not. What is rolled back (a rehearsal, a preview, a page in between) changed nothing.
"""

import re
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.db import connections, transaction

from sumairu.convention import modules_named

_WRITES = re.compile(r'\s*(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM)\s+"(\w+)"', re.IGNORECASE)

_watched = ContextVar("changes that are being watched", default=None)


class Changes:
    """`written` are tables of the apps; `told` those whose changes recordings account for; `public`, where one said so."""

    def __init__(self):
        self.written, self.told, self.public = set(), set(), set()

    @property
    def are_public(self):
        return bool(self.public or self.written - self.told)

    def see(self, execute, sql, params, many, context):
        answer = execute(sql, params, many, context)
        match = _WRITES.match(sql)
        if match and match[1] in _tables():
            transaction.on_commit(_Note(self.written, match[1]), using=context["connection"].alias)
        return answer


@dataclass(frozen=True)
class _Note:
    """Something to be noted once it is committed."""

    place: set
    table: str

    def __call__(self):
        self.place.add(self.table)


@contextmanager
def watching():
    """What is written inside, by this thread."""
    changes = Changes()
    token = _watched.set(changes)
    try:
        with ExitStack() as stack:
            for connection in connections.all():
                stack.enter_context(connection.execute_wrapper(changes.see))
            yield changes
        for connection in connections.all():  # within a transaction of the caller's nothing is committed yet
            for _, note, _ in connection.run_on_commit:
                if isinstance(note, _Note):
                    note()
    finally:
        _watched.reset(token)


def tell(models, *, is_public):
    """Say of all that is being written to `models` whether any of it is, or was, public."""
    changes = _watched.get()
    if changes is not None:
        for table in {table for model in models for table in _tables_of(model)}:
            transaction.on_commit(_Note(changes.told, table))
            if is_public:
                transaction.on_commit(_Note(changes.public, table))


@contextmanager
def telling_of(row):
    """What is written of the table of `row` inside is `row` alone; was it public, or is it now?"""
    model = type(row)
    was_public = is_watched() and public_among(model, [row.pk])
    yield
    if is_watched():
        tell([model], is_public=bool(was_public or public_among(model, [row.pk])))


def is_watched():
    return _watched.get() is not None


def public_among(model, pks):
    """The records that the public sees now, themselves or through others; all of them, of what knows no such state."""
    if model._meta.db_table not in _tables():
        return set()
    published = getattr(model._default_manager, "published", None)
    if published is None:
        return set(pks)
    return set(published().filter(pk__in=pks).values_list("pk", flat=True))


@cache
def _tables():
    """The tables of the apps that have records."""
    return {table for module in modules_named("versions") for model in _shown(module) for table in _tables_of(model)}


def _shown(versions):
    """The models of an app that pages may show: all but what is `MADE` of them; of the platform's those that it names in `SHOWN`."""
    config = apps.get_containing_app_config(versions.__name__)
    if config.name.startswith("sumairu."):
        return getattr(versions, "SHOWN", ())
    return set(config.get_models()) - set(getattr(versions, "MADE", ()))


def _tables_of(model):
    return {model._meta.db_table, *(field.m2m_db_table() for field in model._meta.local_many_to_many)}
