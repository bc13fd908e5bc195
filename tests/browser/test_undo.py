"""Taking an import back and giving it again, as a person does it."""

import pytest
from django.urls import reverse

from sumairu.imports.kinds import kinds
from sumairu.imports.models import ImportRun
from support.models import BudgetFigure
from tests.browser.accessibility import assert_accessible, assert_no_sideways_scrolling
from tests.factories import make_edition, make_headquarters_editor, make_program
from tests.imports.test_undoing import OKU, imported


@pytest.fixture
def runs():
    """The import of four figures, and another that changed two of them, one of which somebody has mended since."""
    make_edition(program=make_program(official_name="地域づくり総合交付金"))
    values = {"予算.xlsx": (45.5, 45.5, 45.8, 45.8), "予算_令和3年度_直し.xlsx": (45.5, 45.6, 45.8, 46.1)}
    found = [imported(kinds()["budget"], amounts, name) for name, amounts in values.items()]
    mended = BudgetFigure.objects.get(fiscal_year=2019)
    mended.amount_yen = 47 * OKU
    mended.type_in(make_headquarters_editor())
    return found


def sign_in(page, address):
    page.goto(address)
    page.get_by_label("メールアドレス").fill("honcho@example.jp")
    page.get_by_label("パスワード").fill("password")
    page.get_by_role("button", name="サインイン").click()


def heading(page, name):
    page.get_by_role("heading", name=name, exact=True).wait_for()


def test_an_import_is_taken_back_and_given_again(page, runs):
    sign_in(page, reverse("import_run", args=[runs[1].pk]))
    assert_accessible(page)
    page.get_by_role("link", name="この取込を取り消す").click()
    heading(page, "この取込を取り消す")
    assert_accessible(page)
    assert "令和3年度" in page.get_by_role("table").first.inner_text()
    assert "本庁の編集者が入力" in page.get_by_role("table").nth(1).inner_text()
    page.get_by_role("button", name="取り消す").click()
    heading(page, "1件を元に戻しました")
    assert_accessible(page)
    page.get_by_role("link", name="取消しを取り消す（やり直す）").click()
    heading(page, "取消しを取り消す（やり直す）")
    page.get_by_role("button", name="やり直す").click()
    heading(page, "1件をもう一度入れました")
    page.get_by_role("link", name="地域づくり総合交付金・令和3年度").click()
    page.get_by_role("heading", name="地域づくり総合交付金・令和3年度").wait_for()
    assert page.get_by_role("row").count() == 5
    assert_accessible(page)


def test_its_screens_fit_a_phone(narrow, runs):
    sign_in(narrow, reverse("import_undo", args=[runs[1].pk]))
    heading(narrow, "この取込を取り消す")
    assert_no_sideways_scrolling(narrow)
    assert_accessible(narrow)
    narrow.get_by_label("令和元年度").check()
    narrow.get_by_role("button", name="取り消す").click()
    heading(narrow, "2件を元に戻しました")
    assert_no_sideways_scrolling(narrow)
    figure = BudgetFigure.objects.get(fiscal_year=2021)
    assert ImportRun.objects.filter(undoes=runs[1]).exists()
    narrow.goto(reverse("figure_history", args=["budget", figure.pk]))
    assert_no_sideways_scrolling(narrow)
    assert_accessible(narrow)
