import json

import pytest

from sumairu import paging
from sumairu.search.index import rebuild
from sumairu.search.words import postgresql
from tests.costs import page, queries_of
from tests.factories import (
    make_edition,
    make_initiative,
    make_municipality,
    make_program,
    make_subprefecture,
    make_theme,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(db):
    tourism = make_initiative(title="くしろの観光", fiscal_year=2021)
    tourism.themes.add(make_theme())
    tourism.municipalities.add(make_municipality("厚岸町"))
    make_municipality("釧路市")
    make_initiative(title="ねむろの食", fiscal_year=2021, subprefecture=make_subprefecture("nemuro"))
    make_initiative(title="くしろの水産", fiscal_year=2020)
    rebuild()


def titles(client, query):
    html = page(client, f"/initiatives/?{query}")
    return {title for title in ("くしろの観光", "ねむろの食", "くしろの水産") if title in html}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param("", {"くしろの観光", "ねむろの食"}, id="the newest year"),
        pytest.param("year=", {"くしろの観光", "ねむろの食", "くしろの水産"}, id="all years"),
        pytest.param("year=2020", {"くしろの水産"}, id="one year"),
        pytest.param("office=nemuro", {"ねむろの食"}, id="one office"),
        pytest.param("theme=tourism", {"くしろの観光"}, id="one theme"),
        pytest.param(
            "year=&town=厚岸町", {"くしろの観光", "くしろの水産"}, id="a town that one names, and one for all"
        ),
        pytest.param("year=&town=くしろ", {"くしろの水産"}, id="a town by its reading"),
        pytest.param("year=&town=札幌", set(), id="a town that there is not"),
        pytest.param("year=&q=クシロ 水産", {"くしろの水産"}, id="words, in other letters"),
        pytest.param("year=&office=nemuro&theme=tourism", set(), id="nothing has both"),
        pytest.param("year=2019", set(), id="a year that is no choice"),
        pytest.param("year=&office=%01", {"くしろの観光", "ねむろの食", "くしろの水産"}, id="a control character"),
        pytest.param("year=&theme=%01x", set(), id="a theme that there is not"),
        pytest.param("year=&q=" + "あ" * 2000, set(), id="far too long"),
    ],
)
def test_the_list_is_narrowed_by_what_is_asked(client, three, query, found):
    assert titles(client, query) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("year=&q=クシロ 水産", {"くしろの水産"}),
        ("year=&q=クシロ", {"くしろの観光", "くしろの水産"}),
        ("q=クシロ", {"くしろの観光"}),
        ("year=&town=くしろ&q=の", {"くしろの水産"}),
        ("year=&theme=tourism&q=の", {"くしろの観光"}),
        ("year=&q=山", set()),
    ],
)
def test_a_word_that_many_have_is_asked_of_one_row_after_another(client, three, monkeypatch, query, found):
    monkeypatch.setattr(postgresql, "COMMON", 0)  # SQLite has one way for all words
    assert titles(client, query) == found
    told = b"".join(client.get(f"/initiatives/?{query}&format=json").streaming_content).decode()
    assert {each["title"] for each in json.loads(told)["records"]} == found


def test_a_town_that_cannot_be_read_is_said_at_the_field(client, three):
    assert "「札幌」が、どの市町村か分かりません。" in page(client, "/initiatives/?town=札幌")


def test_an_empty_list_says_what_to_do(client, three):
    assert "「すべて」にするか、言葉を短くして" in page(client, "/initiatives/?office=nemuro&theme=tourism")


def test_a_year_that_cannot_be_read_is_said_at_the_field(client, three):
    assert 'class="wrong"' in page(client, "/initiatives/?year=2019")


def test_a_long_list_is_cut_and_keeps_the_filter(client):
    for _ in range(21):
        make_initiative()
    html = page(client, "/initiatives/?office=kushiro")
    assert "21件のうち 1〜20件目" in html
    assert 'href="?office=kushiro&amp;page=2" rel="next"' in html
    assert "21〜21件目" in page(client, "/initiatives/?office=kushiro&page=2")


def test_a_very_long_list_is_counted_and_turned_no_further_than_it_must(client, monkeypatch):
    monkeypatch.setattr(paging, "MOST", 40)
    for _ in range(41):
        make_initiative()
    html = page(client, "/initiatives/?page=2")
    assert "取組　40件以上" in html
    assert "40件以上のうち 21〜40件目" in html
    assert 'rel="next"' not in html
    assert "この一覧は40件目までです。" in html


def test_the_list_costs_as_much_for_twenty_as_for_one(client):
    make_initiative().themes.add(make_theme())
    one = queries_of(client, "/initiatives/")
    for _ in range(19):
        make_initiative().themes.add(make_theme())
    assert queries_of(client, "/initiatives/") == one


def test_an_office_without_initiatives_says_so_and_where_to_ask(client, three):
    make_subprefecture("tokachi")
    html = page(client, "/initiatives/?office=tokachi")
    assert "十勝総合振興局が公開している取組は、まだありません。" in html
    assert 'href="/regions/tokachi/"' in html


def test_an_office_with_nothing_in_this_year_leads_to_its_other_years(client, three):
    html = page(client, "/initiatives/?office=nemuro&year=2020")
    assert 'href="/initiatives/?year=&amp;office=nemuro">根室振興局の取組を、年度をこえて見る（1件）' in html


def test_beside_the_initiatives_of_a_theme_stand_its_programmes(client):
    make_initiative().themes.add(theme := make_theme())
    make_edition(program=make_program(official_name="観光の制度")).program.themes.add(theme)
    assert "観光の制度" in page(client, "/initiatives/?year=&theme=tourism")
    assert "観光の制度" not in page(client, "/initiatives/?year=")
