"""What the preview asks, and what is answered there: by whom, and until when."""

import re
from html import unescape

import pytest

from sumairu.imports.models import ImportRun
from support.models import BudgetFigure
from tests.exhaustive import gathered
from tests.factories import make_administrator, make_editor, make_program
from tests.imports.books import book, budget_book, long_book, many, unknown
from tests.imports.screens import form_of, page_of, post, row_of

pytestmark = pytest.mark.django_db


def test_a_question_offers_the_likely_answers_all_others_and_to_leave_it(headquarters, kofukin, previewed):
    other = make_program(official_name="まったく別の制度")
    page = page_of(headquarters, previewed(unknown()))
    assert "登録にない名前です" in page
    assert 'name="answer:name:地域づくり交付金" value="program:chiiki-zukuri-kofukin"' in page
    assert f'<option value="program:{other.slug}">まったく別の制度</option>' in page
    assert 'name="answer:name:地域づくり交付金" value="skip"' in page
    assert "この書き方を、選んだ制度の別名として覚える" in page


@pytest.mark.exhaustive
@pytest.mark.parametrize("later", ["program:other", "skip"])
def test_of_two_pages_that_answer_one_question_the_first_stands_and_the_second_is_told(
    headquarters, kofukin, previewed, later
):
    make_program(slug="other", official_name="まったく別の制度")
    url = previewed(unknown())
    post(headquarters, url, "answers", {"answer:name:地域づくり交付金": "program:chiiki-zukuri-kofukin"})
    page = post(headquarters, url, "answers", {"answer:name:地域づくり交付金": later})
    assert "もう「地域づくり総合交付金」と答えています" in page
    assert "まだどれにも答えていません" not in page
    assert ImportRun.objects.get().answers == {"name:地域づくり交付金": "program:chiiki-zukuri-kofukin"}


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
    assert '<span class="cell">C6</span> 地域づくり総合交付金 予算額 R元年度</a>' in page
    assert "中身は <code>四十五</code>" in page
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
    assert "ほかに3件、同じ誤りがあります" in page
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


@pytest.mark.exhaustive
@pytest.mark.parametrize("actions", gathered(["answers", "reading", "save", "drop", "again"]))
def test_whoever_comes_to_a_button_by_signing_in_anew_is_led_back_to_it(headquarters, kofukin, previewed, actions):
    url = previewed(budget_book())
    for action in actions:
        response = headquarters.get(f"{url}{action}/", follow=True)
        assert response.redirect_chain == [(url, 302)], action
        assert "まだ何も変えていません" in response.content.decode(), action
        assert ImportRun.objects.get().is_open, action
        assert not BudgetFigure.objects.exists(), action


def test_whoever_comes_to_giving_up_all_by_signing_in_anew_has_given_up_nothing(headquarters, kofukin, previewed):
    previewed(budget_book())
    response = headquarters.get("/admin/import/drop/", follow=True)
    assert "まだ何も変えていません" in response.content.decode()
    assert ImportRun.objects.get().is_open


@pytest.mark.parametrize("action", ["answers", "reading"])
def test_a_run_that_was_given_up_takes_no_more_answers(headquarters, kofukin, previewed, action):
    url = previewed(budget_book((45.5, "四十五", 45.8, 45.8)))
    fields = form_of(headquarters, url) | {"table": 0, "sheet": 1, "leave": "cell:予算額!C6"}
    ImportRun.objects.get().drop()
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


def test_the_portal_s_own_words_beside_a_programme_raise_no_question(headquarters, kofukin, previewed):
    make_program(slug="senmon", official_name="専門家の派遣")
    rows = [("財政的支援", "地域づくり総合交付金", 1), ("人的支援", "専門家の派遣", 2), ("情報支援", "専門家の派遣", 3)]
    header = ["区分", "制度名", "年度", "振興局", "段階", "予算額（千円）"]
    page = page_of(
        headquarters,
        previewed(book(("予算額", [header, *([a, b, f"R{n}年度", "全道", "当初", n] for a, b, n in rows)]))),
    )
    assert "3件を保存する" in page
    assert "質問 0" in re.sub("<[^>]*>", "", page)


def test_what_is_left_out_is_told_in_whole_sentences(headquarters, kofukin, previewed):
    rows = [["地域づくり総合交付金", "全道", f"R{n}年度", "当初", 100] for n in (2, 3)]
    page = re.sub("<[^>]*>", "", page_of(headquarters, previewed(long_book([*rows, *rows]))))
    assert "同じ数値がシート「…」の…にあります 2" in page
    page = re.sub("<[^>]*>", "", page_of(headquarters, previewed(long_book([*rows, rows[0]]), "別の予算.xlsx")))
    assert "同じ数値がシート「予算額」のE2にあります 1" in page


def test_many_alike_are_counted_as_figures_are(headquarters, kofukin, previewed):
    rows = [["新しい交付金", "全道", f"R{n}年度", stage, 100] for n in (2, 3, 4) for stage in ("当初", "最終", "決算")]
    page = page_of(headquarters, previewed(long_book(rows)))
    assert "など、数値 9件" in page
    assert "つの数値" not in page


def test_errors_of_several_cells_are_told_of_the_cells(headquarters, kofukin, previewed):
    page = page_of(headquarters, previewed(budget_book((45.5, "四十五", "多数", 45.8))))
    assert "<span>セルの中身は数として読めません</span>" in page
    assert "「…」" not in re.sub(r"value=\"[^\"]*\"", "", page)


def test_what_is_new_can_be_registered_from_its_question(headquarters, kofukin, previewed):
    url = previewed(unknown())
    [address] = re.findall(r'href="(/admin/support/program/add/[^"]*)" target="_blank"', page_of(headquarters, url))
    assert 'value="地域づくり交付金"' in page_of(headquarters, unescape(address))
    make_program(official_name="地域づくり交付金")
    assert "4件を保存する" in page_of(headquarters, url)
