"""Two to five programmes side by side, each by the edition that its page shows today."""

from sumairu.lib.wareki import full_name
from sumairu.pages.compare.comparison import Cell, Chapter, Comparison, Row, Subject
from sumairu.pages.compare.figures import newest_row
from support.comparison import windows_of
from support.descriptions import EDITIONS
from support.models import BudgetFigure, DispatchFigure, Program
from support.standing import standings

# What a programme is, whichever its year: years of one programme are not compared in it.
ALWAYS = ("program_pillar", "program_use")


def compare_programs(choice):
    programs = {program.slug: program for program in Program.objects.published().filter(slug__in=choice.keys)}
    said = {each.program.slug: each for each in standings(programs=[program.pk for program in programs.values()])}
    said = [said[slug] for slug in choice.keys]
    whole = EDITIONS.public().prefetch_related("windows").in_bulk([each.edition.pk for each in said])
    editions = [whole[each.edition.pk] for each in said]
    return Comparison(
        noun="支援制度",
        subjects=tuple(
            Subject(
                each.program.slug, each.program.official_name, each.program.get_absolute_url(), each.edition.is_sample
            )
            for each in said
        ),
        every=(_now(said), _described(editions), figures_of([each.program for each in said])),
        wants_differences=bool(choice.only),
    )


def _now(said):
    """What holds today."""
    desks = [each.desk.section if each.desk else "" for each in said]
    rows = [
        Row("いま", tuple(Cell(each.words) for each in said)),
        Row("内容の年度", tuple(Cell(full_name(each.edition.fiscal_year)) for each in said)),
        Row("窓口", tuple(map(Cell, desks))),
    ]
    return Chapter("いま", tuple(rows), "今日現在です。")


def _described(editions):
    always = [EDITIONS.part(name) for name in ALWAYS]
    compared = [part for part in EDITIONS.parts if part.is_compared]
    rows = [Row(part.label, tuple(Cell(part.text(edition).strip()) for edition in editions)) for part in always]
    rows.append(Row("受付期間（全道共通）", tuple(Cell(windows_of(edition)) for edition in editions)))
    rows += [Row(part.label, tuple(Cell(part.text(edition).strip()) for edition in editions)) for part in compared]
    return Chapter("内容", tuple(rows), "書かれていないことは、ないとは限りません。窓口でお確かめください。")


def figures_of(programs):
    """The newest budgets and headcounts of the whole prefecture."""
    rows = []
    for model, noun, unit in ((BudgetFigure, "予算額", "円"), (DispatchFigure, "派遣者数", "人")):
        figures = model.objects.published().of_the_prefecture().filter(program__in=programs)
        found = {(each.program_id, each.fiscal_year): each for each in figures.for_charts()}
        rows.append(newest_row(noun, found, [program.pk for program in programs], unit))
    return Chapter("数字", tuple(filter(None, rows)), "全道の数字で、どれかの制度にある最新の年度のものです。")
