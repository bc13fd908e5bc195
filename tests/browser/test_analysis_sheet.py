"""地域分析シート as it is printed: two to four sheets of A4 for a town of any size, with every source, and no chart cut."""

import re

import pytest

from regions.models import MunicipalFact, Municipality
from sumairu.loading.facts import load_tables
from tests.browser.accessibility import assert_accessible, assert_no_sideways_scrolling
from tests.factories import (
    make_desk,
    make_edition,
    make_indicator,
    make_indicator_figure,
    make_program,
    make_program_desk,
)

LARGEST, SMALLEST, LONG_NAME, GAPS, NOTHING = "札幌市", "音威子府村", "新十津川町", "厚岸町", "羅臼町"
INDICATORS = 12


@pytest.fixture
def world(db):
    load_tables()
    program = make_program(slug="resas-bunseki", official_name="RESASを活用した地域分析等の支援")
    make_edition(program=program)
    desk = make_desk(section="地域政策課", email="mihon@example.jp", hours="平日 8時45分から17時30分まで")
    make_program_desk(program=program, desk=desk)
    for number in range(INDICATORS):
        name = f"{number}番目の長い名前の指標（道と市町村の合計）"
        indicator = make_indicator(name=name, slug=f"i{number}", note="年度の途中で決め直した額を含みません。" * 3)
        for town in Municipality.objects.filter(name__in=(LARGEST, SMALLEST, LONG_NAME)):
            for year in (2019, 2021, 2022):
                make_indicator_figure(indicator=indicator, municipality=town, fiscal_year=year)
    MunicipalFact.objects.filter(municipality__name=NOTHING).delete()
    gone = MunicipalFact.objects.filter(municipality__name=GAPS)
    gone.filter(fact__slug__in=("births", "revenue_thousand_yen"), year__in=(2018, 2020)).delete()
    gone.filter(fact__slug__in=("workers", "population_15_64", "doctors")).delete()


def address_of(name):
    return f"/municipalities/{Municipality.objects.get(name=name).code}/analysis/"


def printed_pages(page):
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(format="A4", prefer_css_page_size=True)))


# Of what must not be cut: where it stands on paper of A4 cannot be asked, but that the browser may not break it can.
CUT = """all => all.filter(one => {
    for (let each = one; each; each = each.parentElement)
        if (getComputedStyle(each).breakInside.startsWith('avoid')) return false;
    return true;
}).length"""


def test_it_is_printed_on_two_to_four_sheets_with_its_sources(open_page, world):
    page = open_page(1280)
    page.emulate_media(media="print")
    for name in (LARGEST, SMALLEST, LONG_NAME, GAPS):
        page.goto(address_of(name))
        assert 2 <= printed_pages(page) <= 4, name
        sources = page.locator(".analysis .source-line")
        assert sources.count() >= 7
        assert all(each.is_visible() for each in sources.all())
        assert page.locator(".drawing svg").evaluate_all(CUT) == 0
        assert page.get_by_text("送るもの").is_visible()
    page.goto(address_of(NOTHING))
    assert printed_pages(page) <= 2


@pytest.mark.parametrize("width", [320, 375, 1280])
def test_it_fits_any_screen_and_can_be_read_by_anybody(open_page, world, width):
    page = open_page(width)
    for name in (LONG_NAME, GAPS, NOTHING):
        page.goto(address_of(name))
        page.locator(".analysis details").evaluate_all("all => all.forEach(one => (one.open = true))")
        assert_no_sideways_scrolling(page)
        assert_accessible(page)
