import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from sumairu import health


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
