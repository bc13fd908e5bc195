"""A comparison as a page shows it and a file has it: what is compared in columns, what is said of each in rows."""

from dataclasses import dataclass, replace
from functools import cached_property

from sumairu.lib.shown import Column, Shown

TABLE = "comparison"  # in addresses of its files
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
    of: str = ""  # what the link is about, for those who hear it alone
    pieces: tuple[tuple[str, str], ...] = ()  # the text with the words marked in which two years differ

    @property
    def for_file(self):
        return (self.text or None) if self.value is None else self.value


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

    @property
    def shown(self):
        """As a file: exactly the rows that the page shows."""
        names = [
            Column(f"{name}_{number}", f"{subject.name}{said}")
            for number, subject in enumerate(self.subjects, start=1)
            for name, said in (("value", ""), ("note", "（補足）"))[: 1 + self._has_notes]
        ]
        return Shown(
            f"{self.title}をくらべる",
            [
                Column("chapter", "区分"),
                Column("item", "項目"),
                Column("unit", "単位"),
                *names,
                Column("difference", "ちがい"),
                Column("year", "年"),
                Column("source", "出どころ"),
            ],
            lambda: [self._line(chapter, row) for chapter in self.chapters for row in chapter.rows],
            slug=TABLE,
            conditions=["ちがう項目だけ"] if self.wants_differences else [],
            sources=list(dict.fromkeys(filter(None, (chapter.summary for chapter in self.chapters)))),
            notes=[f"{chapter.title}：{chapter.note}" for chapter in self.chapters if chapter.note],
        )

    def _line(self, chapter, row):
        values = [value for cell in row.cells for value in (cell.for_file, cell.note or None)[: 1 + self._has_notes]]
        return [chapter.title, row.label, row.unit, *values, row.word, row.year, row.source]

    @cached_property
    def _has_notes(self):
        """Does any row say more of a subject than its value?"""
        return any(cell.note for chapter in self.chapters for row in chapter.rows for cell in row.cells)
