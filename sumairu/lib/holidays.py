"""National holidays of Japan (国民の祝日に関する法律), reckoned by `jpholiday` from the rules of the law.

Those of years to come may be changed by law; they are said as the law is today.

>>> holiday_name(date(2026, 11, 23)), holiday_name(date(2026, 9, 22)), holiday_name(date(2026, 11, 24))
('勤労感謝の日', '国民の休日', '')
"""

from datetime import date
from functools import lru_cache


@lru_cache(maxsize=1024)
def holiday_name(day: date) -> str:
    """What the holiday on a day is called; empty on other days, Sundays among them."""
    import jpholiday  # 4 MB that only the pages of calls need

    return jpholiday.is_holiday_name(day) or ""
