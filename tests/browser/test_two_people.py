"""Two people have one record open: the second sees both versions of it, decides, and nothing that either typed is lost."""

import pytest
from django.test import Client

from support.models import ApplicationWindow
from tests.browser.accessibility import assert_accessible, assert_no_sideways_scrolling
from tests.browser.test_admin import sign_in
from tests.factories import (
    make_assignment,
    make_edition,
    make_editor,
    make_fact,
    make_headquarters_editor,
    make_initiative,
    make_program,
    make_rule,
    make_user,
    make_window,
)

EDITION = "/admin/support/programedition/1/change/"
TYPED = '一行目\n・箇条　"<b>&amp;</b>"\n\n|表|1,000|'


@pytest.fixture
def edition():
    make_fact()
    edition = make_edition(
        pk=1,
        program=make_program(official_name="海岸の補助金"),
        status="draft",
        summary="もとの概要",
        body="もとの本文",
    )
    make_rule(edition=edition)
    make_window(edition=edition, note="もとの注記")
    return edition


@pytest.fixture
def people(open_page, live_server):
    """The pages of two colleagues at headquarters, each in a browser of their own."""

    def open_both(width):
        pages = []
        colleague = make_assignment(make_user("hoka@example.jp", "もう一人の編集者")).user
        for user in (make_headquarters_editor(), colleague):
            page = open_page(width)
            sign_in(page, live_server, Client(), user)
            pages.append(page)
        return pages

    return open_both


def save(page):
    page.get_by_role("button", name="保存", exact=True).first.click()


def asked(page, name):
    return page.get_by_role("group", name=name, exact=True)


@pytest.mark.parametrize("width", [1280, 375], ids=["desktop", "phone"])
def test_the_second_sees_both_versions_and_decides_field_by_field(people, edition, width):
    first, second = people(width)
    for page in (first, second):
        page.goto(EDITION)
    first.locator("#id_summary").fill("一人目の概要")
    first.locator("#id_body").fill("一人目の本文")
    first.locator("#id_rate").fill("一人目だけが入れた割合")
    first.locator("#id_windows-0-note").fill("一人目の注記")
    save(first)
    first.wait_for_url("**/admin/support/programedition/")

    second.locator("#id_summary").fill("二人目の概要")
    second.locator("#id_body").fill(TYPED)
    second.locator("#id_ceiling").fill("二人目だけが入れた上限")
    second.locator("#id_windows-0-note").fill("二人目の注記")
    second.locator("#windows-group .add-row a").click()
    second.locator("#id_windows-1-closes_on").fill("R12.3.1")
    second.locator("#id_windows-1-note").fill("二人目が加えた受付期間")
    save(second)

    second.get_by_role("heading", name="ほかの人の変更と重なりました").wait_for()
    assert second.get_by_text("まだ何も上書きしていません").is_visible()
    assert second.get_by_role("heading", name="どちらを残すか選ぶもの（3件）").is_visible()
    for name, theirs, mine in [("概要", "一人目の概要", "二人目の概要"), ("内容", "一人目の本文", "一行目")]:
        assert asked(second, name).get_by_text(theirs).is_visible()
        assert asked(second, name).get_by_text(mine).is_visible()
    row = second.get_by_role("group", name="の受付備考")
    assert row.get_by_text("一人目の注記").is_visible()
    assert row.get_by_text("二人目の注記").is_visible()
    assert second.get_by_text("一人目だけが入れた割合").is_visible()
    assert_accessible(second)
    assert_no_sideways_scrolling(second)
    edition.refresh_from_db()
    assert (edition.summary, edition.body, edition.windows.count()) == ("一人目の概要", "一人目の本文", 1)

    asked(second, "概要").get_by_label("さんの内容を残す").check()
    asked(second, "内容").get_by_label("いまのあなたの入力にする").check()
    row.get_by_label("いまのあなたの入力にする").check()
    second.get_by_role("button", name="選んだ内容で保存する").click()
    second.wait_for_url("**/admin/support/programedition/")
    edition.refresh_from_db()
    assert (edition.summary, edition.body.replace("\r\n", "\n")) == ("一人目の概要", TYPED)
    assert (edition.rate, edition.ceiling) == ("一人目だけが入れた割合", "二人目だけが入れた上限")
    notes = ApplicationWindow.objects.order_by("pk").values_list("note", flat=True)
    assert list(notes) == ["二人目の注記", "二人目が加えた受付期間"]


def test_whoever_leaves_the_page_of_both_versions_finds_what_was_typed_again(people, edition):
    first, second = people(1280)
    for page in (first, second):
        page.goto(EDITION)
    first.locator("#id_summary").fill("一人目の概要")
    save(first)
    first.wait_for_url("**/admin/support/programedition/")
    second.locator("#id_summary").fill("二人目の概要")
    second.locator("#id_body").fill(TYPED)
    save(second)
    second.get_by_role("heading", name="ほかの人の変更と重なりました").wait_for()
    second.goto("/admin/")
    second.goto(EDITION)
    assert second.locator("#id_summary").input_value() == "一人目の概要"
    second.get_by_role("link", name="続きから書く").click()
    assert second.locator("#id_summary").input_value() == "二人目の概要"
    assert second.locator("#id_body").input_value() == TYPED
    save(second)
    asked(second, "概要").get_by_label("いまのあなたの入力にする").check()
    second.get_by_role("button", name="選んだ内容で保存する").click()
    second.wait_for_url("**/admin/support/programedition/")
    edition.refresh_from_db()
    assert (edition.summary, edition.body.replace("\r\n", "\n")) == ("二人目の概要", TYPED)


def test_two_tabs_of_one_person_are_two(open_page, live_server, client):
    initiative = make_initiative(pk=1, title="もと", status="draft")
    tab = open_page(1280)
    sign_in(tab, live_server, client, make_editor("kushiro"))
    other = tab.context.new_page()
    for page in (tab, other):
        page.goto("/admin/regions/initiative/1/change/")
    tab.locator("#id_title").fill("一つ目の画面")
    save(tab)
    tab.wait_for_url("**/admin/regions/initiative/")
    other.locator("#id_title").fill("二つ目の画面")
    save(other)
    other.get_by_label("あなたが別の画面で保存した内容を残す").check()
    other.get_by_role("button", name="選んだ内容で保存する").click()
    other.wait_for_url("**/admin/regions/initiative/")
    initiative.refresh_from_db()
    assert initiative.title == "一つ目の画面"
