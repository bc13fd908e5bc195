"""CSV for people: UTF-8 with a byte order mark, one record a line, and nothing that a spreadsheet would calculate.

>>> lines = list(csv_lines(["制度名", "予算額（円）"], [["=1+1", 4_550_000_000], ["二行の\\n名", None]]))
>>> lines[0][0] == BOM, [line.strip(BOM) for line in lines]
(True, ['制度名,予算額（円）\\r\\n', "'=1+1,4550000000\\r\\n", '二行の 名,\\r\\n'])
"""

import csv
from collections.abc import Iterable, Iterator, Sequence

from sumairu.lib.formulas import is_formula

BOM = "\ufeff"


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The lines of a file. A number stays one; None is blank, which is not zero."""
    writer = csv.writer(_Echo())
    yield BOM + writer.writerow(header)
    for row in rows:
        yield writer.writerow([safe(value) for value in row])


def safe(value: object) -> object:
    if not isinstance(value, str):
        return value
    line = " ".join(value.split())
    return f"'{line}" if is_formula(line) else line


class _Echo:
    """A file that hands back what is written to it, as `csv.writer` then does."""

    def write(self, line: str) -> str:
        return line
