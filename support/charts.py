"""Published figures as charts: one message, bars, and a table in which every figure says where it comes from."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from regions.charts import short, yen_unit
from sumairu.imports import sources
from sumairu.imports.tables import YearRow, year_row
from sumairu.lib.amounts import about_yen, grouped, in_unit
from sumairu.lib.chart_words import Message, described, message
from sumairu.lib.charts import BarChart, bar_chart, signed, yearly
from support.models import BudgetFigure, DispatchFigure, Program, ProgramEdition

MOST_CHARTS = 12  # of a kind on a page; every chart has its table, and all figures are in the files to download


@dataclass(frozen=True)
class Measure:
    """How figures of one kind are spoken of, drawn and tabled; values are whole yen or people."""

    slug: str
    noun: str
    say: Callable[[int], str]
    table_unit: str
    in_table: Callable[[int], str]
    chart_unit: Callable[[int], str]  # the unit that suits the largest value
    with_rate: bool = False

    def drawn(self, unit):
        """What stands over a bar, and between two: a value in `unit`, shortened to one decimal."""
        if unit == self.table_unit:
            return "{:,}".format, signed
        return (lambda value: f"{short(value, unit):,}"), (lambda value: signed(short(value, unit)))


BUDGET = Measure(
    slug="budget",
    noun="予算額",
    say=about_yen,
    table_unit="千円",
    in_table=lambda yen: grouped(in_unit(yen, "千円")),
    chart_unit=yen_unit,
    with_rate=True,
)
DISPATCH = Measure(
    slug="dispatch",
    noun="派遣者数",
    say="{:,}人".format,
    table_unit="人",
    in_table=grouped,
    chart_unit=lambda people: "人",
)


@dataclass(frozen=True)
class FigureChart:
    measure: Measure
    program: Program
    edition: ProgramEdition | None  # of the newest year drawn, for what its source says of the figures
    message: Message
    drawing: BarChart
    caption: str
    description: str
    rows: list[YearRow]
    summary: str  # of where the figures come from, in a line
    details: list[dict]
    stages: list[str]
    figures: list[BudgetFigure | DispatchFigure]  # those of the rows

    @property
    def slug(self):
        """Tells it from the other charts of a page."""
        return f"{self.measure.slug}-{self.program.slug}"

    @property
    def newest_year(self):
        return self.rows[-1].year


def budget_charts(figures, wide=False, most=MOST_CHARTS):
    """A chart of each of the first `most` programmes in `figures`, published budgets of one office or of the prefecture."""
    return _charts(BUDGET, with_sources(figures.of_the_first(most)).for_charts(), wide)


def dispatch_charts(figures, wide=False, most=MOST_CHARTS):
    return _charts(DISPATCH, with_sources(figures.of_the_first(most)).for_charts(), wide)


def charts_of(program, wide=True):
    """Every chart of one programme, for the whole prefecture."""
    budgets = BudgetFigure.objects.published().of_the_prefecture().filter(program=program)
    dispatches = DispatchFigure.objects.published().of_the_prefecture().filter(program=program)
    return budget_charts(budgets, wide) + dispatch_charts(dispatches, wide)


def with_sources(figures):
    return sources.with_sources(figures).select_related("program", "subprefecture")


def _charts(measure, figures, wide):
    changes, editions = sources.last_changes(figures), _editions(figures)
    by_program = defaultdict(list)
    for figure in figures:
        by_program[figure.program].append(figure)
    programs = sorted(by_program, key=lambda program: (program.order, program.slug))
    return [
        _chart(measure, program, by_program[program], changes, editions.get(program.pk), wide) for program in programs
    ]


def _chart(measure, program, figures, changes, edition, wide):
    values = {figure.fiscal_year: figure.value for figure in figures}
    unit = measure.chart_unit(max(values.values()))
    label, difference = measure.drawn(unit)
    points = yearly(values, label)
    files = {figure.run.file.pk for figure in figures if figure.run}
    return FigureChart(
        measure=measure,
        program=program,
        edition=edition,
        message=message(points, measure.noun, measure.say, measure.with_rate),
        drawing=bar_chart(points, wide, difference),
        caption=f"{program}の{measure.noun}（{unit}）",
        description=described(points, f"{program}の{measure.noun}", unit),
        rows=[
            year_row(
                figure,
                values,
                changes.get(figure.pk),
                sources.cell_of(figure, with_file=len(files) > 1),
                measure.in_table,
                _stage(figure),
            )
            for figure in figures
        ],
        summary=sources.summary_of(figures),
        details=sources.details_of(figures, changes, edition.source if edition else ""),
        stages=list(dict.fromkeys(_stage(figure) for figure in figures if _stage(figure))),
        figures=figures,
    )


def _stage(figure):
    """「当初」, 「2月補正」; empty where the source states none, and for what has no stages."""
    if not getattr(figure, "stage", ""):
        return ""
    return figure.supplement or figure.get_stage_display()


def _editions(figures):
    """Of each programme, by primary key, the public edition of its newest figure's year, else the last one before."""
    newest = {figure.program_id: figure.fiscal_year for figure in figures}  # oldest first
    editions = ProgramEdition.objects.published().filter(program__in=newest).order_by("fiscal_year")
    return {edition.program_id: edition for edition in editions if edition.fiscal_year <= newest[edition.program_id]}
