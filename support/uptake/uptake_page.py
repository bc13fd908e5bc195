"""What the page of what towns took shows: sums by year and office, and each town, programme and year."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.urls import reverse

from regions.models import Municipality, Subprefecture
from sumairu.lib.shown import Column
from sumairu.lib.wareki import era_name, full_name
from support.uptake import totals
from support.uptake.descriptions import shown_figures
from support.uptake.forms import UptakeFilter
from support.uptake.models import UptakeFigure
from support.uptake.records import read, sources_of, tabled, together
from support.uptake.town_map import map_of_uptake

ROWS_A_PAGE = 50
KEY = ("fiscal_year", "program", "municipality")


class UptakePaginator(Paginator):
    """Pages of towns, programmes and years, each found by its key, and then read with all that is counted of it."""

    def __init__(self, figures):
        self.figures = figures
        keys = figures.order_by("-fiscal_year", "program__order", "program__slug", "municipality__code")
        super().__init__(
            keys.values_list(*KEY, "program__order", "program__slug", "municipality__code").distinct(), ROWS_A_PAGE
        )

    @property
    def count_words(self):
        return f"{self.count:,}件"

    def page(self, number):
        page = super().page(number)
        keys = [key[: len(KEY)] for key in page.object_list]
        years, programs, towns = ({key[place] for key in keys} for place in range(len(KEY)))
        around = self.figures.filter(fiscal_year__in=years, program__in=programs, municipality__in=towns)
        found = {(row.fiscal_year, row.program.pk, row.municipality.pk): row for row in together(read(around))}
        page.object_list = [found[key] for key in keys if key in found]
        return page


@dataclass
class UptakePage:
    form: UptakeFilter
    number: str = ""  # of the part of the list

    @property
    def parents(self):
        return [("数字で見る", reverse("figures"))]

    @cached_property
    def asked(self):
        empty = dict.fromkeys(self.form.fields)
        return empty | self.form.cleaned_data if self.form.is_valid() else empty

    @cached_property
    def year(self):
        """None where the list is of all years: of a programme or a town. Else it is of the newest, unless another is asked for."""
        if self.asked["year"] or self.program or self.town or not self.form.is_valid():
            return self.asked["year"]
        return max(self._of_all_years.fiscal_years(), default=None)

    @property
    def office(self):
        return self.asked["office"]

    @property
    def town(self):
        return self.asked["town"]

    @property
    def program(self):
        return self.asked["program"]

    @property
    def about(self):
        """「令和7年度（2025）　地域づくり総合交付金　釧路総合振興局管内」."""
        office = f"{self.office}管内" if self.office else None
        year = full_name(self.year) if self.year else "すべての年度"
        return "　".join(str(each) for each in (year, self.program, office, self.town) if each)

    @cached_property
    def _of_all_years(self):
        if not self.form.is_valid():
            return UptakeFigure.objects.none()
        figures = UptakeFigure.objects.published()
        if self.program:
            figures = figures.filter(program=self.program)
        if self.office:
            figures = figures.for_region(self.office)
        if self.town:
            figures = figures.filter(municipality=self.town)
        return figures

    @cached_property
    def figures(self):
        return self._of_all_years.in_year(self.year) if self.year else self._of_all_years

    @cached_property
    def rows(self):
        return UptakePaginator(self.figures).get_page(self.number)

    @property
    def table(self):
        return tabled(self.rows.object_list)

    @property
    def sources(self):
        def name(figure):
            return f"{era_name(figure.fiscal_year)}の{figure.municipality}（{figure.program}）"

        return sources_of(self.rows.object_list, name)

    @cached_property
    def map(self):
        """Of one year: the newest where several are listed. None of one town."""
        year = self.year or max(self._of_all_years.fiscal_years(), default=None)
        if self.town or year is None:
            return None
        return map_of_uptake(self._of_all_years, year, self.asked["counted"], self.office)

    # Sums, each with the number of towns that it is of.

    @cached_property
    def _years(self):
        return totals.totals(self._of_all_years, "fiscal_year")

    @property
    def by_year(self):
        return totals.tabled([self._years[year] for year in sorted(self._years, reverse=True)])

    @cached_property
    def _offices(self):
        """Pairs of an office and its total, in official order."""
        found = totals.totals(self.figures, "municipality__subprefecture")
        governed = Count("municipalities", Q(municipalities__northern_territory=False))
        offices = Subprefecture.objects.filter(pk__in=found).annotate(governed=governed)
        return [(office, found[office.pk]) for office in offices]

    @cached_property
    def by_office(self):
        """Of each office of whose towns anything is recorded; None where one town is asked for."""
        if self.town:
            return None
        table = totals.tabled([total for _, total in self._offices])
        lines = [(office, *line) for (office, _), line in zip(self._offices, table["lines"], strict=True)]
        return {"columns": table["columns"], "lines": lines}

    @cached_property
    def coverage(self):
        """Of how many municipalities anything is recorded, and of how many there are."""
        towns = Municipality.objects.governed()
        if self.office:
            towns = towns.filter(subprefecture=self.office)
        recorded = self.figures.order_by().aggregate(many=Count("municipality", distinct=True))["many"]
        return recorded, towns.count()

    @property
    def other_years(self):
        """The list with all that was asked for but the year, to which a year is added."""
        kept = {
            name: value for name, value in self.form.data.items() if value and name in self.asked and name != "year"
        }
        return f"?{urlencode(kept)}&" if kept else "?"

    @property
    def shown(self):
        whose = "　".join(str(each) for each in (self.program, self.office, self.town) if each)
        shown = [
            shown_figures(self.figures, f"使ったまち　{self.about}"),
            totals.shown_years(self._years, f"使ったまちの年度ごとの合計　{whose}".strip()),
        ]
        if not self.town:
            offices = [([office.name], total) for office, total in self._offices]
            heads = [Column("subprefecture", "振興局")]
            shown.append(totals.shown_totals(offices, heads, f"振興局ごとの合計　{self.about}", "uptake-offices"))
        return [*shown, self.map.shown("uptake-map", whose)] if self.map else shown
