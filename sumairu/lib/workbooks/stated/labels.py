"""The texts beside each row of a table, as a person reads them: merged cells, dittos, groups named on their first row.

Part of the fourth step. A group's name is carried down only where nothing else is likely; otherwise its rows keep what
they say themselves.
"""

from collections.abc import Sequence
from dataclasses import replace

from sumairu.lib.workbooks.files.cells import Cell, Grid
from sumairu.lib.workbooks.layout.blocks import Block
from sumairu.lib.workbooks.stated.columns import NAMES, Column
from sumairu.lib.workbooks.words import notes, uses
from sumairu.lib.workbooks.words.row_names import DITTOS, is_of_its_row

_GROUPING = (*NAMES, uses.YEAR, uses.STAGE)


def columns_to_label_cells(grid: Grid, block: Block, columns: Sequence[Column]) -> list[list[Cell]]:
    """The cells of the label columns, column by column."""
    indexes = [column.index for column in columns]
    merged = grid.merged_columns.intersection(indexes)
    rows = block.rows  # a group may begin on one without numbers
    texts: list[list[Cell]] = []
    for index in indexes:
        if index in merged:
            texts.append([grid.at(row, index) for row in rows])
        else:
            texts.append(list(grid.down(index, rows)))
        if not DITTOS.isdisjoint(texts[-1]):
            _resolve_dittos(texts[-1])
    first_value = min((index for index in block.value_columns if index not in indexes), default=0)
    naming = [place for place, column in enumerate(columns) if column.index < first_value and column.use in _GROUPING]
    for place, outer in enumerate(naming[:-1]):
        if "" in texts[outer]:
            _carry_down(grid, block, rows, columns, texts, naming[:place], outer, naming[place + 1 :])
    if len(rows) == len(block.body):
        return texts
    return [[cells[row - rows.start] for row in block.body] for cells in texts]


def label_cells_to_labels(
    columns: Sequence[Column], texts: Sequence[Sequence[Cell]], first_figure: int
) -> list[Column]:
    """The label columns, those marked whose texts are said of the rows rather than naming them.

    Such are columns amid the figures, that sort the rows or that have no name, where those before them tell several rows
    apart.
    """
    found: list[Column] = []
    naming: list[Sequence[Cell]] = []
    headers = {""}
    has_name = False
    for column, cells in zip(columns, texts, strict=True):
        sorts = column.header not in headers if uses.is_class(column.header) else not column.path
        is_beside = column.use in NAMES and has_name and len(cells) > 2 and (column.index > first_figure or sorts)
        if is_beside and len(set(zip(*naming, strict=True))) == len(cells):
            column = replace(column, is_said_beside=True)
        else:
            naming.append(cells)
            headers.add(column.header)
            has_name = has_name or column.use in NAMES
        found.append(column)
    return found


def _resolve_dittos(cells: list[Cell]) -> None:
    """A ditto says what stands in the row right above it."""
    for i in range(1, len(cells)):
        if cells[i] in DITTOS and cells[i - 1] != "":
            cells[i] = cells[i - 1]


def _carry_down(
    grid: Grid,
    block: Block,
    rows: range,
    columns: Sequence[Column],
    texts: list[list[Cell]],
    before: Sequence[int],
    outer: int,
    after: Sequence[int],
) -> None:
    """Let the rows of a group have its name, which stands in column `outer` on the first of them alone.

    Only where it can be nothing else: each name comes once, stands on half of the rows at most, tells more than its
    own row, and the rows of a group differ in the columns after it. A gap, a total, a note, or a name further out ends
    it.
    """
    cells = texts[outer]
    index = columns[outer].index
    met = {cell for place in (outer, *after) for cell in set(texts[place]) if isinstance(cell, str)}
    ends = {cell for cell in met if notes.ends_table(cell)}
    body = set(block.body)
    names = [
        cell
        for cell, row in zip(cells, rows, strict=True)
        if cell != "" and cell not in ends and (row, index) not in grid.covered
    ]
    named = sum(any(texts[place][i] != "" for place in (outer, *after)) for i in range(len(rows)))
    if not names or len(names) * 2 > named:
        return
    if columns[outer].use != uses.YEAR and not all(isinstance(name, str) and not is_of_its_row(name) for name in names):
        return
    carried: list[Cell] = list(cells)
    groups: set[tuple[Cell, ...]] = set()
    rows_of_group: set[tuple[Cell, ...]] = set()
    group: Cell = ""
    for i, row in enumerate(rows):
        own = tuple([texts[place][i] for place in after])
        if not ends.isdisjoint((cells[i], *own)) or (row not in body and not any(own)):
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
            not any(own)
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
