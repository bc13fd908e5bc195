"""Whatever a public page shows as a table, a chart or a list can be taken away from there, or there is a reason why not."""

import re
from collections import Counter
from html import unescape
from html.parser import HTMLParser
from io import StringIO
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.core.management import call_command
from django.test import Client, override_settings

from sumairu.lib.machine_readable import check
from tests.bench.weight import Page, shape
from tests.loading.conftest import loaded_once

__all__ = ["loaded_once"]

pytestmark = [pytest.mark.django_db, pytest.mark.exhaustive]

PAGES_OF_A_SHAPE = 4
DRAWN = {"drawing", "town-map"}
LISTS = {"initiatives", "calls", "offices", "town-list", "matches"}
NEVER_CLOSED = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
# By the shape of an address and the chapter: why nothing is offered there.
NOT_OFFERED = {
    (("", 1), "calls"): "いま急ぐ数件だけを示す入口で、すべては /calls/ にある。",
    (("", 1), "notices"): "新しい三件だけを示す入口で、すべては /notices/ にある。",
    (("", 1), "initiatives"): "新しい数件だけを示す入口で、すべては /initiatives/ にある。",
    (("accessibility", 2), "tested"): "サイトの検査の結果で、データではない。",
    (("calls", 4), "closing-title"): "締め切る募集のない月の暦で、日のほかに何もない。募集のある月には付く。",
    (("en", 2), "offices"): "英語のページは、日本語の同じページへ案内する。ファイルはそこにある。",
    (("en", 4), "towns"): "英語のページは、日本語の同じページへ案内する。ファイルはそこにある。",
    (("journal", 4), "page"): "記事の本文にある表で、データではない。本文は /data/ の「創る（記事）」にある。",
    (("map", 2), "page"): "地図の数は、下の「表で見る」から受け取れる。",
    (("map", 2), "small-title"): "年ごとの地図の数は、年を選ぶと「表で見る」から受け取れる。",
    (("municipalities", 4), "near-title"): "統計がなく似たまちが分からないまちの、位置だけの地図。分かるまちには付く。",
    (("municipalities", 4), "weights"): "重さを選ぶ様式である。",
}


class Chapters(HTMLParser):
    """The chapters of a page that show something in rows or drawn, and those that offer files."""

    def __init__(self, html):
        super().__init__()
        self.open, self.showing, self.offering = [], set(), set()
        self.feed(html)

    @property
    def chapter(self):
        return next((chapter for _, chapter in reversed(self.open) if chapter), "page")

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        classes = set((attrs.get("class") or "").split())
        is_chapter = tag == "section" and "chapter" in classes
        if tag not in NEVER_CLOSED:
            self.open.append((tag, is_chapter and (attrs.get("id") or attrs["aria-labelledby"])))
        if tag == "table" or (tag == "svg" and classes & DRAWN) or (tag in ("ul", "ol") and classes & LISTS):
            self.showing.add(self.chapter)
        if "town-map" in classes:
            self.showing.add(self.chapter)
        if classes & {"take-away", "files"}:
            self.offering.add(self.chapter)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in NEVER_CLOSED:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        place = max((place for place, (name, _) in enumerate(self.open) if name == tag), default=None)
        if place is not None:
            del self.open[place:]


@pytest.fixture(scope="module")
def demo_pages(loaded_once, tmp_path_factory):
    """Some pages of every kind of the demo: `{path: HTML}`."""
    pages = {}
    with (
        override_settings(VAR_DIR=tmp_path_factory.mktemp("demo") / "var"),
        loaded_once(
            lambda: call_command("demo", stdout=StringIO()),
            lambda: pages.update(crawled(Client())),
        ),
    ):
        yield pages


def crawled(client):
    pages, waiting, seen = {}, ["/"], Counter()
    while waiting:
        path = waiting.pop()
        if path in pages or seen[shape(path)] == PAGES_OF_A_SHAPE:
            continue
        seen[shape(path)] += 1
        response = client.get(path)
        if response.status_code != 200 or not response["Content-Type"].startswith("text/html"):
            continue
        pages[path] = response.content.decode()
        waiting += sorted(linked(path, pages[path]) - pages.keys())
    return pages


def linked(path, html):
    """The public pages that a page leads to, without what is asked of them."""
    found = (urlsplit(urldefrag(urljoin(f"http://here{path}", href)).url) for href in Page(html).links)
    return {
        each.path for each in found if each.netloc == "here" and not each.path.startswith(("/admin/", "/furigana/"))
    }


def test_what_shows_rows_or_a_drawing_offers_them(demo_pages):
    chapters = {path: Chapters(html) for path, html in demo_pages.items()}
    without = {
        (shape(path), chapter)
        for path, found in chapters.items()
        for chapter in found.showing - found.offering
        if (shape(path), chapter) not in NOT_OFFERED
    }
    assert not without
    assert sum(bool(found.offering) for found in chapters.values()) >= 40


def test_no_reason_is_left_over(demo_pages):
    found = {(shape(path), chapter) for path, html in demo_pages.items() for chapter in Chapters(html).showing}
    needs_statistics = (("map", 2), "small-title")  # of which the tests load few
    assert NOT_OFFERED.keys() - {needs_statistics} <= found


def test_every_link_of_a_page_gives_its_file(demo_pages, client):
    for path, html in demo_pages.items():
        links = {unescape(link) for link in re.findall(r'<a href="(\?[^"]*format=[^"]*)"', html)}
        slugs = re.findall(r'<input type="hidden" name="table" value="([^"]+)">', html)
        asked = [
            *(link for link in links if link.count("format=csv-plain")),
            *(f"?format=csv-plain&table={slug}" for slug in slugs),
        ]
        for query in asked:
            response = client.get(path + query)
            assert response.streaming, (path, query)
            lines = b"".join(response.streaming_content).splitlines()
            assert len(lines) > 1, (path, query)


def test_the_workbook_of_every_page_is_machine_readable(demo_pages, client):
    """One page of each shape; the decision sheet is a form to be signed."""
    of_shape = {shape(path): path for path in sorted(demo_pages) if shape(path) != shape("/programs/a/for/011002/")}
    found = {}
    for path in of_shape.values():
        html = demo_pages[path]
        slugs = {*re.findall(r"[?&;]table=([a-z-]+)", html), *re.findall(r'name="table" value="([^"]+)">', html)}
        for slug in sorted(slugs):
            response = client.get(f"{path}?format=xlsx&table={slug}")
            if response.status_code == 200:
                report = check("表.xlsx", b"".join(response.streaming_content))
                found |= {(path, slug): report.findings} if report.findings else {}
    assert not found, "\n".join(
        f"{key} {[(each.rule, each.place, each.what) for each in said]}" for key, said in found.items()
    )
