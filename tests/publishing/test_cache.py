import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import caches
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from sumairu.models import ContentVersion
from sumairu.pages.content import load_content
from sumairu.pages.facts import load_tables
from sumairu.pages.samples import load_samples, remove_samples
from sumairu.publishing.cache import keep_public_pages
from tests.factories import make_editor, make_initiative, make_stranger

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(settings):
    """Pages are kept, in a cache of this test's own."""
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


def get(portal, path="/", **headers):
    return portal(RequestFactory().get(path, headers=headers)).content.decode()


def test_a_page_is_made_once(portal, made):
    assert get(portal) == get(portal) == "page 1"
    assert made == ["/"]


def test_every_change_makes_it_anew(portal):
    get(portal)
    ContentVersion.moved()
    assert get(portal) == "page 2"


@pytest.mark.parametrize("other", [("/?year=2021", {}), ("/", {"Accept-Encoding": "br"})], ids=["query", "encoding"])
def test_pages_that_differ_are_kept_apart(portal, other):
    get(portal)
    path, headers = other
    assert get(portal, path, **headers) == "page 2"


@pytest.mark.parametrize(
    ("user", "page"), [(make_stranger, "page 3"), (AnonymousUser, "page 1")], ids=["staff", "visitor"]
)
def test_what_somebody_signed_in_sends_moves_every_page(portal, user, page):
    get(portal)
    request = RequestFactory().post("/admin/regions/initiative/add/")
    request.user = user()
    portal(request)
    assert get(portal) == page


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


def test_who_is_signed_in_gets_a_page_of_their_own(portal, settings):
    request = RequestFactory().get("/")
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "x"
    get(portal)
    assert portal(request).content == b"page 2"


def test_an_edit_in_the_admin_is_seen_at_once(client, kept):
    initiative = make_initiative(title="前の題名")
    visitor = type(client)()
    assert "前の題名" in visitor.get(initiative.get_absolute_url()).content.decode()
    client.force_login(make_editor("kushiro"))
    url = reverse("admin:regions_initiative_changelist")
    initiative.title = "新しい題名"
    initiative.save()
    client.post(url, {"action": "none"})
    assert "新しい題名" in visitor.get(initiative.get_absolute_url()).content.decode()
