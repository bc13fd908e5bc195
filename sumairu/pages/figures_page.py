"""What the page of figures shows: budgets and dispatches of the whole prefecture, year by year."""

from functools import cached_property

from django.urls import reverse
from django.utils.timezone import localdate

from regions.descriptions import INDICATORS
from regions.models import Indicator
from sumairu.lib.wareki import fiscal_year_on
from sumairu.linked_data import address, csv_of, dataset
from support.charts import MOST_CHARTS, budget_charts, dispatch_charts
from support.descriptions import BUDGETS, HEADCOUNTS, shown_chart
from support.models import BudgetFigure, DispatchDuty, DispatchFigure


class FiguresPage:
    most_charts = MOST_CHARTS

    @cached_property
    def budgets(self):
        return budget_charts(BudgetFigure.objects.published().of_the_prefecture(), wide=True)

    @cached_property
    def dispatches(self):
        return dispatch_charts(DispatchFigure.objects.published().of_the_prefecture(), wide=True)

    @property
    def charts(self):
        return self.budgets + self.dispatches

    @property
    def shown(self):
        return [*map(shown_chart, self.charts), INDICATORS.shown()]

    @property
    def linked_data(self):
        """The sets that the charts are drawn from, as far as some are of no sample."""
        page = address(reverse("figures"))
        sets = ((BUDGETS, "budget", self.budgets), (HEADCOUNTS, "dispatch", self.dispatches))
        return [
            dataset(table, f"{page}#{place}", [csv_of(table)])
            for table, place, charts in sets
            if any(not chart.program.is_sample for chart in charts)
        ]

    @property
    def has_stages(self):
        return any(chart.stages for chart in self.budgets)

    @property
    def newest_year(self):
        return max((chart.newest_year for chart in self.charts), default=None)

    @property
    def this_year(self):
        return fiscal_year_on(localdate())

    @cached_property
    def duties(self):
        return DispatchDuty.objects.published().of_the_newest_year()

    @cached_property
    def indicators(self):
        return Indicator.objects.with_figures()
