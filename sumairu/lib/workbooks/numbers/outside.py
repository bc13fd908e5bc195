"""The numbers of a sheet that no table holds, each with the reason why it is left out."""

from collections.abc import Iterator, Sequence

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
    for row, columns in _outside(sheet, tables):
        for column in columns:
            cell = sheet.grid.rows[row][column]
            if any(correction.leaves_out(row) for correction in corrections):
                account.skip(row, column, cell, ROW_LEFT_OUT)
            elif sheet.types[row][column] == FAULT:
                account.mend_fault(row, column, cell, reason if sheet.grid.is_hidden else None)
            else:
                account.skip(row, column, cell, reason)


def _outside(sheet: Sheet, tables: Sequence[CorrectedBlock]) -> Iterator[tuple[int, list[int]]]:
    """The rows that hold numbers in no table, and the columns of these."""
    taken: list[frozenset[int]] = [frozenset()] * len(sheet.types)
    for block in (table.block for table in tables):
        columns = frozenset((*block.label_columns, *block.value_columns))
        for row in (*block.header, *block.body):
            taken[row] = taken[row] | columns if taken[row] else columns
    rows = list(zip(sheet.types, taken, strict=True))
    left = {}  # once for all rows alike
    for types, columns in set(rows):
        if outside := [i for i, each in enumerate(types) if each in (NUMBER, FAULT) and i not in columns]:
            left[types, columns] = outside
    return ((row, left[alike]) for row, alike in enumerate(rows) if alike in left) if left else iter(())
