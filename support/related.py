"""What support has to say on pages of regions: the figures of an office, and what helps with an initiative's themes."""

from regions.models import Initiative, Subprefecture, Theme
from sumairu.related import Block
from support.charts import MOST_CHARTS, budget_charts, dispatch_charts
from support.descriptions import shown_chart
from support.models import BudgetFigure, DispatchFigure, Program
from support.standing import standings
from support.standing_files import shown_programs


def figures_of_office(office, on):
    budgets = budget_charts(BudgetFigure.objects.published(on).for_region(office))
    dispatches = dispatch_charts(DispatchFigure.objects.published(on).for_region(office))
    return Block(
        title="数字で見る",
        note=f"{office.short_name}管内の予算額と派遣者数",
        template="support/_office_figures.html",
        context={
            "charts": budgets + dispatches,
            "is_cut": MOST_CHARTS in (len(budgets), len(dispatches)),
            "most_charts": MOST_CHARTS,
        },
        shown=[shown_chart(chart, f"{office.short_name}管内：") for chart in budgets + dispatches],
    )


def programs_of_themes(initiative, on):
    """Programmes of a theme that the initiative has."""
    return _programs(Program.objects.filter(themes__in=initiative.themes.all()), on, "同じ分野の支援制度")


def programs_of_theme(theme, on):
    return _programs(Program.objects.about(theme), on, f"「{theme}」の支援制度")


def _programs(programs, on, title):
    said = standings(on, programs)
    if not said:
        return None
    return Block(
        title=title,
        note="まちが使えるかどうかは、制度のページで確かめられます。",
        template="support/_programs.html",
        context={"standings": said, "title": title},
        shown=[shown_programs(said, title)],
    )


RELATED = {
    Subprefecture: [figures_of_office],
    Initiative: [programs_of_themes],
    Theme: [programs_of_theme],
}
