"""Which records of this app have versions, and which rows lie beneath them."""

from support.journal.models import Article, Issue

TRACKED = {Issue: (Article,)}
