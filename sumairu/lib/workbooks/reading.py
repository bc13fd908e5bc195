"""A workbook read: each figure with all that its sheet says of it, and of every other number why it is not a figure.

The last step. It weighs what a cell's column, row, title and sheet name state, the nearest first; where they disagree
or say nothing, it leaves the answer open.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain

from sumairu.lib.workbooks.corrections import (
    ROW_LEFT_OUT,
    Correction,
    Said,
    corrected_blocks,
    corrected_columns,
    corrected_context,
)
from sumairu.lib.workbooks.figures import Figure, Pairs, Problem, Reading, Remark, SheetSummary, Skipped, Table
from sumairu.lib.workbooks.files.admission import Refused
from sumairu.lib.workbooks.files.cells import Cell, Grid, Place
from sumairu.lib.workbooks.files.grids import read_grids
from sumairu.lib.workbooks.files.scan import MAX_RAW, Fault, cell_name, column_name
from sumairu.lib.workbooks.files.texts import tidy
from sumairu.lib.workbooks.layout.blocks import Block
from sumairu.lib.workbooks.layout.sheets import Sheet, grid_to_sheet
from sumairu.lib.workbooks.layout.tables import find_blocks
from sumairu.lib.workbooks.stated.checks import disagreements
from sumairu.lib.workbooks.stated.columns import Column, columns_of
from sumairu.lib.workbooks.stated.contexts import Context, context_of
from sumairu.lib.workbooks.stated.labels import label_cells, with_what_is_said_beside
from sumairu.lib.workbooks.stated.rows import rows_of
from sumairu.lib.workbooks.stated.terms import (
    NO_ROW,
    Terms,
    described,
    in_brackets,
    terms_of,
    unit_of,
    without_doubtful,
)
from sumairu.lib.workbooks.words import meaning, units, years
from sumairu.lib.workbooks.words.cell_types import BLANK, FAULT, MARK, NUMBER
from sumairu.lib.workbooks.words.numerals import Unreadable, amount_of, is_bracketed, type_of
from sumairu.lib.workbooks.words.remarks import is_remark

MAX_FIGURES = 200_000
MAX_OTHERS = 300_000

# Of a figure its label, labels, what is said beside them, and code.
_Whose = tuple[str, Pairs, Pairs, str | None]
# Of a figure its unit, what stands there, its value and kind.
_Read = tuple[str | None, str, int | str | None, str | None]
_figure = partial(tuple.__new__, Figure)  # in a third of the time of Figure(…)


@dataclass
class _Page:
    """What has been read of one sheet so far."""

    sheet: SheetSummary
    figures: list[Figure] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def skip(self, row: int, column: int, cell: Cell, reason: str) -> None:
        if len(self.skipped) >= MAX_OTHERS:
            raise _too_many_others()
        self.skipped.append(Skipped(self.sheet.name, cell_name(row, column), raw(cell), reason))

    def mend(self, row: int, column: int, cell: Cell, reason: str) -> None:
        self.problems.append(Problem(self.sheet.name, cell_name(row, column), raw(cell), reason))


def read(content: bytes, corrections: Sequence[Correction] = (), name: str = "") -> Reading:
    """Every sheet of a workbook, as `corrections` say. Raises Refused.

    It may exhaust memory: `read_workbook` runs it in a process apart.
    """
    pages: list[_Page] = []
    notices: list[str] = []
    for grid in read_grids(content, name):
        notices.extend(grid.notices)
        pages.append(_read_sheet(grid, corrections))
        _refuse_too_many(pages)
    return Reading(
        tuple(each for page in pages for each in page.figures),
        tuple(each for page in pages for each in page.skipped),
        tuple(each for page in pages for each in page.problems),
        tuple(each for page in pages for each in page.tables),
        tuple(page.sheet for page in pages),
        tuple(each for page in pages for each in page.remarks),
        tuple(notices),
    )


def raw(cell: Cell) -> str:
    """What stands in a cell, as text."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(float(cell))
    return (cell if isinstance(cell, str) else tidy(cell))[:MAX_RAW]


def _refuse_too_many(pages: Sequence[_Page]) -> None:
    if sum(len(page.figures) for page in pages) > MAX_FIGURES:
        raise Refused(
            f"数値が多すぎます（{MAX_FIGURES:,}件を超えています）。年度やシートごとに分けたファイルを選んでください。"
        )
    if sum(len(page.skipped) + len(page.problems) for page in pages) > MAX_OTHERS:
        raise _too_many_others()


def _too_many_others() -> Refused:
    return Refused(
        f"取り込めない数値が多すぎます（{MAX_OTHERS:,}件を超えています）。"
        "取り込む表だけを新しいブックへ値として貼り付け、そのファイルを選んでください。"
    )


def _read_sheet(grid: Grid, corrections: Sequence[Correction]) -> _Page:
    page = _Page(SheetSummary(grid.name, grid.is_hidden, len(grid.rows), grid.width))
    sheet = grid_to_sheet(grid)
    for (row, column), (cell, reason) in grid.unseen.items():
        if type_of(cell) in (NUMBER, FAULT):
            page.skip(row, column, cell, reason)
    if grid.is_hidden:
        _skip_rest(page, sheet, [], "非表示のシートにあります。")
        return page
    tables = corrected_blocks(sheet, find_blocks(sheet), corrections)
    for table in tables:
        _read_table(page, sheet, table)
    left_out = [table.correction for table in tables if table.correction]
    _skip_rest(page, sheet, [table.block for table in tables], "表の外にある数値です。", left_out)
    return page


def _read_table(page: _Page, sheet: Sheet, table: Said) -> None:
    _, block, correction = table
    context = corrected_context(context_of(sheet, block), correction)
    columns = without_doubtful(sheet.grid, block, columns_of(sheet, block), context)
    columns = corrected_columns(sheet.grid, block, columns, correction)
    labels = [column for column in columns if column.is_label]
    values = [column for column in columns if not column.is_label]
    page.tables.append(_table(sheet.grid, table, columns, context))
    texts = label_cells(sheet.grid, block, labels)
    first = min((column.index for column in values if not column.reason), default=sheet.grid.width)
    labels = with_what_is_said_beside(labels, texts, first)
    rows = rows_of(labels, texts, len(block.body))
    keys: list[object] = [*rows.kinds]
    if not all(any(map(units.names_measure, column.names)) for column in values):
        keys = [(kind, *units.telling(name for _, name in each)) for kind, each in zip(keys, rows.labels, strict=True)]
    some = {key: rows.at(i) for key, i in dict(zip(keys, range(len(keys)), strict=True)).items()}
    known = {
        key: [(column.index, terms_of(context, columns, column, row)) for column in values] for key, row in some.items()
    }
    names = list(zip(rows.texts, rows.labels, rows.beside, rows.codes, strict=True))
    joint = _joint_cells(sheet.grid, labels, values)
    plain = None
    if not (joint or sheet.grid.notes or any(FAULT in row for row in set(sheet.types))):
        plain = _plain_figures(sheet.grid, block, names, keys, known)
    already = len(page.figures)
    if plain is not None:
        page.figures.extend(plain)
    else:
        _leave_faults(page, sheet, block, labels, [some[key].reason for key in keys])
        for index, key, whose in zip(block.body, keys, names, strict=True):
            _read_row(page, sheet, index, whose, known[key], joint, context.brackets)
    if not any(rows.labels) and (across := _named_across(values)):
        for i in range(already, len(page.figures)):
            if label := across.get(page.figures[i].cell.rstrip("0123456789")):
                page.figures[i] = page.figures[i]._replace(label=label[1], labels=(label,))
    if meaning.TOTAL in {*(row.apart for row in rows.of_kind), *(column.apart for column in values)}:
        of_units = [(column, unit_of(context, column, NO_ROW, column.names)) for column in values]
        in_order = [rows.at(i) for i in range(len(block.body))]
        for index, place, reason in disagreements(sheet, block, in_order, of_units):
            page.remarks.append(
                Remark(sheet.grid.name, cell_name(index, place), raw(sheet.grid.rows[index][place]), reason)
            )


def _named_across(columns: Sequence[Column]) -> dict[str, tuple[str, str]]:
    """The names by the letters of their columns where they stand across, over rows that have none (years down)."""
    found = {}
    for column in columns:
        names = [name for name in column.names if not (units.is_measure(name) or meaning.is_stage(name))]
        names = [name for name in names if not years.years_of((name,)) and not years.is_era(name)]
        if names and not column.reason and not (column.years and len(column.names) == 1):
            found[column_name(column.index)] = (names[-2] if len(names) > 1 else "", names[-1])
    return found if len({name for _, name in found.values()}) > 1 else {}


def _leave_faults(
    page: _Page,
    sheet: Sheet,
    block: Block,
    labels: Sequence[Column],
    reasons: Sequence[str | None],
) -> None:
    """Account for the errors among the names of rows; `reasons` are why whole rows are left out, if they are."""
    for index, reason in zip(block.body, reasons, strict=True):
        if FAULT in sheet.types[index]:
            for column in labels:
                if sheet.types[index][column.index] == FAULT:
                    _leave_fault(page, sheet.grid, index, column.index, reason)


def _read_row(
    page: _Page,
    sheet: Sheet,
    index: int,
    whose: _Whose,
    known: Sequence[tuple[int, Terms]],
    joint: set[Place],
    brackets: str | None,
) -> None:
    """The figures of one row, of which `known` is what there is to know of each column."""
    grid = sheet.grid
    cells, types = grid.rows[index], sheet.types[index]
    for place, terms in known:
        cell, cell_type = cells[place], types[place]
        if cell_type == BLANK:
            continue
        if joint and (index, place) in joint:
            because = "結合したセルがいくつもの行や列にまたがり、どれの数値か決まりません。"
            terms = replace(terms, size=0, trouble=because)
        if brackets and is_bracketed(cell):
            terms = in_brackets(terms, brackets)
        read: _Read | None
        if type(cell) is float and terms.size and cell.is_integer() and 0 <= cell * terms.size < 1e15:
            number = int(cell)  # as nearly all are
            read = terms.unit, str(number), number * terms.size, terms.kind
        else:
            read = _read_cell(page, index, place, cell, cell_type, terms)
        if read:
            name, note = f"{terms.letters}{index + 1}", grid.notes.get((index, place)) if grid.notes else None
            page.figures.append(_figure((grid.name, name, *whose, *terms.what, *read, note)))


def _plain_figures(
    grid: Grid,
    block: Block,
    names: Sequence[_Whose],
    keys: Sequence[object],
    known: Mapping[object, Sequence[tuple[int, Terms]]],
) -> list[Figure] | None:
    """The figures of a table in half the time, if all of its numbers are whole and nothing is wrong with any."""
    columns = []
    for of_column in zip(*known.values(), strict=True):
        place, first = of_column[0]
        cells = [cell for cell in grid.down(place, block.body) if type(cell) is float]
        if (
            len(cells) < len(block.body)
            or not all(terms.size and (terms.size, terms.kind) == (first.size, first.kind) for _, terms in of_column)
            or not all(map(float.is_integer, cells))
            or not 0 <= min(cells) <= max(cells) * first.size < 1e15
        ):
            return None
        said = {key: (*terms.what, terms.unit) for key, (_, terms) in zip(known, of_column, strict=True)}
        sheet, letters, size, kind = grid.name, first.letters, first.size, first.kind
        of_rows = zip(block.body, names, map(said.__getitem__, keys), map(int, cells), strict=True)
        columns.append(
            [
                (sheet, f"{letters}{row + 1}", *whose, *what, str(number), number * size, kind, None)
                for row, whose, what, number in of_rows
            ]
        )
    return list(map(_figure, chain.from_iterable(zip(*columns, strict=True))))


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


def _read_cell(page: _Page, row: int, column: int, cell: Cell, cell_type: str, terms: Terms) -> _Read | None:
    """What a cell of a table holds; None where that is accounted for otherwise."""
    if terms.reason is not None:
        if cell_type in (NUMBER, FAULT) or not terms.takes_texts:
            page.skip(row, column, cell, terms.reason)
        return None
    if cell_type == MARK:
        page.skip(row, column, cell, "値がないことを表す記号です。ゼロとはしません。")
        return None
    try:
        value, unit, kind = amount_of(
            cell, terms.unit, is_ratio=terms.is_ratio, brackets_are_negative=terms.brackets_are_negative
        )
    except Unreadable as error:
        if isinstance(cell, str) and is_remark(cell):
            page.skip(row, column, cell, f"「{tidy(cell)}」と書かれています。数値はないものとします。")
        else:
            page.mend(row, column, cell, str(error))
        return None
    if terms.trouble is not None:
        page.mend(row, column, cell, terms.trouble)
        return None
    return unit, raw(cell), value, kind


def _leave_fault(page: _Page, grid: Grid, row: int, column: int, reason: str | None) -> None:
    fault = grid.rows[row][column]
    if reason is not None:
        page.skip(row, column, fault, reason)
    elif isinstance(fault, Fault):
        page.mend(row, column, fault, fault.reason)


def _skip_rest(
    page: _Page,
    sheet: Sheet,
    blocks: Sequence[Block],
    reason: str,
    corrections: Sequence[Correction] = (),
) -> None:
    """Account for the numbers in no table. A fault there is to be mended all the same: nobody knows what it hides."""
    taken: dict[int, frozenset[int]] = {}
    for block in blocks:
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
                page.skip(row, column, sheet.grid.rows[row][column], ROW_LEFT_OUT)
            elif types_of_row[column] == FAULT:
                _leave_fault(page, sheet.grid, row, column, reason if sheet.grid.is_hidden else None)
            else:
                page.skip(row, column, sheet.grid.rows[row][column], reason)


def _table(grid: Grid, table: Said, columns: Sequence[Column], context: Context) -> Table:
    block = table.block
    indexes = [column.index for column in columns]
    top = min((*block.header, *block.body)) if not block.section else block.body[0]
    return Table(
        sheet=grid.name,
        number=table.number,
        range=f"{cell_name(top, indexes[0])}:{cell_name(block.body[-1], indexes[-1])}",
        header_rows=tuple(row + 1 for row in block.header),
        label_columns=tuple(column_name(column.index) for column in columns if column.is_label),
        title=context.title,
        columns=tuple(described(context, columns, column) for column in columns),
    )
