"""The list of calls, and the calls of one month."""

from calendar import Calendar, monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import groupby

from django.db.models import Count
from django.db.models.functions import ExtractMonth
from django.urls import reverse

from sumairu.lib.charts.wheel import Month, level_of, year_wheel
from sumairu.lib.holidays import holiday_name
from sumairu.lib.wareki import first_day, fiscal_year_on, full_name, last_day
from sumairu.paging import BoundedPaginator
from support.calls_page.asked import Asked
from support.calls_page.expected import YEARS_BACK, expected_calls
from support.calls_page.files import shown_calls, shown_expected, shown_months
from support.calls_page.judge import Judge, with_programs
from support.calls_page.taken import TakenAway
from support.models import ApplicationWindow

CALLS_A_PAGE = 20
MOST_IN_A_MONTH = 200  # what a month shows; its count is of all
MOST_ON_SHEET = 11  # calls: a month is one sheet of A4
MONTHS = (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)


@dataclass
class CallsPage:
    """Calls that are open or will open, page by page, and the months of the fiscal year."""

    asked: Asked
    on: date
    number: str | None = None

    @cached_property
    def judge(self):
        return Judge(self.asked)

    @cached_property
    def live(self):
        windows = ApplicationWindow.objects.speaking().live_on(self.on)
        return self.judge.without_excluded(self.asked.narrowed(windows, self.on))

    @cached_property
    def calls(self):
        """A page of them, those that end first at its beginning."""
        rows = with_programs(ApplicationWindow.objects.all(), self.asked.town)
        page = BoundedPaginator(self.live.by_last_day(), CALLS_A_PAGE, rows).get_page(self.number)
        page.object_list = [self.judge.listed(window, self.on) for window in page.object_list]
        return page

    def shown(self, ticked=()):
        """The tables that can be taken away: all the calls, or those that are `ticked`, then the months and what is expected."""
        live = self.live.filter(pk__in=ticked) if ticked else self.live
        year = full_name(self.this_year)
        return [
            shown_calls(
                live.by_last_day(),
                self.judge,
                self.on,
                "受付中・これからの募集",
                conditions=[f"選んだ{len(ticked)}件"] if ticked else [],
            ),
            shown_months(self.months, self.asked, f"月ごとの締切　{year}"),
            shown_expected(self.expected, self.asked, f"過去の年度からの推定　{year}"),
        ]

    @property
    def this_year(self):
        return fiscal_year_on(self.on)

    @cached_property
    def taken(self):
        return TakenAway(self.asked, self.on)

    @cached_property
    def months(self):
        """The twelve months of the fiscal year, each with how many calls end in it."""
        windows = ApplicationWindow.objects.told(self.on).closing_in(
            first_day(self.this_year), last_day(self.this_year)
        )
        windows = self.judge.without_excluded(self.asked.narrowed(windows, self.on)).order_by()
        counted = windows.annotate(month=ExtractMonth("closes_on")).values("month").annotate(count=Count("pk"))
        counts = {each["month"]: each["count"] for each in counted}
        return [self._month(number, counts.get(number, 0)) for number in MONTHS]

    @cached_property
    def expected(self):
        """What past years lead to expect in the months of this one that are not over."""
        return expected_calls(self.asked, self.on, last_day(self.this_year), self.this_year, self.judge)

    @property
    def years_back(self):
        return YEARS_BACK

    @property
    def wheel(self):
        most = max(month["count"] for month in self.months)
        return year_wheel([_on_wheel(month, most) for month in self.months])

    def _month(self, number, count):
        day = date(self.this_year + (number < 4), number, 1)
        expected = [each for each in self.expected if each.month == day]
        here = self.on.replace(day=1)
        return {
            "day": day,
            "count": count,
            "url": month_url(day, self.asked),
            "is_now": day == here,
            "expected": expected,
        }


def _on_wheel(month, most):
    count, guess = month["count"], len(month["expected"])
    told = f"{month['day'].year}年{month['day'].month}月、締め切る募集{count}件"
    return Month(
        label=f"{month['day'].month}月",
        words=f"{count}件" if count else "",
        is_now=month["is_now"],
        level=level_of(count, most),
        guess=f"推定{guess}" if guess else "",
        url=month["url"],
        title=f"{told}、推定{guess}件" if guess else told,
    )


@dataclass
class MonthPage:
    """The calls that end in a month, and those that begin in it."""

    asked: Asked
    on: date
    month: date  # its first day

    @cached_property
    def judge(self):
        return Judge(self.asked)

    @property
    def last(self):
        return self.month.replace(day=monthrange(self.month.year, self.month.month)[1])

    @cached_property
    def closing(self):
        return self._listed(self._closing)

    @cached_property
    def opening(self):
        return self._listed(self._opening)

    @property
    def _closing(self):
        return self._narrowed(ApplicationWindow.objects.told(self.on).closing_in(self.month, self.last)).by_last_day()

    @property
    def _opening(self):
        windows = ApplicationWindow.objects.told(self.on).filter(opens_on__range=(self.month, self.last))
        return self._narrowed(windows).order_by("opens_on", "pk")

    @property
    def shown(self):
        """The tables that can be taken away: the calls that end and those that begin, however many, and what is expected."""
        month = f"{self.month.year}年{self.month.month}月"

        def calls(windows, what, slug):
            return shown_calls(windows, self.judge, self.on, f"{month}に{what}募集", slug)

        return [
            calls(self._closing, "締め切る", "closing"),
            calls(self._opening, "始まる", "opening"),
            shown_expected(self.expected, self.asked, f"過去の年度からの推定　{month}"),
        ]

    @cached_property
    def expected(self):
        """What past years lead to expect; nothing in a month that is over."""
        is_over = self.last < self.on
        year = fiscal_year_on(self.month)
        return [] if is_over else expected_calls(self.asked, self.month, self.last, year, self.judge)

    def _narrowed(self, windows):
        return self.judge.without_excluded(self.asked.narrowed(windows, self.on))

    def _listed(self, windows):
        return [
            self.judge.listed(window, self.on) for window in with_programs(windows, self.asked.town)[:MOST_IN_A_MONTH]
        ]

    @property
    def is_cut(self):
        return MOST_IN_A_MONTH in (len(self.closing), len(self.opening))

    @cached_property
    def days(self):
        """Of the days on which calls end: the day, what holiday it is, and the calls."""
        by_day = groupby(self.closing, key=lambda each: each.call.window.closes_on)
        return [(day, holiday_name(day), list(those)) for day, those in by_day]

    @property
    def sheet(self):
        """The calls that the month has on paper."""
        return self.closing[:MOST_ON_SHEET]

    @property
    def not_on_sheet(self):
        return max(len(self.closing) - MOST_ON_SHEET, 0)

    @cached_property
    def weeks(self):
        """The month as a calendar from Sunday on: of each day its date and how many calls end on it; None outside it."""
        counts = {day: len(those) for day, _, those in self.days}
        weeks = Calendar(firstweekday=6).monthdatescalendar(self.month.year, self.month.month)
        return [
            [self._day(day, counts.get(day, 0)) if day.month == self.month.month else None for day in week]
            for week in weeks
        ]

    def _day(self, day, count):
        return {"day": day, "count": count, "holiday": holiday_name(day)}

    @property
    def before(self):
        return self._beside(self.month - timedelta(days=1))

    @property
    def after(self):
        return self._beside(self.last + timedelta(days=1))

    def _beside(self, day):
        """The month that `day` lies in, where pages lead to it: from last fiscal year to the next one."""
        here = fiscal_year_on(self.on)
        url = month_url(day, self.asked) if abs(fiscal_year_on(day) - here) <= 1 else None
        return {"day": day, "url": url}

    @property
    def list_url(self):
        return f"{reverse('call_list')}{self.asked.query}"


def month_url(day, asked):
    return f"{reverse('call_month', args=[day.year, day.month])}{asked.query}"
