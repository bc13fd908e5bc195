"""Pages without a mouse, and in colours of the reader's own choosing (Windows' contrast themes)."""

import pytest

from sumairu.loading.facts import load_tables
from sumairu.search import index
from tests.browser.accessibility import (
    assert_focus_is_seen,
    assert_nothing_moves,
    assert_nothing_vanishes,
    follow,
    tab_to,
)
from tests.browser.test_public_pages import PAGES, world  # noqa: F401 (a fixture)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_vanishes_in_colours_of_one_s_own(open_page, scheme):
    page = open_page(1280, forced_colors="active", color_scheme=scheme)
    for path in PAGES.values():
        page.goto(path)
        assert_nothing_vanishes(page)


@pytest.mark.parametrize("forced", ["none", "active"], ids=["own colours", "forced colours"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_focus_is_seen_everywhere(open_page, scheme, forced):
    page = open_page(1280, forced_colors=forced, color_scheme=scheme)
    for path in PAGES.values():
        page.goto(path)
        assert_focus_is_seen(page)


def test_the_first_tab_leads_past_the_head(page):
    page.goto("/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("width", [1280, 375], ids=["desktop", "phone"])
def test_from_home_to_what_is_sought_by_keyboard(open_page, width):
    """On a phone the box of the head makes way for a link to the page of the search."""
    index.rebuild()
    page = open_page(width)
    page.goto("/")
    if width == 1280:
        tab_to(page, ".site-search [name=q]")
    else:
        follow(page, ".site-nav a[href='/search/']", "**/search/")
        tab_to(page, "main [name=q]")
    page.keyboard.type("観光")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?*")
    follow(page, "main a[href='/initiatives/kushiro-2021-1/']", "**/initiatives/kushiro-2021-1/")


def test_a_town_is_looked_up_by_keyboard(page):
    page.goto("/")
    tab_to(page, "main [name=q]")
    page.keyboard.type("くしろ")
    page.keyboard.press("Enter")
    page.wait_for_url("**/municipalities/012068/")


def test_a_town_is_reached_over_both_maps_by_keyboard(page):
    page.goto("/")
    follow(page, ".area-map svg a[href='/regions/kushiro/']", "**/regions/kushiro/")
    follow(page, ".near-map svg a[href='/municipalities/012068/']", "**/municipalities/012068/")


def test_the_years_of_a_programme_are_walked_by_keyboard(page):
    page.goto("/programs/kofukin/?town=012068")
    follow(page, ".year-strip a[href*='/2020/']", "**/programs/kofukin/2020/?town=012068")
    follow(page, ".year-strip a:not([aria-current])", lambda address: "/2020/" not in address)


def test_a_town_is_chosen_for_a_programme_by_keyboard(page):
    page.goto("/programs/kofukin/")
    tab_to(page, "main select[name=town]")
    while page.evaluate("document.activeElement.value") != "012238":
        before = page.evaluate("document.activeElement.selectedIndex")
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.selectedIndex") > before
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/programs/kofukin/?town=012238")


def test_initiatives_are_narrowed_by_keyboard(page):
    page.goto("/initiatives/?year=")
    tab_to(page, "main select[name=theme]")
    page.keyboard.press("ArrowDown")
    tab_to(page, "main form button")
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=2, name="1件").wait_for()


def test_a_source_is_opened_by_keyboard(page):
    page.goto("/figures/")
    tab_to(page, ".source-line summary")
    page.keyboard.press("Enter")
    assert page.get_by_text("SHA-256").first.is_visible()


def test_motion_is_only_for_those_who_want_it(open_page):
    page = open_page(1280, reduced_motion="reduce")
    for path in (PAGES["home"], PAGES["town"], "/admin/login/"):
        page.goto(path)
        assert_nothing_moves(page)


# Of every line of text and every control of the first part of the page, the points at which land is drawn, too.
WORDS_ON_LAND = """() => {
    const part = document.querySelector(".find-town"), found = [];
    const look = (what, boxes) => {
        for (const box of boxes)
            for (const x of [box.left + 1, (box.left + box.right) / 2, box.right - 1])
                for (const y of [box.top + 1, box.bottom - 1])
                    if (document.elementsFromPoint(x, y).some(each => each.matches(".area-map path"))) found.push(what);
    };
    const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    for (const range = document.createRange(); texts.nextNode(); ) {
        range.selectNodeContents(texts.currentNode);
        look(texts.currentNode.data.trim(), range.getClientRects());
    }
    part.querySelectorAll("a, input, button").forEach(each => look(each.outerHTML, each.getClientRects()));
    return found;
}"""


@pytest.mark.parametrize("width", [375, 768, 1024, 1216, 1280, 1920])
def test_no_word_lies_on_the_map(open_page, width):
    load_tables()  # all fourteen offices are drawn
    page = open_page(width, height=2000)
    page.goto("/")
    assert page.locator(".area-map svg a").count() == 14
    assert page.evaluate(WORDS_ON_LAND) == []
