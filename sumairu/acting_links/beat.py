"""What the worker does with its beats: once an hour forget the links that can act no more, and whom they were for."""

from time import monotonic

from sumairu.acting_links.models import Link

LOOKED_EVERY = 60 * 60  # seconds

_looked_at = float("-inf")


def look_after():
    global _looked_at
    if monotonic() - _looked_at >= LOOKED_EVERY:
        Link.objects.over().delete()
        _looked_at = monotonic()
