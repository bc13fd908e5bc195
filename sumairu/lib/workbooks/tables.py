"""Where the tables of a sheet are: rows of numbers, the header rows above them, the columns that name their rows.

The third step. It sees sorts of cells, merges and what is blank, and reads no word; whether a row of numbers is one of
years, it asks.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from sumairu.lib.workbooks.cells import Cell, Grid, Place

# The sorts of cells, one letter each: a row is a string, and the many rows of a table are few different strings.
BLANK, NUMBER, FAULT, MARK, TEXT, UNIT = " ", "n", "f", "m", "t", "u"

MAX_HEADER_ROWS = 6
MAX_ROWS_BEFORE_NUMBERS = 20
# A text over the first of several columns may name all of them without being merged; a sentence does not.
LONGEST_SPREADING_NAME = 20


@dataclass(frozen=True)
class Block:
    """One table. `above` are the rows over it that are not its header (titles, notes, unit lines), top to bottom.

    `label_columns` hold texts that name the rows, `value_columns` hold numbers, years and codes among them. `section`
    are headings in the midst of a table, whose header then serves for the rows after them as well. `span` are the first
    and the last column of the sheet that are this table's rather than those of one beside it.
    """

    above: tuple[int, ...]
    header: tuple[int, ...]
    body: tuple[int, ...]
    label_columns: tuple[int, ...]
    value_columns: tuple[int, ...]
    section: tuple[int, ...] = ()
    span: tuple[int, int] | None = None

    def over(self, row: str) -> list[int]:
        """The columns of a row above that speak of this table.

        Where several stand side by side, its own; else a title on their left, and a unit anywhere, which are for all.
        """
        found: list[int] = []
        first, last = self.span or (0, len(row))
        for sort in (TEXT, UNIT):
            stated = [column for column, each in enumerate(row) if each == sort]
            own = [column for column in stated if first <= column <= last]
            found += own or [column for column in stated if sort == UNIT or column < first]
        return sorted(found)


class Words(NamedTuple):
    """What only one who reads can tell.

    `are_names`: are the numbers of a row, the rows of text above it being these, names (years) of the columns below?
    `is_odd`: would a text be a number if it were written right (「12～15」, 調整中)?
    `begins_section`: does a row of one text state something of the rows below it (「令和2年度」, 「派遣者数（人）」)?
    `names_rows`: does what a column is called (年度, No.) say that its numbers name the rows?
    `ends_table`: is a text without numbers the last of a table (合計, a note) rather than the title of the next?
    """

    are_names: Callable[[int, list[int]], bool]
    is_odd: Callable[[Cell], bool]
    begins_section: Callable[[Cell], bool]
    names_rows: Callable[[Cell], bool]
    ends_table: Callable[[Cell], bool]


def find_blocks(grid: Grid, sorts: list[str], words: Words) -> list[Block]:
    """The tables from top to bottom, then left to right. `sorts` has a string for each row, a letter for each cell."""
    blocks: list[Block] = []
    bodies: list[list[int]] = []
    gaps: list[range] = []
    end = 0
    for first, last in _runs(grid, sorts, words):
        gap = range(end, first)
        labels, values = _columns(grid, sorts, range(first, last))
        before = blocks[-1] if blocks else None
        if before and _continues(grid, sorts, gap, first, values, before, words):
            blocks[-1] = before = _widened(grid, sorts, gaps[-1], before, labels, values, words)
            if section := _sections(grid, sorts, gap, words):
                blocks.append(replace(before, section=section))
                bodies.append([])
                gaps.append(gaps[-1])
        else:
            header = _header(grid, sorts, gap, values, words)
            while (
                len(header) > 1
                and _is_odd_row(grid, sorts, header[-1], values, words)
                and not any(isinstance(grid.rows[header[-1]][column], date) for column in values)  # days over columns
            ):
                first, header = header[-1], header[:-1]
            section = _sections(grid, sorts, range(header[-1] + 1, first), words) if header else ()
            blocks.append(Block(_above(sorts, gap, header), header, (), labels, values, section))
            bodies.append([])
            gaps.append(gap)
        bodies[-1].extend(range(first, last))
        end = last
    whole = [replace(block, body=tuple(body)) for block, body in zip(blocks, bodies, strict=True)]
    whole = [_with_named_labels(grid, sorts, block, words) for block in whole if block.header]
    pages = [page for block in whole for page in _pages(grid, sorts, block)]
    for i in range(1, len(pages)):
        if _goes_on(grid, sorts, pages[i - 1], pages[i], words):
            pages[i] = replace(pages[i], above=(*pages[i - 1].above, *pages[i].above))
    return [part for page in pages for part in _side_by_side(grid, sorts, page)]


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
    on_the_left = {column for column in labels if column < wider[0]}
    block = replace(block, label_columns=tuple(sorted({*block.label_columns, *on_the_left})))
    if wider == block.value_columns:
        return block
    header = _header(grid, sorts, gap, wider, words)
    if not {*block.header} < {*header} or header[-1] != block.header[-1]:
        return replace(block, value_columns=wider)
    return replace(block, value_columns=wider, header=header, above=_above(sorts, gap, header))


def _with_named_labels(grid: Grid, sorts: list[str], block: Block, words: Words) -> Block:
    """A block with the columns, named left of its figures, whose texts all stand in rows that have no number."""
    figures = _figures(grid, sorts, block.header, block.value_columns, words)
    others = {*range(min(figures))} - {*block.label_columns, *block.value_columns}
    rows = range(block.header[-1] + 1, block.body[-1] + 1)
    found = {
        column
        for column in others
        if any(sorts[row][column] == TEXT for row in block.header) and any(sorts[row][column] == TEXT for row in rows)
    }
    return replace(block, label_columns=tuple(sorted({*block.label_columns, *found})))


def _figures(
    grid: Grid, sorts: list[str], header: Sequence[int], values: tuple[int, ...], words: Words
) -> tuple[int, ...]:
    """The columns of numbers without those that are called by what names the rows: 年度, No."""
    return tuple(column for column in values if not _names_rows(grid, sorts, header, column, words)) or values


def _names_rows(grid: Grid, sorts: list[str], header: Sequence[int], column: int, words: Words) -> bool:
    named = [row for row in header if sorts[row][column] in (TEXT, NUMBER)]
    return bool(named) and words.names_rows(grid.rows[named[-1]][column])


def _runs(grid: Grid, sorts: list[str], words: Words) -> Iterator[tuple[int, int]]:
    """(first, end) of the rows with numbers that follow one another, header rows of numbers left out."""
    holds_of = {row: NUMBER in row or FAULT in row for row in set(sorts)}
    holds = [holds_of[row] for row in sorts]
    if any(MARK in row and not held for row, held in holds_of.items()):
        for order in (range(1, len(sorts)), range(len(sorts) - 2, -1, -1)):  # a row of mere marks goes with its like
            for row in order:
                holds[row] = holds[row] or (MARK in sorts[row] and holds[row - order.step])
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
        met: set[str] = set()
        while row < len(sorts) and (holds[row] or (columns and _is_odd_row(grid, sorts, row, columns, words))):
            if sorts[row] not in met:
                met.add(sorts[row])
                columns.update(column for column, sort in enumerate(sorts[row]) if sort == NUMBER)
            row += 1
        if first < row:
            begun = True
            yield first, row


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


def _columns(grid: Grid, sorts: list[str], body: range) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The columns of texts and those of numbers: what most of their cells are decides.

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
    for column in grid.merged_columns - values:
        top, left = grid.covered.get((body[0], column), (body[0], column))
        if left == column and top < body[0] and sorts[top][column] == TEXT:
            texts[column] += 1
    return tuple(sorted(texts.keys() - values)), tuple(sorted(values))


def _continues(
    grid: Grid, sorts: list[str], gap: range, first: int, values: tuple[int, ...], before: Block, words: Words
) -> bool:
    """Do rows go on with the table above them, over a gap in which no column is named anew?"""
    is_apart = not all(sorts[row].strip() for row in gap)
    if is_apart and _is_lone_year(grid, sorts, first, words) and not _repeats_header(grid, sorts, first, before):
        return False  # it may as well begin another table: then what follows is of no known year
    both = {*before.value_columns, *values}
    for column in both.difference(before.value_columns):  # of which there were no numbers so far
        if not any(naming_cell(grid, sorts, row, column, both, ()) for row in before.header):
            return False
        if column in before.label_columns and not _names_rows(grid, sorts, before.header, column, words):
            return False
    figures = _figures(grid, sorts, before.header, before.value_columns, words)
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


def _header(grid: Grid, sorts: list[str], gap: range, values: tuple[int, ...], words: Words) -> tuple[int, ...]:
    """The rows of `gap` that name the columns of figures below."""
    header = _rows_that_name(grid, sorts, gap, values)
    while len(header) > 1 and _is_row_without_figure(sorts, header, values):
        header = header[:-1]
    figures = _figures(grid, sorts, header, values, words)
    return header if figures == values else _rows_that_name(grid, sorts, gap, figures)


def _is_row_without_figure(sorts: list[str], header: tuple[int, ...], values: tuple[int, ...]) -> bool:
    """Is the last row of a header none: named where the rows above name the labels, blank where they name figures?"""
    *upper, last = header
    is_named = any(
        sort == TEXT and column not in values and any(sorts[row][column] == TEXT for row in upper)
        for column, sort in enumerate(sorts[last])
    )
    return is_named and any(
        sorts[last][column] in (BLANK, MARK) and any(sorts[row][column] == TEXT for row in upper) for column in values
    )


def _rows_that_name(grid: Grid, sorts: list[str], gap: range, values: tuple[int, ...]) -> tuple[int, ...]:
    """These, read upwards from the numbers until a row does not.

    Rows of text between them and the numbers, which name no column, may come first: a section, names without numbers.
    """
    header: list[int] = []
    others = blanks = 0
    for row in reversed(gap):
        own = [column for column, sort in enumerate(sorts[row]) if sort not in (BLANK, UNIT, MARK)]
        named = [column for column in values if naming_cell(grid, sorts, row, column, values, header)]
        is_wide = len(named) * 2 >= len(values) and (len(own) > 1 or _lies_over(grid, row, own, values))
        if not own:
            if named or has_unit_for_each(sorts, row, values):
                header.append(row)
            elif not sorts[row].strip():
                blanks += 1
        elif not named and not header:
            others += 1
        elif is_wide or (named and not (header or others or blanks)):
            header.append(row)
        else:
            break
        if blanks > 1 or others > MAX_ROWS_BEFORE_NUMBERS or len(header) == MAX_HEADER_ROWS:
            break
    return tuple(reversed(header))


def has_unit_for_each(sorts: list[str], row: int, values: Sequence[int]) -> bool:
    """Does a row state units column by column, rather than one for all at its end?"""
    units = sum(sorts[row][column] == UNIT for column in values)
    return units > 1 and units * 2 >= len(values)


def naming_cell(
    grid: Grid,
    sorts: list[str],
    row: int,
    column: int,
    values: Collection[int],
    below: Iterable[int],
    above: Iterable[int] = (),
) -> Place | None:
    """The cell with which a header row names a column: its own, a merged one over it, or one that spreads over it.

    Columns of numbers and others never share one: what is merged over both is a title. `below` and `above` are the
    other header rows. A text spreads to a blank cell on its right where both columns have names of their own below,
    and the same names above.
    """
    place = grid.covered.get((row, column), (row, column))
    if place != (row, column) or sorts[row][column] != BLANK:
        is_name = sorts[place[0]][place[1]] in (TEXT, NUMBER) and (place[1] in values) == (column in values)
        return place if is_name else None
    left = column - 1
    while left > 0 and sorts[row][left] == BLANK and (row, left) not in grid.covered:
        left -= 1
    if left < 0 or sorts[row][left] != TEXT or (left in values) != (column in values) or (row, left) in grid.merges:
        return None
    text = grid.rows[row][left]
    if not isinstance(text, str) or len(text) > LONGEST_SPREADING_NAME or column - left >= _reach(sorts[row], left):
        return None
    spreads = all(any(sorts[lower][each] in (TEXT, NUMBER) for lower in below) for each in (left, column)) and all(
        naming_cell(grid, sorts, upper, left, values, ()) == naming_cell(grid, sorts, upper, column, values, ())
        for upper in above
    )
    return (row, left) if spreads else None


def _reach(sorts: str, column: int) -> int:
    """How many columns a text may spread over, its own included: the last in a row, as many as the widest before it."""
    texts = [other for other, sort in enumerate(sorts) if sort != BLANK]
    if column != texts[-1]:
        return len(sorts)
    widths = [right - left for left, right in pairwise(texts) if sorts[left] == TEXT]
    return max(widths[1:] or [len(sorts)])  # the first names the rows


def _lies_over(grid: Grid, row: int, own: Sequence[int], values: Sequence[int]) -> bool:
    """Is the row's one cell merged across columns of numbers, and nothing else?"""
    if len(own) != 1 or (row, own[0]) not in grid.merges:
        return False
    right = grid.merges[row, own[0]][1]
    return right > own[0] and all(column in values for column in range(own[0], right + 1))


def _pages(grid: Grid, sorts: list[str], block: Block) -> list[Block]:
    """A block cut where its header comes again among the rows, with other years it may be: there a table begins."""
    names = _names_of_labels(grid, sorts, block)
    again = list(range(len(block.body))) if names else []
    for column, name in names:
        again = [i for i in again if grid.rows[block.body[i]][column] == name]
    pages = [replace(block, body=block.body[: again[0]])] if again else [block]
    for start, end in pairwise([*again, len(block.body)]):
        pages.append(
            Block((), (block.body[start],), block.body[start + 1 : end], block.label_columns, block.value_columns)
        )
    return [page for page in pages if page.body]


def _goes_on(grid: Grid, sorts: list[str], before: Block, page: Block, words: Words) -> bool:
    """Has a table the very header of the one before it, and no title of its own? Then it is its next page."""
    texts = [grid.rows[row][column] for row in page.above for column, sort in enumerate(sorts[row]) if sort == TEXT]
    if page.section or not all(map(words.ends_table, texts)):
        return False
    headers = [
        [tuple(grid.at(row, column) for column in (*each.label_columns, *each.value_columns)) for row in each.header]
        for each in (before, page)
    ]
    return headers[0] == headers[1] and before.value_columns == page.value_columns


def _repeats_header(grid: Grid, sorts: list[str], row: int, block: Block) -> bool:
    """Does a row say in its label columns what the header says there?"""
    names = _names_of_labels(grid, sorts, block)
    return bool(names) and all(grid.rows[row][column] == name for column, name in names)


def _names_of_labels(grid: Grid, sorts: list[str], block: Block) -> list[tuple[int, Cell]]:
    """What the header says of the label columns, each by its number."""
    return [
        (column, grid.rows[upper][column])
        for column in block.label_columns
        for upper in block.header
        if sorts[upper][column] == TEXT
    ]


def _side_by_side(grid: Grid, sorts: list[str], block: Block) -> list[Block]:
    """The tables that a block is when read from left to right: apart by a blank column, or by names that begin anew."""
    columns = sorted({*block.label_columns, *block.value_columns})
    parts: list[list[int]] = []
    for column in columns:
        if not parts or _begins_a_table(grid, sorts, block, parts[-1], column, columns):
            parts.append([])
        parts[-1].append(column)
    if len(parts) == 1:
        return [block]
    starts = [0, *(part[0] for part in parts[1:]), grid.width]
    return [
        replace(_part(sorts, block, set(part)), span=(start, end - 1))
        for part, (start, end) in zip(parts, pairwise(starts), strict=True)
    ]


def _begins_a_table(
    grid: Grid, sorts: list[str], block: Block, left: list[int], column: int, columns: list[int]
) -> bool:
    """Does a column begin a table of its own? Only one of texts, with a whole table to its left and numbers to go."""
    if column not in block.label_columns or not (
        set(left) & set(block.label_columns)
        and set(left) & set(block.value_columns)
        and any(other > column for other in block.value_columns)
    ):
        return False
    gap = range(left[-1] + 1, column)
    if len(gap) and not any(
        sorts[row][each] != BLANK or (row, each) in grid.covered for row in block.header for each in gap
    ):
        return True
    names = _names(grid, sorts, block, column)
    return bool(names) and any(
        names == _names(grid, sorts, block, other) for other in left if other in block.label_columns
    )


def _names(grid: Grid, sorts: list[str], block: Block, column: int) -> list[Cell]:
    places = [naming_cell(grid, sorts, row, column, block.value_columns, ()) for row in block.header]
    return [grid.rows[place[0]][place[1]] for place in places if place]


def _part(sorts: list[str], block: Block, columns: set[int]) -> Block:
    return replace(
        block,
        body=tuple(row for row in block.body if any(sorts[row][column] != BLANK for column in columns)),
        label_columns=tuple(column for column in block.label_columns if column in columns),
        value_columns=tuple(column for column in block.value_columns if column in columns),
    )
