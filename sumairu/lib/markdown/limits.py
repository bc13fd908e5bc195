"""How much a text may be, and what may come of it. Whoever writes one by hand meets none of these.

>>> of_source("あ" * 30_001)
['文章が長すぎます（30,001字）。30,000字までにしてください。長い資料は添付ファイルにしてください。']
"""

import re
from collections.abc import Sequence
from itertools import accumulate

from markdown_it.token import Token

from sumairu.lib.markdown.pasted import is_dashes

MOST_LETTERS = 30_000
MOST_LINES = 3_000
MOST_BRACKETS = 1_000
MOST_MARKS = 1_000  # in one paragraph; what looks for the end of each works with the square of their number
MOST_LEVELS = 10
MOST_LINKS = 300
MOST_CELLS = 3_000
MOST_HTML = 300_000

_MARKS = re.compile(r"[\[\]*_`<!&\\(]")


def of_source(text: str) -> list[str]:
    """What is too much before anything is read."""
    found = []
    if len(text) > MOST_LETTERS:
        found.append(
            f"文章が長すぎます（{len(text):,}字）。{MOST_LETTERS:,}字までにしてください。長い資料は添付ファイルにしてください。"
        )
    lines = text.count("\n") + 1
    if lines > MOST_LINES:
        found.append(f"行が多すぎます（{lines:,}行）。{MOST_LINES:,}行までにしてください。")
    if found:
        return found
    brackets = text.count("[")
    if brackets > MOST_BRACKETS:
        found.append(f"記号「[」が多すぎます（{brackets:,}個）。{MOST_BRACKETS:,}個までにしてください。")
    paragraphs = re.split(r"\n\s*\n", text.replace("\r", "\n"))
    marks = max(len(_MARKS.findall(paragraph)) for paragraph in paragraphs)
    if marks > MOST_MARKS:
        found.append(
            f"1つの段落に、書式の記号（* [ ] など）が多すぎます（{marks:,}個）。"
            f"{MOST_MARKS:,}個までにするか、空行で段落を分けてください。"
        )
    cells = sum(map(_cells, paragraphs))
    if cells > MOST_CELLS:
        found.append(_too_many_cells(cells))
    return found


def of_tokens(tokens: Sequence[Token]) -> list[str]:
    """What is too much of what was read."""
    links = sum(child.type == "link_open" for token in tokens for child in token.children or [])
    cells = sum(token.type in ("th_open", "td_open") for token in tokens)
    nests = [token.nesting for token in tokens if token.type.startswith(("bullet_list", "ordered_list", "blockquote"))]
    levels = max(accumulate(nests), default=0)
    found = []
    if links > MOST_LINKS:
        found.append(f"リンクが多すぎます（{links:,}か所）。{MOST_LINKS:,}か所までにしてください。")
    if cells > MOST_CELLS:
        found.append(_too_many_cells(cells))
    if levels > MOST_LEVELS:
        found.append(f"箇条書きや引用の中の段が深すぎます（{levels}段）。{MOST_LEVELS}段までにしてください。")
    return found


def of_html(html: str) -> list[str]:
    """What is too much of what comes of it."""
    if len(html) <= MOST_HTML:
        return []
    return [f"ページにすると大きすぎます（{len(html):,}字分）。{MOST_HTML:,}字分までです。文章を分けてください。"]


def _cells(paragraph: str) -> int:
    """At most how many cells a table in `paragraph` has; rows with fewer than the others are filled up."""
    lines = paragraph.split("\n")
    return max((line.count("|") for line in lines if is_dashes(line)), default=0) * len(lines)


def _too_many_cells(cells: int) -> str:
    return f"表のますが多すぎます（{cells:,}ます）。全部で{MOST_CELLS:,}ますまでです。大きな表は添付ファイルにしてください。"
