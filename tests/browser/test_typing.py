"""Nothing that somebody typed is lost: in a real browser, with the session gone, a cookie lost, a field to mend."""

import pytest
from django.contrib.sessions.models import Session

from regions.models import Fact
from sumairu.drafts.models import Draft
from tests.browser.accessibility import assert_accessible, assert_no_sideways_scrolling
from tests.browser.test_admin import sign_in
from tests.factories import (
    make_edition,
    make_editor,
    make_fact,
    make_headquarters_editor,
    make_initiative,
    make_municipality,
    make_theme,
)

LONG = '海岸へ人の流れをつくる。\n・一つ目\n・二つ目　"<b>&amp;</b>"\n' * 60
FILE = {"name": "様式.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 " + b"x" * 5000}


@pytest.fixture
def initiative():
    make_theme()
    make_municipality("釧路市")
    make_municipality("帯広市")
    return make_initiative(pk=1, title="もと", status="draft")


@pytest.fixture
def office():
    return make_editor("kushiro")


def write(page):
    page.goto("/admin/regions/initiative/1/change/")
    page.get_by_label("取組名").first.fill("あたらしい題名")
    page.locator("#id_body").fill(LONG)
    page.locator("#id_publish_on").fill("R9.4.1")
    page.get_by_text("添付ファイルの追加").or_(page.get_by_text("添付ファイル を追加")).or_(
        page.locator("#attachments-group .add-row a")
    ).first.click()
    page.locator("#id_attachments-0-title").fill("様式")
    page.locator("#id_attachments-0-upload").set_input_files(FILE)


def save(page):
    page.get_by_role("button", name="保存", exact=True).first.click()


@pytest.mark.parametrize("width", [1280, 375])
@pytest.mark.parametrize("lost", ["on the server", "in the browser"])
def test_a_session_that_is_over_loses_nothing(open_page, live_server, client, office, initiative, lost, width):
    page = open_page(width)
    sign_in(page, live_server, client, office)
    write(page)
    if lost == "on the server":
        Session.objects.all().delete()
    else:
        page.context.clear_cookies(name="sessionid")
    save(page)
    page.get_by_text("入力した内容は残してあります。").wait_for()
    page.get_by_label("メールアドレス").fill(office.email)
    page.locator("#id_password").fill("password")
    page.get_by_role("button", name="サインイン", exact=True).click()
    page.get_by_text("サインインの期限が切れていたため").wait_for()
    assert page.locator("#id_body").input_value() == LONG
    assert page.locator("#id_publish_on").input_value() == "R9.4.1"
    assert page.get_by_text("令和9年4月1日（木）").first.is_visible()
    assert page.get_by_text("様式.pdf").is_visible()
    assert_accessible(page)
    assert_no_sideways_scrolling(page)
    save(page)
    page.wait_for_url("**/admin/regions/initiative/")
    initiative.refresh_from_db()
    assert initiative.body == LONG.strip().replace("\n", "\r\n")
    assert bytes(initiative.attachments.get().file.content) == FILE["buffer"]
    assert not Draft.objects.exists()


def test_a_lost_csrf_cookie_loses_nothing(page, live_server, client, office, initiative):
    sign_in(page, live_server, client, office)
    write(page)
    page.context.clear_cookies(name="csrftoken")
    save(page)
    assert page.get_by_role("heading", name="送られたものを受け取れませんでした").is_visible()
    assert_accessible(page)
    page.get_by_role("link", name="続きから書く").click()
    assert page.locator("#id_body").input_value() == LONG
    assert page.get_by_text("様式.pdf").is_visible()
    save(page)
    page.wait_for_url("**/admin/regions/initiative/")
    assert initiative.attachments.count() == 1


def test_a_file_stays_chosen_while_a_field_is_mended(page, live_server, client, office, initiative):
    sign_in(page, live_server, client, office)
    write(page)
    page.locator("#id_publish_on").fill("08/04/01")
    save(page)
    assert page.locator("#id_publish_on").evaluate("field => field === document.activeElement")
    assert_accessible(page)
    page.locator("#id_publish_on").fill("令和9年4月1日")
    save(page)
    page.wait_for_url("**/admin/regions/initiative/")
    assert initiative.attachments.count() == 1


def test_without_scripts_a_rule_is_added_and_nothing_typed_is_lost(open_page, live_server, client):
    offices = make_fact("subprefecture", label="振興局", kind=Fact.Kind.TEXT, unit="管内")
    make_municipality("釧路市")
    make_municipality("帯広市")
    edition = make_edition(pk=1, status="draft")
    page = open_page(1280, java_script_enabled=False)
    sign_in(page, live_server, client, make_headquarters_editor())
    page.goto("/admin/support/programedition/1/change/")
    page.locator("#id_body").fill(LONG)
    page.get_by_role("button", name="対象要件の欄を増やす").click()
    assert page.locator("#id_body").input_value() == LONG
    assert not edition.rules.exists()
    page.get_by_label("何について").first.select_option(str(offices.pk))
    page.get_by_role("group", name="「振興局」のとき").first.get_by_label("釧路総合振興局").check()
    save(page)
    page.wait_for_url("**/admin/support/programedition/")
    rule = edition.rules.get()
    assert (rule.fact, rule.value) == (offices, "釧路総合振興局")
    edition.refresh_from_db()
    assert edition.body.replace("\r\n", "\n") == LONG.strip()


@pytest.mark.parametrize("address", ["/admin/import/", "/admin/regions/initiative/import/"])
def test_leaving_warns_where_a_file_is_chosen_and_not_sent(page, live_server, client, office, address):
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    sign_in(page, live_server, client, make_headquarters_editor() if address == "/admin/import/" else office)
    page.goto(address)
    page.goto("/admin/")
    assert asked == []
    page.goto(address)
    page.locator("input[type=file]").set_input_files(FILE)
    page.goto("/admin/")
    assert asked == ["beforeunload"]


def test_leaving_warns_only_where_something_is_not_saved(page, live_server, client, office, initiative):
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    sign_in(page, live_server, client, office)
    page.goto("/admin/regions/initiative/1/change/")
    page.goto("/admin/")
    assert asked == []
    write(page)
    page.goto("/admin/")
    assert asked == ["beforeunload"]
    write(page)
    save(page)
    page.wait_for_url("**/admin/regions/initiative/")
    assert asked == ["beforeunload"]
