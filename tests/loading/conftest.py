from contextlib import contextmanager

import pytest
from django.db import transaction

from sumairu.loading import facts


def without_most_statistics(patch):
    """The official tables have the statistics of five municipalities: the rest takes most of a load and adds nothing."""
    whole = facts.table
    few = {"municipal_statistics": whole("municipal_statistics")[:5], "municipal_statistics_history": []}
    patch.setattr(facts, "table", lambda name: few[name] if name in few else whole(name))


@pytest.fixture
def few_statistics(db, monkeypatch):
    without_most_statistics(monkeypatch)


@pytest.fixture
def official_tables(few_statistics):
    facts.load_tables()


@pytest.fixture(scope="module")
def loaded_once(django_db_setup, django_db_blocker):
    """A context of all tests of a module: what is loaded in it is there for each, without what the others changed."""

    @contextmanager
    def loaded(*loads):
        around = transaction.atomic()
        with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
            without_most_statistics(patch)
            around.__enter__()
            for load in loads:
                load()
        yield
        with django_db_blocker.unblock():
            transaction.set_rollback(True)
            around.__exit__(None, None, None)

    return loaded
