"""Of which year a figure is saved, in the calendar that figures of its kind count by."""

from sumairu.imports.kinds import Question, Unidentified
from sumairu.lib.calendars import CALENDAR_YEARS, FISCAL_YEARS
from sumairu.lib.question_keys import QuestionKey

SAME, NEXT = "same", "next"


def year_of(calendar, what, read, answers):
    """The year of a figure that was read; `calendar` is what figures of `what`, an indicator say, count by.

    A fiscal year is no year of the calendar: where the workbook names the one and the other is counted by, the editor
    is asked, once for a sheet. Raises `Unidentified` where no year is known, `Asked`, `LeftOut`.
    """
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
