"""A table as rows and columns of a sheet, and what is asked of one who reads to find it. Part of the third step."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from sumairu.lib.workbooks.files.cells import Cell
from sumairu.lib.workbooks.words.cell_types import TEXT, UNIT


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

    @property
    def rows(self) -> range:
        """From the first row under the header to the last of the body, those without numbers among them."""
        is_under_header = self.header and not self.section and self.header[-1] < self.body[0]
        return range(self.header[-1] + 1 if is_under_header else self.body[0], self.body[-1] + 1)

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


def _knows_none(_: Cell) -> bool:
    return False


class Words(NamedTuple):
    """What only one who reads can tell.

    `are_names`: are the numbers of a row, the rows of text above it being these, names (years) of the columns below?
    `is_odd`: would a text be a number if it were written right (「12～15」, 調整中)?
    `begins_section`: does a row of one text state something of the rows below it (「令和2年度」, 「派遣者数（人）」)?
    `names_rows`: does what a column is called (年度, No.) say that its numbers name the rows?
    `ends_table`: is a text without numbers the last of a table (合計, a note) rather than the title of the next?
    `stands_in`: is a text said in place of a number (不交付, 精査中), or a number with a slip (l,234)?
    `names_column`: could a text be what a column of numbers is called?
    `names_label`: is it what a column that names the rows is called (市町村名, 区分)?
    `is_place`, `is_code`: is it the name, the code of one row?
    """

    are_names: Callable[[int, list[int]], bool]
    is_odd: Callable[[Cell], bool]
    begins_section: Callable[[Cell], bool]
    names_rows: Callable[[Cell], bool]
    ends_table: Callable[[Cell], bool]
    stands_in: Callable[[Cell], bool] = _knows_none
    names_column: Callable[[Cell], bool] = _knows_none
    names_label: Callable[[Cell], bool] = _knows_none
    is_place: Callable[[Cell], bool] = _knows_none
    is_code: Callable[[Cell], bool] = _knows_none
