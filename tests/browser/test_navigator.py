"""Finding support as a person does: by keyboard, without JavaScript, on a phone."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from sumairu.lib.wareki import fiscal_year_on
from tests.browser.accessibility import assert_accessible, assert_no_sideways_scrolling, tab_to
from tests.factories import make_edition, make_municipality, make_program, make_rule, make_theme, make_window

FIND = "/support/find/"


@pytest.fixture(autouse=True)
def world(db):
    """A programme that fits the answers of these tests, one that may and one that nearly does."""
    make_municipality("釧路市")
    year = fiscal_year_on(localdate())
    make_open("観光の補助金", year).themes.add(make_theme())
    make_open("森の補助金", year).themes.add(make_theme("森林", "forests"))
    make_open("去年の補助金", year - 1).themes.add(make_theme())


def make_open(name, year):
    """A programme with an open call, that every municipality may use."""
    edition = make_rule(edition=make_edition(program=make_program(official_name=name), fiscal_year=year)).edition
    make_window(edition=edition, opens_on=localdate(), closes_on=localdate() + timedelta(days=5))
    return edition.program


def answer(page, town, *choices):
    """Types the town and takes the choices by their names; the page is then that of the results."""
    page.get_by_label("まちの名前").fill(town)
    with page.expect_navigation():
        page.get_by_role("button", name="このまちでさがす").click()
    for name in choices:
        with page.expect_navigation():
            page.get_by_role("link", name=name).click()


def places(page):
    """Of each group that is shown, its heading and the programmes under it."""
    return {
        group.get_by_role("heading", level=3).inner_text().split("\n")[0]: group.get_by_role(
            "heading", level=4
        ).all_inner_texts()
        for group in page.locator(".state-group").all()
    }


EXPECTED = {"合う支援": ["観光の補助金"], "条件次第": ["去年の補助金"], "近い支援": ["森の補助金"]}


def go_on(page):
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_by_keyboard(page):
    page.goto("/")
    tab_to(page, f'a[href="{FIND}"]')
    go_on(page)
    tab_to(page, "#town")
    page.keyboard.type("くしろし")
    go_on(page)
    for address in ("?town=012068&theme=tourism", "&ask=use", "&ask=when", "&when=now"):
        tab_to(page, f'main section a[href$="{address}"]')
        go_on(page)
    assert page.url.endswith(f"{FIND}?town=012068&theme=tourism&when=now")
    assert places(page) == EXPECTED
    tab_to(page, '.steps a[href$="ask=theme"]')
    go_on(page)
    assert page.get_by_role("heading", level=2).inner_text() == "どの分野のことですか"


def test_without_javascript_each_answer_is_a_link_to_send(open_page):
    page = open_page(1280, java_script_enabled=False)
    page.goto(FIND)
    answer(page, "012068", "観光", "どれでもよい", "どれでもよい", "いま使えるもの")
    found = places(page)
    assert found == EXPECTED
    sent = page.locator(".address").inner_text()
    page.go_back()
    assert page.get_by_role("heading", level=2).inner_text() == "いつ使いたいですか"
    other = open_page(1280, java_script_enabled=False)
    other.goto(sent[sent.index(FIND) :])
    assert places(other) == found


def test_on_a_phone(phone):
    phone.goto(FIND)
    answer(phone, "ない町")
    assert "「ない町」というまちは見つかりません" in phone.get_by_role("alert").inner_text()
    assert_accessible(phone)
    answer(phone, "釧路市")
    for name in ("観光", "どれでもよい", "どれでもよい", "いつでもよい"):
        assert_no_sideways_scrolling(phone)
        with phone.expect_navigation():
            phone.get_by_role("link", name=name).tap()
    assert_no_sideways_scrolling(phone)
    assert_accessible(phone)
    assert places(phone) == EXPECTED
