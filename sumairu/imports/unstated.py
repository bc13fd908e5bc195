"""The units that a sheet does not state: asked once for all figures that stand under one name.

Where a name says by itself that people or items are counted (派遣者数, 件数), there is nothing to ask: they are counted one
by one. Where some figures of a column have a unit and others have none, that is a slip, and nobody says one for all.
"""

from sumairu.imports.kinds import Question
from sumairu.imports.models import value_words
from sumairu.lib.amounts import UNITS, AmountError, parse_count, parse_yen
from sumairu.lib.counted_words import core
from sumairu.lib.measures import COUNTED_IN
from sumairu.lib.question_keys import QuestionKey
from sumairu.lib.workbooks.words.names import bare
from sumairu.lib.workbooks.words.units import SIZES, kind_named, says_kind

# Of which one is chosen, by what is counted; and how it would be written.
UNITS_ASKED = {"yen": ("円", "千円", "百万円", "億円"), "people": ("人", "千人"), "count": ("件", "千件")}
WRITTEN_AS = {"yen": "千円", "people": "人", "count": "件"}


class Unstated:
    """The units that the sheets of a reading do not state, as `answers` say."""

    def __init__(self, reading, answers):
        self.answers = answers
        self.with_unit = {(read.sheet, read.column) for read in reading.figures if read.kind is not None}

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
    counted = core("".join(read.column))
    named = f"の「{' '.join(read.column)}」" if counted else ""
    return Question(
        key=QuestionKey.of_column(f"unitof{measure}", read.sheet, counted),
        title="単位が分かりません",
        text=f"シート「{read.sheet}」{named}の数値に、単位が書かれていません。どの単位の数ですか。"
        f"ブックを直すなら、見出しか表の右上に「（単位：{WRITTEN_AS[measure]}）」のように入れます。",
        choices=tuple(choices),
    )
