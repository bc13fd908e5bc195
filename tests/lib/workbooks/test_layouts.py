"""Tables made at random, drawn as offices draw them, and read back: what is read must be what was drawn."""

from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils import coordinate_to_tuple, get_column_letter, range_boundaries

from sumairu.lib.wareki import FIRST, LAST, era_name, gregorian_name
from sumairu.lib.workbooks.files.grids import file_to_grids
from sumairu.lib.workbooks.reading import read
from sumairu.lib.workbooks.words.numerals import type_of
from tests.exhaustive import ALL
from tests.lib.workbooks.builders import xlsx

PLACES = {
    "札幌市": "011002",
    "伊達市": "012335",
    "釧路市": "012068",
    "小清水町": "015466",
    "会計年度任用職員の配置": "015725",
    "統計調査": "016012",
}
GROUPS = ("釧路総合振興局", "根室振興局", "後志総合振興局")
UNITS = {"円": 1, "千円": 1000, "百万円": 10**6}
YEAR_NAMES = (
    era_name,
    gregorian_name,
    lambda year: year,
    lambda year: era_name(year).replace("令和", "R").replace("平成", "H"),
    lambda year: era_name(year).replace("年度", ""),
    lambda year: f"{era_name(year)}\n（{year}）",
    lambda year: f"{year}年度\n({era_name(year)})",
)


@dataclass
class Drawing:
    """A sheet as it is drawn, and what it says: at each cell of a figure, (name, code, group, year, measure, value)."""

    draw: object
    cells: dict = field(default_factory=dict)
    merges: list = field(default_factory=list)
    said: dict = field(default_factory=dict)
    hidden_rows: set = field(default_factory=set)
    row: int = 1
    left: int = 1
    width: int = 1

    def one_of(self, *choices):
        return self.draw(st.sampled_from(choices))

    def put(self, *texts, at=0):
        """A row of cells from the left edge of the table."""
        for column, text in enumerate(texts, start=self.left + at):
            if text is not None:
                self.cells[self.row, column] = text
        self.row += 1

    def merge(self, top, left, bottom, right):
        if (top, left) != (bottom, right):
            corners = ((top, left), (bottom, right))
            self.merges.append(":".join(f"{get_column_letter(self.left + column)}{row}" for row, column in corners))

    def number(self, row, column, count, what, size):
        """A figure, written in one of many ways; or none at all."""
        if count is None:
            text = self.one_of(None, "－", "…", "皆減", "***")
        else:
            name, *rest = what
            self.said[row, self.left + column] = (name, *rest, count * size)
            minus = "△" if count < 0 else ""
            text = self.one_of(
                count,
                count,
                count,
                f"{minus}{abs(count):,}",
                f"{minus}{abs(count)}※",
                f"{minus}{abs(count)} 注1",
                f" {count} ",
            )
        if text is not None:
            self.cells[row, self.left + column] = text

    def rows(self):
        height = max(row for row, _ in self.cells)
        width = max(column for _, column in self.cells)
        return [[self.cells.get((row, column)) for column in range(1, width + 1)] for row in range(1, height + 1)]

    def workbook(self):
        return xlsx(self.rows(), merge=self.merges, hidden_rows=self.hidden_rows)


@st.composite
def drawn(draw, states_unit=True, states_year=True):
    sheet = Drawing(draw)
    sheet.left = draw(st.integers(1, 3))
    sheet.row = draw(st.integers(1, 3))
    names = draw(st.lists(st.sampled_from(sorted(PLACES)), min_size=1, max_size=6, unique=True))
    first = draw(st.integers(2016, 2024))
    years = list(range(first, first + draw(st.integers(2, 4))))
    unit = sheet.one_of(*sorted(UNITS)) if states_unit else None
    shape = sheet.one_of(wide, wide, pairs, long, down, titled)
    if not states_year:
        shape = sheet.one_of(undated, undated_long)
    sheet.one_of(lambda: None, lambda: sheet.put("別紙１"))()
    title = sheet.one_of("予算額の推移", "支援制度の予算額", "（参考）予算額")
    if shape is titled:
        years = years[:1]
        title = sheet.one_of(f"{era_name(first)}　予算額", f"予算額（{era_name(first)}）")
    sheet.put(title)
    if draw(st.booleans()):
        sheet.put("※ 見込みを含む。四捨五入のため合計は一致しない。")
    if draw(st.booleans()):
        sheet.row += 1
    where = sheet.one_of("note", "header") if unit else None
    shape(sheet, names, years, unit, where)
    end = sheet.row
    for line in draw(st.sampled_from([[], ["（注）四捨五入している。"], ["※1 令和2年度は除く。", "※2 暫定値"]])):
        sheet.put(line)
    if draw(st.booleans()):
        sheet.row = max(sheet.row, end + 2)
        sheet.put("問合せ先", "内線", 22801)
    return sheet


def unit_note(sheet, unit, where, width):
    if where == "note":
        words = sheet.one_of(f"（単位：{unit}）", f"(単位:{unit})", f"単位　{unit}", f"（{unit}）", f"【単位：{unit}】")
        sheet.put(words, at=sheet.one_of(0, width - 1, width - 1))


def measure(sheet, unit, where):
    name = sheet.one_of("予算額", "予　算　額", "交付\n金額")
    return f"{name}\n（{unit}）" if where == "header" else name


def label_columns(sheet):
    """The columns that name the rows, from the left: of numbering, codes, groups, names."""
    kinds = ["number"] * sheet.draw(st.booleans()) + ["code"] * sheet.draw(st.booleans())
    group = sheet.one_of(None, None, "merged", "once", "each")
    return [*kinds, *(["group"] if group else []), "name"], group


HEADERS = {"number": "No.", "code": "団体コード", "group": "振興局", "name": "市町村名"}


def bodies(sheet, names, columns, group, count_columns, fill, *, may_break=True):
    """The rows under a header: `fill(row, name, code, group)` writes the numbers; totals and blank rows come between."""
    top_total = sheet.one_of(None, None, "合　計")
    bottom_total = sheet.one_of(None, "合計", "計", "全道計")
    per_group = max(2, len(names))
    at_name = columns.index("name")
    if top_total:
        total(sheet, top_total, at_name, count_columns)
    for start in range(0, len(names), per_group):
        members = names[start : start + per_group]
        chosen = GROUPS[start // per_group]
        first = sheet.row
        for i, name in enumerate(members):
            texts = {
                "number": i + 1,
                "code": PLACES[name],
                "group": chosen if group == "each" or i == 0 else None,
                "name": sheet.one_of(name, f"　{name}", f"{name}※", name),
            }
            for column, kind in enumerate(columns):
                if texts[kind] is not None:
                    sheet.cells[sheet.row, sheet.left + column] = texts[kind]
            fill(sheet.row, name, PLACES[name] if "code" in columns else None, chosen if group else None)
            sheet.row += 1
            has_number = any(row == sheet.row - 1 for row, _ in sheet.said)
            if may_break and has_number and group in (None, "each") and sheet.one_of(True, *[False] * 9):
                sheet.row += 1
        if group == "merged" and len(members) > 1:
            column = columns.index("group")
            sheet.merge(first, column, first + len(members) - 1, column)
        if group == "once" and len(members) == 1:
            pass
    if bottom_total:
        total(sheet, bottom_total, at_name, count_columns)


def total(sheet, word, at_name, count_columns):
    sheet.cells[sheet.row, sheet.left + at_name] = word
    for column in count_columns:
        sheet.cells[sheet.row, sheet.left + column] = sheet.one_of(9, 99, None)
    sheet.row += 1


COUNTS = st.integers(-9999, 9999) | st.none()


def counts_of(sheet, keys):
    """A count or nothing for each key, and at least one number in every column."""
    counts = {key: sheet.draw(COUNTS) for key in keys}
    for last in {key[-1] for key in keys}:
        of_column = [key for key in keys if key[-1] == last]
        if all(counts[key] is None for key in of_column):
            counts[of_column[0]] = 1
    for first in {key[0] for key in keys}:
        of_row = [key for key in keys if key[0] == first and counts[key] is not None]
        if {counts[key] for key in of_row} <= {*range(FIRST, LAST + 1)} and len({counts[key] for key in of_row}) == 1:
            counts |= dict.fromkeys(of_row, 7)  # behind a blank row, a year by itself may begin another table
    return counts


def wide(sheet, names, years, unit, where):
    """Years across, under one measure or none, with columns that are no years among them."""
    columns, group = label_columns(sheet)
    labels = len(columns)
    extra = sheet.one_of([], ["増減"], ["合計"], ["備考"], ["対前年度比（％）", "備考"])
    unit_note(sheet, unit, where, labels + len(years) + len(extra))
    year_name = sheet.one_of(*YEAR_NAMES)
    named = [year_name(year) for year in years]
    style = sheet.one_of("one row", "two rows", "eras", "era once")
    if style == "era once":
        named = [era_name(years[0]), *(era_name(year)[2:] for year in years[1:])]
    top = sheet.row
    head = [HEADERS[kind] for kind in columns]
    over = measure(sheet, unit, where)
    if style == "eras":
        eras = [era_name(year)[:2] for year in years]
        starts = [i for i, era in enumerate(eras) if i == 0 or era != eras[i - 1]]
        sheet.put(*head, *[era if i in starts else None for i, era in enumerate(eras)], *extra)
        sheet.put(*[None] * labels, *[era_name(year)[2:].removesuffix(sheet.one_of("", "年度")) for year in years])
        for start, end in zip(starts, [*starts[1:], len(years)], strict=True):
            sheet.merge(top, labels + start, top, labels + end - 1)
        if where == "header":
            sheet.cells[top, sheet.left] = f"{head[0]}（単位：{unit}）"
    elif style == "two rows" or where == "header":
        sheet.put(*head, over, *[None] * (len(years) - 1), *extra)
        sheet.put(*[None] * labels, *named)
        sheet.merge(top, labels, top, labels + len(years) - 1)
    else:
        sheet.put(*head, *named, *extra)
    if sheet.row > top + 1:
        for column in [*range(labels), *range(labels + len(years), labels + len(years) + len(extra))]:
            sheet.merge(top, column, top + 1, column)
    counts = counts_of(sheet, [(name, year) for name in names for year in years])

    def fill(row, name, code, of_group):
        for i, year in enumerate(years):
            what = (name, code, of_group, year)
            sheet.number(row, labels + i, counts[name, year], what, UNITS.get(unit, 0))
        for i, word in enumerate(extra):
            sheet.cells[row, sheet.left + labels + len(years) + i] = "新規" if word == "備考" else 7

    bodies(sheet, names, columns, group, range(labels, labels + len(years)), fill)


def pairs(sheet, names, years, unit, where):
    """Years over an amount and a number of cases each, merged or written once."""
    columns, group = label_columns(sheet)
    labels = len(columns)
    if where == "note":
        sheet.put(f"（単位：{unit}、件）", at=labels + 2 * len(years) - 1)
    year_name = sheet.one_of(*YEAR_NAMES[:2], YEAR_NAMES[3])
    top = sheet.row
    sheet.put(*[HEADERS[kind] for kind in columns], *[text for year in years for text in (year_name(year), None)])
    leaves = (f"金額（{unit}）", "件数（件）") if where == "header" else ("金額", "件数")
    sheet.put(*[None] * labels, *leaves * len(years))
    is_merged = sheet.draw(st.booleans())
    for column in range(labels):
        sheet.merge(top, column, top + 1, column)
    for i in range(len(years)):
        if is_merged:
            sheet.merge(top, labels + 2 * i, top, labels + 2 * i + 1)
    keys = [(name, year, leaf) for name in names for year in years for leaf in (0, 1)]
    counts = {key: sheet.draw(st.integers(0, 9999)) for key in keys}

    def fill(row, name, code, of_group):
        for i, year in enumerate(years):
            what = (name, code, of_group, year)
            sheet.number(row, labels + 2 * i, counts[name, year, 0], what, UNITS.get(unit, 0))
            sheet.number(row, labels + 2 * i + 1, counts[name, year, 1], what, 1)

    bodies(sheet, names, columns, group, range(labels, labels + 2 * len(years)), fill)


def long(sheet, names, years, unit, where):
    """A row for each figure, its columns in any order."""
    unit_note(sheet, unit, where, 3)
    order = sheet.draw(st.permutations(["year", "name", "count"]))
    texts = {"year": "年度", "name": "制度名", "count": measure(sheet, unit, where)}
    sheet.put(*[texts[kind] for kind in order])
    year_name = sheet.one_of(*YEAR_NAMES)
    counts = counts_of(sheet, [(name, year) for name in names for year in years])
    once = (
        order.index("year") < order.index("name") < order.index("count")
        and sheet.draw(st.booleans())
        and len(names) > 1
    )
    for year in years:
        for i, name in enumerate(names):
            cells = {"year": year_name(year) if i == 0 or not once else None, "name": name}
            for column, kind in enumerate(order):
                if kind == "count":
                    sheet.number(sheet.row, column, counts[name, year], (name, None, None, year), UNITS.get(unit, 0))
                elif cells[kind] is not None:
                    sheet.cells[sheet.row, sheet.left + column] = cells[kind]
            sheet.row += 1


def down(sheet, names, years, unit, where):
    """Years down, names across: the names stand in the headers."""
    unit_note(sheet, unit, where, 1 + len(names))
    sheet.put("年度", *[f"{name}\n（{unit}）" if where == "header" else name for name in names])
    named = [sheet.one_of(*YEAR_NAMES)(year) for year in years]
    if sheet.draw(st.booleans()):
        named = [era_name(years[0]), *(era_name(year)[2:].removesuffix("年度") for year in years[1:])]
    counts = counts_of(sheet, [(year, name) for year in years for name in names])
    counts[years[0], names[0]] = 5
    for year, text in zip(years, named, strict=True):
        sheet.cells[sheet.row, sheet.left] = text
        for i, name in enumerate(names):
            sheet.number(sheet.row, 1 + i, counts[year, name], ("", None, None, year), UNITS.get(unit, 0))
        sheet.row += 1
    if sheet.draw(st.booleans()):
        sheet.put("合計", *[9 for _ in names])


def titled(sheet, names, years, unit, where):
    """One year, which the title states; the header may come again on a second page."""
    columns, group = label_columns(sheet)
    labels = len(columns)
    unit_note(sheet, unit, where, labels + 1)
    head = [*[HEADERS[kind] for kind in columns], measure(sheet, unit, where)]
    counts = counts_of(sheet, [(name, years[0]) for name in names])

    def fill(row, name, code, of_group):
        sheet.number(row, labels, counts[name, years[0]], (name, code, of_group, years[0]), UNITS.get(unit, 0))

    half = len(names) // 2 if group is None and sheet.draw(st.booleans()) else 0
    for page in filter(None, (names[:half], names[half:])):
        if all(counts[name, years[0]] is None for name in page):
            counts[page[0], years[0]] = 1
        sheet.put(*head)
        bodies(sheet, page, columns, group, [labels], fill, may_break=False)
        ends_in_number = any(row == sheet.row - 1 for row, _ in sheet.said)
        sheet.row += sheet.one_of(0, 1) if half and ends_in_number else 1


def undated(sheet, names, years, unit, where):
    titled(sheet, names, [None], unit, where)


def undated_long(sheet, names, years, unit, where):
    unit_note(sheet, unit, where, 3)
    sheet.put("年度", "制度名", measure(sheet, unit, where))
    counts = counts_of(sheet, [(name, None) for name in names])
    for number, name in enumerate(names, start=2):
        sheet.put(sheet.one_of(number, f"{number}年度"), name)
        sheet.number(sheet.row - 1, 2, counts[name, None], (name, None, None, None), UNITS.get(unit, 0))


def read_back(sheet):
    """(what was said, what was read of it, further figures that were read)"""
    reading = read(sheet.workbook())
    found = {coordinate_to_tuple(each.cell): each for each in reading.figures}
    assert reading.problems == ()
    return {place: found.pop(place, None) for place in sheet.said}, found


@settings(max_examples=250 if ALL else 20)
@given(drawn())
def test_what_is_read_is_what_was_drawn(sheet):
    figures, others = read_back(sheet)
    assert others == {}
    for place, (name, code, group, year, value) in sheet.said.items():
        figure = figures[place]
        assert figure is not None, place
        assert (figure.fiscal_year, figure.value, figure.code) == (year, value, code)
        assert figure.label.endswith(name)
        assert group is None or group in dict(figure.labels).values()


@settings(max_examples=60 if ALL else 10)
@given(drawn(states_unit=False))
def test_without_a_unit_nothing_has_a_value(sheet):
    figures, others = read_back(sheet)
    assert others == {}
    assert {figure.value for figure in figures.values() if figure.unit != "件"} <= {None}


@settings(max_examples=60 if ALL else 10)
@given(drawn(states_year=False))
def test_without_a_year_nothing_has_one(sheet):
    figures, others = read_back(sheet)
    assert others == {}
    assert {figure.fiscal_year for figure in figures.values()} == {None}


WORDS = "制度名 R3年度 令和 元 予算額（千円） （単位：億円） 人 交付金 合計 増減 － △12 38人 12～15 備考 年度 団体コード 012068 ２月補正 当初"
CELLS = st.sampled_from([None, None, None, 1, 45.5, 2020, 2021, 30, True, *WORDS.split()])
PLACES_IN_GRID = st.tuples(st.integers(1, 6), st.integers(1, 6))


@settings(max_examples=200 if ALL else 20)
@given(
    st.lists(st.lists(CELLS, max_size=6), max_size=9),
    st.lists(st.tuples(PLACES_IN_GRID, st.integers(0, 2), st.integers(0, 3)), max_size=2),
)
def test_every_number_of_a_workbook_is_accounted_for_once(rows, spans):
    merges = []
    for (top, left), down, right in spans:
        if down + right and not any(overlaps(merge, (top, left, top + down, left + right)) for merge in merges):
            merges.append((top, left, top + down, left + right))
    content = xlsx(
        rows,
        merge=[
            f"{get_column_letter(left)}{top}:{get_column_letter(last)}{bottom}" for top, left, bottom, last in merges
        ],
    )
    reading = read(content)
    named = [each.cell for each in (*reading.figures, *reading.skipped, *reading.problems)]
    assert len(named) == len(set(named))
    recognised = set()
    for table in reading.tables:
        left, top, last, bottom = range_boundaries(table.range)
        recognised |= {(row, column) for row in table.header_rows for column in range(left, last + 1)}
        labels = [coordinate_to_tuple(f"{letters}1")[1] for letters in table.label_columns]
        recognised |= {(row, column) for row in range(top, bottom + 1) for column in labels}
    [grid] = file_to_grids(content)
    numbers = {
        (row + 1, column + 1)
        for row, cells in enumerate(grid.rows)
        for column, cell in enumerate(cells)
        if type_of(cell) == "n"
    }
    assert numbers <= recognised | {coordinate_to_tuple(cell) for cell in named}


def overlaps(one, other):
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]
