"""Public pages may be read from a streaming replica (`REPLICA_URL`); staff, and all that writes, use the primary.

A replica is behind by moments, or by minutes where it is busy. The number of the content version is a row like any other.
It is replayed in the order of commits, after the change that it stands for: a replica that has the number has the change.
So there is no need to compare positions in its log.
"""

import logging
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic

from django.db import DEFAULT_DB_ALIAS, Error, connections

from sumairu.models import ContentVersion

ALIAS = "replica"
LEFT_ALONE_FOR = 5  # seconds after it could not be reached, so that not every page waits for that

logger = logging.getLogger(__name__)
_is_read = ContextVar("whether the replica is read", default=False)
_lost_at: float | None = None


class Router:
    def db_for_read(self, model, **hints):
        return ALIAS if _is_read.get() else None

    def db_for_write(self, model, **hints):
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one, other, **hints):
        return True

    def allow_migrate(self, database, app_label, **hints):
        return False if database == ALIAS else None


@contextmanager
def reading():
    """Inside this block the queries that read go to the replica."""
    token = _is_read.set(True)
    try:
        yield
    finally:
        _is_read.reset(token)


def read_connection():
    """The connection for queries that are written in SQL: to the replica inside `reading()`, else to the primary."""
    return connections[ALIAS if _is_read.get() else DEFAULT_DB_ALIAS]


def has_replayed(number):
    """Has the replica, if there is one, replayed all changes up to this content version?"""
    global _lost_at
    if ALIAS not in connections or (_lost_at is not None and monotonic() - _lost_at < LEFT_ALONE_FOR):
        return False
    try:
        replayed, _ = ContentVersion.newest(ALIAS)
    except Error:
        logger.warning("the replica cannot be asked; public pages are read from the primary")
        _lost_at = monotonic()
        connections[ALIAS].close()
        return False
    _lost_at = None
    return replayed >= number
