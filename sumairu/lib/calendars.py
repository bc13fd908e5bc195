"""The years that figures count by, and what each is called: fiscal years, years of the calendar, or a day of each year.

A year is an integer: of a fiscal year the Gregorian year of its April, else the Gregorian year itself.

>>> [calendar.name(2019) for calendar in (FISCAL_YEARS, CALENDAR_YEARS)]
['令和元年度', '令和元年']
>>> [calendar.full_name(2021) for calendar in (FISCAL_YEARS, CALENDAR_YEARS)]
['令和3年度（2021）', '令和3年（2021）']
>>> census, register = Calendar("年", (10, 1)), Calendar("年", (1, 1))
>>> census.name(2020), census.full_name(2020), census.day_in(2020).isoformat()
('令和2年', '令和2年10月1日（2020）', '2020-10-01')
>>> register.name(2019), register.full_name(2019)  # 令和 had not begun
('平成31年', '平成31年1月1日（2019）')
"""

from dataclasses import dataclass
from datetime import date

from sumairu.lib import wareki
from sumairu.lib.written_days import era_year


@dataclass(frozen=True)
class Calendar:
    """`noun` is what a year is called in sentences: 前年度, 前年. `day` is the (month, day) as of which figures stand."""

    noun: str
    day: tuple[int, int] | None = None

    @property
    def is_fiscal(self) -> bool:
        return self.noun == "年度"

    @property
    def day_words(self) -> str:
        """「10月1日」; empty where no day is known."""
        return f"{self.day[0]}月{self.day[1]}日" if self.day else ""

    def day_in(self, year: int) -> date | None:
        return date(year, *self.day) if self.day else None

    def name(self, year: int) -> str:
        """「令和3年度」, 「令和3年」."""
        if self.is_fiscal:
            return wareki.era_name(year)
        return era_year(self.day_in(year) or date(year, 12, 31))

    def full_name(self, year: int) -> str:
        """「令和3年度（2021）」, 「令和3年（2021）」, 「令和3年10月1日（2021）」, as headings and links show a year."""
        if self.is_fiscal:
            return wareki.full_name(year)
        return f"{self.name(year)}{self.day_words}（{year}）"


FISCAL_YEARS = Calendar("年度")
CALENDAR_YEARS = Calendar("年")


def year_name(fiscal_year: int | None, calendar_year: int | None) -> str:
    """What a year is called of which it is known what year it is: 「令和3年度」, 「令和3年」; empty where neither is."""
    if fiscal_year is not None:
        return FISCAL_YEARS.name(fiscal_year)
    return "" if calendar_year is None else CALENDAR_YEARS.name(calendar_year)
