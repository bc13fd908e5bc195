"""The words that people search for, in a browser: what is found, and why."""

import pytest

from sumairu.search.index import rebuild
from tests.factories import (
    make_attachment,
    make_desk,
    make_duty,
    make_edition,
    make_initiative,
    make_municipality,
    make_program,
    make_subprefecture,
    make_synonym,
    make_theme,
)


@pytest.fixture(autouse=True)
def content(db):
    desk = make_desk(section="関係人口推進係")
    program = make_program(official_name="地域振興派遣", slug="haken", desk=desk)
    edition = make_edition(program=program, fiscal_year=2021, summary="職員を派遣します。")
    make_duty(program=program, fiscal_year=2021, name="広域観光の推進")
    make_attachment(edition, title="森林の手引き")
    deer = make_initiative(title="エゾシカの活用", fiscal_year=2021, summary="肉を使います。")
    deer.themes.add(make_theme("関係人口", "kankei"))
    make_initiative(title="みなとの祭り", fiscal_year=2020, subprefecture=make_subprefecture("nemuro"))
    make_municipality("釧路市")
    make_town("別海町", "べつかいちょう", "Betsukai", "016918")
    make_town("石狩市", "いしかりし", "Ishikari", "012351")
    for word in ("鹿", "シカ", "エゾシカ"):
        make_synonym(word)
    rebuild()


def make_town(name, kana, romaji, code):
    town = make_municipality("釧路市")
    town.pk, town.name, town.kana, town.romaji, town.code, town.code5 = None, name, kana, romaji, code, code[:5]
    town.kind = name[-1]
    town.save(force_insert=True)


def search(page, query):
    """Of each hit, as it is seen, its title and where its words stand."""
    page.goto("/search/")
    page.get_by_label("さがす言葉").fill(query)
    page.get_by_role("button", name="検索する").click()
    page.wait_for_url("**/search/?q=*")
    return [
        (hit.locator(".name").inner_text().strip(), [each.strip() for each in hit.locator(".place").all_inner_texts()])
        for hit in page.locator(".found-rows > li").all()
    ]


HAKEN = "地域振興派遣"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("広域観光", [(HAKEN, ["派遣先での主な業務　広域観光の推進"])]),
        ("森林", [(HAKEN, ["添付ファイル　森林の手引き"])]),
        ("関係人口", [("エゾシカの活用", ["分野　関係人口"]), (HAKEN, ["窓口　関係人口推進係"])]),
        ("鹿", [("エゾシカの活用", [])]),
        ("シカ", [("エゾシカの活用", [])]),
        ("べっかい", [("別海町", ["よみ　べつかいちょう"])]),
        ("くしろ", [("釧路総合振興局", ["URL名　kushiro"]), ("釧路市", ["よみ　くしろし"])]),
        ("01691", [("別海町", ["団体コード　016918"])]),
    ],
)
def test_a_word_is_found_and_it_is_seen_why(page, query, found):
    assert search(page, query) == found
    assert page.locator(".found-rows mark").count() >= len(found)


@pytest.mark.parametrize("query", ["令和3", "R3", "2021", "令和３年度"])
def test_a_year_is_found_in_whatever_words(page, query):
    assert {title for title, _ in search(page, query)} == {HAKEN, "エゾシカの活用"}


def test_a_search_is_narrowed_and_widened_by_links(page):
    search(page, "観光 派遣")
    page.goto("/search/?q=祭り 活用")
    page.get_by_role("link", name="「祭り」は1件あります").click()
    page.get_by_text("年度で絞る").click()
    page.get_by_role("link", name="令和2年度（2020）").click()
    assert page.locator(".narrowed").inner_text() == "年度：令和2年度（2020）（外す）"
    page.get_by_role("link", name="外す").click()
    assert page.locator(".narrowed").count() == 0
    assert page.locator(".found-rows > li").count() == 1


def test_what_is_like_it_is_offered(page):
    search(page, "石狩町")
    page.get_by_role("link", name="石狩市").click()
    assert page.locator(".found-rows .name").all_inner_texts() == ["石狩市"]
