"""What came of a save, kept with its run: what was saved, by series and year; and what was not taken in, and why."""

from collections import Counter
from dataclasses import dataclass

from sumairu.imports.answering import given_answers, settled_answers, why_left_out
from sumairu.imports.cautions import missing
from sumairu.imports.comparing import TO_WRITE, Outcome
from sumairu.imports.sheet import MARKS
from sumairu.imports.sheet.places import row_of
from sumairu.lib.wareki import full_name

# Of one run, so many reasons are told, and of each so many cells named.
REASONS_TOLD, CELLS_NAMED = 40, 5

_IN_TABLE = (Outcome.NEW, Outcome.CHANGED, Outcome.UNCHANGED)


def result_of(run, comparison):
    """The result, of values that JSON has."""
    kind, saved, shown = comparison.kind, {}, {}
    for line in comparison.of(*TO_WRITE, Outcome.UNCHANGED):
        what = kind.series(line.parts), line.year
        if what not in saved:
            saved[what], shown[what] = Counter(), (line.calendar.full_name(line.year), kind.page_of(line.parts))
        saved[what][line.outcome] += 1
    rows = sorted(saved.items(), key=lambda row: (row[0][0], -row[0][1]))
    not_taken, names = {}, _names_of_rows(comparison)
    for line in comparison.to_settle:
        not_taken.setdefault((line.outcome.value, line.reason.partition("。")[0]), []).append(line)
    return {
        "saved": [
            [what, *shown[what, year], *(counts[outcome] for outcome in _IN_TABLE)] for (what, year), counts in rows
        ],
        "not_taken": [[*why, *_told(lines, names)] for why, lines in list(not_taken.items())[:REASONS_TOLD]],
        "more": sum(len(lines) for lines in list(not_taken.values())[REASONS_TOLD:]),
        "missing": [caution.text for caution in missing(comparison)],
        "left_out": why_left_out(comparison)[:REASONS_TOLD],
        "answers": [[given.title, given.words] for given in given_answers(run, settled_answers(run, comparison))],
    }


def _told(lines, names):
    """How many cells, where the first of them are, and what the first is and holds."""
    first = lines[0]
    words = first.words or names.get((first.sheet, row_of(first.cell)), "")
    return [len(lines), [[line.sheet, line.cell] for line in lines[:CELLS_NAMED]], words, first.raw]


def _names_of_rows(comparison):
    """Whose the figures of a row are, by sheet and row: what could not be read in it is theirs too."""
    wanted = {(line.sheet, row_of(line.cell)) for line in comparison.to_settle if not line.words}
    if not wanted:
        return {}
    rows = {}
    for line in comparison.lines:
        if line.whose and (row := (line.sheet, row_of(line.cell))) in wanted:
            rows.setdefault(row, set()).add(str(line.parts[comparison.kind.entity]))
    return {row: "・".join(sorted(names)) for row, names in rows.items()}


@dataclass(frozen=True)
class NotTaken:
    """Cells that were not taken in, all for one reason; `words` and `raw` are those of the first."""

    outcome: str
    reason: str
    count: int
    cells: list
    words: str
    raw: str

    @property
    def mark(self):
        return MARKS[Outcome(self.outcome)]


@dataclass(frozen=True)
class Result:
    """What a run's record tells. Runs of before there was a result tell nothing here."""

    kept: dict

    @property
    def saved(self):
        """Of each series and year its name, the year in words, its public page, and how many figures of each outcome.

        Runs of before indicators had calendars kept the fiscal year as a number.
        """
        rows = self.kept.get("saved", [])
        return [[what, full_name(year) if isinstance(year, int) else year, *rest] for what, year, *rest in rows]

    @property
    def totals(self):
        """Of new, changed and unchanged figures, where more than one row is told."""
        return [sum(column) for column in zip(*(row[3:] for row in self.saved), strict=True)] if self.saved[1:] else []

    @property
    def not_taken(self):
        return [NotTaken(*each) for each in self.kept.get("not_taken", [])]

    @property
    def more(self):
        return self.kept.get("more", 0)

    @property
    def missing(self):
        return self.kept.get("missing", [])

    @property
    def left_out(self):
        return self.kept.get("left_out", [])

    @property
    def answers(self):
        return self.kept.get("answers", [])

    @property
    def has_gaps(self):
        return bool(self.not_taken or self.missing or self.left_out)
