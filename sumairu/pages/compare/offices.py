"""Two to five offices side by side: what they are, what their municipalities have together, what they are given."""

from collections import defaultdict
from dataclasses import replace
from functools import reduce
from operator import or_

from django.db.models import OuterRef, Q, Subquery

from regions.descriptions import OFFICES
from regions.models import Initiative, Municipality
from regions.town_figures import FACT, POPULATION, newest_figures
from sumairu.lib.per_head import ADDED_UP
from sumairu.lib.wareki import full_name
from sumairu.pages.compare.comparison import Cell, Chapter, Comparison, Row, Subject
from sumairu.pages.compare.figures import divided, figure_row, newest_row
from sumairu.paging import count_to_most, count_words
from support.models import BudgetFigure, DispatchFigure, Program


def compare_offices(choice):
    found = {office.slug: office for office in OFFICES.public().filter(slug__in=choice.keys)}
    offices = [found[slug] for slug in choice.keys]
    members = defaultdict(set)
    for office, pk in Municipality.objects.governed().values_list("subprefecture", "pk"):
        members[office].add(pk)
    return Comparison(
        noun="振興局",
        subjects=tuple(Subject(office.slug, office.name, office.get_absolute_url()) for office in offices),
        every=(_described(offices, members), _figures(offices, members, choice.per), _given(offices), _done(offices)),
        wants_differences=bool(choice.only),
    )


def _described(offices, members):
    rows = [
        Row(part.label, tuple(Cell(part.text(office), part.cell(office)) for office in offices), part.unit)
        for part in OFFICES.parts
        if part.is_compared
    ]
    counts = [len(members[office.pk]) for office in offices]
    return Chapter("基本", (*rows, Row("市町村の数", tuple(Cell(str(count), count) for count in counts))))


def _figures(offices, members, per_head):
    figures = [added_up(each, members) for each in newest_figures() if each.unit in ADDED_UP and not each.is_yes_no]
    note = "管内の市町村の合計です。資料にない市町村がある管内は、合計を出していません。順位は大きい順です。"
    people = next((each for each in figures if each.key == f"{FACT}.{POPULATION}"), None)
    if per_head and people is not None:
        figures, said = divided(figures, people)
        note = said + note
    among = [("全道", [None] * len(offices))]
    return Chapter("数字", tuple(figure_row(each, [office.pk for office in offices], among) for each in figures), note)


def added_up(figures, members):
    """The same of each office: the sum of its municipalities, where all of them have a value."""
    values = {
        office: sum(figures.values[pk] for pk in pks)
        for office, pks in members.items()
        if all(pk in figures.values for pk in pks)
    }
    return replace(figures, values=values)


def _given(offices):
    rows = []
    for model, noun, unit in ((BudgetFigure, "予算額", "円"), (DispatchFigure, "派遣者数", "人")):
        by_program = defaultdict(dict)
        figures = _newest(model.objects.published().filter(subprefecture__in=offices))
        for each in figures.select_related("program", "subprefecture").for_charts():
            by_program[each.program][each.subprefecture_id, each.fiscal_year] = each
        for program in sorted(by_program, key=lambda program: (program.order, program.slug)):
            columns = [office.pk for office in offices]
            rows.append(newest_row(f"{program}の{noun}", by_program[program], columns, unit))
    return Chapter("支援の数字", tuple(rows), "どれかの振興局にある最新の年度のものです。")


def _newest(figures):
    """Of each programme the figures of its newest year: all that a row shows."""
    of_program = figures.filter(program=OuterRef("pk")).order_by("-fiscal_year")
    years = Program.objects.annotate(year=Subquery(of_program.values("fiscal_year")[:1])).filter(year__isnull=False)
    programs = defaultdict(list)
    for program, year in years.values_list("pk", "year"):
        programs[year].append(program)
    wanted = [Q(fiscal_year=year, program__in=those) for year, those in programs.items()]
    return figures.filter(reduce(or_, wanted)) if wanted else figures.none()


def _done(offices):
    public = Initiative.objects.published()
    year = public.filter(subprefecture__in=offices).newest_year()
    if year is None:
        return Chapter("地域の取組", ())
    counts = [count_to_most(public.in_year(year).for_region(office)) for office in offices]
    cells = tuple(Cell(count_words(count).removesuffix("件"), count) for count in counts)
    return Chapter("地域の取組", (Row("公開している取組", cells, "件", full_name(year)),))
