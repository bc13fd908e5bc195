"""A page as it stands on another day: `?on=2026-11-28` moves calls, deadlines and verdicts over what is public today.

Never what is public: what was, is or will be published cannot be asked for. So a view hands the day to what reckons with
days, and nothing to what finds public rows. Pages of another day say so, and are not for search engines.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.timezone import localdate

from sumairu.lib import days
from sumairu.lib.days import full_day
from sumairu.lib.excerpts import typed
from sumairu.lib.wareki import first_day, fiscal_year_on, last_day

PARAMETER = days.PARAMETER
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class AsOf:
    """The day that an address asks for, among those from last fiscal year to the next; today where it asks for none."""

    asked: str = ""

    @cached_property
    def today(self):
        return localdate()

    @property
    def first(self):
        return first_day(fiscal_year_on(self.today) - 1)

    @property
    def last(self):
        return last_day(fiscal_year_on(self.today) + 1)

    @cached_property
    def day(self):
        return self._understood or self.today

    @property
    def is_other(self):
        return self.day != self.today

    @property
    def iso(self):
        """As it stands in addresses; empty for today."""
        return self.day.isoformat() if self.is_other else ""

    @property
    def error(self):
        if not self.asked or self._understood:
            return ""
        span = f"{full_day(self.first)}から{full_day(self.last)}まで"
        return (
            f"「{self.asked[:20]}」の時点は示せません。{span}の日を、{self.today.isoformat()}のように入れてください。"
        )

    @cached_property
    def _understood(self):
        """None where it is no day, or none that is told of."""
        if not _ISO.fullmatch(self.asked):
            return None
        try:
            day = date.fromisoformat(self.asked)
        except ValueError:
            return None
        return day if self.first <= day <= self.last else None


def on_day(address, day):
    """`address` on `day`, so that whoever follows a link stays there; as it is for today."""
    return days.on_day(address, day, localdate())


def of_day(words, day):
    """Words about today, said of `day`."""
    return days.of_day(words, day, localdate())


def as_of(request):
    return AsOf(typed(request.GET.get(PARAMETER, "")))
