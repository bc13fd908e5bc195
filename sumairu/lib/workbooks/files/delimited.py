"""Tables of text (.csv, .tsv) as a grid. Every cell stays the text that it is: 012068 keeps its zero.

What the bytes mean is found out strictly, and said: a file that is neither UTF-8 (or UTF-16, where its first bytes say
so) nor CP932 nor EUC-JP throughout is refused with its line, and so is one that could be cut in two ways.

>>> grid = next(read_delimited("制度名,R3年度\\r\\n交付金,\\"4,550\\"\\r\\n".encode("cp932"), "budget/予算額.csv"))
>>> grid.name, grid.rows, grid.notices
('予算額', [['制度名', 'R3年度'], ['交付金', '4,550']], ['文字コードはシフトJIS（CP932）、区切りはカンマとして読みました。'])
"""

import csv
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from itertools import pairwise
from typing import cast

from sumairu.lib.workbooks import messages
from sumairu.lib.workbooks.addresses import LAST_COLUMN, LAST_ROW
from sumairu.lib.workbooks.files.admission import Refused
from sumairu.lib.workbooks.files.cells import LONGEST_SHEET_NAME, Cell, Grid, Room, widened

ROWS_THAT_TELL = 1000

_DELIMITERS = {",": messages.COMMA, "\t": messages.TAB, ";": messages.SEMICOLON}
# What is no white space and yet no letter; what DOS put at the end of a file may stand there.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff\uf8f0-\uf8f3]")
_HALF_KANA = re.compile("[\uff61-\uff9f]")
# What makes Excel leave a text alone that looks like a number: ="012068".
_AS_TEXT = re.compile(r'="[^"]*"')
_GROUP, _THREE_DIGITS = re.compile(r"[△▲+-]?[0-9]{1,3}|[0-9]{3}"), re.compile(r"[0-9]{3}(?:\.[0-9]*)?")


def read_delimited(content: bytes, name: str) -> Iterator[Grid]:
    """The one sheet of a table of text, called as the file is. Raises Refused."""
    text, encoding = _decoded(content)
    delimiter = _delimiter(text)
    rows = _rows(text, delimiter)
    width = max(map(len, rows), default=0)
    sheet = name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0][:LONGEST_SHEET_NAME] or "CSV"
    Room().take(sheet, sum(cell != "" for row in rows for cell in row), len(rows), width)
    _refuse_broken_numbers(rows)
    grid = Grid(sheet, False, widened(cast(list[list[Cell]], rows), width))
    grid.notices.append(messages.READ_AS.format(encoding=encoding, delimiter=_DELIMITERS[delimiter]))
    yield grid


def _decoded(content: bytes) -> tuple[str, str]:
    """The text, and the name of the encoding that it is in."""
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        candidates = {"utf-16": "UTF-16"}
    elif content.startswith(BOM_UTF8):
        candidates = {"utf-8-sig": "UTF-8"}
    else:
        candidates = {"utf-8": "UTF-8", "cp932": messages.SHIFT_JIS, "euc_jp": messages.EUC_JP}
    wrong_at = 0
    for codec, encoding in candidates.items():
        try:
            text = content.decode(codec)
        except UnicodeDecodeError as error:
            wrong_at = max(wrong_at, error.start)
            continue
        if codec == "cp932" and _is_of_euc(content):
            if _HALF_KANA.sub("", text).isascii():
                raise Refused(messages.ENCODING_IN_TWO_WAYS)
            continue
        text = text.removesuffix("\x1a")
        if control := _CONTROL.search(text):
            line = text.count("\n", 0, control.start()) + 1
            raise Refused(messages.CONTROL_CHARACTER.format(line=line))
        return text, encoding
    line = content.count(b"\n", 0, wrong_at) + 1
    raise Refused(messages.ENCODING_UNKNOWN.format(encodings=messages.OR.join(candidates.values()), line=line))


def _is_of_euc(content: bytes) -> bool:
    """Is a text in EUC-JP, though CP932 can read it too: as katakana of half width for the most part?"""
    try:
        content.decode("euc_jp")
    except UnicodeDecodeError:
        return False
    others = [letter for letter in content.decode("cp932") if not letter.isascii()]
    return sum(_HALF_KANA.fullmatch(letter) is not None for letter in others) * 3 > len(others)


def _delimiter(text: str) -> str:
    """What parts the cells: that which cuts most rows alike. Raises Refused where two do so equally."""
    scores = {delimiter: _rows_alike(text, delimiter) for delimiter in _DELIMITERS}
    best = max(scores.values())
    found = [delimiter for delimiter, score in scores.items() if score == best]
    if best and len(found) > 1:
        names = messages.AND.join(_DELIMITERS[delimiter] for delimiter in found)
        raise Refused(messages.DELIMITER_UNKNOWN.format(delimiters=names))
    return found[0]


def _rows_alike(text: str, delimiter: str) -> int:
    """How many of the first rows have as many cells as most of those that have several."""
    rows = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    widths: Counter[int] = Counter()
    try:
        for _, row in zip(range(ROWS_THAT_TELL), rows, strict=False):
            widths[len(row)] += len(row) > 1
    except csv.Error:
        return 0
    return max(widths.values(), default=0)


def _rows(text: str, delimiter: str) -> list[list[str]]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows = []
    try:
        for row in reader:
            while row and row[-1] == "":
                row.pop()
            rows.append([cell[2:-1] if _AS_TEXT.fullmatch(cell) else cell for cell in row])
            if len(rows) > LAST_ROW or len(row) > LAST_COLUMN:
                raise Refused(messages.TOO_MANY_ROWS_OR_COLUMNS.format(line=reader.line_num))
    except csv.Error as error:
        raise Refused(messages.QUOTES_ODD.format(line=reader.line_num)) from error
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _refuse_broken_numbers(rows: list[list[str]]) -> None:
    """Refuse 「釧路市,1,234」 under 「市町村,予算額」: a number with commas that nobody put in quotes, cut in pieces."""
    widest = max((len(row) for row in rows if not _has_pieces(row)), default=0)
    for number, row in enumerate(rows, start=1):
        if len(row) > widest and _has_pieces(row):
            raise Refused(messages.NUMBERS_CUT.format(row=number))


def _has_pieces(row: list[str]) -> bool:
    return any(_GROUP.fullmatch(one) and _THREE_DIGITS.fullmatch(other) for one, other in pairwise(row))
