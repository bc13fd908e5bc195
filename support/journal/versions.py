"""Which records of this app have versions, and which rows lie beneath them."""

from support.journal.models import Article, Book, Issue

TRACKED = {Issue: (Article,)}
MADE = [Book]
