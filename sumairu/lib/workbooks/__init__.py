"""Workbooks as offices keep them, read as a person would: each figure with its cell, and why the other cells are none.

    read_workbook(content, "予算額.xlsx").figures[0]
    Figure(sheet='予算額', cell='B7', label='地域づくり総合交付金', fiscal_year=2018, unit='億円', value=4550000000, …)

The steps, each a plain function of the one before it: `files` (may it be opened), `grids` (a file becomes grids of
typed `cells`: by `excel`, `old_excel`, `open_document` or `delimited`), `tables` (blocks of numbers on a sheet, with
`header_rows` and `pages`), `headers` and `labels` (the texts over and beside them), `meaning` with `years`, `units` and
`numerals` (what words and numbers mean), `contexts` and `statements` (what surroundings, columns and rows state),
`checks` (totals against their parts), `terms` and `reading` (weighed together: `figures`). No step guesses: what a
sheet does not state is None, and a cell that cannot be read is a Problem.
"""

from collections.abc import Sequence

from sumairu.lib.workbooks.child import Busy, read_apart, within
from sumairu.lib.workbooks.corrections import Correction
from sumairu.lib.workbooks.figures import Figure, Problem, Reading, Remark, Sheet, Skipped, Table
from sumairu.lib.workbooks.files import MAX_BYTES, Refused, admit

__all__ = [
    "MAX_BYTES",
    "Busy",
    "Figure",
    "Problem",
    "Reading",
    "Refused",
    "Remark",
    "Sheet",
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
