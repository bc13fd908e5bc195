"""A table with all that is stated of its numbers, before one of them is looked at."""

from dataclasses import dataclass

from sumairu.lib.workbooks.addresses import cell_name, column_name
from sumairu.lib.workbooks.figures import Table
from sumairu.lib.workbooks.layout.blocks import Block
from sumairu.lib.workbooks.stated.columns import Column
from sumairu.lib.workbooks.stated.contexts import Context
from sumairu.lib.workbooks.stated.number_contexts import NAMING_NOTHING, NumberContexts, described
from sumairu.lib.workbooks.stated.rows import Rows


@dataclass(frozen=True)
class StatedTable:
    """`number` tells the tables of a sheet apart. `labels` are those of the `columns` that name the rows, `values` those that hold numbers."""

    number: int
    block: Block
    context: Context
    columns: list[Column]
    labels: list[Column]
    values: list[Column]
    rows: Rows
    numbers: NumberContexts


def table_to_summary(sheet_name: str, table: StatedTable) -> Table:
    """What a reading says of where the table was found, and how its columns were understood."""
    block = table.block
    indexes = [column.index for column in table.columns]
    top = min((*block.header, *block.body)) if not block.section else block.body[0]
    return Table(
        sheet=sheet_name,
        number=table.number,
        range=f"{cell_name(top, indexes[0])}:{cell_name(block.body[-1], indexes[-1])}",
        header_rows=tuple(row + 1 for row in block.header),
        label_columns=tuple(
            column_name(column.index)
            for column in table.columns
            if column.is_label and column.use not in NAMING_NOTHING
        ),
        title=table.context.title,
        columns=tuple(described(table.context, table.columns, column) for column in table.columns),
    )
