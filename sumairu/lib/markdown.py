"""Markdown that editors write, as HTML that is safe on a page, and as plain text for excerpts.

No HTML of the editor's own, no pictures (they would come from other hosts), headings below those of the page.

>>> render("# 目的\\n\\n**人**を[呼ぶ](https://example.jp/)", 3)
'<h3>目的</h3>\\n<p><strong>人</strong>を<a href="https://example.jp/" rel="noopener noreferrer">呼ぶ</a></p>\\n'
>>> render("<script>x</script>[a](javascript:x)")
'<p>&lt;script&gt;x&lt;/script&gt;[a](javascript:x)</p>\\n'
>>> plain("# 目的\\n\\n**人**を[呼ぶ](https://example.jp/)")
'目的 人を呼ぶ'
"""

from collections.abc import Iterator, Sequence

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

_PARSER = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
TAGS = {"p", "br", "hr", "strong", "em", "code", "pre", "blockquote", "ul", "ol", "li", "a"}
TAGS |= {"table", "thead", "tbody", "tr", "th", "td", "h2", "h3", "h4", "h5", "h6"}
_SCHEMES = {"http", "https", "mailto", "tel"}


def render(text: str, level: int = 3) -> str:
    """`text` as HTML whose highest headings are of `level`, and in which no level is left out on the way down."""
    tokens = _PARSER.parse(text)
    used = sorted({token.tag for token in tokens if token.type == "heading_open"})
    above = level - 1
    for token in tokens:
        if token.type == "heading_open":
            above = min(level + used.index(token.tag), above + 1, 6)
            token.tag = f"h{above}"
        elif token.type == "heading_close":
            token.tag = f"h{above}"
    html = _PARSER.renderer.render(tokens, _PARSER.options, {})
    return nh3.clean(str(html), tags=TAGS, attributes={"a": {"href"}, "ol": {"start"}}, url_schemes=_SCHEMES)


def plain(text: str) -> str:
    """The words of `text` without their marks, on one line."""
    return " ".join(" ".join(_words(_PARSER.parse(text))).split())


def _words(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("fence", "code_block"):
            yield token.content
        elif token.children is not None:
            breaks = ("softbreak", "hardbreak")
            yield "".join(" " if child.type in breaks else child.content for child in token.children)
