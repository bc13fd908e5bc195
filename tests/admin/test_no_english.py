"""Nothing on the staff side speaks English: every page of every list, as each role, in its text and in what is read aloud."""

import re
from html.parser import HTMLParser

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import NoReverseMatch, reverse

from sumairu.versions.models import Origin
from sumairu.versions.recording import recording
from support.models import ProgramEdition
from tests.admin_forms import form_data
from tests.factories import (
    make_administrator,
    make_budget_figure,
    make_desk,
    make_dispatch,
    make_edition,
    make_editor,
    make_fact,
    make_headquarters_editor,
    make_initiative,
    make_local_note,
    make_municipal_fact,
    make_policy,
    make_program_desk,
    make_rule,
    make_subprefecture,
    make_theme,
    make_window,
)

pytestmark = pytest.mark.django_db

PEOPLE = {
    "office": lambda: make_editor("kushiro"),
    "headquarters": make_headquarters_editor,
    "administrator": make_administrator,
}
# Names of things that have no other name in Japanese.
ALLOWED = {"csv", "excel", "pdf", "png", "jpeg", "word", "markdown", "url", "sha", "utf", "jis", "mb", "kb"}
ALLOWED |= {"xlsx", "xlsm", "xls", "xlsb", "docx", "ods", "tsv", "opendocument"}
ALLOWED |= {"google", "microsoft", "authenticator", "qr", "https"}
ALLOWED |= {"cc", "by"}  # the licence
ALLOWED |= {"npo", "jirei"}  # what everybody calls them, and the beginning of a key
ALLOWED |= {"kushiro", "population", "applicant"}  # keys and the Roman letters of a name
# What the portal calls otherwise.
OTHER_WORDS = re.compile("ログイン|ログアウト|コマンド|ホーム(?!ページ)|エントリー")
LATIN = re.compile(r"[A-Za-z]{2,}")
# Addresses, files, codes and keys are data.
DATA = re.compile(
    r"\S*@\S+|https?://\S+|[a-z]+(?:-[a-z0-9]+)+|\S+\.(?:xlsx|csv|pdf)|/\S*|\b[0-9a-f]{64}\b", re.IGNORECASE
)
UNREAD = ("script", "style", "code")  # keys are typed, not read
READ_ALOUD = ("placeholder", "aria-label", "title", "alt", "data-filter-title")


class Words(HTMLParser):
    """What a page says: its text, its buttons, and what is read aloud of its parts."""

    def __init__(self, html):
        super().__init__()
        self.said, self.silent = [], 0
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.silent += tag in UNREAD
        names = (*READ_ALOUD, "value") if given.get("type") in ("submit", "button") else READ_ALOUD
        self.said += [given[name] for name in names if given.get(name)]

    def handle_endtag(self, tag):
        self.silent -= tag in UNREAD

    def handle_data(self, text):
        if not self.silent:
            self.said.append(text)


def english(response):
    said = " ".join(Words(response.content.decode()).said)
    found = {word for word in LATIN.findall(DATA.sub(" ", said)) if word.lower() not in ALLOWED}
    return found | set(OTHER_WORDS.findall(said))


@pytest.fixture
def content():
    kushiro = make_subprefecture()
    make_theme(slug="t1")
    make_initiative(status="draft").links.create(label="リンク", url="https://example.jp/")
    make_policy()
    make_desk(subprefecture=kushiro)
    edition = make_edition()
    make_program_desk(program=edition.program)
    make_rule(edition=edition)
    make_window(edition=edition, subprefecture=kushiro)
    make_local_note(edition=edition)
    make_municipal_fact(fact=make_fact())
    make_budget_figure(program=edition.program)
    make_dispatch()
    with recording(by=None, origin=Origin.COMMAND, reference="load_samples") as changes:
        changes.watch(ProgramEdition, [edition.pk])
        ProgramEdition.objects.update(summary="別の概要", ended_fields=["rate"])
    Client().post(reverse("admin:login"), {"username": "nobody@example.jp", "password": "x"})


def addresses(user):
    pages = ("admin:index", "admin:password_change", "admin:password_change_done", "import_upload", "my_sign_ins")
    yield from map(reverse, (*pages, "second_factor_setup", "admin:support_program_same"))
    for label in sorted({model._meta.app_label for model in admin.site._registry}):
        yield reverse("admin:app_list", args=[label])
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        row = model._default_manager.order_by("pk").first()
        for page, args in [
            ("changelist", []),
            ("add", []),
            ("export", []),
            ("import", []),
            *([("change", [row.pk]), ("history", [row.pk]), ("delete", [row.pk])] if row else []),
        ]:
            try:
                yield reverse(f"{name}_{page}", args=args)
            except NoReverseMatch:
                continue
    yield reverse("admin:auth_user_password_change", args=[user.pk])


@pytest.mark.exhaustive
@pytest.mark.parametrize("person", PEOPLE)
def test_no_page_of_the_staff_side_speaks_english(client, content, person):
    user = PEOPLE[person]()
    client.force_login(user)
    found = {}
    for address in addresses(user):
        response = client.get(address)
        if response.status_code == 200 and (words := english(response)):
            found[address] = words
    assert found == {}, "\n".join(f"{address} {sorted(words)}" for address, words in found.items())


@pytest.mark.exhaustive
@pytest.mark.parametrize("person", ["headquarters", "administrator"])
def test_no_form_with_errors_speaks_english(client, content, person):
    user = PEOPLE[person]()
    client.force_login(user)
    found = {}
    for address in addresses(user):
        if address.endswith(("/add/", "/password/", "/password_change/")):
            opened = client.get(address)
            response = client.post(address, form_data(opened, add=True) if opened.status_code == 200 else {})
            if response.status_code == 200 and (words := english(response)):
                found[address] = words
    assert found == {}, "\n".join(f"{address} {sorted(words)}" for address, words in found.items())


def test_signing_in_and_out_speaks_no_english(client, content):
    address = reverse("admin:login")
    assert english(client.get(address)) == set()
    assert english(client.post(address, {"username": "x@example.jp", "password": "x"})) == set()
    client.force_login(make_editor("kushiro"))
    page = client.post(reverse("admin:logout"))
    assert english(page) == set()
