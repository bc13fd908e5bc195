"""Two to five municipalities side by side: what they are, their figures with their places, and what they may use."""

from collections import defaultdict

from regions.descriptions import TOWNS
from regions.models import Initiative, Municipality
from regions.town_figures import FACT, POPULATION, newest_figures
from sumairu.lib.wareki import full_name
from sumairu.pages.compare.comparison import Cell, Chapter, Comparison, Row, Subject
from sumairu.pages.compare.figures import divided, figure_row
from sumairu.paging import count_to_most, count_words
from support.answers import answers_for_each


def compare_towns(choice):
    found = {town.code: town for town in TOWNS.public().filter(code__in=choice.keys)}
    towns = [found[code] for code in choice.keys]
    return Comparison(
        noun="市町村",
        subjects=tuple(Subject(town.code, town.name, town.get_absolute_url()) for town in towns),
        every=(_described(towns), _figures(towns, choice.per), _programs(towns), _initiatives(towns)),
        wants_differences=bool(choice.only),
    )


def _described(towns):
    rows = [
        Row(part.label, tuple(Cell(part.text(town), part.cell(town)) for town in towns), part.unit)
        for part in TOWNS.parts
        if part.is_compared
    ]
    return Chapter("基本", tuple(rows))


def _figures(towns, per_head):
    figures = newest_figures()
    note = "順位は大きい順で、全道の市町村と、同じ振興局の市町村の中でのものです。資料にない市町村は数えていません。"
    people = next((each for each in figures if each.key == f"{FACT}.{POPULATION}"), None)
    if per_head and people is not None:
        figures, said = divided(figures, people)
        note = said + note
    members = _members(towns)
    among = [("全道", [None] * len(towns)), ("管内", [members[town.subprefecture_id] for town in towns])]
    rows = [figure_row(each, [town.pk for town in towns], among) for each in figures]
    return Chapter("数字", tuple(rows), note)


def _members(towns):
    """Of each office of `towns`: the primary keys of its municipalities."""
    members = defaultdict(set)
    offices = {town.subprefecture_id for town in towns}
    rows = Municipality.objects.governed().filter(subprefecture__in=offices)
    for office, pk in rows.values_list("subprefecture", "pk"):
        members[office].add(pk)
    return {office: frozenset(pks) for office, pks in members.items()}


def _programs(towns):
    rows = [
        Row(
            label=program.official_name,
            cells=tuple(
                Cell(
                    answer.group.label,
                    note=answer.reasons,
                    url=f"{program.get_absolute_url()}?town={town.code}",
                    of=f"{town.name}・{program.official_name}",
                )
                for town, answer in zip(towns, answers, strict=True)
            ),
        )
        for program, answers in answers_for_each(towns)
    ]
    return Chapter("支援制度", tuple(rows), "今日現在の判定です。")


def _initiatives(towns):
    public = Initiative.objects.published()
    year = public.filter(subprefecture__in={town.subprefecture_id for town in towns}).newest_year()
    if year is None:
        return Chapter("地域の取組", ())
    counts = [count_to_most(public.in_year(year).concerning(town)) for town in towns]
    cells = tuple(Cell(count_words(count).removesuffix("件"), count) for count in counts)
    return Chapter("地域の取組", (Row("関係する取組", cells, "件", full_name(year)),))
