"""What the public has seen is never deleted, and keeps its address, whichever way somebody tries."""

from datetime import date, timedelta

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils.timezone import localdate

from regions.models import Initiative, RegionalPolicy
from sumairu.loading.samples import remove_samples
from sumairu.models import StoredFile, UsedCode
from sumairu.publishing.backfill import first_public_days
from sumairu.versions.files import purge
from sumairu.versions.models import Version
from support.models import Program, ProgramEdition
from tests.admin_forms import deleted, form_data
from tests.factories import (
    make_administrator,
    make_edition,
    make_editor,
    make_file,
    make_indicator,
    make_indicator_figure,
    make_initiative,
    make_notice,
    make_policy,
    make_program,
    make_subprefecture,
    make_theme,
)

pytestmark = pytest.mark.django_db

MAKERS = {"initiative": make_initiative, "policy": make_policy, "edition": make_edition, "notice": make_notice}
DAY = timedelta(days=1)


@pytest.fixture
def kushiro(client):
    client.force_login(make_editor("kushiro"))
    return client


def admin_url(row, page="change"):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}", args=[row.pk])


def after(row, **fields):
    """`row` saved with `fields`, as somebody saves it who has just opened it."""
    row = type(row).objects.get(pk=row.pk)
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    return row


@pytest.mark.parametrize("kind", MAKERS)
@pytest.mark.parametrize("publish_on", [None, -1, 0, 1, 30])
@pytest.mark.parametrize("status", ["draft", "review", "published", "ended"])
def test_rows_once_public_are_those_that_say_so(kind, status, publish_on):
    today = localdate()
    row = MAKERS[kind](status=status, publish_on=None if publish_on is None else today + publish_on * DAY)
    for on in (today - DAY, today, today + DAY, today + 31 * DAY):
        assert row.was_public(on) == (row in type(row).objects.ever_public(on))
        if row.is_published(on) and on >= today:
            assert row.was_public(on)


@pytest.mark.parametrize("kind", MAKERS)
@pytest.mark.parametrize("way", ["save", "update", "bulk", "day"])
def test_what_was_public_stays_after_it_was_taken_back(kind, way):
    row = MAKERS[kind](status="draft")
    if way == "save":
        row = after(row, status="published")
    elif way == "update":
        type(row).objects.filter(pk=row.pk).update(status="published")
    elif way == "bulk":
        row.status = "published"
        type(row).objects.bulk_update([row], ["status"])
    else:  # its day came without anybody saving it that day
        row = after(row, status="published", publish_on=localdate() + DAY)
        assert not row.was_public()
        type(row)._base_manager.filter(pk=row.pk).update(publish_on=localdate(), first_public_on=localdate())
    row = after(row, status="draft", publish_on=None)
    assert row.was_public()
    with pytest.raises(ProtectedError, match="公開終了"):
        row.delete()
    with pytest.raises(ProtectedError, match="公開終了"):
        type(row).objects.all().delete()
    assert type(row).objects.filter(pk=row.pk).exists()


def test_a_row_booked_and_taken_back_before_its_day_may_go():
    row = after(make_initiative(status="published", publish_on=localdate() + DAY), status="draft")
    row.delete()
    assert not Initiative.objects.exists()


def test_a_stale_copy_does_not_forget():
    stale = make_initiative(status="draft")
    after(stale, status="published")
    stale.save()
    assert Initiative.objects.ever_public().get() == stale


def test_taken_back_in_the_admin_it_cannot_be_deleted_and_the_page_says_why(kushiro):
    initiative = after(make_initiative(title="海岸"), status="draft")
    assert "deletelink" not in kushiro.get(admin_url(initiative)).content.decode()
    for response in (
        kushiro.get(admin_url(initiative, "delete")),
        kushiro.post(admin_url(initiative, "delete"), {"post": "yes"}),
    ):
        assert response.status_code == 403
        assert "に公開されているため、削除できません" in response.content.decode()
    chosen = {"action": "delete_selected", ACTION_CHECKBOX_NAME: [initiative.pk]}
    page = kushiro.post("/admin/regions/initiative/", chosen).content.decode()
    assert "海岸" in page
    assert "「公開終了」にします" in page
    assert kushiro.post("/admin/regions/initiative/", chosen | {"post": "yes"}).status_code == 403
    assert Initiative.objects.exists()


def test_one_that_stays_among_many_keeps_all(kushiro):
    stays, goes = after(make_initiative(), status="draft"), make_initiative(status="draft")
    chosen = {"action": "delete_selected", ACTION_CHECKBOX_NAME: [stays.pk, goes.pk], "post": "yes"}
    assert kushiro.post("/admin/regions/initiative/", chosen).status_code == 403
    assert Initiative.objects.count() == 2


@pytest.mark.parametrize("way", ["page", "list"])
def test_the_page_before_a_deletion_speaks_japanese(kushiro, way):
    initiative = make_initiative(status="draft", title="海岸")
    initiative.themes.add(make_theme())
    initiative.attachments.create(title="要綱", file=make_file("要綱.csv", b"a"))
    initiative.links.create(label="道のページ", url="https://example.jp/")
    if way == "page":
        page = kushiro.get(admin_url(initiative, "delete")).content.decode()
    else:
        chosen = {"action": "delete_selected", ACTION_CHECKBOX_NAME: [initiative.pk]}
        page = kushiro.post("/admin/regions/initiative/", chosen).content.decode()
    assert "添付ファイル「要綱」" in page
    assert "関連リンク「道のページ」" in page
    assert "関連" not in page.replace("関連リンク", "")
    assert "Initiative" not in page


def test_a_theme_goes_only_where_the_public_has_not_seen_it(headquarters):
    theme, unseen = make_theme(), make_theme("林業", "forestry")
    make_initiative(title="海岸").themes.add(theme)
    make_initiative(title="森の下書き", status="draft").themes.add(unseen)
    assert headquarters.post(admin_url(theme, "delete"), {"post": "yes"}).status_code == 403
    assert "取組「海岸" in headquarters.get(admin_url(theme, "delete")).content.decode()
    assert "取組「森の下書き" in headquarters.get(admin_url(unseen, "delete")).content.decode()
    assert deleted(headquarters, admin_url(unseen, "delete")).status_code == 302


def test_a_theme_of_a_programme_goes_only_where_the_public_has_not_seen_it(headquarters):
    theme, unseen = make_theme(), make_theme("林業", "forestry")
    make_edition(program=make_program(official_name="海の制度")).program.themes.add(theme)
    make_edition(status="draft").program.themes.add(unseen)
    assert headquarters.post(admin_url(theme, "delete"), {"post": "yes"}).status_code == 403
    assert "支援制度「海の制度」" in headquarters.get(admin_url(theme, "delete")).content.decode()
    assert deleted(headquarters, admin_url(unseen, "delete")).status_code == 302


def test_a_programme_with_editions_says_what_leans_on_it(headquarters):
    program = make_edition(status="draft").program
    response = headquarters.post(admin_url(program, "delete"), {"post": "yes"})
    page = response.content.decode()
    assert "次の記録が使っているため、削除できません" in page
    assert "制度の年度版「" in page
    assert Program.objects.exists()


def test_an_indicator_that_had_figures_stays(headquarters, editor):
    indicator, empty = make_indicator(), make_indicator("人口")
    figure = make_indicator_figure(indicator=indicator, run=None, entered_by=editor)
    figure.type_in(editor)
    figure.take_out(editor)
    assert not indicator.figures.exists()
    assert headquarters.post(admin_url(indicator, "delete"), {"post": "yes"}).status_code == 403
    assert 'name="slug"' not in headquarters.get(admin_url(indicator)).content.decode()
    assert deleted(headquarters, admin_url(empty, "delete")).status_code == 302


@pytest.mark.parametrize("kind", MAKERS)
def test_the_address_of_what_was_public_stays(kind):
    row = after(MAKERS[kind](), status="draft")
    name, other = ("code", "other") if kind == "notice" else ("fiscal_year", 2022)
    setattr(row, name, other)
    with pytest.raises(ValidationError, match=r"公開したことのある.*「(年度|お知らせコード)」は変えられません"):
        row.full_clean()


def test_fields_of_the_address_are_read_only_after_taking_back(kushiro):
    initiative = after(make_initiative(), status="draft")
    data = form_data(kushiro.get(admin_url(initiative)))
    assert not {"code", "subprefecture", "fiscal_year"} & data.keys()


def test_samples_go_and_nothing_real_becomes_a_sample():
    make_initiative(is_sample=True)
    remove_samples()
    assert not Initiative.objects.exists()
    real = make_initiative()
    real.is_sample = True
    with pytest.raises(ValidationError, match="見本にできません"):
        real.full_clean()


@pytest.mark.parametrize(
    ("message", "counts"),
    [
        ("「公開」にしました。", True),
        ('[{"changed": {"fields": ["公開の状態", "要約"]}}]', True),
        ('[{"changed": {"fields": ["要約"]}}]', False),
    ],
)
def test_of_rows_from_before_the_log_tells_which_were_public(editor, message, counts):
    draft = make_initiative(status="draft")
    LogEntry.objects.log_actions(editor.pk, [draft], CHANGE, message)
    shown = make_initiative(publish_on=date(2026, 4, 1))
    Initiative._base_manager.filter(pk=draft.pk).update(first_public_on=None)
    first_public_days(Initiative.objects, LogEntry.objects.all())
    assert Initiative.objects.get(pk=draft.pk).was_public() is counts
    assert Initiative.objects.get(pk=shown.pk).first_public_on == date(2026, 4, 1)


def test_the_database_refuses_a_public_row_that_forgets_it():
    make_policy(status="draft")
    with pytest.raises(IntegrityError):
        RegionalPolicy._base_manager.update(status="published")


@pytest.mark.parametrize("make", [make_initiative, make_edition])
@pytest.mark.parametrize("way", ["removed", "replaced"])
def test_a_file_goes_from_the_public_at_once_and_from_the_versions_never(client, make, way):
    """What was attached by mistake must be able to vanish; the record stays, and so does what it was."""
    row = make()
    attachment = row.attachments.create(title="名簿", file=make_file("名簿.csv", b"a"))
    address = attachment.get_absolute_url()
    assert client.get(address).status_code == 200
    client.force_login(make_administrator())
    data = form_data(client.get(admin_url(row)))
    data |= (
        {"attachments-0-DELETE": "1"}
        if way == "removed"
        else {"attachments-0-upload": SimpleUploadedFile("新.csv", b"b")}
    )
    assert client.post(admin_url(row), data).status_code == 302
    client.logout()
    assert client.get(address).status_code == 404
    assert client.get(row.get_absolute_url()).status_code == 200
    purge()
    assert bytes(StoredFile.objects.get(name="名簿.csv").content) == b"a"
    named = Version.objects.filter(kind=row._meta.label_lower, record_id=row.pk).values_list("files", flat=True)
    assert [attachment.file_id] in named


class TestCodes:
    def test_the_number_of_a_deleted_initiative_is_not_given_again(self):
        first, second = make_initiative(status="draft"), make_initiative(status="draft")
        assert (first.code, second.code) == ("kushiro-2021-1", "kushiro-2021-2")
        second.delete()
        assert make_initiative().code == "kushiro-2021-3"
        again = Initiative(
            subprefecture=first.subprefecture, fiscal_year=2021, title="題", summary="約", code="kushiro-2021-2"
        )
        with pytest.raises(ValidationError, match="前にあった記録に使われています"):
            again.full_clean()
        with pytest.raises(ValidationError, match="前にあった記録に使われています"):
            again.save()

    def test_a_number_given_by_hand_is_counted(self):
        make_initiative(code="kushiro-2021-9")
        assert make_initiative().code == "kushiro-2021-10"

    def test_checking_gives_no_number_away(self):
        for _ in range(3):
            row = Initiative(subprefecture=make_subprefecture(), fiscal_year=2021, title="題", summary="約")
            row.full_clean()
        row.save()
        assert row.code == "kushiro-2021-1"

    def test_two_that_were_promised_the_same_number_get_two(self):
        rows = [
            Initiative(subprefecture=make_subprefecture(), fiscal_year=2021, title="題", summary="約") for _ in range(2)
        ]
        for row in rows:
            row.full_clean()
        for row in rows:
            row.save()
        assert [row.code for row in rows] == ["kushiro-2021-1", "kushiro-2021-2"]

    @pytest.mark.parametrize("code", ["nemuro-2021-1", "kushiro-2022-1", "kushiro-20211-1"])
    def test_a_code_is_of_its_office_and_year(self, code):
        row = Initiative(subprefecture=make_subprefecture(), fiscal_year=2021, title="題", summary="約", code=code)
        with pytest.raises(ValidationError, match="「kushiro-2021-」に番号を続けます"):
            row.full_clean()

    def test_the_code_of_a_draft_follows_its_year(self, kushiro):
        initiative = make_initiative(status="draft")
        data = form_data(kushiro.get(admin_url(initiative))) | {"fiscal_year": "令和4年度"}
        page = kushiro.post(admin_url(initiative), data, follow=True).content.decode()
        initiative.refresh_from_db()
        assert initiative.code == "kushiro-2022-1"
        assert "「kushiro-2021-1」から「kushiro-2022-1」になりました" in page
        assert make_initiative().code == "kushiro-2021-2"

    @pytest.mark.parametrize("make", [make_program, make_theme, make_indicator])
    def test_a_name_in_an_address_is_not_given_again(self, make):
        gone = make()
        gone.delete()
        again = type(gone)(slug=gone.slug)
        with pytest.raises(ValidationError, match="前にあった記録に使われています"):
            again.clean()

    def test_a_sample_s_code_is_for_samples(self):
        make_program(slug="mihon", is_sample=True)
        remove_samples()
        with pytest.raises(ValidationError, match="使われています"):
            make_program(slug="mihon")
        assert make_program(slug="mihon", is_sample=True).pk

    def test_every_code_is_noted(self):
        make_initiative()
        make_edition()
        make_theme()
        make_indicator()
        kinds = set(UsedCode.objects.values_list("kind", flat=True))
        assert kinds == {"regions.initiative", "support.program", "regions.theme", "regions.indicator"}


def test_editions_taken_back_are_told_with_their_day(headquarters):
    edition = make_edition(status="draft")
    ProgramEdition._base_manager.update(first_public_on=date(2026, 4, 1))
    page = headquarters.get(admin_url(edition, "delete")).content.decode()
    assert "2026年4月1日（水）に公開されているため" in page
