"""Nobody gives away what they keep: whose a row is holds before a change and after it, whichever way the change comes."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from regions.models import Desk, Initiative, InitiativeLink
from support.models import ApplicationWindow, EligibilityRule, LocalNote
from tests.admin_forms import form_data, post_confirmed
from tests.factories import (
    make_desk,
    make_dispatch,
    make_edition,
    make_editor,
    make_headquarters_editor,
    make_initiative,
    make_local_note,
    make_municipality,
    make_policy,
    make_program_desk,
    make_rule,
    make_subprefecture,
    make_window,
)

pytestmark = pytest.mark.django_db

KEPT = {
    "initiative": (lambda office: make_initiative(subprefecture=office, status="draft"), "subprefecture"),
    "policy": (lambda office: make_policy(subprefecture=office, status="draft"), "subprefecture"),
    "desk": (lambda office: make_desk(subprefecture=office), "subprefecture"),
    "note": (lambda office: make_local_note(subprefecture=office), "subprefecture"),
    "window": (lambda office: make_window(subprefecture=office), "subprefecture"),
    "programme's desk": (lambda office: make_program_desk(subprefecture=office), "subprefecture"),
}


@pytest.fixture
def kushiro(client):
    client.force_login(make_editor("kushiro"))
    return client


@pytest.fixture
def nemuro():
    return make_subprefecture("nemuro")


def url(row, page="change"):
    names = f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}"
    return reverse(names, args=[row.pk] if page == "change" else [])


@pytest.mark.parametrize("to", ["nemuro", None], ids=["another office", "headquarters"])
@pytest.mark.parametrize("kind", KEPT)
def test_an_editor_cannot_move_a_row_away(kushiro, nemuro, kind, to):
    make, owner = KEPT[kind]
    row = make(make_subprefecture("kushiro"))
    data = form_data(kushiro.get(url(row))) | {owner: nemuro.pk if to else ""}
    response = kushiro.post(url(row), data)
    assert response.status_code == 200
    assert owner in response.context["adminform"].form.errors
    row.refresh_from_db()
    assert row.subprefecture.slug == "kushiro"


@pytest.mark.parametrize("to", ["nemuro", None], ids=["another office", "headquarters"])
@pytest.mark.parametrize("kind", KEPT)
def test_an_editor_cannot_add_a_row_for_others(kushiro, nemuro, kind, to):
    make, owner = KEPT[kind]
    row = make(make_subprefecture("kushiro"))
    data = form_data(kushiro.get(url(row)), add=True) | {owner: nemuro.pk if to else ""}
    before = type(row).objects.count()
    kushiro.post(url(row, "add"), data | {"code": "", "fiscal_year": "令和12年度", "section": "別の課"})
    assert type(row).objects.count() == before


def test_a_dispatch_stays_with_the_office_of_its_town(kushiro):
    dispatch = make_dispatch(municipality=make_municipality("釧路市"))
    data = form_data(kushiro.get(url(dispatch))) | {"municipality": make_municipality("根室市").pk}
    assert "municipality" in kushiro.post(url(dispatch), data).context["adminform"].form.errors


def test_headquarters_editor_cannot_give_its_desk_to_an_office(client, nemuro):
    client.force_login(make_headquarters_editor())
    desk = make_desk()
    response = client.post(url(desk), form_data(client.get(url(desk))) | {"subprefecture": nemuro.pk})
    assert response.status_code == 200
    assert "subprefecture" in response.context["adminform"].form.errors
    assert Desk.objects.get(pk=desk.pk).subprefecture is None


def test_what_a_form_lets_through_is_refused_when_it_is_saved(kushiro, nemuro, monkeypatch):
    """The second lock: were the choices wrong, the change is still undone."""
    monkeypatch.setattr("sumairu.admin.staff.choices", lambda user, model, name, queryset: queryset)
    row = make_initiative(status="draft")
    data = form_data(kushiro.get(url(row))) | {"subprefecture": nemuro.pk, "title": "持ち出した"}
    assert kushiro.post(url(row), data).status_code == 403
    assert list(Initiative.objects.values_list("title", "subprefecture__slug")) == [(row.title, "kushiro")]


def test_an_import_cannot_move_a_row_away(kushiro, nemuro):
    row = make_initiative(status="draft")
    table = f"取組コード,振興局\r\n{row.code},{nemuro.name}\r\n".encode()
    file = SimpleUploadedFile("表.csv", table)
    page = kushiro.post(url(row, "import"), {"import_file": file, "resource": "0"})
    assert "confirm_form" not in page.context_data
    assert "は選べません" in page.content.decode()


def test_an_import_cannot_bring_rows_for_others(kushiro, nemuro, monkeypatch):
    monkeypatch.setattr("sumairu.admin.resources.choices", lambda user, model, name, queryset: queryset)
    table = f"取組コード,振興局,年度,取組名,要約\r\nnemuro-2021-9,{nemuro.name},令和3年度,置いていく,要約\r\n".encode()
    address = reverse("admin:regions_initiative_import")
    page = kushiro.post(address, {"import_file": SimpleUploadedFile("表.csv", table), "resource": "0"})
    assert "confirm_form" not in page.context_data
    assert "自分の所属のものだけ" in page.content.decode()


def test_an_office_reads_on_an_edition_s_page_and_changes_nothing_there(kushiro):
    edition = make_edition()
    rule, window, note = make_rule(edition=edition), make_window(edition=edition), make_local_note(edition=edition)
    page = kushiro.get(url(edition))
    assert page.status_code == 200
    assert not page.context["has_change_permission"]
    assert not any(inline.has_change_permission for inline in page.context["inline_admin_formsets"])
    forged = {"rules-TOTAL_FORMS": "1", "rules-INITIAL_FORMS": "1", "rules-0-id": rule.pk, "rules-0-DELETE": "on"}
    assert kushiro.post(url(edition), forged).status_code == 403
    assert (EligibilityRule.objects.get(), ApplicationWindow.objects.get(), LocalNote.objects.get()) == (
        rule,
        window,
        note,
    )


def test_an_office_adds_its_own_window_to_an_edition_it_may_not_change(kushiro):
    edition = make_edition()
    data = {"edition": edition.pk, "subprefecture": make_subprefecture().pk, "applicant": "anyone"}
    post_confirmed(kushiro, reverse("admin:support_applicationwindow_add"), data | {"closes_on": "2026-12-01"})
    assert ApplicationWindow.objects.get().closes_on == date(2026, 12, 1)


def test_headquarters_reads_an_initiative_s_links_and_cannot_change_them(client):
    client.force_login(make_headquarters_editor())
    row = make_initiative()
    link = row.links.create(label="道のページ", url="https://example.jp/")
    page = client.get(url(row))
    assert not any(inline.has_change_permission for inline in page.context["inline_admin_formsets"])
    forged = {"links-TOTAL_FORMS": "1", "links-INITIAL_FORMS": "1", "links-0-id": link.pk, "links-0-DELETE": "on"}
    assert client.post(url(row), forged).status_code == 403
    assert InitiativeLink.objects.exists()


def test_a_link_of_another_office_cannot_be_taken_over_through_ones_own_page(kushiro, nemuro):
    own, theirs = make_initiative(status="draft"), make_initiative(subprefecture=nemuro, status="draft")
    link = theirs.links.create(label="根室のリンク", url="https://example.jp/")
    data = form_data(kushiro.get(url(own))) | {
        "links-TOTAL_FORMS": "1",
        "links-INITIAL_FORMS": "1",
        "links-0-id": link.pk,
        "links-0-initiative": own.pk,
        "links-0-label": "奪ったリンク",
        "links-0-url": "https://example.jp/",
    }
    kushiro.post(url(own), data)
    link.refresh_from_db()
    assert (link.initiative, link.label) == (theirs, "根室のリンク")
