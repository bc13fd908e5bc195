"""A town's strategy about to end: seen by its office, which opens it from there, and by headquarters; read by everybody."""

import pytest
from django.utils.timezone import localdate

from sumairu.lib.wareki import fiscal_year_on
from tests.browser.accessibility import assert_accessible, assert_no_sideways_scrolling
from tests.factories import (
    make_aim,
    make_editor,
    make_headquarters_editor,
    make_municipality,
    make_strategy,
    make_strategy_indicator,
    make_theme,
)


@pytest.fixture(autouse=True)
def world(db):
    year = fiscal_year_on(localdate())
    for name in ("釧路市", "根室市", "別海町"):
        make_municipality(name)
    ending = make_strategy(
        municipality=make_municipality("根室市"), title="根室のまちの戦略", first_year=year - 4, last_year=year
    )
    make_aim(ending).themes.add(make_theme())
    make_strategy_indicator(ending, base_value=10, target_value=20)
    make_strategy(municipality=make_municipality("釧路市"), first_year=year, last_year=year + 4)


def sign_in(page, user):
    page.goto("/admin/")
    page.get_by_label("メールアドレス").fill(user.email)
    page.get_by_label("パスワード").fill("password")
    page.get_by_role("button", name="サインイン").click()
    page.get_by_role("heading", name="わたしの仕事").wait_for()


def test_a_strategy_about_to_end_is_seen_by_its_office_and_by_headquarters(open_page):
    office = open_page(1280)
    sign_in(office, make_editor("nemuro"))
    row = office.locator("tbody", has=office.locator("#strategies_ending")).get_by_role("row", name="根室のまちの戦略")
    assert "あと" in row.inner_text()
    assert "次の戦略の記録がありません" in row.inner_text()
    assert_accessible(office)
    row.get_by_role("link", name="次の戦略を確かめる").click()
    assert office.get_by_label("名称").input_value() == "根室のまちの戦略"

    headquarters = open_page(1280)
    sign_in(headquarters, make_headquarters_editor())
    assert (
        "根室のまちの戦略" in headquarters.locator("tbody", has=headquarters.locator("#strategies_ending")).inner_text()
    )
    headquarters.get_by_role("link", name="根室振興局管内の1市町村").first.click()
    told = headquarters.get_by_role("table").inner_text()
    assert "別海町" in told
    assert "釧路市" not in told
    assert_accessible(headquarters)
    with headquarters.expect_download() as download:
        headquarters.get_by_role("link", name="Excelで書き出す").click()
    assert download.value.suggested_filename.endswith(".xlsx")


@pytest.mark.parametrize("width", [320, 1280])
def test_its_pages_are_for_everybody(open_page, width):
    page = open_page(width)
    page.goto("/strategies/")
    assert_accessible(page)
    assert_no_sideways_scrolling(page)
    page.get_by_role("link", name="根室のまちの戦略").click()
    assert "まもなく終わる" in page.get_by_role("main").inner_text()
    assert "最新の値の記録がないため" in page.get_by_role("main").inner_text()
    assert_accessible(page)
    assert_no_sideways_scrolling(page)
