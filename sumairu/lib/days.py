"""Days as Japanese pages write them: with the day of the week, and with the year only where it is not this one.

>>> day_name(date(2026, 4, 1)), full_day(date(2026, 4, 1))
('4月1日（水）', '2026年4月1日（水）')
>>> period(date(2026, 11, 2), date(2026, 12, 4), 2026)
'11月2日（月）から12月4日（金）まで'
>>> period(date(2024, 12, 1), date(2025, 1, 10), 2026)
'2024年12月1日（日）から2025年1月10日（金）まで'
>>> period(None, date(2024, 8, 21), 2026), period(date(2026, 4, 1), None, 2026), period(None, None, 2026)
('2024年8月21日（水）まで', '4月1日（水）から', '通年')

>>> full_period(date(2026, 4, 1), date(2026, 4, 30)), full_period(None, None)
('2026年4月1日（水）から2026年4月30日（木）まで', '')

A page of another day than today says so of its words, and leads to pages of that day:

>>> day, today = date(2026, 12, 9), date(2026, 11, 29)
>>> of_day("今日まで", day, today), on_day("/calls/?town=012238", day, today)
('この日まで', '/calls/?town=012238&on=2026-12-09')
>>> of_day("今日まで", today, today), on_day("/calls/?town=012238", today, today)
('今日まで', '/calls/?town=012238')
"""

from datetime import date

WEEKDAYS = "月火水木金土日"
PARAMETER = "on"  # by which an address asks for another day
_THEN = (("今日", "この日"), ("明日", "翌日"), ("いま", "この日に"))


def day_name(day: date) -> str:
    return f"{day.month}月{day.day}日（{WEEKDAYS[day.weekday()]}）"


def full_day(day: date) -> str:
    return f"{day.year}年{day_name(day)}"


def period(first: date | None, last: date | None, this_year: int) -> str:
    """From `first` to `last`, both included; a side that is None is open. A year is named where it changes."""
    words = ""
    if first:
        words += f"{_named(first, this_year)}から"
    if last:
        words += f"{_named(last, first.year if first else this_year)}まで"
    return words or "通年"


def full_period(first: date | None, last: date | None) -> str:
    """The same with every year named; empty where neither side is known."""
    return "".join([f"{full_day(first)}から" if first else "", f"{full_day(last)}まで" if last else ""])


def of_day(words: str, day: date | None, today: date) -> str:
    """Words about today, said of `day`; None is today."""
    if day not in (None, today):
        for now, then in _THEN:
            words = words.replace(now, then)
    return words


def on_day(address: str, day: date | None, today: date) -> str:
    """`address`, asking for `day` where that is not today."""
    if day is None or day == today:
        return address
    return f"{address}{'&' if '?' in address else '?'}{PARAMETER}={day.isoformat()}"


def _named(day: date, understood: int) -> str:
    return day_name(day) if day.year == understood else full_day(day)
