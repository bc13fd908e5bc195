"""Markdown that editors write and paste, as HTML that is safe on a page, and as plain text for excerpts.

`typed` makes Markdown of what people type (・, ＃, tables of Excel), `rules` says how ours is read, and here it becomes
HTML: with line breaks as typed, no HTML of the editor's own, pictures as links (they would come from other hosts),
headings below those of the page. The work is bounded by `limits`; beyond them a text is shown as it was typed.

>>> render("# 目的\\n\\n**人**を[呼ぶ](https://example.jp/)", 3)
'<h3>目的</h3>\\n<p><strong>人</strong>を<a href="https://example.jp/" rel="noopener noreferrer">呼ぶ</a></p>\\n'
>>> render("<script>x</script>[a](javascript:x)")
'<p>&lt;script&gt;x&lt;/script&gt;[a](javascript:x)</p>\\n'
>>> render("・一\\n・3*4*5")
'<ul>\\n<li>一</li>\\n<li>3*4*5</li>\\n</ul>\\n'
>>> plain("# 目的\\n\\n**人**を[呼ぶ](https://example.jp/)")
'目的 人を呼ぶ'
"""

import re
from collections.abc import Iterator, Sequence
from html import escape

from markdown_it.token import Token

from sumairu.lib.markdown import limits
from sumairu.lib.markdown.rules import parser
from sumairu.lib.markdown.typed import typed

RENDERER = 2  # goes up with every change of what `render` makes: what was rendered before is then rendered again
TAGS = {"p", "br", "hr", "strong", "em", "code", "pre", "blockquote", "ul", "ol", "li", "a", "div"}
TAGS |= {"table", "caption", "thead", "tbody", "tr", "th", "td", "h2", "h3", "h4", "h5", "h6"}
MOST_NUMBERED = 12  # the stylesheet sets the second to the twelfth column of a table as numbers
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}, "div": {"tabindex"}}
CLASSES = {"div": {"wide-table", *(f"number-{column}" for column in range(2, MOST_NUMBERED + 1))}}
_SCHEMES = {"http", "https", "mailto", "tel"}
_NUMBER = re.compile(r"[△▲+\-−]?[0-9０-９][0-9０-９,，.．]*[%％]?|[-－―—…]?")
# Lines of letters that no rule gives a meaning: most paragraphs are such, and need not be read to be taken as they are.
_LINE = r"[ぁ-ゖァ-ヺ一-鿿A-Za-z「][ぁ-ゖァ-ヺー・々一-鿿A-Za-z0-9０-９「」、。（）]*+"
_MEANS_ITSELF = re.compile(rf"(?:{_LINE})?(?:\n+{_LINE})*+\n*")
_PARSER = parser()


def render(text: str, level: int = 3) -> str:
    """`text` as HTML whose highest headings are of `level`, and in which no level is left out on the way down."""
    html, beyond = _made(text, level)
    return _as_typed(text) if beyond else html


def excess(text: str) -> list[str]:
    """What is too much in `text`, each as a sentence that says what, how much, and how much may be; mostly nothing."""
    return _made(text, 3)[1]


def _made(text: str, level: int) -> tuple[str, list[str]]:
    """The HTML of `text`, and what is too much; with anything too much the HTML is nothing."""
    import nh3  # only where an editor's text is made into HTML, which is kept: no page of the public needs it

    beyond = limits.of_source(text)
    tokens = [] if beyond else tokens_of(text)
    beyond += limits.of_tokens(tokens)
    if beyond:
        return "", beyond
    _lower_headings(tokens, level)
    html = str(_PARSER.renderer.render(list(_boxed_tables(tokens)), _PARSER.options, {}))
    html = nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, allowed_classes=CLASSES, url_schemes=_SCHEMES)
    return html, limits.of_html(html)


def plain(text: str) -> str:
    """The words of `text` without their marks, on one line."""
    means_itself = _MEANS_ITSELF.fullmatch(text) or limits.of_source(text)
    return " ".join((text if means_itself else " ".join(_words(tokens_of(text)))).split())


def tokens_of(text: str) -> list[Token]:
    """What markdown-it reads, each `inline` token with its children and the lines it stands in."""
    as_markdown = typed(text)
    return _PARSER.parse("\n".join(as_markdown.lines), {"tables": as_markdown.tables})


def _lower_headings(tokens: Sequence[Token], level: int) -> None:
    used = sorted({token.tag for token in tokens if token.type == "heading_open"})
    above = level - 1
    for token in tokens:
        if token.type == "heading_open":
            above = min(level + used.index(token.tag), above + 1, 6)
            token.tag = f"h{above}"
        elif token.type == "heading_close":
            token.tag = f"h{above}"


def _boxed_tables(tokens: Sequence[Token]) -> Iterator[Token]:
    """Each table in a box that scrolls, which says what columns are numbers."""
    table: list[Token] = []
    for token in tokens:
        if table or token.type == "table_open":
            table.append(token)
        else:
            yield token
        if token.type == "table_close":
            columns = "".join(f" number-{column}" for column in _numbers(table))
            yield _html(f'<div class="wide-table{columns}" tabindex="0">')
            yield from table
            yield _html("</div>\n")
            table = []


def _numbers(table: Sequence[Token]) -> list[int]:
    """The columns, counted from 1, that hold numbers alone; never the first, which says what a row is."""
    rows: list[list[str]] = []
    for place, token in enumerate(table):
        if token.type == "tr_open":
            rows.append([])
        elif token.type in ("th_open", "td_open"):
            token.attrs = {}
            rows[-1].append(table[place + 1].content.strip())
    columns = [list(filter(None, column)) for column in zip(*rows[1:], strict=False)]
    return [
        number
        for number, cells in enumerate(columns, 1)
        if 1 < number <= MOST_NUMBERED and cells and all(map(_NUMBER.fullmatch, cells))
    ]


def _html(content: str) -> Token:
    token = Token("html_block", "", 0)
    token.content = content
    return token


def _as_typed(text: str) -> str:
    """A text beyond the limits, which only ways around the forms can have stored: its beginning, unread."""
    shown = escape(text[: limits.MOST_LETTERS].replace("\x00", "\ufffd"))
    return "<p>" + "<br>\n".join(re.split(r"\r\n?|\n", shown)) + "</p>\n"


def _words(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("fence", "code_block"):
            yield token.content
        elif token.children is not None:
            breaks = ("softbreak", "hardbreak")
            yield "".join(" " if child.type in breaks else child.content for child in token.children)
