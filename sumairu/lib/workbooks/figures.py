"""What a reading of a workbook consists of, and its form on the way from the reading process to its caller.

>>> reading = Reading((), (Skipped("予算額", "C9", "91", "合計の行です。"),), (), (), (Sheet("予算額", False, 9, 3),))
>>> Reading.from_json(reading.to_json()) == reading
True
"""

import json
from dataclasses import dataclass
from typing import Any, NamedTuple, Self


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that counts something: whose (`label`), when, in what unit.

    `labels` pairs the header of each column that names the row with the row's text there; `column` are the texts over
    the number from top to bottom. `value` is in whole yen, people or items, None where that is not known. `note` is the
    comment at its cell. What the sheet does not state is None.
    """

    sheet: str
    cell: str
    label: str
    labels: tuple[tuple[str, str], ...]
    code: str | None
    fiscal_year: int | None
    column: tuple[str, ...]
    stage: str | None
    supplement: str | None
    unit: str | None
    raw: str
    value: int | str | None
    kind: str | None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """A number, or a mark in its place, that is left out, and why."""

    sheet: str
    cell: str
    raw: str
    reason: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell that must be mended before anything is saved, and why."""

    sheet: str
    cell: str
    raw: str
    reason: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A cell that a careful person would look at again, and why: a total that disagrees with its parts."""

    sheet: str
    cell: str
    raw: str
    reason: str


class TableColumn(NamedTuple):
    """What a column of a table was understood to hold: one of `corrections.USES`, and of which year, stage and unit.

    `reason` says why its numbers are left out, if they are.
    """

    letters: str
    path: tuple[str, ...]
    use: str
    fiscal_year: int | None
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
class Sheet:
    name: str
    is_hidden: bool
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read of a workbook. `notices` are sentences about it as a whole, for whoever sent it."""

    figures: tuple[Figure, ...]
    skipped: tuple[Skipped, ...]
    problems: tuple[Problem, ...]
    tables: tuple[Table, ...]
    sheets: tuple[Sheet, ...]
    remarks: tuple[Remark, ...] = ()
    notices: tuple[str, ...] = ()

    def to_json(self) -> str:
        """As text; labels and column paths, which many figures share, stand in it once."""
        labels: dict[tuple[tuple[str, str], ...], int] = {}
        columns: dict[tuple[str, ...], int] = {}
        figures = []
        for each in self.figures:
            whose = labels.setdefault(each.labels, len(labels))
            what = columns.setdefault(each.column, len(columns))
            read = (each.fiscal_year, each.stage, each.supplement, each.unit, each.raw, each.value)
            figures.append((each.sheet, each.cell, whose, each.code, what, *read, each.kind, each.note))
        fields = {
            "labels": list(labels),
            "columns": list(columns),
            "figures": figures,
            "skipped": [(each.sheet, each.cell, each.raw, each.reason) for each in self.skipped],
            "problems": [(each.sheet, each.cell, each.raw, each.reason) for each in self.problems],
            "tables": [
                (each.sheet, each.number, each.range, each.header_rows, each.label_columns, each.title, each.columns)
                for each in self.tables
            ],
            "sheets": [(each.name, each.is_hidden, each.rows, each.columns) for each in self.sheets],
            "remarks": [(each.sheet, each.cell, each.raw, each.reason) for each in self.remarks],
            "notices": self.notices,
        }
        return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        fields: dict[str, Any] = json.loads(text)
        labels = [tuple((header, name) for header, name in pairs) for pairs in fields["labels"]]
        names = [" ".join(name for _, name in pairs) for pairs in labels]
        columns = [tuple(path) for path in fields["columns"]]
        return cls(
            tuple(
                Figure(sheet, cell, names[whose], labels[whose], code, year, columns[what], *read)
                for sheet, cell, whose, code, what, year, *read in fields["figures"]
            ),
            tuple(Skipped(*each) for each in fields["skipped"]),
            tuple(Problem(*each) for each in fields["problems"]),
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
            tuple(Sheet(*each) for each in fields["sheets"]),
            tuple(Remark(*each) for each in fields["remarks"]),
            tuple(fields["notices"]),
        )
