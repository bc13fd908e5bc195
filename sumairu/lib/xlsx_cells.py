"""Values as an .xlsx that we give out holds them: what is text stays text, what is a number keeps every digit.

>>> from types import SimpleNamespace
>>> cell = SimpleNamespace(value=None, data_type="n")
>>> fill(cell, "=1+1"); cell.value, cell.data_type, cell.quotePrefix
('=1+1', 's', True)
>>> fill(cell := SimpleNamespace(), "\\x0b=1+1"); cell.value, cell.quotePrefix
('=1+1', True)
>>> exact(4_550_000_000), exact(1_234_567_890_123_456)
(4550000000, '1234567890123456')
"""

import re
from typing import Any

from sumairu.lib.formulas import is_formula

# Japanese Excel's own.
FONT = "游ゴシック"
# What no XML may hold.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# Excel keeps fifteen digits of a number.
_LARGEST = 10**15


def fill(cell: Any, value: object) -> None:
    """Put a value into a cell of openpyxl. A text is never a formula, whatever it begins with, here or edited later."""
    value = exact(value)
    if not isinstance(value, str):
        cell.value = value
        return
    cell.value = text = legal(value)
    cell.data_type = "s"
    if is_formula(text) or text.startswith("'"):
        cell.quotePrefix = True


def legal(text: str) -> str:
    """A text without what no XML may hold."""
    return _ILLEGAL.sub("", text)


def exact(value: object) -> object:
    """A whole number of more digits than Excel keeps as text, which it keeps whole, and the reader reads whole."""
    return str(value) if isinstance(value, int) and abs(value) >= _LARGEST else value
