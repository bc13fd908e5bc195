"""Styles of OpenDocument: which sheets they hide, and the number formats that change what a number means.

A format is written there as the things that it is made of; here it becomes the code that Excel would have for it.
"""

from collections.abc import Callable
from functools import cache
from xml.parsers import expat

from sumairu.lib.workbooks.files.formats import LONGEST_FORMAT, Telling, admit_format

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_STYLE, _NUMBER, _TABLE = f"{_OASIS}style:1.0 ", f"{_OASIS}datastyle:1.0 ", f"{_OASIS}table:1.0 "
_PERCENTAGE = f"{_NUMBER}percentage-style"
_FORMATS = {_PERCENTAGE} | {
    f"{_NUMBER}{kind}-style" for kind in ("number", "currency", "date", "time", "boolean", "text")
}
_THOUSANDS = {"1": "", "1000": ",", "1000000": ",,", "1000000000": ",,,"}
# A code that cannot be taken apart.
_ODD = "[?]"
_LITERALS = {f"{_NUMBER}text", f"{_NUMBER}currency-symbol"}
_OTHERS = {f"{_NUMBER}text-content": "@", f"{_NUMBER}fill-character": "", f"{_NUMBER}boolean": ""}


class Styles:
    """What the styles in `styles.xml` and `content.xml` say, gathered as they are read."""

    def __init__(self, telling: Telling) -> None:
        self.telling = telling
        self.hidden_sheets: set[str] = set()
        self.codes: dict[str, str] = {}
        self.conditions: dict[str, dict[str, str]] = {}
        self.parents: dict[str, str] = {}
        self.formats: dict[str, str] = {}
        self.style = self.format = self.kind = ""
        self.pieces: list[str] = []
        self.text: str | None = None
        self.telling_format = cache(self._telling_format)

    def listen(self, parser: expat.XMLParserType, until: str = "", then: Callable[[], None] | None = None) -> None:
        """To a part, up to the element `until`, with which `then` is called."""

        def start(name: str, attributes: dict[str, str]) -> None:
            if name == until and then is not None:
                then()
            else:
                self.start(name, attributes)

        parser.StartElementHandler, parser.EndElementHandler = start, self.end
        parser.CharacterDataHandler = self.hear

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in _FORMATS:
            self.format, self.kind, self.pieces = attributes.get(f"{_STYLE}name", ""), name, []
        elif self.format:
            self.start_in_format(name, attributes)
        elif name == f"{_STYLE}style":
            self.style = attributes.get(f"{_STYLE}name", "")
            if attributes.get(f"{_STYLE}family") == "table-cell":
                self.parents[self.style] = attributes.get(f"{_STYLE}parent-style-name", "")
                if format := attributes.get(f"{_STYLE}data-style-name"):
                    self.formats[self.style] = format
        elif name == f"{_STYLE}table-properties" and attributes.get(f"{_TABLE}display") == "false":
            self.hidden_sheets.add(self.style)

    def start_in_format(self, name: str, attributes: dict[str, str]) -> None:
        if name == f"{_NUMBER}number":
            factor = _THOUSANDS.get(attributes.get(f"{_NUMBER}display-factor", "1"))
            self.pieces.append(_ODD if factor is None else f"{_digits(attributes)}{factor}")
        elif name in _LITERALS:
            self.text = ""
        elif name == f"{_STYLE}map":
            condition = "".join(attributes.get(f"{_STYLE}condition", "").split())
            self.conditions.setdefault(self.format, {})[condition] = attributes.get(f"{_STYLE}apply-style-name", "")
        elif name.startswith(_NUMBER):
            self.pieces.append(_OTHERS.get(name, _ODD))

    def hear(self, text: str) -> None:
        if self.text is not None:
            self.text += text[: LONGEST_FORMAT + 1 - len(self.text)]

    def end(self, name: str) -> None:
        if name in _LITERALS and self.text is not None:
            self.pieces.append(_literal(self.text, is_percentage=self.kind == _PERCENTAGE))
            self.text = None
        elif name in _FORMATS:
            self.codes[self.format] = admit_format("".join(self.pieces))
            self.format = ""

    def _telling_format(self, style: str) -> str | None:
        """The code of the format that a cell of this style has, where it is `telling`."""
        for _ in range(100):  # no style has so many parents, unless they go in a circle
            if style in self.formats or style not in self.parents:
                break
            style = self.parents[style]
        code = self._code(self.formats.get(style, ""))
        return code if self.telling(code) else None

    def _code(self, format: str) -> str:
        """The code for numbers above zero."""
        conditions = self.conditions.get(format, {})
        for condition in ("value()>0", "value()>=0"):
            if condition in conditions:
                return self.codes.get(conditions[condition], _ODD)
        return self.codes.get(format, "") if conditions.keys() <= {"value()<0", "value()=0"} else _ODD


def _digits(attributes: dict[str, str]) -> str:
    digits = "#,##0" if attributes.get(f"{_NUMBER}grouping") == "true" else "0"
    places = attributes.get(f"{_NUMBER}decimal-places", "0")
    return digits if places in ("", "0") or not places.isdecimal() else f"{digits}.{'0' * min(int(places), 15)}"


def _literal(text: str, is_percentage: bool) -> str:
    """In quotes; the sign of a percentage, by which a number is shown a hundred times what it is, stays bare."""
    text = text.replace('"', "").replace("￥", "¥")
    parts = text.split("%") if is_percentage else [text]
    return "%".join(f'"{part}"' if part else "" for part in parts)
