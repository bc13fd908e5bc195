"""A cell as a spreadsheet shows it: its number under its format, rounded and grouped as one sees it.

Only for looking at. What is read is what stands in the cell, which may have more digits than are seen.

>>> [text_of(cell) for cell in ("制度名", 45.5, 4550000.0, 62908.27999999, True, date(2022, 4, 1))]
['制度名', '45.5', '4550000', '62908.28', 'TRUE', '2022/4/1']
>>> [number_under(value, "#,##0.0;△#,##0.0") for value in (1234.56, -1234.56, 0.0)]
['1,234.6', '△1,234.6', '0.0']
>>> number_under(0.125, "0.0%"), number_under(4550000.0, "#,##0,"), number_under(45.8, '0.0"億円"')
('12.5%', '4,550', '45.8億円')
>>> number_under(5.0, "000"), number_under(44652.0, "[$-411]ggge年m月d日"), number_under(0.5, "# ?/?")
('005', None, None)
"""

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal

from sumairu.lib.workbooks.files.cells import Cell, Number
from sumairu.lib.workbooks.files.scan import Fault

# As many digits as a cell of the General format has room for.
_GENERAL_DIGITS = 10
LONGEST_TEXT = 300
# No spreadsheet tells numbers above it from their neighbours, or shows more places than these.
_LARGEST, _MOST_PLACES = 1e15, 30
_EXACT = Context(prec=100)

_SECTION = re.compile(r'(?:"[^"]*"|\\.|[^;"\\])*')
_PIECE = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<digits>[#0?][#0?,.]*)|(?P<general>General|@)|(?P<other>.)",
    re.IGNORECASE,
)
_COLOUR = re.compile(r"black|blue|cyan|green|magenta|red|white|yellow|color ?\d+|dbnum\d", re.IGNORECASE)
# What stands for itself without quotes; any other character is of a date, a fraction, a power.
_PLAIN = re.compile(r"[-+()%$¥￥:△▲−－ 　（）\u3041-\u9fff]")


def text_of(cell: Cell) -> str:
    match cell:
        case bool():
            return "TRUE" if cell else "FALSE"
        case float() | int():
            shown = number_under(float(cell), cell.format) if isinstance(cell, Number) else None
            return _general(float(cell)) if shown is None else shown
        case datetime():
            return f"{_day(cell)} {cell.hour}:{cell.minute:02}"
        case date():
            return _day(cell)
        case time():
            return f"{cell.hour}:{cell.minute:02}"
        case timedelta():
            minutes = int(cell.total_seconds()) // 60
            return f"{minutes // 60}:{minutes % 60:02}"
        case Fault():
            return cell.raw
    return cell if len(cell) <= LONGEST_TEXT else f"{cell[:LONGEST_TEXT]}…"


def number_under(value: float, code: str) -> str | None:
    """The number under a format; None where the format is more than can be applied here."""
    if not abs(value) < _LARGEST:
        return None
    sections = _sections(code)
    section = sections[0]
    if value < 0 and len(sections) > 1:
        section, value = sections[1], -value
    elif value == 0 and len(sections) > 2:
        section = sections[2]
    pieces = _pieces(section)
    if pieces is None:
        return None
    sign = "-" if value < 0 else ""
    number = Decimal(repr(abs(value))) * 100 ** sum(piece == "%" for is_digits, piece in pieces if not is_digits)
    return sign + "".join(_digits(number, piece) if is_digits else piece for is_digits, piece in pieces)


def _sections(code: str) -> list[str]:
    sections, start = [], 0
    while start <= len(code):
        match = _SECTION.match(code, start)
        sections.append(match[0] if match else "")
        start += len(sections[-1]) + 1
    return sections


def _pieces(section: str) -> list[tuple[bool, str]] | None:
    """The texts of a section and, marked, the place for digits; None where it is of another make, or says nothing."""
    pieces: list[tuple[bool, str]] = []
    for match in _PIECE.finditer(section):
        if match["bracket"] is not None and not _COLOUR.fullmatch(match["bracket"]):
            return None
        if match["other"] and not _PLAIN.fullmatch(match["other"]):
            return None
        if digits := match["digits"] or match["general"]:
            pieces.append((True, digits))
        elif text := match["quoted"] or match["escaped"] or match["currency"] or match["other"]:
            pieces.append((False, text))
    return pieces if pieces and sum(is_digits for is_digits, _ in pieces) <= 1 else None


def _digits(number: Decimal, pattern: str) -> str:
    if pattern[0] not in "#0?":
        return _general(float(number))
    bare = pattern.rstrip(",")
    number = number.scaleb(-3 * (len(pattern) - len(bare)))
    whole, _, fraction = bare.partition(".")
    fraction = fraction[:_MOST_PLACES]
    rounded = number.quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP, _EXACT)
    left, _, right = f"{rounded:,f}".partition(".")
    if "," not in whole:
        left = left.replace(",", "")
    left = left.rjust(whole.count("0"), "0") if left != "0" or "0" in whole else ""
    while right and fraction[len(right) - 1] != "0" and right.endswith("0"):
        right = right[:-1]
    return f"{left}.{right}" if right else left


def _general(value: float) -> str:
    if value.is_integer():
        return str(int(value))
    text = f"{value:.{_GENERAL_DIGITS}g}"
    return repr(value) if "e" in text else text


def _day(day: date) -> str:
    return f"{day.year}/{day.month}/{day.day}"
