"""Footnotes that are digits raised behind a number or name: in the file 234 with a raised 1 is the text 2341.

>>> with_raised([("234", False), ("1)", True)]), with_raised([("釧路市", False), ("注1", True)]), with_raised([("km", False), ("2", True)])
('234¹⁾', '釧路市 注1', 'km²')
"""

from collections.abc import Iterable

from sumairu.lib.workbooks.files.admission import directory, inflated
from sumairu.lib.workbooks.files.markup import feed, parser_of

_SHARED = "xl/sharedStrings.xml"
_RAISED = str.maketrans("0123456789()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾")


def with_raised(runs: Iterable[tuple[str, bool]]) -> str:
    """A text of runs, each raised or not: raised digits as characters that are no digits."""
    return "".join(_raised(text) if is_raised else text for text, is_raised in runs)


def raised_texts(content: bytes) -> dict[str, str]:
    """What an .xlsx has raised something in, by what calamine makes of it; what also stands there plain gets a 「?」."""
    part = next((part for part in directory(content) if part.filename == _SHARED), None)
    if part is None or not any(b"superscript" in chunk for chunk in inflated(content, part)):
        return {}
    strings = _Strings()
    parser = parser_of()
    parser.StartElementHandler, parser.EndElementHandler = strings.start, strings.end
    parser.CharacterDataHandler = strings.hear
    feed(parser, content, part)
    return {text: f"{text}?" if text in strings.plain else raised for text, raised in strings.raised.items()}


class _Strings:
    """Gathers the shared texts of a workbook."""

    def __init__(self) -> None:
        self.plain: set[str] = set()
        self.raised: dict[str, str] = {}
        self.runs: list[tuple[str, bool]] = []
        self.is_raised = self.is_heard = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match name.rpartition(":")[2]:
            case "si":
                self.runs, self.is_raised = [], False
            case "r":
                self.is_raised = False
            case "vertAlign":
                self.is_raised = attributes.get("val") == "superscript"
            case "t":
                self.is_heard = True
            case "rPh":  # how it is read, which is no part of it
                self.runs.append(("\0", False))

    def end(self, name: str) -> None:
        match name.rpartition(":")[2]:
            case "t":
                self.is_heard = False
            case "rPh":
                while self.runs and self.runs.pop() != ("\0", False):
                    pass
            case "si":
                text = "".join(text for text, _ in self.runs)
                if any(is_raised for _, is_raised in self.runs):
                    self.raised[text] = with_raised(self.runs)
                else:
                    self.plain.add(text)

    def hear(self, text: str) -> None:
        if self.is_heard:
            self.runs.append((text, self.is_raised))


def _raised(text: str) -> str:
    return text.translate(_RAISED) if text.strip("0123456789(), ") == "" else f" {text}"
