"""What came of comparing, kept with its run: what pages tell of the whole, and the lines of each sheet in blocks of rows.

So a page of 60,000 figures takes as long as one of 600: it loads a summary, and the blocks of the rows that it shows.
What is kept says which stored figures and names it stands on; where these have changed since, it is made anew.
"""

import json
import zlib
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from hashlib import blake2b
from typing import NamedTuple

from django.apps import apps
from django.db import transaction

from sumairu.imports.answering import Answered, grouped_errors, settled_answers, why_in_words
from sumairu.imports.cautions import Caution, cautions
from sumairu.imports.comparing import TO_SETTLE, TO_WRITE, Outcome
from sumairu.imports.kinds import New, Question
from sumairu.imports.models import ImportRun, KeptComparison, KeptLines, KeptReading, value_words
from sumairu.imports.sheet.places import row_of
from sumairu.imports.sheet.rows import pattern_of, rows_worth_looking_at, runs_of_rows
from sumairu.inserting import insert_rows
from sumairu.lib.calendars import FISCAL_YEARS
from sumairu.lib.garbage import no_collecting
from sumairu.lib.question_keys import QuestionKey
from sumairu.lib.workbooks import Reading

LINES_A_BLOCK = 200
# Of a whole run, so many are told on its page; the rest come up once these are settled.
ERRORS_KEPT, QUESTIONS_KEPT, CAUTIONS_KEPT, CELLS_NAMED = 20, 50, 20, 5
# Of a sheet, so many rows worth looking at: no page shows more.
ROWS_KEPT = 400


class KeptLine(NamedTuple):
    """A line as pages show it. `words` say which figure it is, `measure` what it counts, `asked` is a question's key."""

    outcome: str
    sheet: str
    cell: str
    raw: str
    reason: str
    words: str
    unit: str
    note: str
    value: int | None
    stored_id: int | None
    before: int | None
    previous: int | None
    measure: str
    asked: str
    year_noun: str = FISCAL_YEARS.noun  # what was kept before there were other calendars does not say it

    @classmethod
    def of(cls, line):
        return cls(
            *(line.outcome.value, line.sheet, line.cell, line.raw, line.reason, line.words, line.unit, line.note),
            *(line.value, line.stored_id, line.before, line.previous, line.measure, line.asked),
            *((line.calendar.noun,) if line.whose else ()),
        )

    @property
    def before_words(self):
        return "" if self.before is None else self.words_of(self.before)

    @property
    def after_words(self):
        return self.words_of(self.value) if self.measure else ""

    def words_of(self, value):
        return value_words(value, self.measure)


class Group(NamedTuple):
    """Lines of which the same is to be settled: how many they are, and the first of them."""

    about: object
    count: int
    lines: list[KeptLine]


class Kept:
    """What is kept of a run's comparison."""

    def __init__(self, run, kind, found):
        """`found` is the run's `KeptComparison`."""
        self.run, self.kind = run, kind
        summary = self._summary = _unpacked(found.packed)
        self.digest, self.counts = summary["digest"], summary["counts"]
        self.question_count, self.error_kinds = summary["question_count"], summary["error_kinds"]
        self.caution_count, self.why_left_out = summary["caution_count"], summary["why_left_out"]
        self.first_sheet, self.sheets = summary["first_sheet"], summary["sheets"]

    @property
    def to_settle_count(self):
        return sum(self.counts[outcome] for outcome in TO_SETTLE)

    @property
    def to_write_count(self):
        return sum(self.counts[outcome] for outcome in TO_WRITE)

    @cached_property
    def reading(self):
        """What was read, without any figure: its sheets, tables and notices."""
        return Reading.from_json(self._summary["frame"])

    @cached_property
    def errors(self):
        return [Group(said, count, _lines(lines)) for said, count, lines in self._summary["errors"]]

    @cached_property
    def questions(self):
        return [Group(_question(of), count, _lines(lines)) for of, count, lines in self._summary["questions"]]

    @cached_property
    def cautions(self):
        return [Caution(*each) for each in self._summary["cautions"]]

    @cached_property
    def settled(self):
        """The answers that were given to questions and still matter."""
        return [Answered(*each) for each in self._summary["settled"]]

    def lines_in(self, sheet, windows):
        """The lines and the cautions in these rows of a sheet, each by its cell; windows are (first, last)."""
        blocks = self.sheets.get(sheet, {}).get("blocks", ())
        numbers = [
            number
            for start, end, number, *_ in blocks
            if any(first <= end and start <= last for first, last in windows)
        ]
        lines, warned = {}, {}
        kept = KeptLines.objects.filter(run_id=self.run.pk, number__in=numbers).order_by("number")
        for packed in kept.values_list("packed", flat=True):
            block = _unpacked(packed)
            for line in _lines(block["lines"]):
                row = row_of(line.cell)
                if any(first <= row <= last for first, last in windows):
                    lines[line.cell] = line
            for caution in (Caution(*each) for each in block["cautions"]):
                warned.setdefault(caution.cell, []).append(caution)
        return lines, warned

    def all_lines(self):
        kept = KeptLines.objects.filter(run_id=self.run.pk).order_by("number")
        for packed in kept.values_list("packed", flat=True).iterator():
            yield from _lines(_unpacked(packed)["lines"])


@no_collecting()
def show(run, comparison):
    """Let the run wait for its editor, and keep what pages tell of it."""
    with transaction.atomic():
        run.show(comparison)
        keep(run, comparison)


@no_collecting()
def keep(run, comparison):
    """Keep what pages tell of a run; what was kept of it before goes. Call it in a transaction that holds the run.

    Of the blocks of lines only those are written that are not kept already: an answer changes few.
    """
    warned = cautions(run, comparison)
    sheets, blocks = _sheets(comparison, warned)
    there = _blocks_there(run, comparison)
    changed = [block for block in blocks if there.get(block.number) != block.state]
    unchanged = {block.number for block in blocks} - {block.number for block in changed}
    KeptLines.objects.filter(run=run).exclude(number__in=unchanged).delete()
    summary = _summary(run, comparison, warned) | {"sheets": sheets}
    kept = KeptComparison(run=run, stood_on=comparison.stood_on, packed=_packed(summary))
    kept.save()
    insert_rows(KeptLines, [{"run_id": run.pk, "number": each.number, "packed": each.packed()} for each in changed])
    return kept


def forget_dropped():
    """End what was read and kept of runs that were given up: nothing leads back to them. Their records and files stay."""
    for model in (KeptLines, KeptComparison, KeptReading):
        model.objects.filter(run__state=ImportRun.State.DROPPED).delete()


def _summary(run, comparison, warned):
    errors = grouped_errors(comparison)
    questions = comparison.questions
    first = next((lines[0].sheet for lines in (comparison.to_settle, comparison.to_write) if lines), None)
    return {
        "digest": comparison.digest,
        "counts": comparison.counts,
        "question_count": len(questions),
        "error_kinds": len(errors),
        "caution_count": len(warned),
        "why_left_out": why_in_words(comparison),
        "first_sheet": first or next((table.sheet for table in run.reading.tables), None),
        "frame": replace(run.reading, figures=(), skipped=(), problems=()).to_json(),
        "errors": [[[alike, says], len(lines), _first(lines)] for alike, says, lines in errors[:ERRORS_KEPT]],
        "questions": [[_told(question), len(lines), _first(lines)] for question, lines in questions[:QUESTIONS_KEPT]],
        "cautions": [[*asdict(each).values()] for each in warned[:CAUTIONS_KEPT]],
        "settled": [[*asdict(each).values()] for each in settled_answers(run, comparison)],
    }


def _blocks_there(run, comparison):
    """The states of the blocks that are kept of the run, by their numbers, where these stand on the same as `comparison`."""
    found = KeptComparison.objects.filter(run=run, stood_on=comparison.stood_on).first()
    kept = _unpacked(found.packed)["sheets"].values() if found else ()
    blocks = [block for sheet in kept for block in sheet["blocks"]]
    return {number: state for _, _, number, state in blocks} if all(len(block) == 4 for block in blocks) else {}


def _sheets(comparison, warned):
    """Of each sheet by its name what a page needs of its rows, and the blocks of lines."""
    of_sheets, of_cells = {}, {}
    for line in comparison.lines:
        of_sheets.setdefault(line.sheet, {}).setdefault(row_of(line.cell), []).append(line)
    for each in warned:
        if each.cell:
            of_cells.setdefault(each.sheet, {}).setdefault(row_of(each.cell), []).append(each)
    sheets, blocks = {}, []
    for sheet, by_row in of_sheets.items():
        warned_in = of_cells.get(sheet, {})
        by_row = dict(sorted((dict.fromkeys(warned_in, ()) | by_row).items()))
        lines = [line for some in by_row.values() for line in some]
        of_sheet = [*_blocks(by_row, warned_in, len(blocks))]
        blocks += of_sheet
        has_figure = (
            row for row, some in reversed(by_row.items()) if any(each.outcome != Outcome.SKIPPED for each in some)
        )
        end = next(has_figure, None)
        sheets[sheet] = {
            "to_settle": sum(line.outcome in TO_SETTLE for line in lines),
            "has_figures": end is not None,
            "end": end,
            "worth": rows_worth_looking_at(lines, [each.cell for some in warned_in.values() for each in some])[
                :ROWS_KEPT
            ],
            "runs": runs_of_rows({row: pattern_of(some) for row, some in by_row.items()}),
            "blocks": [[block.first, block.last, block.number, block.state] for block in of_sheet],
        }
    return sheets, blocks


@dataclass(frozen=True)
class Block:
    """The lines of some rows of a sheet, and the cautions on them."""

    number: int
    first: int
    last: int
    lines: list
    cautions: list

    @cached_property
    def state(self):
        """A digest of all that is told of the lines, as long as the names of things are the same."""
        told = [
            (
                *(line.outcome, line.cell, line.raw, line.reason, line.key if line.whose else line.about),
                *(line.unit, line.note, line.value, line.stored_id, line.before, line.previous, line.asked),
            )
            for line in self.lines
        ]
        sheets = sorted({line.sheet for line in self.lines})
        whole = [KeptLine._fields, sheets, told, self._told_cautions]
        return blake2b(json.dumps(whole).encode(), digest_size=12).hexdigest()

    def packed(self):
        return _packed({"lines": [KeptLine.of(line) for line in self.lines], "cautions": self._told_cautions})

    @property
    def _told_cautions(self):
        return [[*asdict(each).values()] for each in self.cautions]


def _blocks(by_row, cautions_by_row, number):
    """The blocks of these rows, counted from `number`."""
    rows, size = [], 0
    for row, lines in [*by_row.items(), (None, ())]:
        if rows and (row is None or size + len(lines) > LINES_A_BLOCK):
            of_rows = [line for each in rows for line in by_row[each]]
            warned = [caution for each in rows for caution in cautions_by_row.get(each, ())]
            yield Block(number, rows[0], rows[-1], of_rows, warned)
            number, rows, size = number + 1, [], 0
        rows.append(row)
        size += len(lines)


def _first(lines):
    return [KeptLine.of(line) for line in lines[:CELLS_NAMED]]


def _lines(kept):
    return [KeptLine(*each) for each in kept]


def _told(question):
    new = question.new and [question.new.model._meta.label_lower, dict(question.new.fields)]
    return [question.key, question.title, question.text, question.choices, question.others, question.remembers, new]


def _question(told):
    key, title, text, choices, others, remembers, new = told
    return Question(
        key=QuestionKey(key),
        title=title,
        text=text,
        choices=tuple(map(tuple, choices)),
        others=tuple(map(tuple, others)),
        remembers=remembers,
        new=new and New(apps.get_model(new[0]), new[1]),
    )


def _packed(value):
    return zlib.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), level=1)


def _unpacked(packed):
    return json.loads(zlib.decompress(packed))
