"""The preview drawn as the sheet: what it shows, how it folds, what can be answered and read otherwise on it."""

import re
import zlib
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import Workbook

from sumairu.imports.models import ImportRun, Layout
from sumairu.imports.saving import drop, preview, save
from sumairu.models import StoredFile
from support.models import BudgetFigure
from tests.factories import make_administrator, make_editor, make_headquarters_editor, make_program
from tests.imports.books import book, budget_book, long_book, saved

pytestmark = pytest.mark.django_db


@pytest.fixture
def previewed(budget):
    """`previewed(content)`: the address of a run of this workbook."""

    def previewed(content, name="予算.xlsx", kind=budget):
        run, _ = preview(kind, content, name, make_headquarters_editor())
        return reverse("import_run", args=[run.pk])

    return previewed


def page_of(client, url, **query):
    response = client.get(url, query)
    assert response.status_code == 200
    return response.content.decode()


def row_of(page, number):
    """The row of the sheet of this number, as HTML."""
    [row] = re.findall(rf'<tr id="row-{number}".*?</tr>', page)
    return row


def texts(html):
    return [unescape(re.sub(r"<[^>]*>", "", cell)) for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", html)]


def many(count, amount=lambda number: 1000 + number):
    """A workbook of so many rows of figures, from row 2: the first 135 of them new, the others said again."""
    stages = ("当初", "最終", "決算")
    rows = [(f"{1980 + number // 3 % 45}年度", stages[number % 3], amount(number % 135)) for number in range(count)]
    return long_book([["地域づくり総合交付金", "全道", *row] for row in rows])


def wide(columns, rows=3):
    header = ["制度名", *(f"第{number}事業" for number in range(columns))]
    return book(("予算額", [header, *([["地域づくり総合交付金", *range(columns)]] * rows)]))


def test_a_workbook_whose_reading_is_of_a_former_form_is_read_again(headquarters, kofukin, previewed):
    url = previewed(budget_book())
    ImportRun.objects.update(packed_reading=zlib.compress(b'{"figures": []}'))
    assert "45.8" in row_of(page_of(headquarters, url), 6)


def test_a_workbook_that_can_no_longer_be_read_says_why(headquarters, kofukin, previewed):
    url = previewed(budget_book())
    ImportRun.objects.update(packed_reading=None)
    StoredFile.objects.update(content=b"%PDF-1.7")
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


@pytest.mark.parametrize(
    "query",
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
    ],
    ids=str,
)
def test_addresses_that_nobody_offers_show_the_page_all_the_same(headquarters, kofukin, previewed, query):
    assert "予算額の推移" in page_of(headquarters, previewed(budget_book()), **query)


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
    [
        pytest.param(lambda: wide(200, rows=120), {"columns": 2, "rows": "1-121"}, id="wide"),
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
)
def test_a_page_stays_small_whatever_the_workbook(headquarters, kofukin, previewed, content, query):
    for number in range(60):
        make_program(official_name=f"長い名前をもつ見本の支援制度 第{number}号")
    assert len(page_of(headquarters, previewed(content()), **query).encode()) < 500_000


def test_many_figures_take_as_many_queries_as_few(headquarters, kofukin, previewed):
    asked = []
    for count in (4, 120):
        url = previewed(many(count, lambda number: 1000 + number if number else "見本"))
        page_of(headquarters, url)  # what is looked up once
        with CaptureQueriesContext(connection) as queries:
            page_of(headquarters, url, cell="E3")
        asked.append(len(queries))
    assert asked[0] == asked[1]


# --- Answers --------------------------------------------------------------------------------------------------------


def unknown(**kw):
    return budget_book(program="地域づくり交付金", **kw)


def post(client, url, action, data):
    return client.post(f"{url}{action}/", data, follow=True).content.decode()


def test_a_question_offers_the_likely_answers_all_others_and_to_leave_it(headquarters, kofukin, previewed):
    other = make_program(official_name="まったく別の制度")
    page = page_of(headquarters, previewed(unknown()))
    assert "登録にない名前です" in page
    assert 'name="answer:name:地域づくり交付金" value="program:chiiki-zukuri-kofukin"' in page
    assert f'<option value="program:{other.slug}">まったく別の制度</option>' in page
    assert 'name="answer:name:地域づくり交付金" value="skip"' in page
    assert "この書き方を、選んだ制度の別名として覚える" in page


@pytest.mark.parametrize(
    "answer",
    [
        {"answer:name:地域づくり交付金": "program:chiiki-zukuri-kofukin"},
        {"answer:name:地域づくり交付金": "other", "other:name:地域づくり交付金": "program:chiiki-zukuri-kofukin"},
        {"other:name:地域づくり交付金": "program:chiiki-zukuri-kofukin"},
    ],
    ids=["a likely one", "another one", "the list alone"],
)
def test_an_answer_settles_its_figures_and_can_be_taken_back(headquarters, kofukin, previewed, answer):
    url = previewed(unknown())
    page = post(headquarters, url, "answers", answer)
    assert "答えを反映しました" in page
    assert "4件を保存する" in page
    assert "<b>地域づくり総合交付金</b>" in page
    page = post(headquarters, url, "answers", {"take_back": "name:地域づくり交付金"})
    assert "あと、質問 1 に答えると保存できます" in page


def test_a_figure_leads_to_what_is_asked_of_it(headquarters, kofukin, previewed):
    page = page_of(headquarters, previewed(unknown()), cell="C6")
    assert '<a href="#question-1">一覧で答える</a>' in page
    assert '<li id="question-1">' in page


def test_an_answer_is_remembered_where_the_editor_says_so(headquarters, kofukin, previewed):
    url = previewed(unknown())
    key = "name:地域づくり交付金"
    post(headquarters, url, "answers", {f"answer:{key}": "program:chiiki-zukuri-kofukin", f"remember:{key}": "on"})
    assert ImportRun.objects.get().remembered == [key]


@pytest.mark.parametrize(
    ("posted", "says"),
    [
        ({}, "まだどれにも答えていません"),
        ({"answer:name:地域づくり交付金": "program:nowhere"}, "選べるもののどれでもありません"),
        ({"answer:name:地域づくり交付金": "other"}, "「ほかから選ぶ」で、どれかを選んでください"),
        ({"answer:name:まったく別": "program:chiiki-zukuri-kofukin"}, "まだどれにも答えていません"),
        (
            {"answer:": "x", "leave": "cell:予算額!A1", "leave_alike": "そんな誤りはない", "take_back": "x"},
            "まだどれにも",
        ),
    ],
    ids=["nothing", "no such answer", "no other one", "no such question", "garbage"],
)
def test_what_was_not_asked_is_not_answered(headquarters, kofukin, previewed, posted, says):
    url = previewed(unknown())
    assert says in post(headquarters, url, "answers", posted)
    assert ImportRun.objects.get().answers == {}


def test_a_cell_with_an_error_is_left_out_and_taken_back(headquarters, kofukin, previewed):
    url = previewed(budget_book((45.5, "四十五", 45.8, 45.8)))
    page = page_of(headquarters, url)
    assert '<span class="cell">C6</span> 地域づくり総合交付金 令和元年度</a>　中身は <code>四十五</code>' in page
    page = post(headquarters, url, "answers", {"leave": "cell:予算額!C6"})
    assert "3件を保存する" in page
    assert "数値：予算額!C6" in page
    assert "やはり読む" in page_of(headquarters, url, cell="C6")
    assert "あと、誤り 1 に" in post(headquarters, url, "answers", {"take_back": "all cells"})


def test_a_figure_that_was_read_well_can_be_left_out_too(headquarters, kofukin, previewed):
    url = previewed(budget_book())
    assert 'name="leave" value="cell:予算額!E6"' in page_of(headquarters, url, cell="E6")
    assert "3件を保存する" in post(headquarters, url, "answers", {"leave": "cell:予算額!E6"})


def test_errors_that_say_the_same_are_one_entry_and_left_out_at_once(headquarters, kofukin, previewed):
    url = previewed(many(30, lambda number: f"{number}～{number + 1}" if number % 4 == 1 else 1000))
    page = page_of(headquarters, url)
    assert page.count('name="leave"') == 5
    assert "ほかに3つ、同じ誤りがあります" in page
    [alike] = re.findall(r'name="leave_alike" value="(.*?)"', page)
    assert "22件を保存する" in post(headquarters, url, "answers", {"leave_alike": unescape(alike)})


def test_cautions_are_listed_with_their_cells(headquarters, kofukin, budget, previewed):
    page = page_of(headquarters, previewed(budget_book((45.5, 45.5, 45.8, 1000))))
    assert "前年度と大きく違います" in page
    assert re.search(r'id="cell-E6".*?aria-label="注意">！</i>', row_of(page, 6))


def test_what_is_settled_can_be_saved_without_the_rest(headquarters, kofukin, previewed):
    url = previewed(budget_book((45.5, "四十五", 45.8, 45.8)))
    page = page_of(headquarters, url)
    assert "残りは読まずに3件を保存する" in page
    digest = re.search(r'name="digest" value="(\w+)"', page)[1]
    assert "誤りか質問が残っている" in post(headquarters, url, "save", {"digest": digest})
    post(headquarters, url, "save", {"digest": digest, "leaving_rest": "on"})
    assert BudgetFigure.objects.count() == 3


# --- Reading otherwise ----------------------------------------------------------------------------------------------


def without_unit(*years):
    return book(("予算", [["制度名", *years], ["地域づくり総合交付金", *([4_580] * len(years))]]))


def form_of(client, url, **query):
    """The fields of the form, as a browser would send them back."""
    return {
        field.html_name: value for field in client.get(url, query).context["correction"] if (value := field.value())
    }


def test_the_form_says_how_the_table_was_read(headquarters, kofukin, previewed):
    fields = form_of(headquarters, previewed(budget_book()))
    assert (fields["first"], fields["last"], fields["use_A"], fields["use_B"]) == (4, 5, "label", "figures")
    assert (fields["year_B"], fields["unit_B"], fields["name"]) == ("平成30年度", "億円", "予算額の推移")


def test_a_unit_that_the_sheet_lacks_is_said_for_the_whole_table(headquarters, kofukin, previewed):
    url = previewed(without_unit("R2年度", "R3年度"))
    fields = form_of(headquarters, url)
    page = post(headquarters, url, "reading", fields | {"table": 0, "sheet": 1, "unit": "百万円"})
    assert "この読み方で読み直しました" in page
    assert "2件を保存する" in page
    run = ImportRun.objects.get()
    assert (run.corrections[0]["unit"], run.corrections[0]["columns"]) == ("百万円", {})
    assert "もとの読み方に戻す" in page
    assert "あと、誤り 2 に" in post(headquarters, url, "reading", {"plain": "1"})


def test_only_what_was_changed_is_a_correction(headquarters, kofukin, previewed):
    url = previewed(budget_book())
    changes = {"use_C": "leave_out", "year_E": "R4", "stage_E": "当初", "left_out": "2"}
    post(headquarters, url, "reading", form_of(headquarters, url) | {"table": 0, "sheet": 1} | changes)
    [correction] = ImportRun.objects.get().corrections
    assert (correction["header_rows"], correction["left_out_rows"]) == ([], [[2, 2]])
    assert set(correction["columns"]) == {"C", "E"}
    assert correction["columns"]["E"] == {"use": None, "fiscal_year": 2022, "stage": "当初", "unit": None}
    page = page_of(headquarters, url, cell="E6")
    assert "令和4年度（2022）・全道・当初" in page
    assert "<b>読まない</b>読み方で、読まない列にしました" in page


def test_corrections_add_up(headquarters, kofukin, previewed):
    url = previewed(budget_book())
    for change in ({"use_C": "leave_out"}, {"use_D": "leave_out"}):
        post(headquarters, url, "reading", form_of(headquarters, url) | {"table": 0, "sheet": 1} | change)
    assert "2件を保存する" in page_of(headquarters, url)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"left_out": "3-x"}, "「3-x」は行の番号として読めません"),
        ({"left_out": "9-2"}, "はじめの行がおわりの行より後です"),
        ({"left_out": "99"}, "このシートにありません"),
        ({"first": "5", "last": ""}, "はじめとおわりの両方を入れてください"),
        ({"first": "5", "last": "4"}, "はじめから数えて10行まで"),
        ({"first": "500"}, "6 以下"),
        ({"unit": "ドル"}, "「ドル」は単位として読めません"),
        ({"fiscal_year": "来年"}, "「来年」は年度として読めません"),
        ({"year_B": "ABC"}, "「ABC」は年度として読めません"),
        ({"unit_B": "匹"}, "「匹」は単位として読めません"),
        ({"use_B": "nothing"}, "正しく選択してください"),
        ({"stage_B": "nothing"}, "正しく選択してください"),
        ({"keep": "on", "name": ""}, "読み方の名前を入れてください"),
    ],
    ids=str,
)
def test_what_cannot_be_meant_is_said_beside_its_field(headquarters, kofukin, previewed, changes, says):
    url = previewed(budget_book())
    page = post(headquarters, url, "reading", form_of(headquarters, url) | {"table": 0, "sheet": 1} | changes)
    assert says in unescape(page)
    assert '<details class="correct" id="correct" open>' in page
    assert ImportRun.objects.get().corrections == []


def test_a_table_that_was_not_found_can_be_described(headquarters, kofukin, previewed):
    url = previewed(book(("予算額", [["見本"], [], ["地域づくり総合交付金", 45.8]])))
    page = page_of(headquarters, url)
    assert "このシートに表は見つかりませんでした" in page
    page = post(headquarters, url, "reading", {"sheet": 1, "table": 0, "first": "", "use_A": "label"})
    assert "見出しの行を入れてください" in page
    assert "数値の列がありません" in page
    said = {"first": 1, "last": 1, "use_A": "label", "use_B": "figures", "year_B": "R3", "unit_B": "億円"}
    page = post(headquarters, url, "reading", {"sheet": 1, "table": 0} | said)
    assert "1件を保存する" in page


def test_of_several_tables_each_is_corrected_by_itself(headquarters, kofukin, previewed):
    rows = [
        ["制度名", "R2年度"],
        ["地域づくり総合交付金", 1],
        [],
        [],
        ["制度名", "R3年度"],
        ["地域づくり総合交付金", 2],
    ]
    url = previewed(book(("予算額", rows)))
    for number, unit in ((0, "億円"), (1, "百万円")):
        fields = form_of(headquarters, url, table=number)
        assert fields["first"] == (1, 5)[number]
        post(headquarters, url, "reading", fields | {"table": number, "sheet": 1, "unit": unit})
    assert "200万円" in page_of(headquarters, url, cell="B6")
    assert "1億円" in page_of(headquarters, url, cell="B2")


def test_a_reading_is_kept_and_the_next_workbook_says_so(headquarters, kofukin, previewed):
    url = previewed(without_unit("R2年度", "R3年度"))
    fields = form_of(headquarters, url) | {"table": 0, "sheet": 1, "unit": "百万円", "keep": "on", "name": "予算の推移"}
    assert "この読み方を覚えました" in post(headquarters, url, "reading", fields)
    assert (Layout.objects.get().name, Layout.objects.get().kept_by) == ("予算の推移", make_headquarters_editor())
    url = previewed(without_unit("R3年度", "R4年度"), "来年.xlsx")
    page = page_of(headquarters, url)
    assert "読み方「予算の推移」で読みました" in page
    assert "2件を保存する" in page
    page = post(headquarters, url, "reading", {"plain": "1"})
    assert "予算の推移」で読みました" not in page
    assert "あと、誤り 2 に" in page


# --- Who, and when --------------------------------------------------------------------------------------------------

ACTIONS = ["answers", "reading", "save"]


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("who", [make_editor, None], ids=["an office's editor", "nobody"])
def test_only_who_may_import_may_settle_anything(client, kofukin, previewed, who, action):
    url = previewed(unknown())
    if who:
        client.force_login(who("kushiro"))
    response = client.post(f"{url}{action}/", {"plain": "1", "leave": "cell:予算額!C6"})
    assert response.status_code == (403 if who else 302)
    assert client.get(f"{url}cell/").status_code == (403 if who else 302)
    assert ImportRun.objects.get().answers == {}


@pytest.mark.parametrize("action", ["answers", "reading"])
def test_only_posts_change_anything(headquarters, kofukin, previewed, action):
    assert headquarters.get(f"{previewed(unknown())}{action}/").status_code == 405


@pytest.mark.parametrize("action", ["answers", "reading"])
def test_a_run_that_was_given_up_takes_no_more_answers(headquarters, kofukin, previewed, action):
    url = previewed(budget_book((45.5, "四十五", 45.8, 45.8)))
    fields = form_of(headquarters, url) | {"table": 0, "sheet": 1, "leave": "cell:予算額!C6"}
    drop(ImportRun.objects.get())
    assert "取りやめ" in post(headquarters, url, action, fields)
    assert ImportRun.objects.get().answers == {}
    assert headquarters.get(f"{url}cell/").status_code == 404


@pytest.mark.parametrize("action", ["answers", "reading", "cell"])
def test_runs_of_unknown_kinds_are_not_there(client, kofukin, previewed, action):
    url = previewed(unknown())
    ImportRun.objects.update(kind="other")
    client.force_login(make_administrator())
    ask = client.get if action == "cell" else client.post
    assert ask(f"{url}{action}/").status_code == 404
