"""What this app brings up to date in the transaction of a change: what calendars are told of calls."""

from sumairu.changes import tell
from support import given
from support.descriptions import EDITIONS
from support.models import GivenCall


def follow(rows, kinds):
    """`rows` are pairs of a kind's slug and the key of a row that may be shown otherwise now; of `kinds` all may be."""
    editions = {pk for slug, pk in rows if slug == EDITIONS.slug}
    if EDITIONS.slug in kinds:
        editions = None
    if editions is None or editions:
        tell([GivenCall], is_public=bool(given.keep(editions)))
