"""What the page of a municipality shows: what support it may use, what is done around it, how it fares."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.urls import reverse
from django.utils.timezone import localdate

from regions.charts import indicator_charts
from regions.maps import near_map
from regions.models import Initiative, Municipality
from sumairu.pages.charts import trend_charts
from sumairu.pages.town_files import tables_of
from sumairu.paging import BoundedPaginator
from sumairu.publishing.as_of import on_day
from support.answers import answers_for, grouped, headline, judged_by
from support.navigator import Need

MOST_INITIATIVES = 20  # the list has all


@dataclass
class TownPage:
    town: Municipality
    on: date | None = None  # the day that answers stand on, over what is public today

    @property
    def office(self):
        return self.town.subprefecture

    @property
    def parents(self):
        return [("市町村", reverse("municipality_list")), (self.office.name, self.office.get_absolute_url())]

    @property
    def today(self):
        return self.on or localdate()

    @property
    def shown(self):
        return tables_of(self)

    # What it hears of the programmes.

    @cached_property
    def answers(self):
        return answers_for(self.town, self.on, localdate())

    @cached_property
    def groups(self):
        return grouped(self.answers)

    @property
    def headline(self):
        return headline(self.answers, self.on)

    @property
    def judged_by(self):
        return judged_by(self.answers)

    @property
    def themed(self):
        """Of each theme that a programme has: the theme, and where it is said what fits the town and it."""
        themes = {theme for answer in self.answers for theme in answer.standing.program.themes.all()}
        in_order = sorted(themes, key=lambda theme: (theme.order, theme.name))
        return [(theme, on_day(Need(town=self.town, theme=theme).asking(None).address, self.on)) for theme in in_order]

    # Where it lies, and what is done there.

    @cached_property
    def _around(self):
        return list(self.office.municipalities.all())

    @property
    def map(self):
        return near_map(self._around)

    @property
    def neighbours(self):
        return [town for town in self._around if not town.northern_territory]

    @cached_property
    def initiative_year(self):
        """The newest year in which anything concerns the town."""
        return Initiative.objects.published().newest_year_concerning(self.town)

    @cached_property
    def initiatives(self):
        concerning = Initiative.objects.published().in_year(self.initiative_year).concerning(self.town)
        return BoundedPaginator(concerning, MOST_INITIATIVES, Initiative.objects.all()).page(1)

    # What is known of it in numbers.

    @cached_property
    def indicators(self):
        return indicator_charts(self.town)

    @cached_property
    def trends(self):
        return trend_charts(self.town)

    @cached_property
    def facts(self):
        return self.town.facts.newest().select_related("fact").order_by("fact__order", "fact__slug")
