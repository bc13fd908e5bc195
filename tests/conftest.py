import gc
import os
import subprocess
from types import SimpleNamespace

import pytest
from django.db import connection
from hypothesis import HealthCheck, settings

from regions.models import CooperationRegion, Municipality, Subprefecture
from sumairu.append_only import triggers
from sumairu.lib.workbooks import child
from sumairu.loading.facts import cooperation_regions, municipalities, subprefectures, update
from tests import forking, migrated, office
from tests.exhaustive import ALL, some_cases
from tests.factories import make_headquarters_editor

# How long an example takes says more of the machine than of the code. The same examples in every run: a change fails for
# what it does, and not by chance. `--hypothesis-profile=search` looks for new ones.
settings.register_profile("search", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("same", settings.get_profile("search"), derandomize=True, max_examples=100 if ALL else 20)
settings.load_profile("same")

APPEND_ONLY = ["versions_version", "accounts_signinevent"]


def fail_instead_of_skipping(report):
    """In CI every test must have run: a database or a browser that is missing there is a fault, not an excuse."""
    if report.skipped and os.environ.get("CI") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, which CI does not allow: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    return fail_instead_of_skipping((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    return fail_instead_of_skipping((yield))


def pytest_collection_modifyitems(config, items):
    """Tests marked `office` are there only where LibreOffice is: what it writes is kept as files for all the others.

    Those marked `postgresql` are there only on PostgreSQL, those marked `exhaustive` and all cases of a test only where
    all is run.
    """
    there = {"office": office.IS_INSTALLED, "exhaustive": ALL, "postgresql": connection.vendor == "postgresql"}
    absent = [mark for mark, is_there in there.items() if not is_there]
    chosen = [item for item in items if not any(map(item.get_closest_marker, absent))]
    if not ALL:
        chosen = some_cases(chosen)
    kept = set(chosen)
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = chosen


def pytest_collection_finish():
    """What is there once all tests are collected stays to the end, so it is not gone through again for garbage."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session")
def django_db_setup(request, django_db_modify_db_settings, django_db_blocker):
    """pytest-django's own, on a copy of what migrations made in an earlier run."""
    with django_db_blocker.unblock(), migrated.kept():
        request.getfixturevalue("django_db_setup")


@pytest.fixture(scope="session", autouse=True)
def all_tables_can_be_flushed():
    """Between tests that save for good all tables are emptied.

    SQLite deletes row by row, which append-only tables refuse; of the words of the search Django knows nothing.
    """
    Operations = type(connection.ops)
    flush = Operations.sql_flush

    def sql_flush(self, *args, **kwargs):
        statements = flush(self, *args, **kwargs)
        dropped = []
        if self.connection.vendor == "sqlite":
            dropped = [f"DROP TRIGGER IF EXISTS {name}" for table in APPEND_ONLY for name in triggers(table)]
        return [*dropped, *statements, "DELETE FROM search_words"] if statements else []

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Operations, "sql_flush", sql_flush)
        yield


@pytest.fixture(scope="session", autouse=True)
def readings_are_forked():
    """Workbooks are read in a fork of a small process: a new Python takes most of the time of a reading."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(child, "subprocess", SimpleNamespace(run=forking.run, TimeoutExpired=subprocess.TimeoutExpired))
        yield


@pytest.fixture
def a_python_of_its_own(monkeypatch):
    """For tests of that process itself: workbooks are read as they are on a server."""
    monkeypatch.setattr(child, "subprocess", subprocess)


@pytest.fixture
def editor(db):
    return make_headquarters_editor()


@pytest.fixture
def headquarters(client, editor):
    """A browser in which headquarters' editor is signed in."""
    client.force_login(editor)
    return client


@pytest.fixture
def all_towns(db):
    """The 14 offices, the 179 municipalities and the six villages of the northern territories."""
    update(CooperationRegion, ["slug"], cooperation_regions())
    update(Subprefecture, ["slug"], subprefectures())
    update(Municipality, ["code"], municipalities())
