"""What the first page shows."""

from functools import cached_property
from itertools import groupby

from django.urls import reverse
from django.utils.timezone import localdate

from regions.maps import area_map
from regions.models import Initiative, Municipality, Subprefecture
from sumairu.lib.wareki import fiscal_year_on
from sumairu.lib.year_strip import year_strip
from support.charts import budget_charts, dispatch_charts
from support.descriptions import shown_chart
from support.models import BudgetFigure, DispatchFigure
from support.notices.models import Notice
from support.pillars import pillar_shelves
from support.standing import open_calls_of, standings

CALLS = 8
INITIATIVES_OF_EACH = 3  # office


class HomePage:
    def __init__(self):
        self.today = localdate()
        self.this_year = fiscal_year_on(self.today)

    @cached_property
    def towns(self):
        return Municipality.objects.governed()

    @cached_property
    def offices(self):
        return Subprefecture.objects.with_municipality_count()

    @cached_property
    def map(self):
        return area_map(self.offices)

    @cached_property
    def standings(self):
        return standings()

    @property
    def shelves(self):
        return pillar_shelves(self.standings)

    @cached_property
    def calls(self):
        return open_calls_of(self.standings)[:CALLS]

    @cached_property
    def notices(self):
        return Notice.objects.on_home(self.today).select_related("subprefecture")

    # The initiatives of the newest year that has any.

    @cached_property
    def newest_year(self):
        return Initiative.objects.published().newest_year()

    @property
    def years(self):
        years = Initiative.objects.published().fiscal_years()
        urls = {year: f"{reverse('initiative_list')}?year={year}" for year in years}
        return year_strip(urls, self.newest_year, self.this_year)

    @cached_property
    def regions(self):
        """Pairs of an office and the first of its initiatives, in official order."""
        if not self.newest_year:
            return []
        initiatives = Initiative.objects.published().in_year(self.newest_year)
        rows = initiatives.first_of_each_office(INITIATIVES_OF_EACH).select_related("subprefecture")
        return [(office, list(those)) for office, those in groupby(rows, key=lambda row: row.subprefecture)]

    @cached_property
    def charts(self):
        """One of money and one of people."""
        budgets = BudgetFigure.objects.published().of_the_prefecture()
        dispatches = DispatchFigure.objects.published().of_the_prefecture()
        return budget_charts(budgets, most=1) + dispatch_charts(dispatches, most=1)

    @property
    def shown(self):
        return list(map(shown_chart, self.charts))

    @property
    def figures_year(self):
        return max((chart.newest_year for chart in self.charts), default=None)
