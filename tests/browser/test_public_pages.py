"""Every public page as a person meets it: accessible, on any screen, in the light and in the dark, without JavaScript."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from sumairu.lib.wareki import fiscal_year_on
from sumairu.search.index import rebuild
from sumairu.updates.ledger import note_waiting, touch_by_days
from tests.browser.accessibility import (
    assert_accessible,
    assert_chapters_keep_their_column,
    assert_link_texts_tell_places_apart,
    assert_no_cell_is_broken,
    assert_no_sideways_scrolling,
    assert_no_year_or_day_is_broken,
    assert_nothing_is_squeezed,
)
from tests.factories import (
    make_attachment,
    make_budget_figure,
    make_desk,
    make_dispatch_figure,
    make_duty,
    make_edition,
    make_fact,
    make_indicator,
    make_indicator_figure,
    make_initiative,
    make_local_note,
    make_municipal_fact,
    make_municipality,
    make_picture,
    make_policy,
    make_program,
    make_program_desk,
    make_rule,
    make_subprefecture,
    make_theme,
    make_update,
    make_window,
)

PAGES = {
    "home": "/",
    "regions": "/regions/",
    "office": "/regions/kushiro/",
    "initiatives": "/initiatives/?year=",
    "initiative": "/initiatives/kushiro-2021-1/",
    "towns": "/municipalities/",
    "no town": "/municipalities/?q=ない町",
    "town": "/municipalities/012068/",
    "support": "/support/",
    "pillar": "/support/financial/",
    "finding support": "/support/find/?ask=town&when=now",
    "support found": "/support/find/?ask=end&town=012068",
    "programme": "/programs/kofukin/?town=012068",
    "programme of one year": "/programs/sodan/",
    "calls": "/calls/?town=012068",
    "calls on another day": f"/calls/?on={fiscal_year_on(localdate()) + 1}-04-01",
    "figures": "/figures/",
    "indicators": "/indicators/",
    "indicator": "/indicators/tax/?order=most&office=kushiro",
    "comparing": "/compare/",
    "towns side by side": "/compare/?towns=012068,016624,012238,016942,012076&per=head",
    "programmes side by side": "/compare/?programs=kofukin,sodan",
    "similar towns": "/municipalities/012068/similar/",
    "analysis sheet": "/municipalities/012068/analysis/",
    "map": "/map/?show=indicator.tax",
    "search": "/search/?q=観光",
    "nothing found": "/search/?q=ない言葉",
    "about": "/about/",
    "accessibility": "/accessibility/",
    "data": "/data/",
    "updates": "/updates/",
    "initiative with furigana": "/furigana/initiatives/kushiro-2021-1/",
    "programme with furigana": "/furigana/programs/kofukin/",
    "English": "/en/",
    "office in English": "/en/regions/kushiro/",
    "programme in English": "/en/programs/kofukin/",
    "not found": "/programs/no-such-programme/",
    "ended": "/initiatives/kushiro-2018-1/",
    "ended, in English": "/en/programs/ended/",
}


@pytest.fixture(autouse=True)
def world(db):
    """A little of everything that a page may show."""
    town, office = make_municipality("釧路市"), make_subprefecture("kushiro")
    for name in ("厚岸町", "根室市", "羅臼町", "帯広市"):
        make_municipality(name)
    initiative = make_initiative(
        code="kushiro-2021-1",
        title="観光",
        easy_summary="観光を します",
        readings="観光 かんこう",
        body="## 目的\n\n- 一\n- 二\n\n| 年 | 人 |\n|---|---|\n| 3 | 9 |",
        result="**三百人**が来ました。",
        cost_yen=1_250_000,
    )
    make_picture(initiative, caption="畑")
    initiative.themes.add(make_theme())
    make_initiative(code="kushiro-2018-1", fiscal_year=2018, status="ended")
    make_edition(program=make_program(slug="ended"), status="ended")
    make_attachment(initiative), make_policy(text="**海**を守る"), make_initiative(fiscal_year=2019)
    make_initiative(subprefecture=make_subprefecture("nemuro"), is_sample=True)
    desk = make_desk(subprefecture=office, email="kushiro@example.jp", hours="平日 8時45分から17時30分まで")
    program = make_program(slug="kofukin", official_name="地域づくり総合交付金", readings="交付金 こうふきん")
    make_edition(program=program, fiscal_year=2020, rate="3分の1以内", target="市町村")
    edition = make_edition(
        program=program, fiscal_year=fiscal_year_on(localdate()), rate="2分の1以内", excludes="人件費", source="案内"
    )
    make_rule(edition=edition), make_local_note(edition=edition, subprefecture=office)
    make_window(edition=edition, opens_on=None, closes_on=localdate() + timedelta(days=9), note="追加の募集")
    make_window(edition=edition, subprefecture=office, applicant="group")
    make_program_desk(program=program, subprefecture=office, desk=desk)
    make_program_desk(program=program, desk=make_desk(confirmed_on=localdate() - timedelta(days=500)))
    advice = make_program(pillar="informational", slug="sodan")
    make_edition(program=advice, fiscal_year=fiscal_year_on(localdate())), make_rule(value="振興局")
    people = make_edition(program=make_program(pillar="human"), source_note="数えた日は書かれていません。").program
    for year in (2018, 2019, 2021):
        make_budget_figure(program=program, fiscal_year=year), make_dispatch_figure(program=people, fiscal_year=year)
    make_duty(program=people)
    tax, donations = make_indicator(slug="tax", note="当初の額です。"), make_indicator("ふるさと納税 受入額")
    for year in (2021, 2022):
        make_indicator_figure(indicator=tax, municipality=town, fiscal_year=year)
    for year in range(2008, 2021):
        make_indicator_figure(indicator=donations, municipality=town, fiscal_year=year, amount=10 ** (year - 2008))
    for slug in ("moved_out", "moved_in", "births", "deaths"):
        for year in (2020, 2021, 2022):
            make_municipal_fact(municipality=town, fact=make_fact(slug, label=slug), year=year)
    rebuild()
    touch_by_days(), note_waiting()
    lines = [["支援の割合", [["same", "補助率は"], ["gone", "2分の1"], ["new", "3分の2"], ["same", "以内で" * 40]]]]
    make_update(what="changed", title="地域づくり総合交付金", path="/programs/kofukin/", lines=lines)


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (375, "dark")], ids=["desktop, light", "phone, dark"])
def test_a_page_is_accessible(open_page, path, width, scheme):
    page = open_page(width, color_scheme=scheme)
    page.goto(path)
    page.evaluate("for (const closed of document.querySelectorAll('details')) closed.open = true")
    assert_accessible(page)


@pytest.mark.parametrize(("width", "letters"), [(375, "100%"), (320, "100%"), (375, "200%"), (320, "200%")])
def test_a_page_has_room_on_a_small_screen_and_with_large_letters(open_page, width, letters):
    page = open_page(width)
    for path in PAGES.values():
        page.goto(path)
        page.evaluate("for (const closed of document.querySelectorAll('details')) closed.open = true")
        page.evaluate("size => document.documentElement.style.fontSize = size", letters)
        assert_no_sideways_scrolling(page)
        assert_nothing_is_squeezed(page)
        if letters == "100%":
            assert_no_cell_is_broken(page)
        if (width, letters) == (375, "100%"):
            assert_no_year_or_day_is_broken(page)


def test_a_chapter_stands_beside_its_title_and_breaks_no_year_or_day(page):
    for path in PAGES.values():
        page.goto(path)
        page.evaluate("for (const closed of document.querySelectorAll('details')) closed.open = true")
        assert_chapters_keep_their_column(page)
        assert_no_year_or_day_is_broken(page)


def test_what_is_not_for_paper_is_not_on_paper(page):
    page.emulate_media(media="print")
    for path in [*PAGES.values(), f"/calls/{localdate():%Y/%-m}/"]:
        page.goto(path)
        assert page.locator(".not-on-paper, .report-link").filter(visible=True).count() == 0, path


def test_links_say_where_they_go(page):
    for path in PAGES.values():
        page.goto(path)
        assert_link_texts_tell_places_apart(page)


def test_a_town_is_chosen_with_the_keyboard_and_without_javascript(open_page):
    page = open_page(1280, java_script_enabled=False)
    page.goto("/")
    page.get_by_label("あなたのまち").fill("くしろ")
    page.keyboard.press("Enter")
    page.wait_for_url("**/municipalities/012068/")
    assert page.get_by_role("heading", level=1).inner_text() == "釧路市"
    page.get_by_role("link", name="地域づくり総合交付金").first.click()
    page.get_by_text("釧路市から申し込む窓口").first.wait_for()


def test_another_town_is_chosen_on_the_programme_s_page(page):
    page.goto("/programs/kofukin/")
    page.get_by_label("あなたのまち").select_option("根室市")
    page.get_by_role("button", name="まちで見る").click()
    assert page.url.endswith("/programs/kofukin/?town=012238")
    assert "根室市から申し込む窓口" in page.get_by_role("main").inner_text()


def test_a_source_opens_down_to_the_file(page):
    page.goto("/figures/")
    page.get_by_text("出どころ：予算.xlsx").first.click()
    assert page.get_by_text("SHA-256").first.is_visible()


def test_initiatives_are_narrowed_by_a_form(page):
    page.goto("/initiatives/?year=")
    page.get_by_label("分野").select_option("観光")
    page.get_by_role("button", name="絞り込む").click()
    assert page.get_by_role("heading", level=2).first.inner_text() == "取組　1件"


def test_a_file_is_downloaded(page):
    page.goto("/figures/")
    with page.expect_download() as download:
        page.get_by_role("link", name="予算額の推移をCSVでダウンロードする").click()
    assert download.value.suggested_filename == "予算額の推移.csv"


def test_the_first_sheet_of_a_town_has_all_that_it_can_use(open_page):
    """As many offers as a town may have: what they are, until when and whom to call come before the first sheet ends."""
    year, day, desk = fiscal_year_on(localdate()), localdate(), make_desk(section="総合政策部 地域創生局")
    for place, closes_on in enumerate([day + timedelta(days=days) for days in range(7)] + [None] * 4):
        edition = make_edition(program=make_program(official_name=f"地域の行事を支える交付金{place}"), fiscal_year=year)
        make_rule(edition=edition, wording="市町村の事業が対象です")
        make_window(edition=edition, opens_on=None, closes_on=closes_on)
        make_program_desk(program=edition.program, desk=desk)
    page = open_page(680)  # CSS pixels between the margins of a sheet
    page.emulate_media(media="print")
    page.goto("/municipalities/012068/")
    foot = page.locator("#all_year").bounding_box()
    assert foot["y"] + foot["height"] < 263 / 25.4 * 96  # mm between the margins
