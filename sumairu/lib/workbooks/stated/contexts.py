"""What a table's surroundings state for all of its numbers: title, notes, sheet name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sumairu.lib.workbooks import messages
from sumairu.lib.workbooks.figures import StatedYear
from sumairu.lib.workbooks.files.texts import tidy
from sumairu.lib.workbooks.layout.blocks import Block
from sumairu.lib.workbooks.layout.headers import is_of_one_column
from sumairu.lib.workbooks.layout.sheets import Sheet
from sumairu.lib.workbooks.words import days, derived, units, uses, years
from sumairu.lib.workbooks.words.cell_types import NUMBER, TEXT, UNIT
from sumairu.lib.workbooks.words.notes import (
    brackets_mean,
    ends_table,
    goes_on_with_note,
    is_caption,
    is_heading,
    is_note,
    is_two_in_one,
    names_several,
)
from sumairu.lib.workbooks.words.stages import NO_STAGE, Stage, stage_of


@dataclass(frozen=True)
class Context:
    """What title, notes and sheet name state for all numbers of a table. `stage` is None where they leave it open.

    `brackets` is what they say of numbers in brackets; `trouble` why no number can be told from another. `is_dated`: what
    it counts is of days of the years that it names (国勢調査, 各年3月末現在). `years` are more than one where statements
    disagree; `is_of_day`: they are those of a day as of which figures stand. `reason` is why all numbers are left out,
    if they are.
    """

    headings: tuple[str, ...]
    years: tuple[StatedYear, ...]
    stage: Stage | None
    units: tuple[str, ...]
    brackets: str | None = None
    trouble: str | None = None
    is_dated: bool = False
    is_of_day: bool = False
    reason: str | None = None

    @property
    def title(self) -> str:
        return self.headings[0] if self.headings else ""


def block_to_context(sheet: Sheet, block: Block) -> Context:
    """Of a section in the midst of a table, what it states itself, and what holds for the whole unless it begins anew."""
    whole = _context(sheet, block.above, block, sheet.grid.name)
    if not block.section:
        return whole
    own = _context(sheet, block.section, block, "")
    counts_anew = own.units or units.is_quantity(own.title)
    return Context(
        (*own.headings, *whole.headings),
        own.years or whole.years,
        whole.stage if own.stage == NO_STAGE else own.stage,
        own.units if counts_anew else whole.units,
        whole.brackets,
        whole.trouble,
        whole.is_dated,
        own.is_of_day if own.years else whole.is_of_day,
        own.reason or whole.reason,
    )


def _context(sheet: Sheet, rows: Iterable[int], block: Block, sheet_name: str) -> Context:
    rows = list(rows)
    headings = _headings(sheet, rows, block) or _headings_within(sheet, block)
    stated_years, is_of_day = _years(_headings_within(sheet, block), "") if block.span else ((), False)
    if not stated_years:  # of several beside each other, each may have its own
        stated_years, is_of_day = _years(headings, sheet_name)
    stages = dict.fromkeys(stage_of((text,)) for text in headings)
    stages.pop(NO_STAGE, None)
    stages = stages or {stage_of((sheet_name,)): None}
    is_planned = any(derived.set_apart(heading) == derived.PLANNED for heading in headings)
    texts = [*_texts_in(sheet, (*rows, *block.header)), *_notes_below(sheet, block)]
    return Context(
        tuple(headings),
        stated_years,
        None if is_planned or len(stages) > 1 else next(iter(stages)),
        _units_of_table(sheet, rows, block),
        brackets_mean(texts),
        messages.TWO_IN_ONE if any(map(is_two_in_one, texts)) else None,
        any(map(years.counts_on_days, headings)),
        is_of_day,
        _reason(headings),
    )


def _reason(headings: Sequence[str]) -> str | None:
    """Why no number under these headings is a figure by itself: each is divided by something."""
    for heading in headings:
        if derived.set_apart(heading) == derived.PER_UNIT and not names_several(heading):
            return messages.TABLE_SET_APART.format(what=derived.PER_UNIT, title=heading)
    return None


def _years(headings: Sequence[str], sheet_name: str) -> tuple[tuple[StatedYear, ...], bool]:
    """The years that headings state, or the days that they name, and whether it is these; else those of the sheet's name.

    A name that says another year than the headings leaves open which it is.
    """
    of_headings = [_years_in(messages.IN_TITLE, heading) for heading in headings]
    fiscal = [year for years_in, _ in of_headings for year in years_in]
    calendar = [year for _, years_in in of_headings for year in years_in]
    fiscal_by_name, calendar_by_name = _years_in(messages.IN_SHEET_NAME, sheet_name)
    if fiscal and any(map(years.names_a_calendar_year, headings)):  # what is of which, nobody says
        return (*_each_once(fiscal), *_each_once(calendar)) if calendar else (), False
    of_days = [year for heading in headings for year in _years_of_days(messages.IN_TITLE, heading)]
    if fiscal and not _may_be_of_days(fiscal, [day for heading in headings for day in days.days_in(heading)]):
        return _each_once([*fiscal, *of_days]), False
    if fiscal:
        return _each_once([*fiscal, *fiscal_by_name]), False
    if calendar:
        return _each_once([*calendar, *fiscal_by_name, *calendar_by_name]), False
    if years.names_other_year(headings):
        return (), False
    if of_days:
        return _each_once([*of_days, *fiscal_by_name, *calendar_by_name]), True
    if any(map(years.names_a_time, headings)):
        return (), False
    return _each_once(fiscal_by_name or calendar_by_name), False


def _may_be_of_days(fiscal: Sequence[StatedYear], of_days: Sequence[days.Day]) -> bool:
    """Does every day lie in one of these fiscal years, or, before its April, in the year by which that is called?"""
    own = {year.fiscal_year for year in fiscal}
    return all(own & {day.year, day.year - (day.month < 4)} for day in of_days)


def _years_in(place: str, text: str) -> tuple[list[StatedYear], list[StatedYear]]:
    """The fiscal years and the years of the calendar that a text states."""
    return (
        [StatedYear(place, text, year, None) for year in years.years_of((text,))],
        [StatedYear(place, text, None, year) for year in years.calendar_years_in(text)],
    )


def _years_of_days(place: str, heading: str) -> list[StatedYear]:
    """The years of the days as of which figures stand; the last day of a fiscal year may mean that one as well."""
    found = []
    for day in days.days_in(heading):
        found.append(StatedYear(place, heading, None, day.year))
        if day.ends_fiscal_year:
            found.append(StatedYear(place, heading, day.year - 1, None))
    return found


def _each_once(stated: Iterable[StatedYear]) -> tuple[StatedYear, ...]:
    """The first statement of each year."""
    by_number: dict[int | None, StatedYear] = {}
    for year in stated:
        by_number.setdefault(year.number, year)
    return tuple(by_number.values())


def _texts_in(sheet: Sheet, rows: Iterable[int]) -> list[str]:
    return [
        tidy(sheet.grid.rows[row][column])
        for row in rows
        for column, cell_type in enumerate(sheet.types[row])
        if cell_type == TEXT
    ]


def _headings(sheet: Sheet, rows: list[int], block: Block) -> list[str]:
    """The lines of the last of the paragraphs that stand above a table; the first is its title, which no day is by itself."""
    headings: list[str] = []
    is_open = is_of_note = False
    for earlier, row in zip([-1, *rows], rows, strict=False):
        if row != earlier + 1:
            is_open = False
        texts = [
            tidy(sheet.grid.rows[row][column])
            for column in block.over(sheet.types[row])
            if sheet.types[row][column] == TEXT
        ]
        texts = [text for text in dict.fromkeys(texts) if not is_caption(text)]
        goes_on = is_of_note and bool(texts) and goes_on_with_note(texts[0])
        is_of_note = goes_on or (bool(texts) and is_note(texts[0]))
        texts = [] if goes_on else [text for text in texts if not ends_table(text)]
        if texts:
            goes_on = is_open or all(map(years.is_a_time, texts))
            headings = [*headings, " ".join(texts)] if goes_on else [" ".join(texts)]
        is_open = (is_open or bool(texts)) and bool(sheet.types[row].strip())
    return headings[:1] + [text for text in headings[1:] if is_heading(text)]


def _headings_within(sheet: Sheet, block: Block) -> list[str]:
    """Titles that stand so close that they were taken for header: texts over that which names a label column."""
    places = [
        (row, column)
        for column in block.label_columns
        for i, row in enumerate(block.header)
        if sheet.types[row][column] == TEXT
        and any(sheet.types[lower][column] == TEXT for lower in block.header[i + 1 :])
    ]
    return [text for row, column in sorted(places) if is_heading(text := tidy(sheet.grid.rows[row][column]))]


def _units_of_table(sheet: Sheet, rows: list[int], block: Block) -> tuple[str, ...]:
    """The units that notes state for all columns; none where two state different ones of a kind.

    Those above come first; a note under the table, or the sheet's name, speaks where they are silent.
    """
    notes: set[tuple[str, ...]] = set()
    for row in [*rows, *block.header]:
        for column in block.over(sheet.types[row]):
            cell_type = sheet.types[row][column]
            is_unit = cell_type == UNIT and not is_of_one_column(sheet, block, row, column)
            text = tidy(sheet.grid.rows[row][column]) if is_unit or cell_type == TEXT else ""
            is_over_figures = row in block.header and column in block.value_columns
            if not is_unit and is_over_figures and uses.use_of((text,)) not in uses.NAMING_USES:
                continue
            if is_unit or units.calls_itself_unit(text) or (row in rows and is_heading(text)):
                notes.add(tuple(units.units_in(text)))
    notes.discard(())
    notes = notes or {tuple(units.units_in(text)) for text in _headings_within(sheet, block)} - {()}
    if not notes:
        notes = {tuple(units.units_in(text)) for text in (*_notes_below(sheet, block), sheet.grid.name)} - {()}
    kinds = [{units.KINDS[unit] for unit in note} for note in notes]
    if sum(map(len, kinds)) > len(set().union(*kinds)):
        return ()
    return tuple(unit for note in sorted(notes) for unit in note)


def _notes_below(sheet: Sheet, block: Block) -> list[str]:
    """The notes that follow a table, at most one blank row between."""
    notes: list[str] = []
    blanks = 0
    for row in range(block.body[-1] + 1, len(sheet.types)):
        texts = [
            tidy(sheet.grid.rows[row][column])
            for column, cell_type in enumerate(sheet.types[row])
            if cell_type in (TEXT, UNIT)
        ]
        if not texts:
            blanks += 1
        if (
            blanks > 1
            or NUMBER in sheet.types[row]
            or (texts and not (is_note(texts[0]) or units.calls_itself_unit(texts[0])))
        ):
            break
        notes.extend(texts)
    return notes
