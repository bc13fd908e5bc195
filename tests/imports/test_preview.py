"""The preview drawn as the sheet: what it shows, and how it folds."""

import re
import zlib
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import Workbook

from sumairu.imports.models import KeptComparison, KeptReading
from sumairu.imports.saving import preview, save
from sumairu.models import FileContent
from tests.exhaustive import gathered, sample
from tests.factories import make_program
from tests.imports.books import book, budget_book, long_book, many, saved
from tests.imports.screens import page_of, row_of

pytestmark = pytest.mark.django_db


def texts(html):
    return [unescape(re.sub(r"<[^>]*>", "", cell)) for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", html)]


def wide(columns, rows=3):
    header = ["制度名", *(f"第{number}事業" for number in range(columns))]
    return book(("予算額", [header, *([["地域づくり総合交付金", *range(columns)]] * rows)]))


def test_a_workbook_whose_reading_is_of_a_former_form_is_read_again(headquarters, kofukin, previewed):
    url = previewed(budget_book())
    KeptComparison.objects.all().delete()
    KeptReading.objects.update(packed=zlib.compress(b'{"figures": []}'))
    assert "45.8" in row_of(page_of(headquarters, url), 6)


def test_a_workbook_that_can_no_longer_be_read_says_why(headquarters, kofukin, previewed):
    url = previewed(budget_book())
    KeptComparison.objects.all().delete()
    KeptReading.objects.all().delete()
    FileContent.objects.update(content=b"%PDF-1.7")
    response = headquarters.get(url, follow=True)
    assert response.redirect_chain[0][0] == reverse("import_upload")
    assert "これはPDFで" in response.content.decode()


# --- The sheet ------------------------------------------------------------------------------------------------------


def test_the_page_looks_like_the_sheet(headquarters, kofukin, previewed):
    page = page_of(headquarters, previewed(budget_book()))
    assert texts(row_of(page, 1))[:3] == ["題名", "1", "予算額の推移"]
    assert texts(row_of(page, 3))[0] == "単位"
    header = '<td class="head name" rowspan="2"><span>制度名</span></td><td class="head" colspan="4">予算額</td>'
    assert header in row_of(page, 4)
    assert texts(row_of(page, 5)) == ["見出し", "5", "H30年度", "R元年度", "R2年度", "R3年度"]
    assert texts(row_of(page, 6)) == ["", "6", "地域づくり総合交付金", "新45.5", "新45.5", "新45.8", "新45.8"]


def test_the_ruler_over_the_letters_says_how_each_column_was_read(headquarters, kofukin, previewed):
    page = page_of(headquarters, previewed(budget_book()))
    ruler, letters = re.findall(r"<tr>.*?</tr>", page[page.index("<thead>") :], re.DOTALL)[:2]
    years = ["平成30年度億円", "令和元年度億円", "令和2年度億円", "令和3年度億円"]
    assert texts(ruler) == ["読み方", "", "名前制度名", *years]
    assert texts(letters) == ["", "", "A", "B", "C", "D", "E"]
    assert "<b>4〜5行を見出し</b>" in page


def test_a_column_that_is_left_out_says_why(headquarters, kofukin, previewed):
    rows = [["制度名", "R2年度（千円）", "R3年度（千円）", "増減"], ["地域づくり総合交付金", 1000, 1100, 100]]
    page = page_of(headquarters, previewed(book(("予算額", rows))))
    assert "<b>読まない</b>増減や比率の列</th>" in page
    assert 'aria-label="読まない">－</i><span>100</span>' in row_of(page, 2)


def test_each_outcome_has_its_mark_and_the_counts_are_their_key(headquarters, kofukin, budget, previewed):
    run, comparison = preview(budget, budget_book((45.5, 45.5, 45.8, 45.8)), "予算.xlsx")
    save(budget, run, comparison.digest)
    page = page_of(headquarters, previewed(budget_book((45.5, 46, 0.0458, "四十五"))))
    assert re.findall(r'<td class="f (\w+)', row_of(page, 6)) == ["same", "chg", "ask", "err"]
    assert [int(count) for count in re.findall(r"\w <span>(\d+)</span></b>", page)] == [0, 1, 1, 1, 1, 0]


def test_the_old_value_stands_beside_the_new_one_in_the_unit_of_the_sheet(headquarters, kofukin, budget, previewed):
    run, comparison = preview(budget, budget_book(), "予算.xlsx")
    save(budget, run, comparison.digest)
    page = page_of(headquarters, previewed(budget_book((45.5, 45.5, 45.8, 46.1))))
    assert "<s>45.8</s>" in row_of(page, 6)
    assert "46.1</span></a>" in row_of(page, 6)


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (
            "E6",
            [
                "変更：",
                "地域づくり総合交付金・令和3年度（2021）",
                "46.1億円",
                "46億1,000万円",
                "との差は＋3,000万円です",
            ],
        ),
        ("D6", ["変わらず：", "登録済みの値（予算.xlsx › 予算額 › D6", "同じです"]),
        ("C6", ["誤り：", "「四十五」は数として読めません"]),
        ("A6", ["数値としては読んでいないセルです"]),
        ("", ["数値を選ぶと"]),
    ],
)
def test_the_selected_cell_is_said_in_words(headquarters, kofukin, budget, previewed, cell, words):
    run, comparison = preview(budget, budget_book(), "予算.xlsx")
    save(budget, run, comparison.digest)
    url = previewed(budget_book((45.5, "四十五", 45.8, 46.1)))
    bar = re.search(r'id="selected".*?</div>', page_of(headquarters, url, cell=cell), re.DOTALL)[0]
    assert [word for word in words if word not in unescape(bar)] == []
    alone = headquarters.get(f"{url}cell/", {"cell": cell}).content.decode()
    assert [word for word in words if word not in unescape(alone)] == []


def test_a_new_figure_is_said_beside_the_year_before(headquarters, kofukin, previewed):
    page = page_of(headquarters, previewed(budget_book()), cell="D6")
    assert "まだ登録がありません。前年度は45億5,000万円（＋0.7%）。" in page


def test_a_comment_at_a_cell_is_shown_with_it(headquarters, kofukin, previewed):
    from io import BytesIO

    from openpyxl import load_workbook
    from openpyxl.comments import Comment

    workbook = load_workbook(BytesIO(budget_book()))
    workbook.active["E6"].comment = Comment("見込みの額", "見本")
    page = page_of(headquarters, previewed(saved(workbook)), cell="E6")
    assert "見込みの額" in page


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    "queries",
    gathered(
        [
            {"cell": "ZZZZ99"},
            {"cell": "A0"},
            {"cell": "XFD1048576"},
            {"sheet": "99"},
            {"sheet": "x"},
            {"sheet": "１"},
            {"rows": "9-1"},
            {"rows": "0-0"},
            {"rows": "5-99999999"},
            {"columns": "7"},
            {"columns": "-1"},
            {"table": "x"},
            {"table": "99"},
        ]
    ),
)
def test_addresses_that_nobody_offers_show_the_page_all_the_same(headquarters, kofukin, previewed, queries):
    url = previewed(budget_book())
    for query in queries:
        assert "予算額の推移" in page_of(headquarters, url, **query), query


def test_each_sheet_is_a_tab_and_the_first_with_something_to_settle_is_open(headquarters, kofukin, previewed):
    rows = [["制度名", "R3年度（億円）"], ["地域づくり総合交付金", 45.8]]
    unknown = [["制度名", "R2年度（億円）"], ["知らない制度", 45.8]]
    url = previewed(book(("良い", rows), ("問い", unknown), ("空", [])))
    page = page_of(headquarters, url)
    assert re.search(r'href="\?sheet=2" aria-current="page">問い <span class="tag">あと1</span>', page)
    assert "地域づくり総合交付金" in row_of(page_of(headquarters, url, sheet=1), 2)
    page = page_of(headquarters, url, sheet=3)
    assert "このシートには何も入っていません" in page
    assert "シート「空」に、取り込む予算額はありません" in page


def test_a_workbook_of_charts_alone_is_said_to_have_no_sheet(headquarters, kofukin, previewed):
    workbook = Workbook()
    workbook.create_chartsheet("グラフ")
    workbook.remove(workbook["Sheet"])
    assert "シートのないブックです" in page_of(headquarters, previewed(saved(workbook)), sheet=1, cell="A1")


def test_a_link_to_another_sheet_names_it(headquarters, kofukin, previewed):
    rows = [["制度名", "R3年度（億円）"], ["知らない制度", 45.8]]
    other = [["制度名", "R2年度（億円）"], ["別の知らない制度", 45.8]]
    page = page_of(headquarters, previewed(book(("一", rows), ("二", other))), sheet=1)
    assert 'href="?sheet=2&amp;cell=B2#cell-B2"' in page
    assert "二 › B2" in page


def test_hidden_rows_and_columns_are_drawn_and_said_to_be_hidden(headquarters, kofukin, previewed):
    workbook = Workbook()
    sheet = workbook.active
    for row in (["制度名", "R2年度（千円）", "R3年度（千円）"], ["地域づくり総合交付金", 1, 2], ["見本", 3, 4]):
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].hidden = True
    page = page_of(headquarters, previewed(saved(workbook)))
    assert texts(row_of(page, 3))[:3] == ["非表示", "3", "見本"]
    assert "<b>非表示</b>" in page
    assert "非表示の列があります（B）" in page


def test_a_second_table_below_says_anew_how_its_columns_were_read(headquarters, kofukin, previewed):
    rows = [
        ["制度名", "R2年度（千円）"],
        ["地域づくり総合交付金", 1000],
        [],
        [],
        ["制度名", "R3年度（億円）"],
        ["地域づくり総合交付金", 2],
    ]
    page = page_of(headquarters, previewed(book(("予算額", rows))))
    [ruler] = re.findall(r'<tr class="ruler">.*?</tr>', page)
    assert texts(ruler) == ["読み方", "", "名前制度名", "令和3年度億円"]
    assert page.index('class="ruler"') < page.index('id="row-5"')


def test_a_text_longer_than_its_column_is_seen_over_the_blank_cells_beside_it(headquarters, kofukin, previewed):
    title = "とても長い題名なので、となりの空いたセルの上まで見えている題名です"
    rows = [[title], ["制度名", "R2年度（千円）", "R3年度（千円）"], ["交付金", 1, 2]]
    assert re.search(rf'colspan="[23]">{title}', row_of(page_of(headquarters, previewed(book(("予算額", rows)))), 1))


def test_a_file_that_cannot_be_drawn_any_more_can_still_be_answered(headquarters, kofukin, previewed, monkeypatch):
    from sumairu.imports.sheet import page as sheet
    from sumairu.lib.workbooks import Refused

    def refuse(*args):
        raise Refused("読み取りに時間がかかりすぎるため、中止しました。")

    monkeypatch.setattr(sheet, "draw_apart", refuse)
    page = page_of(headquarters, previewed(budget_book((1, "四十五", 2, 3))), cell="C6")
    assert "シートを描けませんでした。読み取りに時間がかかりすぎる" in page
    assert "「四十五」は数として読めません" in page


def test_notices_of_the_file_stand_above(headquarters, kofukin, previewed):
    csv = "制度名,R3年度（億円）\r\n地域づくり総合交付金,45.8\r\n".encode("cp932")
    page = page_of(headquarters, previewed(csv, "予算.csv"))
    assert "文字コードはシフトJIS（CP932）" in page
    assert texts(row_of(page, 2)) == ["", "2", "地域づくり総合交付金", "新45.8"]


# --- Folding and size -----------------------------------------------------------------------------------------------


def folds(page):
    return re.findall(r'rows=([\d-]+)#row-\d+">[\d〜]+行を開く</a>　(.*?)</span></td>', page)


def test_rows_with_nothing_to_look_at_are_folded(headquarters, kofukin, previewed):
    page = page_of(headquarters, previewed(many(100, lambda number: "12～15" if number == 60 else 1000 + number)))
    assert folds(page) == [
        ("22-60", "新規 39。確かめることはありません"),
        ("64-101", "新規 38。確かめることはありません"),
    ]
    assert 'id="row-62"' in page
    assert 'id="row-40"' not in page


def test_a_fold_opens_and_all_rows_can_be_asked_for(headquarters, kofukin, previewed):
    url = previewed(many(100))
    page = page_of(headquarters, url, rows="22-60")
    assert 'id="row-40"' in page
    assert 'href="?sheet=1&amp;rows=22-60&amp;cell=E40#cell-E40"' in row_of(page, 40)
    assert not folds(page_of(headquarters, url, rows="1-101"))


def test_a_cell_in_a_fold_opens_the_rows_around_it(headquarters, kofukin, previewed):
    page = page_of(headquarters, previewed(many(100)), cell="E50")
    assert 'id="row-47"' in page
    assert 'id="row-40"' not in page
    assert '<th class="rn here" scope="row">50</th>' in row_of(page, 50)
    assert re.search(r'id="cell-E50"[^>]*aria-current="true"', row_of(page, 50))


def test_a_long_sheet_is_opened_part_by_part(headquarters, kofukin, previewed):
    url = previewed(many(900))
    shown = [int(number) for number in re.findall(r'id="row-(\d+)"', page_of(headquarters, url, rows="1-901"))]
    assert len(shown) <= 400
    assert shown[:200] == list(range(1, 201))
    assert folds(page_of(headquarters, url, rows="1-901")) == [("267-901", "読まない 635。確かめることはありません")]


@pytest.mark.exhaustive
def test_a_wide_sheet_is_paged_with_the_names_of_its_rows_on_each_page(headquarters, kofukin, previewed):
    url = previewed(wide(130))
    page = page_of(headquarters, url, columns=2)
    letters = re.findall(r'<th scope="col" class="letter[^>]*>(\w+)</th>', page)
    assert (letters[0], letters[1], len(letters)) == ("A", "BI", 60)
    assert "<b>" in page
    assert "BI〜" in page
    assert 'class="letter here">CA</th>' in page_of(headquarters, url, cell="CA2")


@pytest.mark.parametrize(
    ("content", "query"),
    sample(
        [
            pytest.param(
                lambda: wide(200, rows=120), {"columns": 2, "rows": "1-121"}, id="wide", marks=pytest.mark.exhaustive
            ),
            pytest.param(
                lambda: many(3000, lambda number: f"{number}～" if number else 1),
                {"rows": "1-3001"},
                id="long and full of errors",
            ),
            pytest.param(
                lambda: long_book([[f"見本制度{n}", "全道", "R3年度", "当初", n] for n in range(2000)]),
                {"rows": "1-2001"},
                id="full of questions",
            ),
        ],
        every=3,
    ),
)
def test_a_page_stays_small_whatever_the_workbook(headquarters, kofukin, previewed, content, query):
    for number in range(60):
        make_program(official_name=f"長い名前をもつ見本の支援制度 第{number}号")
    assert len(page_of(headquarters, previewed(content()), **query).encode()) < 500_000


@pytest.mark.exhaustive
def test_many_figures_take_as_many_queries_as_few(headquarters, kofukin, previewed):
    asked = []
    for count in (4, 120):
        url = previewed(many(count, lambda number: 1000 + number if number else "見本"))
        page_of(headquarters, url)  # what is looked up once
        with CaptureQueriesContext(connection) as queries:
            page_of(headquarters, url, cell="E3")
        asked.append(len(queries))
    assert asked[0] == asked[1]
