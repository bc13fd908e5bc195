"""Where the tables of a sheet are: rows of numbers, the header rows above them, the columns that name their rows.

It sees types of cells, merges and what is blank. Whether a row of numbers is one of years, it asks `sheet.words`.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from sumairu.lib.workbooks.layout.blocks import Block
from sumairu.lib.workbooks.layout.header_rows import (
    MAX_HEADER_ROWS,
    MAX_ROWS_BEFORE_NUMBERS,
    figures_of,
    header_of,
    names_rows,
    naming_cell,
    says_again,
    says_of_the_file,
)
from sumairu.lib.workbooks.layout.pages import goes_on, pages_of, repeats_header, side_by_side
from sumairu.lib.workbooks.layout.rows_without_numbers import is_named_like_rows, is_row_of_words
from sumairu.lib.workbooks.layout.sheets import Sheet
from sumairu.lib.workbooks.words.cell_types import BLANK, FAULT, MARK, NUMBER, TEXT, UNIT


def sheet_to_blocks(sheet: Sheet) -> list[Block]:
    """The tables from top to bottom, then left to right."""
    blocks: list[Block] = []
    bodies: list[list[int]] = []
    gaps: list[range] = []
    end = 0
    runs = list(_runs(sheet))
    for (first, last), (next_first, _) in pairwise([*runs, (len(sheet.types), 0)]):
        gap = range(end, first)
        before = blocks[-1] if blocks else None
        labels, values = _columns(sheet, range(first, last), gap, before)
        said = _rows_of_words(sheet, gap, before, bodies[-1]) if before else []
        if before and _continues(sheet, [row for row in gap if row not in said], first, values, before, bodies[-1]):
            blocks[-1] = before = _widened(sheet, gaps[-1], before, labels, values)
            if section := _sections(sheet, gap):
                blocks.append(replace(before, section=section))
                bodies.append([])
                gaps.append(gaps[-1])
            bodies[-1].extend(said)
        else:
            first = _first_of_words(sheet, gap, range(first, last), labels, values)
            gap = range(end, first)
            header = header_of(sheet, gap, values)
            section = _sections(sheet, range(header[-1] + 1, first)) if header else ()
            blocks.append(Block(_above(sheet.types, gap, header), header, (), labels, values, section))
            bodies.append([])
            gaps.append(gap)
        bodies[-1].extend(range(first, last))
        below = range(last, _first_section(sheet, last, next_first))
        bodies[-1].extend(_rows_of_words(sheet, below, blocks[-1], bodies[-1]))
        end = bodies[-1][-1] + 1
    whole = [replace(block, body=tuple(body)) for block, body in zip(blocks, bodies, strict=True)]
    whole = [_with_named_labels(sheet, block) for block in whole if block.header]
    pages = [page for block in whole for page in pages_of(sheet, block)]
    for i in range(1, len(pages)):
        if goes_on(sheet, pages[i - 1], pages[i]):
            pages[i] = replace(pages[i], above=(*pages[i - 1].above, *pages[i].above))
    return [part for page in pages for part in side_by_side(sheet, page)]


def _first_of_words(
    sheet: Sheet,
    gap: range,
    body: range,
    labels: tuple[int, ...],
    values: tuple[int, ...],
) -> int:
    """The first row of a table, where rows with words in place of numbers come before the first that has one.

    None do before a line that says whom to ask.
    """
    first = body[0]
    if labels and sheet.words.is_note(sheet.grid.rows[first][labels[0]]):
        return first
    for row in range(first - 1, max(gap.start, first - MAX_ROWS_BEFORE_NUMBERS), -1):
        if not any(sheet.types[row][column] in (TEXT, UNIT, MARK) for column in values):
            continue
        header = header_of(sheet, range(gap.start, row), values)
        if not header or not is_row_of_words(sheet, row, header, body, labels, values):
            break
        first = row
    return first


def _first_section(sheet: Sheet, start: int, end: int) -> int:
    """Where from `start` on the first heading stands that says something of rows with numbers from `end` on."""
    if end == len(sheet.types):
        return end
    return next((row for row in range(start, end) if _sections(sheet, [row])), end)


def _rows_of_words(sheet: Sheet, gap: range, block: Block, body: Sequence[int]) -> list[int]:
    """The rows behind those with numbers that have words in place of these, until one of another kind.

    Beyond a blank row, only what is plainly named as the rows before it.
    """
    found: list[int] = []
    is_apart = False
    others = 0
    for row in gap if block.header else ():
        is_apart = is_apart or not sheet.types[row].strip()
        follows = row - 1 in (*body[-1:], *found[-1:])
        if is_row_of_words(
            sheet, row, block.header, body, block.label_columns, block.value_columns, follows=follows
        ) and not (is_apart and not _is_plainly_of(sheet, row, block, body)):
            found.append(row)
            continue
        others += 1
        if others > MAX_ROWS_BEFORE_NUMBERS or any(
            sheet.types[row][column] in (TEXT, UNIT) for column in block.value_columns
        ):
            break
    return found


def _is_plainly_of(sheet: Sheet, row: int, block: Block, body: Sequence[int]) -> bool:
    """Is a row of words, beyond a blank one, named as the rows before it, or are its words such as no header has?"""
    texts = [sheet.grid.rows[row][column] for column in block.value_columns if sheet.types[row][column] in (TEXT, UNIT)]
    are_odd = [sheet.words.is_odd(text) for text in texts]
    are_said = [odd or sheet.words.stands_in(text) for odd, text in zip(are_odd, texts, strict=True)]
    return (
        bool(is_named_like_rows(sheet, row, block.header, body, block.label_columns)) or any(are_odd) or all(are_said)
    )


def _above(types: Sequence[str], gap: range, header: tuple[int, ...]) -> tuple[int, ...]:
    """The rows of `gap` over a header that speak of it: not those that still touch the table before, apart from this."""
    rows = [row for row in gap if row not in header and not (header and row > header[-1])]
    if gap.start and (blank := next((i for i, row in enumerate(rows) if not types[row].strip()), 0)):
        rows = rows[blank:]
    return tuple(rows)


def _widened(
    sheet: Sheet,
    gap: range,
    block: Block,
    labels: tuple[int, ...],
    values: tuple[int, ...],
) -> Block:
    """A block with the columns that further rows of it have; what names those may stand higher than its header so far."""
    are_numbers = {
        column
        for column in {*values} & {*block.label_columns}
        if _is_named_as_numbers(sheet, block.header, column) and min(block.label_columns) < column
    }
    block = replace(block, label_columns=tuple(sorted({*block.label_columns} - are_numbers)))
    wider = tuple(sorted({*block.value_columns, *values} - {*block.label_columns}))
    on_the_left = {column for column in labels if column < min(wider, default=0)}
    block = replace(block, label_columns=tuple(sorted({*block.label_columns, *on_the_left})))
    if wider == block.value_columns:
        return block
    header = header_of(sheet, gap, wider)
    if not {*block.header} < {*header} or header[-1] != block.header[-1]:
        return replace(block, value_columns=wider)
    return replace(block, value_columns=wider, header=header, above=_above(sheet.types, gap, header))


def _with_named_labels(sheet: Sheet, block: Block) -> Block:
    """A block with the columns, named left of its figures, whose texts all stand in rows that have no number."""
    figures = figures_of(sheet, block.header, block.value_columns)
    others = {*range(min(figures))} - {*block.label_columns, *block.value_columns}
    below = set(sheet.types[block.header[-1] + 1 : block.body[-1] + 1])
    found = {
        column
        for column in others
        if any(sheet.types[row][column] == TEXT for row in block.header)
        and any(types[column] == TEXT for types in below)
    }
    return replace(block, label_columns=tuple(sorted({*block.label_columns, *found})))


def _runs(sheet: Sheet) -> Iterator[tuple[int, int]]:
    """(first, end) of the rows with numbers that follow one another, header rows of numbers left out."""
    types = sheet.types
    holds_of = {row: NUMBER in row or FAULT in row for row in set(types)}
    holds = [holds_of[row] for row in types]
    for row in range(min(len(types), MAX_ROWS_BEFORE_NUMBERS)):  # when and by whom a file was made is no table
        holds[row] = holds[row] and not says_of_the_file(sheet, row)
    if any(MARK in row and not held for row, held in holds_of.items()):
        for order in (range(1, len(types)), range(len(types) - 2, -1, -1)):  # a row of mere marks goes with its like
            for row in order:
                holds[row] = holds[row] or (
                    MARK in types[row] and holds[row - order.step] and _is_like(types[row], types[row - order.step])
                )
    row, begun = 0, False
    while row < len(types):
        if not holds[row]:
            row += 1
            continue
        while (
            row < len(types)
            and holds[row]
            and (
                sheet.words.are_names(sheet, row, _texts_above(types, row, holds)) or _lies_in_header(sheet, row, holds)
            )
        ):
            if begun and _is_lone_year(sheet, row):
                break
            holds[row] = False
            row += 1
        first = row
        columns: set[int] = set()
        while row < len(types) and (holds[row] or (columns and _is_odd_row(sheet, row, columns))):
            end = holds.index(False, row + 1) if False in holds[row + 1 :] else len(types)
            columns.update(i for each in set(types[row:end]) for i, cell_type in enumerate(each) if cell_type == NUMBER)
            row = end
        if first < row:
            begun = True
            yield first, row


def _is_like(row: str, other: str) -> bool:
    """Has a row of marks no more texts than marks where the other has numbers? Else it is a header with a mark in it."""
    over = [cell_type for cell_type, beside in zip(row, other, strict=True) if beside in (NUMBER, MARK)]
    return over.count(TEXT) <= over.count(MARK)


def _lies_in_header(sheet: Sheet, row: int, holds: list[bool]) -> bool:
    """Is the first cell of a row the end of one merged down from a row of texts, and all others short numbers?"""
    first = next(
        (
            column
            for column in range(sheet.grid.width)
            if sheet.types[row][column] != BLANK or (row, column) in sheet.grid.covered
        ),
        0,
    )
    top, left = sheet.grid.covered.get((row, first), (row, first))
    if top == row or left != first or sheet.grid.merges[top, left][0] != row or any(holds[top:row]):
        return False
    others = [sheet.grid.rows[row][column] for column, cell_type in enumerate(sheet.types[row]) if cell_type != BLANK]
    return all(isinstance(cell, float) and cell.is_integer() and 1 <= cell <= 2099 for cell in others)


def _is_lone_year(sheet: Sheet, row: int) -> bool:
    """Is there but one number in a row, which could as well be the name of its column as a count?"""
    numbers = {sheet.grid.rows[row][column] for column, cell_type in enumerate(sheet.types[row]) if cell_type == NUMBER}
    return len(numbers) == 1 and sheet.words.are_names(sheet, row, [])


def _is_odd_row(sheet: Sheet, row: int, values: Collection[int]) -> bool:
    """Is this a row of a table, named like the others, that holds no number because none is written right?"""
    texts = [column for column in values if sheet.types[row][column] in (TEXT, UNIT)]
    is_named = any(cell_type == TEXT and column not in values for column, cell_type in enumerate(sheet.types[row]))
    return is_named and bool(texts) and all(sheet.words.is_odd(sheet.grid.rows[row][column]) for column in texts)


def _texts_above(types: Sequence[str], row: int, holds: list[bool]) -> list[int]:
    """The rows that may name the columns of this one: all of texts since the last of numbers, or so many."""
    rows: list[int] = []
    above = row - 1
    while above >= 0 and not holds[above] and len(rows) < MAX_HEADER_ROWS:
        if types[above].strip():
            rows.insert(0, above)
        above -= 1
    return rows


def _columns(sheet: Sheet, body: range, gap: range, before: Block | None) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The columns of texts and those of numbers: what most of their cells are decides, words in place of numbers aside.

    A text that is merged into these rows from above, from one that has no numbers, is one of theirs.
    """
    texts: Counter[int] = Counter()
    numbers: Counter[int] = Counter()
    for row, times in Counter(sheet.types[body.start : body.stop]).items():
        for column, cell_type in enumerate(row):
            if cell_type in (NUMBER, FAULT, MARK):
                numbers[column] += times
            elif cell_type != BLANK:
                texts[column] += times
    values = {column for column in numbers if numbers[column] >= texts[column]}
    for column in sorted({*numbers, *texts} - values):
        first = min(texts.keys() - values)
        if first < column and _holds_numbers(sheet, column, first, body, gap, before, numbers[column]):
            values.add(column)
    for column in sheet.grid.merged_columns - values:
        top, left = sheet.grid.covered.get((body[0], column), (body[0], column))
        if left == column and top < body[0] and sheet.types[top][column] == TEXT:
            texts[column] += 1
    return tuple(sorted(texts.keys() - values)), tuple(sorted(values))


def _holds_numbers(
    sheet: Sheet, column: int, first: int, body: range, gap: range, before: Block | None, numbers: int
) -> bool:
    """Is a column with more texts than numbers one of numbers all the same, by its name or since the texts stand in?

    `first` is the first column of names: a row that has a name there is no header.
    """
    over = [
        sheet.grid.rows[row][column]
        for row in gap
        if sheet.types[row][column] == TEXT
        and not says_again(sheet, row, [column])
        and (sheet.types[row][first] != TEXT or sheet.words.names_label(sheet.grid.rows[row][first]))
    ]
    if over and sheet.words.names_figures(over[-1]):
        return True
    goes_on = not over and before is not None and column in before.value_columns
    if not (numbers or goes_on):  # as of nearly all texts
        return False
    others = Counter(sheet.grid.rows[row][column] for row in body if sheet.types[row][column] in (TEXT, UNIT))
    if goes_on and (numbers or any(sheet.words.stands_in(text) or sheet.words.is_odd(text) for text in others)):
        return True
    said = sum(times for text, times in others.items() if sheet.words.stands_in(text))
    return numbers > 0 and numbers >= others.total() - said


def _continues(
    sheet: Sheet, gap: Sequence[int], first: int, values: tuple[int, ...], before: Block, body: Sequence[int]
) -> bool:
    """Do rows go on with the table above them, over a gap in which no column is named anew?"""
    is_apart = not all(sheet.types[row].strip() for row in gap)
    if is_apart and _is_lone_year(sheet, first) and not repeats_header(sheet, first, before):
        return False  # it may as well begin another table: then what follows is of no known year
    both = sorted({*before.value_columns, *values})
    for column in set(both).difference(before.value_columns):  # of which there were no numbers so far
        if not any(naming_cell(sheet, row, column, both, ()) for row in before.header):
            return False
        if column in before.label_columns and not (
            names_rows(sheet, before.header, column) or _is_named_as_numbers(sheet, before.header, column)
        ):
            return False
    figures = [column for column in before.value_columns if not names_rows(sheet, before.header, column)]
    if any(sheet.types[row][column] not in (BLANK, MARK) for row in gap for column in figures):
        return False
    texts = [sheet.grid.rows[first][column] for column in figures if sheet.types[first][column] == TEXT]
    if all(sheet.words.is_odd(text) or sheet.words.stands_in(text) for text in texts):
        return True
    is_named = is_named_like_rows(sheet, first, before.header, body, before.label_columns)
    numbers = sum(sheet.types[first][column] == NUMBER for column in figures)
    is_no_header = numbers > len(texts) or (numbers > 0 and not any(map(sheet.words.names_column, texts)))
    return bool(is_named) or (is_named is not None and (not is_apart or is_no_header))


def _is_named_as_numbers(sheet: Sheet, header: Sequence[int], column: int) -> bool:
    names = [sheet.grid.rows[row][column] for row in header if sheet.types[row][column] == TEXT]
    return bool(names) and sheet.words.names_figures(names[-1])


def _sections(sheet: Sheet, rows: Iterable[int]) -> tuple[int, ...]:
    """The rows that are headings in the midst of a table. Rows of names with no numbers beside them are none."""
    texts = {
        row: [column for column, cell_type in enumerate(sheet.types[row]) if cell_type not in (BLANK, UNIT)]
        for row in rows
    }
    return tuple(
        row
        for row, columns in texts.items()
        if (UNIT in sheet.types[row] and (not columns or sheet.words.begins_section(sheet.grid.rows[row][columns[0]])))
        or (len(columns) == 1 and sheet.words.begins_section(sheet.grid.rows[row][columns[0]]))
    )
