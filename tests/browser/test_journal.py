"""An issue of the journal from the first word to the e-book: put together, read one after another, taken away, withdrawn."""

import zipfile

import pytest

from support.journal import beat
from support.journal.models import Issue
from tests.browser.accessibility import assert_accessible, assert_no_sideways_scrolling
from tests.browser.test_admin import sign_in
from tests.factories import make_article, make_case, make_headquarters_editor, make_issue


@pytest.fixture(autouse=True)
def worker_that_has_made_nothing(monkeypatch):
    monkeypatch.setattr(beat, "_done", None)


def test_an_issue_is_put_together_read_and_taken_away(page, live_server, client):
    case = make_case(title="空き店舗のカフェ", body="週末だけ店を開けました。")
    sign_in(page, live_server, client, make_headquarters_editor())
    page.goto("/admin/support_journal/issue/add/")
    page.get_by_label("号数").fill("１２")
    page.get_by_label("季節").select_option("秋")
    page.get_by_label("発行日").fill("令和8年10月1日")
    page.get_by_label("特集の名").fill("小さな拠点")
    page.get_by_label("要約").first.fill("小さな拠点を集めた号です。")
    page.get_by_label("公開の状態").select_option("公開")
    page.locator("#articles-group .add-row a").click()
    page.locator("[name=articles-0-order]").fill("20")
    page.locator("[name=articles-0-title]").fill("まちの食卓")
    page.locator("[name=articles-0-body]").fill("# きっかけ\n\n食堂を借りて始まりました。")
    page.locator("#articles-group .add-row a").click()
    page.locator("[name=articles-1-order]").fill("10")
    page.locator("[aria-labelledby=select2-id_articles-1-case-container]").click()
    page.locator(".select2-search__field").fill("カフェ")
    page.locator(".select2-results__option", has_text="空き店舗のカフェ").click()
    page.get_by_role("button", name="保存", exact=True).first.click()
    page.get_by_role("heading", name="公開ページがこう変わります").wait_for()
    page.get_by_role("button", name="この内容で保存する").click()
    page.wait_for_url("**/admin/support_journal/issue/")
    beat.look_after()
    page.goto("/journal/")
    page.get_by_role("link", name="小さな拠点").click()
    assert [each.inner_text() for each in page.locator(".contents a").all()] == ["空き店舗のカフェ", "まちの食卓"]
    with page.expect_download() as download:
        page.get_by_role("link", name="電子書籍").click()
    with zipfile.ZipFile(download.value.path()) as book:
        assert "週末だけ店を開けました。" in book.read("EPUB/article-2.xhtml").decode()
    page.get_by_role("link", name="空き店舗のカフェ").click()
    page.get_by_role("link", name="次の記事：まちの食卓").click()
    assert page.get_by_role("heading", name="きっかけ").is_visible()
    assert Issue.objects.get().articles.get(number=2).case == case


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_its_pages_are_accessible(open_page, width, scheme):
    issue = make_issue(editorial="はじめに。", title="人とまちをつなぐ、小さな拠点のつくりかた")
    article = make_article(issue=issue, lead="導入の文。", body="|月|人|\n|-|-|\n|4|5|")
    make_article(issue=issue, title="取り下げた記事", withdrawn_because="数に誤りがありました。")
    page = open_page(width, color_scheme=scheme)
    for address in (
        "/journal/",
        issue.get_absolute_url(),
        f"{issue.get_absolute_url()}all/",
        article.get_absolute_url(),
    ):
        page.goto(address)
        assert_accessible(page)
        assert_no_sideways_scrolling(page)
