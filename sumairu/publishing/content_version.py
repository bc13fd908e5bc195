"""Which version of the content a process knows: it asks the database at most twice a second, and lives without it."""

import logging
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from threading import Lock
from time import monotonic

from django.conf import settings
from django.db import Error, OperationalError
from django.utils.timezone import localdate, localtime

from sumairu.models import ContentVersion

ASKED_EVERY = 0.5  # seconds
# What pages are drawn by, beside what is in the database.
DRAWN_BY = ("sumairu/**/*.py", "regions/**/*.py", "support/**/*.py", "templates/**/*.html", "static/*.css")

logger = logging.getLogger(__name__)
_asking = Lock()


@dataclass(frozen=True)
class Known:
    """`moved_at` is when anything that pages show last changed: the content, or the day. `is_gone`: the database is."""

    number: int
    day: date
    moved_at: datetime
    asked_at: float
    moved_here: int
    is_gone: bool = False


_known: Known | None = None
_is_lost = False  # the database was gone when it was last asked, and nothing is known


def current():
    """The version as of half a second ago at most. One thread asks; the others take what was known meanwhile.

    Raises `Error` where nothing is known and the database is gone; it may take seconds to find that out, so that the
    others do not wait for it each time.
    """
    known = _known
    if (
        known is not None
        and monotonic() - known.asked_at < ASKED_EVERY
        and known.moved_here == ContentVersion.moved_here
        and known.day == localdate()
    ):
        return known
    if not _asking.acquire(blocking=known is None and not _is_lost):
        if known is None:
            raise OperationalError("the database is gone; another thread is asking it again")
        return replace(known, day=localdate())
    try:
        return _asked(known)
    finally:
        _asking.release()


def _asked(known):
    global _known, _is_lost
    day, moved_here, asked_at = localdate(), ContentVersion.moved_here, monotonic()
    try:
        number, moved_at = ContentVersion.newest()
    except Error:
        if known is None:
            _is_lost = True
            raise
        logger.warning("the database cannot be asked for the version of the content; kept pages are given")
        _known = replace(known, day=day, asked_at=asked_at, moved_here=moved_here, is_gone=True)
        return _known
    _is_lost = False
    midnight = localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    _known = Known(number, day, max(moved_at, midnight) if moved_at else midnight, asked_at, moved_here)
    return _known


@cache
def release():
    """What changes with the code, the same on every host that runs it."""
    files = sorted(path for pattern in DRAWN_BY for path in settings.BASE_DIR.glob(pattern))
    told = sha256()
    for path in files:
        told.update(path.read_bytes())
    return told.hexdigest()[:16]
