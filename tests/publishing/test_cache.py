from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Event

import pytest
from django.core.cache import caches
from django.db import OperationalError
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import get_resolver, reverse
from django.utils.http import parse_http_date

from sumairu.loading.content import load_content
from sumairu.loading.facts import load_tables
from sumairu.loading.samples import load_samples, remove_samples
from sumairu.models import ContentVersion
from sumairu.publishing import cache, content_version
from sumairu.publishing.cache import keep_public_pages
from sumairu.publishing.models import Status
from tests.admin_forms import form_data
from tests.factories import make_editor, make_initiative

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(settings, monkeypatch):
    """Pages are kept, in a cache of this test's own, and nothing is known of what other tests rolled back."""
    monkeypatch.setattr(content_version, "_known", None)
    monkeypatch.setattr(content_version, "_is_lost", False)
    settings.CACHES = settings.CACHES | {
        "pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "test-pages"}
    }
    caches["pages"].clear()


@pytest.fixture
def made():
    """The paths of the pages that were really made."""
    return []


@pytest.fixture
def portal(kept, made):
    def make(request):
        made.append(request.get_full_path())
        return HttpResponse(f"page {len(made)}")

    return keep_public_pages(make)


def answer(portal, path="/", **headers):
    return portal(RequestFactory().get(path, headers=headers))


def get(portal, path="/", **headers):
    return answer(portal, path, **headers).content.decode()


def test_a_page_is_made_once(portal, made):
    assert get(portal) == get(portal) == "page 1"
    assert made == ["/"]


def test_every_change_makes_it_anew(portal):
    get(portal)
    ContentVersion.moved()
    assert get(portal) == "page 2"


@pytest.mark.parametrize(
    ("path", "headers"),
    [("/initiatives/?year=2021", {}), ("/initiatives/", {"Accept-Encoding": "br"})],
    ids=["query", "encoding"],
)
def test_pages_that_differ_are_kept_apart(portal, path, headers):
    get(portal, "/initiatives/")
    assert get(portal, path, **headers) == get(portal, path, **headers) == "page 2"


@pytest.mark.parametrize("accepts", ["", "gzip;q=0", "x-br", "br;q=0, identity", "attacker"])
def test_an_encoding_is_one_of_three_whatever_is_sent(portal, accepts):
    get(portal)
    assert get(portal, **{"Accept-Encoding": accepts}) == "page 1"


def test_what_a_view_does_not_read_is_dropped_and_the_rest_sorted(portal, made):
    assert get(portal, "/initiatives/?utm_source=x&page=2&q=%E9%B9%BF&year=2021&year=2020") == "page 1"
    assert get(portal, "/initiatives/?year=2020&q=鹿&page=2&fbclid=1") == "page 1"
    assert made == ["/initiatives/?page=2&q=%E9%B9%BF&year=2020"]


# What the holder of a mailed link sees, and the mail of a demo: kept for nobody, so that no view says what of it is read.
FOR_ONE_READER = {"link/", "sample-mailbox/", "sample-mailbox/<int:pk>/"}


def test_every_public_view_says_what_it_reads():
    public = [each for each in get_resolver().url_patterns if not str(each.pattern).startswith("admin/")]
    views = list(views_of(public))
    assert len(views) > 20
    assert {route for route, view in views if not hasattr(view, "asks")} == FOR_ONE_READER


def views_of(patterns):
    """The views beneath `patterns`, each with how its address is written; the API's lie a level deeper."""
    for each in patterns:
        if hasattr(each, "url_patterns"):
            yield from views_of(each.url_patterns)
        else:
            yield str(each.pattern), each.callback


def test_a_page_is_drawn_only_for_who_does_not_have_it(portal, made):
    first = answer(portal)
    assert first["ETag"].startswith('W/"')
    assert first["Cache-Control"].startswith("public, max-age=1,")
    assert first["Vary"] == "Accept-Encoding, Cookie"
    assert parse_http_date(first["Last-Modified"])
    caches["pages"].clear()
    again = answer(portal, **{"If-None-Match": f'"other", {first["ETag"]}'})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert made == ["/"]
    ContentVersion.moved()
    assert answer(portal, **{"If-None-Match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize("headers", [{"Accept-Encoding": "br"}, {"Accept-Encoding": "gzip"}])
def test_each_encoding_has_a_tag_of_its_own(portal, headers):
    assert answer(portal)["ETag"] != answer(portal, **headers)["ETag"]


def test_the_tag_changes_with_the_day(portal, monkeypatch):
    today = answer(portal)["ETag"]
    monkeypatch.setattr(content_version, "localdate", lambda: date(2031, 4, 1))
    assert answer(portal)["ETag"] != today


def test_a_head_is_answered_as_its_page_would_be(portal):
    request = RequestFactory().head("/")
    head, page = portal(request), answer(portal)
    assert (head.content, head["Content-Length"], head["ETag"]) == (b"", str(len(page.content)), page["ETag"])


def test_the_version_is_asked_for_once_a_second(portal, django_assert_num_queries, monkeypatch):
    get(portal)
    clock = content_version.monotonic()
    monkeypatch.setattr(content_version, "monotonic", lambda: clock)
    ContentVersion.moved()
    with django_assert_num_queries(1):
        for _ in range(5):
            get(portal)
    clock += 1
    with django_assert_num_queries(1):
        get(portal)


def test_without_a_database_kept_pages_are_given_and_said_so(portal, made, monkeypatch, caplog):
    get(portal)

    def gone():
        raise OperationalError

    monkeypatch.setattr(ContentVersion, "newest", gone)
    ContentVersion.moved()
    monkeypatch.setattr(cache, "KEPT_FOR", 0)
    assert get(portal) == "page 1"
    assert "the database cannot be asked" in caplog.text


def test_a_version_is_as_old_as_the_question_however_long_the_answer_takes(portal, monkeypatch):
    clock, newest = [100.0], ContentVersion.newest

    def slowly():
        clock[0] += 0.4
        return newest()

    monkeypatch.setattr(content_version, "monotonic", lambda: clock[0])
    monkeypatch.setattr(ContentVersion, "newest", slowly)
    assert [content_version.current().asked_at for _ in range(2)] == [100.0, 100.0]
    clock[0] += 0.1
    assert content_version.current().asked_at == 100.5


def test_where_nothing_is_known_one_thread_waits_for_a_database_that_is_gone(kept, monkeypatch):
    begun, may_end, newest = Event(), Event(), ContentVersion.newest
    may_end.set()

    def gone():
        begun.set()
        may_end.wait(10)
        raise OperationalError

    monkeypatch.setattr(ContentVersion, "newest", gone)
    with pytest.raises(OperationalError):
        content_version.current()
    begun.clear(), may_end.clear()
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(content_version.current)
        assert begun.wait(10)
        with pytest.raises(OperationalError, match="another thread"):
            content_version.current()
        may_end.set()
        with pytest.raises(OperationalError):
            first.result()
    monkeypatch.setattr(ContentVersion, "newest", newest)
    assert not content_version.current().is_gone


def test_a_page_that_cannot_be_made_anew_is_given_as_it_was(kept, caplog):
    answers = [HttpResponse("page"), HttpResponse("no", status=500)]
    portal = keep_public_pages(lambda request: answers.pop(0))
    assert get(portal) == "page"
    ContentVersion.moved()
    assert get(portal) == "page"
    assert "an old page is given" in caplog.text


class Slow:
    """A portal whose page takes as long as a test wants."""

    def __init__(self):
        self.made = 0
        self.begun, self.may_end = Event(), Event()
        self.may_end.set()

    def __call__(self, request):
        self.made += 1
        self.begun.set()
        self.may_end.wait(10)
        return HttpResponse(f"page {self.made}")


def test_while_one_makes_a_page_the_others_get_the_old_one(kept, monkeypatch):
    slow = Slow()
    portal = keep_public_pages(slow)
    assert get(portal) == "page 1"
    monkeypatch.setattr(cache, "KEPT_FOR", 0)
    slow.begun.clear(), slow.may_end.clear()
    with ThreadPoolExecutor(1) as pool:
        new = pool.submit(get, portal)
        assert slow.begun.wait(10)
        assert [get(portal) for _ in range(3)] == ["page 1"] * 3
        slow.may_end.set()
        assert new.result() == "page 2"
    assert slow.made == 2


def test_who_comes_while_a_page_is_first_made_waits_for_it(kept):
    slow = Slow()
    portal = keep_public_pages(slow)
    content_version.current()
    slow.may_end.clear()
    with ThreadPoolExecutor(3) as pool:
        first = pool.submit(get, portal)
        assert slow.begun.wait(10)
        others = [pool.submit(get, portal) for _ in range(2)]
        slow.may_end.set()
        assert {each.result() for each in (first, *others)} == {"page 1"}
    assert slow.made == 1


def test_what_a_stranger_sends_moves_nothing(portal):
    get(portal)
    portal(RequestFactory().post("/admin/login/"))
    assert get(portal) == "page 1"


@pytest.mark.exhaustive
def test_what_commands_load_and_remove_moves_every_page():
    for change in (load_tables, load_content, load_samples, remove_samples):
        before = ContentVersion.current()
        change()
        assert ContentVersion.current() > before, change
    before = ContentVersion.current()
    remove_samples(dry_run=True)
    assert ContentVersion.current() == before


@pytest.mark.parametrize("path", ["/admin/", "/search/?q=" + "x" * 200], ids=["staff", "long query"])
def test_pages_for_one_person_are_not_kept(portal, path):
    assert get(portal, path) != get(portal, path)


@pytest.mark.parametrize("cookie", cache.OWN_COOKIES)
def test_who_is_signed_in_or_is_told_something_gets_a_page_of_their_own(portal, cookie):
    request = RequestFactory().get("/")
    request.COOKIES[cookie] = "x"
    request.META["HTTP_COOKIE"] = f"{cookie}=x"
    get(portal)
    response = portal(request)
    assert response.content == b"page 2"
    assert response["Cache-Control"] == "private, no-store"


def test_a_kept_page_says_all_that_browsers_are_told(client, kept):
    first, again = client.get("/about/"), client.get("/about/")
    assert dict(first.headers) | {"X-Request-ID": ""} == dict(again.headers) | {"X-Request-ID": ""}
    assert {"Content-Security-Policy", "X-Frame-Options", "Permissions-Policy", "Referrer-Policy"} <= {*again.headers}


@pytest.mark.parametrize("address", ["/data/budget.csv", "/search/?q=" + "x" * 99])
def test_what_is_not_kept_is_answered_briefly_to_who_has_it(client, address):
    tag = client.get(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304


@pytest.fixture
def office(client):
    client.force_login(make_editor("kushiro"))
    return client


def saved(client, initiative, **changes):
    """The form of an initiative as it is drawn, posted with other values."""
    address = reverse("admin:regions_initiative_change", args=[initiative.pk])
    fields = form_data(client.get(address))
    response = client.post(address, fields | changes)
    if response.status_code == 200:  # what the public would see change, to be confirmed
        response = client.post(address, dict(response.context["held"]) | {"_effects": response.context["token"]})
    assert response.status_code == 302


def moves(act):
    before = ContentVersion.current()
    act()
    return ContentVersion.current() > before


@pytest.mark.exhaustive
def test_the_save_of_a_draft_moves_nothing_and_that_of_a_public_row_does(office):
    draft, public = make_initiative(status=Status.DRAFT), make_initiative()
    assert not moves(lambda: saved(office, draft, title="下書きの題名"))
    assert moves(lambda: saved(office, public, title="公開の題名"))
    assert moves(lambda: saved(office, draft, status="published"))
    assert moves(lambda: saved(office, draft, status="ended"))


def test_an_edit_in_the_admin_is_seen_at_once(office, kept):
    initiative = make_initiative(title="前の題名")
    visitor = type(office)()
    assert "前の題名" in visitor.get(initiative.get_absolute_url()).content.decode()
    saved(office, initiative, title="新しい題名")
    assert "新しい題名" in visitor.get(initiative.get_absolute_url()).content.decode()
