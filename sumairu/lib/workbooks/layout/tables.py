"""Where the tables of a sheet are: rows of numbers, the header rows above them, the columns that name their rows.

The third step. It sees sorts of cells, merges and what is blank, and reads no word; whether a row of numbers is one of
years, it asks.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from sumairu.lib.workbooks.files.cells import Cell, Grid
from sumairu.lib.workbooks.layout.blocks import Block, Words
from sumairu.lib.workbooks.layout.header_rows import (
    MAX_HEADER_ROWS,
    MAX_ROWS_BEFORE_NUMBERS,
    figures_of,
    header_of,
    names_rows,
    naming_cell,
)
from sumairu.lib.workbooks.layout.pages import goes_on, pages_of, repeats_header, side_by_side
from sumairu.lib.workbooks.layout.rows_without_numbers import is_row_of_words
from sumairu.lib.workbooks.words.cell_types import BLANK, FAULT, MARK, NUMBER, TEXT, UNIT


def find_blocks(grid: Grid, sorts: list[str], words: Words) -> list[Block]:
    """The tables from top to bottom, then left to right. `sorts` has a string for each row, a letter for each cell."""
    blocks: list[Block] = []
    bodies: list[list[int]] = []
    gaps: list[range] = []
    end = 0
    runs = list(_runs(grid, sorts, words))
    for (first, last), (next_first, _) in pairwise([*runs, (len(sorts), 0)]):
        gap = range(end, first)
        labels, values = _columns(grid, sorts, range(first, last), words)
        before = blocks[-1] if blocks else None
        said = _rows_of_words(grid, sorts, gap, before, bodies[-1], words) if before else []
        if before and _continues(grid, sorts, [row for row in gap if row not in said], first, values, before, words):
            blocks[-1] = before = _widened(grid, sorts, gaps[-1], before, labels, values, words)
            if section := _sections(grid, sorts, gap, words):
                blocks.append(replace(before, section=section))
                bodies.append([])
                gaps.append(gaps[-1])
            bodies[-1].extend(said)
        else:
            first = _first_of_words(grid, sorts, gap, range(first, last), labels, values, words)
            gap = range(end, first)
            header = header_of(grid, sorts, gap, values, words)
            section = _sections(grid, sorts, range(header[-1] + 1, first), words) if header else ()
            blocks.append(Block(_above(sorts, gap, header), header, (), labels, values, section))
            bodies.append([])
            gaps.append(gap)
        bodies[-1].extend(range(first, last))
        below = range(last, _first_section(grid, sorts, last, next_first, words))
        bodies[-1].extend(_rows_of_words(grid, sorts, below, blocks[-1], bodies[-1], words))
        end = bodies[-1][-1] + 1
    whole = [replace(block, body=tuple(body)) for block, body in zip(blocks, bodies, strict=True)]
    whole = [_with_named_labels(grid, sorts, block, words) for block in whole if block.header]
    pages = [page for block in whole for page in pages_of(grid, sorts, block)]
    for i in range(1, len(pages)):
        if goes_on(grid, sorts, pages[i - 1], pages[i], words):
            pages[i] = replace(pages[i], above=(*pages[i - 1].above, *pages[i].above))
    return [part for page in pages for part in side_by_side(grid, sorts, page)]


def _first_of_words(
    grid: Grid,
    sorts: list[str],
    gap: range,
    body: range,
    labels: tuple[int, ...],
    values: tuple[int, ...],
    words: Words,
) -> int:
    """The first row of a table, where rows with words in place of numbers come before the first that has one."""
    first = body[0]
    for row in range(first - 1, max(gap.start, first - MAX_ROWS_BEFORE_NUMBERS), -1):
        if not any(sorts[row][column] in (TEXT, UNIT) for column in values):
            continue
        header = header_of(grid, sorts, range(gap.start, row), values, words)
        if not header or not is_row_of_words(grid, sorts, row, header, body, labels, values, words):
            break
        first = row
    return first


def _first_section(grid: Grid, sorts: list[str], start: int, end: int, words: Words) -> int:
    """Where from `start` on the first heading stands that says something of rows with numbers from `end` on."""
    if end == len(sorts):
        return end
    return next((row for row in range(start, end) if _sections(grid, sorts, [row], words)), end)


def _rows_of_words(
    grid: Grid, sorts: list[str], gap: range, block: Block, body: Sequence[int], words: Words
) -> list[int]:
    """The rows behind those with numbers that have words in place of these, until one of another kind."""
    found = []
    for row in gap[:MAX_ROWS_BEFORE_NUMBERS] if block.header else ():
        if is_row_of_words(grid, sorts, row, block.header, body, block.label_columns, block.value_columns, words):
            found.append(row)
        elif any(sorts[row][column] in (TEXT, UNIT) for column in block.value_columns):
            break
    return found


def _above(sorts: list[str], gap: range, header: tuple[int, ...]) -> tuple[int, ...]:
    """The rows of `gap` over a header that speak of it: not those that still touch the table before, apart from this."""
    rows = [row for row in gap if row not in header and not (header and row > header[-1])]
    if gap.start and (blank := next((i for i, row in enumerate(rows) if not sorts[row].strip()), 0)):
        rows = rows[blank:]
    return tuple(rows)


def _widened(
    grid: Grid,
    sorts: list[str],
    gap: range,
    block: Block,
    labels: tuple[int, ...],
    values: tuple[int, ...],
    words: Words,
) -> Block:
    """A block with the columns that further rows of it have; what names those may stand higher than its header so far."""
    wider = tuple(sorted({*block.value_columns, *values} - {*block.label_columns}))
    on_the_left = {column for column in labels if column < min(wider, default=0)}
    block = replace(block, label_columns=tuple(sorted({*block.label_columns, *on_the_left})))
    if wider == block.value_columns:
        return block
    header = header_of(grid, sorts, gap, wider, words)
    if not {*block.header} < {*header} or header[-1] != block.header[-1]:
        return replace(block, value_columns=wider)
    return replace(block, value_columns=wider, header=header, above=_above(sorts, gap, header))


def _with_named_labels(grid: Grid, sorts: list[str], block: Block, words: Words) -> Block:
    """A block with the columns, named left of its figures, whose texts all stand in rows that have no number."""
    figures = figures_of(grid, sorts, block.header, block.value_columns, words)
    others = {*range(min(figures))} - {*block.label_columns, *block.value_columns}
    rows = range(block.header[-1] + 1, block.body[-1] + 1)
    found = {
        column
        for column in others
        if any(sorts[row][column] == TEXT for row in block.header) and any(sorts[row][column] == TEXT for row in rows)
    }
    return replace(block, label_columns=tuple(sorted({*block.label_columns, *found})))


def _runs(grid: Grid, sorts: list[str], words: Words) -> Iterator[tuple[int, int]]:
    """(first, end) of the rows with numbers that follow one another, header rows of numbers left out."""
    holds_of = {row: NUMBER in row or FAULT in row for row in set(sorts)}
    holds = [holds_of[row] for row in sorts]
    if any(MARK in row and not held for row, held in holds_of.items()):
        for order in (range(1, len(sorts)), range(len(sorts) - 2, -1, -1)):  # a row of mere marks goes with its like
            for row in order:
                holds[row] = holds[row] or (
                    MARK in sorts[row] and holds[row - order.step] and _is_like(sorts[row], sorts[row - order.step])
                )
    row, begun = 0, False
    while row < len(sorts):
        if not holds[row]:
            row += 1
            continue
        while (
            row < len(sorts)
            and holds[row]
            and (words.are_names(row, _texts_above(sorts, row, holds)) or _lies_in_header(grid, sorts, row, holds))
        ):
            if begun and _is_lone_year(grid, sorts, row, words):
                break
            holds[row] = False
            row += 1
        first = row
        columns: set[int] = set()
        while row < len(sorts) and (holds[row] or (columns and _is_odd_row(grid, sorts, row, columns, words))):
            end = holds.index(False, row + 1) if False in holds[row + 1 :] else len(sorts)
            columns.update(i for each in set(sorts[row:end]) for i, sort in enumerate(each) if sort == NUMBER)
            row = end
        if first < row:
            begun = True
            yield first, row


def _is_like(row: str, other: str) -> bool:
    """Has a row of marks no more texts than marks where the other has numbers? Else it is a header with a mark in it."""
    over = [sort for sort, beside in zip(row, other, strict=True) if beside in (NUMBER, MARK)]
    return over.count(TEXT) <= over.count(MARK)


def _lies_in_header(grid: Grid, sorts: list[str], row: int, holds: list[bool]) -> bool:
    """Is the first cell of a row the end of one merged down from a row of texts, and all others short numbers?"""
    first = next(
        (column for column in range(grid.width) if sorts[row][column] != BLANK or (row, column) in grid.covered), 0
    )
    top, left = grid.covered.get((row, first), (row, first))
    if top == row or left != first or grid.merges[top, left][0] != row or any(holds[top:row]):
        return False
    others = [grid.rows[row][column] for column, sort in enumerate(sorts[row]) if sort != BLANK]
    return all(isinstance(cell, float) and cell.is_integer() and 1 <= cell <= 2099 for cell in others)


def _is_lone_year(grid: Grid, sorts: list[str], row: int, words: Words) -> bool:
    """Is there but one number in a row, which could as well be the name of its column as a count?"""
    numbers = {grid.rows[row][column] for column, sort in enumerate(sorts[row]) if sort == NUMBER}
    return len(numbers) == 1 and words.are_names(row, [])


def _is_odd_row(grid: Grid, sorts: list[str], row: int, values: Collection[int], words: Words) -> bool:
    """Is this a row of a table, named like the others, that holds no number because none is written right?"""
    texts = [column for column in values if sorts[row][column] in (TEXT, UNIT)]
    is_named = any(sort == TEXT and column not in values for column, sort in enumerate(sorts[row]))
    return is_named and bool(texts) and all(words.is_odd(grid.rows[row][column]) for column in texts)


def _texts_above(sorts: list[str], row: int, holds: list[bool]) -> list[int]:
    """The rows that may name the columns of this one: all of texts since the last of numbers, or so many."""
    rows: list[int] = []
    above = row - 1
    while above >= 0 and not holds[above] and len(rows) < MAX_HEADER_ROWS:
        if sorts[above].strip():
            rows.insert(0, above)
        above -= 1
    return rows


def _columns(grid: Grid, sorts: list[str], body: range, words: Words) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The columns of texts and those of numbers: what most of their cells are decides, words in place of numbers aside.

    A text that is merged into these rows from above, from one that has no numbers, is one of theirs.
    """
    texts: Counter[int] = Counter()
    numbers: Counter[int] = Counter()
    for row, times in Counter(sorts[row] for row in body).items():
        for column, sort in enumerate(row):
            if sort in (NUMBER, FAULT, MARK):
                numbers[column] += times
            elif sort != BLANK:
                texts[column] += times
    values = {column for column in numbers if numbers[column] >= texts[column]}
    for column in sorted(numbers.keys() - values):
        said = sum(_is_said(grid.rows[row][column], words) for row in body if sorts[row][column] == TEXT)
        if numbers[column] >= texts[column] - said and any(other < column for other in texts.keys() - values):
            values.add(column)
    for column in grid.merged_columns - values:
        top, left = grid.covered.get((body[0], column), (body[0], column))
        if left == column and top < body[0] and sorts[top][column] == TEXT:
            texts[column] += 1
    return tuple(sorted(texts.keys() - values)), tuple(sorted(values))


def _is_said(cell: Cell, words: Words) -> bool:
    return isinstance(cell, str) and (words.stands_in(cell))


def _continues(
    grid: Grid, sorts: list[str], gap: Sequence[int], first: int, values: tuple[int, ...], before: Block, words: Words
) -> bool:
    """Do rows go on with the table above them, over a gap in which no column is named anew?"""
    is_apart = not all(sorts[row].strip() for row in gap)
    if is_apart and _is_lone_year(grid, sorts, first, words) and not repeats_header(grid, sorts, first, before):
        return False  # it may as well begin another table: then what follows is of no known year
    both = sorted({*before.value_columns, *values})
    for column in set(both).difference(before.value_columns):  # of which there were no numbers so far
        if not any(naming_cell(grid, sorts, row, column, both, ()) for row in before.header):
            return False
        if column in before.label_columns and not names_rows(grid, sorts, before.header, column, words):
            return False
    figures = [column for column in before.value_columns if not names_rows(grid, sorts, before.header, column, words)]
    if any(sorts[row][column] not in (BLANK, MARK) for row in gap for column in figures):
        return False
    return all(sorts[first][column] != TEXT or words.is_odd(grid.rows[first][column]) for column in figures)


def _sections(grid: Grid, sorts: list[str], rows: Iterable[int], words: Words) -> tuple[int, ...]:
    """The rows that are headings in the midst of a table. Rows of names with no numbers beside them are none."""
    texts = {row: [column for column, sort in enumerate(sorts[row]) if sort not in (BLANK, UNIT)] for row in rows}
    return tuple(
        row
        for row, columns in texts.items()
        if UNIT in sorts[row] or (len(columns) == 1 and words.begins_section(grid.rows[row][columns[0]]))
    )
