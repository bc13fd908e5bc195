"""The marks in a workbook of openpyxl, and the list of them before its sheets."""

from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink

from sumairu.lib.marked_workbook import LEVELS, Mark
from sumairu.lib.workbooks.messages import MENDING_LIST, OUR_COMMENT
from sumairu.lib.xlsx_cells import FONT, fill

LIST_WIDTHS = (8, 20, 9, 24, 70)


def mark_cell(sheet: Any, name: str, marks: Sequence[Mark]) -> None:
    cell = sheet[name]
    if isinstance(cell, MergedCell):
        area = next(each for each in sheet.merged_cells.ranges if name in each)
        cell = sheet.cell(area.min_row, area.min_col)
    _, color, edge = LEVELS[marks[0].level]
    side = Side(style="thick", color=edge)
    cell.fill, cell.border = PatternFill("solid", color), Border(side, side, side, side)
    ours = [OUR_COMMENT, *(f"【{LEVELS[mark.level][0]}】{mark.reason}" for mark in marks)]
    theirs = cell.comment.text.strip() if cell.comment else ""
    comment(cell, "\n".join([*([theirs, ""] if theirs else []), *ours]))


def comment(cell: Any, text: str) -> None:
    if isinstance(cell, MergedCell):
        return
    author = cell.comment.author if cell.comment else ""
    cell.comment = Comment(text, author or "住まいる北海道", width=320, height=60 + len(text)) if text else None


def list_marks(
    workbook: Any, name: str, marks: Sequence[Mark], titles: Mapping[str, str], notices: Sequence[str]
) -> None:
    """Put the list before all sheets. It is text alone: even under another name no figure would be read from it."""
    sheet = workbook.create_sheet(MENDING_LIST, 0)
    workbook.active = 0
    for each in workbook.worksheets:
        each.sheet_view.tabSelected = each is sheet  # of several selected sheets all would be typed in at once
    opening = [
        MENDING_LIST,
        f"「{name}」を読み取ったところ、次のところがそのままでは分かりませんでした。その場所のセルに色とコメントを付けてあります。"
        "直して保存し、このブックを返してください。このシートと色は、残したままで構いません。",
        *notices,
    ]
    for number, text in enumerate(opening, start=1):
        fill(sheet.cell(number, 1), text)
        sheet.merge_cells(start_row=number, start_column=1, end_row=number, end_column=5)
        sheet.cell(number, 1).alignment = Alignment(wrap_text=True, vertical="top")
        sheet.row_dimensions[number].height = 18 * (1 + len(text) // 60)
        sheet.cell(number, 1).font = Font(name=FONT, bold=number == 1, size=14 if number == 1 else 11)
    header = len(opening) + 2
    rows = [("種類", "シート", "セル", "入っている値", "なぜ・どう直すか")]
    rows += [(LEVELS[m.level][0], m.sheet, m.cell, f"「{m.raw}」" if m.raw else "", m.reason) for m in marks]
    line = Side(style="thin", color="CCD2D9")
    for down, row in enumerate(rows, start=header):
        for across, text in enumerate(row, start=1):
            cell = sheet.cell(down, across)
            fill(cell, text)
            cell.alignment, cell.border = Alignment(wrap_text=True, vertical="top"), Border(line, line, line, line)
            cell.font = Font(name=FONT, bold=down == header)
            if down == header:
                cell.fill = PatternFill("solid", "E8EFF7")
        longest = max(len(text) / width for text, width in zip(row, LIST_WIDTHS, strict=True))
        sheet.row_dimensions[down].height = 18 * (1 + int(longest * 2))
    for down, mark in enumerate(marks, start=header + 1):
        sheet.cell(down, 1).fill = PatternFill("solid", LEVELS[mark.level][1])
        if mark.cell and mark.sheet in titles:
            _link(sheet.cell(down, 3), titles[mark.sheet], mark.cell)
    for letter, width in zip("ABCDE", LIST_WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{header}:{header}"


def _link(cell: Any, title: str, target: str) -> None:
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"{quote_sheetname(title)}!{target}")
    cell.font = Font(name=FONT, color="0055AD", underline="single")
