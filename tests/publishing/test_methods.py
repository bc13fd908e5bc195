"""OPTIONS, TRACE and the like at every public address: answered without the database and without drawing a page."""

import re

import pytest
from django.test import RequestFactory
from django.urls import get_resolver, resolve

from sumairu.publishing.methods import answer_other_methods
from tests.junk import routes

SAMPLES = {
    "key": "abc",
    "year": "2021",
    "digest": "0123456789ab",
    "int": "5",
    "number": "5",
    "str": "x",
    "slug": "x",
    "path": "x",
}


def public_addresses():
    """One of every public page; a link of somebody's own, which no view `@asks` of, refuses by itself."""
    public = [each for each in get_resolver().url_patterns if not str(each.pattern).startswith("admin/")]
    addresses = [
        "/" + re.sub(r"<(\w+):\w+>", lambda named: SAMPLES[named[1]], route)
        for route in routes(public)
        if not route.startswith("api/")
    ]
    return [address for address in addresses if hasattr(resolve(address).func, "asks")]


@pytest.mark.parametrize("method", ["OPTIONS", "TRACE", "PUT", "DELETE", "PATCH", "PROPFIND"])
def test_no_public_page_is_drawn_for_another_method(client, method):
    addresses = public_addresses()
    assert len(addresses) > 50
    for address in [*addresses, "/furigana/", "/furigana/municipalities/"]:
        response = client.generic(method, address)
        assert response.status_code == (204 if method == "OPTIONS" else 405), (address, response.status_code)
        assert response.content == b"", address
        assert {"GET", "HEAD", "OPTIONS"} <= set(response["Allow"].split(", ")), address


def test_only_what_has_a_form_to_be_sent_allows_post(client):
    allowing = {address for address in public_addresses() if "POST" in client.options(address)["Allow"]}
    assert allowing == {"/report/", "/mail/", "/mail/reminder/"}


def test_the_api_and_what_is_not_there_refuse_them_too(client, db):
    for address in ("/api/v1/sets", "/api/v1/budget", "/admin/", "/nothing-there/"):
        assert client.trace(address).status_code == 405, address
    assert client.options("/api/v1/sets").status_code == 405
    assert client.options("/nothing-there/").status_code == 404


def test_what_is_usual_goes_on_untouched():
    passed = []
    middleware = answer_other_methods(passed.append)
    for method in ("GET", "HEAD", "POST"):
        middleware(RequestFactory().generic(method, "/"))
    assert [request.method for request in passed] == ["GET", "HEAD", "POST"]
    assert resolve("/").func.allows
