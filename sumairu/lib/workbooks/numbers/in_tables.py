"""The numbers of a table, cell by cell: what stands there and what is known of it make a figure."""

from collections.abc import Sequence
from dataclasses import replace

from sumairu.lib.workbooks import messages
from sumairu.lib.workbooks.addresses import Place, column_name, letters_of
from sumairu.lib.workbooks.figures import Figure
from sumairu.lib.workbooks.files.cells import Cell, Grid
from sumairu.lib.workbooks.files.texts import tidy
from sumairu.lib.workbooks.layout.sheets import Sheet
from sumairu.lib.workbooks.numbers.account import Account, raw
from sumairu.lib.workbooks.stated.columns import Column
from sumairu.lib.workbooks.stated.number_contexts import NumberContext, in_brackets
from sumairu.lib.workbooks.stated.stated_table import StatedTable, table_to_summary
from sumairu.lib.workbooks.words import stages, units, years
from sumairu.lib.workbooks.words.cell_types import BLANK, FAULT, MARK, NUMBER
from sumairu.lib.workbooks.words.numerals import Unreadable, amount_of, is_bracketed
from sumairu.lib.workbooks.words.remarks import is_remark

# Of a figure its unit, what stands there, its value and kind.
_Read = tuple[str | None, str, int | str | None, str | None]


def table_to_account(sheet: Sheet, table: StatedTable, account: Account) -> None:
    """Add the numbers of a table to the account of its sheet."""
    account.tables.append(table_to_summary(sheet.grid.name, table))
    already = len(account.figures)
    _leave_faults(sheet, table, account)
    _read_numbers(sheet, table, account)
    is_unnamed = table.rows.are_of_years or not any(table.rows.labels)
    if is_unnamed and (across := _named_across(table.values)):
        for i in range(already, len(account.figures)):
            if label := across.get(letters_of(account.figures[i].cell)):
                account.figures[i] = account.figures[i]._replace(label=label[1], labels=(label,))


def _named_across(columns: Sequence[Column]) -> dict[str, tuple[str, str]]:
    """The names by the letters of their columns where they stand across, over rows that have but years."""
    found = {}
    for column in columns:
        names = [name for name in column.names if not (units.is_quantity(name) or stages.is_stage(name))]
        names = [name for name in names if not years.years_of((name,)) and not years.is_era(name)]
        if names and not column.reason and not (column.years and len(column.names) == 1):
            found[column_name(column.index)] = (names[-2] if len(names) > 1 else "", names[-1])
    return found if len({name for _, name in found.values()}) > 1 else {}


def _leave_faults(sheet: Sheet, table: StatedTable, account: Account) -> None:
    """Account for the cells without a value among the names of rows."""
    with_faults = {types for types in set(sheet.types) if FAULT in types}
    for row, key in zip(table.block.body, table.numbers.keys, strict=True) if with_faults else ():
        if sheet.types[row] in with_faults:
            for column in table.labels:
                if sheet.types[row][column.index] == FAULT:
                    cell = sheet.grid.rows[row][column.index]
                    account.mend_fault(row, column.index, cell, table.numbers.reasons[key])


def _read_numbers(sheet: Sheet, table: StatedTable, account: Account) -> None:
    """The figures of a table, row by row. Whole numbers, as nearly all are, take the shortest way."""
    grid, rows, numbers = sheet.grid, table.rows, table.numbers
    joint = _joint_cells(grid, table.labels, table.values)
    is_doubtful = bool(joint or table.context.brackets)
    whose = zip(rows.texts, rows.labels, rows.beside, rows.codes, strict=True)
    for row, key, of_row in zip(table.block.body, numbers.keys, whose, strict=True):
        cells, types = grid.rows[row], sheet.types[row]
        for column, context in numbers.by_key[key]:
            cell = cells[column]
            if types[column] == BLANK:
                continue
            if is_doubtful:
                context = _with_doubts(context, cell, (row, column) in joint, table.context.brackets)
            read: _Read | None
            size = context.size
            if size and type(cell) is float and cell.is_integer() and 0 <= cell * size < 1e15:
                number = int(cell)
                read = context.unit, str(number), number * size, context.kind
            else:
                read = _read_cell(account, row, column, cell, types[column], context, of_row[0])
            if read:
                note = grid.notes.get((row, column)) if grid.notes else None
                name = f"{context.letters}{row + 1}"
                fields = (grid.name, name, *of_row, *context.what, *read, note, context.year_candidates)
                account.figures.append(tuple.__new__(Figure, fields))  # what `_make` does, in half the time


def _with_doubts(context: NumberContext, cell: Cell, is_joint: bool, brackets: str | None) -> NumberContext:
    """What is known of a number, where its cell is merged with others, or stands in brackets that mean something."""
    if is_joint:
        context = replace(context, size=0, trouble=messages.JOINT_CELL)
    return in_brackets(context, brackets) if brackets and is_bracketed(cell) else context


def _read_cell(
    account: Account, row: int, column: int, cell: Cell, cell_type: str, context: NumberContext, label: str
) -> _Read | None:
    """What a cell of a table holds; None where that is accounted for otherwise."""
    path = context.what[2]
    if context.reason is not None:
        if cell_type in (NUMBER, FAULT) or not context.takes_texts:
            account.skip(row, column, cell, context.reason, label, path)
        return None
    if cell_type == MARK:
        account.skip(row, column, cell, messages.MARK_OF_NO_VALUE, label, path)
        return None
    try:
        value, unit, kind = amount_of(
            cell, context.unit, is_ratio=context.is_ratio, brackets_are_negative=context.brackets_are_negative
        )
    except Unreadable as error:
        if isinstance(cell, str) and is_remark(cell):
            account.skip(row, column, cell, messages.SAID_IN_PLACE.format(text=tidy(cell)), label, path)
        else:
            account.mend(row, column, cell, str(error), label, path)
        return None
    if context.trouble is not None:
        account.mend(row, column, cell, context.trouble, label, path)
        return None
    return unit, raw(cell), value, kind


def _joint_cells(grid: Grid, labels: Sequence[Column], values: Sequence[Column]) -> set[Place]:
    """Cells of values merged over several columns, or over rows that are not named alike: numbers of no one thing."""
    columns = {column.index for column in values}
    joint = {place for place, (_, right) in grid.merges.items() if place[1] in columns and right > place[1]}
    for (top, left), (bottom, _) in grid.merges.items():
        if (
            left in columns
            and len({tuple(grid.at(row, each.index) for each in labels) for row in range(top, bottom + 1)}) > 1
        ):
            joint.add((top, left))
    return joint
