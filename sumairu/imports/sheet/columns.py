"""How the columns of a sheet were read, in few words: the ruler over their letters, and a sentence on a whole table."""

from dataclasses import dataclass

from sumairu.imports.sheet.places import column_of
from sumairu.lib.calendars import year_name
from sumairu.lib.workbooks.addresses import column_name
from sumairu.lib.workbooks.corrections import USES
from sumairu.lib.workbooks.figures import FIGURES, LABEL, LEAVE_OUT, YEAR

COLUMNS_SHOWN, LABEL_COLUMNS_KEPT = 60, 3
# Of more columns of figures, it is not told one by one what they hold.
COLUMNS_TOLD = 3


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


def column_pages(count, tables):
    """The columns of each page; where there are several, those that name the rows are on each."""
    columns = list(range(1, count + 1))
    if count <= COLUMNS_SHOWN:
        return [columns]
    kept = label_columns(tables)[:LABEL_COLUMNS_KEPT]
    rest = [column for column in columns if column not in kept]
    size = COLUMNS_SHOWN - len(kept)
    return [sorted([*kept, *rest[start : start + size]]) for start in range(0, len(rest), size)]


def label_columns(tables):
    return sorted({column_of(letters) for table in tables for letters in table.label_columns})


def column_of_names(tables):
    """Of the first table the last column that names the rows before the figures; None where there is none."""
    described = tables[0].columns if tables else ()
    first = min((column_of(each.letters) for each in described if each.use == FIGURES), default=0)
    names = [column_of(each.letters) for each in described if each.use == LABEL]
    return max((column for column in names if column < first), default=None)


def readings(tables):
    """By its letters, how each column was read: a title, and what more there is to say. Of several tables, the first."""
    return {column.letters: _read_as(column, table) for table in reversed(tables) for column in table.columns}


def tables_read_anew(tables):
    """Tables with columns that were read otherwise than in those above them, by their first row: `{12: readings}`."""
    found, above = {}, {}
    for table in tables:
        told = readings([table])
        if table.header_rows and any(above.get(letters, words) != words for letters, words in told.items()):
            found[table.header_rows[0]] = told
        above |= told
    return found


def in_words(tables):
    """How the one table of a sheet was read, in a few words each; nothing where there are several."""
    if len(tables) != 1:
        return []
    [table] = tables
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
        return [*words, f"{_columns_in_words([letters for each in figures.values() for letters in each])}を数値"]
    return words + [f"{_columns_in_words(letters)}を{told}" for told, letters in figures.items()]


def page_letters(pages):
    """The letters of the first and last column that each page has to itself."""
    ends = [0, *(columns[-1] for columns in pages)]
    return [(column_name(ends[page]), column_name(ends[page + 1] - 1)) for page in range(len(pages))]


def _read_as(column, table):
    if column.use == LEAVE_OUT:
        return USES[LEAVE_OUT], (column.reason or "").partition("（")[0].partition("。")[0].removesuffix("です")
    if column.use != FIGURES:
        return "名前" if column.use == LABEL else USES[column.use], "・".join(column.path[-1:])
    by_row = any(each.use == YEAR for each in table.columns)
    if column.fiscal_year or column.calendar_year:
        year = year_name(column.fiscal_year, column.calendar_year)
    else:
        year = "年度は各行" if by_row else "年度なし"
    return year, "・".join(filter(None, (column.stage, column.unit)))


def _span(first, last):
    return str(first) if first == last else f"{first}〜{last}"


def _columns_in_words(letters):
    if len(letters) > COLUMNS_TOLD:
        return f"{letters[0]}〜{letters[-1]}列の{len(letters)}列"
    return f"{'・'.join(letters)}列"
