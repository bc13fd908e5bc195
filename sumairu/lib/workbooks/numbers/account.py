"""The account of a sheet: what has become of each of its numbers. None disappears without a word."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sumairu.lib.workbooks import messages
from sumairu.lib.workbooks.addresses import cell_name
from sumairu.lib.workbooks.figures import Figure, Problem, Reading, Remark, SheetSummary, Skipped, Table
from sumairu.lib.workbooks.files.admission import Refused
from sumairu.lib.workbooks.files.cells import Cell
from sumairu.lib.workbooks.files.scan import MAX_RAW, Fault
from sumairu.lib.workbooks.files.texts import tidy

# The texts over a column, the uppermost first.
Path = tuple[str, ...]

# Of a workbook.
MAX_FIGURES = 200_000
MAX_OTHERS = 300_000


@dataclass
class Account:
    sheet: SheetSummary
    figures: list[Figure] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def skip(self, row: int, column: int, cell: Cell, reason: str, label: str = "", path: Path = ()) -> None:
        """Leave a number out, of which the label and the path of its column may be known. Raises Refused where too many are."""
        if len(self.skipped) >= MAX_OTHERS:
            raise _too_many_others()
        self.skipped.append(Skipped(self.sheet.name, cell_name(row, column), raw(cell), reason, label, path))

    def mend(self, row: int, column: int, cell: Cell, reason: str, label: str = "", path: Path = ()) -> None:
        self.problems.append(Problem(self.sheet.name, cell_name(row, column), raw(cell), reason, label, path))

    def mend_fault(self, row: int, column: int, cell: Cell, reason: str | None) -> None:
        """A cell without a value is to be mended, unless there is a `reason` to leave it out."""
        if reason is not None:
            self.skip(row, column, cell, reason)
        elif isinstance(cell, Fault):
            self.mend(row, column, cell, cell.reason)

    def remark(self, row: int, column: int, cell: Cell, reason: str) -> None:
        self.remarks.append(Remark(self.sheet.name, cell_name(row, column), raw(cell), reason))


def raw(cell: Cell) -> str:
    """What stands in a cell, as text."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(float(cell))
    return (cell if isinstance(cell, str) else tidy(cell))[:MAX_RAW]


def refuse_too_many(accounts: Sequence[Account]) -> None:
    """Raises Refused where the sheets of a workbook hold more than can be looked through."""
    if sum(len(account.figures) for account in accounts) > MAX_FIGURES:
        raise Refused(messages.TOO_MANY_FIGURES.format(most=MAX_FIGURES))
    if sum(len(account.skipped) + len(account.problems) for account in accounts) > MAX_OTHERS:
        raise _too_many_others()


def accounts_to_reading(accounts: Sequence[Account], notices: Sequence[str]) -> Reading:
    return Reading(
        tuple(each for account in accounts for each in account.figures),
        tuple(each for account in accounts for each in account.skipped),
        tuple(each for account in accounts for each in account.problems),
        tuple(each for account in accounts for each in account.tables),
        tuple(account.sheet for account in accounts),
        tuple(each for account in accounts for each in account.remarks),
        tuple(notices),
    )


def _too_many_others() -> Refused:
    return Refused(messages.TOO_MANY_OTHERS.format(most=MAX_OTHERS))
