"""A sheet as the steps from here on see it: its cells, what each is at first sight, and what its words tell of its form."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sumairu.lib.codes import six_digits
from sumairu.lib.wareki import FIRST, LAST
from sumairu.lib.workbooks.files.cells import Cell, Grid, are_all
from sumairu.lib.workbooks.files.texts import tidy
from sumairu.lib.workbooks.words import derived, headings, notes, remarks, stages, units, uses, years
from sumairu.lib.workbooks.words.cell_types import BLANK, FAULT, MARK, NUMBER, TEXT, UNIT
from sumairu.lib.workbooks.words.numerals import TypesOfTexts, number_of
from sumairu.lib.workbooks.words.remarks import is_locality, is_misspelt, is_remark, names_label

# Columns are numbered up to here.
MOST_NUMBERED = 100


def _knows_none(_: Cell) -> bool:
    return False


class Words(NamedTuple):
    """What only one who reads can tell of a sheet's form. The other modules of this room ask it, and read no word.

    `are_names`: are the numbers of a row, the rows of text above it being these, names (years) of the columns below?
    `is_odd`: would a text be a number if it were written right (「12～15」, 調整中)?
    `begins_section`: does a row of one text state something of the rows below it (「令和2年度」, 「派遣者数（人）」)?
    `names_rows`: does what a column is called (年度, No.) say that its numbers name the rows?
    `ends_table`: is a text without numbers the last of a table (合計, a note) rather than the title of the next?
    `stands_in`: is a text said in place of a number (不交付, 精査中), or a number with a slip (l,234)?
    `names_column`: could a text be what a column of numbers is called?
    `names_figures`: is it plainly what numbers are called, by their measure, unit or year?
    `names_label`: is it what a column that names the rows is called (市町村名, 区分)?
    `is_locality`, `is_code`: is it the name, the code of one row? `is_year`, `is_stage`: is a year, a stage all that it says?
    `is_operand`: is it a letter by which columns are reckoned, or how they are (Ａ, Ｂ－Ａ)?
    `is_english`: is it said in English, as names of columns are once more under Japanese ones?
    `is_note`: does a row that begins so say something of the table, or whom to ask?
    `says_of_the_file`: does a row that begins so say when, by whom or of what the file was made (調査年：)?
    """

    are_names: Callable[["Sheet", int, list[int]], bool]
    is_odd: Callable[[Cell], bool]
    begins_section: Callable[[Cell], bool]
    names_rows: Callable[[Cell], bool]
    ends_table: Callable[[Cell], bool]
    stands_in: Callable[[Cell], bool] = _knows_none
    names_column: Callable[[Cell], bool] = _knows_none
    names_label: Callable[[Cell], bool] = _knows_none
    is_locality: Callable[[Cell], bool] = _knows_none
    is_code: Callable[[Cell], bool] = _knows_none
    is_operand: Callable[[Cell], bool] = _knows_none
    is_english: Callable[[Cell], bool] = _knows_none
    names_figures: Callable[[Cell], bool] = _knows_none
    is_year: Callable[[Cell], bool] = _knows_none
    is_stage: Callable[[Cell], bool] = _knows_none
    is_note: Callable[[Cell], bool] = _knows_none
    says_of_the_file: Callable[[Cell], bool] = _knows_none


@dataclass(frozen=True)
class Sheet:
    """`types` has a string for each row, a letter of `cell_types` for each cell."""

    grid: Grid
    types: list[str]
    words: Words


def grid_to_sheet(grid: Grid) -> Sheet:
    type_of_text = TypesOfTexts()
    by_column = [
        map(type_of_text.__getitem__, column)
        if are_all(str, column)
        else [NUMBER if type(cell) is float else type_of_text[cell] for cell in column]
        for column in grid.columns
    ]
    types = list(map("".join, zip(*by_column, strict=True)))
    may_be_of_units = {each for each in set(types) if _may_be_of_units(each)}  # the rows of a long sheet are alike
    for row in [row for row, each in enumerate(types) if each in may_be_of_units] if may_be_of_units else ():
        types[row] = _with_units(grid, types, row)
    return Sheet(grid, types, WORDS)


def _may_be_of_units(cell_types: str) -> bool:
    return len(cell_types) - cell_types.count(BLANK) > 1 and not set(cell_types) - {TEXT, UNIT, BLANK}


def _with_units(grid: Grid, types: Sequence[str], row: int) -> str:
    """The types of a row of texts; units by themselves (戸, 団体) where all of its cells are, each under a name."""
    columns = [column for column, cell_type in enumerate(types[row]) if cell_type != BLANK]
    cells = [grid.rows[row][column] for column in columns]
    if not all(isinstance(cell, str) and units.may_be_unit(cell) for cell in cells):
        return types[row]
    above = types[max(0, row - 3) : row]
    below = next((types[each] for each in range(row + 1, len(types)) if types[each].strip()), "")
    is_between = all(
        (any(each[column] == TEXT for each in above) or (row - 1, column) in grid.covered)
        and below[column : column + 1] in (NUMBER, MARK)
        for column in columns
    )
    return (
        "".join(UNIT if column in columns else BLANK for column in range(len(types[row]))) if is_between else types[row]
    )


def is_row_of_names(sheet: Sheet, row: int, above: list[int]) -> bool:
    """Are the numbers in a row, with the texts that stand over them, names of the columns below: years, or 1 2 3?"""
    if MARK in sheet.types[row] or FAULT in sheet.types[row]:
        return False
    numbers = [
        number_of(cell)
        for cell, cell_type in zip(sheet.grid.rows[row], sheet.types[row], strict=True)
        if cell_type != BLANK
    ]
    if len(numbers) > 1 and [number and abs(number) for number in numbers] == list(range(1, len(numbers) + 1)):
        return True
    if _lies_between_names(sheet, row, above):
        return True
    paths = []
    first = sheet.grid.width
    for column, cell_type in enumerate(sheet.types[row]):
        cells = dict.fromkeys(sheet.grid.covered.get((upper, column), (upper, column)) for upper in above)
        texts = [
            tidy(sheet.grid.rows[upper][left]) for upper, left in cells if sheet.types[upper][left] in (TEXT, NUMBER)
        ]
        texts = texts or _era_on_the_left(sheet, above, column)
        path = (*texts, tidy(sheet.grid.rows[row][column]))
        if cell_type == NUMBER or (cell_type == TEXT and years.years_of(path)):
            paths.append(path)
            first = min(first, column)
    # What begins with a year may be a row of figures: 平成29年度 30 31.
    is_named = any(sheet.types[row][left] == TEXT or (row, left) in sheet.grid.covered for left in range(first))
    return years.are_years(paths, may_go_on=is_named)


def _lies_between_names(sheet: Sheet, row: int, above: Sequence[int]) -> bool:
    """Have columns names above and below the numbers of a row, which are years of those, or but number them?"""
    columns = [column for column, cell_type in enumerate(sheet.types[row]) if cell_type == NUMBER]
    below = next((types for types in sheet.types[row + 1 :] if types.strip()), "")
    if len(columns) < 2 or not above or not below or NUMBER in below or FAULT in below:
        return False
    if any(
        all(types[column] != TEXT for types in rows)
        for rows in ([sheet.types[each] for each in above], [below])
        for column in columns
    ):
        return False
    texts = [tidy(sheet.grid.rows[row][column]) for column, each in enumerate(sheet.types[row]) if each == TEXT]
    numbers = [number_of(sheet.grid.rows[row][column]) for column in columns]
    if all(number is not None and FIRST <= number <= LAST for number in numbers):
        return all(years.heads_years(text) for text in texts)
    return not texts and all(number is not None and 0 <= number < MOST_NUMBERED for number in numbers)


def _era_on_the_left(sheet: Sheet, above: Sequence[int], column: int) -> list[str]:
    """The era that is written once, over the first of its years."""
    for row in above[-1:]:
        texts = [tidy(sheet.grid.rows[row][left]) for left in range(column) if sheet.types[row][left] != BLANK]
        if texts and years.is_era(texts[-1]):
            return [texts[-1]]
    return []


WORDS = Words(
    are_names=is_row_of_names,
    is_odd=remarks.stands_for_number,
    begins_section=lambda cell: headings.begins_section(tidy(cell)),
    names_rows=lambda cell: uses.use_of((tidy(cell),)) is not None,
    ends_table=lambda cell: notes.ends_table(tidy(cell)),
    stands_in=lambda cell: isinstance(cell, str) and (is_remark(cell) or is_misspelt(cell)),
    names_column=lambda cell: isinstance(cell, str) and headings.names_column(tidy(cell)),
    names_label=lambda cell: isinstance(cell, str) and names_label(cell),
    is_locality=lambda cell: isinstance(cell, str) and is_locality(cell),
    names_figures=lambda cell: isinstance(cell, str) and headings.names_figures(tidy(cell)),
    is_year=years.is_year,
    is_stage=lambda cell: isinstance(cell, str) and stages.is_stage(tidy(cell)),
    is_note=lambda cell: isinstance(cell, str) and notes.is_note(cell),
    says_of_the_file=lambda cell: isinstance(cell, str) and years.says_of_the_file(cell),
    is_english=lambda cell: isinstance(cell, str) and remarks.is_english(cell),
    is_operand=lambda cell: isinstance(cell, str) and derived.is_operand(cell),
    is_code=lambda cell: isinstance(cell, str) and six_digits(cell) is not None,
)
