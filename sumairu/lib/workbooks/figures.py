"""What a reading of a workbook consists of, and its form on the way from the reading process to its caller.

>>> reading = Reading((), (Skipped("予算額", "C9", "91", "合計の行です。"),), (), (), (SheetSummary("予算額", False, 9, 3),))
>>> Reading.from_json(reading.to_json()) == reading
True
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count, repeat, zip_longest
from operator import attrgetter
from typing import Any, NamedTuple, Self

from sumairu.lib.garbage import no_collecting

# What a column of a table may hold.
FIGURES, LABEL, CODE, YEAR, STAGE, LEAVE_OUT = "figures", "label", "code", "year", "stage", "leave_out"

# The form of a kept reading: to be counted up with every change of what `to_json` writes.
FORM = 6
# A column of few different values is a text of one letter for each. These are all alike to JSON.
_FIRST_LETTER, _LAST_LETTER = 0x0100, 0xD7FF


Pairs = tuple[tuple[str, str], ...]  # (header, text) of cells beside a row


class StatedYear(NamedTuple):
    """A year as it is stated for a whole table: in which place (表題), by what text; of one kind or the other."""

    place: str
    text: str
    fiscal_year: int | None
    calendar_year: int | None

    @property
    def number(self) -> int | None:
        return self.fiscal_year or self.calendar_year


class Figure(NamedTuple):
    """A number that counts something: whose (`label`), when, in what unit.

    `labels` pairs the header of each column that names the row with the row's text there, `beside` likewise what more is
    said of it; `column` are the texts over the number from top to bottom. `value` is in whole yen, people or items, of a
    ratio its decimal as text ("98.2" where `unit` is %); None where what is counted is not known. `note` is the comment
    at its cell. What the sheet does not state is None. A number is of a
    fiscal year (年度) or of a year of the calendar (年), or of neither: then `year_candidates` are the years that the
    sheet states of it, if it states several.
    """

    sheet: str
    cell: str
    label: str
    labels: Pairs
    beside: Pairs
    code: str | None
    fiscal_year: int | None
    calendar_year: int | None
    column: tuple[str, ...]
    stage: str | None
    supplement: str | None
    unit: str | None
    raw: str
    value: int | str | None
    kind: str | None
    note: str | None = None
    year_candidates: tuple[StatedYear, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """A number, or a mark in its place, that is left out, and why. In a table it has its label and column as a figure has."""

    sheet: str
    cell: str
    raw: str
    reason: str
    label: str = ""
    column: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell that must be mended before anything is saved, and why. Label and column are those of a figure there."""

    sheet: str
    cell: str
    raw: str
    reason: str
    label: str = ""
    column: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """A cell that a careful person would look at again, and why: a total that disagrees with its parts."""

    sheet: str
    cell: str
    raw: str
    reason: str


class TableColumn(NamedTuple):
    """What a column of a table was understood to hold: one of FIGURES, LABEL …, and of which year, stage and unit.

    `reason` says why its numbers are left out, if they are.
    """

    letters: str
    path: tuple[str, ...]
    use: str
    fiscal_year: int | None
    calendar_year: int | None
    stage: str | None
    unit: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Table:
    """Where a table was found: `A4:F20`, its header rows as Excel numbers them, the letters of its label columns.

    `number` tells the tables of a sheet apart, from 0.
    """

    sheet: str
    number: int
    range: str
    header_rows: tuple[int, ...]
    label_columns: tuple[str, ...]
    title: str
    columns: tuple[TableColumn, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetSummary:
    """A sheet as it came. Of what one does not see at once: how many rows with something in them are hidden, the letters of
    such columns, and how many cells have a comment (not counting ours)."""

    name: str
    is_hidden: bool
    rows: int
    columns: int
    hidden_rows: int = 0
    hidden_columns: tuple[str, ...] = ()
    comments: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read of a workbook. `notices` are sentences about it as a whole, for whoever sent it."""

    figures: tuple[Figure, ...]
    skipped: tuple[Skipped, ...]
    problems: tuple[Problem, ...]
    tables: tuple[Table, ...]
    sheets: tuple[SheetSummary, ...]
    remarks: tuple[Remark, ...] = ()
    notices: tuple[str, ...] = ()

    def to_json(self) -> str:
        """As text: the figures column by column, as nearly all in one has often been there before."""
        columns = dict(zip(Figure._fields, zip(*self.figures, strict=True), strict=False))
        fields = {
            "form": FORM,
            "labels": list(map(_packed, zip_longest(*columns.pop("labels", ())))),
            "figures": {name: _packed(values) for name, values in columns.items() if name != "label"},
            "skipped": list(map(_FIELDS_OF_OTHERS, self.skipped)),
            "problems": list(map(_FIELDS_OF_OTHERS, self.problems)),
            "tables": [
                (each.sheet, each.number, each.range, each.header_rows, each.label_columns, each.title, each.columns)
                for each in self.tables
            ],
            "sheets": list(map(_FIELDS_OF_SHEETS, self.sheets)),
            "remarks": [(each.sheet, each.cell, each.raw, each.reason) for each in self.remarks],
            "notices": self.notices,
        }
        return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """Raises ValueError for a reading that was kept in another form than today's."""
        with no_collecting():
            fields = json.loads(text)
            if fields.get("form") != FORM:
                raise ValueError(f"a reading in form {fields.get('form')}, not {FORM}")
            return cls._of(fields)

    @classmethod
    def _of(cls, fields: dict[str, Any]) -> Self:
        return cls(
            tuple(_figures(fields["labels"], fields["figures"])),
            tuple(replace(Skipped(*each), column=tuple(each[-1])) for each in fields["skipped"]),
            tuple(replace(Problem(*each), column=tuple(each[-1])) for each in fields["problems"]),
            tuple(
                Table(
                    sheet,
                    number,
                    area,
                    tuple(header),
                    tuple(labels),
                    title,
                    tuple(TableColumn(letters, tuple(path), *read) for letters, path, *read in described),
                )
                for sheet, number, area, header, labels, title, described in fields["tables"]
            ),
            tuple(
                SheetSummary(name, is_hidden, rows, columns, hidden_rows, tuple(hidden_columns), comments)
                for name, is_hidden, rows, columns, hidden_rows, hidden_columns, comments in fields["sheets"]
            ),
            tuple(Remark(*each) for each in fields["remarks"]),
            tuple(fields["notices"]),
        )


_FIELDS_OF_SHEETS = attrgetter("name", "is_hidden", "rows", "columns", "hidden_rows", "hidden_columns", "comments")
_FIELDS_OF_OTHERS = attrgetter("sheet", "cell", "raw", "reason", "label", "column")


def _packed(values: Sequence[Any]) -> list[Any]:
    """`[["町", "村"], "ĀĀāĀ"]` of 町 町 村 町, `[["町"], 2]` of 町 町.

    Of values that are nearly all different, those alone; texts as one, `["A1\\nA2"]`.
    """
    start = values[:1000]
    some = set(start)
    if len(some) == 1 and values.count(values[0]) == len(values):
        return [[values[0]], len(values)]
    different = {} if len(some) * 2 > len(start) + 2 else dict.fromkeys(values)
    if not 0 < len(different) <= _LAST_LETTER - _FIRST_LETTER:
        text = "\n".join(values) if set(map(type, values)) == {str} else ""
        return [text] if text.count("\n") == len(values) - 1 else [values]
    letters = dict(zip(different, map(chr, count(_FIRST_LETTER)), strict=False))
    return [list(different), "".join(map(letters.__getitem__, values))]


def _unpacked(values: Iterable[Any], letters: str | int | None = None) -> list[Any]:
    if letters is None:
        return values.split("\n") if isinstance(values, str) else list(values)
    if isinstance(letters, int):
        return list(values) * letters
    return list(map(dict(zip(map(chr, count(_FIRST_LETTER)), values, strict=False)).__getitem__, letters))


def _figures(labels: list[Any], packed: dict[str, Any]) -> Iterator[Figure]:
    """The figures of which `labels` and `packed` are the columns; lists, which JSON has for tuples, as tuples again."""
    if not packed:
        return iter(())
    paths, *letters = packed["column"]
    columns = {name: _unpacked(*column) for name, column in packed.items()}
    columns["column"] = _unpacked(map(tuple, paths), *letters)
    said, *letters = packed["beside"]
    columns["beside"] = _unpacked((tuple(map(tuple, pairs)) for pairs in said), *letters)
    candidates, *letters = packed["year_candidates"]
    columns["year_candidates"] = _unpacked((tuple(map(StatedYear._make, each)) for each in candidates), *letters)
    pairs = [_unpacked((pair and tuple(pair) for pair in values), *letters) for values, *letters in labels]
    names = [_unpacked((pair and pair[1] for pair in values), *letters) for values, *letters in labels]
    size = len(columns["cell"])
    is_ragged = any(None in values for values, *_ in labels)
    columns["labels"] = list(map(tuple, _side_by_side(pairs, size, is_ragged=is_ragged)))
    columns["label"] = list(map(" ".join, _side_by_side(names, size, is_ragged=is_ragged)))
    in_order = (columns[name] for name in Figure._fields)
    return map(Figure._make, zip(*in_order, strict=True))


def _side_by_side(columns: list[list[Any]], size: int, *, is_ragged: bool) -> Iterable[Sequence[Any]]:
    """The rows of columns; where these are ragged, shorter ones end in None, which is left away."""
    if not columns:
        return repeat((), size)
    rows = zip(*columns, strict=True)
    return ([each for each in row if each is not None] for row in rows) if is_ragged else rows
