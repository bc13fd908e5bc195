"""Photos and drawings that somebody gives us: as they can be given on, and in the sizes that pages show.

A picture is upright and stripped of all that a camera writes beside it, and comes back with copies that are up to 480, 960
and 1600 dots wide, each as WebP and as JPEG, never wider than itself. Each copy is as good as its bytes allow
(`drawing.MOST_BYTES`), so that a page with pictures stays light whatever was photographed.

Pictures are decoded in a process of their own, as workbooks are: one that unpacks to gigabytes ends that process alone.
"""

import json
from collections.abc import Iterable
from typing import NamedTuple

from sumairu.lib.workbooks.child import Busy, Words, ask_apart, within
from sumairu.lib.workbooks.files.admission import Refused

WIDTHS = (480, 960, 1600)  # dots
WEBP, JPEG = "image/webp", "image/jpeg"
ENDINGS = {WEBP: "webp", JPEG: "jpg"}
SECONDS = 20  # for one picture, the turn that it waits for included

_KINDS = {"png": "PNG", "jpg": "JPEG", "jpeg": "JPEG"}
_WORDS = Words(
    "画像を開くのに時間がかかりすぎるため、中止しました。縦と横を縮めて保存し直した画像を選んでください。",
    "画像を開くのに必要なメモリが多すぎるため、中止しました。縦と横を縮めて保存し直した画像を選んでください。",
    "画像を開く途中で思わぬ誤りが起きました。別のソフトで保存し直した画像を選んでください。",
)
_BUSY = "いま、ほかのファイルを読み取っています。1分ほどたってから、もう一度送ってください。"


class Unfit(Exception):
    """A file that cannot be taken, and why."""


class Copy(NamedTuple):
    """A picture in one size and kind of file."""

    width: int
    height: int
    media_type: str
    content: bytes


class Taken(NamedTuple):
    """A picture as it can be given on, its size in dots, and its copies from the smallest on."""

    content: bytes
    width: int
    height: int
    copies: tuple[Copy, ...]


def is_picture(extension: str) -> bool:
    return extension in _KINDS


def stripped(extension: str, content: bytes) -> bytes:
    """A picture of that file type upright and without what a camera writes; `Unfit` where it is none."""
    return _ask(extension, content, with_copies=False).content


def taken(extension: str, content: bytes) -> Taken:
    """The same with its copies."""
    return _ask(extension, content, with_copies=True)


def copy_name(name: str, copy: Copy) -> str:
    """What the file of a copy is called.

    >>> copy_name("畑.png", Copy(480, 270, WEBP, b""))
    '畑-480.webp'
    """
    return f"{name.rpartition('.')[0] or name}-{copy.width}.{ENDINGS[copy.media_type]}"


def _ask(extension: str, content: bytes, *, with_copies: bool) -> Taken:
    asked = {"kind": _KINDS[extension], "with_copies": with_copies}
    try:
        with within(SECONDS):
            return unpacked(ask_apart("sumairu.lib.pictures", asked, content, words=_WORDS))
    except Busy:
        raise Unfit(_BUSY) from None
    except Refused as refusal:
        raise Unfit(str(refusal)) from refusal


def packed(picture: Taken) -> bytes:
    """As one process gives it to another: a line that says how long each file is, and then the files."""
    copies = [[*copy[:3], len(copy.content)] for copy in picture.copies]
    head = json.dumps([picture.width, picture.height, len(picture.content), copies]).encode()
    return b"\n".join([head, b"".join([picture.content, *(copy.content for copy in picture.copies)])])


def unpacked(answer: bytes) -> Taken:
    """
    >>> picture = Taken(b"all", 9, 6, (Copy(4, 3, WEBP, b"small"), Copy(9, 6, WEBP, b"")))
    >>> unpacked(packed(picture)) == picture
    True
    """
    head, _, files = answer.partition(b"\n")
    width, height, size, copies = json.loads(head)
    content, *contents = _cut(files, [size, *(length for *_, length in copies)])
    found = (Copy(told[0], told[1], told[2], each) for told, each in zip(copies, contents, strict=True))
    return Taken(content, width, height, tuple(found))


def _cut(files: bytes, lengths: Iterable[int]) -> Iterable[bytes]:
    start = 0
    for length in lengths:
        yield files[start : start + length]
        start += length
