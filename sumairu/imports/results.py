"""What came of a save, kept with its run: what was saved, by series and year; and what was not taken in, and why."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from django.urls import reverse

from sumairu.imports.answering import given_answers, settled_answers, why_left_out
from sumairu.imports.cautions import missing
from sumairu.imports.comparing import TO_WRITE, Outcome
from sumairu.imports.sheet import MARKS
from sumairu.imports.sheet.places import row_of
from sumairu.imports.sources import summary_of, with_sources
from sumairu.lib.wareki import full_name

# Of one run, so many reasons are told, and of each so many cells named.
REASONS_TOLD, CELLS_NAMED = 40, 5
# Of so many figures so many series are shown as the public sees them.
FIGURES_SEARCHED, SERIES_SHOWN = 200, 3

_IN_TABLE = (Outcome.NEW, Outcome.CHANGED, Outcome.UNCHANGED)


def result_of(run, comparison):
    """The result, of values that JSON has."""
    kind, saved, shown = comparison.kind, {}, {}
    for line in comparison.of(*TO_WRITE, Outcome.UNCHANGED):
        what = kind.series(line.parts), line.year
        if what not in saved:
            saved[what], shown[what] = Counter(), (line.calendar.full_name(line.year), kind.pages_of(line.parts)[0][0])
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
    """Cells that were not taken in, all for one reason; `words` and `raw` are those of the first.

    `cells` are (sheet, cell, link to it).
    """

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
    """What a run's record tells. Runs of before there was a result tell nothing here.

    `link_to` gives the address of a cell, by its sheet and name, on the page of the sheet.
    """

    kept: dict
    link_to: Callable[[str, str], str]

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
        return [
            NotTaken(outcome, reason, count, [(*place, self.link_to(*place)) for place in cells], words, raw)
            for outcome, reason, count, cells, words, raw in self.kept.get("not_taken", [])
        ]

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


def links_into_sheets(run, page):
    """A function that gives the address of a cell of a saved run, by its sheet and name; empty where none can be shown.

    `page` is any page of the run's sheets, None where there is none.
    """
    numbers = {sheet.name: number for number, sheet in enumerate(page.reading.sheets, 1)} if page else {}

    def link_to(sheet, cell):
        if not cell or sheet not in numbers:
            return ""
        return f"{reverse('import_sheet', args=[run.pk])}?sheet={numbers[sheet]}&cell={cell}#cell-{cell}"

    return link_to


class PublicFigure(NamedTuple):
    """One saved figure as the public pages show it: `pages` are (address, words). Not yet, where not `is_public`."""

    figure: object
    source: str
    pages: list
    is_public: bool


def shown_to_public(kind, run):
    """Of each series that a run saved the first figure of the newest year, with the pages that show it."""
    own = kind.model.objects.filter(run=run).select_related(*_foreign_keys(kind))
    shown = {}
    for figure in with_sources(own).order_by("-fiscal_year", "pk")[:FIGURES_SEARCHED]:
        parts = {name: getattr(figure, name) for name in kind.key}
        series = kind.series(parts)
        if series not in shown and len(shown) < SERIES_SHOWN:
            whose = parts[kind.entity]
            pages = [(whose.get_absolute_url(), f"{whose}のページ"), *kind.pages_of(parts)]
            shown[series] = PublicFigure(figure, summary_of([figure]), pages, kind.is_public(parts))
    return list(shown.values())


def _foreign_keys(kind):
    return [name for name in kind.key if kind.model._meta.get_field(name).is_relation]
