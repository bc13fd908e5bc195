"""What the passing of days alone changes here, once a day."""

from support import given


def look_after():
    """Editions become public and end, and calendars are told of their calls."""
    given.keep()
