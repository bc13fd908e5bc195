"""Every public kind of thing has all that is drawn from its description: it is found, downloaded, listed, described."""

import csv
import re
import unicodedata
from io import StringIO

import pytest
from django.urls import get_resolver

from sumairu.descriptions import described, tables
from sumairu.pages.sitemaps import ENTRANCES, ROWS_A_FILE
from sumairu.search.index import rebuild
from support.descriptions import EDITIONS
from tests.costs import page, queries_of
from tests.factories import (
    make_aim,
    make_article,
    make_budget_figure,
    make_case,
    make_case_figure,
    make_dispatch_figure,
    make_edition,
    make_frame,
    make_indicator,
    make_indicator_figure,
    make_initiative,
    make_issue,
    make_municipality,
    make_notice,
    make_policy,
    make_program,
    make_strategy,
    make_strategy_indicator,
    make_uptake,
    make_window,
)

pytestmark = pytest.mark.django_db

KINDS = described()
TABLES = list(tables().values())
EACH_TABLE = pytest.mark.parametrize("table", TABLES, ids=[table.slug for table in TABLES])
EACH_KIND = pytest.mark.parametrize("kind", KINDS, ids=[kind.slug for kind in KINDS])
# Public addresses that are no page to be found: what is read by programs, and files.
NO_PAGES = {"address_css", "columns_csv", "data_catalogue", "robots", "search_suggest", "sitemaps"}
NO_PAGES |= {"call_calendar", "call_feed", "report", "report_received", "update_feed", "notice_feed"}
NO_PAGES |= {"call_calendar", "call_feed", "report", "report_received", "update_feed"}
NO_PAGES |= {"mail_reminder", "mail_sent"}


@pytest.fixture(autouse=True)
def one_of_each():
    """A row of every kind, and of those that can be a draft one that is not public."""
    town = make_municipality("釧路市")
    make_initiative(title="海の取組", summary="海をみる「夕日」の取組。", subprefecture=town.subprefecture)
    make_policy(text="海を守る", subprefecture=town.subprefecture)
    edition = make_edition(program=make_program(official_name="応援団会議"), summary="企業と<出会う>。")
    make_window(edition=edition)
    make_budget_figure(program=edition.program)
    make_dispatch_figure(program=edition.program)
    make_uptake(program=edition.program, municipality=town)
    make_indicator_figure(indicator=make_indicator("普通交付税", slug="tax"), municipality=town)
    make_article(title="海の記事", lead="海を<読む>。", issue=make_issue(title="海の特集"))
    make_notice(title="夕日の調査", text="夕日を数える調査の、答え方の案内です。")
    strategy = make_strategy(municipality=town, title="海のまちの戦略")
    make_aim(strategy), make_strategy_indicator(strategy), make_frame(title="北海道の戦略")
    (
        make_strategy(municipality=town, title="まだの戦略", status="draft"),
        make_frame(title="まだの枠組み", status="draft"),
    )
    make_initiative(title="まだの取組", status="draft")
    make_article(title="まだの記事", issue=make_issue(title="まだの特集", status="draft"))
    make_case_figure(make_case([town], title="海の事例"))
    make_initiative(title="まだの取組", status="draft")
    make_case_figure(make_case(title="まだの事例", status="draft"))
    hidden = make_edition(program=make_program(official_name="まだの制度"), status="draft")
    make_window(edition=hidden)


def cells(client, address):
    """The rows of a file that anybody may download, its titles first."""
    text = b"".join(client.get(address).streaming_content).decode()
    assert text[0] == "\ufeff"
    return list(csv.reader(StringIO(text[1:], newline="")))


def locations(client, address):
    return re.findall(r"<loc>(.*?)</loc>", page(client, address))


def head(html):
    return dict(re.findall(r'<meta (?:name|property)="([\w:]+)" content="([^"]*)">', html))


@EACH_KIND
def test_it_is_found_by_its_title(client, kind):
    rebuild()
    for row in kind.public():
        html = page(client, f"/search/?q={kind.title.text(row)}&kind={kind.slug}")
        assert f'href="{row.get_absolute_url()}"' in html


@EACH_KIND
def test_it_is_listed_for_search_engines(client, settings, kind):
    settings.PUBLIC_ADDRESS = "https://sumairu.example.jp"
    listed = locations(client, f"/sitemap-{kind.slug}.xml")
    assert listed == [f"https://sumairu.example.jp{row.get_absolute_url()}" for row in kind.rows_listed()]
    assert listed
    for address in listed:
        assert f'<link rel="canonical" href="{address}">' in page(client, address.removeprefix(settings.PUBLIC_ADDRESS))
    assert f"/sitemap-{kind.slug}.xml" in page(client, "/sitemap.xml")


@EACH_TABLE
def test_it_can_be_downloaded(client, table):
    titles, *rows = cells(client, table.address)
    assert titles == [part.title for part in table.parts_given]
    assert len(rows) == table.public().count() > 0
    assert f'href="{table.address}"><span class="unseen">{table.label}の</span>CSV（BOM付き）</a>' in page(
        client, "/data/"
    )
    assert "まだの" not in str(rows)


@EACH_TABLE
def test_its_file_keeps_the_rules_of_machine_readable_data(client, table):
    """行政データにおける機械可読性に関するルール: telling and unique titles without decoration, one record a line."""
    titles, *rows = cells(client, table.address)
    assert all(titles)
    assert len(set(titles)) == len(titles)
    assert [title for title in titles if re.search(r"\s", title) or unicodedata.normalize("NFC", title) != title] == []
    assert {len(row) for row in rows} == {len(titles)}
    assert not any("\n" in cell or "\r" in cell for row in rows for cell in row)


@EACH_TABLE
def test_programs_know_its_parts_by_names_of_their_own(table):
    names = [part.name for part in table.parts_given]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", name) for name in names)


@pytest.mark.exhaustive
@EACH_TABLE
def test_its_file_costs_as_many_queries_for_many_rows(client, table):
    one = queries_of(client, table.address)
    for number in range(5):
        edition = make_edition(fiscal_year=2022, program=make_program(official_name=f"制度{number}"))
        make_window(edition=edition)
        make_budget_figure(program=edition.program)
        make_dispatch_figure(program=edition.program)
        make_uptake(program=edition.program, municipality=make_municipality("根室市"))
        initiative = make_initiative()
        initiative.municipalities.add(make_municipality("釧路市"), make_municipality("根室市"))
        make_policy(subprefecture=make_municipality("根室市").subprefecture, fiscal_year=2022 + number)
        strategy = make_strategy(municipality=make_municipality("根室市"), last_year=2025 + number)
        make_aim(strategy), make_strategy_indicator(strategy), make_frame()
        make_indicator_figure(indicator=make_indicator(f"指標{number}"), municipality=make_municipality("根室市"))
    assert queries_of(client, table.address) == one


def test_a_file_has_numbers_days_and_lists_as_the_standard_writes_them(client):
    initiative = make_initiative(partners="漁協\n観光協会", body="# 海\n\n**守る**", source_note="一\n二")
    initiative.municipalities.add(make_municipality("釧路市"), make_municipality("厚岸町"))
    titles, *rows = cells(client, "/data/initiatives.csv")
    said = next(line for row in rows if (line := dict(zip(titles, row, strict=True)))["取組コード"] == initiative.code)
    assert (said["年度（西暦）"], said["年度（和暦）"]) == ("2021", "令和3年度")
    assert said["連携する人・団体"] == "漁協;観光協会"
    assert said["市町村の団体コード"] == "012068;016624"
    assert said["本文"] == "海 守る"
    assert said["出どころについての注記"] == "一 二"
    assert said["見本"] == "いいえ"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", said["公開日"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", said["更新日"])
    assert said["公開終了日"] == ""
    assert said["ページ"].endswith(initiative.get_absolute_url())


def test_every_column_is_told_with_its_names_unit_and_length(client):
    titles, *rows = cells(client, "/data/columns.csv")
    assert titles == ["ファイル", "列", "プログラムでの名前", "単位", "文字数の目安"]
    assert ["支援制度", "概要", "summary", "", "200"] in rows
    assert ["予算額の推移", "予算額（円）", "amount_yen", "円", ""] in rows
    assert ["普通交付税（市町村別）", "値（円）", "amount", "円", ""] in rows
    for table in TABLES:
        assert [row[1] for row in rows if row[0] == table.label] == [part.title for part in table.parts_given]


@pytest.mark.parametrize("slug", ["budget", "dispatch"])
def test_files_that_moved_are_found_where_they_were(client, slug):
    response = client.get(f"/figures/{slug}.csv")
    assert (response.status_code, response["Location"]) == (301, f"/data/{slug}.csv")


@pytest.mark.parametrize("address", ["/data/nothing.csv", "/data/tax.csv"])
def test_what_is_not_described_is_no_file(client, address):
    assert client.get(address).status_code == 404


@EACH_KIND
def test_its_page_says_what_it_is_and_its_one_address(client, settings, kind):
    settings.PUBLIC_ADDRESS = "https://sumairu.example.jp"
    for row in kind.public():
        html = page(client, row.get_absolute_url())
        said = head(html)
        assert said["description"] == said["og:description"]
        assert 10 <= len(said["description"]) <= 160
        [canonical] = re.findall(r'<link rel="canonical" href="([^"]+)">', html)
        assert canonical == said["og:url"]
        assert canonical.startswith("https://sumairu.example.jp/")
        assert client.get(canonical.removeprefix("https://sumairu.example.jp")).status_code == 200
        assert said["og:title"] in html.partition("<title>")[2].partition("</title>")[0]


def test_every_kind_has_rows_of_a_model_of_its_own():
    assert len({kind.model for kind in KINDS}) == len(KINDS)
    assert all(kind.public().model is kind.model for kind in KINDS)


def test_every_model_with_a_page_of_its_own_is_described():
    """A kind that comes later is found as soon as it is described; this says that it is not yet."""
    from django.apps import apps

    beneath = {
        "Program",
        "InitiativeAttachment",
        "EditionAttachment",
        "NoticeAttachment",
        "StrategyAttachment",
        "CaseAttachment",
        "Picture",
    }  # the page of an edition, and files of pages
    beneath.add("Draft")  # of staff
    with_page = {model for model in apps.get_models() if "get_absolute_url" in model.__dict__}
    assert {model.__name__ for model in with_page} - beneath == {kind.model.__name__ for kind in KINDS}


def test_every_page_without_a_name_in_its_address_is_an_entrance(client):
    names = {
        pattern.name
        for resolver in get_resolver().url_patterns
        for pattern in getattr(resolver, "url_patterns", ())
        if hasattr(getattr(pattern, "callback", None), "asks") and "<" not in str(pattern.pattern)
    }
    assert names - NO_PAGES == set(ENTRANCES)
    for address in locations(client, "/sitemap-entrances.xml"):
        assert 10 <= len(head(page(client, re.sub(r"https?://[^/]+", "", address)))["description"]) <= 160


def test_what_is_not_public_is_not_listed(client):
    everything = "".join(page(client, f"/sitemap-{kind.slug}.xml") for kind in KINDS)
    assert everything.count("/initiatives/") == 1
    assert everything.count("/programs/") == 1


def test_words_of_an_editor_are_no_markup_of_the_head(client):
    html = page(client, EDITIONS.public()[0].get_absolute_url())
    assert 'content="企業と&lt;出会う&gt;。"' in html


def test_a_long_summary_is_cut(client):
    row = make_initiative(summary="あ" * 500)
    assert head(page(client, row.get_absolute_url()))["description"] == "あ" * 159 + "…"


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("/indicators/tax/2021/?order=most", "/indicators/tax/"),
        ("/initiatives/?q=海", "/initiatives/"),
        ("/search/?q=海", "/search/"),
    ],
)
def test_one_page_has_one_address(client, address, canonical):
    assert re.search(rf'<link rel="canonical" href="[^"]+:\d+{canonical}">', page(client, address))


def test_what_is_not_found_has_no_address(client):
    html = client.get("/programs/none/").content.decode()
    assert "canonical" not in html
    assert "og:url" not in html


def test_programs_are_told_where_the_list_is(client, settings):
    settings.PUBLIC_ADDRESS = "https://sumairu.example.jp"
    assert page(client, "/robots.txt").splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        "Sitemap: https://sumairu.example.jp/sitemap.xml",
    ]


def test_many_rows_are_several_files_and_cost_no_more(client):
    one = queries_of(client, "/sitemap-initiatives.xml")
    for _ in range(5):
        make_initiative()
    assert queries_of(client, "/sitemap-initiatives.xml") == one
    assert ROWS_A_FILE <= 50_000
    assert client.get("/sitemap-initiatives.xml?p=2").status_code == 404
    assert client.get("/sitemap-nothing.xml").status_code == 404


def test_what_a_lookup_leads_to_is_what_the_row_itself_says():
    """A file's cells are read by functions made once for each lookup."""
    initiative = make_initiative(title="取組")
    initiative.municipalities.add(make_municipality("釧路市"), make_municipality("根室市"))
    edition = make_edition()
    parts = {part.name: part for kind in described() for part in kind.parts if kind.slug in ("initiatives", "programs")}
    assert parts["program_pillar"].value(edition) == edition.program.get_pillar_display()
    assert parts["subprefecture"].value(initiative) == initiative.subprefecture.name
    for rows in (type(initiative).objects.all(), type(initiative).objects.prefetch_related("municipalities")):
        row = rows.get(pk=initiative.pk)
        assert sorted(parts["municipalities"].value(row)) == ["根室市", "釧路市"]
        assert parts["themes"].value(row) == []
        assert parts["cost_yen"].value(row) is None
    assert parts["desks"].value(edition) == []
