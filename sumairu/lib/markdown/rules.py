"""Rules for markdown-it: where a `*` stresses words in Japanese, pasted tables, bare addresses, pictures as links."""

import re
from collections.abc import Iterator
from unicodedata import east_asian_width

from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token

from sumairu.lib.markdown.pasted import Pasted

_FACTOR = re.compile(r"[0-9０-９][^\s0-9０-９*]{0,3}$")  # 100円 before a *, as in 100円*20人
_ADDRESS = re.compile(
    r"https?://[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]{3,2000}"
    r"|(?<![A-Za-z0-9._%+\-])[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{2,63}){1,6}"
)


def parser() -> MarkdownIt:
    """What reads our Markdown.

    No HTML of the writer's own; no code by indentation and no headings by underlining, which people make without
    meaning to; no definitions of references, which vanish from the text (「[注]: 当日まで」).
    """
    made = MarkdownIt("commonmark", {"html": False, "breaks": True, "maxNesting": MOST_LEVELS}).enable("table")
    made.disable(["code", "lheading", "reference", "html_block", "html_inline"])
    made.inline.ruler.at("emphasis", _stress)
    ends = ["paragraph", "blockquote", "list", "table"]  # what a table ends
    made.block.ruler.before("table", "pasted_table", _pasted_table, {"alt": ends})
    made.core.ruler.before("inline", "kept_indent", _keep_indents)
    made.core.ruler.push("links", _links)
    return made


MOST_LEVELS = 40  # markdown-it drops what is nested deeper; `limits` refuses it long before


def _stress(state: StateInline, silent: bool) -> bool:
    """A run of `*` or `_` that may open or close stress.

    CommonMark asks for a space where a mark stands between a bracket and a letter (`**「釧路」**は`). Japanese has none, so
    that a wide letter counts as one. Between factors (3*4, 100円*20人) a `*` is a `*`.
    """
    start, source = state.pos, state.src
    marker = source[start]
    if silent or marker not in "*_":
        return False
    end = start
    while end < state.posMax and source[end] == marker:
        end += 1
    before = source[start - 1] if start else " "
    after = source[end] if end < state.posMax else " "
    opens = _leans(after, before)
    closes = _leans(before, after)
    if marker == "_":
        opens, closes = opens and (not closes or _is_mark(before)), closes and (not opens or _is_mark(after))
    if marker == "*" and before.isdecimal() and after.isdecimal():
        opens = closes = False
    elif marker == "*" and end - start == 1 and _multiplies(source[max(0, start - 5) : start], after):
        opens = False
    for _ in range(start, end):
        token = state.push("text", "", 0)
        token.content = marker
        place = len(state.tokens) - 1
        state.delimiters.append(Delimiter(ord(marker), end - start, place, -1, opens, closes))
    state.pos = end
    return True


def _leans(inner: str, outer: str) -> bool:
    """May a run of marks that has `inner` on its inside and `outer` on its outside stand there?"""
    if isWhiteSpace(ord(inner)):
        return False
    return not _is_mark(inner) or _is_wide(inner) or isWhiteSpace(ord(outer)) or _is_mark(outer) or _is_wide(outer)


def _is_mark(letter: str) -> bool:
    return isMdAsciiPunct(ord(letter)) or isPunctChar(letter)


def _is_wide(letter: str) -> bool:
    return east_asian_width(letter) in "WFAH"


def _multiplies(before: str, after: str) -> bool:
    if before[-1:].isascii() and before[-1:].isalnum():
        return True
    return bool(_FACTOR.search(before)) and (after.isdecimal() or after in "(（")


def _pasted_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    tables: dict[int, Pasted] = state.env["tables"]
    pasted = tables.get(start)
    if pasted is None or start + pasted.height > end:
        return False
    if silent:
        return True
    rows = pasted.rows
    width = max(len(cells) for _, cells in rows)
    state.push("table_open", "table", 1).map = [start, start + pasted.height]
    if len(rows) > 2 and not any(rows[0][1][1:]) and any(rows[1][1][1:]):  # a title alone in the first row
        state.push("caption_open", "caption", 1)
        _inline(state, rows[0][1][0], start + rows[0][0])
        state.push("caption_close", "caption", -1)
        rows = rows[1:]
    for place, (line, cells) in enumerate(rows):
        part, tag = ("thead", "th") if place == 0 else ("tbody", "td")
        if place < 2:
            state.push(f"{part}_open", part, 1)
        state.push("tr_open", "tr", 1)
        for cell in cells + [""] * (width - len(cells)):
            state.push(f"{tag}_open", tag, 1)
            _inline(state, cell, start + line)
            state.push(f"{tag}_close", tag, -1)
        state.push("tr_close", "tr", -1)
        if place in (0, len(rows) - 1):
            state.push(f"{part}_close", part, -1)
    state.push("table_close", "table", -1)
    state.line = start + pasted.height
    return True


def _inline(state: StateBlock, content: str, line: int) -> None:
    token = state.push("inline", "", 0)
    token.content, token.children, token.map = content, [], [line, line + 1]


def _keep_indents(state: StateCore) -> None:
    """Give a paragraph's first line back the wide spaces that it stands in by; markdown-it keeps those of the others."""
    lines = state.src.split("\n")
    for place, token in enumerate(state.tokens):
        if token.type == "inline" and token.map and place and state.tokens[place - 1].type == "paragraph_open":
            first = lines[token.map[0]].lstrip(" \t") if token.map[0] < len(lines) else ""
            token.content = first[: len(first) - len(first.lstrip("\u3000"))] + token.content


def _links(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline" and token.children:
            token.children = list(_with_links(token.children, state))


def _with_links(children: list[Token], state: StateCore) -> Iterator[Token]:
    """Bare addresses and pictures as links, but not inside a link."""
    depth = 0
    for child in children:
        depth += child.nesting if child.type in ("link_open", "link_close") else 0
        if child.type == "image":
            words = f"画像：{_said(child) or '（説明なし）'}"
            link = _link(str(child.attrs["src"]), words)
            link[0].meta = link[1].meta = {"is_picture": True}
            yield from link[1:2] if depth else link
        elif child.type == "text" and not depth and ("://" in child.content or "@" in child.content):
            yield from _linked(child.content, state)
        else:
            yield child


def _linked(text: str, state: StateCore) -> Iterator[Token]:
    at = 0
    for match in _ADDRESS.finditer(text):
        address = match[0].rstrip(".,;:!?'*")
        for begin, end in ("()", "[]"):
            if address.endswith(end) and address.count(end) > address.count(begin):
                address = address.rstrip(end)
        href = state.md.normalizeLink(address if "://" in address else f"mailto:{address}")
        yield _text(text[at : match.start()])
        yield from _link(href, address)
        at = match.start() + len(address)
    yield _text(text[at:])


def _said(token: Token) -> str:
    return "".join(child.content for child in token.children or [])


def _link(href: str, words: str) -> list[Token]:
    begin, end = Token("link_open", "a", 1), Token("link_close", "a", -1)
    begin.attrs = {"href": href}
    return [begin, _text(words), end]


def _text(words: str) -> Token:
    token = Token("text", "", 0)
    token.content = words
    return token
