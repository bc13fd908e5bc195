"""Amounts that look a thousand times too large or too small for their unit, and the unit that the editor said instead."""

from collections import Counter

from sumairu.imports.kinds import SKIP, SKIPPED_BY_ANSWER, LeftOut, Question
from sumairu.lib.amounts import AmountError, parse_yen
from sumairu.lib.question_keys import QuestionKey
from sumairu.lib.workbooks.addresses import letters_of

AS_WRITTEN = "as_written"
# The unit looks wrong where a figure is about a thousand times last year's, or a thousandth of it.
THOUSANDFOLD = (500, 2000)
YEN_UNITS = ("円", "千円", "百万円", "億円")
TITLE = "単位が違いませんか"


def value_in_its_unit(read, answers):
    """The figure as read, or in the unit that the editor said. Raises LeftOut, AmountError."""
    answer = _answered(read, answers)
    if answer in (None, AS_WRITTEN):
        return read.value
    if answer == SKIP:
        raise LeftOut(SKIPPED_BY_ANSWER)
    return parse_yen(read.raw, answer)


def questions_of_units(lines, answers):
    """Each line whose amount looks a thousand off, with its question; one for a column where most of it does.

    What is stored as it was read is in no doubt, nor is what the editor has answered.
    """
    doubtful = [
        line for line in lines if line.value != line.before and _is_thousandfold(line) and line.measure == "yen"
    ]
    if not doubtful:
        return
    of_column = Counter(_key(line, of_column=True) for line in lines if line.previous)
    doubts = Counter(_key(line, of_column=True) for line in doubtful)
    for line in doubtful:
        column = _key(line, of_column=True)
        is_whole = doubts[column] >= 3 and doubts[column] * 2 > of_column[column]
        key = column if is_whole else _key(line)
        if key not in answers and column not in answers:
            yield line, _question(line, key, is_whole)


def _answered(read, answers):
    if not answers.are_of_units:
        return None
    places = {_key(read): read.cell, _key(read, of_column=True): f"{letters_of(read.cell)}列"}
    for key, place in places.items():
        if key in answers:
            units = ((AS_WRITTEN, "書いてあるとおり"), *((unit, unit) for unit in YEN_UNITS))
            answers.settled[key] = Question(key, TITLE, f"シート「{read.sheet}」の{place}", units)
            return answers[key]
    return None


def _key(read, of_column=False):
    """The key of a doubt about the unit of one cell, or of all in its column."""
    place = f"{letters_of(read.cell)}:{read.unit}" if of_column else read.cell
    return QuestionKey.of_cell("unit", read.sheet, place)


def _is_thousandfold(line):
    least, most = THOUSANDFOLD
    now, before = abs(line.value), abs(line.previous or 0)
    return bool(now and before) and (least * before <= now <= most * before or least * now <= before <= most * now)


def _question(line, key, is_whole):
    place = f"{letters_of(line.cell)}列" if is_whole else line.words
    choices = [(AS_WRITTEN, f"書いてあるとおり{line.unit}（{line.after_words}）")]
    for unit in YEN_UNITS:
        try:
            value = parse_yen(line.raw, unit)
        except AmountError:
            continue
        if unit != line.unit and abs(line.previous) <= 30 * abs(value) <= 900 * abs(line.previous):
            choices.append((unit, f"{unit}（{line.words_of(value)}）"))
    return Question(
        key=key,
        title=TITLE,
        text=f"{place}：{line.after_words}は、前{line.calendar.noun}（{line.words_of(line.previous)}）と千倍ほど違います。",
        choices=tuple(choices),
    )
