"""What is known of a number before it is looked at: what its column, its row and their table state, weighed.

The nearest counts first; where two disagree or none says anything, the answer is open.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sumairu.lib.workbooks import messages
from sumairu.lib.workbooks.addresses import column_name
from sumairu.lib.workbooks.figures import CODE, FIGURES, LABEL, LEAVE_OUT, STAGE, YEAR, StatedYear, TableColumn
from sumairu.lib.workbooks.files.cells import Cell, Grid
from sumairu.lib.workbooks.layout.blocks import Block
from sumairu.lib.workbooks.stated.columns import Column, are_below
from sumairu.lib.workbooks.stated.contexts import Context
from sumairu.lib.workbooks.stated.row import Row
from sumairu.lib.workbooks.stated.rows import Rows
from sumairu.lib.workbooks.words import days, notes, stages, units, uses, years
from sumairu.lib.workbooks.words.numerals import number_of, size_of

NO_ROW = Row()


@dataclass(frozen=True)
class NumberContext:
    """`what` are the years, column, stage and supplement of a `Figure`. `size` is that of the unit, 0 where a whole number
    may be none of it. `takes_texts`: texts in its column are no figures that are missing. `year_candidates` as of a `Figure`.
    """

    letters: str
    what: tuple[int | None, int | None, tuple[str, ...], str | None, str | None]
    unit: str | None
    kind: str | None
    size: int
    is_ratio: bool
    reason: str | None
    trouble: str | None
    brackets_are_negative: bool = False
    takes_texts: bool = False
    year_candidates: tuple[StatedYear, ...] = ()


def without_doubtful(grid: Grid, block: Block, columns: Sequence[Column], context: Context) -> list[Column]:
    """The columns, those left out that the unit of the table may not be meant for.

    Of one digit each, or small with fractions, of no year and no name of money, beside amounts that are large: they may
    as well number the sorts of rows, or be an index.
    """
    amounts = [
        column
        for column in columns
        if not (column.is_label or column.reason or column.units)
        and unit_of(context, column, NO_ROW, column.names) in units.SMALL_YEN_UNITS
    ]
    if len(block.body) < 3 or any(column.use == uses.YEAR for column in columns):
        return list(columns)
    doubtful = [
        column.index
        for column in amounts
        if not column.years
        and not any(map(units.names_quantity, column.names))
        and _may_be_no_amounts(grid.down(column.index, block.body))
    ]
    if not doubtful or not any(_is_large(cell) for column in amounts for cell in grid.down(column.index, block.body)):
        return list(columns)
    return [
        replace(column, reason=messages.COLUMN_OF_DIGITS) if column.index in doubtful else column for column in columns
    ]


def with_years_by_distance(columns: Sequence[Column], context: Context) -> list[Column]:
    """The columns; 本年度 and 前年度 of the title's year and the one before, where all figures are of such years."""
    back = {
        column.index: columns_back[0]
        for column in columns
        if (columns_back := [far for text in column.path if (far := years.years_back(text)) is not None])
    }
    figures = [column for column in columns if not column.is_label and not column.apart and column.use != uses.NOTE]
    this_year = context.years[0].fiscal_year if len(context.years) == 1 else None
    if this_year is None or context.is_dated or 0 not in back.values() or len(set(back.values())) < 2:
        return list(columns)
    if any(column.index not in back or column.years for column in figures):
        return list(columns)
    return [
        replace(column, years=(this_year - back[column.index],), reason=_reason_but_distance(column))
        if column in figures
        else column
        for column in columns
    ]


def _reason_but_distance(column: Column) -> str | None:
    of_distance = messages.COLUMN_OF_NO_YEAR.format(path=" ".join(column.path))
    return None if column.reason == of_distance else column.reason


def _may_be_no_amounts(cells: Sequence[Cell]) -> bool:
    return are_below(10, cells) or are_below(1000, cells, whole=False)


def _is_large(cell: Cell) -> bool:
    number = number_of(cell)
    return number is not None and number >= 1000


@dataclass(frozen=True)
class NumberContexts:
    """The contexts of a table's numbers, once for all rows that state the same.

    `keys` has of each row of the body what tells it from rows that state something else; `by_key` the numbers of such a
    row, each column's index with the context; `reasons` why the row is left out, if it is.
    """

    keys: list[object]
    by_key: dict[object, list[tuple[int, NumberContext]]]
    reasons: dict[object, str | None]


def rows_to_number_contexts(context: Context, columns: Sequence[Column], rows: Rows) -> NumberContexts:
    values = [column for column in columns if not column.is_label]
    keys: list[object] = [*rows.variants]
    if not all(any(map(units.names_quantity, column.names)) for column in values):
        keys = [
            (variant, *units.telling(name for _, name in each)) for variant, each in zip(keys, rows.labels, strict=True)
        ]
    rows_by_key = {key: rows.at(i) for key, i in dict(zip(keys, range(len(keys)), strict=True)).items()}
    by_key = {
        key: [(column.index, number_context_of(context, columns, column, row)) for column in values]
        for key, row in rows_by_key.items()
    }
    return NumberContexts(keys, by_key, {key: row.reason for key, row in rows_by_key.items()})


def number_context_of(context: Context, columns: Sequence[Column], column: Column, row: Row) -> NumberContext:
    names = _names(column, row)
    unit = unit_of(context, column, row, names)
    (year, calendar_year), candidates, wrong_year = _years(context, columns, column, row)
    stage, open_stage, wrong_stage = _stage(context, columns, column, row)
    reason = row.reason or column.reason or context.reason or open_stage or _reason_of_unit(unit)
    trouble = row.trouble or context.trouble or wrong_year or wrong_stage
    return NumberContext(
        letters=column_name(column.index),
        what=(year, calendar_year, column.path, stage.name, stage.supplement),
        unit=unit,
        kind=units.KINDS.get(unit or ""),
        size=0 if reason or trouble else size_of(unit),
        is_ratio=unit is None and units.is_ratio(names),
        reason=reason,
        trouble=trouble,
        takes_texts=column.use == uses.NOTE,
        year_candidates=candidates,
    )


def unit_of(context: Context, column: Column, row: Row, names: Sequence[str]) -> str | None:
    stated = {*column.units, *row.units}
    if not stated:
        return units.unit_among(context.units, names, column.siblings)
    return stated.pop() if len(stated) == 1 else None


def in_brackets(number: NumberContext, meant: str) -> NumberContext:
    """What is known of a number in brackets, where the sheet says what those mean."""
    if meant == notes.NEGATIVE:
        return replace(number, brackets_are_negative=True)
    return replace(number, reason=number.reason or messages.NUMBER_IN_BRACKETS.format(meant=meant))


def _reason_of_unit(unit: str | None) -> str | None:
    return messages.UNIT_OF_NEITHER.format(unit=unit) if units.says_neither(unit) else None


def _stage(
    context: Context, columns: Sequence[Column], column: Column, row: Row
) -> tuple[stages.Stage, str | None, str | None]:
    """The stage of a row's number in a column; why it is left out if that is open, and what is wrong with it."""
    own = column.stage or stages.NO_STAGE
    if own.name and row.stage.name and own.name != row.stage.name:
        return own, None, messages.STAGES_DIFFER.format(column=own.name, row=row.stage.name)
    stage = own if own.name else row.stage
    if stage.name or any(each.use == uses.STAGE or (each.stage and each.stage.name) for each in columns):
        return stage, None, None
    if context.stage is None:
        return stage, messages.TITLE_OF_NO_STAGE.format(title=context.title), None
    return context.stage, None, None


# A fiscal year, or a year of the calendar, or neither.
_Year = tuple[int | None, int | None]
_NO_YEAR = (None, None)


def _years(
    context: Context, columns: Sequence[Column], column: Column, row: Row
) -> tuple[_Year, tuple[StatedYear, ...], str | None]:
    """The year of a row's number in a column; the years that it may be of where the table states several; what is wrong.

    A title's year holds only in a table that states none itself: beside columns of years, another column is of no year.
    What an editor said of one column says nothing of the others.
    """
    if column.years:
        year = column.years[0] if len(column.years) == 1 else None
        if context.is_dated and not column.has_corrected_year and not any(map(years.says_fiscal_year, column.path)):
            return (None, year), (), None
        if year and row.year and year != row.year:
            return _NO_YEAR, (), messages.YEARS_DIFFER.format(column=year, row=row.year)
        return (year, None), (), None
    if column.calendar_years:
        year = column.calendar_years[0] if len(column.calendar_years) == 1 else None
        if year and row.calendar_year and year != row.calendar_year:
            return _NO_YEAR, (), messages.CALENDAR_YEARS_DIFFER.format(column=year, row=row.calendar_year)
        return (None, year), (), None
    if column.is_dated:
        [day] = column.days if len(column.days) == 1 else [None]
        is_of_it = (
            day and not day.ends_fiscal_year and not row.states_year and _counts_what_stands(context, column, row)
        )
        return (None, day.year) if day and is_of_it else _NO_YEAR, (), None
    others_state_it = any((each.years and not each.has_corrected_year) or each.use == uses.YEAR for each in columns)
    if row.states_year or others_state_it:
        return (row.year, None if row.year else row.calendar_year), (), None
    possible = tuple(year for year in context.years if _may_be_of(year, column, row))
    if len(context.years) == 1 and possible:
        if context.is_of_day and not _counts_what_stands(context, column, row):
            return _NO_YEAR, (), None
        return (possible[0].fiscal_year, possible[0].calendar_year), (), None
    return _NO_YEAR, possible if len(possible) > 1 else (), None


def _counts_what_stands(context: Context, column: Column, row: Row) -> bool:
    """Is a number in a column of what is there on a day, as people are, rather than of what was done or paid until then?"""
    names = _names(column, row)
    if units.KINDS.get(unit_of(context, column, row, names) or "") == units.YEN:
        return False
    said = days.counts_what_stands(names)
    return bool(days.counts_what_stands(context.headings) if said is None else said)


def _names(column: Column, row: Row) -> tuple[str, ...]:
    """What a number is called: by its column, and by its row where the column does not say what is counted."""
    if any(map(units.names_quantity, column.names)):
        return column.names
    return (*column.names, *(name for _, name in row.labels))


def _may_be_of(year: StatedYear, column: Column, row: Row) -> bool:
    """Can a table's year be that of a number whose column or row may name a year without its era (3年度)?"""
    shorts = (column.short_year, row.short_year)
    if year.fiscal_year is None:
        return not any(shorts)
    return all(years.may_be_called(year.fiscal_year, short) for short in shorts)


def described(context: Context, columns: Sequence[Column], column: Column) -> TableColumn:
    """A column as it was understood, whatever its rows may add."""
    is_figures = not column.is_label and column.reason is None
    fiscal_year, calendar_year = _years(context, columns, column, NO_ROW)[0] if is_figures else (None, None)
    return TableColumn(
        letters=column_name(column.index),
        path=column.path,
        use=_USES.get(column.use or "", LABEL) if column.is_label else FIGURES if is_figures else LEAVE_OUT,
        fiscal_year=fiscal_year,
        calendar_year=calendar_year,
        stage=_stage(context, columns, column, NO_ROW)[0].name if is_figures else None,
        unit=unit_of(context, column, NO_ROW, column.names) if is_figures else None,
        reason=column.reason,
    )


# What a label column may be, as `corrections` call it; any other names the rows. Serial numbers and notes name nothing.
NAMING_NOTHING = (uses.ORDER, uses.NOTE, uses.ABOUT)
_USES = {uses.CODE: CODE, uses.YEAR: YEAR, uses.STAGE: STAGE} | dict.fromkeys(NAMING_NOTHING, LEAVE_OUT)
