"""Junk in every parameter and field, sent to every page: each answers, none with 500 and none with more than it shows.

`make test` asks a part of it, `make ci` all.
"""

import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import NoReverseMatch, reverse

from sumairu.admin.lists import offered
from tests.exhaustive import sample
from tests.factories import (
    make_administrator,
    make_budget_figure,
    make_desk,
    make_dispatch,
    make_dispatch_figure,
    make_duty,
    make_edition,
    make_editor,
    make_indicator_figure,
    make_initiative,
    make_layout,
    make_municipal_fact,
    make_municipality,
    make_policy,
    make_rule,
    make_run,
    make_subprefecture,
    make_theme,
    make_window,
)
from tests.pages.test_nothing_unpublished import addresses

pytestmark = pytest.mark.django_db

JUNK = [
    "",
    " ",
    "0",
    "-1",
    "1e309",
    "9" * 30,
    "９",
    "%00",
    "a%00b",
    "%ff%fe",
    "%ED%A0%80",
    "x" * 5000,
    "2021-02-31",
    "0000-00-00",
    "99999-01-01",
    "'\"--",
    "(a|a)*b$",
    "[1,2]",
    "{}",
    "../../etc/passwd",
    "<script>",
    "True",
    "None",
    "nan",
    "%F0%9F%8F%94",
    "word " * 300,
]
IDS = ["0", "-1", "9" * 30, "x", "_3C", "%00", "%ff", "１", "x" * 500]
STRUCTURE = ["q", "o", "p", "all", "e", "_facets", "_popup", "_to_field", "_changelist_filters", "_source_model"]
ACCEPTED = {200, 302, 400, 403, 404, 405, 413}


@pytest.fixture
def furnished():
    edition = make_edition()
    make_window(edition=edition), make_rule(edition=edition), make_budget_figure(program=edition.program)
    make_dispatch_figure(program=edition.program), make_duty(program=edition.program), make_desk()
    make_dispatch(program=edition.program), make_municipal_fact(), make_indicator_figure()
    make_initiative().themes.add(make_theme())
    make_policy(), make_run(), make_layout()


@pytest.fixture
def administrator(client, furnished):
    client.force_login(make_administrator())
    return client


def registered():
    return sorted(admin.site._registry, key=lambda model: model._meta.label)


def name_of(model):
    return f"admin:{model._meta.app_label}_{model._meta.model_name}"


def pages_of(model):
    names = [f"{name_of(model)}_{page}" for page in ("changelist", "add", "export", "import", "process_import")]
    return [reverse(name) for name in names if has(name)]


def has(name, *args):
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return None


def lookups(model):
    """Of every field, what a list might be asked of it, forwards and backwards."""
    fields = [field.name for field in model._meta.get_fields()]
    ends = ["", "__exact", "__regex", "__in", "__isnull", "__year", "__gte", "__range", "__id__exact", "__pk__regex"]
    return [f"{field}{end}" for field in fields for end in ends] + ["pk__in", "id__regex", "nothing", "a__b__c", "%00"]


def assert_answered(client, method, url, *args):
    try:
        response = getattr(client, method)(url, *args)
        content = b"".join(response.streaming_content) if response.streaming else response.content
    except Exception as error:
        pytest.fail(f"{method} {url[:300]} {str(args)[:300]}: {error!r}")
    assert response.status_code in ACCEPTED, (method, url[:300], response.status_code)
    return content


@pytest.mark.parametrize("model", registered(), ids=lambda model: model._meta.label)
def test_no_parameter_of_a_list_breaks_it(administrator, rf, model):
    model_admin = admin.site.get_model_admin(model)
    request = rf.get("/")
    request.user = make_administrator()
    known = sorted(offered(model_admin, request))
    asked = [(name, junk) for name in [*known, *STRUCTURE] for junk in JUNK]
    asked += [(name, junk) for name in lookups(model) for junk in ("1", "(a|a)*b$")]
    for url in pages_of(model):
        for name, junk in sample(asked, every=199):
            assert_answered(administrator, "get", f"{url}?{name}={junk}")


@pytest.mark.parametrize("model", registered(), ids=lambda model: model._meta.label)
def test_no_number_of_a_record_breaks_its_pages(administrator, model):
    for page in ("change", "delete", "history"):
        for key in IDS:
            url = f"{reverse(f'{name_of(model)}_changelist')}{key}/{page}/"
            assert_answered(administrator, "get", url)


@pytest.mark.parametrize("model", registered(), ids=lambda model: model._meta.label)
def test_nothing_that_is_posted_to_a_list_breaks_it(administrator, model):
    url = reverse(f"{name_of(model)}_changelist")
    actions = ["publish", "end", "take_back", "delete_selected", "export_admin_action", "none", ""]
    posts = [
        {"action": action, "_selected_action": junk, "index": index, "select_across": across}
        for action in actions
        for junk in ("x", "9" * 30, "-1", "", "a\x00b")
        for index, across in (("0", "0"), ("x", "1"), ("99", "x"))
    ]
    for data in sample(posts, every=37):
        assert_answered(administrator, "post", url, data)
    for junk in sample(JUNK, every=13):
        fields = ("format", "resource", "export_items", "import_file_name", "original_file_name", "csrfmiddlewaretoken")
        data = dict.fromkeys(fields, junk.replace("%00", "\x00"))
        for page in pages_of(model):
            assert_answered(administrator, "post", page, data)
            named = {field.name: data["format"] for field in model._meta.get_fields()} | {"_save": "1"}
            assert_answered(administrator, "post", page, named)
            assert_answered(
                administrator, "post", page, {"format": "0", "import_file": SimpleUploadedFile("a.csv", b"\xff\x00,")}
            )


@pytest.mark.parametrize("model", registered(), ids=lambda model: model._meta.label)
def test_no_field_of_a_record_breaks_its_form(administrator, model):
    row = model._default_manager.first()
    url = reverse(f"{name_of(model)}_change", args=[row.pk]) if row else reverse(f"{name_of(model)}_add")
    page = administrator.get(url)
    if page.status_code != 200:
        return
    form = page.context["adminform"].form
    data = {form.add_prefix(name): form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    data = {name: "" if value is None else str(value) for name, value in data.items()}
    for formset in page.context["inline_admin_formsets"]:
        prefix = formset.formset.prefix
        data |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
    posts = [data | {name: junk.replace("%00", "\x00")} for name in data for junk in JUNK]
    for posted in sample(posts, every=199):
        assert_answered(administrator, "post", url, posted)


def public_pages():
    return sorted(
        {url for urls in addresses().values() for url in urls} if isinstance(addresses(), dict) else addresses()
    )


def test_no_parameter_of_a_public_page_breaks_it(furnished):
    make_municipality(), make_subprefecture(), make_initiative()
    client = Client()
    names = ["q", "page", "year", "office", "theme", "town", "kind", "order", "sort", "subprefecture", "by", "a%00"]
    asked = [(url, name, junk) for url in public_pages() for name in names for junk in JUNK]
    for url, name, junk in sample(asked, every=257):
        assert_answered(client, "get", f"{url}{'&' if '?' in url else '?'}{name}={junk}")


def test_no_address_of_a_public_page_breaks_it(furnished):
    client = Client()
    shapes = [
        "initiatives/{}/",
        "programs/{}/",
        "programs/{}/2021/",
        "municipalities/{}/",
        "regions/{}/",
        "support/{}/",
    ]
    shapes += ["indicators/{}/", "indicators/{}/figures.csv", "programs/x/{}/", "initiatives/x/files/{}/a"]
    for shape in shapes:
        for junk in sample(JUNK, every=4):
            assert_answered(client, "get", f"/{shape.format(junk)}")


def test_no_step_of_an_import_breaks(administrator):
    run = make_run()
    steps = [
        "",
        "progress/",
        "again/",
        "cell/",
        "answers/",
        "reading/",
        "save/",
        "drop/",
        "undo/",
        "file/",
        "mending.xlsx",
    ]
    for step in steps:
        for key in (str(run.pk), *("0", "9" * 30)):
            for junk in sample(JUNK, every=9):
                url = f"/admin/import/{key}/{step}"
                assert_answered(
                    administrator, "get", f"{url}?sheet={junk}&table={junk}&cell={junk}&page={junk}&row={junk}"
                )
                text = junk.replace("%00", "\x00")
                names = (
                    "sheet",
                    "digest",
                    "table",
                    "kind",
                    "keep_as",
                    "leaving_rest",
                    "fiscal_year",
                    "cell:x",
                    "column",
                )
                assert_answered(administrator, "post", url, dict.fromkeys(names, text))
    for junk in JUNK:
        assert_answered(administrator, "post", "/admin/import/", {"kind": junk.replace("%00", "\x00"), "file": "x"})
        assert_answered(administrator, "get", f"/admin/import/template/{junk}.xlsx")
        assert_answered(administrator, "get", f"/admin/import/history/{junk}/1/")


def test_no_question_of_a_choice_breaks_it(administrator):
    for app in ("regions", "support", "accounts", "auth", "x", "%00"):
        for model in ("initiative", "program", "user", "budgetfigure", "", "x" * 400):
            for field in ("program", "id", "initiatives", "municipality", "assignments", "", "password"):
                url = f"/admin/autocomplete/?app_label={app}&model_name={model}&field_name={field}"
                for end in sample(["&term=x", "&term=%00", "&page=x", "&page=99999999999999999999", ""], every=3):
                    assert_answered(administrator, "get", url + end)


def test_nothing_sent_to_sign_in_breaks_it(furnished):
    client = Client()
    for junk in JUNK:
        text = junk.replace("%00", "\x00")
        assert_answered(client, "post", "/admin/login/", {"username": text, "password": text, "next": text})
        assert_answered(client, "get", f"/admin/login/?next={junk}")
    client.cookies["sessionid"] = '"abcdefghij\\000"'
    assert_answered(client, "get", "/admin/")


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
