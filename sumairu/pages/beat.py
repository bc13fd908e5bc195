"""What the worker does with its beats: workbooks of long data sets, by a thread of its own, beside whatever it is at."""

import logging
from threading import Thread
from time import monotonic

from django.db import close_old_connections, connection

from sumairu.pages.prepared import due_sets, prepare

LOOKED_EVERY = 60  # seconds

logger = logging.getLogger(__name__)
_making, _looked_at = None, float("-inf")


def look_after():
    """Once a minute begin what is due, unless that of before is still going on. The beat waits for none of it."""
    global _making, _looked_at
    if monotonic() - _looked_at < LOOKED_EVERY or (_making and _making.is_alive()):
        return
    _looked_at = monotonic()
    if due := due_sets():
        _making = Thread(target=_make, args=[due], daemon=True)
        _making.start()


def _make(sets):
    try:
        for each in sets:
            close_old_connections()
            prepare(each)
    except Exception:  # the next one is tried in an hour
        logger.exception("The worker could not make the workbook of a data set")
    finally:
        connection.close()
