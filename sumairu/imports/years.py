"""Of which year a figure is saved, in the calendar that figures of its kind count by."""

from functools import lru_cache

from sumairu.imports.kinds import Question, Unidentified
from sumairu.lib.calendars import CALENDAR_YEARS, FISCAL_YEARS, year_name
from sumairu.lib.question_keys import QuestionKey

SAME, NEXT = "same", "next"


def year_of(calendar, what, read, answers):
    """The year of a figure that was read; `calendar` is what figures of `what`, an indicator say, count by.

    A fiscal year is no year of the calendar: where the workbook names the one and the other is counted by, the editor
    is asked, once for a sheet; so too where it states several years. Raises `Unidentified` where no year is known,
    `Asked`, `LeftOut`.
    """
    read = _as_chosen(read, answers)
    stated = read.fiscal_year if calendar.is_fiscal else read.calendar_year
    if stated is not None:
        return stated
    other = read.calendar_year if calendar.is_fiscal else read.fiscal_year
    if other is None:
        raise Unidentified(
            f"{calendar.noun}が分かりません。見出しか表題に「令和3{calendar.noun}」のように入れてください。"
        )
    return other + (answers.to(_question(calendar, what, read.sheet, other)) == NEXT)


def _question(calendar, what, sheet, year):
    stated = (CALENDAR_YEARS if calendar.is_fiscal else FISCAL_YEARS).name(year)
    how = f"毎年{calendar.day_words}の数です" if calendar.day else f"{calendar.noun}で数えます"
    years = [(SAME, year)]
    if calendar.day and calendar.day[0] < 4:  # it lies in the year after the one that the fiscal year is called by
        years.append((NEXT, year + 1))
    return Question(
        key=QuestionKey.of_sheet("fiscal" if calendar.is_fiscal else "calendar", sheet),
        title=f"どの{calendar.noun}の数値ですか",
        text=f"シート「{sheet}」には「{stated}」などとありますが、{what}は{how}。「{stated}」なら、どの{calendar.noun}として取り込みますか。",
        choices=tuple((answer, calendar.full_name(each)) for answer, each in years),
    )


def _as_chosen(read, answers):
    """`read`, of that of the years that its sheet states which the editor chose."""
    if not read.year_candidates:
        return read
    chosen = answers.to(_question_of_candidates(read.sheet, read.year_candidates))
    year = next(each for each in read.year_candidates if _answer(each) == chosen)
    return read._replace(fiscal_year=year.fiscal_year, calendar_year=year.calendar_year)


@lru_cache(maxsize=64)
def _question_of_candidates(sheet, candidates):
    """Which of the years that its title and its name, or two lines of its title, state is that of a sheet's figures?"""
    by_place = {}
    for each in candidates:
        by_place.setdefault(each.place, []).append(_name(each))
    stated = "、".join(f"{place}では{'か'.join(names)}" for place, names in by_place.items())
    noun = FISCAL_YEARS.noun if all(each.fiscal_year for each in candidates) else CALENDAR_YEARS.noun
    return Question(
        key=QuestionKey.of_column("year", sheet, "/".join(map(_answer, candidates))),
        title=f"{noun}が一つに決まりません",
        text=f"シート「{sheet}」の{noun}は、{stated}です。{'どちら' if len(candidates) == 2 else 'どれ'}ですか。",
        choices=tuple((_answer(each), f"{_name(each)}（{each.place}「{each.text[:40]}」）") for each in candidates),
    )


def _name(year):
    return year_name(year.fiscal_year, year.calendar_year)


def _answer(year):
    return f"fiscal {year.fiscal_year}" if year.fiscal_year else f"calendar {year.calendar_year}"
