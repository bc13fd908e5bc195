"""A comparison as a page shows it and a file has it: what is compared in columns, what is said of each in rows."""

from dataclasses import dataclass, replace
from functools import cached_property

LONGEST_TITLE = 24  # characters of all names together


@dataclass(frozen=True)
class Subject:
    """One of those compared."""

    key: str  # as it stands in the address
    name: str
    url: str
    is_sample: bool = False


@dataclass(frozen=True)
class Cell:
    """What is said of one subject in one row: `text` for people, empty where it is not known; `value` for a file."""

    text: str = ""
    value: object = None
    note: str = ""
    url: str = ""

    @property
    def for_file(self):
        return self.text if self.value is None else self.value


@dataclass(frozen=True)
class Row:
    label: str
    cells: tuple[Cell, ...]
    unit: str = ""
    year: str = ""
    source: str = ""

    @property
    def is_known(self):
        return any(cell.text for cell in self.cells)

    @property
    def is_different(self):
        """Do two that are known differ? What is not known is no difference."""
        return len({cell.text for cell in self.cells if cell.text}) > 1

    @property
    def word(self):
        if self.is_different:
            return "ちがう"
        return "同じ" if all(cell.text for cell in self.cells) else "一部が不明"


@dataclass(frozen=True)
class Chapter:
    title: str
    rows: tuple[Row, ...]
    note: str = ""

    @property
    def summary(self):
        """Where its figures are from, in a line, each source once without what tells its items apart."""
        stems = (source.partition("（")[0] for row in self.rows for source in row.source.split("、"))
        return "、".join(dict.fromkeys(filter(None, stems)))

    @property
    def details(self):
        """What each figure is from."""
        return [{"term": row.label, "text": row.source} for row in self.rows if row.source]

    def only_different(self):
        return replace(self, rows=tuple(row for row in self.rows if row.is_different))


@dataclass(frozen=True)
class Comparison:
    """`noun` is what they are: 市町村, 支援制度. A chapter in which nothing is known, or nothing differs, is left out."""

    noun: str
    subjects: tuple[Subject, ...]
    every: tuple[Chapter, ...]
    wants_differences: bool = False

    @cached_property
    def chapters(self):
        known = (replace(each, rows=tuple(row for row in each.rows if row.is_known)) for each in self.every)
        shown = (each.only_different() if self.wants_differences else each for each in known)
        return [chapter for chapter in shown if chapter.rows]

    @cached_property
    def counts(self):
        """How many rows are known, and how many of them differ."""
        rows = [row for chapter in self.every for row in chapter.rows if row.is_known]
        return len(rows), sum(row.is_different for row in rows)

    @property
    def title(self):
        together = "と".join(subject.name for subject in self.subjects)
        return together if len(together) <= LONGEST_TITLE else f"{len(self.subjects)}つの{self.noun}"

    # As a file: exactly the rows that the page shows.

    @property
    def titles(self):
        names = [name for subject in self.subjects for name in (subject.name, *self._noted(subject.name))]
        return ["区分", "項目", "単位", *names, "ちがい", "年", "出どころ"]

    @property
    def lines(self):
        for chapter in self.chapters:
            for row in chapter.rows:
                values = [value for cell in row.cells for value in (cell.for_file, *self._noted(cell.note))]
                yield [chapter.title, row.label, row.unit, *values, row.word, row.year, row.source]

    def _noted(self, value):
        """A second column of each subject, where any row says more than its value."""
        if not self._has_notes:
            return []
        return [f"{value}（補足）" if value in {subject.name for subject in self.subjects} else value]

    @cached_property
    def _has_notes(self):
        return any(cell.note for chapter in self.chapters for row in chapter.rows for cell in row.cells)
