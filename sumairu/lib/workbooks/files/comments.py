"""Comments at the cells of today's workbooks: the old ones (now called notes) and threads of them.

Excel keeps a thread twice, the second time as an old comment that begins with words about newer versions of Excel; of a
cell that has both, the thread counts.
"""

from posixpath import dirname, join, normpath
from zipfile import ZipInfo

from sumairu.lib.workbooks.addresses import Place, place_of
from sumairu.lib.workbooks.files.admission import directory
from sumairu.lib.workbooks.files.cells import LONGEST_NOTE, note_of
from sumairu.lib.workbooks.files.markup import elements, feed, parser_of
from sumairu.lib.workbooks.files.scan import sheet_names


def notes_by_sheet(content: bytes) -> dict[str, dict[Place, str]]:
    """`{"予算額": {(4, 1): "山田:\\n決算見込みではない"}}`. Raises Refused."""
    parts = {part.filename: part for part in directory(content)}
    notes = {}
    for path, name in sheet_names(content, parts).items():
        old: dict[str, str] = {}
        threads: dict[str, str] = {}
        for kind, target in dict.fromkeys(_related(content, parts, path)):  # the same part again says nothing more
            if target in parts and kind == "comments":
                _gather(content, parts[target], "comment", "t", old)
            elif target in parts and kind == "threadedComment":
                _gather(content, parts[target], "threadedComment", "text", threads)
        texts = {place_of(cell): note_of(text) for cell, text in {**old, **threads}.items()}
        notes[name] = {place: text for place, text in texts.items() if place and text}
    return notes


def _related(content: bytes, parts: dict[str, ZipInfo], path: str) -> list[tuple[str, str]]:
    """What a sheet says belongs to it: the last word of its type, and the part."""
    folder, _, file = path.rpartition("/")
    relations = parts.get(f"{folder}/_rels/{file}.rels")
    if relations is None:
        return []
    return [
        (
            attributes.get("Type", "").rpartition("/")[2],
            normpath(join("/" + dirname(path), attributes.get("Target", ""))).lstrip("/"),
        )
        for tag, attributes in elements(content, relations)
        if tag == "Relationship"
    ]


def _gather(content: bytes, part: ZipInfo, comment: str, text: str, found: dict[str, str]) -> None:
    """Add to `found` the texts of each element `comment` by the cell that it names, one line for each of a thread.

    Of the readings over kanji (`rPh`), nothing.
    """
    parser = parser_of()
    cell = ""
    inside: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal cell
        inside.append(name.rpartition(":")[2])
        if inside[-1] == comment:
            cell = attributes.get("ref", "")
            found[cell] = f"{found[cell]}\n" if found.get(cell) else ""

    def hear(words: str) -> None:
        if inside and inside[-1] == text and "rPh" not in inside and len(found.get(cell, "")) < LONGEST_NOTE:
            found[cell] = found.get(cell, "") + words

    def end(_name: str) -> None:
        inside.pop()

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, hear
    feed(parser, content, part)
