"""From a town's page to a mail about it, and out again by one click; on a phone without JavaScript, too."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from sumairu.lib.wareki import fiscal_year_on
from sumairu.updates.ledger import note_waiting, touched
from support.digests import weekly
from support.digests.models import Subscriber
from tests.browser.accessibility import assert_accessible, assert_no_sideways_scrolling
from tests.factories import make_edition, make_municipality, make_program, make_window

SCREENS = {
    "desktop": {"width": 1280},
    "phone": {"width": 375},
    "no JavaScript": {"width": 375, "java_script_enabled": False},
}
EMAIL = "tantou@akkeshi.example.jp"
MONDAY = localdate() - timedelta(days=localdate().weekday())


@pytest.fixture
def window(live_server, settings):
    """A call of 地域の交付金 that ends in nine days, of which the public has been told."""
    settings.SHOWS_MAIL, settings.PUBLIC_ADDRESS = True, live_server.url
    make_municipality("厚岸町")
    program = make_program(slug="kofukin", official_name="地域の交付金")
    edition = make_edition(program=program, fiscal_year=fiscal_year_on(localdate()), summary="道路を直します。")
    window = make_window(edition=edition, opens_on=localdate(), closes_on=localdate() + timedelta(days=9))
    told(edition)
    return window


def told(edition):
    touched({"programs": [edition.pk]})
    note_waiting()


def newest_mail(page, follow):
    """Open the newest mail in the sample mailbox, and in it the link whose address stands after `follow`."""
    page.goto(reverse("sample_mailbox"))
    mail = page.locator("article.mail").first
    text = mail.inner_text()
    address = text.partition(follow)[2].split()[0]
    assert "/link/" in address
    mail.locator(f'a[href*="{address[address.index("token=") :][:40]}"]').first.click()
    return text


@pytest.mark.parametrize("screen", SCREENS)
def test_from_a_towns_page_to_its_mail_and_out_again(open_page, window, screen):
    page = open_page(**SCREENS[screen])
    page.goto("/municipalities/016624/")
    page.get_by_role("link", name="厚岸町について、メールで受け取る").click()
    assert page.get_by_label("市町村", exact=True).input_value() == "016624"
    page.get_by_label("メールアドレス").fill(EMAIL)
    page.get_by_role("button", name="確認のメールを受け取る").click()
    page.get_by_role("heading", name="確認のメールを送りました").wait_for()

    newest_mail(page, "ボタンを押してください（24時間使えます）。")
    assert not Subscriber.objects.exists()
    page.get_by_role("button", name="受け取りを始める").click()
    page.get_by_role("heading", name="受け取りを始めました").wait_for()

    window.edition.summary = "橋を直します。"
    window.edition.save()
    told(window.edition)
    assert weekly.make(MONDAY) == 1

    mail = newest_mail(page, "受け取りをやめる（アドレスを消します）：")
    assert "地域の交付金" in mail
    assert "→ 橋を直します。" in mail
    assert "締切1件" in mail
    page.get_by_role("button", name="受け取りをやめる").click()
    page.get_by_role("heading", name="受け取りをやめました").wait_for()
    assert not Subscriber.objects.exists()
    page.goto(reverse("sample_mailbox"))
    assert page.locator("article.mail").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_its_pages_are_for_everybody(open_page, window, width, scheme):
    page = open_page(width, color_scheme=scheme)
    for address in ("/mail/?town=016624", f"/mail/reminder/?call={window.pk}", "/mail/sent/", "/link/?token=x"):
        page.goto(address)
        assert_accessible(page)
        assert_no_sideways_scrolling(page)
    page.goto("/mail/")
    page.get_by_label("メールアドレス").fill(EMAIL)
    page.get_by_role("button", name="確認のメールを受け取る").click()
    page.get_by_text("市町村か振興局を選んでください").wait_for()
    assert_accessible(page)
    page.get_by_label("市町村", exact=True).select_option("016624")
    page.get_by_role("button", name="確認のメールを受け取る").click()
    page.goto(reverse("sample_mailbox"))
    assert_accessible(page)
    assert_no_sideways_scrolling(page)
    newest_mail(page, "ボタンを押してください（24時間使えます）。")
    assert_accessible(page)
    assert_no_sideways_scrolling(page)
