"""The years of a figure as the table beneath its chart shows them (templates/_figure_table.html)."""

from dataclasses import dataclass

from sumairu.lib.calendars import Calendar


@dataclass(frozen=True)
class YearRow:
    year: int
    calendar: Calendar
    value: str
    difference: str  # 「—」 where the year before has no figure
    as_printed: str
    cell: str
    stage: str
    before: str  # the value it had before its last change; empty where it never changed


def year_row(figure, values, change, cell, say, stage=""):
    """The row of `figure`; `values` are those of all years, `change` its last one or None, `say` how a table says it."""
    before = values.get(figure.fiscal_year - 1)
    step = None if before is None else figure.value - before
    return YearRow(
        year=figure.fiscal_year,
        calendar=figure.calendar,
        value=say(figure.value),
        difference="—" if step is None else f"{'+' if step > 0 else ''}{say(step)}",
        as_printed=figure.as_printed,
        cell=cell,
        stage=stage,
        before=say(change.before) if change else "",
    )
