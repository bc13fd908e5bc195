"""What the columns of a table state, each by itself."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice, pairwise

from sumairu.lib.codes import have_check_digits, six_digits_in
from sumairu.lib.workbooks import messages
from sumairu.lib.workbooks.files.cells import Cell
from sumairu.lib.workbooks.files.texts import tidy
from sumairu.lib.workbooks.layout.blocks import Block
from sumairu.lib.workbooks.layout.headers import column_path, column_units
from sumairu.lib.workbooks.layout.sheets import Sheet
from sumairu.lib.workbooks.messages import COLUMN_HIDDEN
from sumairu.lib.workbooks.words import derived, units, uses, years
from sumairu.lib.workbooks.words.cell_types import BLANK, MARK, NUMBER, TEXT
from sumairu.lib.workbooks.words.days import Day, days_in
from sumairu.lib.workbooks.words.names import bare, code_and_name
from sumairu.lib.workbooks.words.notes import is_note
from sumairu.lib.workbooks.words.numerals import number_of, type_of
from sumairu.lib.workbooks.words.remarks import names_label
from sumairu.lib.workbooks.words.stages import (
    Stage,
    is_stage,
    says_amount_so_far,
    says_supplement,
    stage_of,
)

# Columns of these uses say whose a row is.
NAMES = (None, uses.IDENTIFIER)
MANY_CODES = 5
# Names are numbered up to here.
MOST_NUMBERED = 1000


@dataclass(frozen=True)
class Column:
    """What the texts over a column state. `reason` says why its numbers are left out, if they are, `apart` as what.

    `is_dated`: it is of a day or a calendar year. Of a column of years, `years_below` has what its cells state; `codes`
    likewise, and `coded` the code and the name that stand in one cell. `is_said_beside`: its texts are said of rows
    that other names tell apart. `short_year` is a year named without its era. `days` are those as of which its figures
    stand, where no other column is of another day of the same year. `has_corrected_year`: an editor said its year.
    """

    index: int
    path: tuple[str, ...]
    is_label: bool
    use: str | None
    years: tuple[int, ...]
    stage: Stage | None
    units: tuple[str, ...]
    names: tuple[str, ...]
    siblings: tuple[str, ...]
    reason: str | None
    codes: Mapping[Cell, str | None]
    apart: str | None = None
    is_dated: bool = False
    is_said_beside: bool = False
    short_year: str = ""
    years_below: Mapping[Cell, int | None] = field(default_factory=dict)
    coded: Mapping[Cell, tuple[str, str]] = field(default_factory=dict)
    has_own_unit: bool = False
    calendar_years: tuple[int, ...] = ()
    days: tuple[Day, ...] = ()
    has_corrected_year: bool = False

    @property
    def header(self) -> str:
        return self.path[-1] if self.path else ""


def block_to_columns(sheet: Sheet, block: Block) -> list[Column]:
    """The columns of a table from left to right."""
    columns = [_column(sheet, block, index) for index in sorted({*block.label_columns, *block.value_columns})]
    if not any(column.is_label and column.use in NAMES for column in columns):
        columns = [replace(column, use=None) if column.use == uses.ABOUT else column for column in columns]
    across = iter(years.years_across(column.path for column in columns if not column.is_label))
    siblings: dict[tuple[str, ...], list[str]] = {}
    for column in columns:
        siblings.setdefault(column.names[:-1], []).extend(column.names[-1:])
    is_supplemented = any(says_supplement(name) for column in columns for name in column.names)
    found = []
    for column in columns:
        column = replace(column, siblings=tuple(siblings[column.names[:-1]]))
        if column.apart == derived.TOTAL and derived.is_whole(
            column.path, column.siblings, column.units if column.has_own_unit else ()
        ):
            column = replace(column, reason=None if column.reason == _reason_of_total(column) else column.reason)
        if not column.is_label:
            column = replace(column, years=tuple(next(across)), units=_units_that_fit(column))
            if is_supplemented and any(map(says_amount_so_far, column.names)):  # what there was before the supplement
                column = replace(column, stage=None, reason=column.reason or _open_stage(column.path))
        found.append(column)
    found = _with_years_beside_eras(sheet, block, found)
    return _with_numbers_as_names(sheet, block, _of_days(_of_the_calendar(sheet, block, found)))


def _with_years_beside_eras(sheet: Sheet, block: Block, columns: Sequence[Column]) -> list[Column]:
    """The columns; numbers behind a column of eras (平成 | 29, 30) are years, of the kind that they or their header say."""
    found = list(columns)
    for place, (eras, numbers) in enumerate(pairwise(columns)):
        if not eras.is_label or numbers.index != eras.index + 1 or numbers.units:
            continue
        below = years.years_beside_eras(_cells_below(sheet, block, eras), _cells_below(sheet, block, numbers))
        if len(below) < 2:
            continue
        said = chain(eras.path, numbers.path, map(tidy, _cells_below(sheet, block, numbers)))
        if use := next(filter(None, map(uses.use_of_years, said)), None):
            found[place] = replace(eras, use=uses.ORDER)
            found[place + 1] = replace(
                numbers, is_label=True, use=use, reason=None, apart=None, years=(), years_below=below
            )
    return found


def _cells_below(sheet: Sheet, block: Block, column: Column) -> Iterator[Cell]:
    return (sheet.grid.rows[row][column.index] for row in block.body)


def _of_days(columns: Sequence[Column]) -> list[Column]:
    """The columns; where two are of different days of one year (4月1日, 10月1日), the year alone would not tell them apart."""
    met = {day for column in columns for day in column.days}
    years_met = Counter(day.year for day in met)
    return [
        replace(column, days=()) if any(years_met[day.year] > 1 for day in column.days) else column
        for column in columns
    ]


def _of_the_calendar(sheet: Sheet, block: Block, columns: Sequence[Column]) -> list[Column]:
    """The columns; those whose bare years (2018) stand in a row called 年 or 西暦 are of these years of the calendar."""
    first = min(block.value_columns, default=sheet.grid.width)
    rows = [
        row
        for row in block.header
        if any(uses.use_of((tidy(cell),)) == uses.TIME for cell in sheet.grid.rows[row][:first] if cell != "")
    ]
    return [
        replace(column, years=(), calendar_years=column.years)
        if column.years in [(years.bare_year_of(sheet.grid.at(row, column.index)),) for row in rows]
        else column
        for column in columns
    ]


def _with_numbers_as_names(sheet: Sheet, block: Block, columns: Sequence[Column]) -> list[Column]:
    """The columns; where none says whose a row is, the first that can tell the rows apart by its numbers: ages, 1 2 3."""
    if len(columns) < 2 or any(column.is_label and column.use != uses.ORDER for column in columns):
        return list(columns)
    first, *others = columns
    is_amount = _says_amount(first) and not any(map(uses.is_age, first.names))
    if not first.is_label and (is_amount or not all(map(_says_amount, others)) or not _rises(sheet, block, first)):
        return list(columns)
    return [replace(first, is_label=True, use=None, reason=None), *others]


def _says_amount(column: Column) -> bool:
    return bool(column.units or column.years) or any(map(units.names_quantity, column.names))


def _rises(sheet: Sheet, block: Block, column: Column) -> bool:
    """Are three numbers or more in a column whole, each above the one before?"""
    numbers = [number for cell in sheet.grid.down(column.index, block.body) if (number := number_of(cell)) is not None]
    is_whole = len(numbers) == len(block.body) and all(number == int(number) for number in numbers)
    return is_whole and len(numbers) > 2 and all(before < after for before, after in pairwise(numbers))


def _units_that_fit(column: Column) -> tuple[str, ...]:
    """Of the units over a column, those of its own; else those over its group that can count what it is called."""
    own = units.units_over(column.path[-1]) if column.path else []
    if own or column.has_own_unit:
        return column.units
    return tuple(
        unit
        for unit in column.units
        if units.says_neither(unit) or units.unit_among([unit], column.names, column.siblings)
    )


def _column(sheet: Sheet, block: Block, index: int) -> Column:
    path = column_path(sheet, block, index)
    path = tuple(text for text in path if not is_note(text)) or path
    own_units = column_units(sheet, block, index)
    path = path or tuple(unit for unit in own_units[:1] if not unit.startswith(("(", "（")))  # 件 beside 金額
    stated_units = [unit for text in path for unit in units.units_over(text)]
    stated_units += [unit for text in own_units for unit in units.units_over(text) or units.units_of_cell(text)]
    of_years = years.years_of(path)
    is_text = index in block.label_columns
    cells = sheet.grid.down(index, block.body)
    use = _use(sheet, block, index, path, cells, has_unit=bool(stated_units))
    is_slip = is_text and use is None and _is_slip(block, index, path, cells)
    is_label = (is_text and not is_slip) or (use in uses.NAMING_USES and not of_years)
    reason = None
    if not is_label:
        is_hidden = index in sheet.grid.hidden_columns
        reason = COLUMN_HIDDEN if is_hidden else _reason_of_class(path, cells) or _reason_of_column(path, use)
    return Column(
        index=index,
        path=path,
        is_label=is_label,
        use=use if is_label or use == uses.NOTE else None,
        years=() if is_label and index < min(block.value_columns) else tuple(of_years),
        stage=stage_of(path),
        units=tuple(dict.fromkeys(stated_units)),
        names=tuple(bare(text) for text in path),
        siblings=(),
        reason=reason,
        codes=codes_of(set(cells)) if use == uses.CODE else {},
        is_dated=not of_years and any(map(years.names_a_time, path)),
        calendar_years=()
        if of_years
        else tuple(dict.fromkeys(year for text in path for year in years.calendar_years_in(text))),
        days=() if is_label else tuple({day for text in path for day in days_in(text, is_header=True)}),
        short_year=next(filter(None, map(years.short_year_in, path)), ""),
        years_below=years.years_down(sheet.grid.down(index, block.rows)) if use == uses.YEAR else {},
        apart=next(filter(None, map(derived.set_apart, path)), None),
        has_own_unit=bool(own_units),
        coded=_codes_in_names(cells) if is_label and use is None else {},
    )


def _use(
    sheet: Sheet, block: Block, index: int, path: Sequence[str], cells: Sequence[Cell], *, has_unit: bool
) -> str | None:
    """What a column is for: by its name, or where that says nothing of it, by what it holds."""
    use = uses.use_of(path)
    is_text = index in block.label_columns
    if use == uses.YEAR and is_text and not any(years.may_state_one(str(cell)) for cell in cells):
        use = None  # the corner of a table whose columns are years
    if use not in (*NAMES, uses.ORDER):
        return use
    is_first = index < min(block.label_columns, default=index) and not any(map(units.names_quantity, path))
    is_serial = not is_text and is_first and not has_unit and _is_serial(cells)
    is_serial = is_serial or (not is_text and _numbers_names(sheet, block, index, cells))
    return _use_by_content(cells, is_text, bool(path) and not use, is_serial) or use


def _numbers_names(sheet: Sheet, block: Block, index: int, cells: Sequence[Cell]) -> bool:
    """Do small whole numbers stand before names, with one header for both (款: 1 町税, 10 地方交付税)?"""
    if index + 1 not in block.label_columns:
        return False
    numbers = (cell for cell in cells if type_of(cell) == NUMBER)  # a total has its name there
    if not are_below(MOST_NUMBERED, numbers):
        return False
    names = [row for row in block.header if sheet.types[row][index] == TEXT]
    if not names or any(sheet.types[row][index + 1] == TEXT for row in block.header):
        return False
    row = names[-1]
    return sheet.grid.covered.get((row, index + 1)) == (row, index) or names_label(str(sheet.grid.rows[row][index]))


def _is_slip(block: Block, index: int, path: Sequence[str], cells: Sequence[Cell]) -> bool:
    """Are texts amid the figures slips to be mended (「四十五」) rather than names of rows?"""
    is_amount = not years.years_of(path[:-1]) or units.names_quantity(path[-1])
    if years.years_of(path) and is_amount and index > min(block.value_columns):
        return True
    return index > min(block.label_columns) and _is_spoiled(path, cells)


def _is_spoiled(path: Sequence[str], cells: Iterable[Cell]) -> bool:
    """Is a column one of numbers by its name, though most of its cells are texts?"""
    is_named = bool(path) and (units.is_quantity(path[-1]) or bool(units.units_over(path[-1])))
    return is_named and any(type_of(cell) == NUMBER for cell in cells)


def _reason_of_class(path: Sequence[str], cells: Iterable[Cell]) -> str | None:
    if not path or not uses.is_class(path[-1]) or not are_below(100, cells):
        return None
    return messages.COLUMN_OF_CLASSES.format(header=path[-1])


def are_below(limit: int, cells: Iterable[Cell], *, whole: bool = True) -> bool:
    """Are the numbers in these cells less than `limit`, whole or with a fraction among them, and not all zero?"""
    found = False
    is_whole = True
    for cell in cells:
        if type_of(cell) in (BLANK, MARK):
            continue
        number = number_of(cell)
        if number is None or not 0 <= number < limit:
            return False
        is_whole = is_whole and number == int(number)
        found = found or number > 0
    return found and is_whole == whole


def _is_serial(cells: Sequence[Cell]) -> bool:
    """Do numbers but count the rows: 1, 2, 3 …?"""
    if len(cells) < 3 or number_of(cells[0]) not in (0, 1):
        return False
    return all(number_of(cell) == place for place, cell in enumerate(cells, start=int(number_of(cells[0]) or 0)))


def _use_by_content(of_column: Sequence[Cell], is_text: bool, is_named: bool, is_serial: bool) -> str | None:
    """ORDER of numbers that count the rows; YEAR, STAGE or CODE where all that a column holds are such, whatever it is called.

    Numbers that have a name may be amounts: those are codes where it can be no chance that all have check digits.
    """
    if is_serial:
        return uses.ORDER
    if is_named and not is_text:
        some = of_column[:MANY_CODES]
        are_codes = len(set(some)) == MANY_CODES and have_check_digits(some)
        return uses.CODE if are_codes and have_check_digits(of_column) else None
    are_years = are_stages = are_codes = True
    cells = []
    for cell in dict.fromkeys(of_column):
        if type_of(cell) in (BLANK, MARK) or derived.set_apart(tidy(cell)):
            continue
        are_years = are_years and (years.year_in(cell) is not None or years.could_go_on(cell))
        are_stages = are_stages and isinstance(cell, str) and is_stage(cell)
        are_codes = are_codes and have_check_digits([cell])
        if not (are_years or are_stages or are_codes):
            return None
        cells.append(cell)
    if cells and are_years and all(years.years_down(cells).values()):
        return uses.YEAR if is_text or len(cells) == len(of_column) else None
    if cells and are_stages:
        return uses.STAGE
    return uses.CODE if len(cells) > 2 and are_codes else None


def codes_of(cells: Collection[Cell]) -> dict[Cell, str | None]:
    """The six digits of each cell in a column of codes."""
    return dict(zip(cells, six_digits_in(cells), strict=True))


def _codes_in_names(cells: Iterable[Cell]) -> dict[Cell, tuple[str, str]]:
    """The code and the name of each cell that holds both, where nearly all of a column do."""
    texts = [cell for cell in dict.fromkeys(cells) if isinstance(cell, str) and cell]
    if not any(code_and_name(text) for text in islice(texts, 5)):
        return {}
    found = {text: both for text in texts if (both := code_and_name(text))}
    codes = six_digits_in(code for code, _ in found.values())
    if len(found) * 5 < len(texts) * 4 or (
        len(found) < 2 and not have_check_digits(code for code, _ in found.values())
    ):
        return {}
    return {text: (code, name) for (text, (_, name)), code in zip(found.items(), codes, strict=True) if code}


def _reason_of_column(path: tuple[str, ...], use: str | None) -> str | None:
    if not path:
        return messages.COLUMN_WITHOUT_HEADER
    if use == uses.NOTE:
        return messages.COLUMN_OF_NOTES.format(header=path[-1])
    for text in path:
        if (what := derived.set_apart(text)) and not derived.is_mean_by_definition(path, text):
            return messages.COLUMN_SET_APART.format(what=what, header=text)
    if years.names_other_year(path):
        return messages.COLUMN_OF_NO_YEAR.format(path=" ".join(path))
    return _open_stage(path) if stage_of(path) is None else None


def _reason_of_total(column: Column) -> str:
    return messages.COLUMN_SET_APART.format(what=derived.TOTAL, header=column.header)


def _open_stage(path: Sequence[str]) -> str:
    return messages.COLUMN_OF_NO_STAGE.format(path=" ".join(path))
