"""The way of a workbook from its bytes to its figures, step by step. Each step is named by what it takes and makes.

    file → grids → sheets → blocks → corrected blocks → stated tables → account of every number → reading

A stated table is a block with its context, columns and rows, and what these state of each number. The nearest counts
first; where two disagree or say nothing, the answer is open.
"""

from collections.abc import Sequence

from sumairu.lib.workbooks.corrections import Correction
from sumairu.lib.workbooks.figures import Reading, SheetSummary
from sumairu.lib.workbooks.files.cells import Grid
from sumairu.lib.workbooks.files.grids import file_to_grids
from sumairu.lib.workbooks.layout.sheets import Sheet, grid_to_sheet
from sumairu.lib.workbooks.layout.tables import sheet_to_blocks
from sumairu.lib.workbooks.numbers.account import Account, accounts_to_reading, refuse_too_many
from sumairu.lib.workbooks.numbers.in_tables import table_to_account
from sumairu.lib.workbooks.numbers.outside import rest_to_account, unseen_to_account
from sumairu.lib.workbooks.numbers.totals import totals_to_account
from sumairu.lib.workbooks.stated.columns import block_to_columns
from sumairu.lib.workbooks.stated.contexts import block_to_context
from sumairu.lib.workbooks.stated.corrected import (
    CorrectedBlock,
    blocks_to_corrected_blocks,
    columns_to_corrected_columns,
    context_to_corrected_context,
)
from sumairu.lib.workbooks.stated.labels import columns_to_label_cells, label_cells_to_labels
from sumairu.lib.workbooks.stated.number_contexts import (
    rows_to_number_contexts,
    with_years_by_distance,
    without_doubtful,
)
from sumairu.lib.workbooks.stated.rows import label_cells_to_rows, rows_to_named_rows
from sumairu.lib.workbooks.stated.stated_table import StatedTable


def read(content: bytes, corrections: Sequence[Correction] = (), name: str = "") -> Reading:
    """Every sheet of a workbook, as `corrections` say. Raises Refused.

    It may exhaust memory: `read_workbook` runs it in a process apart.
    """
    accounts: list[Account] = []
    notices: list[str] = []
    for grid in file_to_grids(content, name):
        notices.extend(grid.notices)
        accounts.append(SheetReading(grid, corrections).account)
        refuse_too_many(accounts)
    return accounts_to_reading(accounts, notices)


def grid_to_summary(grid: Grid) -> SheetSummary:
    hidden = grid.rows_unseen, grid.columns_unseen
    return SheetSummary(grid.name, grid.is_hidden, len(grid.rows), grid.width, *hidden, len(grid.notes))


class SheetReading:
    """One sheet read, with what each step made of the one before it."""

    def __init__(self, grid: Grid, corrections: Sequence[Correction] = ()):
        self.account = Account(grid_to_summary(grid))
        self.sheet = grid_to_sheet(grid)
        self.blocks = [] if grid.is_hidden else sheet_to_blocks(self.sheet)
        self.corrected_blocks = (
            [] if grid.is_hidden else blocks_to_corrected_blocks(self.sheet, self.blocks, corrections)
        )
        self.tables = [corrected_block_to_table(self.sheet, each) for each in self.corrected_blocks]
        unseen_to_account(self.sheet, self.account)
        for table in self.tables:
            table_to_account(self.sheet, table, self.account)
            totals_to_account(self.sheet, table, self.account)
        rest_to_account(self.sheet, self.corrected_blocks, self.account)


def corrected_block_to_table(sheet: Sheet, corrected: CorrectedBlock) -> StatedTable:
    """What is stated of the numbers of one block."""
    number, block, correction = corrected
    context = context_to_corrected_context(block_to_context(sheet, block), correction)
    columns = with_years_by_distance(block_to_columns(sheet, block), context)
    columns = without_doubtful(sheet.grid, block, columns, context)
    columns = columns_to_corrected_columns(sheet.grid, block, columns, correction)
    labels = [column for column in columns if column.is_label]
    values = [column for column in columns if not column.is_label]
    label_cells = columns_to_label_cells(sheet.grid, block, labels)
    first_figure = min((column.index for column in values if not column.reason), default=sheet.grid.width)
    labels = label_cells_to_labels(labels, label_cells, first_figure)
    rows = rows_to_named_rows(label_cells_to_rows(labels, label_cells, len(block.body)))
    numbers = rows_to_number_contexts(context, columns, rows)
    return StatedTable(number, block, context, columns, labels, values, rows, numbers)
