"""Days as people write them, read only where they can mean one day; and said back with era and weekday.

>>> [read_day(text).isoformat() for text in ("2027/4/1", "2027年3月31日", "R9.4.1", " 令和９年４月１日（木） ", "20270401")]
['2027-04-01', '2027-03-31', '2027-04-01', '2027-04-01', '2027-04-01']
>>> read_day("平成31年4月30日").isoformat(), read_day("令和元年5月1日").isoformat()
('2019-04-30', '2019-05-01')
>>> era_day(date(2027, 4, 1)), era_day(date(2019, 5, 1))
('令和9年4月1日（木）', '令和元年5月1日（水）')

What could mean two days, or none, is refused with what to write instead:

>>> read_day("08/04/01")
Traceback (most recent call last):
sumairu.lib.written_days.Unreadable: 「08/04/01」は、2008年4月1日・令和8年4月1日・平成8年4月1日・2001年8月4日・\
2001年4月8日のどれか決められません。年を4桁か元号で始めて、「2027/4/1」「R9.4.1」「令和9年4月1日」のように入れてください。
>>> read_day("2027/2/29")
Traceback (most recent call last):
sumairu.lib.written_days.Unreadable: 「2027/2/29」という日はありません。2027年2月は28日までです。
"""

import re
from calendar import monthrange
from datetime import date, datetime, time

from sumairu.lib.days import WEEKDAYS, day_name, full_day
from sumairu.lib.kanji_numbers import in_digits
from sumairu.lib.wareki import FIRST, LAST
from sumairu.lib.widths import half_width

# Era, its letter, its first and last day (元号を改める政令 of 1926, 1989 and 2019).
ERAS = (
    ("令和", "R", date(2019, 5, 1), date(LAST, 12, 31)),
    ("平成", "H", date(1989, 1, 8), date(2019, 4, 30)),
    ("昭和", "S", date(1926, 12, 25), date(1989, 1, 7)),
)
LONGEST = 60  # letters, of which any day has fewer: what looks for a time of day works with the square of their number
HOW = "「2027/4/1」「R9.4.1」「令和9年4月1日」のように入れてください。"

_BY_MARK = {mark: era for era in ERAS for mark in era[:2]}
_SQUARED = str.maketrans({"㋿": "令和", "㍻": "平成", "㍼": "昭和"} | dict.fromkeys("‐‑–—―−ー", "-"))
_YEAR = r"(?:(令和|平成|昭和|[RHS])\.?(元|[0-9]{1,2})|([0-9]{4}))"
_DAY = re.compile(
    rf"(?:西暦)?{_YEAR}(?:[-年/.・]|年?\({_YEAR}年?\)年?)([0-9]{{1,2}})[-月/.・]([0-9]{{1,2}})日?"
    rf"(?:\(?([{WEEKDAYS}])(?:曜日?)?\)?)?"
)
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_CLOCK = re.compile(r"[T ]+([0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:\.[0-9]+)?)$")
_LOOSE_SPACES = re.compile(r"(?<![0-9])\s+|\s+(?![0-9])")  # none between digits: 「1 0」 is neither 1 nor 10
_KANJI = re.compile(r"[〇一二三四五六七八九十]+(?=[年月日])")


class Unreadable(ValueError):
    """Why something written is no day, and what to write; a sentence for people."""


def read_day(written: object) -> date:
    """The one day that a text, or a cell of a workbook, says.

    Raises `Unreadable` where it says none, or could say two: a day that is wrong is public at once.
    """
    if isinstance(written, datetime):
        if written.time() != time():
            raise Unreadable(f"「{written:%Y-%m-%d %H:%M}」には時刻があります。日だけを入れてください。")
        written = written.date()
    if isinstance(written, date):
        return _in_range(written, written.isoformat())
    shown = str(written).strip()
    if isinstance(written, int | float):
        raise Unreadable(
            f"「{shown}」は、日付ではなく数です。Excelのセルの書式を「日付」にするか、文字で「2027/4/1」のように入れてください。"
        )
    if len(shown) > LONGEST:
        raise Unreadable(f"「{shown[:LONGEST]}…」を日付として読めません。{HOW}")
    text = _plain(shown)
    if clock := _CLOCK.search(text):
        if clock[1].replace("0", "").strip(":."):
            raise Unreadable(f"「{shown}」には時刻があります。日だけを入れてください。")
        text = text[: clock.start()]
    text = _LOOSE_SPACES.sub("", text)
    if compact := _COMPACT.fullmatch(text):
        return _in_range(_calendar(int(compact[1]), int(compact[2]), int(compact[3]), shown), shown)
    match = _DAY.fullmatch(text)
    if match is None:
        raise Unreadable(_why(text, shown))
    return _stated(match, shown)


def era_day(day: date) -> str:
    """「令和9年4月1日（木）」; a day before 昭和 in its Gregorian year alone."""
    return f"{era_year(day)}{day_name(day)}"


def era_year(day: date) -> str:
    """「令和9年」, the year that `day` lies in, as it is called on that day; before 昭和 the Gregorian year."""
    for name, _, first, last in ERAS:
        if first <= day <= last:
            year = day.year - first.year + 1
            return f"{name}{'元' if year == 1 else year}年"
    return f"{day.year}年"


def _plain(text: str) -> str:
    text = half_width(text).translate(_SQUARED).upper().strip()
    return _KANJI.sub(lambda found: in_digits(found[0]), text)


def _stated(match: re.Match[str], shown: str) -> date:
    era, counted, gregorian, era_too, counted_too, gregorian_too, month, day, weekday = match.groups()
    found = _calendar(_year(era, counted, gregorian, shown), int(month), int(day), shown)
    if era:
        _check_era(era, found, shown)
    if (era_too or gregorian_too) and _year(era_too, counted_too, gregorian_too, shown) != found.year:
        raise Unreadable(f"「{shown}」の西暦と元号の年が合いません。どちらか一方だけで入れてください。")
    if weekday and WEEKDAYS[found.weekday()] != weekday:
        raise Unreadable(
            f"「{shown}」の曜日が合いません。{full_day(found)}です。日と曜日のどちらが正しいか、確かめてください。"
        )
    return _in_range(found, shown)


def _year(era: str | None, counted: str, gregorian: str | None, shown: str) -> int:
    if era is None:
        return int(gregorian or 0)
    year = 1 if counted == "元" else int(counted)
    if year == 0:
        raise Unreadable(f"「{shown}」という年はありません。1年目は「元年」か「1年」です。")
    first: date = _BY_MARK[era][2]
    return first.year + year - 1


def _check_era(era: str, found: date, shown: str) -> None:
    name, _, first, last = _BY_MARK[era]
    if not first <= found <= last:
        limit = f"{name}は{era_day(first)}からです" if found < first else f"{name}は{era_day(last)}までです"
        raise Unreadable(
            f"「{shown}」という日はありません。{limit}。{found.year}年のことなら「{era_day(found)}」です。"
        )


def _calendar(year: int, month: int, day: int, shown: str) -> date:
    if not 1 <= month <= 12:
        raise Unreadable(f"「{shown}」という日はありません。月は1から12までです。")
    if year < 1:
        raise Unreadable(f"「{shown}」という年はありません。{HOW}")
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise Unreadable(f"「{shown}」という日はありません。{year}年{month}月は{last}日までです。")
    return date(year, month, day)


def _in_range(day: date, shown: str) -> date:
    if not FIRST <= day.year <= LAST:
        raise Unreadable(f"「{shown}」の年を確かめてください。入れられるのは{FIRST}年から{LAST}年までです。")
    return day


def _why(text: str, shown: str) -> str:
    """Why a text is not one day, as far as its numbers tell."""
    numbers = re.findall("[0-9]+", text)
    if len(numbers) == 1 and len(numbers[0]) == 6 and text == numbers[0]:
        numbers = [text[:2], text[2:4], text[4:]]
    counts = [len(number) for number in numbers]
    has_year = 4 in counts or re.search("令和|平成|昭和|[RHS]", text)
    if len(numbers) == 3 and max(counts) <= 2 and not has_year:
        could_be = _readings(int(numbers[0]), int(numbers[1]), int(numbers[2]), year_first="年" in text)
        if could_be:
            return f"「{shown}」は、{'・'.join(could_be)}のどれか決められません。年を4桁か元号で始めて、{HOW}"
        return f"「{shown}」は、どの年か決められません。年を4桁か元号で始めて、{HOW}"
    if len(numbers) == 3 and counts[2] == 4 and max(counts[:2]) <= 2:
        return f"「{shown}」は、どれが月でどれが日か決められません。年、月、日の順に、{HOW}"
    if len(numbers) == 2 and max(counts) <= 2 and not has_year:
        return f"「{shown}」には年がありません。年を4桁か元号で始めて、{HOW}"
    if has_year and len(numbers) + ("元" in text) <= 2:
        return f"「{shown}」には月か日がありません。{HOW}"
    return f"「{shown}」を日付として読めません。{HOW}"


def _readings(first: int, second: int, third: int, year_first: bool) -> list[str]:
    """Every day that three numbers without a stated year could be, in words."""
    found = [(2000 + first, second, third, f"{2000 + first}年")]
    for name, _, begins, _ in ERAS[:2]:
        if first:
            found.append((begins.year + first - 1, second, third, f"{name}{first}年"))
    if not year_first:
        found += [(2000 + third, *pair, f"{2000 + third}年") for pair in ((first, second), (second, first))]
    days = [f"{words}{month}月{day}日" for year, month, day, words in found if _exists(year, month, day, words)]
    return list(dict.fromkeys(days))


def _exists(year: int, month: int, day: int, words: str) -> bool:
    try:
        found = date(year, month, day)
    except ValueError:
        return False
    return all(first <= found <= last for name, _, first, last in ERAS if words.startswith(name))
