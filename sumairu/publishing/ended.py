"""公開終了: what was public once and is not today answers 410, with what replaced it; what never was answers 404.

    initiative = public_or_ended(Initiative.objects.published().filter(code=code), Initiative.objects.filter(code=code))

What the public saw keeps its address (`Publishable`), so that a link to it never leads to nothing. A draft answers as
what does not exist, by the same queries.
"""

from dataclasses import dataclass
from functools import cached_property

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.defaults import page_not_found

from sumairu.descriptions import kind_of
from sumairu.publishing.models import Publishable, Status
from sumairu.updates.models import Update, What


class Ended(Http404):
    """`row` was public once and is not today. `label` says what it was, where that is not what its kind is called.

    Whoever asks only whether there is a page may take it for any other `Http404`.
    """

    def __init__(self, row, label=""):
        super().__init__()
        self.row, self.label = row, label


def public_or_ended(public, once):
    """The first row of `public`; where it has none, `Ended` if one of `once` was public by today, and else `Http404`."""
    if row := public.first():
        return row
    raise gone(once)


def gone(once):
    """What to raise where nothing of `once` is public: the first that the public has seen is told of."""
    row = once.ever_public().first()
    return Ended(row) if row else Http404()


def not_found(request, exception):
    """Django asks for this where there is nothing at an address (`handler404`)."""
    if not isinstance(exception, Ended):
        return page_not_found(request, exception)
    is_english = request.path.startswith(reverse("english_home"))
    template = "publishing/ended_english.html" if is_english else "publishing/ended.html"
    return render(request, template, {"ended": EndedPage(exception.row, exception.label)}, status=410)


@dataclass
class EndedPage:
    """What the page says of a row that has ended. Of the row itself only days: by now it may be the draft of something new."""

    row: Publishable
    label: str = ""

    @property
    def kind(self):
        return self.label or kind_of(self.row).label

    @cached_property
    def update(self):
        """What the public was last told of it; None where it was told nothing, or headquarters has hidden it."""
        return Update.objects.newest_of(self.row)

    @property
    def last_day(self):
        """The last day on which it was public, where days alone ended it."""
        last = self.row.unpublish_on
        return last if self.row.status == Status.PUBLISHED and last and last < localdate() else None

    @property
    def ended_on(self):
        """The day on which the public was told that it ended."""
        return localdate(self.update.happened_at) if self.update and self.update.what == What.ENDED else None

    @cached_property
    def replaced_by(self):
        """Links to what replaced it, by what they are; none where nothing did."""
        found = kind_of(self.row).replaced_by(self.row)
        return {label: links for label, links in found.items() if links}
