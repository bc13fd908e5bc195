"""How much the shared texts of a workbook say, each counted for every cell that shows it: a short file may say a lot.

calamine makes a text of its own for each such cell, so this is asked before it is. Nearly all workbooks pass by a look
at the bytes; only where texts are long, or cells many, are both counted.
"""

from collections.abc import Iterable
from zipfile import ZipInfo

from sumairu.lib.workbooks.files.admission import directory, inflated
from sumairu.lib.workbooks.files.cells import LONGEST_TEXT, MAX_TEXT, text_too_long, too_much_text
from sumairu.lib.workbooks.files.markup import feed, parser_of
from sumairu.lib.workbooks.files.scan import sheet_names

_SHARED = "xl/sharedStrings.xml"
# The end of a text, whatever prefix its element has.
_END = b"si>"


def admit_shared_texts(content: bytes, cells: int) -> None:
    """Raise Refused, naming a cell, where texts are too long or say too much in all. `cells` are those of all sheets."""
    parts = {part.filename: part for part in directory(content)}
    if _SHARED not in parts:
        return
    longest = _longest(inflated(content, parts[_SHARED]))
    if longest > LONGEST_TEXT or longest * cells > MAX_TEXT:
        room = _Room(_lengths(content, parts[_SHARED]))
        for path, name in sheet_names(content, parts).items():
            if path in parts:
                room.take(content, parts[path], name)


def _longest(chunks: Iterable[bytes]) -> int:
    """Bytes between the ends of two texts, at most; a text that reaches into another chunk is counted for both."""
    longest = begun = 0
    for chunk in chunks:
        first, *others = (len(piece) for piece in chunk.split(_END))
        begun += first
        longest = max(longest, begun, *others)
        begun = others[-1] if others else begun
    return longest


def _lengths(content: bytes, part: ZipInfo) -> list[int]:
    """The letters of each text, readings over kanji among them."""
    lengths: list[int] = []
    parser = parser_of()

    def start(name: str, _: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "si":
            lengths.append(0)

    def hear(text: str) -> None:
        if lengths:
            lengths[-1] += len(text)

    parser.StartElementHandler, parser.CharacterDataHandler = start, hear
    feed(parser, content, part)
    return lengths


class _Room:
    def __init__(self, lengths: list[int]) -> None:
        self.lengths = lengths
        self.letters = 0

    def take(self, content: bytes, part: ZipInfo, sheet: str) -> None:
        """Count the texts of a sheet. Raises Refused."""
        parser = parser_of()
        cell: dict[str, str] = {}
        number: list[str] | None = None

        def start(name: str, attributes: dict[str, str]) -> None:
            nonlocal cell, number
            tag = name.rpartition(":")[2]
            if tag == "c":
                cell = attributes
            elif tag == "v" and cell.get("t") == "s":
                number = []

        def hear(text: str) -> None:
            if number is not None and len(number) < 2:
                number.append(text)

        def end(_: str) -> None:
            nonlocal number
            if number is not None:
                self.count("".join(number).strip(), sheet, cell.get("r", ""))
                number = None

        parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, hear
        feed(parser, content, part)

    def count(self, digits: str, sheet: str, cell: str) -> None:
        known = digits.isascii() and digits.isdecimal() and len(digits) < 9 and int(digits) < len(self.lengths)
        letters = self.lengths[int(digits)] if known else 0
        if letters > LONGEST_TEXT:
            raise text_too_long(sheet, cell[:20], letters)
        self.letters += letters
        if self.letters > MAX_TEXT:
            raise too_much_text(sheet, cell[:20])
