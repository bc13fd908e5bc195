"""An editor tells a town what to do until when; the town reads it; it is replaced, and the old address says so."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from sumairu.publishing.models import Status
from support.notices.models import Notice
from tests.browser.accessibility import assert_accessible, assert_no_sideways_scrolling
from tests.browser.test_admin import sign_in
from tests.factories import make_desk, make_editor, make_municipality, make_notice, make_subprefecture

UNTIL = localdate() + timedelta(days=12)


@pytest.fixture(autouse=True)
def world(db):
    make_municipality("根室市")
    make_desk(section="地域政策係", subprefecture=make_subprefecture("nemuro"))
    make_editor("nemuro")


def test_a_notice_is_written_published_read_and_replaced(open_page, live_server, client):
    page = open_page(1280)
    sign_in(page, live_server, client, make_editor("nemuro"))
    page.goto("/admin/support_notices/notice/add/")
    page.get_by_label("件名").fill("漁港の使い方の調査")
    page.locator("#id_text").fill("まちの漁港を**これから**どう使うかを伺います。")
    page.get_by_label("していただくこと").fill("調査票を窓口へ送る")
    page.locator("#id_act_by").fill(f"{UNTIL:%Y-%m-%d}")
    page.get_by_role("checkbox", name="根室市").check()
    page.locator("#id_code").fill("gyoko-1")
    page.locator("#id_subprefecture").select_option("根室振興局")
    page.get_by_label("公開の状態").select_option("公開")
    publish(page)

    page.goto("/")
    page.locator("#notices").get_by_role("link", name="漁港の使い方の調査").click()
    told = page.locator("main").inner_text()
    for words in ("あと12日", "調査票を窓口へ送る", "地域政策係", "根室市"):
        assert words in told
    assert_accessible(page)
    page.goto("/municipalities/012238/")
    assert page.get_by_role("link", name="漁港の使い方の調査").is_visible()
    address = page.get_by_role("link", name="根室市のお知らせを受け取る（Atom）").get_attribute("href")
    assert "漁港の使い方の調査" in page.context.request.get(address).text()

    newer = make_notice(title="漁港の調査の続き", subprefecture=make_subprefecture("nemuro"))
    page.goto(f"/admin/support_notices/notice/{Notice.objects.get(code='gyoko-1').pk}/change/")
    page.locator("#id_replaced_by").select_option(str(newer.pk))
    publish(page)
    page.goto("/notices/gyoko-1/")
    assert page.get_by_text("このお知らせは、新しいお知らせに代わりました").is_visible()
    page.get_by_role("link", name="漁港の調査の続き").click()
    assert page.get_by_role("link", name="漁港の使い方の調査").is_visible()
    page.goto("/")
    assert "漁港の使い方の調査" not in page.locator("#notices").inner_text()


def publish(page):
    """Save, and confirm what the public would see."""
    page.get_by_role("button", name="保存", exact=True).first.click()
    page.get_by_role("heading", name="公開ページがこう変わります").wait_for()
    page.get_by_role("button", name="この内容で保存する").click()
    page.wait_for_url("**/admin/support_notices/notice/")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_are_for_everybody(open_page, width, scheme):
    newer = make_notice(title="新しい話", act_by=UNTIL, human=True, desk_says="早めにご相談ください。")
    old = make_notice(title="古い話", replaced_by=newer, withdrawn_on=localdate(), withdrawn_why="誤りがあったため。")
    make_notice(title="過ぎた話", act_by=localdate() - timedelta(days=1)), make_notice(status=Status.DRAFT)
    page = open_page(width, color_scheme=scheme)
    for address in ("/notices/", newer.get_absolute_url(), old.get_absolute_url()):
        page.goto(address)
        assert_accessible(page)
        assert_no_sideways_scrolling(page)
