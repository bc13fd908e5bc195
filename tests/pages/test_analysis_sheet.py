"""地域分析シート: what the figures of a town say, whom it is compared with, and what is missing."""

import re
from io import BytesIO

import pytest
from openpyxl import load_workbook

from sumairu.lib.machine_readable import check
from tests.costs import page, queries_of
from tests.factories import (
    make_desk,
    make_edition,
    make_fact,
    make_indicator,
    make_indicator_figure,
    make_municipal_fact,
    make_municipality,
    make_program,
    make_program_desk,
    make_subprefecture,
)

pytestmark = pytest.mark.django_db

ADDRESS = "/municipalities/012238/analysis/"
LABELS = {
    "population": ("総人口", "人"),
    "population_under_15": ("15歳未満人口", "人"),
    "population_15_64": ("15～64歳人口", "人"),
    "population_65_and_over": ("65歳以上人口", "人"),
    "births": ("出生数", "人"),
    "deaths": ("死亡数", "人"),
    "workers": ("就業者数", "人"),
    "workers_primary": ("第1次産業就業者数", "人"),
    "expenditure_thousand_yen": ("歳出決算総額（市町村財政）", "千円"),
    "current_balance_ratio": ("経常収支比率（市町村財政）", "％"),
    "doctors": ("医師数", "人"),
}
STATISTICS = {  # of 2020, and people of 2015
    "根室市": (26_000, (24_000, 2_500, 13_000, 8_400, 100, 320, 12_000, 2_400, 20_000_000, "92.5", 30)),
    "厚岸町": (9_800, (9_000, 900, 4_800, 3_200, 40, 130, 4_500, 1_000, 9_000_000, "88.0", 0)),
    "羅臼町": (5_400, (4_700, 500, 2_600, 1_500, 20, 60, 2_900, 1_100, 5_000_000, "85.0", 2)),
    "釧路市": (175_000, (165_000, 16_000, 92_000, 56_000, 700, 2_600, 73_000, 1_900, 96_000_000, "94.1", 380)),
}


def know(town, slug, value, year=2020):
    label, unit = LABELS[slug]
    fact = make_fact(slug, label=label, unit=unit)
    make_municipal_fact(municipality=town, fact=fact, value=value, year=year, source=f"統計 A-{year}（{slug}）")


@pytest.fixture
def towns():
    found = {name: make_municipality(name) for name in STATISTICS}
    for name, (before, values) in STATISTICS.items():
        know(found[name], "population", before, 2015)
        for slug, value in zip(LABELS, values, strict=True):
            know(found[name], slug, value)
    return found


def chapter(html, slug):
    """What a chapter says, as text."""
    found = html.split(f'aria-labelledby="{slug}-title"')[1].split("</section>")[0]
    return re.sub(r"<[^>]*>", "", found)


def test_it_says_what_became_of_the_town_and_where_it_stands(client, towns):
    html = page(client, ADDRESS)
    people = chapter(html, "population")
    assert (
        "総人口は、平成27年（2015）の26,000人から令和2年（2020）の24,000人へ、2,000人（7.7％）減少しています。"
        in people
    )
    # similar: 34.9, 35.6, 31.9 and 33.9; the office of 根室: 35.0 and 31.9
    assert "65歳以上の割合は35.0％で、似たまちの中央値（33.9％）より1.1ポイント高く" in people
    assert "管内の中央値（33.5％）より1.5ポイント高く" in people
    assert "このほかに、三つの年齢の区分に入っていない人が100人います。" in people
    assert "65歳以上人口 ÷ 総人口 × 100" in people
    assert "令和2年10月1日（2020）" in people
    assert "経常収支比率は92.5％で、" in chapter(html, "finances")
    assert "（％、令和2年度（2020））" in chapter(html, "finances")
    assert "出どころ：統計 A-2015、統計 A-2020" in people


def test_it_says_which_towns_are_alike(client, towns):
    html = page(client, ADDRESS)
    near = html.split("<b>似たまち</b>は")[1].split("です")[0]
    assert re.findall(r">([^<]+)</a>", near) == ["厚岸町", "釧路市", "羅臼町"]
    assert "の3つ" in near
    assert f'href="{ADDRESS.replace("analysis", "similar")}"' in html
    assert "を含む根室振興局管内の2市町村" in html


def test_gaps_are_said(client, towns):
    nemuro = towns["根室市"]
    know(nemuro, "births", 120, 2017), know(nemuro, "deaths", 300, 2017), know(nemuro, "births", 110, 2018)
    nemuro.facts.filter(fact__slug="doctors").delete()
    nemuro.facts.filter(fact__slug__in=("expenditure_thousand_yen", "current_balance_ratio")).delete()
    html = page(client, ADDRESS)
    births = chapter(html, "births")
    assert "出生数は、平成29年（2017）の120人から令和2年（2020）の100人へ、20人（16.7％）減少しています。" in births
    assert "令和元年（2019）の数字はありません。" in births
    assert "死亡数は、平成29年（2017）の300人から令和2年（2020）の320人へ" in births
    assert "数値があるのは、この2つの年だけです。" in births
    assert "財政の数値は、この町についてはまだ記録がありません。" in chapter(html, "finances")
    assert "財政" not in {shown.title.removeprefix("根室市の") for shown in client.get(ADDRESS).context["sheet"].shown}


def test_a_statistic_that_the_town_alone_lacks_is_said_in_its_chapter(client, towns):
    towns["根室市"].facts.filter(fact__slug="workers").delete()
    work = chapter(page(client, ADDRESS), "work")
    assert "働く人と事業所の数値は、この町についてはまだ記録がありません。" in work
    towns["根室市"].facts.filter(fact__slug="population_15_64").delete()
    people = chapter(page(client, ADDRESS), "population")
    assert "15～64歳人口の数値は、この町についてはまだ記録がありません。" in people
    assert "三つの年齢" not in people


def test_a_town_of_which_nothing_is_known_says_so_in_every_chapter(client):
    make_municipality("根室市")
    html = page(client, ADDRESS)
    for slug in ("population", "births", "moves", "industries", "work", "finances", "living", "indicators"):
        assert "の数値は、この町についてはまだ記録がありません。" in chapter(html, slug)
    assert "似たまちは、根室市の統計が足りないため、選べません。" in html
    assert "<svg viewBox" not in html
    assert "sheet.xlsx" not in html
    assert client.get(f"{ADDRESS}sheet.xlsx").status_code == 404


def test_the_villages_of_the_northern_territories_have_none_as_they_have_no_page(client):
    village = make_municipality("根室市", code="016969", code5="01696", northern_territory=True)
    for address in (village.get_absolute_url(), ADDRESS, f"{ADDRESS}sheet.xlsx", f"{ADDRESS}?format=xlsx"):
        assert client.get(address).status_code == 404


def test_indicators_are_compared_by_person_and_in_their_own_years(client, towns):
    tax = make_indicator(slug="tax", note="交付税の注記")
    for name, amount in (("根室市", 4_800_000_000), ("厚岸町", 3_600_000_000)):
        make_indicator_figure(indicator=tax, municipality=towns[name], amount=amount)
    told = chapter(page(client, ADDRESS), "indicators")
    assert "1つの指標のうち、1つにこのまちの数値があります。" in told
    assert "1人あたりの普通交付税は200,000円で、似たまちの中央値（400,000円）より200,000円少なく" in told
    assert "令和3年度（2021）" in told
    assert "普通交付税 ÷ 2020年の総人口" in told
    assert "交付税の注記" in told


def test_every_chapter_and_the_whole_can_be_taken_away(client, towns):
    make_indicator_figure(indicator=make_indicator(slug="tax"), municipality=towns["根室市"])
    book = b"".join(client.get(f"{ADDRESS}sheet.xlsx").streaming_content)
    assert check("sheet.xlsx", book).is_perfect
    sheets = load_workbook(BytesIO(book))
    assert sheets.sheetnames[0] == "根室市の人口と年齢"
    assert sheets.sheetnames[-1] == "説明"
    told = [row[:3] for row in sheets["説明"].values]
    assert told[1] == ("データ", "題名", "地域分析シート 根室市")
    assert any(name == "注記" and text.startswith("根室市の人口と年齢：") for _, name, text in told)
    rows = list(sheets["根室市の人口と年齢"].values)
    assert rows[1][:8] == ("012238", "根室市", "総人口", "根室市", 2015, "平成27年10月1日（2015）", 26000, "人")
    medians = {row[3]: (row[6], row[8]) for row in rows if row[2] == "65歳以上の割合"}
    assert medians["根室市"] == (35, None)
    assert medians["管内の中央値"] == (33.5, 2)
    assert medians["全道の中央値"] == (34.5, 4)
    one = b"".join(client.get(f"{ADDRESS}?format=xlsx&table=indicators").streaming_content)
    assert ("普通交付税", 2021, 23617795000) in {
        (row[2], row[4], row[6]) for row in load_workbook(BytesIO(one)).worksheets[0].values
    }
    assert client.get(f"{ADDRESS}?format=xlsx&table=moves").status_code == 404


def test_it_says_whom_to_ask_and_what_to_send(client, towns):
    html = page(client, ADDRESS)
    assert "この相談の窓口は、まだ登録されていません。" in html
    program = make_program(slug="resas-bunseki", plain_name="分析を手伝ってもらう", pillar="informational")
    make_edition(program=program)
    for office, section in (("nemuro", "根室の係"), ("kushiro", "釧路の係")):
        desk = make_desk(section=section, subprefecture=make_subprefecture(office))
        make_program_desk(program=program, subprefecture=make_subprefecture(office), desk=desk)
    asked = chapter(page(client, ADDRESS), "help")
    assert "根室の係" in asked
    assert "釧路の係" not in asked
    assert "送るもの" in asked


def test_it_is_found_from_the_town_those_like_it_the_programme_and_the_sitemap(client, towns):
    program = make_program(slug="resas-bunseki", pillar="informational")
    make_edition(program=program), make_edition(program=(other := make_program(slug="sodan")))
    pages = ["/municipalities/012238/", "/municipalities/012238/similar/", "/programs/resas-bunseki/"]
    for address in (*pages, "/sitemap-analyses.xml"):
        assert ADDRESS in page(client, address), address
    assert ADDRESS not in page(client, other.get_absolute_url())


def test_queries_are_few_and_as_many_for_any_town(client, towns):
    program = make_program(slug="resas-bunseki")
    make_edition(program=program), make_program_desk(program=program)
    make_indicator_figure(indicator=make_indicator(slug="tax"), municipality=towns["根室市"])
    asked = queries_of(client, ADDRESS)
    for slug in ("a", "b", "c"):
        make_indicator_figure(indicator=make_indicator(name=slug, slug=slug), municipality=towns["根室市"])
    for year in range(2001, 2012):
        know(towns["根室市"], "births", 200, year), know(towns["根室市"], "deaths", 300, year)
    assert queries_of(client, ADDRESS) == asked
    assert asked <= 40
