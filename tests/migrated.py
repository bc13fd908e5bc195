"""The database of the tests as migrations leave it, kept from one run to the next: making it takes seconds in each process.

On SQLite alone, in var/, under a key of all that migrations are made of. `migrate` runs on the copy all the same, and finds
nothing left to do.
"""

import re
import sqlite3
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.db import connection

OURS = re.compile(r"^\s*(?:from|import) +((?:sumairu|regions|support)[\w.]*)(?: +import +([\w, ]+))?", re.MULTILINE)


@contextmanager
def kept():
    """Whoever makes the database of the tests in here finds it made, or leaves a copy for the next."""
    if not (connection.vendor == "sqlite" and connection.is_in_memory_db()):
        yield
        return
    copy = settings.VAR_DIR / f"migrated-{key()}.sqlite3"
    # A database in memory is there for all who know its name, as long as one of them is connected.
    with closing(sqlite3.connect(connection.creation._get_test_db_name(), uri=True)) as database:
        is_known = copy.exists()
        if is_known:
            with closing(sqlite3.connect(copy)) as source:
                source.backup(database)
        yield
        if not is_known:
            _keep(database, copy)


def key():
    digest = sha256(sqlite3.sqlite_version.encode())
    for path in sources():
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def sources():
    """The files that say what the database is: migrations and what they import of ours, settings, versions of libraries."""
    base = settings.BASE_DIR
    migrations = [path for app in ("sumairu", "regions", "support") for path in (base / app).glob("**/migrations/*.py")]
    return sorted({base / "sumairu/settings.py", base / "requirements/run.txt", *with_imports(migrations, base)})


def with_imports(paths, base):
    """`paths` and all of ours under `base` that they import, and that those import."""
    found, waiting = set(), list(paths)
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += _imported(path, base)
    return found


def _imported(path, base):
    for module, names in OURS.findall(path.read_text()):
        for name in [module, *(f"{module}.{each.strip()}" for each in names.split(","))]:
            place = base / name.replace(".", "/")
            yield from filter(Path.is_file, [place.with_suffix(".py"), place / "__init__.py"])


def _keep(database, copy):
    copy.parent.mkdir(exist_ok=True)
    with NamedTemporaryFile(dir=copy.parent, prefix="migrating-", delete=False) as file:
        pass
    with closing(sqlite3.connect(file.name)) as target:
        database.backup(target)
    for old in copy.parent.glob("migrated-*.sqlite3"):
        old.unlink(missing_ok=True)
    Path(file.name).rename(copy)
