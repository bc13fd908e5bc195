"""「この情報は違います」: from the foot of a page to the office that answers it."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import quote

import pytest
from django.core.management import call_command
from django.utils.timezone import localdate, now

from sumairu.imports.management.commands import run_worker
from sumairu.models import ContentVersion
from sumairu.publishing.models import Status
from sumairu.versions.models import Version
from support.reports.models import CONTACT_KEPT_FOR, Report
from support.reports.todo import todo_for
from tests.admin_forms import form_data, post_confirmed
from tests.costs import page
from tests.factories import (
    make_budget_figure,
    make_desk,
    make_edition,
    make_editor,
    make_headquarters_editor,
    make_initiative,
    make_municipality,
    make_program,
    make_report,
    make_subprefecture,
)
from tests.pages.test_nothing_unpublished import addresses as public_addresses

pytestmark = pytest.mark.django_db

WRONG = {
    "wrong": "電話番号が違います。",
    "right": "0000-00-0001",
    "right_source": "町の広報",
    "contact": "a@example.jp",
}


@pytest.fixture
def program():
    program = make_program(slug="kofukin", official_name="地域づくり総合交付金", desk=make_desk(section="交付金係"))
    make_edition(program=program, summary="費用を支えます。")
    return program


def form_of(address):
    return f"/report/?page={quote(address, safe='')}"


def test_every_page_leads_to_the_form_about_itself(client, program):
    make_municipality()
    for address in ("/", "/programs/kofukin/?town=012068", "/en/", "/furigana/programs/kofukin/", "/search/?q=交付金"):
        html = page(client, address)
        link = unescape(re.search(r'class="report-link"><a href="([^"]+)"', html)[1])
        assert client.get(link).status_code == 200, (address, link)


def test_the_form_says_what_it_is_about_and_whom_it_reaches(client, program):
    html = page(client, form_of("/programs/kofukin/"))
    assert '「<a href="/programs/kofukin/">地域づくり総合交付金</a>」のページの' in html
    assert "北海道（本庁）の担当に届きます" in html
    assert "交付金係" in html
    assert "noindex" in html


def test_what_is_sent_is_kept_with_what_the_page_said(client, program):
    response = client.post(form_of("/programs/kofukin/"), WRONG)
    assert response.url == "/report/received/?page=%2Fprograms%2Fkofukin%2F"
    assert '<a href="/programs/kofukin/">見ていたページに戻る</a>' in page(client, response.url)
    report = Report.objects.get()
    assert {name: getattr(report, name) for name in WRONG} == WRONG
    assert (report.page, report.page_title) == ("/programs/kofukin/", "地域づくり総合交付金")
    assert "費用を支えます。" in report.said
    assert (report.subprefecture, report.desk, report.state) == (None, program.desk, Report.State.NEW)
    assert report.content_version == ContentVersion.current()


@pytest.mark.parametrize("page_asked", ["", "?page=/furigana/programs/kofukin/", "?page=/programs/kofukin/"])
def test_the_form_with_furigana_is_about_the_page_without(client, program, page_asked):
    html = page(client, f"/furigana/report/{page_asked}")
    address = f"/furigana/report/{page_asked}"
    assert client.post(address, WRONG).status_code == 302
    kept = "/programs/kofukin/" if page_asked else "/"
    assert Report.objects.get().page == kept
    assert f'「<a href="{kept}">' in html


@pytest.mark.parametrize("address", ["/regions/kushiro/", "/initiatives/kushiro-2021-1/", "/municipalities/012068/"])
def test_a_page_of_an_office_goes_to_that_office(client, address):
    make_municipality(), make_initiative(code="kushiro-2021-1")
    client.post(form_of(address), WRONG)
    assert Report.objects.get().subprefecture == make_subprefecture("kushiro")


def test_a_figure_is_named_by_where_it_is_from(client, program):
    make_budget_figure(program=program)
    html = page(client, "/programs/kofukin/")
    link = unescape(re.search(r'<a href="([^"]+)" rel="nofollow">この数値は違います', html)[1])
    assert "お知らせいただく数値の出どころ：" in page(client, link)
    client.post(link, WRONG)
    report = Report.objects.get()
    assert report.about
    assert "".join(report.about.split()) in "".join(report.said.split())


def test_what_the_page_does_not_say_is_not_repeated(client, program):
    assert "銀行へ電話" not in page(client, form_of("/programs/kofukin/") + "&about=すぐに銀行へ電話")


@pytest.mark.parametrize(
    "address",
    [
        "/programs/nowhere/",
        "/programs/draft/",
        "/admin/",
        "//evil.example/",
        "https://evil.example/",
        "/\\evil.example/",
        "javascript:alert(1)",
        "/report/",
        "/data/programs.csv",
        "/robots.txt",
        "/programs/kofukin/\n",
        "/" + "a" * 600,
        "/static/site.css",
    ],
)
def test_no_page_but_a_public_one_of_ours_can_be_reported(client, program, address):
    make_edition(program=make_program(slug="draft"), status=Status.DRAFT)
    assert client.get(form_of(address)).status_code == 404
    assert client.post(form_of(address), WRONG).status_code == 404
    assert not Report.objects.exists()


def test_of_whatever_is_public_pages_alone_can_be_reported(client, program):
    make_municipality()
    for address, *_ in filter(None, public_addresses().values()):
        answer = client.get(address)
        is_page = answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html")
        can_be = is_page and not address.startswith("/report/")
        assert client.get(form_of(address)).status_code == (200 if can_be else 404), address


@pytest.mark.parametrize("address", ["//evil.example/", "https://evil.example/", "javascript:alert(1)", "/admin/"])
def test_nobody_is_led_elsewhere(client, address):
    html = page(client, f"/report/received/?page={quote(address, safe='')}")
    assert "見ていたページに戻る" not in html


def test_without_saying_what_is_wrong_nothing_is_kept(client, program):
    response = client.post(form_of("/programs/kofukin/"), WRONG | {"wrong": " "})
    assert (response.status_code, Report.objects.count()) == (400, 0)
    assert "どこが、どう違っているかを書いてください" in response.content.decode()
    assert "町の広報" in response.content.decode()


def test_texts_that_are_too_long_are_told(client, program):
    response = client.post(form_of("/programs/kofukin/"), WRONG | {"wrong": "あ" * 1_001})
    assert "違っているところは1,000字までで書いてください。いまは1001字あります。" in response.content.decode()


def test_a_program_that_fills_in_every_field_leaves_nothing(client, program):
    assert client.post(form_of("/programs/kofukin/"), WRONG | {"website": "https://spam.example/"}).status_code == 302
    assert not Report.objects.exists()


@pytest.mark.exhaustive
def test_whoever_sends_many_has_to_wait(client, program):
    statuses = [client.post(form_of("/programs/kofukin/"), WRONG).status_code for _ in range(7)]
    assert statuses == [302] * 5 + [429] * 2
    response = client.post(form_of("/programs/kofukin/"), WRONG)
    assert re.search(r"あと\d+分たってから、もう一度送ってください", response.content.decode())
    assert Report.objects.count() == 5


def test_another_site_cannot_have_it_sent(client, program):
    sent = client.post(form_of("/programs/kofukin/"), WRONG, headers={"Sec-Fetch-Site": "cross-site"})
    assert (sent.status_code, Report.objects.count()) == (403, 0)


def test_the_form_sets_no_cookie_and_what_is_sent_makes_no_page_anew(client, program):
    before = ContentVersion.current()
    assert not client.get(form_of("/")).cookies
    assert not client.post(form_of("/"), WRONG).cookies
    assert ContentVersion.current() == before


def test_who_is_signed_in_reports_what_a_visitor_sees(client, program):
    draft = make_edition(program=make_program(slug="draft"), status=Status.DRAFT)
    client.force_login(make_headquarters_editor())
    assert client.get(form_of(draft.program.get_absolute_url())).status_code == 404


def test_an_office_answers_and_no_version_holds_the_contact(client):
    report = make_report(contact="a@example.jp", right="秘密の正解")
    client.force_login(make_editor("kushiro"))
    address = f"/admin/support_reports/report/{report.pk}/change/"
    assert "電話番号が違います。" in page(client, "/admin/")
    assert [item.title for item in todo_for(make_editor("kushiro"), localdate())] == ["釧路総合振興局"]
    assert not [*todo_for(make_editor("nemuro"), localdate())]
    assert "a@example.jp" in page(client, address)
    refused = client.post(address, form_data(client.get(address)) | {"state": "done"})
    assert "対応の記録を書いてください" in refused.content.decode()
    post_confirmed(client, address, form_data(client.get(address)) | {"state": "done", "answer": "直した。"})
    report.refresh_from_db()
    assert (report.state, report.answer, report.wrong) == (Report.State.DONE, "直した。", "電話番号が違います。")
    assert not [*todo_for(make_editor("kushiro"), localdate())]
    for version in Version.objects.filter(kind="support_reports.report"):
        assert "a@example.jp" not in str(version.content)


def test_the_contact_goes_after_its_time(capsys):
    old = make_report(contact="a@example.jp", received_at=now() - CONTACT_KEPT_FOR)
    new = make_report(contact="b@example.jp", received_at=now() - CONTACT_KEPT_FOR + timedelta(hours=1))
    call_command("purge_reports", dry_run=True)
    assert "連絡先1件を消すところです" in capsys.readouterr().out
    assert Report.objects.exclude(contact="").count() == 2
    call_command("purge_reports")
    old.refresh_from_db(), new.refresh_from_db()
    assert (old.contact, new.contact) == ("", "b@example.jp")


def test_the_worker_removes_it(monkeypatch):
    monkeypatch.setattr(run_worker, "_done_on", {})
    old = make_report(contact="a@example.jp", received_at=now() - CONTACT_KEPT_FOR)
    run_worker.look_after()
    old.refresh_from_db()
    assert old.contact == ""
