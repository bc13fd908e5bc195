"""What openpyxl does not keep: what formulas came to when the workbook was saved, and every digit of a number."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl.cell import _writer
from openpyxl.utils import range_boundaries

from sumairu.lib.workbooks.files.admission import directory
from sumairu.lib.workbooks.files.markup import feed, parser_of
from sumairu.lib.workbooks.files.scan import scan, sheet_names

_FORMULA = re.compile(rb'<c r="([A-Z]+[0-9]+)"([^>]*)>(<f[ >].*?</f>)<v\s*(?:/>|></v>)', re.DOTALL)


@dataclass
class SheetResults:
    """Of a sheet's XML: type and text of what each formula came to when it was saved, and how many cells are merged."""

    results: dict[str, tuple[str, str]]
    merged: int = 0


def sheets_results(content: bytes) -> dict[str, SheetResults]:
    """By the sheet's name. Refuses what would not fit into memory."""
    scan(content)
    parts = {part.filename: part for part in directory(content)}
    return {
        name: _sheet_results(content, parts[path])
        for path, name in sheet_names(content, parts).items()
        if path in parts
    }


def _sheet_results(content: bytes, part: ZipInfo) -> SheetResults:
    raw = SheetResults({})
    parser = parser_of()
    cell: dict[str, str] = {}
    has_formula = False
    texts: list[str] | None = None

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal cell, has_formula, texts
        tag = name.rpartition(":")[2]
        if tag == "c":
            cell, has_formula = attributes, False
        elif tag == "f":
            has_formula = True
        elif tag == "v" and has_formula:
            texts = []
        elif tag == "mergeCell":
            raw.merged += _area(attributes.get("ref", ""))

    def hear(text: str) -> None:
        if texts is not None:
            texts.append(text)

    def end(_name: str) -> None:
        nonlocal texts
        if texts is not None:
            raw.results[cell.get("r", "")] = cell.get("t", ""), "".join(texts)
            texts = None

    parser.StartElementHandler, parser.CharacterDataHandler, parser.EndElementHandler = start, hear, end
    feed(parser, content, part)
    return raw


def _area(ref: str) -> int:
    left, top, right, bottom = range_boundaries(ref)
    return int((right - left + 1) * (bottom - top + 1))


def saved(workbook: Any, raws: Mapping[str, SheetResults]) -> bytes:
    """The workbook with what its formulas came to, so that it is read as before if Excel never calculates it."""
    # openpyxl writes sixteen digits of a number, and Excel needs up to seventeen. Nothing else runs in this process.
    usual = _writer.safe_string
    _writer.safe_string = lambda value: repr(value) if type(value) is float else usual(value)
    written = BytesIO()
    workbook.save(written)
    content = written.getvalue()
    results = {sheet.path.removeprefix("/"): raws[sheet.title].results for sheet in workbook if sheet.title in raws}
    if not any(results.values()):
        return content
    out = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for part in old.infolist():
            text = old.read(part)
            if of_sheet := results.get(part.filename):
                text = _FORMULA.sub(partial(_with_result, of_sheet), text)
            new.writestr(part.filename, text)
    return out.getvalue()


def _with_result(results: Mapping[str, tuple[str, str]], formula: re.Match[bytes]) -> bytes:
    cell, attributes, inside = formula.groups()
    if (result := results.get(cell.decode())) is None:
        return formula[0]
    kind, text = result
    said = b' t="%b"' % kind.encode() if kind in ("str", "b", "e", "d") else b""
    return b'<c r="%b"%b%b>%b<v>%b</v>' % (cell, attributes, said, inside, escape(text).encode())
