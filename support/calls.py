"""A call: one window of an edition as it stands on a day, with the year it is for."""

from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate

from sumairu.lib.wareki import era_name, fiscal_year_on
from support.applicants import Who
from support.models import ApplicationWindow

WindowState = ApplicationWindow.State
_AFTER_OPEN = [WindowState.SOON, WindowState.CLOSED, WindowState.UNCONFIRMED]


@dataclass(frozen=True)
class Call:
    window: ApplicationWindow
    on: date
    state: WindowState

    @property
    def edition(self):
        return self.window.edition

    @property
    def is_open(self):
        return self.state in ApplicationWindow.OPEN_STATES

    @property
    def is_live(self):
        return self.is_open or self.state == WindowState.SOON

    def is_for(self, who: Who):
        return self.window.applicant in (ApplicationWindow.Applicant.ANYONE, who)

    @property
    def has_deadline(self):
        return self.is_open and self.window.closes_on is not None

    @property
    def days(self):
        """Until the last day of an open call, or until the first of one that will open; None where neither is known."""
        if self.state == WindowState.SOON:
            return (self.window.first_day - self.on).days
        return self.window.days_left(self.on) if self.is_open else None

    @property
    def ends_later(self):
        """Does it end later than tomorrow, so that one can still be told before? Of another day than today that is no question."""
        last = self.window.closes_on
        return self.is_live and self.on == localdate() and last is not None and (last - self.on).days > 1

    @property
    def countdown(self):
        """The days left as (words, what stands out, words): あと12日, 今日まで, 明日から; None where none count."""
        if self.days is None:
            return None
        if self.state == WindowState.SOON:
            return ("", "明日", "から") if self.days == 1 else ("", f"{self.days}", "日後から")
        return ("", "今日", "まで") if self.days == 0 else ("あと", f"{self.days}", "日")

    @property
    def year_words(self):
        """Which year it is for, where that is not the one that runs: 「令和9年度分」."""
        year = self.edition.fiscal_year
        return "" if year == fiscal_year_on(self.on) else f"{era_name(year)}分"

    @property
    def address(self):
        """Where one reads of it: the programme's page, or that of the year it is for."""
        return self.edition.get_absolute_url() if self.year_words else self.edition.program.get_absolute_url()

    @property
    def who_words(self):
        """Whom it is for and where: 「市町村、十勝総合振興局管内」; empty where it is for anybody anywhere."""
        anyone = self.window.applicant == ApplicationWindow.Applicant.ANYONE
        office = self.window.subprefecture
        words = ["" if anyone else self.window.get_applicant_display(), f"{office}管内" if office else ""]
        return "、".join(filter(None, words))

    @property
    def order(self):
        """What to attend to comes first: open, then opening soon; the nearest day first, those without a last day after them."""
        rank = 0 if self.is_open else _AFTER_OPEN.index(self.state) + 1
        closed = self.state == WindowState.CLOSED  # of these the one that ended last
        days = -self.window.closes_on.toordinal() if closed else self.days or 0
        return (rank, self.days is None and not closed, days, abs(self.edition.fiscal_year - fiscal_year_on(self.on)))


def call_in(window, on=None):
    on = on or localdate()
    return Call(window, on, window.state(on))


def calls_of(editions, subprefecture=None, on=None):
    """What `editions` say of when to apply, anywhere or in one subprefecture; what matters most comes first."""
    on = on or localdate()
    windows = (
        window
        for edition in editions
        for window in (edition.windows_for(subprefecture) if subprefecture else edition.speaking_windows())
    )
    return sorted((call_in(window, on) for window in windows), key=lambda call: (*call.order, call.window.pk))
