"""Junk in every field of every form, in every action, and bodies that no browser sends: each is answered, none with 500.

`make test` asks a part of it, `make ci` all.
"""

import re
from itertools import product
from urllib.parse import urljoin
from uuid import UUID

import pytest
from django import forms
from django.apps import apps
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from regions.models import Initiative
from sumairu.admin.recorded import SEEN
from sumairu.drafts.models import Draft
from sumairu.imports.models import ImportRun
from sumairu.search.index import differences, rebuild
from tests.admin_forms import form_data
from tests.exhaustive import gathered, sample
from tests.factories import make_administrator
from tests.fuzz.journey import forms as forms_of
from tests.junk import PLACE, TEXTS, answer, furnish, routes
from tests.pages.test_nothing_unpublished import addresses
from tests.test_junk import label, page_of, registered

pytestmark = pytest.mark.django_db

FORM, PARTS = "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"


def part(head, content=b"a", end=b"\r\n--x--\r\n"):
    return b"--x\r\n" + head + b"\r\n\r\n" + content + end


NAMED = b'Content-Disposition: form-data; name="q"'
FILE = b'Content-Disposition: form-data; name="file"; filename='
BODIES = {
    "no UTF-8": (FORM, b"q=\xff&username=\xff\xfe&\xff=1"),
    "half a character": (FORM, b"q=%ED%A0%80&username=%ED%A0%80&action=%ED%A0%80"),
    "NUL": (FORM, b"q=%00&username=%00"),
    "NUL in a name": (FORM, b"q%00=1"),
    "too many fields": (FORM, b"a=1&" * 1001),
    "a long name": (FORM, b"a" * 100_000 + b"=1"),
    "one field many times": (FORM, b"action=x&_selected_action=1&" * 400),
    "another encoding": (f"{FORM}; charset=utf-16", "q=町".encode("utf-16")),
    "an encoding that there is not": (f"{FORM}; charset=x", b"q=1"),
    "no type": ("", b"q=1"),
    "a type that is none": ("x" * 300, b"q=1"),
    "JSON": ("application/json", b'{"q": "\\ud800", "a": NaN, "b": 1e999'),
    "parts without a boundary": ("multipart/form-data", b"x"),
    "a boundary that is none": ("multipart/form-data; boundary=\xe9", b"x"),
    "a boundary too long": (f"multipart/form-data; boundary={'x' * 300}", b"x"),
    "no parts": (PARTS, b""),
    "a part without an end": (PARTS, part(NAMED, end=b"")),
    "a part without a name": (PARTS, part(b"Content-Disposition: form-data")),
    "a part without a head": (PARTS, part(b"")),
    "a part of bytes": (PARTS, part(NAMED, b"\xff\xfe\x00")),
    "base64 that is none": (PARTS, part(NAMED + b"\r\nContent-Transfer-Encoding: base64", b"*")),
    "a file of base64 that is none": (PARTS, part(FILE + b'"a"\r\nContent-Transfer-Encoding: base64', b"*")),
    "a file without a name": (PARTS, part(FILE + b'""')),
    "a file with a path": (PARTS, part(FILE + b'"../../etc/passwd"')),
    "a file with NUL in its name": (PARTS, part(FILE + b'"a\x00.xlsx"')),
    "a file with a long name": (PARTS, part(FILE + b'"' + b"a" * 3000 + b'.xlsx"')),
    "a file whose name is no UTF-8": (PARTS, part(FILE + b'"\xff\xfe.xlsx"')),
    "a file of no type": (PARTS, part(FILE + b'"a.xlsx"\r\nContent-Type: ;;;')),
    "parts within a part": (PARTS, part(NAMED + b"\r\nContent-Type: multipart/mixed; boundary=y", b"--y\r\n\r\na")),
}
NUMBERS = ["", "x", "-1", "9" * 10_000, "１", "1000000", "1e9"]


@pytest.fixture
def administrator(client):
    furnish()
    user = make_administrator()
    Draft.objects.create(user=user, key="k", path="/admin/", fields=[["a", "x"]], why=Draft.Why.EXPIRED)
    client.force_login(user)
    rebuild()
    yield client
    assert differences() == []


def model_of(route):
    found = re.match(r"admin/(\w+)/(\w+)/", route)
    return apps.get_model(*found.groups()) if found and found[1] in apps.app_configs else None


def address(route):
    """With the key of a row where one is asked for."""
    model = model_of(route)
    if model and "files/" in route:
        row = model._default_manager.first().attachments.first()
    else:
        row = model._default_manager.first() if model else ImportRun.objects.first()
    keys = {"slug": "budget", "key": "k" if "drafts/" in route else str(UUID(int=1))}
    return "/" + PLACE.sub(lambda part: keys.get(part[1], str(row.pk if row else 0)), route)


STAFF = sorted({route for route in routes() if route.startswith("admin/") and not route.endswith("<path:object_id>/")})

EXPORT = next(route for route in STAFF if route.endswith("/export/"))


def posts_of(form, texts):
    """Junk in all that is typed or chosen; junk in what is hidden; nothing; everything thrice; what is hidden left out."""
    hidden = {name: values[0] for name, (kind, values) in form.fields.items() if kind == "hidden"}
    hidden |= {name: "1" for name, value in hidden.items() if name.endswith("-TOTAL_FORMS") and value == "0"}
    typed = [name.replace("__prefix__", "0") for name in form.fields if name not in hidden]
    yield from (hidden | dict.fromkeys(typed, text) for text in texts if typed)
    yield from (dict.fromkeys(typed, "1") | dict.fromkeys(hidden, number) for number in NUMBERS if hidden)
    yield from ({}, dict.fromkeys(typed, "1"), {name: ["1", "x", "1"] for name in (*typed, *hidden)})


@pytest.mark.parametrize("asked", gathered(sample(STAFF, every=30)))
def test_no_form_is_broken_by_what_is_posted(administrator, asked):
    """Of the forms of records a part: see below. The form of an export is one and the same, and is asked whole once."""
    for route in asked:
        is_asked_in_part = route.endswith(("/add/", "/change/", "/export/")) and route != EXPORT
        texts = TEXTS[::5] if is_asked_in_part else TEXTS
        page = answer(administrator, "get", address(route), follow=True)
        for form in forms_of(page.whole.decode(errors="replace")):
            target = urljoin(page.request["PATH_INFO"], form.address)
            if target != reverse("admin:logout") or route == "admin/":
                for posted in sample(posts_of(form, texts), every=7):
                    answer(administrator, "post", target, posted)


@pytest.mark.parametrize("url", ["/admin/login/", "/admin/second-factor/", "/admin/password_change/", "/admin/logout/"])
def test_nothing_sent_to_the_door_breaks_it(url):
    client = Client()
    names = ["username", "password", "next", "code", "recovery_code", "token", "new_password1", "old_password", "renew"]
    for text in sample(TEXTS, every=5):
        answer(client, "post", url, dict.fromkeys(names, text))
        answer(client, "get", url, {"next": text})
    answer(client, "post", url, {})


@pytest.mark.exhaustive
@pytest.mark.parametrize("names", gathered(sample(BODIES, every=2)))
def test_no_body_breaks_a_page(administrator, names):
    """Of every address, of records those of one kind; of a stranger too, whose proof (CSRF) is looked for in the body."""
    public = {url.partition("?")[0] for urls in addresses().values() for url in urls}
    staff = [address(route) for route in STAFF if model_of(route) in (None, Initiative)]
    stranger, proven = Client(enforce_csrf_checks=True), Client(enforce_csrf_checks=True)
    proven.cookies["sessionid"] = administrator.cookies["sessionid"].value
    asked = [(administrator, url) for url in [*sorted(public), *staff]]
    asked += list(product((stranger, proven), ("/", "/admin/login/", "/admin/import/", page_of(Initiative, "add"))))
    for name, (client, url) in sample(product(names, asked), every=29):
        kind, body = BODIES[name]
        answer(client, "generic", "POST", url, body, kind)


@pytest.mark.parametrize("models", gathered(sample(registered(), every=5)), ids=label)
def test_no_action_of_a_list_breaks_it(administrator, rf, models):
    request = rf.get("/")
    request.user = make_administrator()
    pressed = [{"index": "0"}, {"index": "x", "select_across": "1"}, {"index": "99", "post": "yes", "_effects": "x"}]
    pressed += [
        {"index": "0", "select_across": "1", SEEN: seen} for seen in ("1:" + "9" * 30, "9" * 10_000 + ":1", "x")
    ]
    for model in models:
        actions = [*admin.site.get_model_admin(model).get_actions(request), "none", ""]
        row = model._default_manager.first()
        posts = [{"action": actions[0], "_selected_action": text, "index": text} for text in TEXTS]
        for action, keys, how in product(actions, ([str(row.pk if row else 1), "x"],), pressed):
            posts.append({"action": action, "_selected_action": keys} | how)
        for posted in sample(posts, every=29):
            answer(administrator, "post", page_of(model, "changelist"), posted)


FILES = {
    "empty": ("a.csv", b""),
    "bytes": ("a.csv", b"\xff\x00,"),
    "NUL": ("a.csv", b"a\x00,b\n1,2"),
    "no name": ("x", b"a"),
    "no workbook": ("a.xlsx", b"PK\x03\x04"),
    "another kind": ("a.exe", b"MZ"),
    "a long name": ("a" * 400 + ".csv", b"a,b\n1,2"),
    "a picture that is none": ("a.png", b"\x89PNG\r\n\x1a\n"),
    "a document that is none": ("a.pdf", b"%PDF-"),
}


@pytest.mark.parametrize("files", gathered(FILES.values()))
def test_no_file_breaks_what_takes_one(administrator, files):
    for name, content in sample(files, every=3):
        for model in registered():
            for page in ("import", "process_import") if page_of(model, "import") else ():
                posted = {"import_file": SimpleUploadedFile(name, content), "resource": "0", "format": "0"}
                answer(administrator, "post", page_of(model, page), posted)
        answer(administrator, "post", "/admin/import/", {"kind": "budget", "file": SimpleUploadedFile(name, content)})
        rows = {"links-TOTAL_FORMS": "0", "links-INITIAL_FORMS": "0"}
        rows |= {"attachments-TOTAL_FORMS": "1", "attachments-INITIAL_FORMS": "0", "attachments-0-title": "x"}
        posted = rows | {"attachments-0-file": SimpleUploadedFile(name, content)}
        answer(administrator, "post", page_of(Initiative, "add"), posted)


NOT_TYPED = {"accounts.SignInEvent", "imports.FigureChange", "imports.ImportRun", "updates.Update", "versions.Version"}
NOT_TYPED |= {"outbox.Mailing"}


def takes(field, text):
    """Does a field by itself let `text` in? What it refuses never comes as far as the record."""
    try:
        field.clean([text] if isinstance(field, forms.ModelMultipleChoiceField) else text)
    except ValidationError:
        return False
    return True


@pytest.mark.exhaustive
@pytest.mark.parametrize("models", gathered(sample(registered(), every=5)), ids=label)
def test_what_fields_let_in_breaks_no_record(administrator, models):
    """What fields let in comes as far as the record and the database: all at once, and one of each kind of field alone."""
    for model in models:
        row = model._default_manager.first()
        url = f"{page_of(model, 'changelist')}{row.pk}/change/" if row else page_of(model, "add")
        page = answer(administrator, "get", url)
        if page.status_code != 200 or "adminform" not in page.context:
            assert model._meta.label in NOT_TYPED
            continue
        kept, fields = form_data(page), fields_of(page)
        posts = [kept | {name: text for name, field in fields.items() if takes(field, text)} for text in TEXTS]
        kinds = {(type(each), type(each.widget)): name for name, each in fields.items()}
        posts += [kept | {name: text} for name, text in product(kinds.values(), TEXTS) if takes(fields[name], text)]
        for posted in sample(posts, every=31):
            answer(administrator, "post", url, posted)


def fields_of(page):
    """The fields of a form and of the rows beneath it, files apart."""
    inner = [form for rows in page.context["inline_admin_formsets"] for form in rows.formset.initial_forms]
    return {
        form.add_prefix(name): field
        for form in (page.context["adminform"].form, *inner)
        for name, field in form.fields.items()
        if not isinstance(field, forms.FileField) and not field.disabled
    }
