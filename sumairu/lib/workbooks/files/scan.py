"""What the XML of a workbook says and calamine does not, in one stream over it before calamine may open it.

Extents first: calamine lays a sheet out whole, so that two values in opposite corners make it ask for 550 GB and end
the process. Beside them the cells that it shows as blank (errors, formulas without a result), the number formats that
change what a number means, and what is hidden.

"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from posixpath import join, normpath
from types import MappingProxyType
from typing import NamedTuple, Self
from xml.parsers import expat
from zipfile import ZipInfo

from sumairu.lib.workbooks import messages
from sumairu.lib.workbooks.addresses import DIGITS, LAST_COLUMN, LAST_ROW, cell_name, column_number
from sumairu.lib.workbooks.files.admission import Refused, directory
from sumairu.lib.workbooks.files.formats import Telling, formats_that_matter, matters
from sumairu.lib.workbooks.files.markup import elements, feed, parser_of

# Of all sheets together: cells that hold something, and cells of the rectangles they span.
MAX_CELLS = 1_000_000
MAX_AREA = 5_000_000
# A longer text in a cell is shown up to here.
MAX_RAW = 200

_WORKBOOK, _RELATIONS, _STYLES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"


@dataclass(frozen=True)
class Fault:
    """A cell that should show a value and has none."""

    raw: str
    reason: str

    @classmethod
    def error(cls, raw: str) -> Self:
        return cls(raw[:MAX_RAW], messages.ERROR_VALUE.format(value=raw[:MAX_RAW]))

    @classmethod
    def no_result(cls, formula: str) -> Self:
        return cls(formula[:MAX_RAW], messages.NO_RESULT)


@dataclass
class Traits:
    """What the XML says of one sheet."""

    rows: int = 0
    columns: int = 0
    cells: int = 0
    faults: dict[tuple[int, int], Fault] = field(default_factory=dict)
    formats: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    is_1904: bool = False


class Size(NamedTuple):
    """The rectangle of a sheet's cells that hold something, and how many these are."""

    rows: int
    columns: int
    cells: int


def scan(
    content: bytes, telling: Telling = matters, sizes: Mapping[str, Size] = MappingProxyType({})
) -> dict[str, Traits]:
    """The traits of every sheet by its name, formats where they are `telling`.

    `sizes` are those of sheets, by name, that will be larger than they stand there. Raises Refused for a workbook that
    is broken or cannot be laid out.
    """
    parts = {part.filename: part for part in directory(content)}
    styles = formats_that_matter(elements(content, parts[_STYLES]), telling) if _STYLES in parts else {}
    names = sheet_names(content, parts)
    is_1904 = any(
        tag == "workbookPr" and attributes.get("date1904") in ("1", "true")
        for tag, attributes in elements(content, parts[_WORKBOOK])
    )
    traits = {}
    cells = area = 0
    for part in parts.values():
        if not part.filename.casefold().endswith((".xml", ".rels")):
            continue
        name = names.get(part.filename, part.filename)
        sheet = traits[part.filename] = _traits(content, part, styles)
        sheet.is_1904 = is_1904
        size = sizes.get(name) or Size(sheet.rows, sheet.columns, sheet.cells)
        cells, area = cells + size.cells, area + size.rows * size.columns
        if cells > MAX_CELLS or area > MAX_AREA:
            corner = cell_name(size.rows - 1, size.columns - 1)
            raise Refused(messages.SHEET_TOO_LARGE.format(sheet=name, corner=corner))
    return {name: traits[part] for part, name in names.items() if part in traits}


class _ColumnNumbers(dict[str, int]):
    """`{"A": 0, "AB": 27}`, filled as columns are met."""

    def __missing__(self, letters: str) -> int:
        number = column_number(letters[:4])  # one more than there may be: a million would take long to be a number
        if not (letters.isascii() and letters.isalpha() and letters.isupper() and number < LAST_COLUMN):
            raise Refused(messages.NO_SUCH_COLUMN.format(letters=letters[:9]))
        self[letters] = number
        return number


class _Tags(dict[str, str]):
    """Names of elements without their prefixes, which calamine does not look at."""

    def __missing__(self, name: str) -> str:
        self[name] = tag = name.rpartition(":")[2]
        return tag


class _Sheet:
    """Gathers the traits of a sheet from its XML.

    Every element calls `start` and `end`, so a plain cell must cost little: only formulas and errors listen to texts.
    Where calamine would look for cells is decided by `sheetData` alone, whatever the part calls itself.
    """

    def __init__(self, parser: expat.XMLParserType, styles: dict[str, str]):
        self.parser, self.styles = parser, styles
        self.traits = Traits()
        self.columns = _ColumnNumbers()
        self.tags = _Tags()
        self.row = self.column = -1
        self.wide = 0  # columns in all ranges of columns together
        self.row_digits = ""
        self.is_in_cell = False
        self.cell: dict[str, str] = {}
        self.texts: dict[str, str] = {}
        self.tag = ""
        parser.StartElementHandler = self.start_outside

    def start_outside(self, name: str, attributes: dict[str, str]) -> None:
        tag = self.tags[name]
        if tag == "col":
            self.start_columns(attributes)
        elif tag == "sheetData":
            self.parser.StartElementHandler, self.parser.EndElementHandler = self.start, self.end

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = self.tags[name]
        if tag == "c":
            if self.is_in_cell:
                raise _nested()
            self.is_in_cell = True
            self.cell = attributes
            self.move(attributes.get("r"))
        elif tag == "v":
            self.fill()
            if self.styles and (code := self.styles.get(self.cell.get("s", "0"))):
                self.traits.formats[self.row, self.column] = code
            if self.texts or self.cell.get("t") == "e":
                self.listen("v")
        elif tag == "row":
            if self.is_in_cell:
                raise _nested()
            self.start_row(attributes)
        elif tag == "is":
            self.fill()
        elif tag == "f":
            self.fill()
            self.listen("f")

    def start_row(self, attributes: dict[str, str]) -> None:
        self.row = _number(attributes.get("r", self.row + 2), LAST_ROW) - 1
        self.row_digits = str(self.row + 1)
        self.column = -1
        if attributes.get("hidden") in ("1", "true"):
            self.traits.hidden_rows.add(self.row)

    def start_columns(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden") in ("1", "true") or attributes.get("width") == "0":
            first, last = (_number(attributes.get(end, ""), LAST_COLUMN) for end in ("min", "max"))
            self.wide += max(last - first, 0) + 1  # of each column there is one description
            if self.wide > LAST_COLUMN:
                raise Refused(messages.TOO_MANY_HIDDEN_COLUMNS)
            self.traits.hidden_columns.update(range(first - 1, last))

    def move(self, name: str | None) -> None:
        """To the cell of this name; without one, to the next in its row."""
        if name is None:
            self.column += 1
            return
        letters = name.rstrip(DIGITS)
        self.column = self.columns[letters]
        if (digits := name[len(letters) :]) != self.row_digits:
            self.row = _number(digits, LAST_ROW) - 1
            self.row_digits = digits

    def fill(self) -> None:
        traits = self.traits
        traits.cells += 1
        if self.row >= traits.rows:
            traits.rows = self.row + 1
        if self.column >= traits.columns:
            traits.columns = self.column + 1

    def listen(self, tag: str) -> None:
        """To the texts of this element."""
        self.tag = tag
        self.texts[tag] = ""
        self.parser.CharacterDataHandler = self.hear

    def hear(self, text: str) -> None:
        if self.tag and len(self.texts[self.tag]) < MAX_RAW:  # more is not shown
            self.texts[self.tag] += text[:MAX_RAW]

    def end(self, name: str) -> None:
        self.tag = ""
        tag = self.tags[name]
        if tag == "c":
            self.is_in_cell = False
            if self.texts:
                self.judge()
        elif tag == "sheetData":
            self.parser.StartElementHandler, self.parser.EndElementHandler = self.start_outside, None

    def judge(self) -> None:
        """A cell that has a formula or an error: is it a fault?"""
        result, kind = self.texts.get("v"), self.cell.get("t")
        if kind == "e":
            self.traits.faults[self.row, self.column] = Fault.error(result or "#VALUE!")
        elif not result and (result is None or kind != "str"):  # an empty text is a result too
            self.traits.faults[self.row, self.column] = Fault.no_result(f"={self.texts['f']}")
        self.texts = {}
        self.parser.CharacterDataHandler = None


def _traits(content: bytes, part: ZipInfo, styles: dict[str, str]) -> Traits:
    parser = parser_of()
    sheet = _Sheet(parser, styles)
    feed(parser, content, part)
    return sheet.traits


def sheet_names(content: bytes, parts: dict[str, ZipInfo]) -> dict[str, str]:
    """`{"xl/worksheets/sheet1.xml": "予算額"}`, as the workbook and its relations say."""
    if _RELATIONS not in parts:
        raise Refused(messages.NO_SHEET_LIST)
    targets = {
        attributes.get("Id"): normpath(join("xl", attributes.get("Target", ""))).lstrip("/")
        for tag, attributes in elements(content, parts[_RELATIONS])
        if tag == "Relationship"
    }
    names = {}
    for tag, attributes in elements(content, parts[_WORKBOOK]):
        if tag == "sheet":
            relation = next((value for key, value in attributes.items() if key.endswith(":id")), None)
            names[targets.get(relation, "")] = attributes.get("name", "")
    if len(set(names.values())) < len(names):
        raise Refused(messages.SHEETS_NAMED_ALIKE)
    return names


def _nested() -> Refused:
    return Refused(messages.NESTED_CELLS)


def _number(digits: str | int, last: int) -> int:
    """A row's or column's number. Raises Refused outside 1 to `last`."""
    number = int(digits) if str(digits).isascii() and str(digits).isdecimal() and len(str(digits)) < 9 else 0
    if not 1 <= number <= last:
        raise Refused(messages.NO_SUCH_ROW_OR_COLUMN.format(number=str(digits)[:9]))
    return number
