"""What the page of an office shows: its direction and initiatives of a fiscal year, its desks and its municipalities."""

from dataclasses import dataclass
from functools import cached_property

from django.http import Http404
from django.urls import reverse
from django.utils.timezone import localdate

from regions.descriptions import INITIATIVES, TOWNS
from regions.maps import near_map
from regions.models import Initiative, RegionalPolicy, Subprefecture, public_years
from sumairu.lib.wareki import fiscal_year_on, full_name
from sumairu.lib.year_strip import year_strip
from sumairu.paging import BoundedPaginator
from sumairu.publishing.ended import Ended
from sumairu.related import tables_beside

MOST_INITIATIVES = 20  # the list has all


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
        return public_years(self.office)

    def gone(self):
        """What to raise where the year that was asked for has nothing public: it ended, or there never was any."""
        of_year = {"subprefecture": self.office, "fiscal_year": self.asked}
        if policy := RegionalPolicy.objects.ever_public().filter(**of_year).first():
            return Ended(policy)
        if Initiative.objects.ever_public().filter(**of_year).exists():
            return Ended(RegionalPolicy(**of_year), INITIATIVES.label)
        return Http404()

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
        return BoundedPaginator(public, MOST_INITIATIVES, Initiative.objects.all()).page(1)

    @cached_property
    def _around(self):
        return list(self.office.municipalities.all())

    @cached_property
    def towns(self):
        return [town for town in self._around if not town.northern_territory]

    @property
    def shown(self):
        """The tables that can be taken away; those of the initiatives and towns are as their lists have them."""
        year = full_name(self.year) if self.year else ""
        initiatives = INITIATIVES.public().for_region(self.office).in_year(self.year)
        towns = TOWNS.public().filter(subprefecture=self.office)
        return [
            INITIATIVES.shown(initiatives, title=f"{self.office}の取組　{year}".strip()),
            TOWNS.shown(towns, title=f"{self.office}の市町村"),
            *tables_beside(self.office, self.policy),
        ]

    @cached_property
    def map(self):
        return near_map(self._around)

    @cached_property
    def desks(self):
        return self.office.desks.all()
