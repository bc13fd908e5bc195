"""The settings as a process meets them: each test starts one of its own with the environment it names."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PRODUCTION = {
    "SECRET_KEY": "0123456789-abcdefghijklmnopqrstuvwxyz-0123456789-abcdef",
    "ALLOWED_HOSTS": "sumairu.example.jp, www.sumairu.example.jp",
    "DATABASE_URL": "postgres://user:password@database:5432/sumairu",
}
SENDER = "住まいる北海道 <portal@sumairu.example.jp>"
SHOW = """
import json, sys
from django.conf import settings
print(json.dumps({name: getattr(settings, name) for name in sys.argv[1:]}, default=str))
"""


def run(*arguments, **environment):
    environment = {"DJANGO_SETTINGS_MODULE": "sumairu.settings"} | environment
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf-8"
    )


def settings(*names, **environment):
    done = run("-c", SHOW, *names, **environment)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_without_an_environment_nothing_starts_and_one_message_names_all_that_is_missing():
    done = run("manage.py", "migrate")
    assert done.returncode == 1
    assert "設定が足りないため起動しません" in done.stderr
    assert all(name in done.stderr for name in [*PRODUCTION, "CACHE_URL", "PROXY_SSL_HEADER"])
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("missing", PRODUCTION)
def test_production_names_only_what_is_missing(missing):
    done = run("manage.py", "check", **(PRODUCTION | {missing: " "}))
    assert done.returncode == 1
    assert [name for name in PRODUCTION if f"  {name}  " in done.stderr] == [missing]


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        ({"SUMAIRU_MODE": "develop"}, "SUMAIRU_MODE には"),
        (PRODUCTION | {"DATABASE_URL": "mysql://localhost/sumairu"}, "postgres:// か sqlite://"),
        (PRODUCTION | {"CACHE_URL": "nonsense://localhost"}, "nonsense"),
        (PRODUCTION | {"REPLICA_URL": "sqlite:///replica.sqlite3"}, "REPLICA_URL には postgres://"),
        (PRODUCTION | {"EMAIL_URL": "smtp+tls://user:password@mail:587"}, "EMAIL_URL と EMAIL_FROM の両方"),
        (PRODUCTION | {"EMAIL_FROM": SENDER}, "EMAIL_URL と EMAIL_FROM の両方"),
        (PRODUCTION | {"EMAIL_FROM": SENDER, "EMAIL_URL": "consolemail://"}, "EMAIL_URL が読めません"),
        (PRODUCTION | {"EMAIL_FROM": SENDER, "EMAIL_URL": "smtp+tls://user@mail:587"}, "EMAIL_URL が読めません"),
        (PRODUCTION | {"EMAIL_FROM": "住まいる", "EMAIL_URL": "smtp://mail:25"}, "EMAIL_FROM がメールアドレスでは"),
        (PRODUCTION | {"EMAIL_FROM": SENDER, "EMAIL_URL": "smtp://mail:25", "ALLOWED_HOSTS": "*"}, "PUBLIC_ADDRESS を"),
    ],
    ids=[
        "unknown mode",
        "unknown database",
        "unknown cache",
        "a replica that is none",
        "mail without a sender",
        "a sender without mail",
        "mail that goes nowhere",
        "a name without a password",
        "a sender that is none",
        "mail from nowhere",
    ],
)
def test_a_value_that_means_nothing_is_refused(environment, message):
    done = run("manage.py", "check", **environment)
    assert done.returncode == 1
    assert message in done.stderr


@pytest.mark.exhaustive
def test_production_passes_the_deployment_checks():
    done = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert done.returncode == 0, done.stderr


def test_production_is_secure_without_being_told():
    found = settings("DEBUG", "ALLOWED_HOSTS", "SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", **PRODUCTION)
    assert found == {
        "DEBUG": False,
        "ALLOWED_HOSTS": ["sumairu.example.jp", "www.sumairu.example.jp"],
        "SECURE_SSL_REDIRECT": True,
        "SESSION_COOKIE_SECURE": True,
    }


def test_a_proxy_is_believed_only_where_it_is_named():
    assert settings("SECURE_PROXY_SSL_HEADER", **PRODUCTION)["SECURE_PROXY_SSL_HEADER"] is None
    told = settings("SECURE_PROXY_SSL_HEADER", **PRODUCTION, PROXY_SSL_HEADER="X-Forwarded-Proto")
    assert told["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]


@pytest.mark.parametrize("url", ["redis://cache:6379/0", "locmemcache://"])
def test_a_shared_cache_is_used_where_it_is_named(url):
    caches = settings("CACHES", **PRODUCTION, CACHE_URL=url)["CACHES"]
    assert (caches["default"]["BACKEND"] == "sumairu.shared_cache.SharedCache") == url.startswith("redis")
    assert caches["uploads"]["BACKEND"].endswith("DatabaseCache")


def test_postgresql_connections_are_kept_and_checked():
    database = settings("DATABASES", **PRODUCTION)["DATABASES"]["default"]
    assert (database["CONN_MAX_AGE"], database["CONN_HEALTH_CHECKS"]) == (60, True)


def test_a_replica_is_read_where_it_is_named_and_soon_given_up():
    assert list(settings("DATABASES", **PRODUCTION)["DATABASES"]) == ["default"]
    named = settings(
        "DATABASES", "DATABASE_ROUTERS", **PRODUCTION, REPLICA_URL="postgres://user:password@replica:5432/sumairu"
    )
    assert named["DATABASES"]["replica"]["HOST"] == "replica"
    assert named["DATABASES"]["replica"]["OPTIONS"] == {"connect_timeout": 2, "tcp_user_timeout": 2000}
    assert named["DATABASE_ROUTERS"] == ["sumairu.replica.Router"]


def test_mail_is_sent_where_a_server_is_named_and_never_by_a_demo(tmp_path):
    names = ["SENDS_MAIL", "SHOWS_MAIL", "EMAIL_BACKEND"]
    named = {"EMAIL_URL": "smtp+tls://user:password@mail:587", "EMAIL_FROM": SENDER}
    assert settings(*names, **PRODUCTION)["SENDS_MAIL"] is False
    told = settings(*names, "EMAIL_HOST", "EMAIL_USE_TLS", "DEFAULT_FROM_EMAIL", **PRODUCTION, **named)
    assert list(told.values()) == [True, False, "sumairu.outbox.smtp.EmailBackend", "mail", True, SENDER]
    demo = settings(*names, **named, SUMAIRU_MODE="demo", SUMAIRU_VAR=str(tmp_path))
    assert list(demo.values()) == [True, True, "django.core.mail.backends.dummy.EmailBackend"]


def test_the_demo_needs_nothing_and_answers_only_this_machine(tmp_path):
    demo = {"SUMAIRU_MODE": "demo", "SUMAIRU_VAR": str(tmp_path)}
    found = settings("ALLOWED_HOSTS", "DATABASES", "SECURE_SSL_REDIRECT", **demo)
    assert found["ALLOWED_HOSTS"] == ["127.0.0.1", "localhost", "[::1]"]
    assert found["DATABASES"]["default"]["NAME"] == str(tmp_path / "demo.sqlite3")
    assert not found["SECURE_SSL_REDIRECT"]


def test_the_demo_makes_a_secret_key_once_for_its_owner_alone(tmp_path):
    demo = {"SUMAIRU_MODE": "demo", "SUMAIRU_VAR": str(tmp_path / "var")}
    first = settings("SECRET_KEY", **demo)["SECRET_KEY"]
    assert len(first) >= 50
    assert settings("SECRET_KEY", **demo)["SECRET_KEY"] == first
    assert stat.S_IMODE(os.stat(tmp_path / "var" / "secret_key").st_mode) == 0o600


@pytest.mark.exhaustive
def test_the_demo_database_lets_readers_and_a_writer_work_at_once(tmp_path):
    ask = """
import django
from django.db import connection
django.setup()
with connection.cursor() as cursor:
    print([cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "busy_timeout", "foreign_keys")])
"""
    done = run("-c", ask, SUMAIRU_MODE="demo", SUMAIRU_VAR=str(tmp_path))
    assert done.stdout.strip() == "['wal', 60000, 1]", done.stderr


@pytest.mark.exhaustive
def test_serving_does_not_load_what_only_an_import_needs():
    """pandas takes as much memory as the portal itself."""
    done = run("-c", "import sys, sumairu.wsgi; print('pandas' in sys.modules)", SUMAIRU_MODE="test")
    assert done.stdout.strip() == "False", done.stderr
