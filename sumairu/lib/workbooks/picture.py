"""Windows of one sheet as it looks: what is seen in each cell, merged cells as one, what is hidden marked as such.

Drawn beside what was read, so that the editor finds the very sheet that was sent. It reads no word either.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

from sumairu.lib.workbooks.child import ask_apart


class DrawnCell(NamedTuple):
    """A cell, or all of a merged one that lies in the window: its column, counted from 0, and how far it spans."""

    column: int
    text: str = ""
    is_number: bool = False
    rows: int = 1
    columns: int = 1


class DrawnRow(NamedTuple):
    """A row as Excel numbers it. Cells that another one covers are not among its cells, blank ones are."""

    number: int
    is_hidden: bool
    cells: tuple[DrawnCell, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """The windows, each of rows that follow one another."""

    windows: tuple[tuple[DrawnRow, ...], ...]
    hidden_columns: frozenset[int]

    def to_json(self) -> str:
        return json.dumps([self.windows, sorted(self.hidden_columns)], ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        windows, hidden_columns = json.loads(text)
        return cls(
            tuple(
                tuple(
                    DrawnRow(number, is_hidden, tuple(DrawnCell(*cell) for cell in cells))
                    for number, is_hidden, cells in rows
                )
                for rows in windows
            ),
            frozenset(hidden_columns),
        )


def draw_apart(
    content: bytes,
    name: str,
    sheet: int,
    windows: Sequence[tuple[int, int]],
    columns: Sequence[int],
    patience: float | None = None,
) -> Picture:
    """`drawing.draw` in a process of its own, of a workbook that `files.admit` let pass. Raises Refused, Busy."""
    asked = {"name": name, "sheet": sheet, "windows": windows, "columns": tuple(columns)}
    return Picture.from_json(ask_apart("sumairu.lib.workbooks.drawing", asked, content, patience))
