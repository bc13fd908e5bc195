"""What the page of an indicator shows: the figures of the municipalities in one year, and their sum over the years."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse

from regions.charts import arranged, overview, sources_of, total_chart, town_rows
from regions.forms import TownOrder
from regions.models import Indicator
from sumairu.lib.year_strip import year_strip


@dataclass
class IndicatorPage:
    """`form` says whose figures a reader asked for, and in what order."""

    indicator: Indicator
    year: int
    form: TownOrder

    @property
    def parents(self):
        return [("数字で見る", reverse("figures")), ("市町村別の数値", reverse("indicator_list"))]

    @property
    def canonical(self):
        return self.indicator.get_absolute_url() if self.year == self.indicator.newest_year else None

    @cached_property
    def asked(self):
        return self.form.cleaned_data if self.form.is_valid() else {}

    @property
    def office(self):
        return self.asked.get("office")

    @property
    def years(self):
        """Each leads to what was asked for, in that year."""
        kept = urlencode({name: value for name, value in self.form.data.items() if value and name in self.asked})
        urls = {
            year: reverse("indicator_year", args=[self.indicator.slug, year]) + (f"?{kept}" if kept else "")
            for year in self.indicator.figures.fiscal_years()
        }
        return year_strip(urls, self.year, max(urls), gap="なし", name=self.indicator.calendar.name)

    @cached_property
    def rows(self):
        return arranged(town_rows(self.indicator, self.year), **self.asked)

    @cached_property
    def overview(self):
        return overview(self.rows, f"{self.office}管内の" if self.office else "")

    @cached_property
    def total(self):
        return total_chart(self.indicator, self.office)

    @cached_property
    def sources(self):
        return sources_of(self.rows, self.indicator)
