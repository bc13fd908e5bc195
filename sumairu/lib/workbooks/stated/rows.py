"""The rows of a table, of which there may be many: what `row_of` says of one holds for all that differ in names alone.

Most texts beside a row are nothing but names: 釧路市 states no year, no unit and no total, and no more does 帯広市. A cell
is taken for such a name where by itself it states what any name does. Rows whose other cells are the same are of one
variant, and of each variant one row is looked at; what is not simply its cells' names and code is looked at row by row.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from sumairu.lib.workbooks.figures import Pairs
from sumairu.lib.workbooks.files.cells import Cell
from sumairu.lib.workbooks.stated.columns import NAMES, Column
from sumairu.lib.workbooks.stated.row import Row, row_of
from sumairu.lib.workbooks.words import uses
from sumairu.lib.workbooks.words.row_names import ANY_HEADER, ANY_NAME

_NAMES = Column(-1, (ANY_HEADER,), True, None, (), None, (), (ANY_HEADER,), (), None, {})


@dataclass
class Rows:
    """The labels of each row of a table, as one text too, what is said beside them, its code and the number of its variant;
    and a row of each variant. `are_of_years`: nothing names them but the year of each.
    """

    texts: list[str]
    labels: list[Pairs]
    beside: list[Pairs]
    codes: list[str | None]
    variants: list[int]
    of_variant: list[Row]
    are_of_years: bool = False

    def at(self, i: int) -> Row:
        return self.of_variant[self.variants[i]]._replace(
            label=self.texts[i], labels=self.labels[i], beside=self.beside[i], code=self.codes[i]
        )

    def look_at_each(
        self, variants: Collection[int], columns: Sequence[Column], cells: Sequence[Sequence[Cell]]
    ) -> None:
        """Of these variants, read row by row, each a variant of its own."""
        for i in [i for i, variant in enumerate(self.variants) if variant in variants] if variants else ():
            row = row_of(columns, [of_column[i] for of_column in cells])
            self.texts[i], self.labels[i], self.beside[i], self.codes[i] = row.label, row.labels, row.beside, row.code
            self.variants[i] = len(self.of_variant)
            self.of_variant.append(row)


class _Heard(NamedTuple):
    """What a cell says by itself: all that it is, None for nothing but a name or code; the name; the code."""

    key: object
    name: tuple[str, str] | None
    code: str | None

    @property
    def text(self) -> str:
        return self.name[1] if self.name else ""


class _Cells:
    """The cells of one column, those alike listened to once."""

    def __init__(self, column: Column, cells: Sequence[Cell], codes_matter: bool, is_beside_names: bool):
        self.column, self.codes_matter = column, codes_matter
        # A code says something else where it stands alone; a cell that is none may not pass for one.
        self.beside = 1 if column.use == uses.CODE and is_beside_names else 0
        self.stated_by_names = self.listen(ANY_NAME).stated
        # Texts, or types with values: True is no 1 here.
        self.keys: Sequence[object] = cells
        different: dict[object, None] = dict.fromkeys(cells)
        if any(type(cell) is not str for cell in different):
            self.keys = [cell if type(cell) is str else (type(cell), cell) for cell in cells]
            different = dict.fromkeys(self.keys)
        self.heard = {key: self.hear(key) for key in different}

    def listen(self, cell: Cell) -> Row:
        return row_of([*[_NAMES] * self.beside, self.column], [*[ANY_NAME] * self.beside, cell])

    def hear(self, key: object) -> _Heard:
        row = self.listen(key[1] if isinstance(key, tuple) else str(key))
        is_name = row.stated == self.stated_by_names and not self.codes_matter and (bool(row.code) or not self.beside)
        names = row.beside or row.labels[self.beside :]
        return _Heard(None if is_name else key, names[0] if names else None, row.code)

    def down(self, what: str) -> list[Any]:
        """What was heard of each cell, from top to bottom."""
        of_key = {key: getattr(heard, what) for key, heard in self.heard.items()}
        return list(map(of_key.__getitem__, self.keys))

    def has(self, what: str) -> bool:
        return any(getattr(heard, what) is not None for heard in self.heard.values())


def _side_by_side(columns: Sequence[_Cells], size: int, may_repeat: bool) -> tuple[list[Pairs], list[str]]:
    """The names of each row, each once, and their texts as one."""
    if not columns:
        return [()] * size, [""] * size
    rows: list[tuple[Any, ...]] = list(zip(*(column.down("name") for column in columns), strict=True))
    if not may_repeat and all(heard.name for column in columns for heard in column.heard.values()):
        return rows, list(
            map(" ".join, zip(*(column.down("text") for column in columns), strict=True))
        )  # the same, sooner
    rows = [tuple(filter(None, each)) for each in rows]
    if may_repeat:
        rows = [tuple(dict.fromkeys(each)) for each in rows]
    return rows, [" ".join([text for _, text in each]) for each in rows]


def label_cells_to_rows(columns: Sequence[Column], cells: Sequence[Sequence[Cell]], size: int) -> Rows:
    """What the cells of the label columns, given column by column, state of each of `size` rows."""
    with_codes = [column for column in columns if column.use == uses.CODE or column.coded]
    heard = [
        _Cells(
            column,
            of_column,
            codes_matter=column in with_codes and len(with_codes) > 1,
            is_beside_names=any(other.use in NAMES for other in columns),
        )
        for column, of_column in zip(columns, cells, strict=True)
    ]
    keys: list[list[object]] = [[None] * size, *(each.down("key") for each in heard if each.has("key"))]
    codes: list[str | None] = [None] * size
    if len(with_codes) == 1:
        codes = heard[columns.index(with_codes[0])].down("code")
    named = [each for each in heard if each.has("name")]
    may_repeat = len({column.header for column in columns}) < len(columns)  # as where a merged name stands twice
    labels, texts = _side_by_side([each for each in named if not each.column.is_said_beside], size, may_repeat)
    beside, _ = _side_by_side([each for each in named if each.column.is_said_beside], size, may_repeat)
    of_rows = list(zip(*keys, strict=True))
    first = dict(zip(reversed(of_rows), range(size - 1, -1, -1), strict=True))
    of_variant = [row_of(columns, [of_column[i] for of_column in cells]) for i in first.values()]
    numbers = {key: variant for variant, key in enumerate(first)}
    variants = [numbers[key] for key in of_rows]
    if len(with_codes) > 1:
        codes = [of_variant[variant].code for variant in variants]
    rows = Rows(texts, labels, beside, codes, variants, of_variant)
    rows.look_at_each(
        {variant for variant, i in enumerate(first.values()) if rows.at(i) != of_variant[variant]}, columns, cells
    )
    return rows


def rows_to_named_rows(rows: Rows) -> Rows:
    """The rows; where nothing names any of them that counts (a total does not), their years do."""
    counts = [row.reason is None for row in rows.of_variant]
    if any(labels and counts[variant] for labels, variant in zip(rows.labels, rows.variants, strict=True)):
        return rows
    labels = [
        each or rows.of_variant[variant].of_years for each, variant in zip(rows.labels, rows.variants, strict=True)
    ]
    texts = [" ".join(name for _, name in each) for each in labels]
    return replace(rows, texts=texts, labels=labels, are_of_years=any(labels))
