"""What a visitor sends beside an address changes nothing that another visitor gets: asked of a real server."""

import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.urls import resolve

from sumairu.furigana import without_furigana
from tests.test_deploy import free_port

pytestmark = [pytest.mark.xdist_group("headers"), pytest.mark.exhaustive]

ROOT = Path(__file__).parent.parent
MARK = "attacker"
# What stands in for an address, a scheme, a host or a method somewhere; the proxy sends from this host, as an attacker
# behind it would.
HEADERS = [
    {"SCRIPT_NAME": f"/{MARK}"},
    {"Script-Name": f"/{MARK}"},
    {"X-Script-Name": f"/{MARK}"},
    {"PATH_INFO": f"/{MARK}/"},
    {"X-Forwarded-Prefix": f"/{MARK}"},
    {"X-Forwarded-Host": f"{MARK}.example.jp"},
    {"X-Forwarded-Server": f"{MARK}.example.jp"},
    {"X-Host": f"{MARK}.example.jp"},
    {"X-Forwarded-Port": "4443"},
    {"X-Forwarded-Proto": "https"},
    {"X-Forwarded-Proto": MARK},
    {"X-Forwarded-Protocol": "ssl"},
    {"X-Forwarded-SSL": "on"},
    {"X-Forwarded-Scheme": "https"},
    {"X-Url-Scheme": "https"},
    {"Front-End-Https": "on"},
    {"X-Forwarded-For": "198.51.100.7"},
    {"X-Real-IP": "198.51.100.7"},
    {"Forwarded": f"for=198.51.100.7;host={MARK}.example.jp;proto=https"},
    {"X-Original-URL": f"/{MARK}/"},
    {"X-Rewrite-URL": f"/{MARK}/"},
    {"X-HTTP-Method-Override": "POST"},
    {"X-Method-Override": "DELETE"},
    {"Accept-Language": "en,fr;q=0.5"},
    {"Accept": "application/json"},
    {"Accept-Encoding": f"gzip;q=0, {MARK}"},
    {"Range": "bytes=0-10"},
    {"If-None-Match": "*"},
    {"If-Modified-Since": "Sat, 29 Oct 1994 19:43:31 GMT"},
    {"Origin": f"https://{MARK}.example.jp"},
    {"Referer": f"https://{MARK}.example.jp/"},
    {"User-Agent": f"<script>{MARK}</script>"},
    {"X-Requested-With": "XMLHttpRequest"},
    {"HX-Request": "true"},
    {"HX-Boosted": "true"},
    {"Cookie": f"django_language={MARK}; csrftoken={MARK}; messages={MARK}"},
    {"Authorization": f"Basic {MARK}"},
    {"X-Request-ID": f"{MARK}-0123456789"},
    {"Cache-Control": "no-cache"},
]
REFUSED = ["Accept-Encoding", "Range", "If-None-Match", "If-Modified-Since", "Accept"]
HOSTS = ["127.0.0.1:4443", "localhost", "LOCALHOST:1", "127.0.0.1.", "127.0.0.1:99999", f"{MARK}.example.jp", ""]
# Those that are not refused can come in one request.
TOGETHER = {name: value for headers in HEADERS for name, value in headers.items() if name not in REFUSED}
ALONE = [*HEADERS, *({"Host": host} for host in HOSTS)]
# Of the page itself the answer may not say when it was made, nor what only its own request carries.
PASSING = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')


@pytest.fixture(scope="module")
def portal():
    """The address of the demo as gunicorn serves it, with the demo's content in a database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        environment = {
            **{name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ},
            "PYTHON": sys.executable,
            "SUMAIRU_MODE": "demo",
            "SUMAIRU_VAR": folder,
            "WEB_WORKERS": "1",
            "BIND": f"127.0.0.1:{port}",
        }
        for step in (
            ["deploy/steps.sh", "build", "--verbosity", "0"],
            ["deploy/steps.sh", "migrate", "--verbosity", "0"],
            [sys.executable, "manage.py", "demo"],
        ):
            subprocess.run(step, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
        log = Path(folder) / "log"
        with log.open("w") as output:
            server = subprocess.Popen(
                ["deploy/steps.sh", "serve"], cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT
            )
        try:
            for _ in range(600):
                try:
                    if ask(environment["BIND"], "/healthz")[0] == 200:
                        break
                except OSError:
                    time.sleep(0.2)
            else:
                pytest.fail(log.read_text())
            yield environment["BIND"], folder
        finally:
            server.terminate()
            server.wait(timeout=120)


def ask(address, path, headers=()):
    """Status, headers that a browser acts on, and the page."""
    with closing(HTTPConnection(address, timeout=60)) as connection:
        connection.putrequest("GET", path, skip_host="Host" in dict(headers), skip_accept_encoding=True)
        for name, value in dict(headers).items():
            connection.putheader(name, value)
        connection.endheaders()
        response = connection.getresponse()
        told = {name: response.headers[name] for name in ("Location", "Content-Type", "Content-Encoding", "Vary")}
        return response.status, told, PASSING.sub(b"", response.read())


def pages(address):
    """Every public page that links lead to, one for each name of an address, with and without a query, and with ふりがな."""
    found, ahead = {("home", True, False): "/"}, ["/"]
    for path in ahead:
        for link in re.findall(r'href="(/[^"#]*)"', ask(address, path)[2].decode(errors="replace")):
            bare, _, query = link.replace("&amp;", "&").partition("?")
            page = without_furigana(bare)
            is_elsewhere = page != bare and not page.endswith("/")  # of files with ふりがな there are none
            if page.startswith(("/static/", "/admin/")) or is_elsewhere:
                continue
            kind = resolve(unquote(page)).view_name, page == bare, bool(query) and page == bare
            if kind not in found:
                found[kind] = link.replace("&amp;", "&")
                ahead.append(found[kind])
    return [*found.values(), "/admin/login/", "/no-such-page/"]


def move_version(folder):
    """As if somebody had saved something: no page that is kept is given any longer."""
    with closing(sqlite3.connect(Path(folder) / "demo.sqlite3")) as database, database:
        database.execute("UPDATE sumairu_contentversion SET number = number + 1")
    time.sleep(1.2)  # a process asks for the version once a second at most


def rounds(paths):
    """What is sent to each page, from one version to the next: all headers to all pages together, each alone to every third."""
    yield dict.fromkeys(paths, TOGETHER)
    for number in range(0, len(ALONE), 3):
        yield {path: ALONE[(number + place) % len(ALONE)] for place, path in enumerate(paths)}


def test_nothing_that_a_visitor_sends_is_kept_for_another(portal):
    address, folder = portal
    paths = pages(address)
    assert len(paths) > 12
    clean = {path: ask(address, path) for path in paths}
    assert [path for path in paths if clean[path][0] != 200] == ["/no-such-page/"]
    for sent in rounds(paths):
        move_version(folder)
        for path, headers in sent.items():
            status, told, page = ask(address, path, headers)
            assert status < 500, (path, headers)
            assert status != 200 or MARK.encode() not in page, (path, headers)
            assert MARK not in str(told), (path, headers)
        for path, headers in sent.items():
            assert ask(address, path) == clean[path], (path, headers)
