"""What a text will not show as its writer means it, told before it is published.

>>> [str(problem) for problem in problems("図のとおりです。\\n![図](a.png)")]
['2行目：画像は本文に入れられません。「添付ファイル」に加え、本文からこの記号（![ ]( )）を消してください。']
>>> [str(problem) for problem in problems("[申込み](apply.html)")]
['1行目：リンク先「apply.html」は読み取れません。このサイトのページは「/」から、ほかのサイトは「https://」から書いてください。']
>>> [(link.line, link.address) for link in links("詳しくは\\n[取組](/initiatives/)")]
[(2, '/initiatives/')]
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from markdown_it.token import Token

from sumairu.lib.markdown import limits, tokens_of

_PICTURE = "画像は本文に入れられません。「添付ファイル」に加え、本文からこの記号（![ ]( )）を消してください。"
_UNREAD = re.compile(r"\][ \u3000]*[(（][ \u3000]*[A-Za-z./#][!-~]{0,1000}?[./:][!-~]{0,1000}")


@dataclass(frozen=True)
class Problem:
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.line}行目：{self.sentence}"


@dataclass(frozen=True)
class Link:
    line: int
    address: str


def problems(text: str) -> list[Problem]:
    """What the text alone tells; whether pages of the portal exist is asked elsewhere, of `links`."""
    found = []
    for line, token in _marks(text):
        if token.meta.get("is_picture"):
            found += [Problem(line, _PICTURE)] if token.type == "text" else []
        elif token.type == "link_open" and not _is_whole(_address(token)):
            found.append(
                Problem(
                    line,
                    f"リンク先「{_address(token)[:80]}」は読み取れません。"
                    "このサイトのページは「/」から、ほかのサイトは「https://」から書いてください。",
                )
            )
        elif token.type == "text" and (unread := _UNREAD.search(token.content)):
            found.append(
                Problem(
                    line,
                    f"リンクを読み取れません（{unread[0][:80]}）。[ことば](https://…) の形で、間に空白を入れずに書いてください。",
                )
            )
    return found


def links(text: str) -> list[Link]:
    """The links to pages of the portal itself, each address once."""
    found: dict[str, Link] = {}
    for line, token in _marks(text):
        address = _address(token) if token.type == "link_open" and not token.meta else ""
        if address.startswith("/") and not address.startswith("//"):
            found.setdefault(address, Link(line, address))
    return list(found.values())


def _marks(text: str) -> Iterator[tuple[int, Token]]:
    """What stands within the lines, each with its line, counted from 1."""
    for token in [] if limits.of_source(text) else tokens_of(text):
        line = token.map[0] + 1 if token.map else 1
        for child in token.children or []:
            yield line, child
            line += child.type in ("softbreak", "hardbreak")


def _address(token: Token) -> str:
    return unquote(str(token.attrs.get("href", "")))


def _is_whole(address: str) -> bool:
    return bool(re.match(r"https?://[^/]|mailto:.|tel:.|/(?!/)", address, re.IGNORECASE))
