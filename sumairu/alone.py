"""One at a time, on whatever host: what brings the database up to date waits for whoever is at it already."""

import fcntl
from contextlib import contextmanager
from pathlib import Path
from zlib import crc32

from django.db import connection


def one_at_a_time(name):
    """Until the transaction ends nobody else comes past here: each reads what the one before has committed.

    SQLite lets one write at a time by itself.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [crc32(name.encode())])


@contextmanager
def alone(name):
    """Hold the lock `name` of this database; it goes with the process, should that be killed."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [crc32(name.encode())])
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [crc32(name.encode())])
    elif connection.is_in_memory_db():
        yield  # nobody else can see it
    else:
        path = Path(connection.settings_dict["NAME"])
        with path.with_name(f"{path.name}.{name}.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
