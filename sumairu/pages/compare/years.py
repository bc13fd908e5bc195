"""Years of one programme, or of one office, side by side."""

from collections import defaultdict

from django.urls import reverse

from regions.models import Initiative, RegionalPolicy
from sumairu.lib.amounts import grouped
from sumairu.lib.differences import pieces, words
from sumairu.lib.markdown import plain
from sumairu.lib.wareki import full_name
from sumairu.pages.compare.comparison import Cell, Chapter, Comparison, Row, Subject
from sumairu.paging import count_to_most, count_words
from support.comparison import windows_of
from support.descriptions import EDITIONS
from support.models import BudgetFigure, DispatchFigure

KINDS = ((BudgetFigure, "予算額", "円"), (DispatchFigure, "派遣者数", "人"))
TITLES = 20  # initiatives of a year that are named


def years_of_program(program):
    """The fiscal years in which anything public is said or counted of a programme."""
    editions = program.editions.published().values_list("fiscal_year", flat=True)
    counted = (_of_program(model, program).fiscal_years() for model, _, _ in KINDS)
    return {*editions, *(year for years in counted for year in years)}


def years_of_office(office):
    public = (model.objects.published().for_region(office).fiscal_years() for model in (RegionalPolicy, Initiative))
    counted = (model.objects.published().for_region(office).fiscal_years() for model, _, _ in KINDS)
    return {year for years in (*public, *counted) for year in years}


def compare_years_of_program(choice, program):
    years = [int(key) for key in choice.keys]
    editions = {
        each.fiscal_year: each for each in EDITIONS.public().filter(program=program).prefetch_related("windows")
    }
    chosen = [editions.get(year) for year in years]
    rows = [_row("受付期間（全道共通）", chosen, windows_of)]
    rows += [_row(part.label, chosen, part.text) for part in EDITIONS.parts if part.is_compared]
    return Comparison(
        noun=f"{program}の年度",
        subjects=tuple(
            Subject(
                str(year),
                full_name(year),
                edition.get_absolute_url() if edition else program.get_absolute_url(),
                bool(edition and edition.is_sample),
            )
            for year, edition in zip(years, chosen, strict=True)
        ),
        every=(
            Chapter("内容", tuple(rows), "書かれていないことは、ないとは限りません。"),
            _figures(years, lambda model: _of_program(model, program)),
        ),
        wants_differences=bool(choice.only),
    )


def compare_years_of_office(choice, office):
    years = [int(key) for key in choice.keys]
    policies = {each.fiscal_year: each for each in RegionalPolicy.objects.published().for_region(office)}
    initiatives = [Initiative.objects.published().for_region(office).in_year(year) for year in years]
    counts = [count_to_most(rows) for rows in initiatives]
    titles = ["\n".join(rows.values_list("title", flat=True)[:TITLES]) for rows in initiatives]
    rows = [
        Row("推進方向", tuple(Cell(plain(policies[year].text) if year in policies else "") for year in years)),
        Row("取組の数", tuple(Cell(count_words(n).removesuffix("件"), n) if n else Cell() for n in counts), "件"),
        Row("取組", tuple(map(Cell, titles))),
    ]
    return Comparison(
        noun=f"{office}の年度",
        subjects=tuple(Subject(str(year), full_name(year), _address_of(office, year)) for year in years),
        every=(
            Chapter("地域の取組", tuple(rows), f"取組の名は、はじめの{TITLES}件までです。"),
            _figures(years, lambda model: model.objects.published().for_region(office)),
        ),
        wants_differences=bool(choice.only),
    )


def _address_of(office, year):
    has_page = any(
        model.objects.published().for_region(office).in_year(year).exists() for model in (RegionalPolicy, Initiative)
    )
    return reverse("subprefecture_year", args=[office.slug, year]) if has_page else office.get_absolute_url()


def _row(label, editions, text):
    """Of two years the words are marked in which the later differs from the earlier."""
    said = [text(edition).strip() if edition else "" for edition in editions]
    if len(said) != 2 or not all(said) or said[0] == said[1]:
        return Row(label, tuple(map(Cell, said)))
    return Row(label, _marked(said, is_reversed=editions[0].fiscal_year > editions[1].fiscal_year))


def _marked(said, is_reversed):
    before, after = reversed(said) if is_reversed else said
    found = pieces(before, after, words)
    cells = [
        Cell(text, pieces=tuple(piece for piece in found if piece[0] != other))
        for text, other in ((before, "new"), (after, "gone"))
    ]
    return tuple(reversed(cells) if is_reversed else cells)


def _of_program(model, program):
    return model.objects.published().of_the_prefecture().filter(program=program)


def _figures(years, figures_of):
    """A row for each programme that has figures in any of `years`."""
    rows = []
    for model, noun, unit in KINDS:
        by_program = defaultdict(dict)
        for each in figures_of(model).filter(fiscal_year__in=years).select_related("program").for_charts():
            by_program[each.program][each.fiscal_year] = each
        for program in sorted(by_program, key=lambda program: (program.order, program.slug)):
            found = [by_program[program].get(year) for year in years]
            cells = tuple(Cell(grouped(each.value), each.value) if each else Cell() for each in found)
            rows.append(Row(f"{program}の{noun}", cells, unit))
    return Chapter("数字", tuple(rows))
