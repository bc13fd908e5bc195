"""Totals compared with their parts: what a table prints as 合計, against the sum of what it prints beside it.

Which numbers a total adds up is nowhere stated: all above it, those since the total before,
the subtotals. It is right if any of these comes to it, and disagrees if none does. Rounding is allowed for: each
printed number may be off by half a unit in its last place, unless what it counts is never rounded (円, 人, 件).
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate, islice, takewhile
from operator import itemgetter
from typing import NamedTuple

from sumairu.lib.amounts import UNITS as YEN_UNITS
from sumairu.lib.amounts import grouped
from sumairu.lib.workbooks import messages
from sumairu.lib.workbooks.files.cells import Grid
from sumairu.lib.workbooks.layout.blocks import Block
from sumairu.lib.workbooks.layout.sheets import Sheet
from sumairu.lib.workbooks.messages import COLUMN_HIDDEN, ROW_HIDDEN
from sumairu.lib.workbooks.numbers.account import Account
from sumairu.lib.workbooks.stated.columns import Column
from sumairu.lib.workbooks.stated.number_contexts import NO_ROW, unit_of
from sumairu.lib.workbooks.stated.row import Row
from sumairu.lib.workbooks.stated.stated_table import StatedTable
from sumairu.lib.workbooks.words import derived
from sumairu.lib.workbooks.words.cell_types import BLANK, MARK
from sumairu.lib.workbooks.words.numerals import number_of
from sumairu.lib.workbooks.words.units import KINDS, RATIO, SIZES, compact, is_ratio

ITEM, TOTAL, PART, OTHER = "item", "total", "part", "other"
# More places than any office prints; what has more is left by a division.
_PLACES = 6
_LESS_THAN_ONE = 10**_PLACES - 1
# Of one table: who sees so many will look at the table itself.
MOST_REMARKS = 100
# A total adds up nothing from beyond so many others.
_FURTHEST = 6
# Of many rows, a way to add is tried on so many before it is on all.
_SAMPLE = 30


# The fiscal year and the year of the calendar that a row states.
_Years = tuple[int | None, int | None]


class Disagreement(NamedTuple):
    row: int
    column: int
    reason: str


class _Sum(NamedTuple):
    """An amount, and how far it may be off. Whole numbers of 10 ** -_PLACES yen, people or items.

    It `is_known` where each of its numbers can be read.
    """

    amount: int
    off: int
    is_known: bool = True


@dataclass(frozen=True)
class _Line:
    """The numbers of one column, one for each row; None for what cannot be read, 0 for a blank."""

    column: Column
    unit: str | None
    role: str
    numbers: list[int | None]
    is_blank: list[bool]
    off: int

    def at(self, place: int) -> _Sum | None:
        number = self.numbers[place]
        return None if number is None or self.is_blank[place] else _Sum(number, self.off)


def totals_to_account(sheet: Sheet, table: StatedTable, account: Account) -> None:
    """Remark on the totals of a table that disagree with their parts."""
    rows, values = table.rows, table.values
    if derived.TOTAL not in {*(row.apart for row in rows.of_variant), *(column.apart for column in values)}:
        return
    of_units = [(column, unit_of(table.context, column, NO_ROW, column.names)) for column in values]
    in_order = [rows.at(i) for i in range(len(table.block.body))]
    for row, column, reason in _disagreements(sheet, table.block, in_order, of_units):
        account.remark(row, column, sheet.grid.rows[row][column], reason)


def _disagreements(
    sheet: Sheet, block: Block, rows: Sequence[Row], columns: Sequence[tuple[Column, str | None]]
) -> Iterator[Disagreement]:
    """The totals of a table that none of their plausible parts add up to, with the difference in words.

    `rows` are those of the block's body, `columns` those of its numbers, each with the unit that they are in.
    """
    if derived.TOTAL not in {*(row.apart for row in rows), *(column.apart for column, _ in columns)}:
        return
    roles = [_role(row.apart, row.reason, row.label) for row in rows]
    lines = [
        (column, unit, _role(column.apart, None if column.reason == COLUMN_HIDDEN else column.reason, column.header))
        for column, unit in columns
        if KINDS.get(unit or "") != RATIO and not (unit is None and is_ratio(column.names))
    ]
    if TOTAL in roles or any(role == TOTAL for _, _, role in lines):
        numbers = [_line(sheet, block, *line) for line in lines]
        found = [*_of_rows(sheet.grid, block, rows, roles, numbers), *_of_columns(block, roles, numbers)]
        yield from found[:MOST_REMARKS]


def _role(apart: str | None, reason: str | None, name: str) -> str:
    if apart == derived.TOTAL:
        return OTHER if derived.is_running_total(name) else TOTAL
    return PART if apart == derived.PART else ITEM if reason is None else OTHER


def _line(sheet: Sheet, block: Block, column: Column, unit: str | None, role: str) -> _Line:
    scale = 10**_PLACES * _size(unit)
    is_blank = [sheet.types[row][column.index] in (BLANK, MARK) for row in block.body]
    numbers: list[int | None] = []
    places = 0
    for row, blank in zip(block.body, is_blank, strict=True):
        cell = sheet.grid.rows[row][column.index]
        if blank:
            numbers.append(0)
        elif type(cell) is float and cell.is_integer():
            numbers.append(int(cell) * scale)
        elif (number := number_of(cell)) is None:
            numbers.append(None)
        else:
            numbers.append(round(number * scale))
            places = max(places, min(_PLACES, -int(number.normalize().as_tuple().exponent)))
    is_never_rounded = places == 0 and unit is not None and _size(unit) == 1
    return _Line(column, unit, role, numbers, is_blank, 0 if is_never_rounded else scale // 10**places // 2)


def _of_rows(
    grid: Grid, block: Block, rows: Sequence[Row], roles: Sequence[str], lines: Sequence[_Line]
) -> Iterator[Disagreement]:
    is_hidden_within = any(
        reason == ROW_HIDDEN and block.body[0] < row < block.body[-1] for (row, _), (_, reason) in grid.unseen.items()
    )
    if is_hidden_within or len({row.units for row in rows}) > 1:
        return
    depths = [_depth(grid, block, row) for row in block.body]
    summands = [
        _Summand(role, row.label, depth, (row.year, row.calendar_year))
        for role, row, depth in zip(roles, rows, depths, strict=True)
    ]
    sums = {i: _Sums(line, summands) for i, line in enumerate(lines) if line.role in (ITEM, TOTAL)}
    for place in (place for place, role in enumerate(roles) if role == TOTAL):
        totals = {i: total for i in sums if (total := lines[i].at(place))}
        ways = [_over(sums, *span) for span in _spans(place, summands)]
        for i, parts, others in _judged(totals, ways):
            words = _words(rows[place].label or messages.TOTAL, totals[i], parts, lines[i].unit)
            yield Disagreement(block.body[place], lines[i].column.index, words + others)


class _Summand(NamedTuple):
    """What of a row tells whether a total adds it."""

    role: str
    label: str
    depth: tuple[int, int]
    years: _Years


class _Which(NamedTuple):
    """Some of the rows: of these roles, and where more is said, so labelled or so deep in the table's order."""

    roles: tuple[str, ...]
    ends: tuple[str, ...] = ("",)
    label: str | None = None
    depth: tuple[int, int] | None = None
    years: _Years | None = None

    def holds(self, row: _Summand) -> bool:
        return (
            row.role in self.roles
            and self.label in (None, row.label)
            and self.depth in (None, row.depth)
            and self.years in (None, row.years)
            and row.label.endswith(self.ends)
        )


def _depth(grid: Grid, block: Block, row: int) -> tuple[int, int]:
    """The last column that names a row, and how far its text is set in: what belongs to a row lies deeper."""
    for column in reversed(block.label_columns):
        if isinstance(text := grid.at(row, column), str) and text:
            return column, len(text) - len(text.lstrip())
    return -1, 0


def _spans(place: int, rows: Sequence[_Summand]) -> list[tuple[_Which, int, int]]:
    """(which rows, from, to) that a total at `place` may add up, the likeliest first."""
    above = [i for i, row in enumerate(rows[:place]) if row.role == TOTAL]
    below = [i for i, row in enumerate(rows) if row.role == TOTAL and i > place]
    starts = [*(i + 1 for i in reversed(above[-_FURTHEST:])), 0]
    ends = [*below[:_FURTHEST], len(rows)]
    around = [*((start, place) for start in starts), *((place + 1, end) for end in ends)]
    which = [_Which((ITEM,)), _Which((TOTAL,)), _Which((ITEM, TOTAL))]
    depths = sorted({row.depth for row in rows if row.role == ITEM})
    which += [_Which((ITEM,), depth=depth) for depth in depths[:_FURTHEST] if len(depths) > 1]
    if towns := derived.towns_in_total(rows[place].label):
        which.append(_Which((ITEM,), ends=tuple(towns)))  # 町村計 among 市 and 町村
    alike = Counter(rows[i].label for i in (*above, *below))
    which += [_Which((TOTAL,), label=label) for label, times in alike.most_common(_FURTHEST) if times > 1]
    of_items = {row.years for row in rows if row.role == ITEM}
    if len(of_items) > 1 and rows[place].years in of_items:
        which = [each._replace(years=rows[place].years) for each in which]
    return [(each, start, end) for each in which for start, end in around]


def _over(sums: Mapping[int, "_Sums"], which: _Which, start: int, end: int) -> Callable[[int], _Sum | None]:
    return lambda i: sums[i].over(which, start, end)


class _Sums:
    """The sums over rows of one column, whichever of them are added."""

    def __init__(self, line: _Line, rows: Sequence[_Summand]):
        self.line, self.rows = line, rows
        self.running: dict[_Which, list[list[int]]] = {}

    def over(self, which: _Which, start: int, end: int) -> _Sum | None:
        """None where none of the rows states a number."""
        if which not in self.running:
            each = list(zip(map(which.holds, self.rows), self.line.numbers, self.line.is_blank, strict=True))
            added = [(number or 0) if is_in else 0 for is_in, number, _ in each]
            stated = [int(is_in and not blank) for is_in, _, blank in each]
            odd = [int(is_in and number is None) for is_in, number, _ in each]
            self.running[which] = [list(accumulate(counts, initial=0)) for counts in (added, stated, odd)]
        total, stated_there, odd_there = (counts[end] - counts[start] for counts in self.running[which])
        return _Sum(total, stated_there * self.line.off, not odd_there) if stated_there else None


def _of_columns(block: Block, roles: Sequence[str], lines: Sequence[_Line]) -> Iterator[Disagreement]:
    places = [place for place, role in enumerate(roles) if role in (ITEM, TOTAL)]
    for i, line in enumerate(lines):
        if line.role != TOTAL:
            continue
        totals = {place: total for place in places if (total := line.at(place))}
        ways = [_across([lines[j] for j in chosen]) for chosen in _parts(i, lines)]
        for place, parts, others in _judged(totals, ways):
            words = _words(_name(line.column.path), totals[place], parts, line.unit)
            yield Disagreement(block.body[place], line.column.index, words + others)


def _name(path: Sequence[str]) -> str:
    """The total and what stands under it, of a path that may begin with the title of the whole."""
    first = next((k for k, text in enumerate(path) if derived.set_apart(text) == derived.TOTAL), 0)
    return " ".join(path[first:])


def _parts(i: int, lines: Sequence[_Line]) -> list[tuple[int, ...]]:
    """The columns that the total in column `i` may add up, the likeliest first.

    Only money is added to money, and only what is of the same year; a total of no year may be one over several.
    """
    of_kind = [
        j for j, line in enumerate(lines) if j != i and KINDS.get(line.unit or "") == KINDS.get(lines[i].unit or "")
    ]
    of_year = [j for j in of_kind if _stated_years(lines[j]) == _stated_years(lines[i])]
    if of_year or any(_stated_years(lines[i])):
        of_kind = of_year
    totals = [j for j in of_kind if lines[j].role == TOTAL]
    starts = [*(j + 1 for j in reversed(totals) if j < i), 0]
    ends = [*(j for j in totals if j > i), len(lines)]
    around = [*((start, i) for start in starts), *((i + 1, end) for end in ends)]
    paths = {j: tuple(map(compact, lines[j].column.path)) for j in (i, *of_kind)}
    own = paths[i]
    groups = [[j for j in of_kind if paths[j][:-1] == own[:-1]]] if len(own) > 1 else []
    groups += [[j for j in of_kind if paths[j][-k:] == own[-k:]] for k in range(len(own) - 1, 0, -1)]
    found = []
    for group in (of_kind, *groups):
        for which in ((ITEM,), (TOTAL,), (ITEM, TOTAL), (PART,)):
            for start, end in around:
                found.append(tuple(j for j in group if start <= j < end and lines[j].role in which))
    return [chosen for chosen in dict.fromkeys(found) if chosen]


def _stated_years(line: _Line) -> tuple[tuple[int, ...], tuple[int, ...]]:
    return line.column.years, line.column.calendar_years


def _across(lines: Sequence[_Line]) -> Callable[[int], _Sum | None]:
    def sum_at(place: int) -> _Sum | None:
        numbers = [line.numbers[place] for line in lines]
        stated = [line.off for line in lines if not line.is_blank[place]]
        return _Sum(sum(filter(None, numbers)), sum(stated), None not in numbers) if stated else None

    return sum_at


def _judged(
    totals: Mapping[int, _Sum], ways: Sequence[Callable[[int], _Sum | None]]
) -> Iterator[tuple[int, _Sum, str]]:
    """Where none of the `ways` to add comes to the total: there, what it should be, and how many others are like it.

    That is the sum which is right the most often elsewhere, or comes closest; none that is less likely than one which
    cannot be known, as a number in it cannot be read. Where most are wrong, the first speaks for all.
    """
    unexplained = dict(totals)
    right_times = [0] * len(ways)
    for number, way in enumerate(ways):
        some = list(islice(unexplained, _SAMPLE))
        if any((parts := way(place)) and _agree(totals[place], parts) for place in some):
            right = [place for place in unexplained if (parts := way(place)) and _agree(totals[place], parts)]
            right_times[number] = len(right)
            for place in right:
                del unexplained[place]
        if not unexplained:
            return
    wrong = []
    for place, total in unexplained.items():
        sums = [(-right_times[number], parts) for number, way in enumerate(ways) if (parts := way(place))]
        known = takewhile(lambda each: each[1].is_known, sorted(sums, key=itemgetter(0)))
        closest = min(known, key=lambda each: (each[0], abs(each[1].amount - total.amount)), default=None)
        if closest:
            wrong.append((place, closest[1]))
    are_most = len(wrong) > 2 and len(wrong) * 2 > len(totals)
    for place, parts in wrong[:1] if are_most else wrong:
        yield place, parts, messages.OTHERS_DISAGREE_TOO.format(others=len(wrong) - 1) if are_most else ""


def _agree(total: _Sum, parts: _Sum) -> bool:
    if not parts.is_known:
        return False
    off = max(total.off + parts.off, _LESS_THAN_ONE) + abs(total.amount) // 10**13  # for the noise of binary floats
    # Twice the total: among the parts are sums of the others, under names of their own (不足, 超過).
    return abs(total.amount - parts.amount) <= off or (
        total.amount != 0 and abs(2 * total.amount - parts.amount) <= off
    )


def _words(name: str, total: _Sum, parts: _Sum, unit: str | None) -> str:
    difference = total.amount - parts.amount
    return messages.TOTAL_DISAGREES.format(
        name=name,
        difference=_printed(abs(difference), unit),
        more=messages.LARGER if difference > 0 else messages.SMALLER,
        parts=_printed(parts.amount, unit),
    )


def _printed(amount: int, unit: str | None) -> str:
    return f"{grouped(Decimal(amount) / (10**_PLACES * _size(unit)))}{unit or ''}"


def _size(unit: str | None) -> int:
    return YEN_UNITS.get(unit or "") or SIZES.get(unit or "", 1)
