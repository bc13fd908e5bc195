"""Texts that Excel centres across several cells without merging these: they name all of them, as a merged one would.

Looked for above the first number of a sheet, where tables are named: below it, a blank cell may be a value that is
missing.
"""

from collections.abc import Iterable
from contextlib import suppress
from zipfile import ZipInfo

from sumairu.lib.workbooks.addresses import Place, place_of
from sumairu.lib.workbooks.files.admission import directory
from sumairu.lib.workbooks.files.markup import elements, feed, parser_of
from sumairu.lib.workbooks.files.scan import sheet_names

# No table is named so far down.
DEEPEST_ROW = 200

_STYLES = "xl/styles.xml"
_TEXTS = ("s", "str", "inlineStr")

Ranges = list[tuple[Place, Place]]


def centred_by_sheet(content: bytes) -> dict[str, Ranges]:
    """`{"予算額": [((2, 1), (2, 4))]}`: from the first to the last cell of each text, sheet by sheet. Raises Refused."""
    parts = {part.filename: part for part in directory(content)}
    styles = _centring(elements(content, parts[_STYLES])) if _STYLES in parts else set()
    if not styles:
        return {}
    names = sheet_names(content, parts)
    return {name: _ranges(content, parts[path], styles) for path, name in names.items() if path in parts}


class Centred:
    """Gathers ranges from cells as they follow one another."""

    def __init__(self) -> None:
        self.last_of: dict[Place, Place] = {}
        self.first = self.last = (-1, -1)

    def see(self, place: Place, *, is_centred: bool, is_blank: bool) -> None:
        """The next cell that has a value, or a look."""
        row, column = self.last
        if is_centred and is_blank and place == (row, column + 1):
            self.last_of[self.first] = self.last = place
        elif is_centred and not is_blank:
            self.first = self.last = place
        else:
            self.last = (-1, -1)

    @property
    def ranges(self) -> Ranges:
        return list(self.last_of.items())


class _Enough(Exception):
    """There is a number, or so much without one that none is waited for."""


def _centring(elements: Iterable[tuple[str, dict[str, str]]]) -> set[str]:
    """The numbers by which cells name the styles that centre so."""
    found = set()
    number = -1
    is_of_cells = False
    for tag, attributes in elements:
        if tag == "cellXfs":
            is_of_cells = True
        elif is_of_cells and tag == "xf":
            number += 1
        elif is_of_cells and tag == "alignment" and attributes.get("horizontal") == "centerContinuous":
            found.add(str(number))
        elif tag in ("cellStyles", "dxfs"):
            break
    return found


def _ranges(content: bytes, part: ZipInfo, styles: set[str]) -> Ranges:
    parser = parser_of()
    centred = Centred()
    cell: dict[str, str] = {}
    is_blank = True

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal cell, is_blank
        tag = name.rpartition(":")[2]
        if tag == "c":
            cell, is_blank = attributes, True
        elif tag in ("v", "is"):
            is_blank = False

    def end(name: str) -> None:
        if name.rpartition(":")[2] != "c":
            return
        if not is_blank and cell.get("t") not in _TEXTS:
            raise _Enough
        place = place_of(cell.get("r", ""))
        if place and place[0] > DEEPEST_ROW:
            raise _Enough
        if place:
            centred.see(place, is_centred=cell.get("s") in styles, is_blank=is_blank)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    with suppress(_Enough):
        feed(parser, content, part)
    return centred.ranges
