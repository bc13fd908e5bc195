"""What a question is about, as it is written in forms, in what a run keeps of its answers, and in layouts.

>>> QuestionKey.of_name("town", "泊村"), QuestionKey.of_sheet("hokkaido", "一覧"), QuestionKey.of_cell("cell", "R4", "D25")
('town:泊村', 'hokkaido@sheet:一覧', 'cell:R4!D25')
>>> key = QuestionKey("hokkaido@sheet:一覧")
>>> key.about, key.sheet, key.in_sheet("R5")
('hokkaido', '一覧', 'hokkaido@sheet:R5')
>>> key = QuestionKey.of_column("unitofyen", "一覧", "決算")
>>> key, key.sheet, key.in_sheet("R5")
('unitofyen@column:決算!一覧', '一覧', 'unitofyen@column:決算!R5')
>>> QuestionKey("name:補助金@sheet:A").name  # a text may hold anything
'補助金@sheet:A'
"""

import re
from typing import Self

_KEY = re.compile(
    r"(?P<about>[a-z]*)(?:@sheet:(?P<sheet>.*)|@column:(?P<column>[^!]*)!(?P<columns_sheet>.*)|:(?P<name>.*))?",
    re.DOTALL,
)
# Of which the answer says nothing of another workbook.
_OF_ONE_WORKBOOK = ("cell", "unit", "year")


class QuestionKey(str):
    """The text of a key, and what it says: what is asked (`about`), of which name, or of which sheet."""

    __slots__ = ()

    @classmethod
    def of_name(cls, about: str, name: str) -> Self:
        """A question of what a name, a header or a measure means."""
        return cls(f"{about}:{name}")

    @classmethod
    def of_sheet(cls, about: str, sheet: str) -> Self:
        """A question of all that stands on a sheet."""
        return cls(f"{about}@sheet:{sheet}")

    @classmethod
    def of_column(cls, about: str, sheet: str, column: str) -> Self:
        """A question of all that stands under one name on a sheet."""
        return cls(f"{about}@column:{column.replace('!', '')}!{sheet}")

    @classmethod
    def of_cell(cls, about: str, sheet: str, cell: str) -> Self:
        """A question of one cell, or of a column of one workbook (D:千円)."""
        return cls(f"{about}:{sheet}!{cell}")

    @property
    def about(self) -> str:
        return self._part("about") or ""

    @property
    def name(self) -> str:
        return self._part("name") or ""

    @property
    def sheet(self) -> str | None:
        """The sheet that it is a question of, or a column of; None where it is of a name or a cell."""
        sheet = self._part("sheet")
        return self._part("columns_sheet") if sheet is None else sheet

    @property
    def holds_for_others(self) -> bool:
        """Does the answer say anything of another workbook?"""
        return self.about not in _OF_ONE_WORKBOOK

    def in_sheet(self, sheet: str) -> Self:
        """The same question of another sheet."""
        column = self._part("column")
        return self.of_sheet(self.about, sheet) if column is None else self.of_column(self.about, sheet, column)

    def _part(self, part: str) -> str | None:
        match = _KEY.fullmatch(self)
        return match[part] if match else None
