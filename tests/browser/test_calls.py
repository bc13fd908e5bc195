"""The calls as an official uses them: by keyboard on the wheel, on a small phone, on one sheet of paper."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from sumairu.lib.wareki import fiscal_year_on
from tests.browser.accessibility import assert_accessible, assert_no_sideways_scrolling
from tests.factories import make_edition, make_program, make_subprefecture, make_window

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "北海道の地域の魅力を生かした持続的な取組を進める市町村と団体の連携を総合的に支える交付金"


@pytest.fixture
def month():
    """A month with more calls than a sheet has room for, each with a long name; its page's address."""
    last = localdate() + timedelta(days=20)
    for number in range(30):
        program = make_program(official_name=f"{LONG}（その{number}）")
        edition = make_edition(program=program, fiscal_year=fiscal_year_on(localdate()))
        make_window(edition=edition, opens_on=localdate(), closes_on=last, subprefecture=make_subprefecture("kushiro"))
    return reverse("call_month", args=[last.year, last.month])


@pytest.mark.parametrize("width", [320, 375, 1280])
def test_pages_of_calls_fit_any_screen(page, live_server, month, width):
    page.set_viewport_size({"width": width, "height": 800})
    for address in ("/calls/", month):
        page.goto(f"{live_server.url}{address}")
        assert_no_sideways_scrolling(page)
        assert_accessible(page)


def test_the_wheel_is_used_by_keyboard(page, live_server, month):
    page.goto(f"{live_server.url}/calls/")
    page.locator(".year-wheel a").first.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/calls/\d{4}/5/"))


def test_letters_of_the_wheel_can_be_read_at_320(page, live_server, month):
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"{live_server.url}/calls/")
    heights = page.locator(".year-wheel text").evaluate_all("all => all.map(one => one.getBoundingClientRect().height)")
    assert min(heights) >= 11


def test_a_month_is_one_sheet_of_a4(page, live_server, month):
    page.goto(f"{live_server.url}{month}")
    pdf = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
    assert page.get_by_text("ほか19件は").count() == 1
