"""What the page of an initiative shows: what it is, what came before and after it, and what else the office does that year."""

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from regions.descriptions import INITIATIVES
from regions.models import Initiative
from sumairu.lib.days import full_period
from sumairu.lib.wareki import full_name
from sumairu.related import tables_beside

OTHERS = 10  # the list has all


@dataclass
class InitiativePage:
    initiative: Initiative

    @property
    def office(self):
        return self.initiative.subprefecture

    @property
    def parents(self):
        year = reverse("subprefecture_year", args=[self.office.slug, self.initiative.fiscal_year])
        return [("地域の取組", reverse("subprefecture_list")), (self.office.name, year)]

    @cached_property
    def themes(self):
        return self.initiative.themes.all()

    @cached_property
    def towns(self):
        return self.initiative.municipalities.all()

    @cached_property
    def links(self):
        return self.initiative.links.all()

    @cached_property
    def attachments(self):
        return self.initiative.attachments.select_related("initiative", "file")

    @property
    def period(self):
        """「2021年6月1日から2022年2月28日まで」; empty where neither is known."""
        return full_period(self.initiative.starts_on, self.initiative.ends_on)

    @cached_property
    def pictures(self):
        return self.initiative.pictures.select_related("initiative").with_copies()

    @cached_property
    def desks(self):
        return self.office.desks.select_related("subprefecture")

    # Other public initiatives.

    @cached_property
    def before(self):
        return self._public.filter(successors=self.initiative).first()

    @cached_property
    def after(self):
        return self._public.filter(predecessor=self.initiative)

    @cached_property
    def others(self):
        """The first of those of the same office and year."""
        of_year = self._public.for_region(self.office).in_year(self.initiative.fiscal_year)
        return of_year.exclude(pk=self.initiative.pk)[:OTHERS]

    @property
    def shown(self):
        """The tables that can be taken away: what other apps say of it, and the other initiatives."""
        office, year = self.office, self.initiative.fiscal_year
        others = INITIATIVES.public().for_region(office).in_year(year).exclude(pk=self.initiative.pk)
        return [
            *tables_beside(self.initiative),
            INITIATIVES.shown(others, title=f"{office.short_name}地域のほかの取組　{full_name(year)}"),
        ]

    @property
    def _public(self):
        return Initiative.objects.published().select_related("subprefecture")
