"""The XML in a workbook's parts, streamed: nothing of it is kept but what its handlers keep, and no entity is ever read."""

from xml.parsers import expat
from zipfile import ZipInfo

from sumairu.lib.workbooks import messages
from sumairu.lib.workbooks.files.admission import Refused, inflated


def parser_of(namespace_separator: str | None = None) -> expat.XMLParserType:
    """A parser that refuses declarations of a document's type, and so of entities."""
    parser = expat.ParserCreate(namespace_separator=namespace_separator)
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    return parser


def feed(parser: expat.XMLParserType, content: bytes, part: ZipInfo) -> None:
    """Let `parser` see a whole part. Raises Refused where that is no XML."""
    try:
        for chunk in inflated(content, part):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError) as error:  # the last two for encodings that expat does not know
        raise not_xml(part) from error


def not_xml(part: ZipInfo) -> Refused:
    return Refused(messages.PART_NO_XML.format(part=part.filename))


def elements(content: bytes, part: ZipInfo) -> list[tuple[str, dict[str, str]]]:
    """Every element of a small part: its name without prefix, and its attributes."""
    found: list[tuple[str, dict[str, str]]] = []
    parser = parser_of()
    parser.StartElementHandler = lambda name, attributes: found.append((name.rpartition(":")[2], attributes))
    feed(parser, content, part)
    return found


def _refuse_doctype(*_: object) -> None:
    raise Refused(messages.HAS_DOCTYPE)
