"""The staff side as its people meet it: nothing in the way of anyone, on a desk and in a corridor."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from tests.browser.accessibility import (
    assert_accessible,
    assert_focus_is_seen,
    assert_no_sideways_scrolling,
    assert_nothing_moves,
    assert_nothing_vanishes,
)
from tests.factories import (
    make_budget_figure,
    make_desk,
    make_dispatch,
    make_edition,
    make_editor,
    make_fact,
    make_headquarters_editor,
    make_initiative,
    make_local_note,
    make_program,
    make_program_desk,
    make_rule,
    make_subprefecture,
    make_theme,
    make_window,
)

PAGES = {
    "start": "/admin/",
    "initiatives": "/admin/regions/initiative/",
    "initiative": "/admin/regions/initiative/1/change/",
    "new initiative": "/admin/regions/initiative/add/",
    "history": "/admin/regions/initiative/1/history/",
    "delete": "/admin/regions/initiative/1/delete/",
    "export": "/admin/regions/initiative/export/",
    "import": "/admin/regions/initiative/import/",
    "desks": "/admin/regions/desk/",
    "windows": "/admin/support/applicationwindow/",
    "programme to read": "/admin/support/program/1/change/",
    "edition to read": "/admin/support/programedition/1/change/",
    "password": "/admin/password_change/",
}
HEADQUARTERS_PAGES = {
    "start": "/admin/",
    "programmes": "/admin/support/program/",
    "edition": "/admin/support/programedition/1/change/",
    "figures": "/admin/support/budgetfigure/",
    "figure": "/admin/support/budgetfigure/1/change/",
    "lists of one part": "/admin/imports/",
    "runs": "/admin/imports/importrun/",
    "programme": "/admin/support/program/1/change/",
}


@pytest.fixture
def content():
    kushiro, today = make_subprefecture(), localdate()
    make_theme()
    make_initiative(pk=1, title="国定公園化を契機とした新たなひとの流れ創出", status="draft")
    make_initiative(title="確かめるもの", status="review")
    make_initiative(title="予約したもの", publish_on=today + timedelta(days=9))
    make_desk(subprefecture=kushiro, confirmed_on=today - timedelta(days=500))
    edition = make_edition(pk=1, program=make_program(pk=1))
    make_program_desk(program=edition.program)
    make_rule(edition=edition)
    make_window(edition=edition, subprefecture=kushiro, opens_on=today, closes_on=today + timedelta(days=6))
    make_local_note(edition=edition)
    make_fact()
    figure = make_budget_figure(pk=1, program=edition.program)
    figure.amount_yen += 1
    figure.type_in(make_headquarters_editor())
    make_budget_figure(program=edition.program, fiscal_year=2020)
    make_dispatch()


def sign_in(page, live_server, client, user):
    client.force_login(user)
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])


@pytest.mark.parametrize("width", [1280, 375], ids=["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_office_s_pages_are_accessible(content, open_page, live_server, client, width, scheme):
    page = open_page(width, color_scheme=scheme)
    sign_in(page, live_server, client, make_editor("kushiro"))
    for name, address in PAGES.items():
        assert page.goto(address).ok, name
        assert_accessible(page)
        assert_no_sideways_scrolling(page)


@pytest.mark.parametrize("width", [1280, 375], ids=["desktop", "phone"])
def test_headquarters_pages_are_accessible(content, open_page, live_server, client, width):
    page = open_page(width)
    sign_in(page, live_server, client, make_headquarters_editor())
    for name, address in HEADQUARTERS_PAGES.items():
        assert page.goto(address).ok, name
        assert_accessible(page)
        assert_no_sideways_scrolling(page)


@pytest.mark.parametrize(("forced", "scheme"), [("none", "dark"), ("active", "light")])
def test_staff_see_where_they_are_and_nothing_vanishes(content, open_page, live_server, client, forced, scheme):
    page = open_page(1280, forced_colors=forced, color_scheme=scheme, reduced_motion="reduce")
    sign_in(page, live_server, client, make_headquarters_editor())
    for address in HEADQUARTERS_PAGES.values():
        page.goto(address)
        assert_focus_is_seen(page)
        assert_nothing_moves(page)
        if forced == "active":
            assert_nothing_vanishes(page)


def test_an_editor_finds_the_draft_writes_on_and_publishes_it(content, page, live_server, client):
    sign_in(page, live_server, client, make_editor("kushiro"))
    page.goto("/admin/")
    page.get_by_role("link", name="書き続ける：国定公園化を契機とした新たなひとの流れ創出").click()
    page.get_by_label("要約").fill("海岸へ人の流れをつくります。")
    page.get_by_label("公開の状態").select_option("公開")
    page.get_by_role("button", name="保存", exact=True).first.click()
    page.get_by_role("button", name="この内容で保存する").click()
    page.wait_for_url("**/admin/regions/initiative/")
    page.goto("/initiatives/kushiro-2021-1/")
    assert page.get_by_text("海岸へ人の流れをつくります。").first.is_visible()
