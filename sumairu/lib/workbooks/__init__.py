"""Workbooks as offices keep them, read as a person would: each figure with its cell, and why the other cells are none.

    read_workbook(content, "予算額.xlsx").figures[0]
    Figure(sheet='予算額', cell='B7', label='地域づくり総合交付金', fiscal_year=2018, unit='億円', value=4550000000, …)

`reading` is the table of contents: it calls each step by its name. The steps stand in rooms, each built on those before:

`files`     may it be opened (`admission`); a file becomes `grids` of typed `cells`, whatever its format
`words`     what words mean: `units`, `years`, `stages`, `uses` of columns, `numerals`; it alone knows Japanese
`layout`    a grid as a typed sheet (`sheets`); its `tables` as `blocks`, with `header_rows`, `pages` and `headers`
`stated`    what surroundings (`contexts`), `columns` and `rows` with their `labels` state; `number_contexts` weigh it
`numbers`   the `account` of every number: a figure, left out, or to be mended; `totals` held against their parts

`corrections` are what an editor says of a table, `figures` what a reading consists of, `child` the process in which all
this runs. No step guesses: what a sheet does not state is None, and a cell that cannot be read is a Problem.
"""

from collections.abc import Sequence

from sumairu.lib.workbooks.child import Busy, read_apart, within
from sumairu.lib.workbooks.corrections import Correction
from sumairu.lib.workbooks.figures import Figure, Problem, Reading, Remark, SheetSummary, Skipped, Table
from sumairu.lib.workbooks.files.admission import MAX_BYTES, Refused, admit

__all__ = [
    "MAX_BYTES",
    "Busy",
    "Figure",
    "Problem",
    "Reading",
    "Refused",
    "Remark",
    "SheetSummary",
    "Skipped",
    "Table",
    "read_workbook",
    "within",
]


def read_workbook(
    content: bytes, name: str, corrections: Sequence[Correction] = (), patience: float | None = None
) -> Reading:
    """Read an uploaded workbook in a process of its own, with bounded memory and time, as `corrections` say.

    Raises Refused, whose message says in Japanese what is wrong with the file and what to do; Busy where other
    workbooks are being read for more than `patience` seconds (None waits). `name` is what the uploader called it.
    """
    admit(content, name)
    return read_apart(content, name, corrections, patience)
