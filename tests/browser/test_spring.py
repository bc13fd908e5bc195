"""A whole spring of headquarters' editor: a workbook with everything that workbooks have wrong with them, put right and
saved, next year's that needs nothing, taken back and given again, and a faulty one sent back to who made it.
"""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from regions.models import CooperationRegion, Municipality, MunicipalityAlias, Subprefecture
from sumairu.imports import tasks
from sumairu.imports.models import ImportRun
from sumairu.loading.facts import cooperation_regions, municipalities, subprefectures, update
from tests.browser.accessibility import assert_accessible, assert_no_sideways_scrolling
from tests.factories import make_headquarters_editor, make_indicator
from tests.imports.books import book

KIND = "市町村別の数値"
LAYOUT = "普通交付税の一覧"
MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TOWN, INDICATOR = "/municipalities/012068/", "/indicators/allocation-tax/"


def tax_book(era, *rows):
    """令和`era`年度's allocation tax beside that of the year before: without a unit, its sheet named for the year."""
    title = f"令和{era}年度　市町村別普通交付税決定額"
    header = ["市町村", f"令和{era}年度", f"令和{era - 1}年度", "増減額"]
    return book((f"R{era}", [[title], ["見本"], header, *rows]))


FIRST = tax_book(
    4,
    ["釧路市役所", 23_617_795, 23_100_000, 517_795],
    ["厚岸町", 4_100_000, 4_050_000, 50_000],
    ["伊達市", 5_700_000, 5_650_000, 50_000],
    ["羅臼町", "#REF!", 2_300_000, "#REF!"],
    ["泊村", 1_000, 2_000, -1_000],
)
# The year before is said otherwise than a year ago: 釧路's 23,617,795 is now 23,618,000.
NEXT = tax_book(
    5,
    ["釧路市役所", 23_900_000, 23_618_000, 282_000],
    ["厚岸町", 4_150_000, 4_100_000, 50_000],
    ["伊達市", 5_750_000, 5_700_000, 50_000],
    ["羅臼町", 2_400_000, 2_350_000, 50_000],
    ["泊村", 1_500, 1_000, 500],
)
FAULTY = tax_book(6, ["釧路市役所", "24,0OO,000", 23_900_000, 100_000], ["厚岸町", "#VALUE!", 4_150_000, "#VALUE!"])


@pytest.fixture
def towns():
    """All of Hokkaido: two villages have one name, and others theirs in other prefectures too."""
    update(CooperationRegion, ["slug"], cooperation_regions())
    update(Subprefecture, ["slug"], subprefectures())
    update(Municipality, ["code"], municipalities())
    make_indicator(name="普通交付税", slug="allocation-tax")
    make_headquarters_editor()


def sign_in(page):
    page.goto("/admin/import/")
    page.get_by_label("メールアドレス").fill("honcho@example.jp")
    page.get_by_label("パスワード").fill("password")
    page.get_by_role("button", name="サインイン").click()
    heading(page, "数値を取り込む")


def heading(page, name):
    """Wait for the screen of this heading: a click does not wait for the page that it leads to."""
    arrived(page, page.get_by_role("heading", name=name))


def message(page, text):
    arrived(page, page.get_by_text(text))


def arrived(page, something):
    """Wait for a page that has `something` new, and for all of that page."""
    something.wait_for()
    page.wait_for_load_state("domcontentloaded")


def choose(page, name, content):
    page.goto("/admin/import/")
    page.get_by_label(KIND, exact=True).check()
    page.get_by_label("ブックを選ぶ").set_input_files({"name": name, "mimeType": MIME, "buffer": content})
    page.get_by_role("button", name="読み取る").click()


def say_unit(page):
    page.get_by_role("link", name="読み方を直す").first.click()
    page.locator("#correct summary").click()
    page.get_by_label("表全体の単位").select_option("千円")


def answer_questions(page):
    """What the first workbook asks, as its sender would answer it."""
    page.get_by_label("釧路市（釧路総合振興局）").check()
    page.get_by_label("この書き方を、選んだ市町村の別名として覚える").check()
    page.get_by_label("泊村（古宇郡、後志総合振興局）").check()
    page.get_by_label("この数値は読まずに進む").check()
    page.get_by_role("button", name="答えを反映する").last.click()
    message(page, "答えを反映しました")


def numbers(page, address=TOWN):
    """What the public page of 釧路市 says of its allocation tax."""
    page.goto(address)
    return page.locator(".figure-chart").first.evaluate("figure => figure.textContent")


def test_the_whole_spring(towns, page):
    sign_in(page)
    first_year(page)
    next_year(page)
    taken_back_and_given_again(page)
    sent_back_and_mended(page)


def first_year(page):
    choose(page, "普通交付税_令和4年度.xlsx", FIRST)
    heading(page, "読み取りを確かめる")
    assert page.get_by_text("単位が分かりません").first.is_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    assert_no_sideways_scrolling(page)
    assert_accessible(page)
    page.set_viewport_size({"width": 1280, "height": 800})

    say_unit(page)
    page.get_by_label("この読み方を次の年も使う").check()
    page.get_by_label("読み方の名前").fill(LAYOUT)
    page.get_by_role("button", name="この読み方で読み直す").click()
    message(page, "この読み方を覚えました")
    assert page.get_by_text("単位が分かりません").count() == 0

    answer_questions(page)
    heading(page, "質問 1")
    page.get_by_label("すべて北海道の市町村です").check()
    page.get_by_role("button", name="答えを反映する").last.click()
    heading(page, "答えることはありません")
    assert_accessible(page)
    page.get_by_role("button", name="9件を保存する").click()
    heading(page, "9件を保存しました")
    assert_accessible(page)
    said = numbers(page)
    assert "23,617,795,000" in said
    assert "普通交付税_令和4年度.xlsx › R4 › B4〜C4" in said
    assert MunicipalityAlias.objects.get().name == "釧路市役所"


def next_year(page):
    choose(page, "普通交付税_令和5年度.xlsx", NEXT)
    heading(page, "読み取りを確かめる")
    assert page.get_by_text(f"読み方「{LAYOUT}」で読みました").is_visible()
    assert page.get_by_role("heading", name="答えることはありません").is_visible()
    page.get_by_role("button", name="7件を保存する").click()
    heading(page, "7件を保存しました")
    said = numbers(page)
    assert "23,900,000,000" in said
    assert "23,618,000,000" in said


def taken_back_and_given_again(page):
    page.goto("/admin/import/")
    page.get_by_role("row", name="普通交付税_令和5年度.xlsx").get_by_role("link").first.click()
    page.get_by_role("link", name="この取込を取り消す").click()
    heading(page, "この取込を取り消す")
    page.get_by_role("button", name="取り消す").click()
    heading(page, "7件を元に戻しました")
    undone = page.url
    said = numbers(page)
    assert "23,900,000,000" not in said
    assert "23,617,795,000" in said
    assert "普通交付税_令和4年度.xlsx › R4 › B4〜C4" in said

    page.goto(undone)
    page.get_by_role("link", name="取消しを取り消す（やり直す）").click()
    page.get_by_role("button", name="やり直す").click()
    heading(page, "7件をもう一度入れました")
    assert "23,900,000,000" in numbers(page)
    assert "普通交付税_令和5年度.xlsx" in numbers(page)


def sent_back_and_mended(page):
    choose(page, "普通交付税_令和6年度.xlsx", FAULTY)
    heading(page, "誤り 2")
    with page.expect_download() as download:
        page.get_by_role("link", name="訂正用のブック").click()
    assert download.value.suggested_filename == "普通交付税_令和6年度（直してほしいところ）.xlsx"
    workbook = load_workbook(BytesIO(download.value.path().read_bytes()))
    assert workbook.sheetnames == ["直してほしいところ", "R6"]
    listed = [cell.value for row in workbook["直してほしいところ"].iter_rows() for cell in row]
    assert {"B4", "B5"} <= set(listed)
    sheet = workbook["R6"]
    assert "数として読めません" in sheet["B4"].comment.text
    assert "エラー値（#VALUE!）" in sheet["B5"].comment.text

    sheet["B4"], sheet["B5"] = 24_000_000, 4_200_000
    mended = BytesIO()
    workbook.save(mended)
    choose(page, download.value.suggested_filename, mended.getvalue())
    heading(page, "答えることはありません")
    page.get_by_role("button", name="2件を保存する").click()
    heading(page, "2件を保存しました")
    assert "24,000,000,000" in numbers(page)


def test_the_spring_without_javascript(towns, open_page):
    page = open_page(1280, java_script_enabled=False)
    sign_in(page)
    choose(page, "普通交付税_令和4年度.xlsx", FIRST)
    heading(page, "読み取りを確かめる")
    say_unit(page)
    page.get_by_role("button", name="この読み方で読み直す").click()
    message(page, "この読み方で読み直しました")
    answer_questions(page)
    page.get_by_label("すべて北海道の市町村です").check()
    page.get_by_role("button", name="答えを反映する").last.click()
    page.get_by_role("button", name="9件を保存する").click()
    heading(page, "9件を保存しました")
    page.goto(INDICATOR)
    assert "23,617,795,000" in page.get_by_role("row", name="釧路市").inner_text()


def test_a_large_workbook_is_waited_for_with_the_page_closed(towns, page, settings, monkeypatch):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    monkeypatch.setattr(tasks, "is_light", lambda content: False)
    sign_in(page)
    choose(page, "普通交付税_令和4年度.xlsx", FIRST)
    heading(page, "読み取っています")
    assert_accessible(page)
    page.goto("about:blank")
    tasks.carry_on.call(ImportRun.objects.get().pk)
    page.goto("/admin/import/")
    page.get_by_role("link", name="続きを確かめる").click()
    heading(page, "読み取りを確かめる")
