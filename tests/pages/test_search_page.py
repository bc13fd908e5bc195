import re
from collections import defaultdict
from datetime import date

import pytest

from sumairu.descriptions import described
from sumairu.imports.stages import Stage
from sumairu.search.finding import Search
from sumairu.search.index import rebuild
from tests.costs import queries_of
from tests.factories import (
    make_attachment,
    make_budget_figure,
    make_desk,
    make_dispatch_figure,
    make_duty,
    make_edition,
    make_initiative,
    make_local_note,
    make_municipality,
    make_policy,
    make_program,
    make_subprefecture,
    make_theme,
)

pytestmark = pytest.mark.django_db


def search(client, q, **more):
    rebuild()
    response = client.get("/search/", {"q": q} | more)
    assert response.status_code == 200
    return response.content.decode()


def found(html):
    """The kinds of what was found, in the order of the hits."""
    labels = {kind.label: kind.slug for kind in described()}
    shown = re.findall(r'</a>(?:<span class="sample">.*?</span>)?\s*<p>([^<　]+)', html)
    return list(dict.fromkeys(labels[label] for label in shown))


@pytest.fixture
def everything():
    make_municipality("釧路市")
    make_initiative(title="くしろの観光", body="海岸の**夕日**をみる").themes.add(make_theme("水産業", "fishery"))
    make_policy(text="牡蠣を育てる")
    program = make_program(official_name="応援団会議", plain_name="企業と出会う")
    program.aliases.create(name="ＨＯＤ")
    program.themes.add(make_theme("関係人口", "ties"))
    make_local_note(edition=make_edition(program=program, target="民間企業"), text="先に電話する")


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        pytest.param("観光", ["initiatives"], id="a title"),
        pytest.param("夕日", ["initiatives"], id="a text"),
        pytest.param("水産業", ["initiatives"], id="a theme"),
        pytest.param("関係人口", ["programs"], id="a theme of a programme"),
        pytest.param("牡蠣", ["policies"], id="a direction"),
        pytest.param("推進方向", ["policies"], id="what a kind is called, of what has no other name"),
        pytest.param("企業", ["programs"], id="what a programme is"),
        pytest.param("hod", ["programs"], id="another name, in other letters"),
        pytest.param("電話", ["programs"], id="a local note"),
        pytest.param("クシロ", ["offices", "municipalities", "initiatives"], id="katakana for hiragana"),
        pytest.param("ｸｼﾛ", ["offices", "municipalities", "initiatives"], id="half-width kana"),
        pytest.param("kushi", ["offices", "municipalities", "initiatives"], id="romaji, codes"),
        pytest.param("kushiro-2021", ["initiatives"], id="a code from its start"),
        pytest.param("012068", ["municipalities"], id="a code"),
        pytest.param("12068", ["municipalities"], id="a code that lost its zero"),
        pytest.param("206", [], id="no code from its middle"),
        pytest.param("釧路振興局", ["offices"], id="an office by a name that is not quite its own"),
        pytest.param("光", ["initiatives"], id="one character, the last of a title"),
        pytest.param("ろの観", ["initiatives"], id="across words"),
        pytest.param("令和3年度", ["initiatives", "policies", "programs"], id="a year"),
        pytest.param("令和三年度", ["initiatives", "policies", "programs"], id="a year in kanji"),
        pytest.param("くしろ　夕日", ["initiatives"], id="two words, both found"),
        pytest.param("くしろ 牡蠣", [], id="two words, not together"),
    ],
)
def test_what_is_sought_is_found_where_it_stands(client, everything, query, kinds):
    assert found(search(client, query)) == kinds


def test_a_hit_is_marked_in_title_and_excerpt(client, everything):
    html = search(client, "くしろ")
    assert "<mark>くしろ</mark>の観光" in html
    assert "海岸の<mark>夕日</mark>をみる" in search(client, "夕日")


@pytest.mark.parametrize(
    "query",
    [
        "%",
        "_",
        "%_%",
        "\x01",
        "'",
        '"',
        "\\",
        "<script>",
        "",
        "   ",
        "　",
        "*" * 50,
        "あ い う え お か き く け こ さ し",
    ],
)
def test_odd_input_finds_nothing_and_breaks_nothing(client, everything, query):
    html = search(client, query)
    assert found(html) == []
    assert "<script>" not in html


def test_too_long_a_query_is_said_at_the_field(client, everything):
    html = search(client, "あ" * 2000)
    assert "100字までで入れてください" in html
    assert found(html) == []


def test_where_nothing_is_found_like_names_are_offered(client, everything):
    html = search(client, "応援団会義")
    assert "「応援団会義」は見つかりませんでした" in html
    assert '<a href="?q=%E5%BF%9C%E6%8F%B4%E5%9B%A3%E4%BC%9A%E8%AD%B0">応援団会議</a>' in html
    assert "近い名前" not in search(client, "ない言葉")


def test_things_of_two_kinds_never_have_one_title(everything):
    """Else a list of hits, and what is suggested, name an office and its direction alike."""
    kinds_of = defaultdict(set)
    for kind in described():
        for row in kind.public():
            kinds_of[kind.title.text(row)].add(kind.slug)
    assert {title: kinds for title, kinds in kinds_of.items() if len(kinds) > 1} == {}


def test_of_several_words_each_says_whether_it_is_anywhere(client, everything):
    html = search(client, "くしろ　ない言葉 牡蠣")
    assert "「くしろ」は3件あります" in html
    assert "「牡蠣」は1件あります" in html
    assert "「ない言葉」は見つかりません。" in html
    assert "「くしろ 牡蠣」で探す" in html


def narrowed(html):
    return re.search(r'<p class="narrowed">(.*?)</p>', html, re.DOTALL)[1]


def test_of_one_kind_the_others_are_offered(client, everything):
    html = search(client, "夕日", kind="programs")
    assert '<a href="?q=%E5%A4%95%E6%97%A5">絞り込みを外して「夕日」を探す</a>' in html
    assert "支援制度" in narrowed(html)


def test_a_town_sounds_as_its_name_begins(client):
    make_municipality("釧路市")
    assert "municipalities" not in {*found(search(client, "しろ")), *found(search(client, "shiro"))}
    assert found(search(client, "くし")) == found(search(client, "kushi")) == ["offices", "municipalities"]


def place(html):
    """Where the words of the hits stand, and what is said there."""
    return re.findall(r'<p class="place"><b>(.*?)</b>　(.*?)\s*</p>', html)


def test_what_stands_beside_an_edition_is_found_and_said(client):
    desk = make_desk(section="地域政策課")
    program = make_program(official_name="派遣制度", desk=desk)
    edition = make_edition(program=program, fiscal_year=2021)
    make_edition(program=program, fiscal_year=2022)
    make_duty(program=program, fiscal_year=2021, name="広域観光の推進")
    make_attachment(edition, title="申請の手引き")
    assert place(search(client, "広域観光")) == [("派遣先での主な業務", "<mark>広域観光</mark>の推進")]
    assert place(search(client, "手引き")) == [("添付ファイル", "申請の<mark>手引き</mark>")]
    assert place(search(client, "地域政策課")) == [("窓口", "<mark>地域政策課</mark>")] * 2


def test_the_figures_of_a_programme_are_found(client):
    edition = make_edition(program=make_program(official_name="交付金"), fiscal_year=2021)
    make_budget_figure(program=edition.program, fiscal_year=2018, stage=Stage.INITIAL, amount_yen=4_550_000_000)
    make_dispatch_figure(program=edition.program, fiscal_year=2019, headcount=38)
    html = search(client, "予算額 平成30")
    assert place(html) == [
        (
            "数値",
            "<mark>予算額</mark> <mark>平成30</mark>年度（<mark>2018</mark>）当初 45億5,000万円、"
            "派遣者数 令和元年度（2019） 38人",
        )
    ]


def test_a_duty_is_of_the_edition_of_its_year(client):
    program = make_program(official_name="派遣制度")
    make_edition(program=program, fiscal_year=2021), make_edition(program=program, fiscal_year=2022)
    make_duty(program=program, fiscal_year=2022, name="森林の調査")
    assert re.findall(r'class="name" href="([^"]+)"', search(client, "森林")) == [f"/programs/{program.slug}/2022/"]


def test_the_desk_of_an_office_is_found(client):
    make_desk(section="商工労働観光課", subprefecture=make_subprefecture("nemuro"))
    assert place(search(client, "商工労働")) == [("窓口", "<mark>商工労働</mark>観光課")]


@pytest.mark.parametrize("word", ["水産業", "漁協", "出会う", "電話"])
def test_an_excerpt_shows_the_word_wherever_it_stands(client, everything, word):
    initiative = make_initiative(title="魚", body="あ" * 300, partners="町\n漁協")
    initiative.themes.add(make_theme("水産業", "fishery"))
    html = re.sub(r"<h2.*?</h2>", "", search(client, word))
    assert f"<mark>{word}</mark>" in html


def test_what_is_real_stands_before_samples(client):
    make_initiative(title="見本の観光", is_sample=True), make_initiative(title="本物の観光", fiscal_year=2020)
    html = search(client, "観光")
    assert html.index("本物の") < html.index("見本の")


def test_many_hits_are_shown_on_pages(client):
    for _ in range(25):
        make_initiative(summary="観光の取組")
    html = search(client, "観光")
    assert html.count('class="name"') == 20
    assert "25件のうち 1〜20件目" in html
    assert search(client, "観光", page=2).count('class="name"') == 5


def test_what_is_found_in_a_title_comes_first_then_what_is_newer(client):
    make_initiative(title="古い観光", fiscal_year=2019), make_initiative(title="新しい観光", fiscal_year=2021)
    make_initiative(title="新しい文", body="観光", fiscal_year=2021)
    html = re.sub("</?mark>", "", search(client, "観光"))
    assert re.findall(r'class="name" href="[^"]+">\s*(.*?)\s*</a>', html) == ["新しい観光", "古い観光", "新しい文"]


def test_a_search_is_narrowed_by_links(client, everything):
    make_initiative(title="古い観光", fiscal_year=2019)
    html = search(client, "観光")
    assert (
        re.search(
            r'<a href="([^"]+)">令和元年度（2019）<span class="unseen">に絞る</span></a> <span class="number">1</span>',
            html,
        )[1]
        == "?q=%E8%A6%B3%E5%85%89&amp;year=2019"
    )
    html = search(client, "観光", year=2019)
    assert "1件あります" in html
    assert "令和元年度（2019）" in narrowed(html)
    assert 'href="?q=%E8%A6%B3%E5%85%89"' in narrowed(html)
    assert "水産業" in search(client, "観光", theme="fishery")
    assert found(search(client, "観光", town="012068", theme="fishery")) == []


def test_a_row_is_found_on_the_days_on_which_it_is_public(client):
    make_initiative(title="観光一", publish_on=date(2026, 5, 1), unpublish_on=date(2026, 5, 2))
    make_initiative(title="観光二", status="draft"), make_initiative(title="観光三", status="ended")
    rebuild()
    days = [date(2026, 4, 30), date(2026, 5, 1), date(2026, 5, 2), date(2026, 5, 3)]
    assert [len(Search("観光", on=day).ids) for day in days] == [0, 1, 1, 0]


def test_an_unknown_kind_finds_nothing(client, everything):
    assert found(search(client, "くしろ", kind="staff")) == []


def test_the_page_costs_as_much_for_many_hits_as_for_one(client):
    make_initiative(summary="観光"), make_edition(summary="観光"), make_policy(text="観光")
    one = queries_of(client, "/search/?q=観光")
    for n in range(1, 20):
        make_initiative(summary="観光"), make_edition(summary="観光"), make_policy(text="観光", fiscal_year=2021 - n)
    assert queries_of(client, "/search/?q=観光") == one
