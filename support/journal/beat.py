"""What the worker does with its beats: e-books of issues, one at a time, where something public has changed."""

import logging

from sumairu.models import ContentVersion
from support.journal.book import due_issues, make_book

logger = logging.getLogger(__name__)
_done = None  # the version of the content of which there is nothing left to make
_failed = {}  # the issues whose book could not be made, each with when it last changed


def look_after():
    global _done
    version = ContentVersion.current()
    if version == _done:
        return
    due = next((issue for issue in due_issues() if _failed.get(issue.pk) != issue.updated_at), None)
    if due is None:
        _done = version
        return
    try:
        make_book(due)
    except Exception:  # it holds up no other, and is tried again when something changes
        logger.exception("The e-book of issue %s cannot be made", due.number)
        _failed[due.pk] = due.updated_at
