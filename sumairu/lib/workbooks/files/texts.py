"""A cell as one line of text.

>>> tidy("予　算　額\\n（千円）"), tidy(2021.0), tidy(45.5), tidy(" 地域づくり  総合交付金 ")
('予算額（千円）', '2021', '45.5', '地域づくり 総合交付金')
"""

from datetime import date, datetime

from sumairu.lib.workbooks.files.cells import Cell, Number
from sumairu.lib.workbooks.files.formats import style_of
from sumairu.lib.workbooks.files.scan import Fault

# No name is longer; a text that is, is cut.
LONGEST_NAME = 300


def tidy(cell: Cell) -> str:
    """A cell as one line of text, numbers as their format shows them."""
    match cell:
        case bool():
            return "TRUE" if cell else "FALSE"
        case float():
            digits = str(int(cell)) if cell.is_integer() else repr(float(cell))
            style = style_of(cell.format) if isinstance(cell, Number) else None
            return f"{style.before}{digits}{style.after}" if style and style.divisor == 1 else digits
        case datetime() | date():
            return cell.isoformat()
        case Fault():
            return cell.raw
    return "".join(_line(line) for line in str(cell)[:LONGEST_NAME].splitlines())


def _line(text: str) -> str:
    words = text.split()
    is_spread = all(len(word) == 1 and not word.isascii() for word in words)  # 予　算　額, set apart for looks
    return ("" if is_spread else " ").join(words)
