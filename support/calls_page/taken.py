"""The calls of a page for calendars and feed readers: which, and where they are found."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode

from support import given
from support.calls_page.asked import Asked
from support.calls_page.judge import Applicant, Judge
from support.models import ApplicationWindow, GivenCall

MOST = 1_000  # calls in a calendar: those that end first


@dataclass
class TakenAway:
    """Calls with a last day, from those that ended within `given.PAST` on, with those that were withdrawn."""

    asked: Asked  # of which the day counts for nothing: calendars are told of today
    on: date

    @cached_property
    def windows(self):
        windows = self.asked.narrowed(ApplicationWindow.objects.speaking(), self.on)
        windows = windows.filter(closes_on__gte=self.on - given.PAST)
        return Judge(self.asked).without_excluded(windows).by_last_day()

    @cached_property
    def told(self):
        return [*given.told_of(given.with_content(self.windows)[:MOST]), *self._withdrawn]

    @property
    def _withdrawn(self):
        asked, of_asked = self.asked, Q()
        if asked.pillar:
            of_asked &= Q(edition__program__pillar=asked.pillar)
        if asked.applicant:
            of_asked &= Q(applicant__in=[Applicant.ANYONE, asked.applicant])
        if asked.town:
            of_asked &= Q(subprefecture=None) | Q(subprefecture=asked.town.subprefecture)
        return list(given.withdrawn(GivenCall.objects.filter(of_asked), self.on))[:MOST]

    @property
    def _parameters(self):
        return {name: value for name, value in self.asked.parameters.items() if name != "on"}

    @property
    def _query(self):
        return f"?{urlencode(self._parameters)}" if self._parameters else ""

    @property
    def name(self):
        return f"住まいる北海道 募集の締切{f'（{self.asked.words}）' if self.asked.words else ''}"

    @property
    def about(self):
        return (
            "北海道が市町村の地域創生を支える制度の、募集の締切。最終日を終日の予定として示します。"
            f"締切のない募集は入りません。多いときは、締切の近い{MOST}件です。"
        )

    @property
    def page_url(self):
        return f"{settings.PUBLIC_ADDRESS}{reverse('call_list')}{self._query}"

    @property
    def calendar_url(self):
        return f"{settings.PUBLIC_ADDRESS}{reverse('call_calendar')}{self._query}"

    @property
    def subscribed_url(self):
        """By this scheme the device opens its calendar with the address."""
        return f"webcal:{self.calendar_url.partition(':')[2]}"

    @property
    def download_url(self):
        return f"{reverse('call_calendar')}?{urlencode(self._parameters | {'download': 1})}"

    @property
    def feed_url(self):
        return f"{reverse('call_feed')}{self._query}"
