"""Whichever way a change comes in (a form, its rows, a list, a table, a command), what was and who did it is kept."""

import pytest
from django.urls import reverse

from regions.models import Initiative, Municipality
from sumairu.accounts.models import User
from sumairu.loading import content, demo, facts, samples
from sumairu.publishing.models import Status
from sumairu.versions.models import Version
from support.models import Program, ProgramEdition
from tests.admin.test_tables import as_csv, upload, url
from tests.admin_forms import deleted, form_data, post_confirmed
from tests.factories import make_editor, make_initiative, make_subprefecture, make_theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def kushiro(client):
    client.force_login(make_editor("kushiro"))
    return client


@pytest.fixture
def initiative():
    return make_initiative(status=Status.DRAFT, title="もと")


def address(row, page="change"):
    return reverse(f"admin:regions_initiative_{page}", args=[row.pk])


def saved(client, row, **fields):
    return post_confirmed(client, address(row), form_data(client.get(address(row))) | fields)


def by_form(client, row):
    saved(client, row, title="あと")


def by_a_row(client, row):
    saved(client, row, **{"links-TOTAL_FORMS": 1, "links-0-label": "外", "links-0-url": "https://example.jp/"})


def by_ticks(client, row):
    saved(client, row, themes=[make_theme().pk])


def by_list(client, row):
    act = {"action": "publish", "_selected_action": [row.pk]}
    post_confirmed(client, reverse("admin:regions_initiative_changelist"), act)


def by_deletion(client, row):
    deleted(client, address(row, "delete"))


def by_deletion_in_the_list(client, row):
    act = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    post_confirmed(client, reverse("admin:regions_initiative_changelist"), act)


def by_table(client, row):
    preview = upload(client, Initiative, as_csv([["取組コード", "取組名"], [row.code, "あと"]]))
    client.post(url(Initiative, "process_import"), preview.context_data["confirm_form"].initial)


WAYS = {
    by_form: ("form", "取組"),
    by_a_row: ("form", "取組"),
    by_ticks: ("form", "取組"),
    by_list: ("action", "公開する"),
    by_deletion: ("form", "取組の削除"),
    by_deletion_in_the_list: ("action", "選択された取組の削除"),
    by_table: ("table", "表.csv"),
}


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_a_change_by_staff_is_recorded_with_what_stood_before(kushiro, initiative, way):
    origin, reference = WAYS[way]
    way(kushiro, initiative)
    stood, came = Version.objects.of(Initiative, initiative.pk).order_by("number")
    assert (stood.origin, stood.content["fields"]["title"]) == ("before", "もと")
    assert (came.origin, came.by.name, came.office) == (origin, "釧路の編集者", initiative.subprefecture_id)
    assert came.reference == reference
    assert came.is_deletion == (way in (by_deletion, by_deletion_in_the_list))


def test_what_staff_add_is_recorded(kushiro):
    office = make_subprefecture("kushiro")
    empty = form_data(kushiro.get(reverse("admin:regions_initiative_add")), add=True)
    typed = {"subprefecture": office.pk, "fiscal_year": "令和8年度", "title": "新しい取組", "summary": "要約"}
    post_confirmed(kushiro, reverse("admin:regions_initiative_add"), empty | typed | {"status": "draft"})
    version = Version.objects.get(kind="regions.initiative")
    assert (version.number, version.origin, version.content["fields"]["title"]) == (1, "form", "新しい取組")


def test_opening_and_saving_without_a_change_is_no_version(kushiro, initiative):
    saved(kushiro, initiative)
    assert not Version.objects.exists()


@pytest.mark.exhaustive
def test_commands_record_what_they_do(official_tables, tmp_path, settings):
    settings.VAR_DIR = tmp_path
    towns = Version.objects.filter(kind="regions.municipality")
    assert towns.count() == Municipality.objects.count()
    assert set(towns.values_list("origin", "reference", "number")) == {("command", "load_facts", 1)}

    Municipality.objects.filter(code="012238").update(county="変えた郡")
    facts.load_tables()
    assert list(towns.filter(label="根室市").order_by("number").values_list("origin", flat=True)) == [
        "command",
        "before",
        "command",
    ]

    content.load_content()
    assert Version.objects.get(kind="support.program", record_id=Program.objects.first().pk).reference == "load_facts"

    samples.load_samples()
    demo.make_accounts()
    editions = Version.objects.filter(kind="support.programedition")
    assert editions.filter(reference="load_samples").count() == ProgramEdition.objects.filter(is_sample=True).count()
    by_command = Version.objects.filter(kind="accounts.user", reference__in=["demo", "load_samples"])
    assert by_command.count() == User.objects.count()

    samples.remove_samples()
    assert editions.filter(reference="remove_samples", content__isnull=True).exists()
