"""What people type and paste, as Markdown: line by line, so that a line keeps its number.

「・」 and Word's bullets begin a list, nested by how far they stand in; marks of full width mean what those of half width mean.

>>> typed("・観光\\n　・湿原\\n・漁業").lines
['- 観光', '  - 湿原', '- 漁業']
>>> typed("一行目\\x0b二行目").lines
['一行目', '二行目']
>>> typed("＃　目的\\n１．現状\\n＊＊重要＊＊\\n1.5倍").lines
['# 目的', '1. 現状', '**重要**', '1.5倍']
>>> typed("2027. 4. 1").lines  # a day, no list that begins with its 2,027th item
['2027\\\\. 4. 1']
"""

import re
from dataclasses import dataclass

from sumairu.lib.markdown.pasted import Pasted, pasted_table

# Marks that begin an item wherever they begin a line; those of the private area are Word's (Symbol, Wingdings).
_BULLETS = "・･•●‣⁃▪◦\uf0b7\uf06c\uf06e\uf0d8\uf0a7\uf0fc"
_DASHES = "‐‑–−－＊"  # these only where a space follows
_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")  # the vertical tab is Word's break within a paragraph
_GAP = r"[ \t\u3000\xa0]"
_ITEM = re.compile(
    rf"(?P<indent>{_GAP}*)(?:"
    rf"[{_BULLETS}]{_GAP}*(?=[^{_BULLETS}\s])"
    rf"|[{_DASHES}]{_GAP}+(?=\S)"
    rf"|‐(?=[^\s‐0-9０-９])"
    rf"|[-*+]{_GAP}+(?=\S)"
    rf"|(?P<number>[0-9０-９]{{1,3}})(?:[.．](?:{_GAP}+(?=\S)|(?=[^\s0-9０-９a-z.．]))|[)）]{_GAP}+(?=\S)))"
)
_HEADING = re.compile(rf"{_GAP}*([#＃]{{1,6}}){_GAP}+(?=\S)|([#＃]{{2,6}})(?=[^\s#＃])")
_QUOTE = re.compile(rf"＞{_GAP}*")
_RULE = re.compile(r"[－―─━＿＝＊ー=]{5,}")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_BARRED = re.compile(rf"{_GAP}*｜.*[｜|]{_GAP}*")
_ROW_OF_DASHES = re.compile(r"[|｜：:\-－ー―\s]+")
_STRONG = re.compile(r"＊＊([^＊\n]{1,500})＊＊")
_LINK = re.compile(
    r"[\[［]([^\[\]［］\n]{1,200})[\]］][ \u3000]?[(（]((?:https?://|mailto:|/)[^\s()（）]{0,1000})[)）]"
)


@dataclass(frozen=True)
class Typed:
    lines: list[str]
    tables: dict[int, Pasted]  # by their first line


def typed(text: str) -> Typed:
    """The lines of `text` as Markdown, and the pasted tables among them."""
    source = [_barred(line) for line in _BREAKS.sub("\n", text).split("\n")]
    lines: list[str] = []
    tables: dict[int, Pasted] = {}
    levels = Levels()
    is_code, seen = False, 0  # lines before the one numbered `seen` are known to begin no table
    for number, line in enumerate(source):
        if number < len(lines):
            continue
        if _FENCE.match(line):
            is_code = not is_code
        item = None if is_code else _ITEM.match(line)
        if is_code:
            lines.append(line)
        elif item:
            lines.append(levels.item(item, line))
        elif number >= seen and ("\t" in line or line.lstrip(" ").startswith("|")) and not line.startswith((">", "＞")):
            table = pasted_table(source, number)
            seen = number + table.height
            if table.rows:
                tables[number] = table
                lines += source[number:seen]
                levels = Levels()
            else:
                lines.append(_other(line))
        else:
            lines.append(_other(line))
            levels.passed(line)
    return Typed(lines, tables)


def _barred(line: str) -> str:
    """A row of a table with bars of full width, with plain ones."""
    if "｜" not in line or not _BARRED.fullmatch(line):
        return line
    plain = line.strip(" \t\u3000").replace("｜", "|")
    return (
        re.sub("[－ー―：\u3000]", lambda match: {"：": ":", "\u3000": " "}.get(match[0], "-"), plain)
        if _ROW_OF_DASHES.fullmatch(plain)
        else plain
    )


class Levels:
    """How deep an item of a list is: each further indent is one level, whatever people indent with."""

    def __init__(self) -> None:
        self.open: list[tuple[int, int, int]] = []  # indent as typed, as written, and where the item's text begins
        self.is_after_blank = False

    def item(self, match: re.Match[str], line: str) -> str:
        """`line`, an item, as Markdown."""
        indent = _width(match["indent"])
        while self.open and indent < self.open[-1][0]:
            self.open.pop()
        mark = f"{_half(match['number'])}. " if match["number"] else "- "
        if match["number"] and match[0].rstrip(" \t\u3000\xa0").endswith((")", "）")):
            mark = f"{_half(match['number'])}) "
        if self.open and indent == self.open[-1][0]:
            written = self.open.pop()[1]
        else:
            written = self.open[-1][2] if self.open else 0
        self.open.append((indent, written, written + len(mark)))
        self.is_after_blank = False
        return f"{' ' * written}{mark}{_inline(line[match.end() :])}".rstrip(" ")

    def passed(self, line: str) -> None:
        """A line that is no item: text at the margin after a blank line ends the list."""
        if not line.strip():
            self.is_after_blank = True
        elif self.is_after_blank and not line.startswith((" ", "\t", "\u3000")):
            self.open = []


def _other(line: str) -> str:
    heading = _HEADING.match(line)
    if heading:
        return f"{'#' * len(heading[1] or heading[2])} {_inline(line[heading.end() :])}"
    if _RULE.fullmatch(line.strip()):
        return "---"
    line = re.sub(r"^( {0,3}\d{4,9})([.)])(?=\s|$)", r"\1\\\2", line)
    return _inline(_QUOTE.sub("> ", line) if line.startswith("＞") else line)


def _inline(text: str) -> str:
    if "＊＊" in text:
        text = _STRONG.sub(r"**\1**", text)
    return _LINK.sub(r"[\1](\2)", text) if ("[" in text or "［" in text) else text


def _half(number: str) -> str:
    return str(int(number))


def _width(indent: str) -> int:
    """Columns; a space of full width is two, a tab goes to the next fourth."""
    width = 0
    for letter in indent:
        width += 4 - width % 4 if letter == "\t" else 2 if letter == "\u3000" else 1
    return width
