"""The spring's work as a person does it: the workbook as it came, checked cell by cell, saved, seen on the public page."""

from pathlib import Path

import pytest

from support.models import BudgetFigure
from tests.browser.accessibility import assert_accessible, tab_to
from tests.factories import make_edition, make_headquarters_editor, make_program
from tests.imports.books import budget_book

SEED = Path(__file__).parents[2] / "fixtures" / "workbooks" / "予算・派遣実績.xlsx"


@pytest.fixture
def headquarters(page):
    return signed_in(page)


def signed_in(page):
    """A browser in which headquarters' editor is signed in, on the first screen of the import."""
    make_edition(program=make_program(official_name="地域づくり総合交付金"))
    make_headquarters_editor()
    page.goto("/admin/import/")
    page.get_by_label("メールアドレス").fill("honcho@example.jp")
    page.get_by_label("パスワード").fill("password")
    page.get_by_role("button", name="サインイン").click()
    heading(page, "数値を取り込む")
    return page


def heading(page, name):
    """Wait for the screen of this heading: a click does not wait for the page that it leads to."""
    page.get_by_role("heading", name=name).wait_for()


def choose(page, file):
    page.get_by_label("予算額", exact=True).check()
    page.get_by_label("ブックを選ぶ").set_input_files(file)
    page.get_by_role("button", name="読み取る").click()


def test_the_seed_s_workbook_from_upload_to_public_page(headquarters):
    assert_accessible(headquarters)
    choose(headquarters, SEED)
    heading(headquarters, "読み取りを確かめる")
    assert_accessible(headquarters)
    headquarters.get_by_role("button", name="4件を保存する").click()
    heading(headquarters, "4件を保存しました")
    assert_accessible(headquarters)
    headquarters.locator("section[aria-labelledby=added] td a").first.click()
    heading(headquarters, "取り込んだシート")
    headquarters.locator("#selected").get_by_text("新しく入れました").wait_for()
    assert_accessible(headquarters)

    headquarters.goto("/figures/")
    table = headquarters.get_by_role("table").first
    assert "4,580,000" in table.inner_text()
    assert "予算額 › " in table.inner_text()


def test_a_changed_number_stands_beside_the_old_one(headquarters):
    choose(headquarters, SEED)
    headquarters.get_by_role("button", name="4件を保存する").click()
    headquarters.get_by_role("link", name="次のブックを取り込む").click()
    heading(headquarters, "数値を取り込む")
    name = "予算_令和3年度_直し.xlsx"
    mime = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    choose(headquarters, {"name": name, "mimeType": mime, "buffer": budget_book((45.5, 45.5, 45.8, 46.1))})
    heading(headquarters, "読み取りを確かめる")
    cell = headquarters.locator("#cell-E6")
    assert cell.get_by_role("img", name="変更").is_visible()
    assert cell.inner_text().split() == ["変", "45.8→46.1"]
    assert_accessible(headquarters)
    headquarters.get_by_role("button", name="1件を保存する").click()
    heading(headquarters, "1件を保存しました")
    headquarters.goto("/figures/")
    assert "4,610,000" in headquarters.get_by_role("table").first.inner_text()


def test_a_file_that_is_no_workbook_is_refused_beside_the_field(headquarters):
    choose(headquarters, {"name": "通知.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n"})
    assert "PDF" in headquarters.locator(".errorlist").inner_text()
    assert_accessible(headquarters)


def test_the_screens_fit_a_phone(headquarters):
    choose(headquarters, SEED)
    heading(headquarters, "読み取りを確かめる")
    for width in (375, 320):
        headquarters.set_viewport_size({"width": width, "height": 800})
        assert headquarters.evaluate("document.documentElement.scrollWidth") <= width


WITH_TROUBLE = budget_book((45.5, "四十五", 45.8, 1000), program="地域づくり交付金")
MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def test_a_figure_is_said_in_words_without_leaving_the_page(headquarters):
    choose(headquarters, SEED)
    heading(headquarters, "読み取りを確かめる")
    headquarters.evaluate("window.isTheSamePage = true")
    headquarters.locator("#cell-B6").click()
    bar = headquarters.locator("#selected")
    bar.get_by_text("平成30年度（2018）").wait_for()
    headquarters.keyboard.press("ArrowRight")
    headquarters.keyboard.press("ArrowRight")
    headquarters.keyboard.press("Enter")
    bar.get_by_text("令和2年度（2020）").wait_for()
    assert headquarters.locator(".grid [aria-current]").get_attribute("id") == "cell-D6"
    assert headquarters.evaluate("window.isTheSamePage")
    assert headquarters.url.endswith("cell=D6#cell-D6")


def test_questions_are_answered_errors_left_out_and_the_rest_is_saved(headquarters):
    choose(headquarters, {"name": "予算.xlsx", "mimeType": MIME, "buffer": WITH_TROUBLE})
    heading(headquarters, "読み取りを確かめる")
    assert_accessible(headquarters)
    headquarters.get_by_role("link", name="C6 地域づくり交付金").click()
    headquarters.locator("#selected").get_by_text("「四十五」は数として読めません").wait_for()
    headquarters.get_by_label("この数値は読まずに進む").check()
    headquarters.get_by_label("地域づくり総合交付金", exact=True).check()
    headquarters.get_by_role("button", name="答えを反映する").last.click()
    headquarters.get_by_text("答えを反映しました").wait_for()
    assert_accessible(headquarters)
    headquarters.get_by_role("button", name="3件を保存する").click()
    heading(headquarters, "3件を保存しました")


def test_a_list_of_all_answers_marks_the_answer_that_it_belongs_to(headquarters):
    make_program(official_name="まったく別の制度")
    choose(headquarters, {"name": "予算.xlsx", "mimeType": MIME, "buffer": WITH_TROUBLE})
    heading(headquarters, "読み取りを確かめる")
    headquarters.locator(".other select").select_option("まったく別の制度")
    assert headquarters.get_by_label("ほかから選ぶ").first.is_checked()


def test_a_table_is_read_otherwise(headquarters):
    choose(headquarters, SEED)
    heading(headquarters, "読み取りを確かめる")
    headquarters.get_by_role("link", name="読み方を直す").click()
    headquarters.locator("#correct summary").click()
    assert_accessible(headquarters)
    headquarters.get_by_label("E列は何か").select_option("読まない")
    headquarters.get_by_role("button", name="この読み方で読み直す").click()
    headquarters.get_by_role("button", name="3件を保存する").wait_for()


def test_from_upload_to_undo_without_javascript(open_page):
    page = signed_in(open_page(1280, java_script_enabled=False))
    choose(page, {"name": "予算.xlsx", "mimeType": MIME, "buffer": WITH_TROUBLE})
    heading(page, "読み取りを確かめる")
    page.locator("#cell-C6").click()
    page.locator("#selected").get_by_text("「四十五」は数として読めません").wait_for()
    page.get_by_label("この数値は読まずに進む").check()
    page.get_by_label("地域づくり総合交付金", exact=True).check()
    page.get_by_role("button", name="答えを反映する").last.click()
    page.get_by_text("答えを反映しました").wait_for()
    page.get_by_role("button", name="3件を保存する").click()
    heading(page, "3件を保存しました")
    page.get_by_role("link", name="B6", exact=True).click()
    heading(page, "取り込んだシート")
    page.get_by_role("link", name="この取込の記録へ戻る").click()
    page.get_by_role("link", name="この取込を取り消す").click()
    heading(page, "この取込を取り消す")
    page.get_by_role("button", name="取り消す").click()
    heading(page, "3件を元に戻しました")
    assert not BudgetFigure.objects.exists()


def test_from_upload_to_undo_by_keyboard_alone(open_page):
    page = signed_in(open_page(1280))
    tab_to(page, "[name=kind]")
    while not page.locator("[name=kind][value=budget]").is_checked():
        page.keyboard.press("ArrowDown")
    tab_to(page, "#id_file")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    chooser.value.set_files({"name": "予算.xlsx", "mimeType": MIME, "buffer": WITH_TROUBLE})
    tab_to(page, "form button.primary")
    page.keyboard.press("Enter")
    heading(page, "読み取りを確かめる")

    tab_to(page, ".sheet .skip")
    page.keyboard.press("Enter")
    tab_to(page, "[name=leave]")
    page.keyboard.press("Space")
    tab_to(page, "[name^='answer:']")
    page.keyboard.press("Space")
    assert page.get_by_label("地域づくり総合交付金", exact=True).is_checked()
    tab_to(page, "#answers > button:not([name])")
    page.keyboard.press("Enter")
    page.get_by_text("答えを反映しました").wait_for()

    tab_to(page, ".confirm button.primary")
    page.keyboard.press("Enter")
    heading(page, "3件を保存しました")
    tab_to(page, "a.danger")
    page.keyboard.press("Enter")
    heading(page, "この取込を取り消す")
    tab_to(page, "button.danger")
    page.keyboard.press("Enter")
    heading(page, "3件を元に戻しました")
    assert not BudgetFigure.objects.exists()


def test_who_signs_in_anew_on_the_way_to_a_save_saves_nothing_unseen(open_page):
    page = signed_in(open_page(1280))
    choose(page, SEED)
    heading(page, "読み取りを確かめる")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="4件を保存する").click()
    page.get_by_label("メールアドレス").fill("honcho@example.jp")
    page.get_by_label("パスワード").fill("password")
    page.get_by_role("button", name="サインイン").click()
    page.get_by_text("まだ何も変えていません").wait_for()
    assert not BudgetFigure.objects.exists()
    page.get_by_role("button", name="4件を保存する").click()
    heading(page, "4件を保存しました")
