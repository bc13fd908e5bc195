import re
from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from sumairu.lib.wareki import fiscal_year_on
from tests.costs import page, queries_of
from tests.factories import (
    make_desk,
    make_edition,
    make_fact,
    make_file,
    make_indicator,
    make_indicator_figure,
    make_initiative,
    make_municipal_fact,
    make_municipality,
    make_program,
    make_program_desk,
    make_rule,
    make_run,
    make_subprefecture,
    make_theme,
    make_window,
)

pytestmark = pytest.mark.django_db

ADDRESS = "/municipalities/012238/"


@pytest.fixture
def nemuro():
    make_municipality("羅臼町")
    return make_municipality("根室市")


def test_the_answer_comes_first_with_its_reasons_and_whom_to_call(client, nemuro):
    edition = make_edition(program=make_program(official_name="交付金"), fiscal_year=fiscal_year_on(localdate()))
    make_rule(edition=edition, wording="市町村が対象です")
    make_window(edition=edition, opens_on=None, closes_on=localdate() + timedelta(days=10))
    make_program_desk(program=edition.program, desk=make_desk(section="地域政策課", phone="0000-00-0000"))
    html = page(client, ADDRESS)
    assert "いま使える支援は1件。うち1件に締切があります。" in html
    assert "<b>使えます</b> — 市町村が対象です" in html
    assert "あと10日" in html
    assert 'href="tel:0000-00-0000"' in html
    assert 'href="/programs/' + edition.program.slug + '/?town=012238"' in html


def test_groups_stand_in_the_order_of_what_to_do(client, nemuro):
    year = fiscal_year_on(localdate())
    make_rule(edition=make_edition(fiscal_year=year), value="振興局"), make_rule(), make_edition(fiscal_year=year)
    make_rule(edition=make_edition(fiscal_year=year))
    soon = make_rule(edition=make_edition(fiscal_year=year)).edition
    make_window(edition=soon, opens_on=localdate() + timedelta(days=3), closes_on=None)
    assert re.findall(r'class="state-group" id="(\w+)"', page(client, ADDRESS)) == [
        "soon",
        "ask",
        "depends",
        "unconfirmed",
        "excluded",
    ]


def test_each_theme_leads_to_what_fits_the_town_and_it(client, nemuro):
    make_edition().program.themes.add(make_theme())
    make_edition(status="draft").program.themes.add(make_theme("森林", "forests"))
    html = page(client, ADDRESS)
    assert 'href="/support/find/?town=012238&amp;theme=tourism&amp;ask=end" rel="nofollow">観光の支援</a>' in html
    assert "森林の支援" not in html


def test_an_old_edition_says_of_which_year_it_is(client, nemuro):
    make_rule()
    html = page(client, ADDRESS)
    assert "令和3年度（2021）の制度で判定しています" in html
    assert html.count("令和3年度の内容では") == 1
    assert "令和3年度（2021）の内容です" not in html


def test_what_is_the_same_all_year_or_only_read_is_said_once(client, nemuro):
    year = fiscal_year_on(localdate())
    for use, always in (("apply", True), ("consult", False), ("read", False)):
        edition = make_edition(program=make_program(use=use), fiscal_year=year)
        make_rule(edition=edition)
        if always:
            make_window(edition=edition, opens_on=None, closes_on=None)
    support = page(client, ADDRESS).split('id="support-title"')[1]
    assert [support.count(words) for words in ("通年", "相談でき", "読めます")] == [1, 2, 1]  # 相談できる, 相談できます


def test_the_content_of_next_year_is_called_by_its_programme(client, nemuro):
    year = fiscal_year_on(localdate())
    for name in ("交付金", "派遣"):
        program = make_program(official_name=name)
        make_edition(program=program, fiscal_year=year), make_edition(program=program, fiscal_year=year + 1)
    html = re.sub(r"<span[^>]*>|</span>", "", page(client, ADDRESS))
    for name in ("交付金", "派遣"):
        assert len(re.findall(rf">{name}の来年度（[^）]*）の内容</a>", html)) == 1


def test_a_desk_confirmed_long_ago_is_marked(client, nemuro):
    edition = make_rule().edition
    desk = make_desk(confirmed_on=localdate() - timedelta(days=400))
    make_program_desk(program=edition.program, desk=desk)
    assert f'<span class="stale">{desk.confirmed_on.year}年{desk.confirmed_on.month}月確認</span>' in page(
        client, ADDRESS
    )


def test_initiatives_are_those_that_concern_the_town(client, nemuro):
    office = make_subprefecture("nemuro")
    make_initiative(title="管内すべての取組", subprefecture=office)
    make_initiative(title="羅臼の取組", subprefecture=office).municipalities.add(make_municipality("羅臼町"))
    make_initiative(title="前の年の取組", subprefecture=office, fiscal_year=2020)
    html = page(client, ADDRESS)
    assert "管内すべての取組" in html
    assert "羅臼の取組" not in html
    assert "前の年の取組" not in html


def test_statistics_are_the_newest_each_with_year_and_source(client, nemuro):
    for year, value in ((2015, 26917), (2020, 24636)):
        make_municipal_fact(municipality=nemuro, year=year, value=value, source=f"国勢調査{year}")
    depopulated = make_fact("is_depopulated", label="過疎地域", kind="yes_no", unit="")
    make_municipal_fact(municipality=nemuro, fact=depopulated, year=2021, value=1, source="総務省")
    html = page(client, ADDRESS)
    assert "24,636" in html
    assert "国勢調査2020" in html
    assert "26,917" not in html
    assert '<td class="number" data-label="値">はい</td>' in html


def test_editions_of_one_source_are_named_without_saying_again_what_they_share(client, nemuro):
    for year in (2022, 2023, 2024):
        for slug in ("moved_out", "moved_in"):
            source = f"統計センター SSDSE-A-{year}（A510{slug.count('u')}）"
            make_municipal_fact(municipality=nemuro, fact=make_fact(slug), year=year, value=600, source=source)
    assert "出どころ：統計センター SSDSE-A-2022（A5100）からSSDSE-A-2024（A5101）まで" in page(client, ADDRESS)


def test_movements_over_the_years_are_a_line_chart(client, nemuro):
    for year in (2022, 2023, 2024):
        for slug, value in (("moved_out", 1000 - year + 2022), ("moved_in", 600)):
            make_municipal_fact(
                municipality=nemuro, fact=make_fact(slug), year=year, value=value, source=f"SSDSE-{year}"
            )
    html = page(client, ADDRESS)
    assert "3年とも、転出が転入を上回っています" in html
    assert "SSDSE-2022からSSDSE-2024まで" in html
    assert "出生と死亡" not in html


def test_figures_over_the_years_stand_with_their_cells(client, nemuro):
    run = make_run(file=make_file("普通交付税.xlsx"))
    tax = make_indicator("普通交付税", note="当初に決まった額です。", source="総務省「普通交付税」")
    for year, amount, cell in ((2021, 7_000_000_000, "E12"), (2022, 7_350_000_123, "D12")):
        make_indicator_figure(
            indicator=tax, municipality=nemuro, fiscal_year=year, amount=amount, run=run, sheet="R４", cell=cell
        )
    make_indicator_figure(indicator=tax, municipality=make_municipality("羅臼町"), amount=9_999)
    html = page(client, ADDRESS)
    assert "普通交付税.xlsx › R４ › D12〜E12" in html
    assert "総務省「普通交付税」" in html
    assert "当初に決まった額です。" in html
    assert "7,350,000,123" in html
    assert "+350,000,123" in html
    assert "9,999" not in html


def test_a_year_without_a_figure_is_no_zero(client, nemuro):
    tax = make_indicator()
    for year in (2019, 2021):
        make_indicator_figure(indicator=tax, municipality=nemuro, fiscal_year=year, amount=5_000_000_000)
    html = page(client, ADDRESS)
    assert '<text class="quiet"' in html
    assert "なし</text>" in html
    assert '<th scope="row">令和2年度' not in html


def test_a_town_without_figures_has_no_such_chapter(client, nemuro):
    make_indicator_figure(municipality=make_municipality("羅臼町"))
    assert "数字で見る根室市" not in page(client, ADDRESS)


def test_the_page_costs_as_much_for_many_figures_as_for_one(client, nemuro):
    make_indicator_figure(municipality=nemuro)
    one = queries_of(client, ADDRESS)
    for number in range(5):
        for year in (2019, 2020, 2021):
            make_indicator_figure(municipality=nemuro, indicator=make_indicator(f"指標{number}"), fiscal_year=year)
    assert queries_of(client, ADDRESS) == one


def test_the_map_leads_to_the_neighbours_and_not_to_itself(client, nemuro):
    assert re.findall(r'<a href="([^"]+)">(?:<title>[^<]*</title>)?<path', page(client, ADDRESS)) == [
        "/municipalities/016942/"
    ]


@pytest.mark.parametrize("code", ["01223", "999999", "x"])
def test_a_code_of_no_town_is_not_found(client, nemuro, code):
    assert client.get(f"/municipalities/{code}/").status_code == 404


def test_a_village_without_an_office_has_no_page(client):
    make_municipality("帯広市", northern_territory=True, population=None)
    assert client.get("/municipalities/012076/").status_code == 404


def test_without_programmes_and_initiatives_the_page_says_so(client, nemuro):
    html = page(client, ADDRESS)
    assert "公開している支援制度は、まだありません" in html
    assert "根室振興局が公開している取組は、まだありません" in html


def test_the_page_costs_as_much_for_twenty_programmes_as_for_one(client, nemuro):
    def add(n):
        edition = make_rule().edition
        make_window(edition=edition)
        make_program_desk(program=edition.program, desk=make_desk(subprefecture=make_subprefecture()))
        make_initiative(subprefecture=make_subprefecture("nemuro"))
        make_municipal_fact(municipality=nemuro, fact=make_fact(f"fact-{n}"), year=2020)

    add(0)
    one = queries_of(client, ADDRESS)
    for n in range(1, 20):
        add(n)
    assert queries_of(client, ADDRESS) == one
