"""E-books (EPUB 3) of plain chapters: what is read is told to reading systems and to those who read by ear.

Whether they keep to the standard is for `epubcheck` to say (`tests/support/journal`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from io import BytesIO
from typing import Any

STYLE = """
body { line-height: 1.8; }
h1, h2, h3, h4 { line-height: 1.4; text-align: start; }
table { border-collapse: collapse; }
th, td { border: 1px solid; padding: 0.25em 0.5em; text-align: start; vertical-align: top; }
img, svg { max-width: 100%; max-height: 100%; }
.cover { margin: 0; text-align: center; }
.lead { font-weight: bold; }
.quiet { font-size: 0.85em; }
"""
VERTICAL = """
html { writing-mode: vertical-rl; -epub-writing-mode: vertical-rl; -webkit-writing-mode: vertical-rl; }
"""
# What someone who does not see the pages may count on (schema.org, as EPUB Accessibility asks for it).
_ACCESSIBLE = [
    ("schema:accessMode", "textual"),
    ("schema:accessModeSufficient", "textual"),
    ("schema:accessibilityFeature", "structuralNavigation"),
    ("schema:accessibilityFeature", "tableOfContents"),
    ("schema:accessibilityFeature", "readingOrder"),
    ("schema:accessibilityHazard", "none"),
]
_SUMMARY = "本文はすべて文字で、見出しと目次からたどれます。表紙の絵に書かれた言葉は、扉のページにも文字であります。"


@dataclass(frozen=True)
class Chapter:
    """A file of the book: its name without ending, its title, and its body as HTML, the title among it."""

    name: str
    title: str
    html: str


@dataclass(frozen=True)
class Ebook:
    """`identifier` stays the same for every making of one book; `cover` is an SVG, `about` a sentence or two."""

    identifier: str
    title: str
    about: str
    publisher: str
    issued: str  # a day as ISO 8601 has it
    modified: datetime
    cover: str
    chapters: Sequence[Chapter]
    is_vertical: bool = False
    language: str = "ja"


def written_ebook(book: Ebook) -> bytes:
    """The bytes of an EPUB."""
    from ebooklib import epub  # takes memory: only where a book is made

    made = epub.EpubBook()
    made.set_identifier(book.identifier)
    made.set_title(book.title)
    made.set_language(book.language)
    made.add_metadata("DC", "description", book.about)
    made.add_metadata("DC", "publisher", book.publisher)
    made.add_metadata("DC", "date", book.issued)
    for name, value in [*_ACCESSIBLE, ("schema:accessibilitySummary", _SUMMARY)]:
        made.add_metadata(None, "meta", value, {"property": name})
    if book.is_vertical:
        made.set_direction("rtl")

    style = STYLE + (VERTICAL if book.is_vertical else "")
    made.add_item(epub.EpubItem("style", "style.css", "text/css", style.encode()))
    cover = epub.EpubCover("cover-image", "cover.svg")
    cover.media_type, cover.content = "image/svg+xml", book.cover.encode()
    made.add_item(cover)
    first = Chapter("cover", "表紙", f'<p class="cover"><img src="cover.svg" alt="{escape(book.title)}の表紙"/></p>')
    pages = [_page(made, chapter, book.language) for chapter in (first, *book.chapters)]
    contents = epub.EpubNav(title="目次")
    contents.add_link(href="style.css", rel="stylesheet", type="text/css")
    made.add_item(contents)
    made.add_item(epub.EpubNcx())
    made.toc = pages[1:]
    made.spine = [pages[0], contents, *pages[1:]]
    out = BytesIO()
    options = {"mtime": book.modified, "raise_exceptions": True}
    epub.write_epub(out, made, options)
    return out.getvalue()


def _page(book: Any, chapter: Chapter, language: str) -> Any:
    from ebooklib import epub

    page = epub.EpubHtml(uid=chapter.name, file_name=f"{chapter.name}.xhtml", title=chapter.title, lang=language)
    page.content = f"<html><body>{chapter.html}</body></html>"
    page.add_link(href="style.css", rel="stylesheet", type="text/css")
    book.add_item(page)
    return page
