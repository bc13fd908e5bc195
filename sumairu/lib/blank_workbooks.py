"""Blank workbooks to be filled in: one table a sheet, its header in the first row, one row a figure, nothing merged.

Each app says what its kinds hold (`Blank`); what Excel does with that is here. One that comes back is read like any
other workbook: text-only sheets beside the table hold no figure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from unicodedata import east_asian_width

from sumairu.lib.wareki import LAST
from sumairu.lib.xlsx_cells import FONT, fill

SPARE_ROWS = 200
WIDEST = 60
HOW_TO, CHOICES = "書き方", "選択肢"
# No figure of ours is older than 平成.
FIRST_YEAR = 1989

HEADER, OPEN, LOCKED = "E8EFF7", "FFF9E5", "F4F6F8"


@dataclass(frozen=True)
class Choice:
    """One of `options`, from a list that Excel opens."""

    options: Sequence[str]
    message: str


@dataclass(frozen=True)
class Whole:
    """A whole number from `least` to `most`; None for no end."""

    message: str
    least: int = 0
    most: int | None = None


@dataclass(frozen=True)
class Words:
    """A text of at most `longest` characters."""

    longest: int
    message: str


YEAR = Whole("西暦の年度を、4けたの整数で入れてください（令和8年度なら2026）。", FIRST_YEAR, LAST)


@dataclass(frozen=True)
class Column:
    """What may be typed in a column, with a message that says what to type; nothing where there is no `check`."""

    header: str
    check: Choice | Whole | Words | None = None
    is_figure: bool = False


@dataclass(frozen=True)
class Blank:
    """Columns, and rows with the figures on record (which may be typed over) or None where one is to be filled in.

    `apart` says in a word what this table holds, where a workbook has several.
    """

    columns: Sequence[Column]
    rows: Sequence[Sequence[object]]
    apart: str = ""

    def sheet_name(self, name: str) -> str:
        return f"{name}（{self.apart}）" if self.apart else name

    @property
    def takes_more_rows(self) -> bool:
        """May rows be added: is there anything to type that says whose a figure is?"""
        return any(column.check and not column.is_figure for column in self.columns)

    def open_cells(self, row: Sequence[object]) -> list[bool]:
        """Of each cell of `row`, may it be typed in? Whose and of when a figure on record is stays as it is."""
        cells = list(zip(self.columns, row, strict=True))
        is_on_record = any(value is not None for column, value in cells if column.is_figure)
        return [
            column.is_figure or (column.check is not None and value in (None, "") and not is_on_record)
            for column, value in cells
        ]


def blank_workbook(name: str, blanks: Sequence[Blank]) -> bytes:
    """The bytes of an .xlsx that the import reads back unchanged; `name` says what its figures are."""
    from openpyxl import Workbook  # only when one is asked for

    workbook = Workbook()
    workbook.properties.creator = "住まいる北海道"
    workbook.properties.title = f"{name}のひな形"
    workbook.remove(workbook.active)
    tables = [(workbook.create_sheet(blank.sheet_name(name)), blank) for blank in blanks]
    _write_how_to(workbook.create_sheet(HOW_TO), name, blanks)
    choices = workbook.create_sheet(CHOICES)
    for sheet, blank in tables:
        _write_table(sheet, blank)
        _check(sheet, blank, choices)
        _print_well(sheet)
    _protect(workbook)
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()


def _write_table(sheet: Any, blank: Blank) -> None:
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
    from openpyxl.utils import get_column_letter

    line = Side(style="thin", color="CCD2D9")
    border = Border(line, line, line, line)
    header = NamedStyle("見出し", font=Font(name=FONT, bold=True), fill=PatternFill("solid", HEADER), border=border)
    header.alignment = Alignment(wrap_text=True, vertical="center")
    font = Font(name=FONT)
    styles = {
        is_open: NamedStyle(called, font, PatternFill("solid", color), border, protection=Protection(not is_open))
        for is_open, called, color in ((True, "入れる欄", OPEN), (False, "変えない欄", LOCKED))
    }
    for number, column in enumerate(blank.columns, start=1):
        cell = sheet.cell(1, number)
        cell.style = header
        fill(cell, column.header)  # after its style, which would take the mark of a text off
        widest = max([_width(column.header), *(_width(row[number - 1]) for row in blank.rows)])
        sheet.column_dimensions[get_column_letter(number)].width = min(widest + 4, WIDEST)
    spare = [[None] * len(blank.columns)] * (SPARE_ROWS if blank.takes_more_rows else 0)
    for down, row in enumerate([*blank.rows, *spare], start=2):
        cells = zip(blank.columns, row, blank.open_cells(row), strict=True)
        for number, (column, value, is_open) in enumerate(cells, start=1):
            cell = sheet.cell(down, number)
            cell.style = styles[is_open]
            fill(cell, None if value == "" else value)
            if column.is_figure:
                cell.number_format = "#,##0"
    sheet.freeze_panes = "A2"


def _check(sheet: Any, blank: Blank, choices: Any) -> None:
    """Let Excel take only what fits; `choices` is the sheet that holds the lists, which nobody needs to see."""
    from openpyxl.utils import get_column_letter

    choices.sheet_state = "hidden"
    for number, column in enumerate(blank.columns, start=1):
        if column.check is None:
            continue
        validation = _validation(column.header, column.check, choices)
        letter = get_column_letter(number)
        validation.add(f"{letter}2:{letter}{max(sheet.max_row, 2)}")
        sheet.add_data_validation(validation)


def _validation(header: str, check: Choice | Whole | Words, choices: Any) -> Any:
    from openpyxl.utils import get_column_letter, quote_sheetname
    from openpyxl.worksheet.datavalidation import DataValidation

    match check:
        case Choice(options):
            number = 1 if choices["A1"].value is None else choices.max_column + 1
            for down, option in enumerate([header, *options], start=1):
                fill(choices.cell(down, number), option)
            letter = get_column_letter(number)
            area = f"{quote_sheetname(choices.title)}!${letter}$2:${letter}${max(len(options), 1) + 1}"
            validation = DataValidation("list", area)
        case Whole(least=least, most=None):
            validation = DataValidation("whole", str(least), operator="greaterThanOrEqual")
        case Whole(least=least, most=most):
            validation = DataValidation("whole", str(least), str(most), operator="between")
        case Words(longest):
            validation = DataValidation("textLength", str(longest), operator="lessThanOrEqual")
    validation.allow_blank = True
    validation.showErrorMessage = validation.showInputMessage = True
    validation.errorTitle, validation.error = "入れられません", check.message
    validation.promptTitle, validation.prompt = header, check.message
    return validation


def _write_how_to(sheet: Any, name: str, blanks: Sequence[Blank]) -> None:
    """Sentences alone: no cell of this sheet is a number."""
    from openpyxl.styles import Alignment, Font

    sheets = "".join(f"「{blank.sheet_name(name)}」" for blank in blanks)
    lines = [
        f"{name}のひな形の書き方",
        "",
        f"・{sheets}のシートの、うすい黄色の欄だけに入れます。見出しと灰色の欄は変えられません。",
        "・いま登録されている数値は入れてあります。直すときは上書きします。",
        "・空欄のままの行は、取り込んでも何も変えません。0を入れた行は0として登録します。空欄にしても、登録済みの数値は消えません。",
    ]
    if any(blank.takes_more_rows for blank in blanks):
        lines.append("・行を足すときは、表の下の何も入っていない黄色の行を使います。灰色の欄は空いたままで構いません。")
    lines += [
        "・入れ終わったら保存し、「数値を取り込む」の画面でこのファイルを選びます。保存する前に、何が変わるかを確かめられます。",
        "・行を隠したり、セルを結合したりしないでください。隠した行は読み取りません。",
        "",
        "入れるもの",
    ]
    columns = [column for blank in blanks for column in blank.columns]
    lines += dict.fromkeys(f"・{column.header}：{column.check.message}" for column in columns if column.check)
    for number, line in enumerate(lines, start=1):
        cell = sheet.cell(number, 1)
        fill(cell, line)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.font = Font(name=FONT, bold=not line.startswith("・"))
    sheet.column_dimensions["A"].width = 100


def _protect(workbook: Any) -> None:
    """Against slips, not against people: there is no password."""
    for sheet in workbook.worksheets:
        sheet.protection.sheet = True
        sheet.protection.formatColumns = sheet.protection.formatRows = False  # what Excel means by allowed


def _print_well(sheet: Any) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    sheet.oddFooter.center.text = "&A　&P／&N ページ"


def _width(value: object) -> int:
    """In columns of half-width characters."""
    text = f"{value:,}" if isinstance(value, int) else str(value or "")
    return sum(2 if east_asian_width(character) in "WFA" else 1 for character in text)
