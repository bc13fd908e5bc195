"""The search boxes as somebody types: suggestions by keyboard, by an input method, by a finger, and none at all."""

import pytest
from playwright.sync_api import expect

from sumairu.search.index import rebuild
from tests.browser.accessibility import assert_accessible, assert_no_sideways_scrolling
from tests.factories import make_initiative, make_municipality


@pytest.fixture(autouse=True)
def site():
    make_municipality("釧路市")
    make_municipality("羅臼町")
    make_initiative(title="釧路湿原の観光")
    rebuild()


@pytest.fixture
def asked(page):
    """What the script has asked for."""
    requests = []
    page.on("request", lambda request: "suggest/" in request.url and requests.append(request.url))
    return requests


def box(page):
    return page.get_by_role("combobox", name="さがす言葉")


def options(page):
    return page.get_by_role("option")


def test_a_name_is_taken_by_keyboard(page):
    page.goto("/")
    box(page).press_sequentially("釧路")
    expect(options(page)).to_have_count(3)
    expect(box(page)).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("status").filter(has_text="候補が3件あります")).to_have_count(1)
    assert_accessible(page)
    assert_no_sideways_scrolling(page)
    for _ in range(3):
        box(page).press("ArrowDown")
    chosen = page.locator(f"#{box(page).get_attribute('aria-activedescendant')}")
    expect(chosen).to_have_attribute("aria-selected", "true")
    expect(chosen).to_contain_text("釧路湿原の観光")
    box(page).press("Enter")
    page.wait_for_url("**/search/?q=*")
    expect(page.locator("#found-title")).to_have_text("「釧路湿原の観光」は1件あります")


def test_arrows_go_around_and_come_back_to_what_was_typed(page):
    page.goto("/search/")
    box(page).press_sequentially("釧路")
    expect(options(page)).to_have_count(3)
    box(page).press("ArrowUp")
    expect(options(page).nth(2)).to_have_attribute("aria-selected", "true")
    box(page).press("ArrowDown")
    assert box(page).get_attribute("aria-activedescendant") is None
    box(page).press("Enter")
    page.wait_for_url("**/search/?q=*")
    expect(box(page)).to_have_value("釧路")


def test_escape_closes_the_list_and_keeps_what_was_typed(page):
    page.goto("/search/")
    box(page).press_sequentially("羅臼")
    expect(options(page)).to_have_count(1)
    box(page).press("Escape")
    expect(options(page)).to_have_count(0)
    expect(box(page)).to_have_value("羅臼")
    expect(box(page)).to_have_attribute("aria-expanded", "false")
    box(page).press("ArrowDown")
    expect(options(page)).to_have_count(1)
    box(page).press("Tab")
    expect(options(page)).to_have_count(0)


def test_an_input_method_that_composes_is_left_alone(page, asked):
    page.goto("/search/")
    box(page).focus()
    composing = page.context.new_cdp_session(page)
    for text in ("ｒ", "ら", "らう", "らうす"):
        composing.send(
            "Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)}
        )
    page.wait_for_function("document.querySelector('#q').value === 'らうす'")
    page.evaluate("new Promise((done) => setTimeout(done, 400))")  # longer than the script waits
    assert asked == []
    composing.send("Input.insertText", {"text": "羅臼"})
    expect(options(page)).to_have_count(1)
    assert len(asked) == 1


def test_a_name_is_taken_by_a_finger(phone):
    phone.goto("/search/")
    box(phone).press_sequentially("らう")
    expect(options(phone)).to_have_count(1)
    assert_no_sideways_scrolling(phone)
    options(phone).tap()
    phone.wait_for_url("**/search/?q=*")
    expect(box(phone)).to_have_value("羅臼町")


def test_a_box_that_gets_no_answer_still_searches(page):
    page.route("**/search/suggest/**", lambda route: route.abort())
    page.goto("/")
    box(page).press_sequentially("羅臼")
    box(page).press("Enter")
    page.wait_for_url("**/search/?q=*")


def test_without_scripts_the_box_is_a_plain_one(open_page):
    page = open_page(1280, java_script_enabled=False)
    page.goto("/")
    page.get_by_role("searchbox", name="さがす言葉").fill("羅臼")
    page.get_by_role("button", name="検索", exact=True).click()
    expect(page.locator("#found-title")).to_have_text("「羅臼」は1件あります")
