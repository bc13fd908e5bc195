import gzip
import logging
from io import BytesIO
from urllib.parse import urlencode

import brotli
import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.middleware.gzip import GZipMiddleware
from django.test.client import ClientHandler, encode_multipart

from sumairu import logs, middleware
from sumairu.lib.bodies import with_whole_bodies
from support.reports.models import Report

LONG = "住まいる北海道" * 200
WRONG = {"wrong": "電話番号が、先月から変わっています。", "right": "0000-00-0001"}


def test_every_answer_says_the_name_of_its_request(client):
    first, second = (client.get("/healthz").headers["X-Request-ID"] for _ in range(2))
    assert len(first) == 32
    assert first != second


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("proxy-0123456789", True),
        ("short", False),
        ("x" * 65, False),
        ("0123456789 with spaces", False),
        ("0123456789{}", False),
    ],
)
def test_a_sane_name_from_the_proxy_is_kept(client, given, kept):
    answered = client.get("/healthz", headers={"x-request-id": given}).headers["X-Request-ID"]
    assert (answered == given) == kept


def test_each_request_is_one_line_without_what_was_searched_for(client, caplog):
    caplog.set_level(logging.INFO, "sumairu.middleware")
    client.get("/healthz?q=secret", headers={"x-request-id": "proxy-0123456789"})
    [record] = [record for record in caplog.records if record.name == "sumairu.middleware"]
    assert record.fields.items() >= {"method": "GET", "path": "/healthz", "status": 200}.items()
    assert "secret" not in str(record.__dict__)
    assert logs.request_id.get() == "proxy-0123456789"


def test_a_body_that_is_too_large_is_refused_before_it_is_read(rf, settings):
    settings.REQUEST_MAX_BYTES = 1024**2
    view = middleware.limit_body(lambda request: HttpResponse(len(request.body)))
    assert view(rf.post("/", b"x" * 1024**2, content_type="text/plain")).status_code == 200
    refused = view(rf.post("/", b"x" * (1024**2 + 1), content_type="text/plain"))
    assert refused.status_code == 413
    assert "1MBまで" in refused.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        pytest.param(urlencode(WRONG).encode(), "application/x-www-form-urlencoded", id="pairs"),
        pytest.param(encode_multipart("part", WRONG), "multipart/form-data; boundary=part", id="parts"),
    ],
)
def test_a_form_that_was_cut_off_is_refused_and_a_whole_one_is_kept(rf, body, content_type):
    serve = with_whole_bodies(lambda environ, start_response: ClientHandler()(environ))

    def sent(until):
        environ = rf.post("/report/?page=/about/", body, content_type=content_type).environ
        return serve(environ | {"wsgi.input": BytesIO(body[:until])}, None).status_code

    for until in (1, len(body) // 2, len(body) - 1):
        assert sent(until) == 400
    assert not Report.objects.exists()
    assert sent(len(body)) == 302
    assert Report.objects.get().wrong == WRONG["wrong"]


@pytest.mark.django_db
def test_every_page_tells_the_browser_what_it_may_do(client):
    headers = client.get("/admin/login/").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"


def compressed(rf, response, accepted):
    view = GZipMiddleware(middleware.compress_with_brotli(lambda request: response))
    return view(rf.get("/", headers={"accept-encoding": accepted}))


@pytest.mark.parametrize(
    ("accepted", "encoding", "decode"),
    [
        ("gzip, deflate, br", "br", brotli.decompress),
        ("br;q=1.0", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("", None, bytes),
        ("vibration", None, bytes),
    ],
)
def test_pages_are_compressed_as_the_browser_asks(rf, accepted, encoding, decode):
    response = compressed(rf, HttpResponse(LONG), accepted)
    assert response.headers.get("Content-Encoding") == encoding
    assert decode(response.content).decode() == LONG
    assert response.headers["Vary"] == "Accept-Encoding"


def test_what_is_compressed_is_said_to_have_other_bytes(rf):
    response = compressed(rf, HttpResponse(LONG, headers={"ETag": '"1"'}), "br")
    assert response.headers["ETag"] == 'W/"1"'
    assert response.headers["Content-Length"] == str(len(response.content))


@pytest.mark.parametrize(
    "response",
    [
        HttpResponse("short"),
        HttpResponse(LONG, content_type="image/png"),
        StreamingHttpResponse([LONG]),
    ],
    ids=["short", "picture", "stream"],
)
def test_what_gains_nothing_is_not_compressed_with_brotli(rf, response):
    assert "Content-Encoding" not in compressed(rf, response, "br").headers
