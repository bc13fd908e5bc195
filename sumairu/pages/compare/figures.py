"""Rows of figures, each value with its place among others of its kind."""

from sumairu.lib.amounts import grouped
from sumairu.lib.eligibility import NO, YES
from sumairu.lib.ranks import places
from sumairu.pages.compare.comparison import Cell, Row

PEOPLE_WORDS = "{year}年10月1日の国勢調査の総人口で割った値"
DIVIDED = "金額と件数は、{divided}です（金額は1人あたり、件数は千人あたり）。比率と面積は、そのままです。"


def figure_row(figures, keys, among):
    """`among` are pairs of what a place is called (全道) and, for each of `keys`, those that it is among; None: all."""
    ranked = {}
    cells = [_cell(figures, key, position, among, ranked) for position, key in enumerate(keys)]
    return Row(figures.label, tuple(cells), figures.unit, figures.year_words, figures.source)


def _cell(figures, key, position, among, ranked):
    value = figures.values.get(key)
    if value is None:
        return Cell()
    if figures.is_yes_no:
        return Cell(YES if value else NO)
    notes = []
    for word, members in among:
        group = members[position]
        if (word, group) not in ranked:
            chosen = figures.values if group is None else {k: v for k, v in figures.values.items() if k in group}
            ranked[word, group] = places(chosen)
        place = ranked[word, group][key]
        notes.append(f"{word}{place.place}位／{place.of}")
    return Cell(grouped(value), value, "、".join(notes))


def divided(figures, people):
    """`figures` per head of `people` where that makes sense, and the sentence that says so."""
    return [each.per_head(people) for each in figures], DIVIDED.format(divided=PEOPLE_WORDS.format(year=people.year))


def newest_row(noun, figures, columns, in_words):
    """One row of the figures of a programme, those of the newest year that any of `columns` has; None without any.

    `figures` are those of one programme by (column, year).
    """
    if not figures:
        return None
    year = max(year for _, year in figures)
    found = [figures.get((column, year)) for column in columns]
    cells = tuple(Cell() if each is None else Cell(grouped(each.value), each.value) for each in found)
    return Row(noun, cells, in_words, next(each for each in found if each is not None).year_name)
