"""Tables as they come from Excel's clipboard: cells parted by tabs, one row a line, quoted where a cell has lines.

>>> lines = ["市町村\\t人口", "釧路市\\t165,077", '厚岸町\\t"8,892', '（見込み）"', "", "おわり"]
>>> pasted_table(lines, 0)
Pasted(height=4, rows=[(0, ['市町村', '人口']), (1, ['釧路市', '165,077']), (2, ['厚岸町', '8,892\\n（見込み）'])])
>>> pasted_table(["日時\\t4月1日"], 0).rows  # one line is no table
[]
>>> pasted_table(["| 年 | 額 |", "| 3 | 45 |"], 0).rows  # bars, with no row of dashes between them
[(0, ['年', '額']), (1, ['3', '45'])]
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

# Quoted, or up to the next tab. A mark that is closed later than 2,000 letters on is only a quotation mark.
_CELL = re.compile(r'"((?:[^"]|""){0,2000}+)"(?=[\t\n]|\Z)|[^\t\n]*')
# Word's own numbers, parted from their text by a tab: such lines are a list, no table.
_NUMBERED = re.compile(r"[(（]?(?:[0-9０-９]{1,2}|[a-zａ-ｚア-ン一-十])[)）.．、]|[①-⑳]")


@dataclass(frozen=True)
class Pasted:
    """How many lines were read, and the rows of the table they are as (line within it, cells): none where they are none."""

    height: int
    rows: list[tuple[int, list[str]]]


def pasted_table(lines: Sequence[str], start: int) -> Pasted:
    """What begins in `lines[start]`, a line that has a tab or stands between bars."""
    return _by_tabs(lines[start:]) if "\t" in lines[start] else _by_bars(lines[start:])


def _by_tabs(lines: Sequence[str]) -> Pasted:
    text = "\n".join(lines)
    rows: list[tuple[int, list[str]]] = []
    height = at = 0
    while at < len(text):
        cells: list[str] = []
        first = height
        while True:
            match = _CELL.match(text, at)
            assert match  # an empty cell matches too
            cells.append((match[0] if match[1] is None else match[1].replace('""', '"')).strip())
            height += match[0].count("\n")
            at = match.end() + 1
            if text[match.end() : at] != "\t":
                break
        if len(cells) == 1:
            height = first
            break
        height += 1
        if any(cells):
            rows.append((first, cells))
    if len(rows) < 2 or all(len(cells) == 2 and _NUMBERED.fullmatch(cells[0]) for _, cells in rows):
        return Pasted(max(height, 1), [])
    width = max(place for _, cells in rows for place, cell in enumerate(cells, 1) if cell)
    return Pasted(height, [(line, cells[:width]) for line, cells in rows] if width > 1 else [])


def _by_bars(lines: Sequence[str]) -> Pasted:
    """Rows between bars, where whoever wrote them did not know of the row of dashes."""
    height = next((at for at, line in enumerate(lines) if not re.fullmatch(r" *\|.+\| *", line)), len(lines))
    if height < 2 or is_dashes(lines[1]):
        return Pasted(max(height, 1), [])
    rows = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip(" ")[1:-1])] for line in lines[:height]]
    return Pasted(height, list(enumerate(rows)))


def is_dashes(line: str) -> bool:
    """Is this the row that parts the head of a table from its body?"""
    return "-" in line and set(line) <= set("|:- \t")
