"""Which rows over a table name its columns, and with which cell each does.

It sees types of cells, merges and what is blank, and reads no word.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise

from sumairu.lib.workbooks.addresses import Place
from sumairu.lib.workbooks.files.cells import Grid
from sumairu.lib.workbooks.layout.sheets import Sheet
from sumairu.lib.workbooks.words.cell_types import BLANK, MARK, NUMBER, TEXT, UNIT

MAX_HEADER_ROWS = 6
MAX_ROWS_BEFORE_NUMBERS = 20
MAX_BLANKS_OVER_UNITS = 5
# A text over the first of several columns may name all of them without being merged; a sentence does not.
LONGEST_SPREADING_NAME = 20


def header_of(sheet: Sheet, gap: range, values: tuple[int, ...]) -> tuple[int, ...]:
    """The rows of `gap` that name the columns of figures below."""
    header = _rows_that_name(sheet, gap, values)
    while len(header) > 1 and _is_row_without_figure(sheet, header, figures_of(sheet, header[:-1], values)):
        header = header[:-1]
    figures = figures_of(sheet, header, values)
    return header if figures == values else _rows_that_name(sheet, gap, figures)


def _is_row_without_figure(sheet: Sheet, header: tuple[int, ...], figures: tuple[int, ...]) -> bool:
    """Is the last row of a header none: named where the rows above name the labels, blank where they name figures?"""
    *upper, last = header
    named = [column for column in range(sheet.grid.width) if any(sheet.types[row][column] == TEXT for row in upper)]
    figures = tuple(column for column in figures if column in named)
    names_row = any(
        sheet.types[last][column] == TEXT and column < min(figures, default=sheet.grid.width) for column in named
    )
    return names_row and any(
        sheet.types[last][column] in (BLANK, MARK) and (last, column) not in sheet.grid.covered for column in figures
    )


def _rows_that_name(sheet: Sheet, gap: range, values: tuple[int, ...]) -> tuple[int, ...]:
    """These, read upwards from the numbers until a row does not.

    Rows of text between them and the numbers, which name no column, may come first: a section, names without numbers.
    """
    header: list[int] = []
    others = blanks = 0
    for row in reversed(gap):
        own = [column for column, cell_type in enumerate(sheet.types[row]) if cell_type not in (BLANK, UNIT, MARK)]
        named = [column for column in values if naming_cell(sheet, row, column, values, header)]
        is_wide = _names_widely(sheet, row, values, header)
        is_first = all(says_again(sheet, each, values) for each in header)
        if own and says_of_the_file(sheet, row):
            break
        has_units = has_unit_for_each(sheet.types, row, values) and not named
        if not own or has_units:  # which may have the names of the labels beside them
            if named or has_units:
                header.append(row)
            elif not sheet.types[row].strip():
                blanks += 1
            elif not header:  # a unit for all, between names and numbers
                blanks = 0
        elif not named and not header:
            others += 1
        elif (
            is_wide
            or (named and is_first and not (others or blanks))
            or (named and others and not (header or blanks) and _counts(sheet, row, own))  # over lines of names
            or (  # the parts of one group, between rows that name all
                named
                and (header[-1:] == [row + 1] or (others and not (header or blanks)))
                and row > gap.start
                and _names_widely(sheet, row - 1, values, [*header, row])
            )
        ):
            header.append(row)
        else:
            break
        is_of_units = bool(header) and not any(set(sheet.types[each]) & {TEXT, NUMBER} for each in header)
        most = MAX_BLANKS_OVER_UNITS if is_of_units else 1  # what is counted so is named somewhere above
        if blanks > most or others > MAX_ROWS_BEFORE_NUMBERS or len(header) == MAX_HEADER_ROWS:
            break
    return tuple(reversed(header))


def says_again(sheet: Sheet, row: int, columns: Iterable[int]) -> bool:
    """Has a row but letters, or names in English, for columns that the rows above it name?"""
    texts = [sheet.grid.rows[row][column] for column in columns if sheet.types[row][column] == TEXT]
    return bool(texts) and all(sheet.words.is_operand(text) or sheet.words.is_english(text) for text in texts)


def says_of_the_file(sheet: Sheet, row: int) -> bool:
    """Does a row say when or by whom the file was made?"""
    texts = [column for column, cell_type in enumerate(sheet.types[row]) if cell_type == TEXT]
    return any(sheet.words.says_of_the_file(sheet.grid.rows[row][column]) for column in texts[:2])


def _counts(sheet: Sheet, row: int, own: Sequence[int]) -> bool:
    """Is all that a row says what is counted in a column?"""
    return len(own) == 1 and sheet.words.begins_section(sheet.grid.rows[row][own[0]])


def _names_widely(sheet: Sheet, row: int, values: tuple[int, ...], below: Sequence[int]) -> bool:
    """Does a row name half of the columns, with more than one cell or with one that is merged over them?

    What is merged down into it from above names its column as well.
    """
    own = [column for column, cell_type in enumerate(sheet.types[row]) if cell_type not in (BLANK, UNIT, MARK)]
    named = [place for column in values if (place := naming_cell(sheet, row, column, values, below))]
    is_by_many = len(own) > 1 or (bool(own) and len(set(named)) > 1)
    return len(named) * 2 >= len(values) and (is_by_many or _lies_over(sheet.grid, row, own, values))


def has_unit_for_each(types: Sequence[str], row: int, values: Sequence[int]) -> bool:
    """Does a row state units column by column, rather than one for all at its end?"""
    units = sum(types[row][column] == UNIT for column in values)
    return units > 1 and units * 2 >= len(values)


def naming_cell(
    sheet: Sheet,
    row: int,
    column: int,
    values: Sequence[int],
    below: Iterable[int],
    above: Iterable[int] = (),
) -> Place | None:
    """The cell with which a header row names a column: its own, a merged one over it, or one that spreads over it.

    Columns of numbers share none with those that name the rows: what is merged over both is a title. `below` and
    `above` are the other header rows. A text spreads to a blank cell on its right where both columns have names of
    their own below, and the same names above.
    """
    place = sheet.grid.covered.get((row, column), (row, column))
    if place != (row, column) or sheet.types[row][column] != BLANK:
        is_name = sheet.types[place[0]][place[1]] in (TEXT, NUMBER) and _may_share(place[1], column, values)
        return place if is_name else None
    if (group := _centred_groups(sheet, row, values, below)) is not None:
        return (row, group[column]) if column in group else None
    left = column - 1
    while left > 0 and sheet.types[row][left] == BLANK and (row, left) not in sheet.grid.covered:
        left -= 1
    if (
        left < 0
        or sheet.types[row][left] != TEXT
        or not _may_share(left, column, values)
        or (row, left) in sheet.grid.merges
    ):
        return None
    text = sheet.grid.rows[row][left]
    if (
        not isinstance(text, str)
        or len(text) > LONGEST_SPREADING_NAME
        or column - left >= _reach(sheet.types[row], left)
    ):
        return None
    spreads = all(
        any(sheet.types[lower][each] in (TEXT, NUMBER) for lower in below) for each in (left, column)
    ) and all(
        naming_cell(sheet, upper, left, values, (row, *below))
        == naming_cell(sheet, upper, column, values, (row, *below))
        for upper in above
    )
    return (row, left) if spreads else None


def _centred_groups(sheet: Sheet, row: int, values: Sequence[int], below: Iterable[int]) -> dict[int, int] | None:
    """Where texts stand amid the groups that they name, without being merged: of each column the one with its text.

    So where the names below begin anew, and the first of them has no text over it. Empty where the groups are not plain,
    None where the texts stand over the first of what they name.
    """
    types = sheet.types[row]
    texts = [column for column in values if types[column] == TEXT]
    lower = min(below, default=row)
    if len(texts) < 2 or texts[0] == values[0] or lower <= row or types[values[0]] != BLANK:
        return None
    if any((row, column) in sheet.grid.merges or (row, column) in sheet.grid.covered for column in values):
        return None
    names = [sheet.grid.rows[lower][column] for column in values]
    if names[0] == "" or names[0] not in names[1:]:
        return None
    size = len(values) // len(texts)
    is_plain = len(values) == size * len(texts) and all(name == names[i % size] for i, name in enumerate(names))
    if not is_plain or any(values.index(text) // size != i for i, text in enumerate(texts)):
        return {}
    return {column: texts[i // size] for i, column in enumerate(values)}


def _may_share(left: int, column: int, values: Sequence[int]) -> bool:
    return _is_among(left, values) == _is_among(column, values) or left > values[0]


def _is_among(column: int, values: Sequence[int]) -> bool:
    """Is it one of `values`, which rise?"""
    at = bisect_left(values, column)
    return at < len(values) and values[at] == column


def _reach(types: str, column: int) -> int:
    """How many columns a text may spread over, its own included: the last in a row, as many as the widest before it."""
    texts = [other for other, cell_type in enumerate(types) if cell_type != BLANK]
    if column != texts[-1]:
        return len(types)
    widths = [right - left for left, right in pairwise(texts) if types[left] == TEXT]
    return max(widths[1:] or [len(types)])  # the first names the rows


def _lies_over(grid: Grid, row: int, own: Sequence[int], values: Sequence[int]) -> bool:
    """Is the row's one cell merged across columns of numbers, and nothing else?"""
    if len(own) != 1 or (row, own[0]) not in grid.merges:
        return False
    right = grid.merges[row, own[0]][1]
    return right > own[0] and all(column in values for column in range(own[0], right + 1))


def figures_of(sheet: Sheet, header: Sequence[int], values: tuple[int, ...]) -> tuple[int, ...]:
    """The columns of numbers without those that are called by what names the rows: 年度, No."""
    return tuple(column for column in values if not names_rows(sheet, header, column)) or values


def names_rows(sheet: Sheet, header: Sequence[int], column: int) -> bool:
    named = [row for row in header if sheet.types[row][column] in (TEXT, NUMBER)]
    return bool(named) and sheet.words.names_rows(sheet.grid.rows[named[-1]][column])
