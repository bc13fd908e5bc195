"""A table read as an editor says: `corrections` are inputs of the steps, never edits of a result."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from sumairu.lib.workbooks import messages
from sumairu.lib.workbooks.addresses import column_name
from sumairu.lib.workbooks.corrections import ColumnCorrection, Correction
from sumairu.lib.workbooks.figures import CODE, FIGURES, LABEL, LEAVE_OUT, STAGE, YEAR, StatedYear
from sumairu.lib.workbooks.files.cells import Grid
from sumairu.lib.workbooks.layout.blocks import Block
from sumairu.lib.workbooks.layout.sheets import Sheet
from sumairu.lib.workbooks.stated.columns import Column, codes_of
from sumairu.lib.workbooks.stated.contexts import Context
from sumairu.lib.workbooks.words import stages, uses
from sumairu.lib.workbooks.words.cell_types import BLANK

_LABEL_USES = {LABEL: None, CODE: uses.CODE, YEAR: uses.YEAR, STAGE: uses.STAGE}


class CorrectedBlock(NamedTuple):
    """A table, its number on the sheet, and what was said of it."""

    number: int
    block: Block
    correction: Correction | None


def blocks_to_corrected_blocks(
    sheet: Sheet, blocks: Sequence[Block], corrections: Sequence[Correction]
) -> list[CorrectedBlock]:
    """The tables of a sheet as they were said to be; further ones that were said to be there come last."""
    of_table = {correction.table: correction for correction in corrections if correction.sheet == sheet.grid.name}
    tables = [
        CorrectedBlock(number, _corrected(sheet, block, of_table.get(number)), of_table.get(number))
        for number, block in enumerate(blocks)
    ]
    for number, correction in sorted(of_table.items()):
        if number >= len(blocks) and correction.header_rows:
            rows = Block((), (), tuple(range(max(correction.header_rows), len(sheet.types))), (), ())
            tables.append(CorrectedBlock(number, _corrected(sheet, rows, correction), correction))
    return [table for table in tables if table.block.body and table.block.value_columns]


def _corrected(sheet: Sheet, block: Block, correction: Correction | None) -> Block:
    if correction is None:
        return block
    if correction.header_rows:
        header = tuple(row - 1 for row in correction.header_rows if row <= len(sheet.types))
        rows = sorted({*block.above, *block.header, *block.body})
        block = replace(
            block,
            above=tuple(row for row in rows if row < min(header, default=0)),
            header=header,
            body=tuple(row for row in rows if row > max(header, default=-1) and sheet.types[row].strip(BLANK)),
        )
    labels, values = set(block.label_columns), set(block.value_columns)
    for column in range(sheet.grid.width):
        said = correction.columns.get(column_name(column))
        if said is None or said.use is None:
            continue
        if said.use in _LABEL_USES:  # a column of numbers that names the rows stays one of numbers
            labels.add(column)
            values.discard(column)
        else:
            values.add(column)
            labels.discard(column)
    body = tuple(row for row in block.body if not correction.leaves_out(row))
    return replace(block, body=body, label_columns=tuple(sorted(labels)), value_columns=tuple(sorted(values)))


def columns_to_corrected_columns(
    grid: Grid, block: Block, columns: Sequence[Column], correction: Correction | None
) -> list[Column]:
    """The columns of a table as they were said to be."""
    if correction is None:
        return list(columns)
    return [_as_said(grid, block, column, correction.columns.get(column_name(column.index))) for column in columns]


def _as_said(grid: Grid, block: Block, column: Column, said: ColumnCorrection | None) -> Column:
    if said is None:
        return column
    if said.use in _LABEL_USES:
        use = _LABEL_USES[said.use]
        codes = codes_of({grid.rows[row][column.index] for row in block.body}) if use == uses.CODE else {}
        return replace(column, is_label=True, use=use, reason=None, codes=codes)
    if said.use == FIGURES:
        column = replace(column, is_label=False, use=None, reason=None)
        if column.stage is None:
            column = replace(column, stage=stages.NO_STAGE)
    elif said.use == LEAVE_OUT:
        column = replace(column, is_label=False, use=None, reason=messages.COLUMN_LEFT_OUT)
    if said.fiscal_year is not None:
        column = replace(column, years=(said.fiscal_year,), calendar_years=(), has_corrected_year=True)
    if said.calendar_year is not None:
        column = replace(column, years=(), calendar_years=(said.calendar_year,), has_corrected_year=True)
    if said.stage is not None:
        column = replace(column, stage=stages.stage_of((said.stage,)))
    return column if said.unit is None else replace(column, units=(said.unit,))


def context_to_corrected_context(context: Context, correction: Correction | None) -> Context:
    """What holds for the whole table, as it was said to be."""
    if correction is not None and (correction.fiscal_year is not None or correction.calendar_year is not None):
        year = StatedYear(messages.AS_CORRECTED, "", correction.fiscal_year, correction.calendar_year)
        context = replace(context, years=(year,))
    if correction is not None and correction.unit is not None:
        context = replace(context, units=(correction.unit,))
    return context
