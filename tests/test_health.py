import socket
from contextlib import closing, suppress
from shutil import copy
from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Thread
from unittest.mock import patch

import pytest
from django.db import OperationalError, connection, connections
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from sumairu import health
from sumairu.publishing import content_version
from tests.imports.conftest import database_file  # noqa: F401 (a fixture)


@pytest.fixture
def unreachable(monkeypatch):
    """A database that refuses every connection."""

    def refuse(*_):
        raise OperationalError("could not connect to server")

    monkeypatch.setattr(MigrationRecorder, "applied_migrations", refuse)


@pytest.fixture
def one_migration_ahead(monkeypatch):
    """Code that knows a migration which the database does not."""
    known = health._known_migrations() | {("regions", "9999_not_yet")}
    monkeypatch.setattr(health, "_known_migrations", lambda: known)


def test_a_process_that_answers_is_healthy_whatever_its_database_does(client, unreachable):
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_a_migrated_database_is_ready(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        response = client.get("/readyz")
    assert (response.status_code, response.json()) == (200, {"status": "ok", "database": "ok"})


def test_a_database_that_does_not_answer_is_named(client, unreachable):
    response = client.get("/readyz")
    assert (response.status_code, response.json()["database"]) == (503, "unreachable")
    assert "could not connect" not in response.content.decode()


@pytest.mark.django_db
def test_a_migration_that_is_missing_is_named(client, one_migration_ahead):
    response = client.get("/readyz")
    assert (response.status_code, response.json()["missing_migrations"]) == (503, ["regions.9999_not_yet"])


@pytest.mark.django_db
def test_an_empty_database_is_not_ready(client):
    MigrationRecorder(connection).flush()
    assert client.get("/readyz").status_code == 503


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_a_checker_needs_no_tls_and_no_host_name_and_nothing_keeps_the_answer(client, settings, path):
    settings.SECURE_SSL_REDIRECT = True
    response = client.get(path, headers={"host": "10.0.0.7:8000"})
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in response.headers
    assert client.get("/", headers={"host": "10.0.0.7:8000"}).status_code in (301, 400)


class Leading(BaseRequestHandler):
    """What comes goes on to the real server, and back."""

    def handle(self):
        real = connections["default"].settings_dict["REAL"]
        with closing(socket.create_connection(real)) as there, closing(self.request) as here:
            back = Thread(target=self.carry, args=[there, here], daemon=True)
            back.start()
            self.carry(here, there)
            back.join()

    @staticmethod
    def carry(source, target):
        with suppress(OSError):
            while content := source.recv(65536):
                target.sendall(content)
            target.shutdown(socket.SHUT_WR)


@pytest.fixture
def comes_back(database_file, db, tmp_path, monkeypatch):  # noqa: F811
    """The database is gone, as for a process that has just begun, until this is called."""
    monkeypatch.setattr(content_version, "_known", None)
    monkeypatch.setattr(content_version, "_is_lost", False)
    tests_own = connections["default"]
    changes = {"NAME": str(tmp_path / "gone" / "shared.sqlite3")}
    server = None
    if database_file is None:
        server = ThreadingTCPServer(("127.0.0.1", 0), Leading, bind_and_activate=False)
        server.daemon_threads = True
        server.server_bind()  # a port of our own, at which nobody listens
        given = tests_own.settings_dict
        real = given["HOST"] or "127.0.0.1", int(given["PORT"] or 5432)
        changes = {"HOST": "127.0.0.1", "PORT": str(server.server_address[1]), "REAL": real}

    def comes_back():
        if server is None:
            (tmp_path / "gone").mkdir()
            copy(database_file, changes["NAME"])
        else:
            server.server_activate()
            Thread(target=server.serve_forever, daemon=True).start()

    with patch.dict(connections.settings, default=tests_own.settings_dict | changes):
        connections["default"] = connections.create_connection("default")
        yield comes_back
        connections["default"].close()
        connections["default"] = tests_own
    if server is not None:
        server.shutdown()
        server.server_close()


def test_a_process_that_begins_without_a_database_says_when_to_come_again_and_then_answers(comes_back):
    visitor, somebody = Client(raise_request_exception=False), Client(raise_request_exception=False)
    somebody.cookies["sessionid"] = "0123456789abcdef0123456789abcdef"
    for answer in (visitor.get("/"), visitor.get("/search/?q=x"), somebody.get("/admin/"), somebody.post("/admin/")):
        assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "30", "no-store")
        assert "ただいま表示できません" in answer.content.decode()
    assert visitor.get("/readyz").json()["database"] == "unreachable"
    assert visitor.get("/healthz").status_code == 200
    comes_back()
    assert visitor.get("/readyz").status_code == 200
    assert visitor.get("/about/").status_code == 200
    assert somebody.get("/admin/").status_code == 302  # to sign in: that session is not known


def test_a_fault_of_ours_is_not_said_to_pass(client, monkeypatch):
    monkeypatch.setattr(content_version, "_known", None)
    monkeypatch.setattr(content_version.ContentVersion, "newest", None)
    client.raise_request_exception = False
    answer = client.get("/about/")
    assert (answer.status_code, "Retry-After" in answer) == (500, False)
