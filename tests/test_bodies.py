"""What was cut off on its way is not taken for what somebody sent."""

from io import BytesIO
from urllib.parse import urlencode

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory
from django.test.client import encode_multipart

from sumairu.bodies import CutOff, WholeBody, with_whole_bodies
from support.reports.models import Report

WRONG = {"wrong": "電話番号が、先月から変わっています。", "right": "0000-00-0001"}
PAIRS = urlencode(WRONG).encode()
PARTS = encode_multipart("part", WRONG)


def sent(body, length, content_type):
    environ = RequestFactory().post("/report/?page=/about/").environ | {
        "wsgi.input": BytesIO(body),
        "CONTENT_LENGTH": str(length),
        "CONTENT_TYPE": content_type,
    }
    told = []
    with_whole_bodies(WSGIHandler())(environ, lambda status, headers: told.append(status))
    return told[0]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        pytest.param(PAIRS, "application/x-www-form-urlencoded", id="pairs"),
        pytest.param(PARTS, "multipart/form-data; boundary=part", id="parts"),
    ],
)
def test_a_form_that_was_cut_off_is_refused_and_a_whole_one_is_kept(body, content_type):
    for end in (1, len(body) // 2, len(body) - 1):
        assert sent(body[:end], len(body), content_type) == "400 Bad Request"
    assert not Report.objects.exists()
    assert sent(body, len(body), content_type) == "302 Found"
    assert Report.objects.get().wrong == WRONG["wrong"]


def test_whole_bodies_are_read_as_they_are():
    assert WholeBody(BytesIO(b"abc"), 3).read() == b"abc"
    body = WholeBody(BytesIO(b"ab\ncd, and of the next request"), 5)
    assert [body.readline(), body.read(1), body.read(9), body.read(9), body.readline()] == [b"ab\n", b"c", b"d", b"", b""]


@pytest.mark.parametrize("read", [WholeBody.read, WholeBody.readline])
def test_an_early_end_is_no_end(read):
    with pytest.raises(CutOff):
        read(WholeBody(BytesIO(b"abc"), 5))
