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


class _Cells(dict[object, _Heard]):
    """The cells of one column, each listened to once. Keys are texts, or types with values: True is no 1 here."""

    def __init__(self, column: Column, codes_matter: bool, is_beside_names: bool):
        self.column, self.codes_matter = column, codes_matter
        # A code says something else where it stands alone; a cell that is none may not pass for one.
        self.beside = 1 if column.use == uses.CODE and is_beside_names else 0
        self.stated_by_names = self.listen(ANY_NAME).stated

    def listen(self, cell: Cell) -> Row:
        return row_of([*[_NAMES] * self.beside, self.column], [*[ANY_NAME] * self.beside, cell])

    def __missing__(self, key: object) -> _Heard:
        row = self.listen(key[1] if isinstance(key, tuple) else str(key))
        is_name = row.stated == self.stated_by_names and not self.codes_matter and (bool(row.code) or not self.beside)
        names = row.beside or row.labels[self.beside :]
        self[key] = heard = _Heard(None if is_name else key, names[0] if names else None, row.code)
        return heard


def _side_by_side(columns: Sequence[Sequence[tuple[str, str] | None]], size: int, may_repeat: bool) -> list[Pairs]:
    """The names of each row, each once."""
    rows: list[tuple[Any, ...]] = list(zip(*columns, strict=True)) or [()] * size
    if any(None in column for column in columns):
        rows = [tuple(filter(None, each)) for each in rows]
    return [tuple(dict.fromkeys(each)) for each in rows] if may_repeat else rows


def label_cells_to_rows(columns: Sequence[Column], cells: Sequence[Sequence[Cell]], size: int) -> Rows:
    """What the cells of the label columns, given column by column, state of each of `size` rows."""
    with_codes = [column for column in columns if column.use == uses.CODE or column.coded]
    keys: list[list[object]] = [[None] * size]
    names: list[list[tuple[str, str] | None]] = []
    beside: list[list[tuple[str, str] | None]] = []
    codes: list[str | None] = [None] * size
    for column, of_column in zip(columns, cells, strict=True):
        known = _Cells(
            column,
            codes_matter=column in with_codes and len(with_codes) > 1,
            is_beside_names=any(other.use in NAMES for other in columns),
        )
        are_texts = set(map(type, of_column)) == {str}
        keyed = of_column if are_texts else [cell if type(cell) is str else (type(cell), cell) for cell in of_column]
        heard = list(map(known.__getitem__, keyed))
        if any(each.key is not None for each in known.values()):
            keys.append([each.key for each in heard])
        if any(each.name for each in known.values()):
            (beside if column.is_said_beside else names).append([each.name for each in heard])
        if [column] == with_codes:
            codes = [each.code for each in heard]
    may_repeat = len({column.header for column in columns}) < len(columns)  # as where a merged name stands twice
    labels = _side_by_side(names, size, may_repeat)
    words = [[each[1] for each in column if each] for column in names]
    if may_repeat or not words or any(len(column) < size for column in words):
        texts = [" ".join([name for _, name in each]) for each in labels]
    else:
        texts = list(map(" ".join, zip(*words, strict=True)))  # the same, sooner
    of_rows = list(zip(*keys, strict=True))
    first = dict(zip(reversed(of_rows), range(size - 1, -1, -1), strict=True))
    of_variant = [row_of(columns, [of_column[i] for of_column in cells]) for i in first.values()]
    numbers = {key: variant for variant, key in enumerate(first)}
    variants = [numbers[key] for key in of_rows]
    if len(with_codes) > 1:
        codes = [of_variant[variant].code for variant in variants]
    rows = Rows(texts, labels, _side_by_side(beside, size, may_repeat), codes, variants, of_variant)
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
