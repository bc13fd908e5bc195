"""Small files that ask a table import for much work: refused in words before openpyxl, in a web thread, sees them."""

import pytest

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
