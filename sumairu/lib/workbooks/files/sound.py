r"""Workbooks that Excel opens though their zip is not as the standard has it, made so that the readers here do as well.

Excel takes part names in any case and with backslashes, and looks at no `dimension`. Names keep their length, so they
are put right where they stand; a sheet with an odd dimension is written anew.

>>> plain_name("XL\\Worksheets\\Sheet1.xml")
'xl/worksheets/sheet1.xml'
"""

import re
import struct
from io import BytesIO
from posixpath import dirname, join, normpath
from zipfile import ZipFile, ZipInfo

from sumairu.lib.workbooks.files.admission import directory, inflated, plain_name
from sumairu.lib.workbooks.files.markup import elements

_FIXED = (
    "[Content_Types].xml",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/styles.xml",
    "xl/sharedStrings.xml",
)
_DIMENSION = re.compile(rb"<(?:\w+:)?dimension\b[^>]*?\bref\s*=\s*[\"']([^\"']*)[\"'][^>]*?/>")
_RANGE = re.compile(rb"\$?[A-Z]{1,3}\$?[1-9][0-9]{0,6}(?::\$?[A-Z]{1,3}\$?[1-9][0-9]{0,6})?")
_LOCAL, _CENTRAL = b"PK\x03\x04", b"PK\x01\x02"


def made_sound(content: bytes) -> bytes:
    """The same workbook; as it is where nothing in it is odd. Raises Refused."""
    return _without_odd_dimensions(_with_plain_names(content))


def _with_plain_names(content: bytes) -> bytes:
    """With the names of parts as the relations between them have them."""
    parts = directory(content)
    wanted = {plain_name(name): name for name in _FIXED}
    for part in parts:
        if plain_name(part.filename).endswith(".rels"):
            wanted |= {plain_name(name): name for name in _targets(content, part)}
    renamed = {}
    for part in parts:
        name = wanted.get(plain_name(part.filename), part.filename.replace("\\", "/"))
        if name != part.filename and len(name) == len(part.filename) and name.isascii():
            renamed[part.filename.encode()] = name.encode()
    if not renamed:
        return content
    sound = bytearray(content)
    for part in parts:
        _rename(sound, part.header_offset, _LOCAL, 26, 30, renamed)
    with ZipFile(BytesIO(content)) as package:
        place = package.start_dir
    for _ in parts:
        _rename(sound, place, _CENTRAL, 28, 46, renamed)
        place += 46 + sum(struct.unpack("<HHH", sound[place + 28 : place + 34]))
    return bytes(sound)


def _targets(content: bytes, part: ZipInfo) -> list[str]:
    """The parts that a part of relations names, as it writes them."""
    folder = dirname(dirname(part.filename.replace("\\", "/")))
    return [
        normpath(join(folder, attributes["Target"].replace("\\", "/"))).lstrip("/")
        for tag, attributes in elements(content, part)
        if tag == "Relationship" and attributes.get("TargetMode") != "External" and "Target" in attributes
    ]


def _rename(
    zipped: bytearray, place: int, mark: bytes, size_at: int, name_at: int, renamed: dict[bytes, bytes]
) -> None:
    if zipped[place : place + 4] != mark:
        return
    (size,) = struct.unpack("<H", zipped[place + size_at : place + size_at + 2])
    start = place + name_at
    name = bytes(zipped[start : start + size])
    zipped[start : start + size] = renamed.get(name, name)


def _without_odd_dimensions(content: bytes) -> bytes:
    odd = {}
    for part in directory(content):
        if part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml"):
            match = _DIMENSION.search(next(inflated(content, part), b"")[:4096])
            if match and not _RANGE.fullmatch(match[1]):
                odd[part.filename] = b"".join(inflated(content, part)).replace(match[0], b"", 1)
    if not odd:
        return content
    buffer = BytesIO()
    with ZipFile(BytesIO(content)) as package, ZipFile(buffer, "w") as sound:
        for part in package.infolist():
            sound.writestr(part, odd.get(part.filename) or b"".join(inflated(content, part)), part.compress_type)
    return buffer.getvalue()
