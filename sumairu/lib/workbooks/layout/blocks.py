"""A table as rows and columns of a sheet."""

from dataclasses import dataclass

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
        for cell_type in (TEXT, UNIT):
            stated = [column for column, each in enumerate(row) if each == cell_type]
            own = [column for column in stated if first <= column <= last]
            found += own or [column for column in stated if cell_type == UNIT or column < first]
        return sorted(found)
