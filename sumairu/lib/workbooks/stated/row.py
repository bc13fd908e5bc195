"""What the texts beside one row of a table state: whose it is, of which year and stage, in what unit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sumairu.lib.wareki import era_name
from sumairu.lib.workbooks import messages
from sumairu.lib.workbooks.figures import Pairs
from sumairu.lib.workbooks.files.cells import Cell
from sumairu.lib.workbooks.files.texts import tidy
from sumairu.lib.workbooks.stated.columns import Column
from sumairu.lib.workbooks.words import derived, units, uses, years
from sumairu.lib.workbooks.words.cell_types import BLANK, MARK
from sumairu.lib.workbooks.words.names import without_footnote
from sumairu.lib.workbooks.words.notes import is_note
from sumairu.lib.workbooks.words.numerals import type_of
from sumairu.lib.workbooks.words.row_names import begins_with_ditto
from sumairu.lib.workbooks.words.stages import NO_STAGE, STAGES, Stage, is_stage, says_no_stage, stage_of, supplement_of

_STAGES = "・".join(STAGES)


class Row(NamedTuple):
    """What the texts beside a row state. `trouble` says what is contradictory or unreadable in them, if anything.

    `of_years` are the texts that state its year, which name it where nothing else does.
    """

    label: str = ""
    labels: Pairs = ()
    beside: Pairs = ()
    code: str | None = None
    states_year: bool = False
    year: int | None = None
    calendar_year: int | None = None
    short_year: str = ""
    stage: Stage = NO_STAGE
    units: tuple[str, ...] = ()
    reason: str | None = None
    trouble: str | None = None
    apart: str | None = None
    of_years: Pairs = ()

    @property
    def stated(self) -> tuple[object, ...]:
        """All but whose it is."""
        return self[4:]


@dataclass
class _Heard:
    """What the cells of a row have said so far. `others` are texts in columns of years, codes and numbers."""

    labels: list[tuple[str, str]] = field(default_factory=list)
    beside: list[tuple[str, str]] = field(default_factory=list)
    years: list[int | None] = field(default_factory=list)
    calendar_years: list[int] = field(default_factory=list)
    of_years: list[tuple[str, str]] = field(default_factory=list)
    times: list[tuple[str, str]] = field(default_factory=list)
    months: list[tuple[str, str]] = field(default_factory=list)
    codes: set[str | None] = field(default_factory=set)
    code: tuple[str, str] | None = None
    stage: str | None = None
    supplement: str | None = None
    units: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    short_year: str = ""
    trouble: str | None = None

    def year(self, column: Column, cell: Cell, text: str) -> None:
        year = column.years_below[cell] if cell in column.years_below else years.year_in(cell)
        self.years.append(year)
        self.of_years.append((column.header, text if year is None or years.year_in(cell) else era_name(year)))

    def time(self, column: Column, cell: Cell, text: str) -> None:
        """A year of the calendar, a month, a day: of no fiscal year."""
        self.years.append(None)
        year = column.years_below.get(cell) or years.calendar_year_of(cell, in_column_of_years=column.use == uses.TIME)
        if year:
            self.calendar_years.append(year)
            self.of_years.append((column.header, text))
        else:
            self.times.append((column.header, text))

    def month(self, column: Column, _: Cell, text: str) -> None:
        self.months.append((column.header, text))

    def code_of_row(self, column: Column, cell: Cell, text: str) -> None:
        self.codes.add(column.codes.get(cell))
        self.code = (column.header, text)

    def stage_of_row(self, _: Column, __: Cell, text: str) -> None:
        self.stage = text

    def supplement_of_row(self, _: Column, __: Cell, text: str) -> None:
        self.supplement = text

    def unit(self, _: Column, __: Cell, text: str) -> None:
        self.units.extend(units.units_of_cell(text))

    def name(self, column: Column, cell: Cell, text: str) -> None:
        """A name, and what it says beside: 「R3 派遣者数（人）」 states a year and a unit."""
        may_state_year = years.may_state_one(text)
        if may_state_year and (year := years.year_of_quantity(text)) is not None:
            self.years.append(year)
        if cell in column.coded:
            code, text = column.coded[cell]
            self.codes.add(code)
        if may_state_year:
            self.short_year = self.short_year or years.short_year_in(text)
        text = without_footnote(text)
        if begins_with_ditto(text):
            self.trouble = messages.ROW_OF_A_DITTO.format(text=text)
        self.units.extend(units.units_in(text))
        named = self.beside if column.is_said_beside else self.labels
        says_name = not uses.is_check(text) and not units.is_unit(units.compact(text))
        if says_name and (column.header, text) not in named:  # names stand on both sides of a wide table
            named.append((column.header, text))


# Who listens to a cell, by what it states; cells of other uses state nothing of their row.
_BY_USE: dict[str | None, Callable[[_Heard, Column, Cell, str], None]] = {
    None: _Heard.name,
    uses.IDENTIFIER: _Heard.name,
    uses.YEAR: _Heard.year,
    uses.TIME: _Heard.time,
    uses.MONTH: _Heard.month,
    uses.CODE: _Heard.code_of_row,
    uses.STAGE: _Heard.stage_of_row,
    uses.SUPPLEMENT: _Heard.supplement_of_row,
    uses.UNIT: _Heard.unit,
}


def row_of(columns: Sequence[Column], cells: Sequence[Cell]) -> Row:
    """What `cells`, those of the label columns, state of their row."""
    heard = _Heard()
    for column, cell in zip(columns, cells, strict=True):
        if type_of(cell) in (BLANK, MARK):
            continue
        text = tidy(cell)
        if isinstance(cell, str) and column.use in uses.NAMING_USES:
            heard.others.append(text)
        if listen := _BY_USE.get(_use_of(column, cell, text)):
            listen(heard, column, cell, text)
    return _heard_to_row(heard)


def _use_of(column: Column, cell: Cell, text: str) -> str | None:
    """What a cell states: what its column is for, and where that is for nothing in particular, what it says itself."""
    if column.use == uses.TIME and years.says_fiscal_year(text):
        return uses.YEAR
    if column.use is not None:
        return column.use
    if years.may_state_one(text):
        if years.is_a_time(text):
            return uses.TIME
        if isinstance(cell, str) and years.year_in(cell) is not None:
            return uses.YEAR
    return uses.STAGE if is_stage(text) else None


def _heard_to_row(heard: _Heard) -> Row:
    labels = list(heard.labels)
    if not (heard.calendar_years or any(heard.years)):
        labels.extend(heard.times)  # a day or a month is no year, and tells the row from others all the same
    labels.extend(heard.months)
    if not labels and heard.code and heard.code[1]:
        labels.append(heard.code)  # a code says whose a row is where no name stands beside it
    names = [name for _, name in labels]
    apart = derived.OF_A_MONTH if heard.months else None
    apart = apart or next(filter(None, map(derived.set_apart, (*names, *heard.others))), None)
    stage, open_stage = _stage(heard.stage, heard.supplement)
    return Row(
        label=" ".join(names),
        labels=tuple(labels),
        beside=tuple(heard.beside),
        code=next(iter(heard.codes)) if len(heard.codes) == 1 else None,
        states_year=bool(heard.years),
        year=heard.years[0] if len(set(heard.years)) == 1 else None,
        calendar_year=heard.calendar_years[0] if len(set(heard.calendar_years)) == 1 else None,
        short_year=heard.short_year,
        stage=stage,
        units=tuple(dict.fromkeys(heard.units)),
        reason=_reason_of_month(heard.months)
        or _reason_of_row(names, heard.others if apart else [], bool(heard.years)),
        trouble=_contradiction(heard) or heard.trouble or open_stage,
        apart=apart,
        of_years=tuple(dict.fromkeys(heard.of_years)),
    )


def _contradiction(heard: _Heard) -> str | None:
    """What two cells of the row say differently."""
    if len(set(heard.years)) > 1 and None not in heard.years:
        return messages.YEARS_OF_ROW_DIFFER.format(
            years="、".join(messages.FISCAL_YEAR.format(year=year) for year in heard.years)
        )
    if len(heard.codes) > 1 and None not in heard.codes:
        return messages.CODES_DIFFER.format(codes="、".join(sorted(filter(None, heard.codes))))
    return None


def _reason_of_month(months: list[tuple[str, str]]) -> str | None:
    if not months:
        return None
    header, text = months[0]
    return messages.ROW_OF_A_MONTH.format(what=derived.OF_A_MONTH, header=header, text=text)


def _reason_of_row(labels: list[str], others: list[str], states_year: bool) -> str | None:
    if not labels and not others and not states_year:
        return messages.ROW_WITHOUT_HEADER
    if labels and is_note(labels[0]):
        return messages.ROW_OF_NOTES.format(label=labels[0])
    for text in (*labels, *others):
        if what := derived.set_apart(text):
            return messages.ROW_SET_APART.format(what=what, label=text)
        if years.is_other_year(text):
            return messages.ROW_OF_NO_YEAR.format(label=text)
    return None


def _stage(name: str | None, supplement: str | None) -> tuple[Stage, str | None]:
    """The stage that a row's own columns state, and what is wrong with it."""
    stage = NO_STAGE if name is None or says_no_stage(name) else stage_of((name,))
    if stage is None or (stage == NO_STAGE and name and not says_no_stage(name)):
        return NO_STAGE, messages.STAGE_UNKNOWN.format(stage=name, stages=_STAGES)
    if supplement is None:
        return stage, None
    if stage.name is None:
        return NO_STAGE, messages.SUPPLEMENT_WITHOUT_STAGE.format(supplement=supplement, stages=_STAGES)
    return Stage(stage.name, supplement_of(supplement) or supplement), None
