"""Long sheets made short: of cells that are written alike one is read, by `scan` and calamine as ever, for all of them.

A long sheet says few different things, names and codes and years again and again, and beside them plain numbers. So a
sheet whose rows stand as programs write them is taken apart by one pattern, and a short one with each different cell
once takes its place in the workbook; what those cells turn out to be is then laid out where they stood. Of numbers
written in the plainest way only an example for each style goes along: where 1 is read as 1, so is 25.

Nothing slips through. Before the rows there is no comment and no instruction in which they could hide. Of the rows each
byte belongs to a tag, an attribute or a text that the patterns below know as a whole; and each but those of plain
numbers stands in the short sheet as well, between the same head and tail, where expat looks at it. A sheet that is
written in any other way is left as it is.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from itertools import chain, count, islice, repeat
from operator import lt
from zipfile import ZipFile

from sumairu.lib.workbooks.addresses import LAST_ROW, column_name, column_number
from sumairu.lib.workbooks.files.admission import MEGABYTE, directory, inflated
from sumairu.lib.workbooks.files.cells import Cell, Number
from sumairu.lib.workbooks.files.scan import MAX_AREA, Size, sheet_names

# Of a sheet's XML: shorter sheets are read as fast as they are, longer ones hold more cells than may be read.
LEAST_BYTES, MOST_BYTES = MEGABYTE // 4, 128 * MEGABYTE
MOST_COLUMNS = 256
# With more different cells, the short sheet would be long as well.
MOST_SPELLINGS, MOST_OTHERS = 500_000, 200_000
_LONGEST_ROW = MEGABYTE
_AT_ONCE = 10_000

_ROWS_START, _ROWS_END, _ROW_END = b"<sheetData>", b"</sheetData>", b"</row>"
_START = re.compile(
    rb'(?:\xef\xbb\xbf)?(?:<\?xml version="1\.0"(?: encoding="(?:UTF|utf)-8")?(?: standalone="(?:yes|no)")?\s*\?>\s*)?'
    rb"<worksheet[\s>]"
)
_STRAY = re.compile(rb"<(?:[!?]|(?:row|c|v|f|is)[\s/>])")

_ATTRIBUTES = rb'(?: [A-Za-z][\w:]*="[^"<>&]*+")*+ ?'
# A row, whose number comes again in the names of its cells. What cells consist of is looked at once for all alike, so
# that these may be as simple, and as fast, as finds the ends of well-formed ones.
_ROW = rb'<row r="([1-9][0-9]{0,6})"([^>]*+)>(?:(?<=/>)|%b</row>)|(.+)'
_CELL = rb'(?:<c r="%b\1"([^>]*+>(?:<v>[^<]*+</v></c>|<is><t>[^<]*+</t></is></c>|(?<=/>)|(?:<(?!/c>)[^<]*+)*+</c>)))?+'
_COLUMN = re.compile(rb'<c r="([A-Z]{1,3})[0-9]')
_SPELLED_ROW = re.compile(rb"%b/?" % _ATTRIBUTES)
# Style and digits.
_NUMBER = rb'((?: s="[0-9]+")?(?: t="n")?)><v>(-?[0-9]+(?:\.[0-9]+)?(?:[Ee][+-]?[0-9]+)?)</v></c>'
_NUMBER_START, _NUMBER_END = re.compile(rb'(?: s="[0-9]+")?(?: t="n")?><v>'), b"</v></c>"
_SPELLED_CELL = re.compile(
    _NUMBER
    + rb"|(%b(?:/>|>(?:<f%b(?:/>|>[^<]*+</f>))?+(?:<v>[^<]*+</v>|<v ?/>)?+(?:<is><t%b>[^<]*+</t></is>)?+</c>))|(.+)"
    % ((_ATTRIBUTES,) * 3),
    re.S,
)


@dataclass(frozen=True)
class Layout:
    """Where on a sheet the cells of its short one stand.

    Of each row that there is, `places` has the number from 1 and `spellings_of_rows` how it is written; `spellings_of_cells`
    has, column by column, which of the different cells stands there, 0 being none. Of the different cells from 1 on,
    `numbers` has those that are plain numbers, and `styles` theirs; likewise `own_numbers` and `own_styles` of the cells
    from -1 down, which stand in columns of numbers. In the first column of the short sheet stand a marker, the
    different rows, the examples of styles, and the other cells.
    """

    marker: int
    size: Size
    places: list[int]
    spellings_of_rows: list[int]
    spellings_of_cells: list[list[int]]
    numbers: list[float | None]
    styles: list[int]
    own_numbers: list[float]
    own_styles: list[int]
    different_rows: int
    different_styles: int

    def laid_out(self, short: list[list[Cell]]) -> list[list[Cell]] | None:
        """The rows of the sheet, given those of the short one; None where plain numbers are more than that: dates."""
        read = chain((row[0] for row in short), repeat(""))
        marker = next(read)
        examples = list(islice(read, self.different_rows, self.different_rows + self.different_styles))
        if marker != self.marker or not all(isinstance(cell, float) and float(cell) == 1 for cell in examples):
            return None
        formats = [cell.format if isinstance(cell, Number) else None for cell in examples]
        cells: list[Cell] = [""]
        cells += [
            next(read) if number is None else Number(number, code) if (code := formats[style]) else number
            for number, style in zip(self.numbers, self.styles, strict=True)
        ]
        own = zip(self.own_numbers, self.own_styles, strict=True)
        cells += [Number(number, code) if (code := formats[style]) else number for number, style in own][::-1]
        columns = [map(cells.__getitem__, column) for column in self.spellings_of_cells[: self.size.columns]]
        rows = list(map(list, zip(*columns, strict=True)))
        if self.places[-1] > len(self.places):  # some rows are left out
            by_place = dict(zip(self.places, rows, strict=True))
            rows = [by_place.get(place) or [""] * self.size.columns for place in range(1, self.size.rows + 1)]
        return rows[: self.size.rows]

    def hidden(self, short: set[int]) -> set[int]:
        """The rows that are hidden, from 0, given those of the short sheet."""
        rows = zip(self.places, self.spellings_of_rows, strict=True) if short else ()
        return {place - 1 for place, spelling in rows if spelling + 1 in short}


def condense(content: bytes) -> tuple[bytes, dict[str, Layout]]:
    """The workbook with short sheets in place of long ones, and the layouts of these by name. Raises Refused."""
    parts = {part.filename: part for part in directory(content)}
    sheets = {}
    layouts = {}
    for marker, (path, name) in enumerate(sheet_names(content, parts).items(), start=2):
        if path in parts and LEAST_BYTES <= parts[path].file_size <= MOST_BYTES:
            sheet = _Sheet(marker)
            if sheet.take_apart(inflated(content, parts[path])) and sheet.look_at_kinds():
                layout = sheet.layout()
                if layout.size.cells:
                    sheets[path], layouts[name] = sheet.short(), layout
    return (_with_parts(content, sheets) if sheets else content), layouts


def _with_parts(content: bytes, parts: dict[str, bytes]) -> bytes:
    """The zip with other contents of `parts`, added at its end; what its directory no longer names stays where it is."""
    buffer = BytesIO(content)
    with ZipFile(buffer, "a") as package:
        for name, part in parts.items():
            package.filelist.remove(package.NameToInfo.pop(name))
            package.writestr(name, part)
    return buffer.getvalue()


class _Sheet:
    """A long sheet, taken apart as its bytes come."""

    def __init__(self, marker: int) -> None:
        self.marker = marker
        self.head = self.tail = b""
        self.places: list[int] = []
        self.spellings_of_rows: list[int] = []
        self.spellings_of_cells: list[list[int]] = []
        self.rows: dict[bytes, int] = defaultdict(count().__next__)
        self.cells: dict[bytes, int] = defaultdict(count(1).__next__, {b"": 0})
        self.numbers: list[float | None] = []
        self.styles: list[int] = []
        self.own_numbers: list[float] = []
        self.own_styles: list[int] = []
        self.different_styles: dict[bytes, int] = defaultdict(count().__next__)
        self.others: list[bytes] = []

    def take_apart(self, chunks: Iterator[bytes]) -> bool:
        """Do all rows stand as the pattern knows them?"""
        first = next(chunks, b"")
        start = first.find(_ROWS_START) + len(_ROWS_START)
        self.head, waiting = first[:start], first[start:]
        match = _START.match(self.head)
        if match is None or _STRAY.search(self.head, match.end()) or not self.head.endswith(_ROWS_START):
            return False
        for chunk in chain([b""], chunks):
            waiting += chunk
            end = waiting.rfind(_ROW_END) + len(_ROW_END)
            if end >= len(_ROW_END):
                if not self.take(waiting, end):
                    return False
                waiting = waiting[end:]
            end = waiting.find(_ROWS_END)
            if end >= 0:
                self.tail = waiting[end:] + b"".join(chunks)
                return self.take(waiting, end) and not _STRAY.search(self.tail)
            if len(waiting) > _LONGEST_ROW:
                return False
        return False

    def take(self, text: bytes, end: int) -> bool:
        """Add the rows in `text` up to `end`, if they are all that stands there."""
        found = _pattern(len(self.spellings_of_cells)).findall(text, 0, end)
        if found and found[-1][-1] and self.widen(text, end):
            found = _pattern(len(self.spellings_of_cells)).findall(text, 0, end)
        if not found:
            return True
        numbers, rows, *columns, rest = zip(*found, strict=True)
        if rest[-1]:
            return False
        places = list(map(int, numbers))
        rises = all(map(lt, [*self.places[-1:], *places], places[not self.places :]))
        self.places += places
        self.spellings_of_rows += map(self.rows.__getitem__, rows)
        for spellings, cells in zip(self.spellings_of_cells, columns, strict=True):
            spellings += self.own_spellings(cells) or map(self.cells.__getitem__, cells)
        is_small = len(self.places) * len(columns) <= MAX_AREA and len(self.cells) <= MOST_SPELLINGS
        return rises and is_small and places[-1] <= LAST_ROW

    def own_spellings(self, cells: Sequence[bytes]) -> range:
        """Spellings of their own for cells that are all plain numbers of one style; few of these are the same."""
        match = _NUMBER_START.match(cells[0])
        text = b"".join(cells)
        if match is None or not text.endswith(_NUMBER_END):
            return range(0)
        numbers = _numbers(text[match.end() : -len(_NUMBER_END)].split(_NUMBER_END + match[0]))
        if len(numbers) != len(cells):
            return range(0)
        first = -1 - len(self.own_numbers)
        self.own_numbers += numbers
        self.own_styles += [self.different_styles[match[0].removesuffix(b"><v>")]] * len(numbers)
        return range(first, first - len(numbers), -1)

    def widen(self, text: bytes, end: int) -> bool:
        """Make room for the columns in `text`, if there are more than so far."""
        width = max((column_number(each.decode()) for each in set(_COLUMN.findall(text, 0, end))), default=-1) + 1
        more = width - len(self.spellings_of_cells)
        if more <= 0 or width > MOST_COLUMNS:
            return False
        self.spellings_of_cells += ([0] * len(self.places) for _ in range(more))
        return True

    def look_at_kinds(self) -> bool:
        """Are all rows and cells elements that the patterns know? Sets plain numbers and other cells apart."""
        spellings = list(self.cells)[1:]
        for start in range(0, len(spellings), _AT_ONCE):
            found = _SPELLED_CELL.findall(b"".join(spellings[start : start + _AT_ONCE]))
            if found[-1][-1]:
                return False
            self.numbers += [float(number) if number else None for _, number, _, _ in found]
            self.styles += [self.different_styles[style] if number else 0 for style, number, _, _ in found]
            self.others += [other for _, _, other, _ in found if other]
            if len(self.others) > MOST_OTHERS:
                return False
        return len(self.rows) <= MOST_OTHERS and all(map(_SPELLED_ROW.fullmatch, self.rows))

    def short(self) -> bytes:
        rows = [b'><c r="A1"><v>%d</v></c></row>' % self.marker, *(row.rstrip(b" /") + b"></row>" for row in self.rows)]
        cells = [*(style + b"><v>1</v></c>" for style in self.different_styles), *self.others]
        rows += (b'><c r="A%d"%b</row>' % (place, cell) for place, cell in enumerate(cells, len(rows) + 1))
        return b"".join([self.head, *(b'<row r="%d"%b' % each for each in enumerate(rows, 1)), self.tail])

    def layout(self) -> Layout:
        is_filled = [b"<" in spelling[: -len(b"</c>")] for spelling in self.cells] + [True] * len(self.own_numbers)
        filled = [sum(map(is_filled.__getitem__, spellings)) for spellings in self.spellings_of_cells]
        rows = (
            place
            for i, place in zip(range(len(self.places) - 1, -1, -1), reversed(self.places), strict=True)
            if any(is_filled[spellings[i]] for spellings in self.spellings_of_cells)
        )
        columns = (column for column, cells in enumerate(filled, 1) if cells)
        return Layout(
            marker=self.marker,
            size=Size(next(rows, 0), max(columns, default=0), sum(filled)),
            places=self.places,
            spellings_of_rows=self.spellings_of_rows,
            spellings_of_cells=self.spellings_of_cells,
            numbers=self.numbers,
            styles=self.styles,
            own_numbers=self.own_numbers,
            own_styles=self.own_styles,
            different_rows=len(self.rows),
            different_styles=len(self.different_styles),
        )


def _numbers(texts: Sequence[bytes]) -> list[float]:
    """The numbers that these texts are, as JSON has them too, which is read at once; none where one is anything else."""
    if not b"".join(texts).translate(None, b"0123456789.-+eE"):
        with suppress(ValueError, OverflowError):
            return [*map(float, json.loads(b"[%b]" % b",".join(texts)))]
    return []


@cache
def _pattern(columns: int) -> re.Pattern[bytes]:
    cells = b"".join(_CELL % column_name(column).encode() for column in range(columns))
    return re.compile(_ROW % cells, re.S)
