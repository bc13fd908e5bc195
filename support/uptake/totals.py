"""Sums of what towns took, each with how many towns it is of: what nobody has recorded is not in a sum as 0."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Sum

from sumairu.lib.amounts import grouped
from sumairu.lib.shown import Column, Shown
from sumairu.lib.wareki import era_name
from support.uptake.models import Counted
from support.uptake.records import UNKNOWN


@dataclass(frozen=True)
class Total:
    """`key` says what it is of: a fiscal year, the primary key of an office."""

    key: int
    towns: int  # of which anything is recorded
    sums: Mapping[str, tuple[int, int]]  # by what is counted: the sum, and the towns that it is of

    def cells(self, columns):
        """「1,200,000（3市町村）」."""
        found = (self.sums.get(column) for column in columns)
        return [UNKNOWN if each is None else f"{grouped(each[0])}（{each[1]}市町村）" for each in found]


def totals(figures, by):
    """A `Total` for each value that the lookup `by` leads to, by that value. Two queries, however many figures."""
    plain = figures.order_by()
    towns = plain.values(by).annotate(towns=Count("municipality", distinct=True)).values_list(by, "towns")
    sums = plain.values(by, "counted").annotate(sum=Sum("amount"), towns=Count("municipality", distinct=True))
    found = defaultdict(dict)
    for key, counted, total, of in sums.values_list(by, "counted", "sum", "towns"):
        found[key][counted] = (int(total), of)
    return {key: Total(key, many, found[key]) for key, many in towns}


def tabled(totals):
    """As a table shows `totals`: what any of them counts, in order, and of each total what stands under these."""
    columns = [counted for counted in Counted if any(counted in total.sums for total in totals)]
    return {"columns": columns, "lines": [(total, total.cells(columns)) for total in totals]}


def shown_totals(rows, heads, title, slug):
    """Totals as they are taken away: `rows` are pairs of what heads a line, a value for each column of `heads`, and its `Total`."""
    counted = [each for each in Counted if any(each in total.sums for _, total in rows)]
    columns = [*heads, Column("towns", "記録のあるまち", "市町村", "integer")]
    for each in counted:
        columns += [
            Column(each.value, each.label, each.unit, "integer"),
            Column(f"{each.value}_towns", f"{each.label}を足したまち", "市町村", "integer"),
        ]

    def cells():
        for head, total in rows:
            sums = (total.sums.get(each, (None, None)) for each in counted)
            yield [*head, total.towns, *(value for pair in sums for value in pair)]

    notes = ["合計は、記録のある市町村だけを足したものです。"]
    return Shown(title, columns, cells, slug=slug, notes=notes)


def shown_years(by_year, title):
    """The sums of each year, the newest first."""
    heads = [Column("fiscal_year", "年度（西暦）", type="year"), Column("fiscal_year_in_words", "年度（和暦）")]
    rows = [([year, era_name(year)], by_year[year]) for year in sorted(by_year, reverse=True)]
    return shown_totals(rows, heads, title, "uptake-years")
