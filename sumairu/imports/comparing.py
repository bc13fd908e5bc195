"""What was read against what is stored: one merge for all figures of a workbook, and nothing is written."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from hashlib import sha256

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Max, Model

from sumairu.imports.doubted_units import questions_of_units, value_in_its_unit
from sumairu.imports.kinds import SKIP, SKIPPED_BY_ANSWER, Answers, Asked, FigureKind, LeftOut, Question, Unidentified
from sumairu.imports.models import FigureChange, SourcedFigure, value_words
from sumairu.imports.unstated import Unstated, kind_of_names
from sumairu.imports.years import year_of
from sumairu.lib.amounts import AmountError
from sumairu.lib.garbage import no_collecting
from sumairu.lib.measures import NAMES
from sumairu.lib.question_keys import QuestionKey
from sumairu.lib.workbooks.addresses import letters_of


class Outcome(StrEnum):
    ERROR = "error"
    QUESTION = "question"
    CHANGED = "changed"
    NEW = "new"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"

    @property
    def label(self):
        return _LABELS[self]


_LABELS = dict(zip(Outcome, ("誤り", "質問", "変更", "新規", "変わらず", "読まない"), strict=True))
TO_WRITE = (Outcome.NEW, Outcome.CHANGED)
TO_SETTLE = (Outcome.ERROR, Outcome.QUESTION)


class Whose:
    """Whose figures are, of which there may be many: the values of the kind's key but the year, and what follows of these."""

    def __init__(self, kind, parts):
        model = kind.model
        self.parts = parts
        self.measure = model.measure if isinstance(model.measure, str) else model(**parts).measure
        self.calendar = model.calendar_of(**parts)
        self.series = kind.series(parts)
        place = kind.key.index("fiscal_year")
        self._before, self._after = _ids(parts, kind.key[:place]), _ids(parts, kind.key[place + 1 :])

    def key_in(self, year):
        """The values of the kind's key, ids for rows; 0 where it has no office, since a null is equal to nothing."""
        return (*self._before, year, *self._after)


@dataclass
class Line:
    """One cell of the workbook and what would come of it.

    `whose` and `year` are None where it is not known whose the figure is. `before` is the stored value, `previous` that
    of the year before, in this workbook or stored.
    """

    outcome: Outcome
    sheet: str
    cell: str
    raw: str
    reason: str = ""
    about: str = ""
    unit: str = ""
    note: str = ""
    kind: FigureKind | None = None
    whose: Whose | None = None
    year: int | None = None
    value: int | None = None
    stored_id: int | None = None
    before: int | None = None
    previous: int | None = None
    question: Question | None = None

    @cached_property
    def figure(self) -> SourcedFigure | None:
        """The unsaved row, with the cell as its source; its run is yet to be said."""
        if self.whose is None:
            return None
        source = {"sheet": self.sheet, "cell": self.cell, "raw": self.raw[:100], "unit": self.unit, "note": self.note}
        return self.kind.model(id=self.stored_id, **self.parts, **{self.kind.value_field: self.value}, **source)

    @property
    def parts(self):
        """The values of the kind's key; None where it is not known whose the figure is."""
        return self.whose and {**self.whose.parts, "fiscal_year": self.year}

    @cached_property
    def key(self):
        """The values of the kind's key as `key_columns` have them, without nulls."""
        return self.whose.key_in(self.year)

    @property
    def words(self):
        """What the cell was understood as: 釧路市・令和3年度（2021）・普通交付税."""
        return self.kind.model.told(**self.parts) if self.whose else self.about

    @property
    def before_words(self):
        return "" if self.before is None else self.words_of(self.before)

    @property
    def after_words(self):
        return self.words_of(self.value) if self.whose else ""

    def words_of(self, value):
        return value_words(value, self.measure)

    @property
    def measure(self):
        """What the figure counts; empty where it is not known whose it is."""
        return self.whose.measure if self.whose else ""

    @property
    def asked(self):
        """The key of what is asked of it; empty where nothing is."""
        return self.question.key if self.question and self.outcome == Outcome.QUESTION else ""

    @property
    def calendar(self):
        """What its year counts by; of a figure of which it is known whose it is."""
        return self.whose.calendar


@dataclass(frozen=True)
class Comparison:
    """`settled` are the questions that have their answer, by their keys; `stood_on` is that of what it compares with."""

    kind: FigureKind
    lines: tuple[Line, ...]
    settled: Mapping[str, Question] = field(default_factory=dict)
    stood_on: str = ""
    _by_outcome: dict = field(default_factory=dict, compare=False)

    def __post_init__(self):
        for line in self.lines:
            self._by_outcome.setdefault(line.outcome, []).append(line)

    def of(self, *outcomes):
        return [line for outcome in outcomes for line in self._by_outcome.get(outcome, ())]

    @property
    def counts(self):
        """How many lines of each outcome, by its name; those that have none count 0."""
        return {outcome.value: len(self.of(outcome)) for outcome in Outcome}

    @property
    def questions(self):
        """Each question once, with the lines that wait for its answer."""
        found = {}
        for line in self.of(Outcome.QUESTION):
            found.setdefault(line.question.key, (line.question, []))[1].append(line)
        return list(found.values())

    @property
    def to_write(self):
        return self.of(*TO_WRITE)

    @property
    def to_settle(self):
        return self.of(*TO_SETTLE)

    @cached_property
    def digest(self):
        """A SHA-256 of all that a save would write, the values that it would replace, and what is in its way."""
        told = [
            (line.outcome, line.sheet, line.cell, line.raw, _told(line), line.before, line.value, line.reason)
            for line in self.lines
            if line.outcome != Outcome.SKIPPED
        ]
        return sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


@no_collecting()
def compare(kind, reading, answers=None):
    """The `Comparison` of a `Reading` with the stored figures of `kind`, in the order of the workbook.

    `answers` has what the editor said: to questions by their key, and `cell:シート!D25` for a cell to leave out.
    """
    stands_on = stood_on(kind)
    answers = Answers(answers or {})
    lines = [_line(Outcome.ERROR, each) for each in reading.problems]
    lines += [_line(Outcome.SKIPPED, each) for each in reading.skipped]
    lines += _identified(kind, reading, answers)
    if left_out := {key for key in cells_left_out(answers) if answers[key] == SKIP}:
        for line in lines:
            if line.outcome != Outcome.SKIPPED and cell_key(line) in left_out:
                line.outcome, line.reason = Outcome.SKIPPED, SKIPPED_BY_ANSWER
    _set_repeats_apart(lines)
    _against_stored(kind, [line for line in lines if line.outcome == Outcome.NEW], answers)
    order = {sheet.name: number for number, sheet in enumerate(reading.sheets)}
    return Comparison(
        kind,
        tuple(sorted(lines, key=lambda line: (order.get(line.sheet, 0), _place(line.cell)))),
        answers.settled,
        stands_on,
    )


def stood_on(kind):
    """A digest of all that a comparison depends on beside its workbook: the stored figures, and the names of things."""
    figures = kind.model.objects.aggregate(many=Count("pk"), newest=Max("updated_at"))
    content_type = ContentType.objects.get_for_model(kind.model)
    change = FigureChange.objects.filter(content_type=content_type).order_by("-pk").values_list("pk", flat=True).first()
    names = [list(model.objects.order_by("pk").values_list(*fields)) for model, fields in kind.names.items()]
    return sha256(repr([figures, change, names]).encode()).hexdigest()


def cell_key(line):
    """The key under which `answers` say that a cell is left out."""
    return QuestionKey.of_cell("cell", line.sheet, line.cell)


def cells_left_out(answers):
    """The keys of `answers` that are of single cells."""
    return [key for key in map(QuestionKey, answers) if key.about == "cell"]


def _identified(kind, reading, answers):
    """A line for each figure that was read: new as far as is known yet, or why it is not."""
    identify = _identifier(kind, answers)
    titles = _titles(reading)
    known, lines, unstated = {}, [], Unstated(reading, answers)
    for read in reading.figures:
        line = Line(Outcome.NEW, read.sheet, read.cell, read.raw, unit=read.unit or "", note=read.note or "", kind=kind)
        lines.append(line)
        counted = read.kind or kind_of_names(read)
        if counted not in kind.measures and counted is not None:
            line.outcome, line.reason = Outcome.SKIPPED, f"{NAMES[counted]}です。いま取り込むのは{kind.label}です。"
            continue
        place = (read.sheet, read.labels, read.beside, read.column, read.code, read.kind, read.stage, read.supplement)
        if place not in known:
            known[place] = _whose(identify, read, titles[read.sheet])
        match known[place]:
            case Line() as other:
                line.outcome, line.reason, line.question = other.outcome, other.reason, other.question
            case whose:
                try:
                    stated = unstated.in_its_unit(read, whose.measure, titles[read.sheet])
                    if reason := _lacks(kind, stated):
                        raise Unidentified(reason)
                    line.unit, line.value = stated.unit or "", value_in_its_unit(stated, answers)
                    stated = unstated.in_its_year(stated, whose.calendar)
                    line.year = year_of(whose.calendar, whose.series, stated, answers)
                    line.whose = whose
                except LeftOut as reason:
                    line.outcome, line.reason = Outcome.SKIPPED, str(reason)
                except (AmountError, Unidentified) as error:
                    line.outcome, line.reason = Outcome.ERROR, str(error)
                except Asked as asked:
                    line.outcome, line.reason, line.question = Outcome.QUESTION, asked.question.text, asked.question
        if line.whose is None:
            line.about = _about(read)
    return lines


def _identifier(kind, answers):
    """The kind's, which gives `Whose` instead of the parts of a key, for the same parts the same."""
    identify, made = kind.identifier(answers), {}

    def identify_once(figure, titles):
        parts = identify(figure, titles)
        # A record is one and the same object wherever the identifier finds it, and its hash is slow.
        values = tuple([id(part) if isinstance(part, Model) else part for part in parts.values()])
        if values not in made:
            made[values] = Whose(kind, parts)
        return made[values]

    return identify_once


def _whose(identify, read, titles):
    """Whose the figure that was read is, or a line that says why nobody knows."""
    line = Line(Outcome.ERROR, read.sheet, read.cell, read.raw)
    try:
        return identify(read, titles)
    except Unidentified as error:
        line.reason = str(error)
    except LeftOut as reason:
        line.outcome, line.reason = Outcome.SKIPPED, str(reason)
    except Asked as asked:
        line.outcome, line.reason, line.question = Outcome.QUESTION, asked.question.text, asked.question
    return line


def _ids(parts, names):
    values = [parts[name] for name in names]
    return [0 if each is None else each.pk if isinstance(each, Model) else each for each in values]


def _lacks(kind, read):
    """Why a figure cannot be stored though it is known whose it is."""
    if read.kind is None or read.value is None:
        return "単位が分かりません。見出しか表の右上に「（単位：千円）」のように入れてください。"
    if kind.least is not None and read.value < kind.least:
        return "マイナスの数値です。増減の列なら、その列を消すか見出しに「増減」と入れてください。"
    return None


def _titles(reading):
    """What stands over all the figures of a sheet: its name, and the title of its table where it has but one."""
    titles = {sheet.name: [sheet.name] for sheet in reading.sheets}
    for sheet, found in titles.items():
        tables = [table for table in reading.tables if table.sheet == sheet]
        if len(tables) == 1:
            found.append(tables[0].title)
    return titles


def _set_repeats_apart(lines):
    """Leave out what stands in the workbook again; where it contradicts itself, nobody knows which is right."""
    first, contradicted = {}, {}
    for line in lines:
        if line.outcome != Outcome.NEW:
            continue
        earlier = first.setdefault(line.key, line)
        if earlier is line:
            continue
        where = f"シート「{earlier.sheet}」の{earlier.cell}"
        if earlier.value == line.value:
            line.outcome, line.reason = Outcome.SKIPPED, f"同じ数値が{where}にあります。"
        else:
            contradicted[line.key] = earlier
            line.outcome = Outcome.ERROR
            line.reason = (
                f"{where}では{line.words_of(earlier.value)}です。どちらが正しいか分かりません。一方を消してください。"
            )
    for line in contradicted.values():
        line.outcome, line.reason = Outcome.ERROR, "同じブックに、これと違う数値があります。"


def _against_stored(kind, lines, answers):
    """Say of each line what is stored, what was the year before, and what would come of it."""
    if not lines:
        return
    import pandas as pd  # 0.6 s and 60 MB: only when something is imported

    key = key_columns(kind)
    read = pd.DataFrame([(*line.key, line.value) for line in lines], columns=[*key, "value"])
    years = set(read["fiscal_year"])
    rows = kind.model.objects.filter(fiscal_year__in=years | {year - 1 for year in years})
    stored = pd.DataFrame(
        [without_none(row) for row in rows.values_list(*key, kind.value_field, "id")], columns=[*key, "value", "id"]
    )
    for frame in (read, stored):
        frame["value"] = frame["value"].astype("Int64")
    stored["id"] = stored["id"].astype("Int64")
    # What is read stands before what is stored.
    earlier = pd.concat([read, stored[[*key, "value"]]]).drop_duplicates(key)
    earlier = earlier.assign(fiscal_year=earlier["fiscal_year"] + 1)
    merged = read.merge(stored, how="left", on=key, suffixes=("", "_stored"), validate="one_to_one")
    merged = merged.merge(earlier, how="left", on=key, suffixes=("", "_earlier"), validate="one_to_one")
    found = ([None if value is pd.NA else int(value) for value in merged[name].array] for name in _FOUND)
    for line, stored_id, before, previous in zip(lines, *found, strict=True):
        line.stored_id, line.before, line.previous = stored_id, before, previous
        if before is not None:
            line.outcome = Outcome.UNCHANGED if before == line.value else Outcome.CHANGED
    if "yen" in kind.measures:
        for line, question in questions_of_units(lines, answers):
            line.outcome, line.question, line.reason = Outcome.QUESTION, question, question.text


_FOUND = ("id", "value_stored", "value_earlier")


def _line(outcome, read):
    """The line of a cell that is no figure."""
    return Line(outcome, read.sheet, read.cell, read.raw, read.reason, _about(read))


def _about(read):
    return " ".join(filter(None, (read.label, *read.column)))


def key_columns(kind):
    return [kind.model._meta.get_field(name).attname for name in kind.key]


def without_none(row):
    return tuple([0 if part is None else part for part in row])


def _told(line):
    return line.key if line.whose else line.about


def _place(cell):
    letters = letters_of(cell)
    return int(cell[len(letters) :] or 0), len(letters), letters
