"""Tables made at random, drawn as offices draw them, and read back: what is read must be what was drawn."""

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils import coordinate_to_tuple, get_column_letter, range_boundaries

from sumairu.lib.wareki import era_name, gregorian_name
from sumairu.lib.workbooks.grids import read_grids
from sumairu.lib.workbooks.numerals import sort_of
from sumairu.lib.workbooks.reading import read
from tests.lib.workbooks.builders import xlsx

NAMES = ("地域づくり総合交付金", "地域政策推進事業", "地域創生出張サポート制度", "会計年度任用職員の配置", "統計調査")
YEAR_NAMES = (
    era_name,
    gregorian_name,
    lambda year: year,
    lambda year: era_name(year).replace("令和", "R").replace("平成", "H"),
    lambda year: f"{era_name(year)}\n（{year}）",
)
UNITS = {"円": 1, "千円": 1000, "百万円": 10**6}


@st.composite
def drawn(draw):
    """The rows and merged cells of a sheet, and what it says: {(name, year): yen}."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True))
    first = draw(st.integers(2016, 2024))
    years = range(first, first + draw(st.integers(2, 4)))
    unit = draw(st.sampled_from(sorted(UNITS)))
    counts = {(name, year): draw(st.integers(-9999, 9999) | st.none()) for name in names for year in years}
    if any(all(counts[name, year] is None for name in names) for year in years):
        counts |= {(names[0], year): 1 for year in years}
    year_name = draw(st.sampled_from(YEAR_NAMES))
    unit_in_header = draw(st.booleans())
    header = f"予算額（{unit}）" if unit_in_header else "予算額"
    draw_table = draw(st.sampled_from([wide, merged, long]))
    table, merges = draw_table(names, years, counts, year_name, header)
    above = draw(st.sampled_from([[], [["予算額の推移"], []], [["別紙１"], ["予算額の推移"], ["※ 見込みを含む。"]]]))
    if not unit_in_header:
        above = [*above, [*[None] * (len(table[0]) - 1), f"（単位：{unit}）"]]
    below = draw(st.sampled_from([[], [["（注）四捨五入している。"]], [[], [None, None, 3]]]))
    right, down = draw(st.integers(0, 2)), draw(st.integers(0, 2)) + len(above)
    rows = [[]] * (down - len(above)) + [[*[None] * right, *row] for row in [*above, *table, *below]]
    shifted = [shift(cells, down, right) for cells in merges]
    said = {key: count * UNITS[unit] for key, count in counts.items() if count is not None}
    return rows, shifted, said


def wide(names, years, counts, year_name, header):
    top = [[header], ["制度名", *map(year_name, years), "増減"]]
    body = [[name, *[counts[name, year] for year in years], 7] for name in names]
    return [*top, *body, ["合計", *[9 for _ in years], 7]], []


def merged(names, years, counts, year_name, header):
    top = [["制度名", header], [None, *map(year_name, years)]]
    body = [[name, *[counts[name, year] for year in years]] for name in names]
    return [*top, *body], ["A1:A2", f"B1:{get_column_letter(1 + len(years))}1"]


def long(names, years, counts, year_name, header):
    body = [[year_name(year), name, counts[name, year]] for name in names for year in years]
    return [["年度", "制度名", header], *body], []


def shift(cells, down, right):
    left, top, last, bottom = range_boundaries(cells)
    return f"{get_column_letter(left + right)}{top + down}:{get_column_letter(last + right)}{bottom + down}"


@settings(deadline=None, max_examples=100)
@given(drawn())
def test_what_is_read_is_what_was_drawn(sheet):
    rows, merges, said = sheet
    reading = read(xlsx(rows, merge=merges))
    assert {(each.label, each.fiscal_year): each.value for each in reading.figures} == said
    assert len(reading.figures) == len(said)
    assert reading.problems == ()


WORDS = "制度名 R3年度 令和 元 予算額（千円） （単位：億円） 人 交付金 合計 増減 － △12 38人 12～15 備考 年度 団体コード 012068 ２月補正 当初"
CELLS = st.sampled_from([None, None, None, 1, 45.5, 2020, 2021, 30, True, *WORDS.split()])
PLACES = st.tuples(st.integers(1, 6), st.integers(1, 6))


@settings(deadline=None, max_examples=200)
@given(
    st.lists(st.lists(CELLS, max_size=6), max_size=9),
    st.lists(st.tuples(PLACES, st.integers(0, 2), st.integers(0, 3)), max_size=2),
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
    [grid] = read_grids(content)
    numbers = {
        (row + 1, column + 1)
        for row, cells in enumerate(grid.rows)
        for column, cell in enumerate(cells)
        if sort_of(cell) == "n"
    }
    assert numbers <= recognised | {coordinate_to_tuple(cell) for cell in named}


def overlaps(one, other):
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]
