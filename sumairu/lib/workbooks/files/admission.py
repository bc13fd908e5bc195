"""What kind of file an upload is, and whether it may be opened: the only step that the web process takes.

Nothing is unpacked here. A zip is judged by its directory alone, which may lie: `inflated` counts again when the
reading process unpacks it.

>>> admit("制度名,R3年度".encode(), "予算.csv")
'csv'
>>> admit(b"%PDF-1.7", "予算.pdf")
Traceback (most recent call last):
    ...
sumairu.lib.workbooks.files.admission.Refused: これはPDFで、Excelブックではありません。数値の入ったもとの表のファイル（.xlsx など）を選んでください。
"""

import re
import struct
import zlib
from codecs import BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, LargeZipFile, ZipFile, ZipInfo

from sumairu.lib.workbooks import messages

MEGABYTE = 1024 * 1024
MAX_BYTES = 20 * MEGABYTE
MAX_UNPACKED_BYTES = 400 * MEGABYTE
MAX_PARTS = 5_000
# Deflate cannot pass 1,032 to 1; sheets that Excel writes stay below 60 to 1. Small parts may do as they like.
MAX_RATIO = 250
MIN_BYTES_FOR_RATIO = 4 * MEGABYTE

CHUNK = 256 * 1024

# What can be read, and what such a file is called where one asks for its media type.
XLSX, XLSM, XLS, ODS, CSV = "xlsx", "xlsm", "xls", "ods", "csv"
MEDIA_TYPES = {
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    XLSM: "application/vnd.ms-excel.sheet.macroEnabled.12",
    XLS: "application/vnd.ms-excel",
    ODS: "application/vnd.oasis.opendocument.spreadsheet",
    CSV: "text/csv",
}
EXTENSIONS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv")

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_SIGNATURES = (
    (b"%PDF-", "PDF"),
    (b"\x89PNG", messages.PNG),
    (b"\xff\xd8\xff", messages.JPEG),
    (b"GIF8", messages.GIF),
    (b"BM", messages.BMP),
    (b"II*\x00", messages.TIFF),
    (b"MM\x00*", messages.TIFF),
    (b"{\\rtf", messages.RTF),
    (b"7z\xbc\xaf", messages.SEVEN_ZIP),
    (b"Rar!", messages.RAR),
    (b"\x1f\x8b", messages.GZIP),
)


# A web page with all that belongs to it, as Excel saves one under the name of a workbook.
_MHTML = re.compile(
    rb"\A(?:[\w-]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)*?(?:MIME-Version:|Content-Type:\s*multipart/related)", re.I
)


class Refused(Exception):
    """The file cannot be read at all. The message says in Japanese what is wrong, and what to do now."""


def refuse_too_large(size: int, name: str) -> None:
    """Raises Refused for a file of more bytes than are ever read, with advice that fits a file of this name."""
    if size > MAX_BYTES:
        too_large = messages.TEXT_TOO_LARGE if _is_called_text(name) else messages.FILE_TOO_LARGE
        raise Refused(too_large.format(size=size / MEGABYTE, most=MAX_BYTES // MEGABYTE))


def admit(content: bytes, name: str) -> str:
    """The format of a workbook within the limits (XLSX …); raise Refused for any other file.

    `name` tells nothing but that a text is a table.
    """
    if not content:
        raise Refused(messages.EMPTY_FILE)
    refuse_too_large(len(content), name)
    if content.startswith(_OLE):
        return _admit_ole(content)
    if not content.startswith(_ZIP):
        return _admit_text(content, name)
    parts = directory(content)
    _admit_sizes(parts, len(content))
    return _admit_package(content, {plain_name(part.filename) for part in parts})


def directory(content: bytes) -> list[ZipInfo]:
    """The parts that a zip's directory names, encrypted or ambiguous ones refused."""
    try:
        with ZipFile(BytesIO(content)) as package:
            parts = package.infolist()
    except (BadZipFile, LargeZipFile, ValueError, struct.error, NotImplementedError, OverflowError) as error:
        raise Refused(messages.NO_ZIP) from error
    if any(part.flag_bits & 0x1 for part in parts):
        raise Refused(messages.ZIP_LOCKED)
    if len({plain_name(part.filename) for part in parts}) < len(parts):
        raise Refused(messages.PARTS_NAMED_ALIKE)
    return parts


def plain_name(name: str) -> str:
    """A part's name as Excel compares it."""
    return name.replace("\\", "/").casefold()


def inflated(content: bytes, part: ZipInfo) -> Iterator[bytes]:
    """The bytes of a part in chunks, counted as they come: the directory's sizes and checksum must be the truth."""
    start = part.header_offset
    header = content[start : start + 30]
    if len(header) < 30 or header[:4] != b"PK\x03\x04":
        raise Refused(messages.PART_MISPLACED.format(part=part.filename))
    start += 30 + sum(struct.unpack("<HH", header[26:30]))
    packed = memoryview(content)[start : start + part.compress_size]
    size = checksum = 0
    for chunk in _unpacked(packed, part):
        size += len(chunk)
        checksum = zlib.crc32(chunk, checksum)
        if size > part.file_size:
            raise Refused(messages.PART_LARGER_THAN_SAID.format(part=part.filename))
        yield chunk
    if size != part.file_size or checksum != part.CRC:
        raise Refused(messages.PART_CUT_OFF.format(part=part.filename))


def _unpacked(packed: memoryview, part: ZipInfo) -> Iterator[bytes]:
    if part.compress_type == ZIP_STORED:
        for start in range(0, len(packed), CHUNK):
            yield bytes(packed[start : start + CHUNK])
        return
    if part.compress_type != ZIP_DEFLATED:
        raise Refused(messages.ODD_COMPRESSION)
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for start in range(0, len(packed), CHUNK):  # in slices, as what is not yet taken is copied at every turn
            waiting: bytes | memoryview = packed[start : start + CHUNK]
            while chunk := stream.decompress(waiting, CHUNK):
                yield chunk
                waiting = stream.unconsumed_tail
    except zlib.error as error:
        raise Refused(messages.PART_NOT_INFLATED.format(part=part.filename)) from error


def _admit_package(content: bytes, names: set[str]) -> str:
    if "xl/workbook.xml" in names:
        has_macros = any(name.endswith("vbaproject.bin") for name in names)
        return XLSM if has_macros else XLSX
    if "xl/workbook.bin" in names:
        raise Refused(messages.BINARY_WORKBOOK)
    if b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet" in content[:200]:
        if "content.xml" in names:
            return ODS
        raise Refused(messages.LOCKED if "encrypted-package" in names else messages.NO_CONTENT)
    for folder, what in (("word/", messages.WORD), ("ppt/", messages.SLIDES)):
        if any(name.startswith(folder) for name in names):
            raise Refused(messages.ANOTHER_KIND_OF_FILE.format(what=what))
    raise Refused(messages.ANOTHER_ZIP)


def _admit_sizes(parts: list[ZipInfo], size: int) -> None:
    unpacked = sum(part.file_size for part in parts)
    if (
        len(parts) > MAX_PARTS
        or unpacked > MAX_UNPACKED_BYTES
        or any(
            part.file_size > MIN_BYTES_FOR_RATIO and part.file_size > MAX_RATIO * max(part.compress_size, 1)
            for part in parts
        )
        or sum(part.compress_size for part in parts) > size
    ):
        raise Refused(messages.UNPACKS_TOO_LARGE.format(size=size / MEGABYTE, unpacked=unpacked / MEGABYTE))


def _admit_ole(content: bytes) -> str:
    """Of the container that both old and encrypted Office files use, admit old workbooks."""
    if has_entry(content, "EncryptedPackage"):
        raise Refused(messages.LOCKED)
    if has_entry(content, "Workbook") or has_entry(content, "Book"):
        return XLS
    raise Refused(messages.ANOTHER_OLD_FILE)


def has_entry(content: bytes, name: str) -> bool:
    """Has the container a storage or stream of this name? Entries are 128 bytes, aligned: name, its length, 1 or 2."""
    encoded = (name + "\0").encode("utf-16-le")
    at = content.find(encoded)
    while at >= 0:
        if (
            at % 128 == 0
            and content[at + 64 : at + 66] == struct.pack("<H", len(encoded))
            and content[at + 66] in (1, 2)
        ):
            return True
        at = content.find(encoded, at + 1)
    return False


def _admit_text(content: bytes, name: str) -> str:
    """Of what is neither a zip nor an old Office file, admit a table of texts that is called one."""
    start = content[:4096]
    for signature, what in _SIGNATURES:
        if content.startswith(signature) and (signature != b"BM" or b"\0" in start[:16]):
            raise Refused(messages.ANOTHER_KIND_OF_FILE.format(what=what))
    lower = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if _MHTML.search(start):
        raise Refused(messages.WEB_PAGE)
    if lower.startswith((b"<html", b"<!doctype html", b"<table", b"<meta")):
        raise Refused(messages.WEB_PAGE)
    if b"urn:schemas-microsoft-com:office:spreadsheet" in lower:
        raise Refused(messages.XML_SPREADSHEET)
    if b"urn:oasis:names:tc:opendocument" in lower:
        raise Refused(messages.FLAT_OPEN_DOCUMENT)
    if _is_called_text(name):
        return CSV
    if _is_text(start):
        raise Refused(messages.PLAIN_TEXT)
    raise Refused(messages.NO_WORKBOOK)


def _is_called_text(name: str) -> bool:
    return name.casefold().endswith((".csv", ".tsv"))


def _is_text(start: bytes) -> bool:
    """Text in UTF-8, CP932 or UTF-16, as far as its start tells."""
    if start.startswith((BOM_UTF16_BE, BOM_UTF16_LE)):
        return True
    for encoding in ("utf-8", "cp932"):
        try:
            getincrementaldecoder(encoding)().decode(start)  # which waits for the rest of a character cut in two
        except UnicodeDecodeError:
            continue
        return b"\0" not in start
    return False
