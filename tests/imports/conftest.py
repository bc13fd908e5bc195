import os
import sqlite3
from contextlib import closing
from shutil import copy
from unittest.mock import patch
from urllib.parse import urlsplit

import pytest
from django.db import connections, transaction
from django.urls import reverse

from sumairu.imports import saving
from sumairu.imports.kinds import kinds
from sumairu.lib.workbooks.reading import read
from tests.conftest import APPEND_ONLY
from tests.factories import make_edition, make_headquarters_editor, make_program


@pytest.fixture
def budget():
    return kinds()["budget"]


@pytest.fixture
def previewed(budget):
    """`previewed(content)`: the address of a run of this workbook."""

    def previewed(content, name="予算.xlsx", kind=budget):
        run, _ = saving.preview(kind, content, name, make_headquarters_editor())
        return reverse("import_run", args=[run.pk])

    return previewed


@pytest.fixture
def read_here(monkeypatch):
    """Workbooks are read in the process of the tests, which takes a hundredth of the time."""

    def read_workbook(content, name, corrections=(), patience=None):
        return read(content, corrections, name)

    monkeypatch.setattr(saving, "read_workbook", read_workbook)


@pytest.fixture
def kofukin():
    """The programme of the seed's budget, public through an edition."""
    program = make_program(slug="chiiki-zukuri-kofukin", official_name="地域づくり総合交付金")
    make_edition(program=program)
    return program


@pytest.fixture(scope="session")
def database_file(tmp_path_factory, django_db_setup, django_db_blocker):
    """SQLite's test database, which lies in memory, as a file before anything is in it; None for PostgreSQL's."""
    tests_own = connections["default"]
    if tests_own.vendor != "sqlite":
        return None
    path = tmp_path_factory.mktemp("database") / "empty.sqlite3"
    with django_db_blocker.unblock(), closing(sqlite3.connect(path)) as file:
        tests_own.ensure_connection()
        tests_own.connection.backup(file)
    return path


@pytest.fixture
def shared_database(database_file, db, tmp_path):
    """A database that other threads and processes can open too: its DATABASE_URL. What is saved stays saved.

    On PostgreSQL it is the tests' own, emptied in the end, which takes less time than a flush.
    """
    tests_own = connections["default"]
    if database_file:
        name = str(copy(database_file, tmp_path / "shared.sqlite3"))
        url = f"sqlite:///{name}"
    else:
        name = tests_own.settings_dict["NAME"]
        url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    with patch.dict(connections.settings, default=tests_own.settings_dict | {"NAME": name}):
        connections["default"] = shared = connections.create_connection("default")
        empty = [] if database_file else _empty_tables(shared)
        yield url
        _empty(shared, empty)
        shared.close()
        connections["default"] = tests_own


def _empty_tables(connection):
    with connection.cursor() as cursor:
        return [table for table in connection.introspection.table_names(cursor) if not _has_rows(cursor, table)]


def _has_rows(cursor, table):
    cursor.execute(f'select exists (select 1 from "{table}")')
    return cursor.fetchone()[0]


def _empty(connection, tables):
    with transaction.atomic(), connection.cursor() as cursor:  # what points to what is checked in the end
        for table in tables:
            # What is only ever added to refuses to be deleted, not to be emptied away with its table.
            cursor.execute(f'truncate "{table}"' if table in APPEND_ONLY else f'delete from "{table}"')
