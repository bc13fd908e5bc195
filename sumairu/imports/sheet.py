"""What the preview shows of one sheet: the rows worth looking at, how each cell and column was read, one cell in words.

Rows with nothing to look at are folded, as hidden ones are in a spreadsheet, and a link opens them: so a page stays
small however long its sheet. Rows and columns are numbered as Excel numbers them here, columns from 1.
"""

import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import urlencode

from sumairu.imports.comparing import TO_SETTLE, TO_WRITE, Outcome, cell_key
from sumairu.imports.kinds import SKIPPED_BY_ANSWER
from sumairu.imports.sources import summary_of, with_sources
from sumairu.lib.amounts import UNITS, grouped
from sumairu.lib.folding import fold
from sumairu.lib.wareki import era_name
from sumairu.lib.workbooks import Busy, Refused
from sumairu.lib.workbooks.corrections import FIGURES, LABEL, LEAVE_OUT, USES, YEAR
from sumairu.lib.workbooks.picture import draw_apart
from sumairu.lib.workbooks.scan import LAST_COLUMN, LAST_ROW, column_name
from sumairu.lib.workbooks.units import SIZES, units_in

# Of one page: what keeps it below half a megabyte.
ROWS_SHOWN, COLUMNS_SHOWN, CELLS_SHOWN = 400, 60, 2000
# Below a table's header so many rows are open; a sheet of no more rows than these is all open.
ROWS_TO_BEGIN_WITH, SHORT_SHEET = 20, 60
# Of questions and errors that are one and the same, so many cells are shown.
ALIKE_SHOWN = 10
# No fold hides fewer rows.
LEAST_FOLD = 4
LABEL_COLUMNS_KEPT = 3
# Seconds that a page waits until others have been read.
PATIENCE = 10
# Of more columns of figures, it is not told one by one what they hold.
COLUMNS_TOLD = 3
# Widths in half-width characters: of a column at least and at most, and from which on it is wide.
LEAST_WIDTH, MOST_WIDTH, WIDE = 5, 26, 16

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_ROWS = re.compile(r"([1-9][0-9]{0,6})-([1-9][0-9]{0,6})")
_ROW_SET_APART = re.compile(r"(合計|平均|内数|増減や比率|注記)の行")
_ROLES = {"合計": "計", "増減や比率": "増減", "注記": "注"}
_HALF_WIDTH = re.compile(r"[\x00-\x7f｡-ﾟ]")


class Mark(NamedTuple):
    """How an outcome is marked: its class in the stylesheet, its letter, its word."""

    slug: str
    letter: str
    label: str


MARKS = {
    outcome: Mark(slug, letter, outcome.label)
    for outcome, slug, letter in (
        (Outcome.NEW, "new", "新"),
        (Outcome.CHANGED, "chg", "変"),
        (Outcome.UNCHANGED, "same", "同"),
        (Outcome.QUESTION, "ask", "問"),
        (Outcome.ERROR, "err", "誤"),
        (Outcome.SKIPPED, "out", "－"),
    )
}
CAUTION = Mark("warn", "！", "注意")


class Link(NamedTuple):
    url: str
    words: str


class Place(NamedTuple):
    row: int
    column: int

    def __str__(self):
        return f"{column_name(self.column - 1)}{self.row}"


def place_of(cell):
    """The place of `D12`; None for anything that is no cell."""
    match = _CELL.fullmatch(cell or "")
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    place = Place(int(match[2]), column)
    return place if place.row <= LAST_ROW and column <= LAST_COLUMN else None


@dataclass
class Cell:
    """A cell of the page. `was` is the value that is stored, in the unit of the sheet, where it is another one."""

    name: str
    text: str
    kind: str = ""
    rows: int = 1
    columns: int = 1
    mark: Mark | None = None
    has_caution: bool = False
    was: str = ""
    is_selected: bool = False

    @property
    def css(self):
        classes = (self.mark and f"f {self.mark.slug}", self.has_caution and "f warn", self.kind)
        return " ".join(filter(None, classes))

    @property
    def is_blank(self):
        return not (self.text or self.mark or self.has_caution) and self.rows == self.columns == 1

    @property
    def may_spill(self):
        return bool(self.text) and self.mark is None and self.kind != "num" and self.rows == 1


@dataclass(frozen=True)
class Head:
    """A column, and what of it was understood."""

    letters: str
    title: str = ""
    text: str = ""
    width: str = ""
    is_hidden: bool = False
    is_selected: bool = False
    is_name: bool = False


@dataclass(frozen=True)
class Row:
    """`ruler` says anew how the columns were read, where another table begins."""

    number: int
    role: str
    is_hidden: bool
    is_selected: bool
    cells: list[Cell]
    ruler: list[Head] | None = None


@dataclass(frozen=True)
class Fold:
    """Rows that are not shown, and how many cells of each outcome are in them."""

    first: int
    last: int
    counts: list[tuple[str, int]]
    needs_look: bool
    is_fold = True


@dataclass(frozen=True)
class Selected:
    """A cell in words: what it was read as, and what would come of it."""

    name: str
    mark: Mark | None = None
    says: str = ""
    value: str = ""
    then: str = ""
    note: str = ""
    key: str = ""
    can_be_left_out: bool = False
    is_left_out: bool = False
    question: str = ""


class SheetPage:
    """One sheet of a run's workbook, as asked for in `query`: `sheet`, `cell`, `rows` to open, `columns` (a page)."""

    def __init__(self, run, comparison, cautions, query):
        self.run, self.reading, self.comparison, self.cautions = run, run.reading, comparison, cautions
        self.index = self._index(query.get("sheet"))
        self.sheet = self.reading.sheets[self.index]
        self.tables = [table for table in self.reading.tables if table.sheet == self.sheet.name]
        self.lines = {line.cell: line for line in comparison.lines if line.sheet == self.sheet.name}
        self.cells_with_cautions = {each.cell for each in cautions if each.cell and each.sheet == self.sheet.name}
        place = place_of(query.get("cell"))
        self.place = place if place and place.row <= self.sheet.rows and place.column <= self.sheet.columns else None
        self.asked = self._asked(query.get("rows"))
        self.column_pages = self._column_pages()
        self.column_page = self._column_page(query.get("columns"))
        self.columns = self.column_pages[self.column_page - 1]

    def _index(self, number):
        """The sheet that was asked for, from 0; else the first where something is to be settled, or to be saved."""
        names = [sheet.name for sheet in self.reading.sheets]
        if number and number.isascii() and number.isdecimal() and 1 <= int(number[:6]) <= len(names):
            return int(number[:6]) - 1
        for lines in (self.comparison.to_settle, self.comparison.to_write, self.reading.tables):
            if lines:
                return names.index(lines[0].sheet)
        return 0

    def _asked(self, rows):
        match = _ROWS.fullmatch(rows or "")
        if match is None:
            return None
        first, last = int(match[1]), min(int(match[2]), self.sheet.rows)
        return (first, last) if first <= last else None

    def _column_pages(self):
        """The columns of each page; where they are several, those that name the rows are on each."""
        columns = list(range(1, self.sheet.columns + 1))
        if len(columns) <= COLUMNS_SHOWN:
            return [columns]
        named = {place_of(f"{letters}1").column for table in self.tables for letters in table.label_columns}
        kept = sorted(named)[:LABEL_COLUMNS_KEPT]
        rest = [column for column in columns if column not in kept]
        size = COLUMNS_SHOWN - len(kept)
        return [sorted([*kept, *rest[start : start + size]]) for start in range(0, len(rest), size)]

    def _column_page(self, number):
        if self.place:
            return next(page for page, columns in enumerate(self.column_pages, 1) if self.place.column in columns)
        is_page = number and number.isascii() and number.isdecimal() and 1 <= int(number[:6]) <= len(self.column_pages)
        return int(number[:6]) if is_page else 1

    # --- What is on the page ---------------------------------------------------------------------------------------

    @property
    def number(self):
        return self.index + 1

    @property
    def query(self):
        """What leads to this sheet, and to the rows and columns of it that were asked for."""
        return urlencode(
            {"sheet": self.number}
            | ({"columns": self.column_page} if self.column_page > 1 else {})
            | ({"rows": "-".join(map(str, self.asked))} if self.asked else {})
        )

    def names_of(self, line):
        """What a line was understood as; of one that could not be read, how its row and column are named."""
        if line.words or line.sheet != self.sheet.name:
            return line.words
        place = place_of(line.cell)
        labels = {place_of(f"{letters}1").column for table in self.tables for letters in table.label_columns}
        names = [self._text_at(Place(place.row, column)) for column in sorted(labels)]
        head = self._heads_by_letters.get(column_name(place.column - 1))
        return " ".join(filter(None, (*names, head and head.title)))

    def link_to(self, cell):
        """A link to a line's or caution's cell, and how to call it from here; None where it is of no one cell."""
        if not cell.cell or cell.sheet not in self._numbers:
            return None
        place = cell.cell if cell.sheet == self.sheet.name else f"{cell.sheet} › {cell.cell}"
        return Link(f"?sheet={self._numbers[cell.sheet]}&cell={cell.cell}#cell-{cell.cell}", place)

    @cached_property
    def _numbers(self):
        return {sheet.name: number for number, sheet in enumerate(self.reading.sheets, 1)}

    @property
    def letters(self):
        return [column_name(column - 1) for column in self.columns]

    @property
    def has_figures(self):
        return any(line.outcome != Outcome.SKIPPED for line in self.lines.values())

    @cached_property
    def tabs(self):
        """Each sheet with how much in it is to be settled."""
        to_settle = Counter(line.sheet for line in self.comparison.to_settle)
        return [
            {"number": number, "sheet": sheet, "to_settle": to_settle[sheet.name]}
            for number, sheet in enumerate(self.reading.sheets, 1)
        ]

    @cached_property
    def column_links(self):
        if len(self.column_pages) == 1:
            return []
        ends = [0, *(columns[-1] for columns in self.column_pages)]
        return [
            {"page": page, "first": column_name(first), "last": column_name(end - 1)}
            for page, (first, end) in enumerate(pairwise(ends), 1)
        ]

    @cached_property
    def open_rows(self):
        """The rows to show, as (first, last) from top to bottom: the best first as long as there is room."""
        room = max(1, min(ROWS_SHOWN, CELLS_SHOWN // max(1, len(self.columns))))
        height = self.sheet.rows
        rows = set()

        def take(first, last, most=room):
            for row in range(max(1, first), min(last, height) + 1):
                if len(rows) < most:
                    rows.add(row)

        if self.place:
            take(self.place.row - 3, self.place.row + 3)
        if self.asked:
            take(*self.asked, most=max(len(rows), room * 2 // 3))
        if height <= SHORT_SHEET:
            take(1, height)
        headers = [table.header_rows for table in self.tables if table.header_rows]
        take(1, ROWS_TO_BEGIN_WITH + (headers[0][-1] if headers else 0))
        for row in self._rows_to_look_at:
            take(row - 1, row + 1)
        for header in headers[1:]:
            take(header[0] - 2, header[-1] + LEAST_FOLD)
        if self._last_row_read < height:
            take(self._last_row_read, self._last_row_read + 2)
        return self._without_small_folds(sorted(rows))

    @property
    def _last_row_read(self):
        """Where the figures end and what is left out begins."""
        return max((row_of(cell) for cell, line in self.lines.items() if line.outcome != Outcome.SKIPPED), default=1)

    @property
    def _rows_to_look_at(self):
        """The rows with something to look at, the most needed first. Of what is asked or wrong alike, a few will do."""
        worth = [(1, row_of(cell)) for cell in self.cells_with_cautions]
        alike = Counter()
        for line in self.lines.values():
            if line.outcome in TO_SETTLE:
                what = line.question.key if line.question else line.reason
                alike[what] += 1
                if alike[what] <= ALIKE_SHOWN:
                    worth.append((0, row_of(line.cell)))
            elif line.outcome == Outcome.CHANGED:
                worth.append((2, row_of(line.cell)))
        return list(dict.fromkeys(row for _, row in sorted(worth)))

    def _without_small_folds(self, rows):
        found = []
        for row in rows:
            if found and row - found[-1][1] <= LEAST_FOLD:
                found[-1][1] = row
            else:
                found.append([1 if row <= LEAST_FOLD else row, row])
        if found and self.sheet.rows - found[-1][1] < LEAST_FOLD:
            found[-1][1] = self.sheet.rows
        return [tuple(each) for each in found]

    @cached_property
    def picture(self):
        """The open rows as they look; None where the workbook can no longer be drawn."""
        content, name = bytes(self.run.file.content), self.run.file.name
        columns = [column - 1 for column in self.columns]
        try:
            return draw_apart(content, name, self.index, self.open_rows, columns, PATIENCE)
        except Busy:
            self.trouble = "いま、ほかのブックを読み取っています。少しおいて、このページを開き直してください。"
        except Refused as refusal:
            self.trouble = str(refusal)
        return None

    trouble = ""

    @cached_property
    def parts(self):
        """Rows and folds from top to bottom."""
        if self.picture is None:
            return []
        parts, end = [], 0
        for (first, last), window in zip(self.open_rows, self.picture.windows, strict=True):
            if first > end + 1:
                parts.append(self._fold(end + 1, first - 1))
            parts += map(self._row, window)
            end = last
        if end < self.sheet.rows:
            parts.append(self._fold(end + 1, self.sheet.rows))
        return parts

    @property
    def is_folded(self):
        return any(isinstance(part, Fold) for part in self.parts)

    # --- Rows and cells --------------------------------------------------------------------------------------------

    @cached_property
    def _lines_by_row(self):
        rows = {}
        for line in self.lines.values():
            rows.setdefault(row_of(line.cell), []).append(line)
        return rows

    def _fold(self, first, last):
        counts = Counter()
        for row in range(first, last + 1):
            counts.update(line.outcome for line in self._lines_by_row.get(row, ()))
        told = [(outcome.label, counts[outcome]) for outcome in Outcome if counts[outcome]]
        return Fold(first, last, told, any(counts[outcome] for outcome in TO_SETTLE))

    def _row(self, drawn):
        role = self._role(drawn)
        cells = [self._cell(f"{column_name(cell.column)}{drawn.number}", cell, role) for cell in drawn.cells]
        return Row(
            drawn.number,
            "非表示" if drawn.is_hidden else role,
            drawn.is_hidden,
            self.place is not None and self.place.row == drawn.number,
            self._spilled(cells),
            self._rulers.get(drawn.number),
        )

    def _role(self, drawn):
        """What a row was read as, in a word; empty for one of figures, and for what is of no table."""
        if drawn.number in self._header_rows:
            return "見出し"
        for line in self._lines_by_row.get(drawn.number, ()):
            if line.outcome == Outcome.SKIPPED and (match := _ROW_SET_APART.match(line.reason)):
                return _ROLES.get(match[1], match[1])
        texts = [cell.text for cell in drawn.cells if cell.text]
        if drawn.number in self._lines_by_row or not texts:
            return ""
        if fold("".join(texts)) in self._titles:
            return "題名"
        return "単位" if any(_states_unit(text) for text in texts) else ""

    @cached_property
    def _header_rows(self):
        return {row for table in self.tables for row in table.header_rows}

    @cached_property
    def _titles(self):
        return {fold(table.title) for table in self.tables if table.title}

    def _cell(self, name, drawn, role):
        line = self.lines.get(name)
        cell = Cell(name, drawn.text, "num" if drawn.is_number else "", drawn.rows, drawn.columns)
        cell.has_caution = name in self.cells_with_cautions
        cell.is_selected = name == str(self.place)
        if line:
            cell.mark = MARKS[line.outcome]
            if line.outcome == Outcome.CHANGED:
                cell.was = as_in_sheet(line)
        elif role == "見出し" and drawn.column + 1 in self._columns_of_tables:
            cell.kind = "head name" if drawn.column + 1 == self._column_of_names and drawn.columns == 1 else "head"
        elif drawn.column + 1 == self._column_of_names and drawn.columns == 1 and role not in ("題名", "単位"):
            cell.kind = "name"
        elif role == "題名" and drawn.text:
            cell.kind = "title across" if drawn.columns > 1 else "title"
        elif role == "単位" and _states_unit(drawn.text):
            cell.kind = "unit"
        return cell

    def _spilled(self, cells):
        """Texts that are longer than their column reach over the blank cells beside them, as they do in Excel."""
        found, missing = [], 0
        for cell in cells:
            width = self._widths[place_of(cell.name).column]
            if missing > 0 and cell.is_blank:
                found[-1].columns += 1
                missing -= width
            else:
                found.append(cell)
                missing = width_of(cell.text) - width if cell.may_spill and cell.columns == 1 else 0
        return found

    @cached_property
    def _widths(self):
        """Of each column what its numbers and its shorter texts need, in half-width characters."""
        widths = dict.fromkeys(self.columns, LEAST_WIDTH)
        for window in self.picture.windows if self.picture else ():
            for cell in (cell for row in window for cell in row.cells if cell.columns == 1):
                width = width_of(cell.text)
                if width <= MOST_WIDTH:
                    widths[cell.column + 1] = max(widths[cell.column + 1], width)
        return widths

    # --- Columns ---------------------------------------------------------------------------------------------------

    @cached_property
    def _columns_of_tables(self):
        return {place_of(f"{column.letters}1").column for table in self.tables for column in table.columns}

    @cached_property
    def _column_of_names(self):
        """The last that names the rows before the first of figures."""
        first = min((place_of(f"{each.letters}1").column for each in self._described if each.use == FIGURES), default=0)
        names = [place_of(f"{each.letters}1").column for each in self._described if each.use == LABEL]
        return max((column for column in names if column < first), default=None)

    @property
    def _described(self):
        return self.tables[0].columns if self.tables else ()

    @cached_property
    def heads(self):
        """The columns as the first table that has each was read."""
        described = {column.letters: column for table in reversed(self.tables) for column in table.columns}
        tables = {column.letters: table for table in reversed(self.tables) for column in table.columns}
        return [self._head(column, described, tables.get(column_name(column - 1))) for column in self.columns]

    @cached_property
    def _heads_by_letters(self):
        return {head.letters: head for head in self.heads}

    def _head(self, column, described, table):
        letters = column_name(column - 1)
        width = self._widths[column]
        title, text = _read_as(described[letters], table) if letters in described else ("", "")
        return Head(
            letters,
            title,
            text,
            "narrow" if width < 2 * LEAST_WIDTH else "wide" if width >= WIDE else "normal",
            self.picture is not None and column - 1 in self.picture.hidden_columns,
            self.place is not None and self.place.column == column,
            column == self._column_of_names,
        )

    @cached_property
    def _rulers(self):
        """By row, where a further table begins whose columns were read otherwise than those above them."""
        rulers, above = {}, {}
        for table in self.tables:
            described = {column.letters: column for column in table.columns}
            told = {letters: _read_as(column, table) for letters, column in described.items()}
            if any(above.get(letters, words) != words for letters, words in told.items()) and table.header_rows:
                rulers[table.header_rows[0]] = [self._head(column, described, table) for column in self.columns]
            above |= told
        return rulers

    @property
    def in_words(self):
        """How the one table of a sheet was read, in a few words each; nothing where there are several."""
        if len(self.tables) != 1:
            return []
        [table] = self.tables
        header = table.header_rows
        words = [f"{_span(header[0], header[-1])}行を見出し"] if header else []
        if labels := [column.letters for column in table.columns if column.use == LABEL]:
            words.append(f"{_columns_in_words(labels)}を名前")
        figures = {}
        for column in table.columns:
            if column.use == FIGURES:
                title, text = _read_as(column, table)
                figures.setdefault(f"{title}（{text}）" if text else title, []).append(column.letters)
        if len(figures) > COLUMNS_TOLD:
            letters = [letter for each in figures.values() for letter in each]
            return [*words, f"{_columns_in_words(letters)}を数値"]
        return words + [f"{_columns_in_words(letters)}を{told}" for told, letters in figures.items()]

    # --- The selected cell -----------------------------------------------------------------------------------------

    @cached_property
    def selected(self):
        """What is known of the cell that was asked for; None where none was."""
        if self.place is None:
            return None
        name = str(self.place)
        line = self.lines.get(name)
        if line is None:
            return Selected(name, says="数値としては読んでいないセルです。")
        shown = self._text_at(self.place) or line.raw
        printed = shown if not line.unit or shown.endswith(line.unit) else f"{shown}{line.unit}"
        return Selected(
            name,
            MARKS[line.outcome],
            "・".join(filter(None, (line.words, printed))),
            line.after_words,
            self._then(line),
            line.note,
            cell_key(line),
            line.outcome in TO_WRITE,
            line.reason == SKIPPED_BY_ANSWER and cell_key(line) in self.run.answers,
            line.question.key if line.outcome == Outcome.QUESTION else "",
        )

    @property
    def cautions_of_selected(self):
        name = str(self.place)
        return [each for each in self.cautions if each.cell == name and each.sheet == self.sheet.name]

    def _text_at(self, place):
        return self._texts.get(place, "")

    @cached_property
    def _texts(self):
        return {
            Place(row.number, cell.column + 1): cell.text
            for window in (self.picture.windows if self.picture else ())
            for row in window
            for cell in row.cells
        }

    def _then(self, line):
        """What would come of a line, and why."""
        match line.outcome:
            case Outcome.NEW:
                before = f"前年度は{line.words_of(line.previous)}{_change(line)}。" if line.previous is not None else ""
                return f"まだ登録がありません。{before}"
            case Outcome.CHANGED:
                difference = line.value - line.before
                sign = "＋" if difference > 0 else "−"
                return (
                    f"登録済みの{line.before_words}（{self._source_of(line)}）との差は"
                    f"{sign}{line.words_of(abs(difference))}です。"
                )
            case Outcome.UNCHANGED:
                return f"登録済みの値（{self._source_of(line)}）と同じです。保存しても変わりません。"
        return line.reason

    def _source_of(self, line):
        stored = with_sources(line.kind.model.objects.filter(pk=line.stored_id))
        return summary_of(list(stored)) if stored else "取り消された値"


def _span(first, last):
    return str(first) if first == last else f"{first}〜{last}"


def _columns_in_words(letters):
    if len(letters) > COLUMNS_TOLD:
        return f"{letters[0]}〜{letters[-1]}列の{len(letters)}列"
    return f"{'・'.join(letters)}列"


def row_of(cell):
    return int(cell.lstrip(_LETTERS))


def width_of(text):
    """How wide a text is, in half-width characters."""
    return 2 * len(text) - len(_HALF_WIDTH.findall(text))


def as_in_sheet(line):
    """The value that is stored, counted as the cell counts it: 31,362,000 of 千円."""
    size = UNITS.get(line.unit) or SIZES.get(line.unit)
    return grouped(Decimal(line.before) / size) if size else line.before_words


def _states_unit(text):
    return "単位" in text and bool(units_in(text))


def _change(line):
    """By how much a figure differs from the year before: （＋3.4%）."""
    if not line.previous:
        return ""
    percent = Decimal(line.value - line.previous) / abs(line.previous) * 100
    return f"（{'＋' if percent >= 0 else '−'}{abs(percent):,.1f}%）"


def _read_as(column, table):
    """What a column was understood to hold: a title, and what more there is to say."""
    if column.use == LEAVE_OUT:
        return USES[LEAVE_OUT], (column.reason or "").partition("（")[0].partition("。")[0].removesuffix("です")
    if column.use != FIGURES:
        return "名前" if column.use == LABEL else USES[column.use], "・".join(column.path[-1:])
    by_row = any(each.use == YEAR for each in table.columns)
    year = era_name(column.fiscal_year) if column.fiscal_year else "年度は各行" if by_row else "年度なし"
    return year, "・".join(filter(None, (column.stage, column.unit)))
