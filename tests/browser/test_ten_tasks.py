"""Ten things that an official of a town comes for, each within three actions from the first page.

At 1280 and at 375 CSS pixels, and once where no script runs. An action is following a link, sending a form or opening what
is folded. (Towns like mine, and two programmes side by side: `test_comparing`.)
"""

import re
from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from sumairu.lib.wareki import fiscal_year_on
from sumairu.search.index import rebuild
from sumairu.search.reading import read_for
from support.models import Pillar
from tests.browser.accessibility import assert_no_sideways_scrolling
from tests.factories import (
    make_budget_figure,
    make_desk,
    make_edition,
    make_initiative,
    make_municipality,
    make_program,
    make_rule,
    make_subprefecture,
    make_theme,
    make_window,
)

MOST = 3
LAST = localdate() + timedelta(days=9)


@pytest.fixture(autouse=True)
def world(db):
    make_municipality("釧路市"), make_municipality("根室市")
    desk = make_desk(section="交付金係", phone="0000-00-1234")
    program = make_program(
        slug="kofukin",
        official_name="地域づくり総合交付金",
        desk=desk,
        pillar=Pillar.FINANCIAL,
        plain_name="地域づくりの費用",
    )
    edition = make_edition(program=program, fiscal_year=fiscal_year_on(localdate()))
    make_rule(edition=edition, wording="市町村が対象です")
    make_window(edition=edition, opens_on=localdate() - timedelta(days=1), closes_on=LAST)
    make_edition(program=make_program(official_name="応援団会議", pillar=Pillar.INFORMATIONAL), target="企業")
    make_budget_figure(program=program)
    kushiro = make_subprefecture()
    for year, title in ((2021, "海の観光"), (2022, "森の学校")):
        make_initiative(title=title, fiscal_year=year, subprefecture=kushiro).themes.add(make_theme())


class Reader:
    """Somebody who begins at the first page, and whose actions are counted."""

    def __init__(self, page):
        self.page, self.actions = page, 0
        page.goto("/")

    def follow(self, name, within="body"):
        links = self.page.locator(within).get_by_role("link", name=name)
        self._act(links.filter(visible=True).first)

    def send(self, button):
        self._act(self.page.get_by_role("button", name=button).first)

    def look_up(self, town="くしろし"):
        self.page.get_by_label("あなたのまち").fill(town)
        self.send("まちを開く")

    def search(self, words):
        field = self.page.locator("input[type=search]").filter(visible=True).first
        if not field.count():
            self.follow("検索", "header")
            field = self.page.locator("main input[type=search]")
        field.fill(words)
        self.actions += 1
        with self.page.expect_navigation():
            field.press("Enter")

    def keep(self, name):
        """The name of the file that a link gives."""
        self.actions += 1
        with self.page.expect_download() as download:
            self.page.get_by_role("link", name=name).first.click()
        return download.value.suggested_filename

    def unfold(self, text):
        self.actions += 1
        self.page.get_by_text(text).first.click()

    @property
    def sees(self):
        return self.page.get_by_role("main").inner_text()

    def _act(self, part):
        self.actions += 1
        with self.page.expect_navigation():
            part.click()


@pytest.fixture(params=["desktop", "phone", "without scripts"])
def reader(request, open_page):
    width = {"desktop": 1280}.get(request.param, 375)
    reader = Reader(open_page(width, java_script_enabled=request.param != "without scripts"))
    yield reader
    assert 1 <= reader.actions <= MOST
    assert_no_sideways_scrolling(reader.page)


def test_what_my_town_can_use_and_until_when(reader):
    reader.look_up()
    assert "地域づくり総合交付金" in reader.sees
    assert re.search(rf"{LAST.month}月{LAST.day}日.*まで", reader.sees)


def test_whom_to_call(reader):
    reader.look_up("012068")
    number = reader.page.get_by_role("link", name="0000-00-1234").first
    assert number.get_attribute("href") == "tel:0000-00-1234"


def test_what_the_office_did_in_a_year(reader):
    reader.follow("地域の取組", "header")
    reader.follow("釧路総合振興局", "main")
    reader.follow(re.compile("令和3年度"), "main")
    assert "海の観光" in reader.sees
    assert "森の学校" not in reader.sees


def test_where_a_figure_is_from(reader):
    reader.follow("数字で見る", "header")
    reader.unfold("出どころ：")
    assert reader.page.get_by_text("SHA-256").first.is_visible()


def test_being_told_of_deadlines(reader):
    reader.look_up()
    reader.follow(re.compile("釧路市が申し込める募集"))
    address = reader.page.get_by_role("link", name="カレンダーで購読する").get_attribute("href")
    assert address.startswith("webcal:")
    assert address.endswith("/calls/calendar.ics?town=012068")
    assert reader.keep("一度だけ取り込む（.ics）") == "calls.ics"


def test_the_figures_of_my_town_for_those_who_decide(reader):
    reader.look_up()
    reader.follow(re.compile("稟議シート.*地域づくり総合交付金"))
    assert "釧路市の判定" in reader.sees
    assert reader.keep("Excelで受け取る").startswith("稟議シート_kofukin_")


@pytest.mark.parametrize(
    ("words", "found"),
    [("観光", "海の観光"), ("くしろし", "釧路市"), ("012068", "釧路市"), ("かんこう", "海の観光")],
)
def test_finding_by_a_theme_by_kana_and_by_code(reader, words, found, readings):
    reader.search(words)
    assert found in reader.sees


@pytest.fixture
def readings():
    """The worker has looked up how words are read."""
    rebuild()
    read_for(60)


def test_what_changed(reader):
    reader.follow("更新の履歴", "footer")
    feed = reader.page.get_by_role("link", name=re.compile("Atom")).first.get_attribute("href")
    assert feed == "/updates/feed.atom"


def test_sending_a_colleague_what_one_sees(reader, open_page):
    reader.follow("募集", "header")
    reader.page.get_by_label("市町村").select_option("根室市")
    reader.page.get_by_label("支援の柱").select_option("財政的支援")
    reader.send("絞り込む")
    colleague = open_page(1280)
    colleague.goto(reader.page.url)
    assert colleague.get_by_role("main").inner_text().split() == reader.sees.split()
    assert "根室市、財政的支援" in reader.sees
