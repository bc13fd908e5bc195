"""Public pages are read from a replica that has what they are to show; all else, and all where it is lost, from the primary.

A second connection to the tests' own database stands for the replica: what is saved there is replayed at once.
"""

import socket
from contextlib import contextmanager
from unittest.mock import patch

import pytest
from django.core.cache import caches
from django.db import connections
from django.test.utils import CaptureQueriesContext

from regions.models import Initiative
from sumairu import replica
from sumairu.models import ContentVersion
from sumairu.publishing import content_version
from tests.factories import make_headquarters_editor, make_initiative

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]
LIST = "/initiatives/"


@contextmanager
def _replica(**changes):
    with patch.dict(connections.settings, {replica.ALIAS: connections["default"].settings_dict | changes}):
        connections[replica.ALIAS].alias = "made by this test"  # or Django's tests refuse to connect to it
        yield
        connections[replica.ALIAS].close()
        del connections[replica.ALIAS]


@pytest.fixture
def routed(settings, monkeypatch):
    """The router is in place, and nothing is known of other tests' versions."""
    settings.DATABASE_ROUTERS = ["sumairu.replica.Router"]
    monkeypatch.setattr(replica, "_lost_at", None)
    monkeypatch.setattr(content_version, "_known", None)


@pytest.fixture
def beside(routed):
    """A replica that has everything."""
    with _replica():
        yield


@pytest.fixture
def lost(routed):
    """A replica whose host refuses."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and does not listen
        with _replica(HOST="127.0.0.1", PORT=taken.getsockname()[1]):
            yield


def asked(client, address, alias):
    """How many queries of a page went to a database."""
    with CaptureQueriesContext(connections[alias]) as queries:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in queries if "initiative" in query["sql"]]


def test_a_public_page_is_read_from_the_replica(client, beside):
    make_initiative()
    assert asked(client, LIST, replica.ALIAS)
    assert not asked(client, LIST, "default")


def test_a_page_of_somebody_who_is_signed_in_is_read_from_the_primary(client, beside):
    make_initiative()
    client.force_login(make_headquarters_editor())
    for address in (LIST, "/admin/regions/initiative/"):
        assert not asked(client, address, replica.ALIAS)
        assert asked(client, address, "default")


def test_what_the_replica_has_not_replayed_is_read_from_the_primary(client, beside, monkeypatch):
    make_initiative(title="いま公開した取組")
    ContentVersion.moved()
    newest = ContentVersion.newest
    behind = lambda database="default": (newest()[0] - (database == replica.ALIAS), newest()[1])  # noqa: E731
    monkeypatch.setattr(ContentVersion, "newest", behind)
    assert not asked(client, LIST, replica.ALIAS)
    assert "いま公開した取組" in client.get(LIST).content.decode()


def test_a_lost_replica_is_left_alone_for_a_while_and_then_asked_again(client, lost, monkeypatch, caplog):
    make_initiative()
    clock = [100.0]
    monkeypatch.setattr(replica, "monotonic", lambda: clock[0])
    for _ in range(2):
        assert asked(client, LIST, "default")
    assert caplog.text.count("the replica cannot be asked") == 1
    clock[0] += replica.LEFT_ALONE_FOR
    client.get(LIST)
    assert caplog.text.count("the replica cannot be asked") == 2


def test_a_replica_that_is_lost_in_the_middle_of_a_page_costs_no_page(client, lost, monkeypatch):
    make_initiative(title="取組のひとつ")
    monkeypatch.setattr(replica, "has_replayed", lambda number: True)
    client.raise_request_exception = False
    response = client.get(LIST)
    assert response.status_code == 200
    assert "取組のひとつ" in response.content.decode()


def test_a_long_search_is_read_from_the_replica_too(client, beside):
    make_initiative()
    assert asked(client, f"/initiatives/?page={'0' * 120}1", replica.ALIAS)


def test_what_is_written_goes_to_the_primary_even_while_the_replica_is_read(beside):
    make_initiative()
    with CaptureQueriesContext(connections["default"]) as queries, replica.reading():
        Initiative.objects.update(title="変えた題名")
    assert any(query["sql"].startswith("UPDATE") for query in queries)
    assert replica.Router().allow_migrate(replica.ALIAS, "regions") is False


def test_without_a_replica_nothing_is_asked_of_one(client):
    assert replica.has_replayed(0) is False
    make_initiative()
    assert asked(client, LIST, "default")


def test_pages_of_the_replica_are_kept_like_others(client, beside, settings):
    settings.CACHES = settings.CACHES | {
        "pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "replica-pages"}
    }
    caches["pages"].clear()
    make_initiative()
    assert asked(client, LIST, replica.ALIAS)
    assert not asked(client, LIST, replica.ALIAS)
