"""What there is to say of a place in a week: what changed, and what ends soon. Made once for all who chose the same."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from django.conf import settings
from django.db.models import Q
from django.utils.timezone import localdate, now

from sumairu.updates.models import Update
from support.calls_page.asked import Asked
from support.calls_page.judge import Judge, Listed, with_programs
from support.descriptions import EDITIONS
from support.digests.choices import Choice
from support.models import ApplicationWindow
from support.town_updates import concerning

AHEAD = timedelta(days=21)
NEWS_FOR = timedelta(days=14)  # what happened before was noted late, as all is that is there when a portal begins
MOST_UPDATES = 30  # in one mail; the page has all


@dataclass(frozen=True)
class Content:
    choice: Choice
    on: date
    deadlines: list[Listed] = field(default_factory=list)
    updates: list[Update] = field(default_factory=list)

    @property
    def is_empty(self):
        return not self.deadlines and not self.updates

    @property
    def shown(self):
        return self.updates[:MOST_UPDATES]

    @property
    def left(self):
        return len(self.updates) - len(self.shown)

    @property
    def subject(self):
        told = [(len(self.deadlines), "締切{}件"), (len(self.updates), "更新{}件")]
        counts = "、".join(words.format(count) for count, words in told if count)
        return f"{self.choice.place_words}：{counts}（住まいる北海道）"


@dataclass
class Contents:
    """Of the updates with these primary keys (`after` not included), and of the calls that end from the day `on` on."""

    after: int
    up_to: int
    on: date = field(default_factory=localdate)

    def of(self, choice):
        place = self._of_place(choice.town, choice.office)
        deadlines = [each for each in place.deadlines if _is_under(each, choice)] if choice.wants_deadlines() else []
        updates = [update for update, facets in place.updates if choice.wants(update, facets)]
        return Content(choice, self.on, deadlines, updates)

    def _of_place(self, town, office):
        """That of the place asked for last is kept: who are of one place come one after another."""
        if getattr(self, "_last", None) is None or (self._last.town, self._last.office) != (town, office):
            self._last = _Place(self, town, office)
        return self._last

    @cached_property
    def with_rules(self):
        """What a town is judged by, read once for all of them."""
        return Judge(Asked()).with_rules

    @cached_property
    def news(self):
        found = Update.objects.visible().filter(pk__gt=self.after, pk__lte=self.up_to, happened_at__gt=now() - NEWS_FOR)
        return _real(found).prefetch_related("facets").order_by("happened_at", "pk")


@dataclass
class _Place:
    contents: Contents
    town: object
    office: object

    @cached_property
    def judge(self):
        judge = Judge(Asked(town=self.town))
        judge.with_rules = self.contents.with_rules
        return judge

    @cached_property
    def updates(self):
        if self.town:
            found = concerning(self.contents.news, self.town, self.judge)
        else:
            of_office = Update.objects.about(office=self.office.slug).order_by().values("pk")
            found = self.contents.news.filter(Q(pk__in=of_office) | Q(kind=EDITIONS.slug))
        return [(update, [each.facet for each in update.facets.all()]) for update in found]

    @cached_property
    def deadlines(self):
        """The calls that end soon and that the place may answer, as its list of calls has them."""
        on = self.contents.on
        windows = ApplicationWindow.objects.speaking().live_on(on).closing_in(on, on + AHEAD)
        if not settings.SHOWS_MAIL:
            windows = windows.real()
        if self.town:
            windows = self.judge.without_excluded(self.judge.asked.narrowed(windows, on))
        else:
            windows = windows.holding_in(self.office)
        return [self.judge.listed(window, on) for window in with_programs(windows, self.town).by_last_day()]


def _real(rows):
    """Without samples, unless this is the demo, which has nothing else to show."""
    return rows if settings.SHOWS_MAIL else rows.filter(is_sample=False)


def _is_under(listed, choice):
    return not choice.pillars or listed.call.edition.program.pillar in choice.pillars
