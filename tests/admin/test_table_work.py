"""Small files that ask a table import for much work: refused in words before openpyxl, in a web thread, sees them."""

from io import BytesIO

import pytest
from openpyxl import Workbook

from sumairu.admin import tables
from sumairu.lib.workbooks import Refused
from tests.lib.workbooks.builders import MAIN, package, sheet_xml

CELLS = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, 2_001))
ONE = '<row r="1"><c r="A1" s="0"><v>1</v></c></row>'
EVERY_COLUMN = "<cols>" + '<col min="1" max="16384" hidden="1"/>' * 20_000 + "</cols>"


def shared(text):
    return {"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si><t>{text}</t></si></sst>'}


def styled(code):
    format = f"<numFmts><numFmt numFmtId='200' formatCode='{code}'/></numFmts>"
    return {"xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{format}<cellXfs><xf numFmtId="200"/></cellXfs></styleSheet>'}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (package(sheet_xml(CELLS), shared("市" * 40_000)), "A1 の文字が長すぎます"),
        (package(sheet_xml(CELLS), shared("市" * 30_000)), "文字が多すぎます"),
        (package(sheet_xml(ONE, before=EVERY_COLUMN)), "非表示の列の指定"),
        (package(sheet_xml(ONE), styled("[$" * 30_000)), "表示形式が長すぎます"),
        (
            package(sheet_xml(ONE), {"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{"<si/>" * 2_600_000}</sst>'}),
            "大き",
        ),
    ],
    ids=["a long text", "a text in many cells", "ranges of columns", "a long format", "millions of empty texts"],
)
def test_what_asks_for_much_work_is_refused_before_it_is_done(content, says, monkeypatch):
    monkeypatch.setattr("openpyxl.load_workbook", None)
    with pytest.raises(Refused, match=says):
        tables.Xlsx(titles=["制度名"]).create_dataset(content)


def table(rows):
    """A workbook of one column, `制度名`, and its rows where they stand: {2: "制度A"}."""
    book = Workbook()
    book.active["A1"] = "制度名"
    for row, text in rows.items():
        book.active[f"A{row}"] = text
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def as_csv(rows):
    return "\n".join(["制度名", *(rows.get(row, "") for row in range(2, max(rows) + 1))]).encode()


@pytest.mark.parametrize(
    ("read", "made"), [(tables.Xlsx, table), (tables.Csv, as_csv)], ids=["a workbook", "a file of commas"]
)
def test_a_table_that_goes_on_below_what_is_read_is_refused(read, made):
    assert len(read(titles=["制度名"]).create_dataset(made({2: "制度A", 5_000: "制度B"}))) == 2
    with pytest.raises(Refused, match="5,000行目より下にも内容があります"):
        read(titles=["制度名"]).create_dataset(made({2: "制度A", 5_001: "制度B"}))
