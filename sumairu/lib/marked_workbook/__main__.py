"""`python -m sumairu.lib.marked_workbook`: the process that marks a workbook."""

from collections import defaultdict
from typing import Any

from sumairu.lib.marked_workbook import Mark
from sumairu.lib.marked_workbook.marks import list_marks, mark_cell
from sumairu.lib.marked_workbook.opening import to_mark
from sumairu.lib.marked_workbook.results import saved
from sumairu.lib.workbooks.child import run_child


def _mark(asked: dict[str, Any], content: bytes) -> bytes:
    """What the process does."""
    marks = [Mark(*fields) for fields in asked["marks"]]
    workbook, titles, said, raws = to_mark(content, asked["name"])
    by_cell = defaultdict(list)
    for mark in marks:
        if mark.sheet in titles and mark.cell:
            by_cell[titles[mark.sheet], mark.cell].append(mark)
    for (title, cell), of_cell in by_cell.items():
        mark_cell(workbook[title], cell, of_cell)
    notices = [*asked["notices"], *said]
    if asked["all"] > len(marks):
        notices.append(
            f"直すところは{asked['all']:,}か所あります。このブックには、そのうち{len(marks):,}か所を示します。"
        )
    list_marks(workbook, asked["name"], marks, titles, notices)
    return saved(workbook, raws)


if __name__ == "__main__":
    run_child(_mark)
