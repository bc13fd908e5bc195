"""The texts beside each row of a table, as a person reads them: merged cells, dittos, groups named on their first row.

Part of the fourth step. A group's name is carried down only where nothing else is likely; otherwise its rows keep what
they say themselves.
"""

import re
from collections.abc import Sequence

from sumairu.lib.workbooks import meaning
from sumairu.lib.workbooks.cells import Cell, Grid
from sumairu.lib.workbooks.statements import NAMES, Column
from sumairu.lib.workbooks.tables import Block

DITTO = frozenset({"〃", "″", "々", "同上", "”", '"'})
# What may stand before some rows alone, and tells nothing of the next: numbering, and how a programme changed.
_OF_ITS_ROW = re.compile(
    r"[○◎●◯△▲▽☆★◆◇■□※*・+＋-]*|[(（]?(?:[0-9０-９]{1,3}|[①-⑳ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ一二三四五六七八九十a-zA-Zア-ン])[)）.．、]?"
    r"|[(（【]?(?:新規?|拡充?|継続?|廃止?|組替|改|一部新規|一部拡充|重点|特別|再掲|新規・拡充)[)）】]?"
)

_GROUPING = (*NAMES, meaning.YEAR, meaning.STAGE)


def label_cells(grid: Grid, block: Block, columns: Sequence[Column]) -> list[list[Cell]]:
    """The cells of the label columns, column by column."""
    indexes = [column.index for column in columns]
    merged = grid.merged_columns.intersection(indexes)
    texts: list[list[Cell]] = []
    for index in indexes:
        if index in merged:
            texts.append([grid.at(row, index) for row in block.body])
        else:
            texts.append([grid.rows[row][index] for row in block.body])
        if not DITTO.isdisjoint(texts[-1]):
            _resolve_dittos(block.body, texts[-1])
    first_value = min((index for index in block.value_columns if index not in indexes), default=0)
    naming = [place for place, column in enumerate(columns) if column.index < first_value and column.use in _GROUPING]
    for place, outer in enumerate(naming[:-1]):
        if "" in texts[outer]:
            _carry_down(grid, block, indexes[outer], texts, naming[:place], outer, naming[place + 1 :])
    return texts


def _resolve_dittos(body: Sequence[int], cells: list[Cell]) -> None:
    """A ditto says what stands in the row right above it."""
    for i in range(1, len(cells)):
        if cells[i] in DITTO and body[i] == body[i - 1] + 1 and cells[i - 1] != "":
            cells[i] = cells[i - 1]


def _carry_down(
    grid: Grid,
    block: Block,
    index: int,
    texts: list[list[Cell]],
    before: Sequence[int],
    outer: int,
    after: Sequence[int],
) -> None:
    """Let the rows of a group have its name, which stands in column `outer` on the first of them alone.

    Only where it can be nothing else: each name comes once, stands on half of the rows at most, tells more than its
    own row, and the rows of a group differ in the columns after it. A gap, a total, or a name further out ends it.
    """
    cells = texts[outer]
    met = {cell for place in (outer, *after) for cell in set(texts[place]) if isinstance(cell, str)}
    totals = {cell for cell in met if meaning.set_apart(cell) == meaning.TOTAL}
    names = [
        cell
        for cell, row in zip(cells, block.body, strict=True)
        if cell != "" and cell not in totals and (row, index) not in grid.covered
    ]
    if not names or len(names) * 2 > len(cells):
        return
    if not all(isinstance(name, str) and not _OF_ITS_ROW.fullmatch(name.strip()) for name in names):
        return
    carried: list[Cell] = list(cells)
    groups: set[tuple[Cell, ...]] = set()
    rows_of_group: set[tuple[Cell, ...]] = set()
    group: Cell = ""
    for i, row in enumerate(block.body):
        own = tuple([texts[place][i] for place in after])
        if not totals.isdisjoint((cells[i], *own)):
            group = ""
            continue
        if cells[i] != "" and cells[i] != group:
            group = cells[i]
            key = (*[texts[place][i] for place in before], group)
            if key in groups:
                return
            groups.add(key)
            rows_of_group = set()
        elif cells[i] == "" and (
            (i and row != block.body[i - 1] + 1)
            or not any(own)
            or any(i and texts[place][i] != texts[place][i - 1] for place in before)
            or grid.covered.get((row, index), (row, index)) in grid.merges
        ):
            group = ""
        if group != "":
            if own in rows_of_group:
                return
            rows_of_group.add(own)
            carried[i] = group
        elif not groups:  # rows of no group come first: the names after them may be of single rows as well
            return
    texts[outer] = carried
