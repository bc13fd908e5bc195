"""What a checker needs to see of a file: the cells of each sheet, and what lies over them.

>>> [table] = tables_in("町.csv", "団体コード,人口\\r\\n012068,165077\\r\\n".encode())
>>> table.header, table.rows, table.column(1)
(['団体コード', '人口'], [['012068', 165077]], [165077])
"""

import csv
import re
from dataclasses import dataclass, field
from io import BytesIO, StringIO
from zipfile import BadZipFile

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")


class Unreadable(Exception):
    """No program opens the file as a table; says why."""


@dataclass
class Table:
    """One sheet, or one file. `over` are things that lie on it, by the rule that forbids them: merged cells, drawings."""

    name: str
    cells: list[list[object]]
    is_csv: bool = False
    over: dict[str, list[str]] = field(default_factory=dict)

    @property
    def header(self) -> list[object]:
        return self.cells[0] if self.cells else []

    @property
    def rows(self) -> list[list[object]]:
        return self.cells[1:]

    def column(self, place: int) -> list[object]:
        """What stands in a column beneath its title, blanks left out."""
        return [row[place] for row in self.rows if place < len(row) and row[place] not in (None, "")]


def tables_in(name: str, content: bytes) -> list[Table]:
    suffix = name.rpartition(".")[2].lower()
    if suffix == "csv":
        return [_csv(name, content)]
    if suffix == "xlsx":
        return _workbook(content)
    raise Unreadable(f"「.{suffix}」は、プログラムが表として読める形式（CSV、xlsx）ではありません。")


def _csv(name: str, content: bytes) -> Table:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable("文字コードがUTF-8ではありません。") from error
    lines = list(csv.reader(StringIO(text, newline="")))
    cells: list[list[object]] = [[*line] if number == 0 else [*map(_value, line)] for number, line in enumerate(lines)]
    return Table(name, cells, is_csv=True)


def _value(cell: str) -> object:
    """A cell as a program takes it: what a number is written as is one; 012068 is a code."""
    if not _NUMBER.fullmatch(cell):
        return cell
    return float(cell) if "." in cell else int(cell)


def _workbook(content: bytes) -> list[Table]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(BytesIO(content))
    except (BadZipFile, InvalidFileException, KeyError, OSError, ValueError) as error:
        raise Unreadable("xlsxとして開けません。") from error
    tables = []
    for sheet in book.worksheets:
        hidden = [
            *(f"{name}列" for name, each in sheet.column_dimensions.items() if each.hidden or each.outlineLevel),
            *(f"{name}行" for name, each in sheet.row_dimensions.items() if each.hidden or each.outlineLevel),
            *(["シート"] if sheet.sheet_state != "visible" else []),
        ]
        cells = [cell for row in sheet for cell in row]
        coloured = [
            cell.coordinate for cell in cells if (cell.fill and cell.fill.fill_type) or (cell.font and cell.font.b)
        ]
        over = {
            "L1-10": ["図"] * (len(sheet._images) + len(sheet._charts)),
            "L1-11": coloured,
            "L1-12": [str(each) for each in sheet.merged_cells.ranges],
            "L1-13": hidden,
            "L2-06": [cell.coordinate for cell in cells if cell.data_type == "f"],
        }
        tables.append(Table(sheet.title, [[cell.value for cell in row] for row in sheet], over=over))
    return tables
