"""What an upload may not do to the web server: its size, its name, how many come at once."""

import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from sumairu.imports.models import ImportRun
from sumairu.lib.workbooks import Refused, child, read_workbook
from sumairu.models import StoredFile
from tests.factories import make_headquarters_editor, make_run
from tests.imports.books import budget_book
from tests.lib.workbooks.builders import ods, package, sheet_xml
from tests.lib.workbooks.test_limits import CELL, CORNERS, laughing, overlapping

pytestmark = pytest.mark.django_db

UPLOAD = "/admin/import/"
MEGABYTE = 1024 * 1024


@pytest.fixture
def headquarters(client, settings, tmp_path):
    """Somebody who may import, where files that wait on the disk wait in `tmp_path`."""
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    client.force_login(make_headquarters_editor())
    return client


def upload(client, content, name="予算.xlsx"):
    return client.post(UPLOAD, {"kind": "budget", "file": SimpleUploadedFile(name, content, "text/html")})


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        pytest.param(bytes(20 * MEGABYTE + 1), "予算.xlsx", "20 MBまで", id="20 MB and one byte"),
        pytest.param(package(sheet_xml(CELL), {"xl/a.bin": bytes(20_000_000)}), "予算.xlsx", "異常に大きく", id="zip bomb"),
        pytest.param(overlapping(4000), "予算.xlsx", "異常に大きく", id="zip bomb of one part under many names"),
        pytest.param(laughing("xl/sharedStrings.xml"), "予算.xlsx", "DOCTYPE", id="entities"),
        pytest.param(package(sheet_xml(CORNERS)), "予算.xlsx", "XFD1048576", id="two values in opposite corners"),
        pytest.param(ods("<table:table>"), "予算.ods", "XML", id="broken .ods"),
        pytest.param(b"\n" * 2_000_000, "予算.csv", "多すぎます", id="more lines than rows"),
    ],
)  # fmt: skip
def test_a_file_made_to_harm_is_answered_in_words_and_leaves_nothing(headquarters, tmp_path, content, name, says):
    page = upload(headquarters, content, name)
    if page.status_code == 302:  # too long to be read at once
        page = headquarters.get(page["Location"])
        assert ImportRun.objects.get().state == ImportRun.State.REFUSED
    else:
        assert not StoredFile.objects.exists()
    assert says in page.content.decode()
    page.close()
    assert list(tmp_path.iterdir()) == []


def test_what_is_larger_than_any_file_is_not_even_read(headquarters, settings):
    settings.REQUEST_MAX_BYTES = MEGABYTE
    response = upload(headquarters, bytes(MEGABYTE))
    assert (response.status_code, "大きすぎます" in response.content.decode()) == (413, True)


@pytest.mark.parametrize("length", ["-1", "abc", "1e3", "９", ""])
def test_a_length_that_is_none_is_no_error_of_ours(headquarters, length):
    response = headquarters.post(UPLOAD, {"kind": "budget"}, CONTENT_LENGTH=length)
    assert response.status_code in (200, 400, 403)


@pytest.mark.parametrize(
    ("name", "stored"),
    [
        pytest.param("../../etc/予算.xlsx", "予算.xlsx", id="folders"),
        pytest.param("C:\\資料\\予算.xlsx", "予算.xlsx", id="folders of Windows"),
        pytest.param("..", "file", id="a folder alone"),
        pytest.param("", "file", id="none"),
        pytest.param("予\r\nSet-Cookie: a=b\r\n算.xlsx", "予Set-Cookie: a=b算.xlsx", id="lines"),
        pytest.param("予\x00算\x1b[2J\x7f.xlsx", "予算[2J.xlsx", id="control characters"),
        pytest.param("予算\u202excod.xlsx", "予算xcod.xlsx", id="turned round"),
        pytest.param("予\u200b算\ufeff\u2028.xlsx", "予算.xlsx", id="characters that nobody sees"),
        pytest.param('"><script>alert(1)</script>.xlsx', "script>.xlsx", id="a page"),
        pytest.param("予" * 300 + ".xlsx", "予" * 250 + ".xlsx", id="300 letters"),
        pytest.param(".htaccess", "htaccess", id="a dot before all"),
    ],
)  # fmt: skip
def test_a_name_is_kept_as_what_it_may_be(name, stored):
    assert StoredFile.of(name, b"", "").name == stored


@pytest.mark.parametrize(
    "name", ["予\r\nSet-Cookie: a=b.xlsx", '予";x="算.html', "予算\u202eslx.exe", "予" * 300 + ".xlsx", "a\\..\\b.svg"]
)
def test_a_file_is_given_back_under_its_name_and_as_nothing_that_a_browser_shows(headquarters, name):
    run = make_run(file=_stored(name, b"<script>alert(1)</script>"))
    response = headquarters.get(reverse("import_file", args=[run.pk]))
    assert response["Content-Disposition"].startswith("attachment; filename")
    assert response["Content-Type"] == "application/octet-stream"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert not {"\r", "\n", "\u202e"} & set(response["Content-Disposition"])
    assert "Set-Cookie" not in response.headers


def _stored(name, content):
    file = StoredFile.of(name, content, "text/html")
    file.save()
    return file


def test_the_type_that_a_browser_claims_is_not_believed(headquarters, kofukin):
    upload(headquarters, budget_book())
    assert StoredFile.objects.get().media_type.endswith("spreadsheetml.sheet")


def test_of_ten_workbooks_at_once_a_process_reads_one_after_another(monkeypatch):
    """Each reading may take `MEMORY_BYTES`: so much for each process of the server and for the worker, never more."""
    alone, was_alone = threading.Semaphore(1), []

    def run(arguments, **kw):
        was_alone.append(alone.acquire(blocking=False))
        time.sleep(0.01)
        alone.release()
        return subprocess.CompletedProcess(arguments, child._REFUSED, b"no", b"")

    monkeypatch.setattr(child.subprocess, "run", run)
    with ThreadPoolExecutor(10) as uploads:
        readings = [uploads.submit(read_workbook, budget_book(), "予算.xlsx") for _ in range(10)]
    assert {type(reading.exception()) for reading in readings} == {Refused}
    assert was_alone == [True] * 10


def test_strangers_upload_nothing(settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    assert upload(Client(), bytes(2 * MEGABYTE)).status_code == 302
    assert not StoredFile.objects.exists()
    assert list(tmp_path.iterdir()) == []
