"""A portal of its own to measure: the demo's data under var/bench, served as in production by two workers."""

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

ROOT = Path(__file__).parents[2]
VAR = ROOT / "var"


def steps(var, port, database):
    """What `make demo` runs before serving, to serve, and with which environment."""
    environment = os.environ | {
        "SUMAIRU_MODE": "demo",
        "SUMAIRU_VAR": str(var),
        "PYTHON": sys.executable,
        "PORT": str(port),
        "BIND": f"127.0.0.1:{port}",
        "WEB_WORKERS": "2",
        "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
        "BENCH_DATABASE_URL": database,
    }
    prepare = (
        [ROOT / "deploy/steps.sh", "build"],
        [ROOT / "deploy/steps.sh", "migrate"],
        [sys.executable, ROOT / "manage.py", "demo"],
    )
    return prepare, [ROOT / "deploy/steps.sh", "serve"], environment


@contextmanager
def serving(var, build=True, database=""):
    """Bring `var` up to date, its static files where `build` says so, and serve it: the process and its address.

    `database` names one in place of the demo's own SQLite under `var`.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    prepare, serve, environment = steps(var, port, database)
    for command in prepare if build else prepare[1:]:
        subprocess.run(command, env=environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    process = subprocess.Popen(serve, env=environment, cwd=ROOT)
    try:
        wait_until_healthy(process, port)
        yield process, ("127.0.0.1", port)
    finally:
        process.terminate()
        process.wait(timeout=60)


def wait_until_healthy(process, port):
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError("the server did not start")
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
        finally:
            connection.close()
    raise RuntimeError("the server does not answer /healthz")


@contextmanager
def own_database(url, ending="bench"):
    """The URL of a database beside that of `url`, on the same PostgreSQL, for as long as it is needed."""
    parts = urlsplit(url)
    name = f"{parts.path[1:]}_{ending}"
    with psycopg.connect(parts._replace(path="/postgres").geturl(), autocommit=True) as connection:
        drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        connection.execute(drop)
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield parts._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(drop)


def worker_rss(process):
    """The largest resident set of gunicorn's workers, in bytes; what they share with their parent is counted."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return max(_rss(pid) for pid in children)


def _rss(pid):
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) * 1024
