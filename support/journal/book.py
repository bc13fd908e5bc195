"""Each issue as an e-book: what goes into it, whether the one that is kept still says that, and making it (by the worker)."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from html import escape

from django.conf import settings
from django.db import transaction

from sumairu.lib.covers import cover
from sumairu.lib.days import full_day
from sumairu.lib.ebook import Chapter, Ebook, written_ebook
from sumairu.lib.xlsx_cells import legal
from sumairu.models import ContentVersion
from sumairu.publishing.models import Status
from support.journal.models import Book, Issue

NAME = "北海道創生ジャーナル「創る」"
COLOURS = {
    Issue.Colour.BLUE: "#00316a",
    Issue.Colour.GREEN: "#197a4b",
    Issue.Colour.ORANGE: "#ac3e00",
    Issue.Colour.PURPLE: "#5c10be",
    Issue.Colour.INK: "#333333",
}
FORM = 1  # goes up with every change of how a book is made: all are then made anew
EPOCH = datetime(1980, 1, 1, tzinfo=UTC)
_OWN_LINK = re.compile(r'href="(/[^"]*)"')


def cover_of(issue):
    lines = ["北海道"] + (["見本（架空の内容です）"] if issue.is_sample else [])
    return cover("創る", issue.name, issue.title, lines, COLOURS[issue.colour])


def ebook_of(issue):
    """What goes into the book of an issue; the day on which it changed is not among it."""
    # Without asking the day: the book is made before the issue is public, and given only while it is.
    articles = list(issue.articles.filter(withdrawn_because=""))
    address = f"{settings.PUBLIC_ADDRESS}{issue.get_absolute_url()}"
    title_page = [
        f"<h1>{_text(NAME)}</h1><p>{_text(issue.name)}</p><h2>{_text(issue.title)}</h2>",
        f"<p>{_text(issue.summary)}</p>",
        "<p>この号は見本です。書かれていることはすべて架空です。</p>" if issue.is_sample else "",
        f'<p class="quiet">発行：北海道　{full_day(issue.issued_on)}<br/>'
        f'サイトで読む：<a href="{escape(address)}">{_text(address)}</a></p>',
    ]
    chapters = [Chapter("title", "扉", "".join(title_page))]
    if issue.editorial:
        chapters.append(Chapter("editorial", "巻頭のことば", f"<h1>巻頭のことば</h1>{_body(issue.editorial_html)}"))
    chapters += [Chapter(f"article-{article.number}", legal(article.title), _article(article)) for article in articles]
    return Ebook(
        identifier=address,
        title=legal(f"{NAME}{issue.name} {issue.title}"),
        about=legal(issue.summary),
        publisher="北海道",
        issued=issue.issued_on.isoformat(),
        modified=EPOCH,
        cover=legal(cover_of(issue)),
        chapters=chapters,
        is_vertical=issue.is_vertical,
    )


def digest_of(book):
    return sha256(f"{FORM}{book!r}".encode(errors="replace")).hexdigest()


def current_book(issue):
    """The e-book of what the issue says now; None where the worker has yet to make it."""
    return Book.objects.filter(issue=issue, digest=digest_of(ebook_of(issue))).defer("content").first()


def due_issues():
    """Issues that are public, or will be on their day, of which the book is missing or says something else."""
    for issue in Issue.objects.filter(status=Status.PUBLISHED):
        if current_book(issue) is None:
            yield issue


def make_book(issue):
    """Make the e-book of what the issue says now, and keep it in place of the one before."""
    book = ebook_of(issue)
    content = written_ebook(replace(book, modified=issue.updated_at.astimezone(UTC)))
    with transaction.atomic():
        kept = {"digest": digest_of(book), "content": content, "size": len(content)}
        Book.objects.update_or_create(issue=issue, defaults=kept)
        ContentVersion.moved()  # for the pages that now offer it


def _article(article):
    parts = [f"<h1>{_text(article.title)}</h1>"]
    if article.lead:
        parts.append(f'<p class="lead">{_text(article.lead)}</p>')
    parts.append(_body(article.body_html))
    if article.writer:
        parts.append(f'<p class="quiet">{_text(article.writer)}</p>')
    return "".join(parts)


def _body(html):
    """A text of the portal as a book has it: links lead to the portal from anywhere."""
    return legal(_OWN_LINK.sub(rf'href="{escape(settings.PUBLIC_ADDRESS)}\1"', html))


def _text(text):
    return legal(escape(text))
