"""What towns took of programmes, read together: of each town, programme and year all that is counted, in one line."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from regions.models import Municipality
from sumairu.imports.sources import details_of, last_changes, summary_of, with_sources
from sumairu.lib.amounts import grouped
from support.models import Program
from support.uptake.models import Counted, UptakeFigure

UNKNOWN = "記録なし"


@dataclass(frozen=True)
class Uptake:
    """What one town took of one programme in one fiscal year. What is not among its `figures` is not known."""

    municipality: Municipality
    program: Program
    fiscal_year: int
    figures: Mapping[str, UptakeFigure]  # by what is counted

    @property
    def is_sample(self):
        return any(figure.is_sample for figure in self.figures.values())

    @property
    def took_nothing(self):
        """Is it known that the town used nothing of it?"""
        return not any(figure.value for figure in self.figures.values())

    @property
    def in_words(self):
        """「交付決定額120万円、交付決定件数2件」."""
        return "、".join(f"{Counted(name).label}{figure.in_words}" for name, figure in self.figures.items())

    def cells(self, columns):
        """As the columns of a table say it."""
        found = (self.figures.get(column) for column in columns)
        return [UNKNOWN if figure is None else grouped(figure.value) for figure in found]


def read(figures):
    """`figures` with all that a page says of them, the newest year first, in the order of programmes and towns."""
    return (
        with_sources(figures)
        .select_related("program", "municipality__subprefecture")
        .order_by("-fiscal_year", "program__order", "program__slug", "municipality__code", Counted.in_order())
    )


def together(figures):
    """What `figures`, as `read` orders them, say of each town, programme and year."""
    found = []
    for _, some in groupby(figures, lambda figure: (figure.fiscal_year, figure.program_id, figure.municipality_id)):
        by_name = {figure.counted: figure for figure in some}
        first = next(iter(by_name.values()))
        found.append(Uptake(first.municipality, first.program, first.fiscal_year, by_name))
    return found


def uptake_of_towns(towns, on=None, years=None):
    """Of each of `towns` (a few of them) what it took, newest year first, by its primary key.

    Of `years` alone where they are given. Towns of which nothing is recorded have an empty list: that is not known, and
    does not say that they used nothing.
    """
    figures = UptakeFigure.objects.published(on).filter(municipality__in=[town.pk for town in towns])
    if years is not None:
        figures = figures.filter(fiscal_year__in=years)
    found = defaultdict(list)
    for uptake in together(read(figures)):
        found[uptake.municipality.pk].append(uptake)
    return {town.pk: found[town.pk] for town in towns}


def tabled(rows):
    """As a table shows `rows`: what any of them counts, in order, and of each row what stands under these."""
    columns = [counted for counted in Counted if any(counted in row.figures for row in rows)]
    return {"columns": columns, "lines": [(row, row.cells(columns)) for row in rows]}


def sources_of(rows, name):
    """The line that says where the figures of `rows` are from, and what it opens to; `name` says which row a figure is of."""
    figures = [figure for row in rows for figure in row.figures.values()]
    if not figures:
        return None
    return {
        "summary": summary_of(figures),
        "details": details_of(
            figures,
            last_changes(figures),
            name=lambda figure: f"{name(figure)}の{Counted(figure.counted).label}",
        ),
        "is_sample": any(figure.is_sample for figure in figures),
    }
