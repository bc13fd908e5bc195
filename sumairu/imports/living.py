"""A worker says every few seconds that it lives, by a thread of its own: what it is at may take minutes.

By the same beat it takes care of the others: only those who live know who has fallen silent.
"""

import logging
from contextlib import contextmanager
from datetime import timedelta
from threading import Event, Thread

from django.db import Error, close_old_connections, connection
from django.db.models.functions import Now

from sumairu.imports.models import Worker

BEAT = 5  # seconds
KEPT_FOR = timedelta(days=1)  # those that were killed
LAST_WORD = 2  # seconds for which a worker that ends waits for its thread

logger = logging.getLogger(__name__)
_here = None


def here():
    """The worker that this process is; None in every other."""
    return _here


@contextmanager
def living(look_after):
    """Be a worker, seen to live until the end. With every beat, in the thread, `look_after` is called."""
    global _here
    Worker.objects.filter(seen_at__lt=Now() - KEPT_FOR).delete()
    _here, over = Worker.objects.create(), Event()
    beating = Thread(target=_beat, args=[_here.pk, over, look_after], daemon=True)
    beating.start()
    try:
        yield _here
    finally:
        over.set()
        beating.join(LAST_WORD)
        Worker.objects.filter(pk=_here.pk).delete()
        _here = None


def _beat(pk, over, look_after):
    while not over.wait(BEAT):
        close_old_connections()
        try:
            Worker(pk=pk, seen_at=Now()).save()
            look_after()
        except Error:
            logger.warning("The worker could not say that it lives, or look after others", exc_info=True)
    connection.close()
