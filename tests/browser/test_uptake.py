"""Towns like mine and what they used: from a programme to the towns that took it, and to all that one of them took."""

import pytest

from support.uptake.models import Counted
from tests.browser.accessibility import assert_accessible, assert_no_sideways_scrolling
from tests.factories import make_edition, make_municipality, make_program, make_uptake

SCREENS = {
    "desktop": {"width": 1280},
    "phone": {"width": 375},
    "no JavaScript": {"width": 375, "java_script_enabled": False},
}


@pytest.fixture(autouse=True)
def world(db):
    for name in ("釧路市", "厚岸町", "根室市"):
        make_municipality(name)
    for slug, name in (("kofukin", "地域の交付金"), ("akiya", "空き家の補助金")):
        program = make_edition(program=make_program(slug=slug, official_name=name)).program
        make_uptake(program=program, amount=1_200_000)
        make_uptake(program=program, fiscal_year=2020, amount=300_000)
    make_uptake(program=program, counted=Counted.PROJECTS, amount=0, municipality=make_municipality("厚岸町"))


@pytest.mark.parametrize("screen", SCREENS)
def test_from_a_programme_to_what_a_town_used_in_two_actions(open_page, screen):
    page = open_page(**SCREENS[screen])
    page.goto("/programs/kofukin/")
    page.get_by_role("link", name="釧路市", exact=True).last.click()
    chapter = page.locator("section", has=page.get_by_role("heading", name="釧路市が使った制度"))
    assert "空き家の補助金" in chapter.inner_text()
    chapter.get_by_role("link", name="釧路市が使った制度").click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("使ったまち")
    told = page.locator("#rows-title").inner_text()
    assert "釧路市" in told
    assert "4件" in told


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_list_is_for_everybody(open_page, width, scheme):
    page = open_page(width, color_scheme=scheme)
    page.goto("/uses/?year=2021")
    assert_accessible(page)
    assert_no_sideways_scrolling(page)


def test_unknown_is_drawn_in_another_way_than_nothing(page):
    page.goto("/uses/?program=akiya&counted=projects")
    towns = page.locator(".town-map > svg a[data-step]").all()
    steps = {town.locator("title").text_content().strip(): town.get_attribute("data-step") for town in towns}
    assert steps == {"厚岸町 0件": "none", "釧路市 記録なし": "unknown", "根室市 記録なし": "unknown"}
    assert "記録なし 2市町村" in page.locator(".town-map > svg").get_attribute("aria-label")
