"""The units and years that a sheet does not state: each asked once for all figures that stand under one name.

Where a name says by itself that people or items are counted (派遣者数, 件数), there is nothing to ask: they are counted one
by one. Where some figures of a column have a unit or a year and others have none, that is a slip, and nobody says one for
all.
"""

from functools import lru_cache

from django.utils.timezone import localdate

from sumairu.imports.kinds import Question
from sumairu.imports.models import value_words
from sumairu.lib.amounts import UNITS, AmountError, parse_count, parse_yen
from sumairu.lib.counted_words import core
from sumairu.lib.measures import COUNTED_IN
from sumairu.lib.question_keys import QuestionKey
from sumairu.lib.wareki import fiscal_year_on
from sumairu.lib.workbooks.words.names import bare
from sumairu.lib.workbooks.words.units import SIZES, kind_named, says_kind

# So many years are offered, the likely ones first.
YEARS_ASKED, LIKELY_YEARS = 20, 3
# Of which one is chosen, by what is counted; and how it would be written.
UNITS_ASKED = {"yen": ("円", "千円", "百万円", "億円"), "people": ("人", "千人"), "count": ("件", "千件")}
WRITTEN_AS = {"yen": "千円", "people": "人", "count": "件"}


class Unstated:
    """The units and years that the sheets of a reading do not state, as `answers` say."""

    def __init__(self, reading, answers):
        self.answers = answers
        self.with_unit = {(read.sheet, read.column) for read in reading.figures if read.kind is not None}
        self.with_year = {(read.sheet, read.column) for read in reading.figures if _states_year(read)}

    def in_its_unit(self, read, measure, titles):
        """`read`, of this measure, with its unit, kind and value; as it is where it has them, or where nobody can say.

        Raises Asked, LeftOut, AmountError.
        """
        if read.kind is not None or (read.sheet, read.column) in self.with_unit:
            return read
        unit = COUNTED_IN[measure]
        if not _counts_by_name(read, measure, titles):
            unit = self.answers.to(_question_of_unit(read, measure))
        return read._replace(unit=unit, kind=measure, value=_value_in(unit, read.raw))

    def in_its_year(self, read, calendar):
        """`read` with its year, in the calendar that such figures count by; as it is where it states any, or a slip.

        Raises Asked, LeftOut.
        """
        if _states_year(read) or (read.sheet, read.column) in self.with_year:
            return read
        year = int(self.answers.to(_question_of_year(read.sheet, read.column, calendar, localdate())))
        return read._replace(fiscal_year=year) if calendar.is_fiscal else read._replace(calendar_year=year)


def _states_year(read):
    return read.fiscal_year is not None or read.calendar_year is not None or bool(read.year_candidates)


def kind_of_names(read):
    """What the names over a figure say is counted, the nearest first; None where they say nothing of it."""
    return next(filter(None, (kind_named(bare(name)) for name in reversed(read.column))), None)


def _counts_by_name(read, measure, titles):
    """Do the names over a figure, or the titles, say that people or items are counted?"""
    if measure == "yen":
        return False
    return kind_of_names(read) == measure or any(says_kind(title, measure) for title in titles)


def _value_in(unit, raw):
    return parse_yen(raw, unit) if unit in UNITS else parse_count(raw, (unit,), SIZES[unit])


def _question_of_unit(read, measure):
    choices = []
    for unit in UNITS_ASKED[measure]:
        try:
            choices.append((unit, f"{unit}（{value_words(_value_in(unit, read.raw), measure)}）"))
        except AmountError:
            choices.append((unit, unit))
    counted, place = _counted_and_place(read.sheet, read.column)
    return Question(
        key=QuestionKey.of_column(f"unitof{measure}", read.sheet, counted),
        title="単位が分かりません",
        text=f"{place}に、単位が書かれていません。どの単位の数ですか。"
        f"ブックを直すなら、見出しか表の右上に「（単位：{WRITTEN_AS[measure]}）」のように入れます。",
        choices=tuple(choices),
    )


@lru_cache(maxsize=64)
def _question_of_year(sheet, column, calendar, on):
    newest = fiscal_year_on(on) + 1 if calendar.is_fiscal else on.year
    years = [(str(year), calendar.full_name(year)) for year in range(newest, newest - YEARS_ASKED, -1)]
    counted, place = _counted_and_place(sheet, column)
    return Question(
        key=QuestionKey.of_column("year", sheet, counted),
        title=f"{calendar.noun}が分かりません",
        text=f"{place}に、{calendar.noun}が書かれていません。いつの数値ですか。"
        f"ブックを直すなら、見出しか表題に「令和3{calendar.noun}」のように入れます。",
        choices=tuple(years[:LIKELY_YEARS]),
        others=tuple(years[LIKELY_YEARS:]),
    )


def _counted_and_place(sheet, column):
    """What is counted under these names, without years and stages, and how a person would call the place."""
    counted = core("".join(column))
    return counted, f"シート「{sheet}」の「{' '.join(column)}」の数値" if counted else f"シート「{sheet}」の数値"
