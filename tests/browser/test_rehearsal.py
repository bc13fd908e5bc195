"""An edition is published: what the public is going to see is said, confirmed, and then seen."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from regions.models import Fact
from sumairu.lib.wareki import fiscal_year_on
from tests.browser.accessibility import assert_accessible, assert_no_sideways_scrolling
from tests.browser.test_admin import sign_in
from tests.factories import (
    make_edition,
    make_fact,
    make_headquarters_editor,
    make_municipality,
    make_program,
    make_rule,
    make_window,
)

EDITION = "/admin/support/programedition/1/change/"


@pytest.fixture
def draft():
    for name in ("釧路市", "厚岸町", "帯広市"):
        make_municipality(name)
    program = make_program(slug="kaigan", official_name="海岸の補助金")
    edition = make_edition(pk=1, program=program, status="draft", fiscal_year=fiscal_year_on(localdate()))
    office = make_fact("subprefecture", label="振興局", kind=Fact.Kind.TEXT, unit="管内")
    make_rule(edition=edition, fact=office, operator="eq", value="釧路総合振興局")
    make_window(edition=edition, opens_on=localdate(), closes_on=localdate() + timedelta(days=9))
    return edition


@pytest.mark.parametrize("width", [1280, 375], ids=["desktop", "phone"])
def test_publishing_an_edition_is_rehearsed_confirmed_and_seen(draft, open_page, live_server, client, width):
    page = open_page(width)
    sign_in(page, live_server, client, make_headquarters_editor())
    page.goto(EDITION)
    page.get_by_label("公開の状態").select_option("公開")
    page.get_by_role("button", name="保存", exact=True).first.click()
    page.get_by_role("heading", name="公開ページがこう変わります").wait_for()
    assert page.get_by_text("受付中の募集：0件 → 1件").is_visible()
    page.get_by_text("使える 2市町村").click()
    assert page.get_by_text("釧路総合振興局管内のすべて（2）").is_visible()
    assert_accessible(page)
    assert_no_sideways_scrolling(page)
    assert page.context.request.get("/programs/kaigan/").status == 404
    page.get_by_role("button", name="この内容で保存する").click()
    page.wait_for_url("**/admin/support/programedition/")
    page.goto("/programs/kaigan/")
    assert page.get_by_text("受付中").first.is_visible()


def test_from_the_page_in_between_one_goes_back_to_what_was_typed(draft, page, live_server, client):
    sign_in(page, live_server, client, make_headquarters_editor())
    page.goto(EDITION)
    page.get_by_label("公開の状態").select_option("公開")
    page.get_by_role("textbox", name="支援の割合").fill("2分の1以内")
    page.get_by_role("button", name="保存", exact=True).first.click()
    page.get_by_role("button", name="戻って直す").click()
    assert page.get_by_role("textbox", name="支援の割合").input_value() == "2分の1以内"
    draft.refresh_from_db()
    assert draft.status == "draft"
