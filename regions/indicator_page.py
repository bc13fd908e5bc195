"""What the page of an indicator shows: the figures of the municipalities in one year, and their sum over the years."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse

from regions.charts import arranged, overview, sources_of, total_chart, town_rows
from regions.descriptions import figures_of
from regions.forms import TownOrder
from regions.models import Indicator
from sumairu.imports.sources import workbooks_of
from sumairu.lib.shown import Column, Shown
from sumairu.lib.year_strip import year_strip
from sumairu.linked_data import address, csv_of, dataset, told


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

    @property
    def shown(self):
        """The towns of the year as the table has them, with those that have no figure, then the totals of all years."""
        indicator, calendar, unit = self.indicator, self.indicator.calendar, self.indicator.unit
        whose = f"{self.office}管内" if self.office else "市町村別"
        told = {"sources": [indicator.source], "notes": [*filter(None, [indicator.note])]}
        years = [
            Column("fiscal_year", f"{calendar.noun}（西暦）", type="year"),
            Column("year_in_words", f"{calendar.noun}（和暦）"),
        ]
        towns = [
            Column("municipality_code", "全国地方公共団体コード"),
            Column("municipality", "市町村"),
            Column("subprefecture", "振興局"),
            *years,
            Column("amount", indicator.name, unit, "integer"),
            Column("difference", f"前{calendar.noun}との差", unit, "integer"),
            Column("source_file", "出どころ（ファイル名）"),
            Column("sheet", "出どころ（シート）"),
            Column("cell", "出どころ（セル）"),
        ]
        yield Shown(
            f"{indicator}（{whose}）{self.indicator.calendar.name(self.year)}",
            towns,
            lambda: [_cells(row, self.year, calendar.name(self.year)) for row in self.rows],
            slug="towns",
            sources_beside=lambda: workbooks_of(self.indicator.figures.in_year(self.year)),
            **told,
        )
        if self.total:
            totals = self.total.values
            yield Shown(
                f"{indicator}の合計（{self.office}管内）" if self.office else f"{indicator}の合計（全道）",
                [*years, Column("total", "合計", unit, "integer")],
                lambda: [[year, calendar.name(year), total] for year, total in totals.items()],
                slug="total",
                **told,
            )

    @property
    def linked_data(self):
        """The figures of all towns and years, and what they are from."""
        source = told(type="CreativeWork", name=self.indicator.source, url=self.indicator.source_url)
        table = figures_of(self.indicator)
        return [dataset(table, address(self.indicator.get_absolute_url()), [csv_of(table)], isBasedOn=source)]

    @cached_property
    def overview(self):
        return overview(self.rows, f"{self.office}管内の" if self.office else "")

    @cached_property
    def total(self):
        return total_chart(self.indicator, self.office)

    @cached_property
    def sources(self):
        return sources_of(self.rows, self.indicator)


def _cells(row, year, year_name):
    """What a file has of a town: what its year does not tell is unknown."""
    figure, town = row.figure, row.town
    place = [town.code, town.name, town.subprefecture.name, year, year_name]
    if figure is None:
        return [*place, None, None, None, None, None]
    source = [figure.run.file.name if figure.run else None, figure.sheet, figure.cell]
    return [*place, figure.value, None if row.before is None else figure.value - row.before, *source]
