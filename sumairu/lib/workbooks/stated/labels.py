"""The texts beside each row of a table, as a person reads them: merged cells, dittos, groups named on their first row.

A group's name is carried down only where nothing else is likely; otherwise its rows keep what
they say themselves.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from typing import Self

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
    for at, place in enumerate(naming[:-1]):
        if "" in texts[place]:
            column = _Naming.of(columns, texts, naming, at)
            beneath = _rows_beneath(grid, block, indexes[place], [indexes[inner] for inner in naming[at + 1 :]])
            texts[place] = _carried_down(grid, block, column, beneath) or texts[place]
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


@dataclass(frozen=True)
class _Naming:
    """A column of names, in rows that follow one another, with those on its left (`before`) and right (`after`)."""

    column: Column
    cells: Sequence[Cell]
    before: Sequence[tuple[Cell, ...]]
    after: Sequence[tuple[Cell, ...]]

    @classmethod
    def of(cls, columns: Sequence[Column], texts: Sequence[Sequence[Cell]], naming: Sequence[int], at: int) -> Self:
        """That of the place `naming[at]` among the `columns` and their `texts`."""
        size = len(texts[naming[at]])
        before, after = (
            list(zip(*(texts[place] for place in places), strict=True)) or [()] * size
            for places in (naming[:at], naming[at + 1 :])
        )
        return cls(columns[naming[at]], texts[naming[at]], before, after)

    @cached_property
    def ends(self) -> set[Cell]:
        """The totals and notes, which are of no group."""
        met = {*self.cells, *chain.from_iterable(self.after)}
        return {cell for cell in met if isinstance(cell, str) and notes.ends_table(cell)}

    def may_name_groups(self, grid: Grid, rows: range, beneath: int) -> bool:
        """Does it name half of the rows at most, those `beneath` included, with nothing that is of its own row alone?"""
        names = [
            cell
            for cell, row in zip(self.cells, rows, strict=True)
            if cell != "" and cell not in self.ends and (row, self.column.index) not in grid.covered
        ]
        named = sum(
            any(cell != "" for cell in (own, *after)) for own, after in zip(self.cells, self.after, strict=True)
        )
        if not names or len(names) * 2 > named + beneath:
            return False
        return self.column.use == uses.YEAR or all(isinstance(name, str) and not is_of_its_row(name) for name in names)

    def ends_group(self, grid: Grid, row: int, i: int) -> bool:
        """Is the row, blank in this column, of no group: a gap, under a new name further out, under a merged cell?"""
        place = (row, self.column.index)
        return (
            not any(self.after[i])
            or (i > 0 and any(now != then for now, then in zip(self.before[i], self.before[i - 1], strict=True)))
            or grid.covered.get(place, place) in grid.merges
        )


def _rows_beneath(grid: Grid, block: Block, outer: int, inner: Sequence[int]) -> int:
    """How many rows right under a table go on with its last group, named in the columns `inner`, but without numbers."""
    rows = 0
    for cells in grid.rows[block.body[-1] + 1 :]:
        names = [cell for column in inner if isinstance(cell := cells[column], str) and cell]
        if cells[outer] != "" or not names or any(map(notes.ends_table, names)):
            break
        if any(cells[column] != "" for column in block.value_columns):
            break
        rows += 1
    return rows


def _carried_down(grid: Grid, block: Block, naming: _Naming, beneath: int) -> list[Cell] | None:
    """The names of a column with those of groups, which stand on the first row alone, on all of the group's rows.

    Only where they can be nothing else: each name comes once, stands on half of the rows at most, tells more than its
    own row, and the rows of a group differ in the columns after it. A gap, a total, a note, or a name further out ends
    a group. None where a name may be something else.
    """
    rows, body = block.rows, set(block.body)
    if not naming.may_name_groups(grid, rows, beneath):
        return None
    carried = list(naming.cells)
    groups: set[tuple[Cell, ...]] = set()
    rows_of_group: set[tuple[Cell, ...]] = set()
    group: Cell = ""
    for i, (row, own, after) in enumerate(zip(rows, naming.cells, naming.after, strict=True)):
        if not naming.ends.isdisjoint((own, *after)) or (row not in body and not any(after)):
            group = ""
            continue
        if own not in ("", group):
            group, rows_of_group = own, set()
            if (*naming.before[i], group) in groups:
                return None
            groups.add((*naming.before[i], group))
        elif own == "" and naming.ends_group(grid, row, i):
            group = ""
        if group != "":
            if after in rows_of_group:
                return None
            rows_of_group.add(after)
            carried[i] = group
        elif not groups:  # rows of no group come first: the names after them may be of single rows as well
            return None
    return carried
