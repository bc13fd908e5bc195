from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from sumairu.lib.workbooks.files.cells import Number
from sumairu.lib.workbooks.stated import rows
from sumairu.lib.workbooks.stated.columns import Column, codes_of
from sumairu.lib.workbooks.stated.row import row_of
from sumairu.lib.workbooks.stated.rows import label_cells_to_rows
from sumairu.lib.workbooks.words import stages, uses

NAMES = [
    "釧路市",
    "釧路町",
    "地域づくり総合交付金",
    "合計",
    "小計",
    "うち市",
    "職員数（人）",
    "金額（千円）",
    "〃",
    "注１ 参考",
    "x",
    "",
    "－",
]
OTHERS = [
    "令和3年度",
    "R2",
    "2020",
    "前年度",
    "令和2年",
    "R3予算額",
    "当初",
    "決算",
    "２月補正",
    "明示なし",
    "千円",
    "交付金※1",
]
CODES = ["012068", "012033", 12068.0, "01", ""]
NUMBERS = [2021.0, 1.0, True, Number(1.0, "0%"), 3.5]
CELLS = st.sampled_from([*NAMES, *OTHERS, *CODES, *NUMBERS])
USES = [None, None, uses.YEAR, uses.STAGE, uses.SUPPLEMENT, uses.UNIT, uses.CODE, uses.IDENTIFIER]


@st.composite
def tables(draw):
    """Label columns with their cells, column by column."""
    size = draw(st.integers(1, 12))
    columns, cells = [], []
    for index, use in enumerate(draw(st.lists(st.sampled_from([*USES, uses.ORDER]), max_size=4))):
        of_column = draw(st.lists(CELLS, min_size=size, max_size=size))
        has_names_with_codes = use is None and draw(st.booleans())
        columns.append(
            Column(
                index=index,
                path=(f"見出し{index}",),
                is_label=True,
                use=use,
                years=(),
                stage=stages.NO_STAGE,
                units=(),
                names=(f"見出し{index}",),
                siblings=(),
                reason=None,
                codes=codes_of(set(of_column)) if use == uses.CODE else {},
                coded={"釧路市": ("012068", "釧路市"), "釧路町": ("016616", "釧路町")} if has_names_with_codes else {},
            )
        )
        cells.append(of_column)
    return columns, cells, size


@given(tables())
def test_many_rows_are_read_as_each_would_be(table):
    columns, cells, size = table
    found = label_cells_to_rows(columns, cells, size)
    assert [found.at(i) for i in range(size)] == [row_of(columns, [each[i] for each in cells]) for i in range(size)]


COLUMN = Column(0, ("町",), True, None, (), None, (), ("町",), (), None, {})


def test_of_rows_that_differ_in_names_alone_one_is_looked_at(monkeypatch):
    looked_at = []
    monkeypatch.setattr(rows, "row_of", lambda columns, cells: looked_at.append(cells) or row_of(columns, cells))
    towns = ["釧路市", "帯広市", "北見市"] * 100
    assert label_cells_to_rows([COLUMN], [towns], 300).texts == towns
    assert len(looked_at) == 1 + 3 + 1  # any name, each town by itself, a row


def test_a_code_beside_a_name_makes_no_row_another_kind():
    codes = ["012068", "012033", "012076"] * 100
    of_codes = replace(COLUMN, path=("団体コード",), use=uses.CODE, codes=codes_of(set(codes)))
    rows = label_cells_to_rows([of_codes, COLUMN], [codes, ["釧路市", "小樽市", "帯広市"] * 100], 300)
    assert (rows.codes, len(rows.of_variant)) == (codes, 1)


def test_what_is_more_than_its_cells_say_is_looked_at_row_by_row(monkeypatch):
    def first_letter(columns, cells):
        row = row_of(columns, cells)
        return row._replace(label=row.label[:1]) if len(columns) > 1 else row

    monkeypatch.setattr(rows, "row_of", first_letter)
    found = label_cells_to_rows([COLUMN, COLUMN], [["釧路市", "帯広市"], ["a", "b"]], 2)
    assert found.texts == ["釧", "帯"]
