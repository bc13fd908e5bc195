"""The Dockerfile's steps without Docker: what .dockerignore lets in, built by root, served by a user who owns nothing."""

import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, closing, contextmanager, suppress
from http.client import HTTPConnection
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

pytestmark = [
    pytest.mark.xdist_group("deploy"),
    pytest.mark.exhaustive,
]  # one build and one server, not one for each worker

ROOT = Path(__file__).parent.parent
NOBODY = 65534
# An unprivileged user who may read this Python wherever it lies, and write nowhere but where it owns.
AS_NOBODY = [
    *("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"),
    *("--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"),
]


@pytest.fixture(scope="module")
def image():
    """What the image holds after `steps.sh build`. Not under pytest's own folder, which only its owner may enter."""
    with tempfile.TemporaryDirectory() as folder:
        app = Path(folder) / "app"
        app.mkdir()
        for line in (ROOT / ".dockerignore").read_text().splitlines():
            if line.startswith("!"):
                source = ROOT / line[1:]
                copy = shutil.copytree if source.is_dir() else shutil.copy2
                copy(source, app / source.name)
        Path(folder).chmod(0o755)
        subprocess.run([app / "deploy/steps.sh", "build"], env={"PYTHON": sys.executable}, check=True)
        yield app


@pytest.fixture(scope="module")
def environment(image):
    """Production's variables, with a database in the one folder that the server may write to."""
    data = image.parent / "data"
    data.mkdir()
    if os.geteuid() == 0:
        os.chown(data, NOBODY, NOBODY)
    port = free_port()
    return {
        "PYTHON": sys.executable,
        "PYTHONDONTWRITEBYTECODE": "1",
        "PORT": str(port),
        "BIND": f"127.0.0.1:{port}",
        "SECRET_KEY": "0123456789-abcdefghijklmnopqrstuvwxyz-0123456789-abcdef",
        "ALLOWED_HOSTS": "sumairu.example.jp",
        "PROXY_SSL_HEADER": "X-Forwarded-Proto",
        "DATABASE_URL": f"sqlite:///{data}/sumairu.sqlite3",
        "SILENT_FOR": "2",
    }


@pytest.fixture(scope="module")
def migrated(image, environment):
    """The same with a database of its own that is ready."""
    url = environment["DATABASE_URL"].replace("sumairu.sqlite3", "migrated.sqlite3")
    subprocess.run(
        step(image, "migrate"), env=environment | {"DATABASE_URL": url}, check=True, stdout=subprocess.DEVNULL
    )
    return environment | {"DATABASE_URL": url}


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def as_nobody():
    return AS_NOBODY if os.geteuid() == 0 else []


def step(image, name):
    return [*as_nobody(), image / "deploy/steps.sh", name]


@pytest.fixture(scope="module")
def server(image, environment):
    """The address of a server that began before its database was migrated, and a file of what it printed."""
    log = image.parent / "log"
    with log.open("w") as output:
        process = subprocess.Popen(step(image, "serve"), env=environment, stdout=output, stderr=subprocess.STDOUT)
        wait_until(lambda: process.poll() is not None or is_healthy(image, environment))
        assert process.poll() is None, log.read_text()
        yield environment["BIND"], log
        process.terminate()
        assert process.wait(timeout=120) == 0


def is_healthy(image, environment):
    return subprocess.run(step(image, "healthy"), env=environment, stderr=subprocess.DEVNULL).returncode == 0


def ask(address, path, **headers):
    with closing(HTTPConnection(address, timeout=60)) as connection:
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        response.read()
        return response


def test_the_server_is_ready_once_its_database_is_migrated(image, environment, server):
    address, _ = server
    assert ask(address, "/healthz").status == 200
    assert ask(address, "/readyz").status == 503
    subprocess.run(step(image, "migrate"), env=environment, check=True, stdout=subprocess.DEVNULL)
    assert ask(address, "/readyz").status == 200


def test_pages_are_given_by_name_over_tls_alone(server):
    address, _ = server
    redirect = ask(address, "/admin/login/", Host="sumairu.example.jp")
    assert (redirect.status, redirect.headers["Location"]) == (301, "https://sumairu.example.jp/admin/login/")
    assert ask(address, "/admin/login/", Host="other.example.jp").status == 400


def test_static_files_are_hashed_compressed_and_kept_by_browsers(image, server):
    address, _ = server
    names = json.loads((image / "var/static/staticfiles.json").read_text())["paths"]
    headers = {"Host": "sumairu.example.jp", "X-Forwarded-Proto": "https", "Accept-Encoding": "br"}
    answer = ask(address, f"/static/{names['site.css']}", **headers)
    assert answer.status == 200
    assert answer.headers["Content-Encoding"] == "br"
    assert "immutable" in answer.headers["Cache-Control"]


def test_every_line_the_server_prints_is_json(server):
    address, log = server
    ask(address, "/healthz", **{"X-Request-ID": "from-the-proxy-1"})
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert [line["path"] for line in lines if line.get("request_id") == "from-the-proxy-1"] == ["/healthz"]


def test_a_worker_that_is_killed_is_followed_by_one_that_goes_on(image, migrated):
    """`kill -9` in the middle of a reading: the run that it left is read by the next worker."""
    database = migrated["DATABASE_URL"].removeprefix("sqlite:///")
    workbook = Path(database).with_name("予算額.xlsx")
    workbook.write_bytes(long_workbook(rows=30_000))
    begin = (
        "from sumairu.imports import kinds, tasks;"
        f"tasks.begin_reading(kinds.kinds()['budget'], open({str(workbook)!r}, 'rb').read(), '予算額.xlsx', None)"
    )
    subprocess.run(
        [*as_nobody(), sys.executable, "manage.py", "shell", "--no-imports", "-c", begin],
        cwd=image,
        env=migrated,
        check=True,
    )

    def state():
        with closing(sqlite3.connect(database)) as connection:
            return connection.execute("select state, step from imports_importrun").fetchone()

    with working(image, migrated) as worker:
        wait_until(lambda: state() == ("reading", "reading"))
        worker.kill()
    assert state() == ("reading", "reading")
    with working(image, migrated) as worker:
        wait_until(lambda: state() == ("previewed", ""))
        worker.terminate()
        assert worker.wait(timeout=120) == 0


@pytest.mark.parametrize(
    ("whom", "end", "status"),
    [
        pytest.param("", signal.SIGTERM, 0, id="told to stop"),
        pytest.param("all", signal.SIGINT, 0, id="Ctrl-C"),
        pytest.param("gunicorn", signal.SIGINT, 0, id="Ctrl-C that the shell missed"),
        pytest.param("manage.py run_worker", signal.SIGKILL, 128 + signal.SIGKILL, id="the worker killed"),
    ],
)
def test_server_and_worker_begin_as_one_and_leave_nothing_behind(image, migrated, whom, end, status):
    environment = migrated | {"BIND": f"127.0.0.1:{free_port()}"}
    environment["PORT"] = environment["BIND"].partition(":")[2]
    with (image.parent / "log-of-both").open("w") as log:
        both = subprocess.Popen(
            step(image, "both"), env=environment, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        wait_until(lambda: is_healthy(image, environment))
        assert any("manage.py run_worker" in command for command in commands_of(both.pid).values())
        if whom == "all":
            os.killpg(both.pid, end)
        else:
            # The oldest of what bears the name: gunicorn's workers come after it.
            named = [pid for pid, command in commands_of(both.pid).items() if whom in command] if whom else [both.pid]
            os.kill(min(named), end)
        assert both.wait(timeout=120) == status
        assert commands_of(both.pid) == {}
    finally:
        with suppress(ProcessLookupError):
            os.killpg(both.pid, signal.SIGKILL)


def commands_of(session):
    """What runs in a session, its leader apart: {pid: command}."""
    found = {}
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            fields = (process / "stat").read_text().rpartition(")")[2].split()
            if int(fields[3]) == session and int(process.name) != session:
                found[int(process.name)] = (process / "cmdline").read_text().replace("\0", " ")
    return found


@contextmanager
def working(image, environment):
    worker = subprocess.Popen(step(image, "work"), env=environment, stdout=subprocess.DEVNULL)
    try:
        yield worker
    finally:
        worker.kill()
        worker.wait()


def wait_until(is_so):
    for _ in range(3000):
        if is_so():
            return
        time.sleep(0.1)
    pytest.fail("it did not come about in five minutes")


def long_workbook(rows):
    book = Workbook(write_only=True)
    sheet = book.create_sheet("予算額")
    sheet.append(["制度名", "年度", "段階", "予算額（千円）"])
    for row in range(rows):
        sheet.append([f"見本制度{row}", "R3年度", "当初", row])
    content = BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        pytest.param("Transfer-Encoding: chunked", b"5\r\nkind=\r\n0\r\n\r\n", id="in pieces, of no length"),
        pytest.param("Content-Length: abc", b"kind=", id="no length at all"),
        pytest.param("Content-Length: -5", b"kind=", id="less than nothing"),
        pytest.param("Content-Length: 5\r\nContent-Length: 50", b"kind=", id="two lengths"),
        pytest.param("Content-Length: 5\r\nTransfer-Encoding: chunked", b"kind=", id="both"),
        pytest.param("Content-Length: 99999999999", b"kind=", id="more than any file"),
        pytest.param("Content-Length: 2", b"kind=budget", id="less than is sent"),
    ],
)
def test_a_body_that_lies_about_its_length_is_answered_and_the_server_goes_on(
    image, environment, server, headers, body
):
    host, port = server[0].split(":")
    with socket.create_connection((host, int(port)), timeout=60) as connection:
        connection.sendall(
            f"POST /admin/import/ HTTP/1.1\r\nHost: sumairu.example.jp\r\nX-Forwarded-Proto: https\r\n"
            f"Connection: close\r\n{headers}\r\n\r\n".encode()
            + body
        )
        status = connection.recv(4096).split(b" ", 2)[1]
    assert b"400" <= status < b"500"
    assert is_healthy(image, environment)


@pytest.mark.parametrize(
    "begun",
    [
        pytest.param(b"GET /healthz HTTP/1.1\r\nHost: sumai", id="a header"),
        pytest.param(b"POST /report/ HTTP/1.1\r\nHost: sumairu.example.jp\r\nX-Forwarded-Proto: https\r\n"
                     b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 99\r\n\r\nwrong=", id="a body"),
    ],
)  # fmt: skip
def test_those_who_begin_and_fall_silent_hold_no_thread_for_good(server, begun):
    host, port = server[0].split(":")
    with ExitStack() as silent:
        for _ in range(12):  # of two workers with four threads each
            silent.enter_context(socket.create_connection((host, int(port)))).sendall(begun)
        assert ask(server[0], "/healthz").status == 200


def test_an_unknown_step_says_which_there_are(image):
    done = subprocess.run([image / "deploy/steps.sh"], capture_output=True, text=True)
    assert done.returncode == 2
    assert "steps.sh migrate" in done.stderr
