"""The spring's work as a person does it: the workbook as it came, checked cell by cell, saved, seen on the public page."""

from pathlib import Path

import pytest

from tests.browser.accessibility import assert_accessible
from tests.factories import make_edition, make_headquarters_editor, make_program
from tests.imports.books import budget_book

SEED = Path(__file__).parents[2] / "fixtures" / "workbooks" / "予算・派遣実績.xlsx"


@pytest.fixture
def headquarters(page):
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
    row = headquarters.get_by_role("row").filter(has_text="令和3年度").first.inner_text()
    assert "変更" in row
    assert "45億8,000万円" in row
    assert "46億1,000万円" in row
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
