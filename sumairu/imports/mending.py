"""The correction workbook: a workbook as it came, with all that is to be mended marked in it, for whoever sent it.

A workbook of today's Excel stays as it is but for the marks; what openpyxl cannot open is copied, as far as the reader
saw it, into a new one. Either comes back through the import: of our list and our comments the reader takes no notice.
openpyxl opens no upload in a web process: `marked_workbook` asks a process of its own (`python -m` this module).
"""

import re
import sys
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import astuple, dataclass
from functools import partial
from io import BytesIO
from itertools import chain
from pathlib import PurePath
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from sumairu.lib.workbooks import Busy, Refused
from sumairu.lib.workbooks.child import answer, ask_apart
from sumairu.lib.workbooks.files.admission import XLSM, XLSX, admit, directory
from sumairu.lib.workbooks.files.cells import MAX_MERGED_CELLS, Number
from sumairu.lib.workbooks.files.comments import notes_by_sheet
from sumairu.lib.workbooks.files.grids import file_to_grids
from sumairu.lib.workbooks.files.markup import feed, parser_of
from sumairu.lib.workbooks.files.scan import Fault, scan, sheet_names
from sumairu.lib.workbooks.messages import MENDING_LIST, OUR_COMMENT, ROW_HIDDEN
from sumairu.lib.xlsx_cells import FONT, fill

# So many cells are marked and listed; who has mended these sends the workbook again.
MAX_MARKS = 1000
# So many seconds a page waits while other workbooks are being read.
PATIENCE = 20

# What openpyxl raises at files that the reader can read.
TRIPS = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, OSError, SyntaxError, BadZipFile)

LEVELS = {  # what each is called, the colour of its cells, that of their borders
    "error": ("誤り", "FFD9D9", "C00000"),
    "question": ("質問", "FFF0B3", "806300"),
    "remark": ("確認", "E8EFF7", "0055AD"),
}


LIST_WIDTHS = (8, 20, 9, 24, 70)


@dataclass(frozen=True)
class Mark:
    """What is to be mended in a cell. `level` is one of LEVELS; `cell` may be empty, for the sheet as a whole."""

    sheet: str
    cell: str
    raw: str
    level: str
    reason: str


def marks_of(comparison, cautions):
    """The marks, and the notices, for who sent the workbook: errors, open questions, and what to look at again."""
    marks = [
        *(Mark(line.sheet, line.cell, line.raw, line.outcome.value, line.reason) for line in comparison.to_settle),
        *(Mark(each.sheet, each.cell, "", "remark", each.text) for each in cautions if each.cell and not each.ours),
    ]
    return marks, [each.text for each in cautions if not each.cell and not each.ours]


def marked_workbook(content, name, marks: Sequence[Mark], notices: Sequence[str] = ()) -> bytes:
    """An .xlsx with `marks` in it, and before all others a sheet that lists them. `notices` are about it as a whole.

    Raises Refused, whose message says why there is none.
    """
    admit(content, name)
    kept = sorted(marks, key=lambda mark: list(LEVELS).index(mark.level))[:MAX_MARKS]
    asked = {"name": name, "marks": [astuple(mark) for mark in kept], "notices": list(notices), "all": len(marks)}
    try:
        return ask_apart("sumairu.imports.mending", asked, content, PATIENCE)
    except Busy:
        raise Refused(
            "いま、ほかのブックを読み取っています。1分ほどたってから、もう一度選んでください。"
            "何度試しても同じときは、ブックが大きすぎます。もとのブックを直してください。"
        ) from None
    except Refused as refusal:
        raise Refused(f"直すところの印を付けたブックを作れませんでした。{refusal}") from refusal


def marked_name(name):
    """What the correction workbook of a file is called."""
    return f"{PurePath(name).stem}（{MENDING_LIST}）.xlsx"


def _mark(asked: dict, content: bytes) -> bytes:
    """What the process does."""
    marks = [Mark(*fields) for fields in asked["marks"]]
    workbook, titles, said, raws = _opened(content, asked["name"])
    by_cell = defaultdict(list)
    for mark in marks:
        if mark.sheet in titles and mark.cell:
            by_cell[titles[mark.sheet], mark.cell].append(mark)
    for (title, cell), of_cell in by_cell.items():
        _mark_cell(workbook[title], cell, of_cell)
    notices = [*asked["notices"], *said]
    if asked["all"] > len(marks):
        notices.append(
            f"直すところは{asked['all']:,}か所あります。このブックには、そのうち{len(marks):,}か所を示します。"
        )
    _list(workbook, asked["name"], marks, titles, notices)
    return _with_results(_saved(workbook), workbook, raws)


# --- The workbook to mark --------------------------------------------------------------------------------------------


def _opened(content, name):
    """An openpyxl workbook, its sheets' titles by the names that the reader has for them, what to say of it, and what
    of its sheets openpyxl did not keep.
    """
    if admit(content, name) in (XLSX, XLSM):
        with suppress(*TRIPS):
            raws = _raw_sheets(content)
            if sum(raw.merged for raw in raws.values()) <= MAX_MERGED_CELLS:  # of which openpyxl makes as many objects
                return *_original(content), raws
    return *_copied(content, name), {}


def _original(content):
    from openpyxl import load_workbook

    workbook = load_workbook(BytesIO(content), rich_text=True)
    said = [
        "図形や、新しいExcelだけの機能は、このブックに写っていないことがあります。もとのファイルも残しておいてください。"
    ]
    if any(part.filename.casefold().endswith("vbaproject.bin") for part in directory(content)):
        said.append("マクロは、このブックには入っていません。もとのファイル（.xlsm）に残っています。")
    if MENDING_LIST in workbook.sheetnames:
        workbook.remove(workbook[MENDING_LIST])
    notes = notes_by_sheet(content)
    for sheet in workbook.worksheets:
        _take_marks_off(sheet, notes.get(sheet.title, {}))
    return workbook, {sheet.title: sheet.title for sheet in workbook.worksheets}, said


def _take_marks_off(sheet, notes):
    """Leave of comments what others wrote; a thread becomes the one comment that it reads as."""
    from openpyxl.styles import Border, PatternFill

    for cell in list(sheet._cells.values()):
        if cell.comment is None:
            continue
        text, note = cell.comment.text, notes.get((cell.row - 1, cell.column - 1), "")
        if OUR_COMMENT in text:
            cell.fill, cell.border = PatternFill(), Border()
        if OUR_COMMENT in text or text.startswith("["):
            _comment(cell, note)


def _copied(content, name):
    """A new workbook of what the reader saw."""
    from openpyxl import Workbook

    workbook, titles = Workbook(), {}
    workbook.remove(workbook.active)
    said = [
        "もとのファイルには印を付けられないため、読み取った値を新しいブックに写しました。書式や数式、図は写していません。"
        "このブックを直すか、もとのファイルの同じセルを直してください。"
    ]
    for grid in file_to_grids(content, name):
        sheet = workbook.create_sheet(_title(grid.name))
        titles[grid.name] = sheet.title
        _copy(grid, sheet)
    return workbook, titles, said


def _title(name):
    """A name that Excel takes for a sheet."""
    return re.sub(r"[\\*?:/\[\]\x00-\x1f]", "_", name).strip("'")[:31] or "シート"


def _copy(grid, sheet):
    from openpyxl.cell.cell import ERROR_CODES
    from openpyxl.utils import get_column_letter

    hidden = {place: value for place, (value, reason) in grid.unseen.items() if reason == ROW_HIDDEN}
    seen = (((row, column), value) for row, cells in enumerate(grid.rows) for column, value in enumerate(cells))
    widths: dict[int, int] = {}
    for (row, column), value in chain(seen, hidden.items()):
        if value == "":
            continue
        cell = sheet.cell(row + 1, column + 1)
        if isinstance(value, Fault):
            cell.value, cell.data_type = value.raw if value.raw in ERROR_CODES else "#N/A", "e"
        elif isinstance(value, float):
            cell.value = float(value)
        else:
            fill(cell, value)
        if isinstance(value, Number):
            cell.number_format = value.format
        widths[column] = max(widths.get(column, 0), min(len(str(cell.value)), 30))
    for (top, left), (bottom, right) in grid.merges.items():
        sheet.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    for (row, column), note in grid.notes.items():
        _comment(sheet.cell(row + 1, column + 1), note)
    for column, width in widths.items():
        sheet.column_dimensions[get_column_letter(column + 1)].width = 4 + 1.6 * width
    for column in grid.hidden_columns:
        sheet.column_dimensions[get_column_letter(column + 1)].hidden = True
    for row, _ in hidden:
        sheet.row_dimensions[row + 1].hidden = True
    if grid.is_hidden:
        sheet.sheet_state = "hidden"


# --- The marks -------------------------------------------------------------------------------------------------------


def _mark_cell(sheet, name, marks):
    from openpyxl.cell import MergedCell
    from openpyxl.styles import Border, PatternFill, Side

    cell = sheet[name]
    if isinstance(cell, MergedCell):
        area = next(each for each in sheet.merged_cells.ranges if name in each)
        cell = sheet.cell(area.min_row, area.min_col)
    _, color, edge = LEVELS[marks[0].level]
    side = Side(style="thick", color=edge)
    cell.fill, cell.border = PatternFill("solid", color), Border(side, side, side, side)
    ours = [OUR_COMMENT, *(f"【{LEVELS[mark.level][0]}】{mark.reason}" for mark in marks)]
    theirs = cell.comment.text.strip() if cell.comment else ""
    _comment(cell, "\n".join([*([theirs, ""] if theirs else []), *ours]))


def _comment(cell, text):
    from openpyxl.cell import MergedCell
    from openpyxl.comments import Comment

    if isinstance(cell, MergedCell):
        return
    author = cell.comment.author if cell.comment else ""
    cell.comment = Comment(text, author or "住まいる北海道", width=320, height=60 + len(text)) if text else None


def _list(workbook, name, marks, titles, notices):
    """Put the list before all sheets. It is text alone: even under another name no figure would be read from it."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

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


def _link(cell, title, target):
    from openpyxl.styles import Font
    from openpyxl.utils import quote_sheetname
    from openpyxl.worksheet.hyperlink import Hyperlink

    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"{quote_sheetname(title)}!{target}")
    cell.font = Font(name=FONT, color="0055AD", underline="single")


# --- What openpyxl does not keep -------------------------------------------------------------------------------------


@dataclass
class _Raw:
    """Of a sheet's XML: type and text of what each formula came to when it was saved, and how many cells are merged."""

    results: dict[str, tuple[str, str]]
    merged: int = 0


def _raw_sheets(content) -> dict[str, _Raw]:
    """By the sheet's name. Refuses what would not fit into memory."""
    scan(content)
    parts = {part.filename: part for part in directory(content)}
    return {
        name: _raw_sheet(content, parts[path]) for path, name in sheet_names(content, parts).items() if path in parts
    }


def _raw_sheet(content, part):
    raw = _Raw({})
    parser = parser_of()
    cell: dict[str, str] = {}
    has_formula, texts = False, None

    def start(name, attributes):
        nonlocal cell, has_formula, texts
        tag = name.rpartition(":")[2]
        if tag == "c":
            cell, has_formula = attributes, False
        elif tag == "f":
            has_formula = True
        elif tag == "v" and has_formula:
            texts = []
        elif tag == "mergeCell":
            raw.merged += _area(attributes.get("ref", ""))

    def hear(text):
        if texts is not None:
            texts.append(text)

    def end(_name):
        nonlocal texts
        if texts is not None:
            raw.results[cell.get("r", "")] = cell.get("t", ""), "".join(texts)
            texts = None

    parser.StartElementHandler, parser.CharacterDataHandler, parser.EndElementHandler = start, hear, end
    feed(parser, content, part)
    return raw


def _area(ref):
    from openpyxl.utils import range_boundaries

    left, top, right, bottom = range_boundaries(ref)
    return (right - left + 1) * (bottom - top + 1)


def _saved(workbook):
    from openpyxl.cell import _writer

    # openpyxl writes sixteen digits of a number, and Excel needs up to seventeen. Nothing else runs in this process.
    _writer.safe_string = lambda value, usual=_writer.safe_string: repr(value) if type(value) is float else usual(value)
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()


_FORMULA = re.compile(rb'<c r="([A-Z]+[0-9]+)"([^>]*)>(<f[ >].*?</f>)<v\s*(?:/>|></v>)', re.DOTALL)


def _with_results(content, workbook, raws):
    """The saved workbook with what its formulas came to, so that it is read as before if Excel never calculates it."""
    results = {sheet.path.removeprefix("/"): raws[sheet.title].results for sheet in workbook if sheet.title in raws}
    if not any(results.values()):
        return content
    out = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for part in old.infolist():
            text = old.read(part)
            if of_sheet := results.get(part.filename):
                text = _FORMULA.sub(partial(_with_result, of_sheet), text)
            new.writestr(part.filename, text)
    return out.getvalue()


def _with_result(results, formula):
    cell, attributes, inside = formula.groups()
    if (result := results.get(cell.decode())) is None:
        return formula[0]
    kind, text = result
    said = b' t="%b"' % kind.encode() if kind in ("str", "b", "e", "d") else b""
    return b'<c r="%b"%b%b>%b<v>%b</v>' % (cell, attributes, said, inside, escape(text).encode())


if __name__ == "__main__":
    sys.exit(answer(_mark))
