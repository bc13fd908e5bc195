"""What an editor says of how a table is to be read; `stated.corrected` reads it so.

>>> correction = Correction("R4", 0, header_rows=(5, 6), columns={"D": ColumnCorrection(FIGURES, fiscal_year=2022)})
>>> Correction.from_json(correction.to_json()) == correction
True
>>> correction.without_years().columns
{'D': ColumnCorrection(use='figures', fiscal_year=None, stage=None, unit=None, calendar_year=None)}
>>> rows_in("１８６、 187-190", 1726), rows_in("", 9), rows_in_words(((186, 186), (187, 190)))
(((186, 186), (187, 190)), (), '186, 187-190')
>>> rows_in("12-9", 20)
Traceback (most recent call last):
sumairu.lib.workbooks.corrections.RowsNotUnderstood: 「12-9」は、はじめの行がおわりの行より後です。
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Self

from sumairu.lib.widths import half_width
from sumairu.lib.workbooks import messages
from sumairu.lib.workbooks.figures import CODE, FIGURES, LABEL, LEAVE_OUT, STAGE, YEAR

USES = {
    FIGURES: messages.USE_FIGURES,
    LABEL: messages.USE_LABEL,
    CODE: messages.USE_CODE,
    YEAR: messages.USE_YEAR,
    STAGE: messages.USE_STAGE,
    LEAVE_OUT: messages.USE_LEAVE_OUT,
}

_APART = re.compile(r"[\s,、・;]+")
_ROWS = re.compile(r"(\d{1,7})(?:[-−–~〜ー](\d{1,7}))?")


@dataclass(frozen=True)
class ColumnCorrection:
    """What a column holds, and of which year, stage and unit its figures are; None leaves that as it was read.

    Of the fiscal year and the year of the calendar one at most is said.
    """

    use: str | None = None
    fiscal_year: int | None = None
    stage: str | None = None
    unit: str | None = None
    calendar_year: int | None = None


@dataclass(frozen=True)
class Correction:
    """How one table is read: the table of this number on its sheet, from 0, as they are found without corrections.

    Rows are as Excel numbers them, columns by their letters. `left_out_rows` are (first, last). A table that was not
    found at all is described by its header rows and the use of its columns.
    """

    sheet: str
    table: int
    header_rows: tuple[int, ...] = ()
    columns: Mapping[str, ColumnCorrection] = field(default_factory=dict)
    fiscal_year: int | None = None
    unit: str | None = None
    left_out_rows: tuple[tuple[int, int], ...] = ()
    calendar_year: int | None = None

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, fields: Mapping[str, Any]) -> Self:
        return cls(
            sheet=fields["sheet"],
            table=fields["table"],
            header_rows=tuple(fields["header_rows"]),
            columns={letters: ColumnCorrection(**column) for letters, column in fields["columns"].items()},
            fiscal_year=fields["fiscal_year"],
            unit=fields["unit"],
            left_out_rows=tuple((first, last) for first, last in fields["left_out_rows"]),
            calendar_year=fields.get("calendar_year"),  # which corrections did not say before
        )

    def without_years(self) -> Self:
        """What holds for next year's workbook as well."""
        columns = {
            letters: replace(column, fiscal_year=None, calendar_year=None) for letters, column in self.columns.items()
        }
        return replace(self, columns=columns, fiscal_year=None, calendar_year=None)

    def leaves_out(self, row: int) -> bool:
        """Is this row, counted from 0, left out?"""
        return any(first <= row + 1 <= last for first, last in self.left_out_rows)


class RowsNotUnderstood(ValueError):
    """Rows that cannot be read; the message says in Japanese which, and how they are written."""


def rows_in(text: str, height: int) -> tuple[tuple[int, int], ...]:
    """The rows that an editor names, as (first, last) each: 「186, 187-1726」. Raises RowsNotUnderstood."""
    found = []
    for part in filter(None, _APART.split(half_width(text))):
        match = _ROWS.fullmatch(part)
        if match is None:
            raise RowsNotUnderstood(messages.ROWS_UNREADABLE.format(text=part[:20]))
        first, last = int(match[1]), int(match[2] or match[1])
        if first > last:
            raise RowsNotUnderstood(messages.ROWS_BACKWARDS.format(text=part))
        if not 1 <= first <= height:
            raise RowsNotUnderstood(messages.ROWS_NOT_THERE.format(row=first, height=height))
        found.append((first, min(last, height)))
    return tuple(found)


def rows_in_words(rows: Sequence[tuple[int, int]]) -> str:
    """The rows as `rows_in` reads them."""
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in rows)
