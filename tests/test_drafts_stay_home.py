"""A 釧路 editor cannot see, guess or be offered what 根室 has not published, wherever they look."""

import pytest
from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django.asserts import assertRedirects

from regions.models import Initiative, RegionalPolicy
from sumairu.accounts.models import User
from support.models import Dispatch
from support.notices.models import Notice
from support.strategies.models import TownStrategy
from tests.admin_forms import form_data
from tests.exhaustive import gathered
from tests.factories import (
    make_dispatch,
    make_editor,
    make_file,
    make_initiative,
    make_municipality,
    make_notice,
    make_picture,
    make_policy,
    make_strategy,
    make_subprefecture,
    make_theme,
)

pytestmark = pytest.mark.django_db

SECRET = "まだ言えない根室の話"
MODELS = [Initiative, RegionalPolicy, Dispatch, Notice, TownStrategy]


@pytest.fixture
def nemuro():
    return make_subprefecture("nemuro")


@pytest.fixture
def draft(nemuro):
    draft = make_initiative(subprefecture=nemuro, status="draft", title=SECRET, summary=SECRET)
    draft.themes.add(make_theme())
    draft.municipalities.add(make_municipality("羅臼町"))
    draft.attachments.create(title=SECRET, file=make_file(f"{SECRET}.pdf"))
    LogEntry.objects.log_actions(make_editor("nemuro").pk, [draft], CHANGE, SECRET, single_object=True)
    return draft


@pytest.fixture
def secrets(draft, nemuro):
    """A row of each kind that an office keeps to itself."""
    return {
        Initiative: draft,
        RegionalPolicy: make_policy(subprefecture=nemuro, status="draft", text=SECRET),
        Notice: make_notice(subprefecture=nemuro, status="draft", title=SECRET, text=SECRET),
        Dispatch: make_dispatch(municipality=make_municipality("根室市"), duties=SECRET, code="nemuro-secret"),
        TownStrategy: make_strategy(municipality=make_municipality("根室市"), status="draft", title=SECRET),
    }


@pytest.fixture
def kushiro(client):
    client.force_login(make_editor("kushiro"))
    return client


def url(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def test_no_list_shows_them(kushiro, secrets):
    for model in admin.site._registry:
        response = kushiro.get(url(model, "changelist"))
        assert SECRET not in response.content.decode(), model


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_no_search_finds_them(kushiro, secrets, model):
    response = kushiro.get(url(model, "changelist"), {"q": SECRET})
    assert response.context["cl"].result_count == 0


def test_the_way_to_public_pages_tells_no_code_and_no_file_s_name(kushiro, draft):
    own = make_initiative(status="draft")
    own.attachments.create(title="様式", file=make_file("様式.pdf"))
    for row, seen in ((draft, 404), (draft.attachments.get(), 404), (own, 302), (own.attachments.get(), 302)):
        content_type = ContentType.objects.get_for_model(row).pk
        assert kushiro.get(f"/admin/r/{content_type}/{row.pk}/").status_code == seen, row
        assert kushiro.get(f"/admin/r/{content_type}/{row.pk}%20/").status_code == 404, row
    assert kushiro.get(f"/admin/r/{ContentType.objects.get_for_model(User).pk}/{draft.pk}/").status_code == 404
    assert kushiro.get("/admin/r/99999999999999999999/1/").status_code == 404
    assert reverse("admin:view_on_site", kwargs={"content_type_id": 1, "object_id": own.pk})  # as Django's forms ask


@pytest.mark.parametrize("page", ["change", "history", "delete"])
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_their_addresses_answer_as_those_of_nothing(kushiro, secrets, model, page):
    there, nowhere = kushiro.get(url(model, page, secrets[model].pk)), kushiro.get(url(model, page, 999_999))
    assert there.status_code == nowhere.status_code == 404
    for answer, pk in ((there, secrets[model].pk), (nowhere, 999_999)):
        answer.words = answer.content.decode().replace(f"/{pk}/", "//")
    assert there.words == nowhere.words


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_posting_to_their_addresses_changes_nothing_and_tells_nothing(kushiro, secrets, model):
    for page in ("change", "delete"):
        assert kushiro.post(url(model, page, secrets[model].pk), {"post": "yes"}).status_code == 404
    assert model.objects.filter(pk=secrets[model].pk).exists()


@pytest.mark.parametrize("format", ["0", "1"], ids=["xlsx", "csv"])
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_no_export_holds_them(kushiro, secrets, model, format):
    response = kushiro.post(url(model, "export"), {"format": format, "resource": "0"})
    assert response.status_code == 200
    assert SECRET.encode() not in response.content
    if format == "1":
        assert response.content.decode("utf-8-sig").count("\r\n") == 1  # the header alone


def test_an_export_of_chosen_rows_takes_no_others(kushiro, secrets):
    data = {"format": "1", "resource": "0", "export_items": [str(secrets[Initiative].pk)]}
    response = kushiro.post(url(Initiative, "export"), data)
    assert SECRET not in response.content.decode("utf-8-sig")


def _autocompletes():
    """Every field of a model of the admin that leads to a model of the admin."""
    for model in admin.site._registry:
        for field in [*model._meta.fields, *model._meta.many_to_many]:
            if field.related_model in admin.site._registry:
                yield field


@pytest.mark.parametrize("fields", gathered(_autocompletes()))
def test_no_autocomplete_offers_them(kushiro, secrets, fields):
    for field in fields:
        source = {"app_label": field.model._meta.app_label, "model_name": field.model._meta.model_name}
        response = kushiro.get(reverse("admin:autocomplete"), source | {"field_name": field.name, "term": ""})
        assert response.status_code in (200, 403, 404), field
        assert SECRET not in response.content.decode(), field


def test_an_autocomplete_offers_only_towns_of_ones_own_office_where_the_town_says_whose_a_row_is(kushiro):
    make_municipality("釧路市"), make_municipality("根室市")
    source = {"app_label": "support", "model_name": "dispatch", "field_name": "municipality", "term": "市"}
    results = kushiro.get(reverse("admin:autocomplete"), source).json()["results"]
    assert [result["text"] for result in results] == ["釧路市"]


def test_no_form_offers_them_as_a_choice(kushiro, secrets):
    make_initiative(title="釧路の取組")
    page = kushiro.get(url(Initiative, "add"))
    offered = page.context["adminform"].form.fields["predecessor"].queryset
    assert [one.title for one in offered] == ["釧路の取組"]
    assert SECRET not in page.content.decode()


def test_a_form_does_not_take_them_as_a_choice(kushiro, secrets):
    own = make_initiative(status="draft")
    data = form_data(kushiro.get(url(Initiative, "change", own.pk))) | {"predecessor": secrets[Initiative].pk}
    response = kushiro.post(url(Initiative, "change", own.pk), data)
    assert "predecessor" in response.context["adminform"].form.errors
    assert SECRET not in response.content.decode()


def test_their_pictures_are_not_given_out(kushiro, draft, client):
    picture = make_picture(draft)
    assert kushiro.get(url(Initiative, "picture", picture.pk)).status_code == 404
    client.force_login(make_editor("nemuro"))
    assert client.get(url(Initiative, "picture", picture.pk)).status_code == 200


def test_their_attachments_are_not_given_out(kushiro, draft, client):
    attachment = draft.attachments.get()
    assert kushiro.get(url(Initiative, "file", attachment.pk)).status_code == 404
    client.force_login(make_editor("nemuro"))
    assert client.get(url(Initiative, "file", attachment.pk)).status_code == 200


@pytest.mark.parametrize(
    ("model", "lookup"),
    [
        ("municipality", "initiatives"),
        ("theme", "initiatives"),
        ("subprefecture", "initiatives"),
        ("initiative", "successors"),
    ],
)
def test_no_list_can_be_asked_about_them_backwards(kushiro, draft, model, lookup):
    address = reverse(f"admin:regions_{model}_changelist")
    for question in ({lookup: draft.pk}, {f"{lookup}__title__startswith": SECRET[:2]}, {f"{lookup}__isnull": "0"}):
        assertRedirects(kushiro.get(address, question), address)  # as if nothing had been asked


def test_the_start_page_speaks_of_none(kushiro, secrets):
    assert SECRET not in kushiro.get(reverse("admin:index")).content.decode()


def test_an_import_cannot_take_them_over(kushiro, draft):
    table = f"取組コード,取組名\r\n{draft.code},奪った取組\r\n".encode()
    file = SimpleUploadedFile("表.csv", table)
    page = kushiro.post(url(Initiative, "import"), {"import_file": file, "resource": "0"})
    assert "confirm_form" not in page.context_data
    assert SECRET not in page.content.decode()
    draft.refresh_from_db()
    assert draft.title == SECRET


def test_every_kind_of_page_was_visited():
    """The pages an admin adds are those tested above: a new one has to be thought about here."""
    known = {
        "changelist",
        "add",
        "history",
        "delete",
        "change",
        "export",
        "import",
        "process_import",
        "file",
        "picture",
        "make",  # tests/support/cases/test_keeping.py
        "rejected",
        "same",
        "gaps",  # tests/support/strategies/test_gaps.py
        "blank",  # a header alone
    }
    for model_admin in admin.site._registry.values():
        for pattern in model_admin.get_urls():
            name = getattr(pattern, "name", None)
            if name and "password" not in name:
                assert name.rpartition("_")[2] in known, name
