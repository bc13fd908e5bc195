"""What was typed and could not be saved is there again: for the same person, on the same form, with its files."""

from datetime import date, timedelta
from html.parser import HTMLParser
from time import time
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now

from regions.admin.initiatives import InitiativeAdmin
from regions.models import Initiative, StaffAssignment
from sumairu.accounts import second_factor
from sumairu.admin.holding import Held, held_fields
from sumairu.drafts import keeping
from sumairu.drafts.models import Draft, DraftFile
from sumairu.drafts.tokens import FORM_FIELD, sign_form
from sumairu.imports.management.commands import run_worker
from sumairu.lib import totp
from tests.admin_forms import form_data, posted_again
from tests.factories import make_administrator, make_editor, make_initiative, make_stranger, make_theme

pytestmark = pytest.mark.django_db

LONG = "海岸へ人の流れをつくる。\r\n・一つ目\r\n・二つ目　<b>&amp;</b>\r\n" * 40
PDF = b"%PDF-1.7 " + b"x" * 3000


class Marks(HTMLParser):
    """The hidden fields of the page's form that carry a draft's marks, and whether the page has a way on."""

    def __init__(self, response):
        super().__init__()
        self.fields, self.links = {}, []
        self.feed(response.content.decode())

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "input" and (given.get("name") == FORM_FIELD or (given.get("name") or "").endswith("-kept")):
            self.fields[given["name"]] = given["value"]
        if tag == "a":
            self.links.append(given.get("href", ""))


@pytest.fixture
def office():
    return make_editor("kushiro")


@pytest.fixture
def kushiro(client, office):
    client.force_login(office)
    return client


@pytest.fixture
def initiative():
    make_theme()
    return make_initiative(title="もと", status="draft")


def change(initiative):
    return reverse("admin:regions_initiative_change", args=[initiative.pk])


def typed(page, **more):
    """What a browser sends of an open form: its fields, its marks, and what was typed."""
    return form_data(page) | Marks(page).fields | more


def with_file(data, name="様式.pdf", content=PDF):
    return data | {
        "attachments-TOTAL_FORMS": 1,
        "attachments-0-title": "様式",
        "attachments-0-upload": SimpleUploadedFile(name, content, "application/pdf"),
    }


def bound(page):
    return page.context["adminform"].form


# --- The session is over -----------------------------------------------------------------------------------------


def test_after_signing_in_again_the_form_has_everything_that_was_typed(client, kushiro, office, initiative):
    page = kushiro.get(change(initiative))
    theme = make_theme()
    data = with_file(typed(page, title="あたらしい題名", body=LONG, themes=[theme.pk], publish_on="R9.4.1"))
    data |= {"links-TOTAL_FORMS": 1, "links-0-label": "外のページ", "links-0-url": "https://example.jp/?a=1&b=2"}
    kushiro.logout()

    sent_away = kushiro.post(change(initiative), data)
    assert urlsplit(sent_away["Location"]).path == reverse("admin:login")
    assert "入力した内容は残してあります" in kushiro.get(sent_away["Location"]).content.decode()
    initiative.refresh_from_db()
    assert (initiative.title, initiative.attachments.count()) == ("もと", 0)

    signed_in = kushiro.post(sent_away["Location"], {"username": office.email, "password": "password"})
    again = kushiro.get(signed_in["Location"])
    words = again.content.decode()
    assert "サインインの期限が切れていたため" in words
    assert "様式.pdf" in words
    form = bound(again)
    assert (form["title"].value(), form["body"].value(), form["publish_on"].value()) == (
        "あたらしい題名",
        LONG,
        "R9.4.1",
    )
    initiative.refresh_from_db()
    assert initiative.title == "もと"  # nothing is saved by looking

    saved = kushiro.post(signed_in["Location"], typed_again(again))
    assert saved.status_code == 302, saved.context["errors"]
    initiative.refresh_from_db()
    assert (initiative.title, initiative.body) == ("あたらしい題名", LONG.strip())
    assert initiative.publish_on == date(2027, 4, 1)
    assert list(initiative.themes.all()) == [theme]
    assert initiative.links.get().url == "https://example.jp/?a=1&b=2"
    attachment = initiative.attachments.get()
    assert (attachment.title, attachment.file.name, bytes(attachment.file.content)) == ("様式", "様式.pdf", PDF)
    assert not Draft.objects.exists()
    assert not DraftFile.objects.exists()


def typed_again(page):
    """All fields of a form that was drawn with what was typed, rows beneath that are new included."""
    data = form_data(page)
    for inline in page.context["inline_admin_formsets"]:
        prefix = inline.formset.prefix
        data[f"{prefix}-TOTAL_FORMS"] = inline.formset.total_form_count()
        data[f"{prefix}-INITIAL_FORMS"] = inline.formset.initial_form_count()
        for inner in inline.formset.forms:
            for field in inner:
                value = field.value()
                if value is not None and not hasattr(value, "read"):
                    data[field.html_name] = value
    return data | Marks(page).fields


@pytest.mark.parametrize("letters", [2_500, 5_000])
def test_a_form_opened_from_a_long_search_is_kept_too(kushiro, initiative, letters):
    page = kushiro.get(change(initiative), {"_changelist_filters": "q=" + "あ" * (letters // 9)})
    kushiro.logout()
    assert "login" in kushiro.post(change(initiative), typed(page, title="あたらしい題名"))["Location"]
    assert Draft.objects.get().page == change(initiative)


def test_a_text_is_kept_without_what_postgresql_cannot_keep(kushiro, initiative):
    data = typed(kushiro.get(change(initiative)), title="あた\0らしい題名") | {"x\0y": "\0"}
    kushiro.logout()
    kushiro.post(change(initiative), data)
    kept = dict(Draft.objects.get().fields)
    assert (kept["title"], kept["xy"]) == ("あたらしい題名", "")


def test_a_new_record_goes_on_too(kushiro, office):
    address = reverse("admin:regions_initiative_add")
    data = typed(kushiro.get(address), title="あたらしい取組", summary="要約", body=LONG)
    kushiro.logout()
    sent_away = kushiro.post(address, data)
    signed_in = kushiro.post(sent_away["Location"], {"username": office.email, "password": "password"})
    again = kushiro.get(signed_in["Location"])
    assert bound(again)["body"].value() == LONG
    assert not Initiative.objects.exists()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data, other: data | {FORM_FIELD: ""},
        lambda data, other: {name: value for name, value in data.items() if name != FORM_FIELD},
        lambda data, other: data | {FORM_FIELD: data[FORM_FIELD][:-3] + "abc"},
        lambda data, other: data | {FORM_FIELD: "x" * 5000},
        lambda data, other: data | {FORM_FIELD: sign_form(other, "/admin/regions/initiative/add/", "")},
    ],
    ids=["empty", "none", "forged", "endless", "of another form"],
)
def test_a_stranger_keeps_nothing(kushiro, office, initiative, spoil):
    data = spoil(typed(kushiro.get(change(initiative)), body=LONG), office)
    assert Client().post(change(initiative), data).status_code == 302
    assert not Draft.objects.exists()


def test_a_form_opened_too_long_ago_proves_nothing(kushiro, initiative, monkeypatch):
    data = typed(kushiro.get(change(initiative)), body=LONG)
    monkeypatch.setattr("sumairu.drafts.tokens.FORM_HOLDS_FOR", -1)
    Client().post(change(initiative), data)
    assert not Draft.objects.exists()


def test_nobody_else_gets_what_was_typed(kushiro, office, initiative):
    data = typed(kushiro.get(change(initiative)), body=LONG)
    kushiro.logout()
    kushiro.post(change(initiative), data)
    draft = Draft.objects.get()
    for other in (make_editor("nemuro"), make_stranger()):
        client = Client()
        client.force_login(other)
        assert client.get(draft.get_absolute_url()).status_code == 404
        assert client.post(reverse("draft_discard", args=[draft.key])).status_code == 404
        assert LONG[:20] not in client.get(draft.resume_url).content.decode()
    assert Client().get(draft.get_absolute_url()).status_code == 302
    assert Draft.objects.count() == 1


def test_what_nobody_signed_in_can_keep_is_limited(kushiro, office, initiative, monkeypatch):
    monkeypatch.setattr(keeping, "MOST_DRAFTS", 2)
    monkeypatch.setattr(keeping, "MOST_TIMES", 3)
    pages = [kushiro.get(change(initiative)) for _ in range(3)]
    for number, page in enumerate(pages):
        Client().post(change(initiative), typed(page, body=f"{number}"))
    assert Draft.objects.count() == 2
    for number in range(6):
        Client().post(change(initiative), typed(pages[0], body=f"again {number}"))
    assert ["body", "again 1"] in Draft.objects.get(times=3).fields
    monkeypatch.setattr(keeping, "MOST_TEXT", 100)
    Draft.objects.all().delete()
    Client().post(change(initiative), typed(pages[0], body=LONG))
    assert not Draft.objects.exists()


def test_no_password_is_kept(client):
    client.force_login(make_administrator())
    address = reverse("admin:accounts_user_add")
    data = typed(client.get(address), name="あたらしい人", password1="correct horse", password2="battery staple")
    client.post(address, data)
    assert "correct horse" not in str(Draft.objects.get().fields)


# --- Signed in, and not saved ------------------------------------------------------------------------------------


def test_a_file_chosen_once_is_kept_over_errors_and_can_be_taken_off(kushiro, initiative):
    page = kushiro.get(change(initiative))
    refused = kushiro.post(change(initiative), with_file(typed(page, title="")))
    assert "選んであるファイル：<b>様式.pdf</b>" in refused.content.decode()
    assert DraftFile.objects.count() == 1
    twice = kushiro.post(change(initiative), typed_again(refused) | {"publish_on": "08/04/01"})
    assert "選んであるファイル：<b>様式.pdf</b>" in twice.content.decode()
    assert DraftFile.objects.count() == 1
    saved = kushiro.post(change(initiative), typed_again(twice) | {"title": "題", "publish_on": ""})
    assert saved.status_code == 302
    assert bytes(initiative.attachments.get().file.content) == PDF
    assert not Draft.objects.exists()


def test_a_kept_file_can_be_taken_off_or_replaced(kushiro, initiative):
    refused = kushiro.post(change(initiative), with_file(typed(kushiro.get(change(initiative)), title="")))
    off = kushiro.post(change(initiative), typed_again(refused) | {"title": "題", "attachments-0-upload-drop": "1"})
    assert "ファイルを選んでください" in off.content.decode()
    assert not DraftFile.objects.exists()
    other = SimpleUploadedFile("別.pdf", b"%PDF-2", "application/pdf")
    kushiro.post(change(initiative), typed_again(off) | {"attachments-0-upload": other})
    assert initiative.attachments.get().file.name == "別.pdf"


def test_a_file_that_is_refused_itself_is_not_offered_again(kushiro, initiative):
    data = with_file(typed(kushiro.get(change(initiative))), name="様式.exe")
    assert "選んであるファイル" not in kushiro.post(change(initiative), data).content.decode()
    assert not DraftFile.objects.exists()


def test_a_file_s_token_brings_nothing_to_anybody_else(kushiro, initiative):
    refused = kushiro.post(change(initiative), with_file(typed(kushiro.get(change(initiative)), title="")))
    theirs = make_initiative(subprefecture=make_editor("nemuro").assignments.get().subprefecture, status="draft")
    client = Client()
    client.force_login(make_editor("nemuro"))
    data = typed(client.get(change(theirs))) | {
        "attachments-TOTAL_FORMS": 1,
        "attachments-0-title": "様式",
        "attachments-0-upload-kept": Marks(refused).fields["attachments-0-upload-kept"],
    }
    client.post(change(theirs), data)
    assert not theirs.attachments.exists()


def test_a_form_left_with_errors_is_offered_when_it_is_opened_again(kushiro, initiative):
    kushiro.post(change(initiative), typed(kushiro.get(change(initiative)), title="", body=LONG))
    opened = kushiro.get(change(initiative))
    draft = Draft.objects.get()
    assert "保存していない入力があります" in opened.content.decode()
    assert draft.resume_url in Marks(opened).links
    assert bound(kushiro.get(draft.resume_url))["body"].value() == LONG
    assert kushiro.get(reverse("draft_discard", args=[draft.key]))["Location"] == draft.get_absolute_url()
    assert Draft.objects.filter(pk=draft.pk).exists()
    kushiro.post(reverse("draft_discard", args=[draft.key]))
    assert "保存していない入力" not in kushiro.get(change(initiative)).content.decode().replace(
        "保存していない入力を捨て", ""
    )


def test_a_saved_form_leaves_no_draft(kushiro, initiative):
    kushiro.post(change(initiative), typed(kushiro.get(change(initiative)), title=""))
    kushiro.post(change(initiative), typed(kushiro.get(change(initiative)), title="題"))
    assert Draft.objects.count() == 1  # of the other opening
    page = kushiro.post(change(initiative), typed(kushiro.get(change(initiative)), title=""))
    saved = kushiro.post(change(initiative), typed_again(page) | {"title": "題"})
    assert saved.status_code == 302, bound(saved).errors
    assert Draft.objects.count() == 1


def test_whose_posting_ended_meanwhile_reads_why_and_copies_the_text(kushiro, office, initiative):
    data = typed(kushiro.get(change(initiative)), body=LONG)
    StaffAssignment.objects.filter(user=office).update(ends_on=date(2021, 1, 1))
    answer = kushiro.post(change(initiative), data)
    words = answer.content.decode()
    assert answer.status_code == 403
    assert "今日の配属がないため、保存できませんでした。" in words
    assert "海岸へ人の流れをつくる。" in words
    assert "続きから書く" not in words
    assert "海岸へ人の流れをつくる。" in kushiro.get(Draft.objects.get().get_absolute_url()).content.decode()


def without_a_session_nor_a_posting(browser, office, initiative):
    """What somebody posts whose session has run out and whose posting has ended: where they are sent."""
    data = typed(browser.get(change(initiative)), body=LONG)
    browser.logout()
    StaffAssignment.objects.filter(user=office).update(ends_on=date(2021, 1, 1))
    return browser.post(change(initiative), data)["Location"]


def test_whose_session_and_posting_both_ended_signs_in_to_the_text_and_to_nothing_else(kushiro, office, initiative):
    sent_to = without_a_session_nor_a_posting(kushiro, office, initiative)
    assert "ちがいます" in kushiro.post(sent_to, {"username": office.email, "password": "x"}).content.decode()
    answer = kushiro.post(sent_to, {"username": office.email, "password": "password"}, follow=True)
    words = answer.content.decode()
    assert "海岸へ人の流れをつくる。" in words
    assert "今日の配属がありません" in words
    assert "続きから書く" not in words
    for page in (reverse("admin:index"), change(initiative), reverse("my_sign_ins")):
        assert urlsplit(kushiro.get(page)["Location"]).path == reverse("admin:login")
    kushiro.post(reverse("draft_discard", args=[Draft.objects.get().key]))
    kushiro.logout()
    again = kushiro.post(sent_to, {"username": office.email, "password": "password"})
    assert "で終わりました" in again.content.decode()


def test_with_a_second_factor_they_pass_it_first(kushiro, office, initiative):
    key, code = with_second_factor(kushiro, office)
    sent_to = without_a_session_nor_a_posting(kushiro, office, initiative)
    asked = kushiro.post(sent_to, {"username": office.email, "password": "password"}, follow=True)
    assert "海岸へ人の流れをつくる。" not in asked.content.decode()
    draft = Draft.objects.get()
    assert kushiro.get(draft.get_absolute_url())["Location"].startswith(reverse("second_factor"))
    passed = kushiro.post(reverse("second_factor"), {"code": code(key), "next": draft.get_absolute_url()}, follow=True)
    assert "海岸へ人の流れをつくる。" in passed.content.decode()


def with_second_factor(browser, office):
    """The key of somebody who has one and has passed it in this browser; and how a code is made of it later."""
    key = totp.new_key()
    second_factor.set_up(office, key, totp.code_at(key, time() - totp.STEP))
    session = browser.session
    session[second_factor.PASSED] = office.second_factor.pk
    session.save()
    return key, lambda key: totp.code_at(key, time())


def test_what_is_posted_before_the_second_factor_is_there_after_it(kushiro, office, initiative):
    """Signed in again in another tab, where the code is still asked for."""
    key, code = with_second_factor(kushiro, office)
    data = typed(kushiro.get(change(initiative)), body=LONG)
    kushiro.logout()
    kushiro.force_login(office)
    sent_to = kushiro.post(change(initiative), data)["Location"]
    assert urlsplit(sent_to).path == reverse("second_factor")
    resume = parse_qs(urlsplit(sent_to).query)["next"][0]
    passed = kushiro.post(reverse("second_factor"), {"code": code(key), "next": resume}, follow=True)
    assert bound(passed)["body"].value() == LONG
    assert "サインインの途中だったため" in passed.content.decode()


def test_whose_posting_moved_reads_why_and_copies_the_text(kushiro, office, initiative):
    data = typed(kushiro.get(change(initiative)), body=LONG)
    nemuro = make_editor("nemuro").assignments.get().subprefecture
    StaffAssignment.objects.filter(user=office).update(subprefecture=nemuro)
    answer = kushiro.post(change(initiative), data)
    assert answer.status_code == 404
    assert "海岸へ人の流れをつくる。" in answer.content.decode()
    assert "海岸へ人の流れをつくる。" in kushiro.get(Draft.objects.get().resume_url).content.decode()


def test_a_lost_csrf_cookie_loses_no_text(office, initiative):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(office)
    data = with_file(typed(browser.get(change(initiative)), body=LONG, csrfmiddlewaretoken="x" * 64))
    del browser.cookies["csrftoken"]
    answer = browser.post(change(initiative), data)
    words = answer.content.decode()
    assert answer.status_code == 403
    assert "入力した内容は残してあります" in words
    assert "DEBUG" not in words
    again = browser.get(next(link for link in Marks(answer).links if "_draft" in link))
    assert bound(again)["body"].value() == LONG
    assert "様式.pdf" in again.content.decode()
    initiative.refresh_from_db()
    assert initiative.body == ""


def test_a_forged_post_keeps_nothing_for_the_person_it_uses(office, initiative):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(office)
    answer = browser.post(change(initiative), {"body": "planted"})
    assert answer.status_code == 403
    assert "残っていることがあります" in answer.content.decode()
    assert not Draft.objects.exists()


def test_what_fails_here_loses_no_text(kushiro, initiative, monkeypatch):
    kushiro.raise_request_exception = False
    data = typed(kushiro.get(change(initiative)), body=LONG)
    monkeypatch.setattr("sumairu.admin.staff.StaffAdmin.save_model", lambda *args: 1 / 0)
    answer = kushiro.post(change(initiative), data)
    assert answer.status_code == 500
    assert "こちらの不具合のため" in answer.content.decode()
    assert ["body", LONG] in Draft.objects.get().fields


# --- Tables and workbooks ----------------------------------------------------------------------------------------


def test_a_workbook_is_kept_while_the_form_is_mended(headquarters):
    address = reverse("import_upload")
    book = SimpleUploadedFile("予算.xlsx", b"PK\x03\x04")
    refused = headquarters.post(address, Marks(headquarters.get(address)).fields | {"file": book})
    assert "選んであるファイル：<b>予算.xlsx</b>" in refused.content.decode()
    sent = headquarters.post(address, Marks(refused).fields | {"kind": "budget"})
    assert "取り込むExcelブックを選んでください" not in sent.content.decode()


def test_a_table_chosen_before_the_session_ended_is_there_again(kushiro, office, initiative):
    address = reverse("admin:regions_initiative_import")
    file = SimpleUploadedFile("取組.csv", f"取組コード,取組名\n{initiative.code},題\n".encode())
    data = Marks(kushiro.get(address)).fields | {"import_file": file, "resource": "0", "format": ""}
    kushiro.logout()
    sent_away = kushiro.post(address, data)
    signed_in = kushiro.post(sent_away["Location"], {"username": office.email, "password": "password"})
    again = kushiro.get(signed_in["Location"])
    assert "取組.csv" in again.content.decode()
    preview = kushiro.post(address, Marks(again).fields | {"resource": "0", "format": ""})
    assert preview.context_data["confirm_form"] is not None


def test_a_form_that_cannot_be_drawn_again_can_be_sent_again(kushiro, office, initiative):
    file = SimpleUploadedFile("取組.csv", f"取組コード,取組名\n{initiative.code},題\n".encode())
    opened = kushiro.get(reverse("admin:regions_initiative_import"))
    data = Marks(opened).fields | {"import_file": file, "resource": "0"}
    preview = kushiro.post(reverse("admin:regions_initiative_import"), data)
    data = Marks(preview).fields | preview.context_data["confirm_form"].initial | {"confirm": "1"}
    kushiro.logout()
    sent_away = kushiro.post(reverse("admin:regions_initiative_process_import"), data)
    signed_in = kushiro.post(sent_away["Location"], {"username": office.email, "password": "password"})
    assert "同じ内容をもう一度送る" in kushiro.get(signed_in["Location"]).content.decode()


# --- A day later -------------------------------------------------------------------------------------------------


def test_what_was_typed_is_deleted_by_the_worker_a_day_later(kushiro, initiative, monkeypatch):
    monkeypatch.setattr(run_worker, "_done_on", {})
    kushiro.post(change(initiative), with_file(typed(kushiro.get(change(initiative)), title="")))
    run_worker.look_after()
    assert Draft.objects.exists()
    Draft.objects.update(stored_at=now() - timedelta(hours=24, seconds=1))
    run_worker.look_after()
    assert Draft.objects.exists()  # today's is done
    monkeypatch.setattr(run_worker, "localdate", lambda: localdate() + timedelta(days=1))
    run_worker.look_after()
    assert not Draft.objects.exists()


def test_after_a_day_nothing_is_shown_and_the_command_removes_it(kushiro, initiative, capsys):
    kushiro.post(change(initiative), with_file(typed(kushiro.get(change(initiative)), title="")))
    draft = Draft.objects.get()
    Draft.objects.update(stored_at=now() - timedelta(hours=23))
    assert kushiro.get(draft.get_absolute_url()).status_code == 200
    call_command("purge_drafts")
    assert Draft.objects.exists()
    Draft.objects.update(stored_at=now() - timedelta(hours=24, seconds=1))
    assert kushiro.get(draft.get_absolute_url()).status_code == 404
    assert "保存していない入力があります" not in kushiro.get(change(initiative)).content.decode()
    call_command("purge_drafts", "--dry-run")
    assert Draft.objects.exists()
    call_command("purge_drafts")
    assert not Draft.objects.exists()
    assert not DraftFile.objects.exists()
    assert "1件を消しました" in capsys.readouterr().out


def test_a_held_save_goes_on_with_the_file_that_was_chosen(kushiro, initiative, monkeypatch):
    def hold(self, request, *args):
        related(self, request, *args)
        if "sure" not in request.POST:
            raise Held(TemplateResponse(request, "admin/_held.html", {"held": held_fields(request)}))

    related = InitiativeAdmin.save_related
    monkeypatch.setattr(InitiativeAdmin, "save_related", hold)
    held = kushiro.post(change(initiative), with_file(typed(kushiro.get(change(initiative)), title="題")))
    assert not initiative.attachments.exists()
    assert Draft.objects.get().why == Draft.Why.HELD
    page = HttpResponse(b"<form>" + held.content + b"</form>")
    kushiro.post(change(initiative), posted_again(page, button="sure"))
    assert bytes(initiative.attachments.get().file.content) == PDF
    assert not Draft.objects.exists()


@pytest.mark.exhaustive
@pytest.mark.parametrize("lost", ["session", "csrf"])
def test_a_file_kept_once_stays_when_the_next_sending_is_lost_too(office, initiative, lost):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(office)

    def send(data):
        token = browser.cookies["csrftoken"].value
        return browser.post(change(initiative), data | {"csrfmiddlewaretoken": token})

    refused = send(with_file(typed(browser.get(change(initiative)), title="")))
    data = typed_again(refused) | {"title": "題"}
    if lost == "session":
        del browser.cookies["sessionid"]
        send(data)
    else:
        browser.post(change(initiative), data)
    browser.force_login(office)
    again = browser.get(Draft.objects.get().resume_url)
    assert "様式.pdf" in again.content.decode()
    assert send(typed_again(again)).status_code == 302
    assert bytes(initiative.attachments.get().file.content) == PDF
