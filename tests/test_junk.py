"""Junk in every parameter, address and cookie: each page answers, none with 500 and none with more than it shows.

What is posted is in tests/test_junk_posted.py. `make test` asks a part of it, `make ci` all.
"""

from collections import defaultdict
from itertools import cycle, product

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import NoReverseMatch, resolve, reverse

from sumairu.admin.lists import STRUCTURE, offered
from tests.exhaustive import gathered, sample
from tests.factories import make_administrator, make_editor, make_initiative, make_run
from tests.junk import IDS, JUNK, PLACE, answer, answer_and_follow, furnish, in_path, routes
from tests.pages.test_nothing_unpublished import addresses

pytestmark = pytest.mark.django_db


@pytest.fixture
def furnished():
    furnish()


@pytest.fixture
def administrator(client, furnished):
    client.force_login(make_administrator())
    return client


def registered():
    return sorted(admin.site._registry, key=lambda model: model._meta.label)


def page_of(model, page):
    try:
        return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}")
    except NoReverseMatch:
        return None


def lookups(model):
    """Of every field, what a list might be asked of it, forwards and backwards."""
    fields = [field.name for field in model._meta.get_fields()]
    ends = ["", "__exact", "__regex", "__in", "__isnull", "__year", "__gte", "__range", "__id__exact", "__pk__regex"]
    return [f"{field}{end}" for field in fields for end in ends] + ["pk__in", "id__regex", "nothing", "a__b__c", "%F0"]


def every(names, junk):
    return "&".join(f"{name}={junk}" for name in sorted(names))


def label(models):
    return models[0]._meta.label if len(models) == 1 else "sample"


def narrowing(model, request):
    """The names by which a list is narrowed."""
    request.user = make_administrator()
    return offered(admin.site.get_model_admin(model), request)


@pytest.mark.parametrize("models", gathered(sample(registered(), every=5)), ids=label)
def test_no_parameter_of_a_list_breaks_it(administrator, rf, models):
    """All that a list is asked at once; a name that several lists offer is asked alone of the first of them."""
    asked_alone, followed = set(), set()
    for model in registered():
        names = narrowing(model, rf.get("/"))
        alone = [f"{name}={junk}" for name, junk in product(sorted(names - asked_alone), JUNK)]
        asked_alone |= names
        if model in models:
            for query in sample(alone, every=41):
                answer_and_follow(administrator, f"{page_of(model, 'changelist')}?{query}", followed)
            for page, junk in sample(product(("changelist", "export"), JUNK), every=19):
                query = every({*names, *STRUCTURE}, junk)
                answer_and_follow(administrator, f"{page_of(model, page)}?{query}", followed)


@pytest.mark.parametrize("models", gathered(sample(registered(), every=5)), ids=label)
def test_whatever_a_list_does_not_offer_is_put_aside(administrator, rf, models):
    for model in models:
        others = sorted({*lookups(model)} - narrowing(model, rf.get("/")))
        for page, junk in product(("changelist", "export"), ("1", "(a|a)*b$")):
            url = page_of(model, page)
            response = answer(administrator, "get", f"{url}?{every(others, junk)}")
            if response.status_code == 302:
                assert response["Location"] == url
            else:  # a list drawn in another way, which reads none of them
                assert "cl" not in (response.context or {}), url


@pytest.mark.parametrize("models", gathered(sample(registered(), every=5)), ids=label)
def test_no_parameter_of_a_form_breaks_it(administrator, models):
    """The form for a new record takes what it begins with from its address."""
    asked = ["_popup", "_changelist_filters", "_source_model", "e", "_draft"]
    for model, page in product(models, ("add", "import", "process_import")):
        fields = [field.name for field in model._meta.get_fields()]
        for junk in sample(JUNK, every=19) if (url := page_of(model, page)) else []:
            answer(administrator, "get", f"{url}?{every(fields, junk)}&{every(asked, junk)}")
            answer(administrator, "get", f"{url}?_to_field={junk}")


@pytest.mark.parametrize("models", gathered(sample(registered(), every=5)), ids=label)
def test_no_number_of_a_record_breaks_its_pages(administrator, models):
    for model, page, key in sample(product(models, ("change", "delete", "history"), IDS), every=5):
        answer(administrator, "get", f"{page_of(model, 'changelist')}{key}/{page}/")


def test_no_parameter_of_a_public_page_breaks_it(furnished):
    """Each name that a view reads meets all junk once, at the addresses of the view in turn; each address meets all names at once."""
    client = Client()
    unasked = ["utm_source", "page", "q", "a%ff", "sort", "format", "_draft"]
    of_views = defaultdict(list)
    for url in sorted({url for urls in addresses().values() for url in urls}):
        of_views[resolve(url.partition("?")[0]).func].append(url)
    asked = []
    for view, urls in of_views.items():
        names, turns = sorted(getattr(view, "asks", ())), cycle(urls)
        asked += [(next(turns), f"{name}={junk}") for name, junk in product(names, JUNK)]
        asked += [(url, every({*unasked, *names}, junk)) for url, junk in product(urls, JUNK[::5])]
    for url, junk in sample(asked, every=31):
        path, _, query = url.partition("?")
        answer(client, "get", f"{path}?{query}&{junk}")


@pytest.mark.parametrize("keyed", gathered(route for route in routes() if "<" in route and "<path:" not in route))
def test_no_address_breaks_a_page(administrator, keyed):
    """What is looked for, in each place of an address in turn; beside it stands what may be there."""
    stand = {
        "slug": "budget",
        "key": "x",
        "pk": "1",
        "id": "1",
        "year": "2021",
        "digest": "0" * 12,
        "name": "a",
    }
    stand |= {"code": "kushiro-2021-1", "pillar": "financial"}
    places = [(route, name) for route in keyed for name in PLACE.findall(route)]
    for (route, name), junk in sample(product(places, JUNK), every=11):
        filled = {**dict.fromkeys(PLACE.findall(route), "1"), **stand, name: in_path(junk)}
        answer(administrator, "get", "/" + PLACE.sub(lambda place, filled=filled: filled[place[1]], route))


@pytest.mark.parametrize(
    "path",
    [
        "/" + "a" * 20_000,
        "/" + "a/" * 10_000,
        "/%00",
        "/%ff",
        "/..",
        "/a//b",
        "/initiatives//",
        "/admin/" + "a" * 20_000,
    ],
    ids=lambda path: f"{path[:12]} {len(path)}",
)
def test_no_path_breaks_the_portal(administrator, path):
    for client, method in product((Client(), administrator), ("get", "post", "put", "head", "options")):
        answer(client, method, path)


@pytest.mark.exhaustive
@pytest.mark.parametrize("steps", gathered(route for route in routes() if "admin/import/<int:pk>/" in route))
def test_no_step_of_an_import_breaks(administrator, steps):
    """Of every step, whether there is such a run or not."""
    asked = ["sheet", "table", "cell", "page", "row", "column"]
    queries = [every(asked, junk) for junk in JUNK] + [f"{name}={junk}" for name, junk in product(asked, JUNK)]
    there = str(make_run().pk)
    for step in steps:
        for query in sample(queries, every=29):
            answer(administrator, "get", f"/{step.replace('<int:pk>', there)}?{query}")
        for key in ("0", "9" * 30):
            answer(administrator, "get", f"/{step.replace('<int:pk>', key)}")


def test_no_question_of_a_choice_breaks_it(administrator):
    apps = ("regions", "support", "accounts", "auth", "x", "%00")
    models = ("initiative", "program", "user", "budgetfigure", "", "x" * 400)
    fields = ("program", "id", "initiatives", "municipality", "assignments", "", "password")
    ends = ["&term=x", "&term=%00", "&page=x", "&page=99999999999999999999", ""]
    for app, model, field, end in sample(product(apps, models, fields, ends), every=23):
        url = f"/admin/autocomplete/?app_label={app}&model_name={model}&field_name={field}"
        answer(administrator, "get", url + end)


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", ["sessionid", "csrftoken", "messages", "django_language", "x"])
def test_no_cookie_breaks_a_page(administrator, name):
    session = administrator.cookies["sessionid"].value
    kinds = [*JUNK, '"abcdefghij\\000"', '"', ";=;", "a=b=c", '[["__json_message",0,25,"x"]]', "\xff\xfe"]
    for cookie, url in product(sample(kinds, every=17), ("/", "/admin/my-sign-ins/")):
        sent = f"{name}={cookie}" if name == "sessionid" else f"sessionid={session}; {name}={cookie}"
        sent = sent.encode("utf-8", "surrogatepass").decode("latin-1")  # as a server hands bytes on
        answer(administrator, "get", url, HTTP_COOKIE=sent)
        answer(administrator, "post", "/admin/login/", {"username": "x", "password": "x"}, HTTP_COOKIE=sent)


def test_a_list_is_narrowed_by_what_it_offers_alone(client):
    """What is not offered is put aside: a draft's themes, and patterns that hold the database for a minute."""
    make_initiative()
    client.force_login(make_editor("kushiro"))
    url = reverse("admin:regions_initiative_changelist")
    for lookup in (
        "body__regex=(a|a)*b$",
        "Initiative_themes%2B=1",
        "successors=1",
        "subprefecture__name=x",
        "id__in=1",
    ):
        response = client.get(f"{url}?{lookup}&status__exact=draft")
        assert (response.status_code, response["Location"]) == (302, f"{url}?status__exact=draft")
        response = client.get(f"{reverse('admin:regions_initiative_export')}?{lookup}")
        assert response.status_code == 302
    assert client.get(f"{url}?status__exact=draft&q=x&o=1.-2&p=1").status_code == 200
