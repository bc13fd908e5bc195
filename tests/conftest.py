import os

import pytest

from tests import office
from tests.factories import make_headquarters_editor


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
    """Tests marked `office` are there only where LibreOffice is: what it writes is kept as files for all the others."""
    without = [item for item in items if item.get_closest_marker("office") and not office.IS_INSTALLED]
    if without:
        config.hook.pytest_deselected(items=without)
        items[:] = [item for item in items if item not in without]


@pytest.fixture
def editor(db):
    return make_headquarters_editor()


@pytest.fixture
def headquarters(client, editor):
    """A browser in which headquarters' editor is signed in."""
    client.force_login(editor)
    return client
