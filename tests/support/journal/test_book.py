"""Issues as e-books: what is in them, that the standard's own checker finds nothing, and that none says what was withdrawn."""

import shutil
import subprocess
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from sumairu.loading.content import read
from sumairu.loading.samples import add_issue
from support.journal import beat
from support.journal.book import current_book, ebook_of, make_book
from support.journal.models import Book, Issue
from tests.factories import make_article, make_issue

pytestmark = pytest.mark.django_db
EPUBCHECK = Path("/usr/bin/epubcheck")


@pytest.fixture(autouse=True)
def worker_that_has_made_nothing(monkeypatch):
    monkeypatch.setattr(beat, "_done", None)
    monkeypatch.setattr(beat, "_failed", {})


def files_of(issue):
    with zipfile.ZipFile(BytesIO(bytes(issue.book.content))) as book:
        return {name: book.read(name).decode() for name in book.namelist()}


@pytest.mark.exhaustive
@pytest.mark.skipif(not EPUBCHECK.exists() or not shutil.which("java"), reason="epubcheck is not installed")
def test_epubcheck_finds_nothing(tmp_path):
    """In one run for all: samples, a vertical one, and everything that an editor may type."""
    hard = make_issue(
        title='<特集> & "引用"', summary="改\x0b行と＆", is_vertical=True, editorial="# 見出し\n\n[まち](/)"
    )
    make_article(issue=hard, title="表と\x0b<b>", body="|a|b|\n|-|-|\n|1|2|\n\n> 引用\n\n1. 一\n\n***\n\n`code` **強**")
    make_article(issue=hard, title="同じ", body="[外](https://example.jp/?a=1&b=2)\n行の\n改行", lead="<i>リード</i>")
    empty = make_issue(summary="記事のない号。")
    for sample in read("samples")["issues"]:
        add_issue(sample, date(2026, 11, 1))
    for issue in Issue.objects.all():
        make_book(issue)
        (tmp_path / f"{issue.number}.epub").write_bytes(bytes(issue.book.content))
    assert empty.articles.count() == 0
    found = []
    for path in sorted(tmp_path.glob("*.epub")):
        run = subprocess.run(["java", "-jar", EPUBCHECK, "--failonwarnings", path], capture_output=True, text=True)
        found += [] if run.returncode == 0 else [f"{path.name}\n{run.stdout}{run.stderr}"]
    assert not found, "\n".join(found)


def test_it_holds_the_articles_in_their_order_with_links_to_the_portal():
    issue = make_issue(title="小さな拠点", editorial="はじめに[まち](/municipalities/)へ。")
    later = make_article(issue=issue, title="あとの記事", order=20)
    first = make_article(issue=issue, title="先の記事", order=10)
    make_book(issue)
    files = files_of(issue)
    contents = files["EPUB/nav.xhtml"]
    assert contents.index("先の記事") < contents.index("あとの記事")
    assert {f"EPUB/article-{row.number}.xhtml" for row in (first, later)} < files.keys()
    assert 'href="http://127.0.0.1:8000/municipalities/"' in files["EPUB/editorial.xhtml"]
    assert 'property="schema:accessMode">textual' in files["EPUB/content.opf"]
    assert "page-progression-direction" not in files["EPUB/content.opf"]


def test_a_vertical_one_turns_its_pages_to_the_right():
    issue = make_issue(is_vertical=True)
    make_book(issue)
    files = files_of(issue)
    assert 'page-progression-direction="rtl"' in files["EPUB/content.opf"]
    assert "vertical-rl" in files["EPUB/style.css"]


def test_what_was_withdrawn_is_in_no_book_that_is_given(client):
    issue = make_issue()
    article = make_article(issue=issue, body="まちがった数です。")
    make_book(issue)
    address = f"/journal/{issue.number}/tsukuru.epub"
    assert client.get(address)["Content-Type"] == "application/epub+zip"
    article.withdrawn_because = "数に誤りがありました。"
    article.save()
    answer = client.get(address)
    assert answer.status_code == 503
    assert "作り直しています" in answer.content.decode()
    beat.look_after()
    assert client.get(address).status_code == 200
    issue.refresh_from_db()
    assert "まちがった数" not in "".join(files_of(issue).values())


def test_the_worker_makes_each_book_once(django_assert_num_queries):
    for _ in range(2):
        make_article(issue=make_issue())
    make_issue(status="draft")
    for _ in range(3):
        beat.look_after()
    assert Book.objects.count() == 2
    with django_assert_num_queries(1):
        beat.look_after()


def test_a_book_made_before_its_day_is_the_one_that_is_given_on_it():
    issue = make_issue(publish_on=date(2099, 1, 1))
    make_article(issue=issue, title="これから読まれる記事")
    beat.look_after()
    issue.refresh_from_db()
    assert "これから読まれる記事" in "".join(files_of(issue).values())


def test_one_that_cannot_be_made_holds_up_no_other(monkeypatch):
    bad, good = make_issue(number=2), make_issue(number=1)
    made = beat.make_book
    monkeypatch.setattr(beat, "make_book", lambda issue: made(issue) if issue == good else 1 / 0)
    for _ in range(4):
        beat.look_after()
    assert current_book(good)
    assert current_book(bad) is None


def test_a_sample_says_so_in_every_book():
    book = ebook_of(make_issue(is_sample=True))
    assert "見本" in book.cover
    assert "架空" in book.chapters[0].html
