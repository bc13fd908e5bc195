"""What an editor says of how a table is to be read: inputs of the steps `tables` and `meaning`, never edits of a result.

>>> correction = Correction("R4", 0, header_rows=(5, 6), columns={"D": ColumnCorrection(FIGURES, fiscal_year=2022)})
>>> Correction.from_json(correction.to_json()) == correction
True
>>> correction.without_years().columns
{'D': ColumnCorrection(use='figures', fiscal_year=None, stage=None, unit=None)}
>>> rows_in("１８６、 187-190", 1726), rows_in("", 9), rows_in_words(((186, 186), (187, 190)))
(((186, 186), (187, 190)), (), '186, 187-190')
>>> rows_in("12-9", 20)
Traceback (most recent call last):
sumairu.lib.workbooks.corrections.RowsNotUnderstood: 「12-9」は、はじめの行がおわりの行より後です。
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, NamedTuple, Self

from sumairu.lib.widths import half_width
from sumairu.lib.workbooks.figures import CODE, FIGURES, LABEL, LEAVE_OUT, STAGE, YEAR
from sumairu.lib.workbooks.files.cells import Grid
from sumairu.lib.workbooks.files.scan import column_name
from sumairu.lib.workbooks.layout.blocks import Block
from sumairu.lib.workbooks.layout.sheets import Sheet
from sumairu.lib.workbooks.stated.columns import Column, codes_of
from sumairu.lib.workbooks.stated.contexts import Context
from sumairu.lib.workbooks.words import meaning
from sumairu.lib.workbooks.words.cell_types import BLANK

USES = {
    FIGURES: "数値",
    LABEL: "だれの・何の数値か（名前）",
    CODE: "団体コード",
    YEAR: "年度",
    STAGE: "段階",
    LEAVE_OUT: "読まない",
}
COLUMN_LEFT_OUT = "読み方で、読まない列にしました。"
ROW_LEFT_OUT = "読み方で、読まない行にしました。"

_APART = re.compile(r"[\s,、・;]+")
_ROWS = re.compile(r"(\d{1,7})(?:[-−–~〜ー](\d{1,7}))?")
_LABEL_USES = {LABEL: None, CODE: meaning.CODE, YEAR: meaning.YEAR, STAGE: meaning.STAGE}


@dataclass(frozen=True)
class ColumnCorrection:
    """What a column holds, and of which year, stage and unit its figures are; None leaves that as it was read."""

    use: str | None = None
    fiscal_year: int | None = None
    stage: str | None = None
    unit: str | None = None


@dataclass(frozen=True)
class Correction:
    """How one table is read: the table of this number on its sheet, from 0, as they are found without corrections.

    Rows are as Excel numbers them, columns by their letters. `left_out_rows` are (first, last). A table that was not
    found at all is described by its header rows and the use of its columns.
    """

    sheet: str
    table: int
    header_rows: tuple[int, ...] = ()
    columns: Mapping[str, ColumnCorrection] = field(default_factory=dict)
    fiscal_year: int | None = None
    unit: str | None = None
    left_out_rows: tuple[tuple[int, int], ...] = ()

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, fields: Mapping[str, Any]) -> Self:
        return cls(
            sheet=fields["sheet"],
            table=fields["table"],
            header_rows=tuple(fields["header_rows"]),
            columns={letters: ColumnCorrection(**column) for letters, column in fields["columns"].items()},
            fiscal_year=fields["fiscal_year"],
            unit=fields["unit"],
            left_out_rows=tuple((first, last) for first, last in fields["left_out_rows"]),
        )

    def without_years(self) -> Self:
        """What holds for next year's workbook as well."""
        columns = {letters: replace(column, fiscal_year=None) for letters, column in self.columns.items()}
        return replace(self, columns=columns, fiscal_year=None)

    def leaves_out(self, row: int) -> bool:
        """Is this row, counted from 0, left out?"""
        return any(first <= row + 1 <= last for first, last in self.left_out_rows)


class RowsNotUnderstood(ValueError):
    """Rows that cannot be read; the message says in Japanese which, and how they are written."""


def rows_in(text: str, height: int) -> tuple[tuple[int, int], ...]:
    """The rows that an editor names, as (first, last) each: 「186, 187-1726」. Raises RowsNotUnderstood."""
    found = []
    for part in filter(None, _APART.split(half_width(text))):
        match = _ROWS.fullmatch(part)
        if match is None:
            raise RowsNotUnderstood(f"「{part[:20]}」は行の番号として読めません。186, 187-190 のように入れてください。")
        first, last = int(match[1]), int(match[2] or match[1])
        if first > last:
            raise RowsNotUnderstood(f"「{part}」は、はじめの行がおわりの行より後です。")
        if not 1 <= first <= height:
            raise RowsNotUnderstood(f"{first}行目は、このシートにありません（{height}行まで）。")
        found.append((first, min(last, height)))
    return tuple(found)


def rows_in_words(rows: Sequence[tuple[int, int]]) -> str:
    """The rows as `rows_in` reads them."""
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in rows)


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
        codes = codes_of({grid.rows[row][column.index] for row in block.body}) if use == meaning.CODE else {}
        return replace(column, is_label=True, use=use, reason=None, codes=codes)
    if said.use == FIGURES:
        column = replace(column, is_label=False, use=None, reason=None)
        if column.stage is None:
            column = replace(column, stage=meaning.NO_STAGE)
    elif said.use == LEAVE_OUT:
        column = replace(column, is_label=False, use=None, reason=COLUMN_LEFT_OUT)
    if said.fiscal_year is not None:
        column = replace(column, years=(said.fiscal_year,))
    if said.stage is not None:
        column = replace(column, stage=meaning.stage_of((said.stage,)))
    return column if said.unit is None else replace(column, units=(said.unit,))


def context_to_corrected_context(context: Context, correction: Correction | None) -> Context:
    """What holds for the whole table, as it was said to be."""
    if correction is not None and correction.fiscal_year is not None:
        context = replace(context, years=(correction.fiscal_year,))
    if correction is not None and correction.unit is not None:
        context = replace(context, units=(correction.unit,))
    return context
