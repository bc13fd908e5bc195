"""`python -m tests.bench.readings`: a workbook of 100,000 rows × 8 columns read whole, against calamine alone.

Ours is the process of its own, its checks, the reading of every row, and the figures brought back; calamine's is the
cells alone. Once as openpyxl writes the workbook, its texts in their cells, and once as Excel does, each text once.
Prints one line of JSON.
"""

import json
import random
import resource
import subprocess
import sys
from io import BytesIO
from itertools import islice, product
from statistics import median
from time import perf_counter
from xml.sax.saxutils import escape

from openpyxl import Workbook
from python_calamine import CalamineWorkbook

from sumairu.lib.codes import check_digit
from sumairu.lib.workbooks import read_workbook
from tests.bench.server import ROOT
from tests.lib.workbooks.builders import MAIN, package, sheet_xml

ROWS = 100_000
ROUNDS = 5
HEADER = ["団体コード", "市町村", "振興局", "制度名", "年度", "段階", "備考", "予算額（千円）"]


def measure_readings():
    """The numbers, from a process that has no other children."""
    command = [sys.executable, "-m", "tests.bench.readings"]
    return json.loads(subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout.splitlines()[-1])


def main():
    numbers = {
        "read_100k_vs_calamine": _ratio(_as_openpyxl_writes(_table(ROWS))),
        "read_100k_of_excel_vs_calamine": _ratio(_as_excel_writes(_table(ROWS))),
        "read_100k_memory_mb": round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024),
    }
    content = _as_excel_writes(_table(ROWS // 5))
    numbers["read_20k_seconds"] = round(median(_seconds(_ours, content) for _ in range(ROUNDS)), 2)
    print(json.dumps(numbers))


def _ratio(content):
    """Ours over calamine's time, taken in turns so that whatever else the machine does meets both alike."""
    rounds = [(_seconds(_ours, content), _seconds(_calamine, content)) for _ in range(ROUNDS)]
    return round(median(ours for ours, _ in rounds) / median(calamine for _, calamine in rounds), 2)


def _seconds(run, content):
    begun = perf_counter()
    made = run(content)
    seconds = perf_counter() - begun
    assert len(made) >= ROWS // 5
    return seconds


def _ours(content):
    return read_workbook(content, "見本.xlsx").figures


def _calamine(content):
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python(skip_empty_area=False)


def _table(size):
    """A long table, as systems give out: of each town, programme and year one row."""
    amounts = random.Random(2021)
    towns = [(f"01{n}{check_digit(f'01{n}')}", f"見本{n}町", f"見本{n % 14}振興局") for n in range(201, 380)]
    stages = ("当初", "最終", "決算")
    rows = product(towns, range(1, 101), range(2018, 2024), stages)
    yield ["見本の財政的支援の実績"]
    yield HEADER
    for town, program, year, stage in islice(rows, size):
        yield [*town, f"見本の支援制度{program}", f"{year}年度", stage, None, amounts.randrange(1, 10**6)]


def _as_openpyxl_writes(rows):
    book = Workbook(write_only=True)
    sheet = book.create_sheet("実績")
    for row in rows:
        sheet.append(row)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _as_excel_writes(rows):
    numbers = {}
    written = []
    for place, row in enumerate(rows, 1):
        cells = [_cell(f"{letter}{place}", value, numbers) for letter, value in zip("ABCDEFGH", row, strict=False)]
        written.append(f'<row r="{place}" spans="1:8" x14ac:dyDescent="0.4">{"".join(cells)}</row>')
    strings = "".join(f'<si><t>{escape(text)}</t><phoneticPr fontId="1"/></si>' for text in numbers)
    return package(sheet_xml("".join(written)), {"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>'})


def _cell(name, value, numbers):
    """The XML of a cell; `numbers` has those of the texts so far."""
    if value is None:
        return f'<c r="{name}" s="0"/>'
    if isinstance(value, str):
        return f'<c r="{name}" s="0" t="s"><v>{numbers.setdefault(value, len(numbers))}</v></c>'
    return f'<c r="{name}" s="0"><v>{value}</v></c>'


if __name__ == "__main__":
    main()
