"""Initiatives as an office writes and publishes them."""

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from regions.models import Initiative
from sumairu.models import StoredFile
from tests.admin_forms import form_data, post_confirmed
from tests.factories import make_editor, make_file, make_initiative

pytestmark = pytest.mark.django_db

LIST = "/admin/regions/initiative/"
PDF = b"%PDF-1.7 ..."


@pytest.fixture
def kushiro(client):
    client.force_login(make_editor("kushiro"))
    return client


def change(initiative):
    return reverse("admin:regions_initiative_change", args=[initiative.pk])


def attach(client, initiative, name, content, content_type="application/octet-stream"):
    data = form_data(client.get(change(initiative))) | {
        "attachments-TOTAL_FORMS": "1",
        "attachments-0-title": "要綱",
        "attachments-0-upload": SimpleUploadedFile(name, content, content_type),
    }
    return client.post(change(initiative), data)


def test_a_new_initiative_gets_the_next_code_of_its_office_and_year(kushiro):
    office = make_editor("kushiro").assignments.get().subprefecture
    page = kushiro.get(f"{LIST}add/")
    assert page.context["adminform"].form.fields["subprefecture"].initial == office.pk
    data = form_data(page, add=True) | {
        "subprefecture": office.pk,
        "fiscal_year": "R3",
        "title": "海岸",
        "summary": "要約",
    }
    kushiro.post(f"{LIST}add/", data)
    assert Initiative.objects.get().code == "kushiro-2021-1"


def test_a_published_code_stays(kushiro):
    initiative = make_initiative()
    data = form_data(kushiro.get(change(initiative))) | {"code": "kushiro-2021-99"}
    kushiro.post(change(initiative), data)
    initiative.refresh_from_db()
    assert initiative.code == "kushiro-2021-1"


def test_a_file_is_kept_with_a_type_of_our_own(kushiro):
    initiative = make_initiative()
    attach(kushiro, initiative, "要綱.pdf", PDF, "text/html")
    file = StoredFile.objects.get()
    assert (file.name, file.media_type, bytes(file.content)) == ("要綱.pdf", "application/pdf", PDF)
    assert initiative.attachments.get().file == file


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("要綱.exe", b"MZ", "添付できるのは"),
        ("要綱.html", b"<script>", "添付できるのは"),
        ("要綱.pdf", b"<script>", "中身がPDFではありません"),
        ("要綱.pdf", b"", "ファイルが空です"),
        ("要綱.csv", b"a" * (10 * 1024**2 + 1), "10 MBまで"),
    ],
    ids=["program", "page", "page called pdf", "empty", "too large"],
)
def test_a_file_that_may_not_be_attached_is_refused_with_the_reason(kushiro, name, content, reason):
    initiative = make_initiative()
    assert reason in attach(kushiro, initiative, name, content).content.decode()
    assert not StoredFile.objects.exists()


def test_a_replaced_file_stays_for_the_versions_that_name_it(kushiro):
    initiative = make_initiative()
    attach(kushiro, initiative, "初め.pdf", PDF)
    data = form_data(kushiro.get(change(initiative))) | {"attachments-0-upload": SimpleUploadedFile("要綱.pdf", PDF)}
    kushiro.post(change(initiative), data)
    assert initiative.attachments.get().file.name == "要綱.pdf"
    assert [file.name for file in StoredFile.objects.order_by("pk")] == ["初め.pdf", "要綱.pdf"]


def test_an_attachment_is_given_out_as_a_file_and_never_as_a_page(kushiro):
    attachment = make_initiative().attachments.create(title="要綱", file=make_file("要綱.csv", b"a,b"))
    response = kushiro.get(reverse("admin:regions_initiative_file", args=[attachment.pk]))
    assert b"".join(response) == b"a,b"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("before", "action", "after"),
    [("review", "publish", "published"), ("published", "end", "ended"), ("review", "take_back", "draft")],
)
def test_rows_move_from_the_list(kushiro, before, action, after):
    initiative = make_initiative(status=before)
    post_confirmed(kushiro, LIST, {"action": action, ACTION_CHECKBOX_NAME: [initiative.pk]})
    initiative.refresh_from_db()
    assert initiative.status == after


def test_what_never_was_public_is_not_ended(kushiro):
    initiative = make_initiative(status="review")
    response = kushiro.post(LIST, {"action": "end", ACTION_CHECKBOX_NAME: [initiative.pk]}, follow=True)
    assert "公開したことがないので、公開を終えられません。" in response.content.decode()
    initiative.refresh_from_db()
    assert (initiative.status, initiative.first_public_on) == ("review", None)


def test_the_public_page_is_offered_only_where_there_is_one(kushiro):
    shown, draft = make_initiative(), make_initiative(status="draft")
    assert "公開ページで見る" in kushiro.get(change(shown)).content.decode()
    assert "公開ページで見る" not in kushiro.get(change(draft)).content.decode()


def test_what_was_public_can_be_ended_but_not_deleted(kushiro):
    initiative = make_initiative()
    assert "deletelink" not in kushiro.get(change(initiative)).content.decode()
    data = {"action": "delete_selected", ACTION_CHECKBOX_NAME: [initiative.pk], "post": "yes"}
    assert kushiro.post(LIST, data).status_code == 403
    assert Initiative.objects.exists()


def test_a_list_asks_the_database_as_often_for_many_rows_as_for_one(kushiro, django_assert_max_num_queries):
    for _ in range(20):
        make_initiative()
    with django_assert_max_num_queries(14):
        assert kushiro.get(LIST).status_code == 200


@pytest.mark.parametrize("query", ["status__exact=draft", "public=yes", "public=no", "fiscal_year=2021", "q=海岸"])
def test_lists_can_be_narrowed(kushiro, query):
    make_initiative(status="draft", title="海岸の下書き")
    make_initiative(title="海岸の公開", fiscal_year=2021)
    make_initiative(title="森の公開", fiscal_year=2022)
    expected = {
        "status__exact=draft": {"海岸の下書き"},
        "public=yes": {"海岸の公開", "森の公開"},
        "public=no": {"海岸の下書き"},
        "fiscal_year=2021": {"海岸の下書き", "海岸の公開"},
        "q=海岸": {"海岸の下書き", "海岸の公開"},
    }
    assert {row.title for row in kushiro.get(f"{LIST}?{query}").context["cl"].queryset} == expected[query]
