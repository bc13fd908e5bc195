"""From a programme to what one does with it: its next step, the sheet for those who decide, and what is wrong on a page."""

import re
from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from sumairu.lib.wareki import fiscal_year_on
from support.reports.models import Report
from tests.browser.accessibility import (
    assert_accessible,
    assert_link_texts_tell_places_apart,
    assert_no_sideways_scrolling,
)
from tests.factories import (
    make_attachment,
    make_desk,
    make_edition,
    make_local_note,
    make_municipality,
    make_program,
    make_rule,
    make_subprefecture,
    make_uptake,
    make_window,
)

LONG = "ながい説明をここに書きます。" * 400


@pytest.fixture
def edition():
    make_municipality("釧路市"), make_municipality("厚岸町")
    program = make_program(slug="kofukin", official_name="地域づくり総合交付金", desk=make_desk(section="交付金係"))
    edition = make_edition(program=program, fiscal_year=fiscal_year_on(localdate()))
    make_rule(edition=edition, wording="市町村が対象です")
    make_window(edition=edition, opens_on=localdate() - timedelta(days=1), closes_on=localdate() + timedelta(days=9))
    form = make_attachment(edition, "申請書")
    form.purpose = form.Purpose.FORM
    form.save()
    return edition


@pytest.fixture(params=["desktop", "phone", "without scripts"])
def reader(request, open_page):
    """A page at 1280 and at 375 CSS pixels, and once where no script runs."""
    width = {"desktop": 1280}.get(request.param, 375)
    return open_page(width, java_script_enabled=request.param != "without scripts")


def test_the_form_is_two_actions_from_the_town(reader, edition):
    reader.goto("/municipalities/012068/")
    with reader.expect_download() as download:
        reader.get_by_role("link", name=re.compile("地域づくり総合交付金.*様式をもらう")).click()
    assert download.value.suggested_filename == "様式.xlsx"


def test_the_sheet_is_two_actions_from_the_town_and_a_workbook_one_more(reader, edition):
    reader.goto("/municipalities/012068/")
    reader.get_by_role("link", name=re.compile("稟議シート.*地域づくり総合交付金")).click()
    assert "釧路市の判定" in reader.locator(".sheet").inner_text()
    with reader.expect_download() as download:
        reader.get_by_role("link", name="Excelで受け取る").click()
    assert download.value.suggested_filename.startswith("稟議シート_kofukin_")


def test_what_is_wrong_is_told_from_the_page_itself(reader, edition):
    reader.goto("/programs/kofukin/")
    reader.get_by_role("link", name=re.compile("この情報は違います")).click()
    reader.get_by_role("button", name="違っているところを知らせる").click()
    if reader.get_by_role("alert").count():
        assert "どこが、どう違っているか" in reader.get_by_role("alert").first.inner_text()
    reader.get_by_label("違っているところ").fill("電話番号が違います。")
    reader.get_by_role("button", name="違っているところを知らせる").click()
    reader.get_by_role("link", name="見ていたページに戻る").click()
    assert reader.url.endswith("/programs/kofukin/")
    assert Report.objects.get().wrong == "電話番号が違います。"


@pytest.mark.parametrize("is_long", [False, True], ids=["short", "as long as texts get"])
def test_the_sheet_is_printed_on_two_sheets_of_paper_at_most(open_page, edition, is_long):
    if is_long:
        texts = dict.fromkeys(("summary", "target", "pays_for", "how_to_apply"), LONG)
        for name, text in texts.items():
            setattr(edition, name, text)
        edition.excludes = edition.source = "\n".join([LONG[:80]] * 60)
        edition.rate, edition.ceiling, edition.legal_basis = LONG[:60], LONG[:200], LONG[:500]
        edition.apply_url = "https://apply.example.jp/" + "a" * 400
        edition.save()
        make_local_note(edition=edition, subprefecture=make_subprefecture(), text=LONG)
        for number in range(10):
            edition.links.create(title=LONG[:80], url=f"https://a.example.jp/{number}")
            make_window(edition=edition, applicant="group", closes_on=None, note=LONG[:200], opens_on=localdate())
            make_rule(edition=edition, wording=LONG[:100])
        for name in ("釧路市", "厚岸町"):
            for year in range(2020, 2024):
                make_uptake(program=edition.program, municipality=make_municipality(name), fiscal_year=year)
    page = open_page(1280)
    page.goto("/programs/kofukin/for/012068/")
    paper = page.pdf(format="A4", prefer_css_page_size=True)
    pages = len(re.findall(rb"/Type\s*/Page\b(?!s)", paper))
    assert 1 <= pages <= 2


@pytest.mark.parametrize("width", [1280, 375, 320])
@pytest.mark.parametrize("address", ["/programs/kofukin/for/012068/", "/report/?page=/programs/kofukin/"])
def test_nothing_is_wider_than_the_page_and_all_can_be_used(open_page, edition, width, address):
    page = open_page(width)
    page.goto(address)
    assert_no_sideways_scrolling(page)
    assert_accessible(page)
    assert_link_texts_tell_places_apart(page)
