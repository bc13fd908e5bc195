"""Files beside a text: is the content what the name says, and without what its writer does not mean to give away.

Photos lose where and with what they were taken, Word and Excel files the names of who wrote and saved them. What stands in
comments or tracked changes of an Office file, and in a PDF, is left as it is: the form says so.

>>> cleaned("pdf", b"%PDF-1.7") == b"%PDF-1.7"
True
>>> cleaned("pdf", b"GIF89a")
Traceback (most recent call last):
sumairu.lib.pictures.Unfit: 中身がPDFではありません。もとのファイルを確かめてください。
"""

import re
import struct
import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from sumairu.lib.pictures import Unfit, is_picture, stripped

MEGABYTE = 1024**2
MOST_UNPACKED, MOST_PARTS = 100 * MEGABYTE, 5_000

# Where an Office file keeps its text: without it, it is another kind of file.
_HEART = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
_NAMES = {
    "docProps/core.xml": ("dc:creator", "cp:lastModifiedBy"),
    "docProps/app.xml": ("Company", "Manager"),
}
_TYPES = {"pdf": "PDF", "xlsx": "Excel", "docx": "Word", "csv": "CSV", "png": "画像", "jpg": "画像", "jpeg": "画像"}


def file_words(name: str, size: int) -> str:
    """What somebody who takes a file wants to know before.

    >>> file_words("様式.xlsx", 42_000), file_words("要綱.PDF", 3_500_000), file_words("x", 10)
    ('Excel、41 KB', 'PDF、3.3 MB', '1 KB')
    """
    words = f"{size / MEGABYTE:.1f} MB" if size >= MEGABYTE else f"{max(size // 1024, 1):,} KB"
    return "、".join(filter(None, [_TYPES.get(name.rpartition(".")[2].lower(), ""), words]))


def cleaned(extension: str, content: bytes) -> bytes:
    """`content`, of which the name ends in `extension`, as it can be given to anybody; `Unfit` where it cannot."""
    if is_picture(extension):
        return stripped(extension, content)
    if extension in _HEART:
        return _office(extension, content)
    if extension == "csv":
        return _table(content)
    if not content.startswith(b"%PDF-"):
        raise _other(extension)
    return content


def _other(extension: str) -> Unfit:
    return Unfit(f"中身が{extension.upper()}ではありません。もとのファイルを確かめてください。")


def _office(extension: str, content: bytes) -> bytes:
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unfit(
            "パスワードの付いたファイルか、古い形式のファイルです。パスワードを外し、いまの形式で保存し直してください。"
        )
    try:
        with ZipFile(BytesIO(content)) as book:
            parts = book.infolist()
            names = {part.filename for part in parts}
            if _HEART[extension] not in names:
                raise _other(extension)
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                raise Unfit("マクロの入ったファイルは添付できません。マクロのない形式で保存し直してください。")
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise Unfit("中身が大きすぎるファイルです。PDFにするか、分けてください。")
            if any(name.startswith("_xmlsignatures/") for name in names):
                return content  # a signature holds only while nothing is changed
            out = BytesIO()
            with ZipFile(out, "w") as copy:
                for part in parts:
                    copy.writestr(part, _nameless(part.filename, book.read(part)), part.compress_type)
            return out.getvalue()
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, zlib.error, struct.error) as error:
        raise _other(extension) from error


def _nameless(name: str, content: bytes) -> bytes:
    for tag in _NAMES.get(name, ()):
        content = re.sub(rb"(<%b(?: [^>]*)?>)[^<]*(</%b>)" % (tag.encode(), tag.encode()), rb"\1\2", content)
    return content


def _table(content: bytes) -> bytes:
    for encoding in ("utf-8-sig", "cp932", "utf-16"):
        if encoding == "utf-16" and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
            continue
        try:
            if "\x00" not in content.decode(encoding):
                return content
        except UnicodeDecodeError:
            continue
    raise Unfit("文字として読めないCSVです。「UTF-8」か「シフトJIS」で保存し直してください。")
