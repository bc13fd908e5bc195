"""Tables that are imported while others save: nothing of theirs is overwritten unseen, and each import is recorded."""

import pytest
from django.test import Client

from regions.models import Initiative
from sumairu.publishing.models import Status
from sumairu.versions.models import Version
from sumairu.versions.recording import Origin, recording
from support.models import ProgramEdition
from tests.admin.test_tables import as_csv, confirm, exported, upload, url, words
from tests.admin_forms import posted_again
from tests.factories import make_administrator, make_edition, make_editor, make_initiative, make_subprefecture

pytestmark = pytest.mark.django_db

TITLES = ["取組コード", "振興局", "年度", "取組名", "要約", "公開の状態"]


@pytest.fixture
def kushiro(client):
    client.force_login(make_editor("kushiro"))
    return client


@pytest.fixture
def rows():
    return [make_initiative(title=title, status=Status.DRAFT) for title in ("一", "二")]


def table(*rows, **changed):
    lines = [
        [row.code, "釧路総合振興局", row.fiscal_year, changed.get(row.code, "直した"), row.summary, "下書き"]
        for row in rows
    ]
    return as_csv([TITLES, *lines])


def saved_by_somebody(row, **fields):
    with recording(by=make_administrator(), origin=Origin.FORM, reference="取組") as changes:
        changes.watch(Initiative, [row.pk])
        Initiative.objects.filter(pk=row.pk).update(**fields)


def titles():
    return set(Initiative.objects.values_list("title", flat=True))


def test_a_save_between_preview_and_confirmation_is_shown_and_asked(kushiro, rows):
    preview = upload(kushiro, Initiative, table(*rows))
    saved_by_somebody(rows[0], title="管理者が直した")
    page = confirm(kushiro, Initiative, preview)
    for shown in ("まだ何も保存していません", "一", "管理者が直した", "直した", "管理者"):
        assert shown in words(page)
    assert "二（" not in words(page)
    assert titles() == {"管理者が直した", "二"}
    again = kushiro.post(url(Initiative, "process_import"), posted_again(page))
    assert again.status_code == 302
    assert titles() == {"直した"}


def test_one_more_save_while_the_person_decides_is_asked_again(kushiro, rows):
    preview = upload(kushiro, Initiative, table(*rows))
    saved_by_somebody(rows[0], title="一度")
    page = confirm(kushiro, Initiative, preview)
    saved_by_somebody(rows[0], title="もう一度")
    again = kushiro.post(url(Initiative, "process_import"), posted_again(page))
    assert "もう一度" in words(again)
    assert titles() == {"もう一度", "二"}


def test_a_row_that_was_to_stay_as_it_was_counts_too(kushiro, rows):
    preview = upload(kushiro, Initiative, table(rows[0], **{rows[0].code: "一"}))
    assert preview.context_data["result"].totals["skip"] == 1
    saved_by_somebody(rows[0], title="管理者が直した")
    assert "管理者が直した" in words(confirm(kushiro, Initiative, preview))
    assert titles() == {"管理者が直した", "二"}


def test_a_save_of_another_record_does_not_disturb(kushiro, rows):
    preview = upload(kushiro, Initiative, table(rows[0]))
    saved_by_somebody(rows[1], title="別の取組")
    confirm(kushiro, Initiative, preview)
    assert titles() == {"直した", "別の取組"}


def test_a_record_that_somebody_added_meanwhile_is_not_taken_for_new(kushiro):
    make_subprefecture("kushiro")
    line = ["kushiro-2030-1", "釧路総合振興局", "2030", "表の取組", "要約", "下書き"]
    preview = upload(kushiro, Initiative, as_csv([TITLES, line]))
    assert preview.context_data["result"].totals["new"] == 1
    make_initiative(code="kushiro-2030-1", fiscal_year=2030, title="先に加えた", status=Status.DRAFT)
    page = confirm(kushiro, Initiative, preview)
    assert "ほかの人が先に加えています" in words(page)
    assert titles() == {"先に加えた"}


def test_who_changed_a_row_last_stands_on_the_preview(kushiro, rows):
    content = exported(kushiro, Initiative)
    saved_by_somebody(rows[0], title="管理者が直した")
    preview = upload(kushiro, Initiative, content)
    assert "管理者が直した" in words(preview)
    assert "最後に変えた人：管理者" in words(preview)


def test_an_import_is_recorded_in_two_inserts(kushiro, rows, django_assert_max_num_queries):
    preview = upload(kushiro, Initiative, table(*rows))
    assert not Version.objects.exists()
    confirm(kushiro, Initiative, preview)
    told = Version.objects.order_by("record_id", "number").values_list("origin", "reference", "by__name")
    assert list(told) == [("before", "", None), ("table", "表.csv", "釧路の編集者")] * 2


def test_who_may_not_import_learns_nothing_of_what_changed(rows, kushiro):
    preview = upload(kushiro, Initiative, table(*rows))
    saved_by_somebody(rows[0], title="管理者が直した")
    stranger = Client()
    stranger.force_login(make_editor("nemuro"))
    page = stranger.post(url(Initiative, "process_import"), preview.context_data["confirm_form"].initial)
    assert "管理者が直した" not in words(page)
    assert titles() == {"管理者が直した", "二"}


def test_a_record_that_was_deleted_meanwhile_is_named(headquarters):
    edition = make_edition(status=Status.DRAFT)
    preview = upload(headquarters, ProgramEdition, exported(headquarters, ProgramEdition))
    with recording(by=make_administrator(), origin=Origin.FORM) as changes:
        changes.watch(ProgramEdition, [edition.pk])
        edition.delete()
    page = confirm(headquarters, ProgramEdition, preview)
    assert "管理者さんが" in words(page)
    assert "もう一度加わります" in words(page)
    assert not ProgramEdition.objects.exists()
