"""Towns like mine and what they used, and two programmes side by side: each within three actions from the first page.

An action is following a link or sending a form.
"""

import pytest

from tests.browser.accessibility import assert_accessible, assert_no_sideways_scrolling
from tests.factories import make_edition, make_fact, make_municipal_fact, make_municipality, make_program, make_uptake

WAYS = pytest.mark.parametrize(
    ("width", "options"),
    [(1280, {}), (375, {}), (320, {}), (375, {"java_script_enabled": False})],
    ids=["desktop", "phone", "narrow", "without JavaScript"],
)


@pytest.fixture(autouse=True)
def world(db):
    """Three towns of which two are alike, and two programmes, one of which the other town used."""
    for name, people in (("根室市", 24_000), ("厚岸町", 23_000), ("釧路市", 165_000)):
        town = make_municipality(name)
        make_municipal_fact(municipality=town, value=people)
        make_municipal_fact(municipality=town, fact=make_fact("area_ha", label="面積", unit="ha"), value=people)
    for name in ("海の補助金", "森の補助金"):
        make_edition(program=make_program(official_name=name), target=f"{name}の対象")
    edition = make_edition(program=make_program(official_name="牡蠣の補助金"))
    make_uptake(program=edition.program, municipality=make_municipality("厚岸町"))


def act(page, button):
    with page.expect_navigation():
        button.click()


@WAYS
def test_towns_like_mine_and_what_they_used(open_page, width, options):
    page = open_page(width, **options)
    page.goto("/")
    page.get_by_label("あなたのまち").fill("ねむろ")
    act(page, page.get_by_role("button", name="まちを開く"))
    act(page, page.get_by_role("link", name="似たまちが使っている支援"))
    assert page.get_by_role("heading", level=1).inner_text() == "根室市に似たまち"
    used = page.locator("section", has=page.get_by_role("heading", name="似たまちにあって")).first
    assert "牡蠣の補助金" in used.inner_text()
    assert page.locator("tbody th").all_inner_texts()[:3] == ["根室市", "厚岸町", "釧路市"]
    assert_no_sideways_scrolling(page)
    if not options:
        assert_accessible(page)


@WAYS
def test_two_programmes_side_by_side(open_page, width, options):
    page = open_page(width, **options)
    page.goto("/")
    act(page, page.get_by_role("link", name="まちや制度をくらべる"))
    page.get_by_label("1つめの制度").select_option("海の補助金")
    page.get_by_label("2つめの制度").select_option("森の補助金")
    act(page, page.get_by_role("button", name="制度をくらべる"))
    assert page.get_by_role("heading", level=1).inner_text().replace("\n", "") == "海の補助金と森の補助金をくらべる"
    assert "海の補助金の対象" in page.locator("main").inner_text()
    assert page.get_by_text("≠ ちがう").count()
    assert_no_sideways_scrolling(page)
    if not options:
        assert_accessible(page)


@pytest.mark.parametrize("width", [1280, 375])
def test_a_town_is_found_on_the_map_by_keyboard(open_page, width):
    page = open_page(width)
    page.goto("/map/")
    page.get_by_role("link", name="地図をとばして、表へ").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('svg') !== null")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "/municipalities/" in page.url
    page.go_back()
    assert_no_sideways_scrolling(page)
    assert_accessible(page)
