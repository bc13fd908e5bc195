"""The numbers of a sheet that no table holds, each with the reason why it is left out."""

from collections.abc import Sequence

from sumairu.lib.workbooks import messages
from sumairu.lib.workbooks.layout.sheets import Sheet
from sumairu.lib.workbooks.messages import ROW_LEFT_OUT
from sumairu.lib.workbooks.numbers.account import Account
from sumairu.lib.workbooks.stated.corrected import CorrectedBlock
from sumairu.lib.workbooks.words.cell_types import FAULT, NUMBER
from sumairu.lib.workbooks.words.numerals import type_of


def unseen_to_account(sheet: Sheet, account: Account) -> None:
    """Add what nobody sees: numbers in hidden rows, and under merged cells."""
    for (row, column), (cell, reason) in sheet.grid.unseen.items():
        if type_of(cell) in (NUMBER, FAULT):
            account.skip(row, column, cell, reason)


def rest_to_account(sheet: Sheet, tables: Sequence[CorrectedBlock], account: Account) -> None:
    """Add the numbers in no table. A fault there is to be mended all the same: nobody knows what it hides."""
    reason = messages.ON_A_HIDDEN_SHEET if sheet.grid.is_hidden else messages.OUTSIDE_A_TABLE
    corrections = [table.correction for table in tables if table.correction]
    taken: dict[int, frozenset[int]] = {}
    for block in (table.block for table in tables):
        columns = frozenset((*block.label_columns, *block.value_columns))
        for row in (*block.header, *block.body):
            taken[row] = taken[row] | columns if row in taken else columns
    rest: dict[tuple[str, frozenset[int]], list[int]] = {}
    for row, types_of_row in enumerate(sheet.types):
        columns = taken.get(row, frozenset())
        left = rest.get((types_of_row, columns))
        if left is None:
            left = [i for i, cell_type in enumerate(types_of_row) if i not in columns and cell_type in (NUMBER, FAULT)]
            rest[types_of_row, columns] = left
        for column in left:
            if any(correction.leaves_out(row) for correction in corrections):
                account.skip(row, column, sheet.grid.rows[row][column], ROW_LEFT_OUT)
            elif types_of_row[column] == FAULT:
                account.mend_fault(row, column, sheet.grid.rows[row][column], reason if sheet.grid.is_hidden else None)
            else:
                account.skip(row, column, sheet.grid.rows[row][column], reason)
