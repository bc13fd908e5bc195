"""What the page of an office shows: its direction and initiatives of a fiscal year, its desks and its municipalities."""

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.timezone import localdate

from regions.maps import near_map
from regions.models import Initiative, RegionalPolicy, Subprefecture
from sumairu.lib.wareki import fiscal_year_on
from sumairu.lib.year_strip import year_strip
from sumairu.paging import BoundedPaginator

INITIATIVES = 20  # the list has all


@dataclass
class OfficePage:
    """The page of the year that was `asked` for; without one, of the newest in which something is public."""

    office: Subprefecture
    asked: int | None = None

    @property
    def parents(self):
        return [("地域の取組", reverse("subprefecture_list"))]

    @cached_property
    def public_years(self):
        """The fiscal years in which the office has something public."""
        policies = RegionalPolicy.objects.published().for_region(self.office)
        initiatives = Initiative.objects.published().for_region(self.office)
        return {*policies.fiscal_years(), *initiatives.fiscal_years()}

    @property
    def newest_year(self):
        return max(self.public_years, default=None)

    @property
    def year(self):
        """None where nothing is public."""
        return self.asked or self.newest_year

    @property
    def is_newest(self):
        return self.year == self.newest_year

    @property
    def this_year(self):
        return fiscal_year_on(localdate())

    @property
    def years(self):
        urls = {year: reverse("subprefecture_year", args=[self.office.slug, year]) for year in self.public_years}
        return year_strip(urls, self.year, self.this_year)

    @cached_property
    def policy(self):
        return RegionalPolicy.objects.published().for_region(self.office).in_year(self.year).first()

    @cached_property
    def initiatives(self):
        public = Initiative.objects.published().for_region(self.office).in_year(self.year)
        return BoundedPaginator(public, INITIATIVES, Initiative.objects.all()).page(1)

    @cached_property
    def _around(self):
        return list(self.office.municipalities.all())

    @cached_property
    def towns(self):
        return [town for town in self._around if not town.northern_territory]

    @cached_property
    def map(self):
        return near_map(self._around)

    @cached_property
    def desks(self):
        return self.office.desks.all()
