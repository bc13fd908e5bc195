from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sumairu.lib.workbooks.files import condensed as module
from sumairu.lib.workbooks.files import scan as scan_module
from sumairu.lib.workbooks.files.admission import Refused
from sumairu.lib.workbooks.files.condensed import condense
from sumairu.lib.workbooks.files.excel import read_excel
from tests.lib.workbooks.builders import MAIN, package, sheet_xml, xlsx

WORKBOOKS = sorted((Path(__file__).parents[4] / "fixtures/workbooks").glob("*.xlsx"))
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="170" formatCode="0.0&quot;億円&quot;"/>'
    '<numFmt numFmtId="171" formatCode="ggge&quot;年度&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="9"/>'
    '<xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="3"/><xf numFmtId="171"/></cellXfs></styleSheet>'
)
STRINGS = (
    f'<sst xmlns="{MAIN}"><si><t>釧路市</t><rPh sb="0" eb="2"><t>クシロ</t></rPh></si><si><r><t>帯広</t></r><r><t>市</t></r></si>'
    '<si><t xml:space="preserve"> 根室 </t></si><si><t/></si></sst>'
)
CELLS = [
    "<v>1</v>",
    "<v>25</v>",
    "<v>-0.5</v>",
    "<v>1.5E-7</v>",
    "<v>36502923.329000026</v>",
    "<v>12345678901234567890</v>",
    '|t="n"|<v>7</v>',
    '|s="1"|<v>0.5</v>',
    '|s="3" t="n"|<v>45.5</v>',
    '|s="4"|<v>1234</v>',
    '|t="s"|<v>0</v>',
    '|s="1" t="s"|<v>1</v>',
    '|t="s"|<v>2</v>',
    '|t="s"|<v>3</v>',
    '|t="b"|<v>1</v>',
    '|t="str"|<f>A1</f><v>件</v>',
    '|t="str"|<f>A1</f><v></v>',
    "<f>1+1</f><v>2</v>",
    "<f>SUM(B1:B9)</f>",
    '<f t="shared" si="0"/><v/>',
    '|t="e"|<v>#REF!</v>',
    '|t="e"|<f>1/0</f><v>#DIV/0!</v>',
    '|t="inlineStr"|<is><t>網走 &amp; 紋別\n（見本）</t></is>',
    '|t="inlineStr"|<is><t xml:space="preserve"> _x000D_a</t></is>',
    '|t="inlineStr"|<is><t></t></is>',
    '|s="4"|/',
    "/",
    "",
]
ROWS = ["", ' spans="1:3"', ' hidden="1"', ' ht="13.5" hidden="0" x14ac:dyDescent="0.4"']
HEADS = ["", '<cols><col min="2" max="2" hidden="1"/></cols>', '<dimension ref="A1"/>']
TAILS = [
    "",
    '<mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells>',
    '<pageMargins left="0.7"/><extLst><xm:f>A1</xm:f></extLst>',
]
TEARS = [
    *("<!--", "-->", "<![CDATA[", "]]>", "<?a ?>", "'", '"', "<", ">", "/", " ", "\n", "&", "&#65;", "&amp;", "\x01"),
    *(
        "<c>",
        "</c>",
        "<v>",
        "</v>",
        "<v/>",
        "<f>",
        "</f>",
        "<is>",
        "<t>",
        "<row>",
        "</row>",
        "<sheetData>",
        "</sheetData>",
    ),
    *(' r="A1"', ' r="1"', ' s="2"', ' t="s"', ' t="e"', ' hidden="1"', '<row r="2">', '<c r="D9"><v>8</v></c>', ""),
]
LETTERS = ["A", "B", "C", "Z", "AA", "AB"]


def cell(name, spelling):
    attributes, content = spelling[1:].split("|") if spelling.startswith("|") else ("", spelling)
    start = f'<c r="{name}"{attributes and " " + attributes}'
    return f"{start}/>" if content == "/" else f"{start}>{content}</c>"


@st.composite
def sheet_of(draw, cells=CELLS):
    """The XML of a sheet as programs write them."""
    spellings = draw(st.lists(st.sampled_from(cells), min_size=1, max_size=6))
    rows = []
    for number in sorted(draw(st.sets(st.integers(1, 12), min_size=1, max_size=8))):
        found = {letters: draw(st.sampled_from([*spellings, None])) for letters in LETTERS[: draw(st.integers(0, 6))]}
        held = "".join(
            cell(f"{letters}{number}", spelling) for letters, spelling in found.items() if spelling is not None
        )
        attributes = draw(st.sampled_from(ROWS))
        rows.append(f'<row r="{number}"{attributes}>{held}</row>' if held else f'<row r="{number}"{attributes}/>')
    return sheet_xml("".join(rows), before=draw(st.sampled_from(HEADS)), after=draw(st.sampled_from(TAILS)))


def workbook(sheet):
    return package(sheet, {"xl/styles.xml": STYLES, "xl/sharedStrings.xml": STRINGS})


def outcome(content, monkeypatch, least=0):
    """What comes of a workbook: its grids, types and all, or why there are none."""
    monkeypatch.setattr(module, "LEAST_BYTES", least)
    try:
        return repr(list(read_excel(content)))
    except Refused as refused:
        return str(refused)


def as_it_is(content, monkeypatch):
    return outcome(content, monkeypatch, least=10**9)


def is_condensed(content, monkeypatch):
    monkeypatch.setattr(module, "LEAST_BYTES", 0)
    return condense(content)[0] is not content


@pytest.fixture(scope="module")
def patch():
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@given(sheet=sheet_of())
def test_a_sheet_made_short_reads_as_it_would_have(patch, sheet):
    content = workbook(sheet)
    assert is_condensed(content, patch) == any(
        f"<{tag}" in sheet.partition("</sheetData>")[0] for tag in ("v", "f", "is")
    )
    assert outcome(content, patch) == as_it_is(content, patch)


@given(
    sheet=sheet_of(
        ["<v>3</v>", *(f"<v>{odd}</v>" for odd in ("007", "1,2", "", ".5", "+1", "1E400", "9" * 400, "NaN"))]
    )
)
def test_columns_of_numbers_written_otherwise_read_as_they_would_have(patch, sheet):
    content = workbook(sheet)
    assert outcome(content, patch) == as_it_is(content, patch)


@given(sheet=sheet_of([*CELLS[:4], '|s="1"|<v>0.5</v>', '|s="2"|<v>44287</v>', '|s="5"|<v>44287</v>']))
def test_columns_of_numbers_read_as_they_would_have_dates_or_not(patch, sheet):
    content = workbook(sheet)
    assert outcome(content, patch) == as_it_is(content, patch)


@given(sheet=sheet_of(), random=st.randoms(use_true_random=False))
def test_a_sheet_that_is_torn_comes_to_the_same(patch, sheet, random):
    for _ in range(random.randint(1, 3)):
        at = random.randrange(len(sheet))
        sheet = sheet[:at] + random.choice(TEARS) + sheet[at + random.choice((0, 0, 1, 9)) :]
    content = workbook(sheet)
    assert outcome(content, patch) == as_it_is(content, patch)


@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda path: path.stem)
def test_workbooks_of_offices_made_short_read_as_they_would_have(monkeypatch, path):
    content = path.read_bytes()
    assert is_condensed(content, monkeypatch)
    assert outcome(content, monkeypatch) == as_it_is(content, monkeypatch)


def test_of_many_cells_written_alike_one_is_read(monkeypatch):
    rows = [["町", "年度", "額"], *([f"第{n % 3}町", "R3", n / 4] for n in range(200))]
    content = xlsx(rows)
    assert is_condensed(content, monkeypatch)
    with ZipFile(BytesIO(condense(content)[0])) as short:
        assert short.read("xl/worksheets/sheet1.xml").count(b"<c ") == 1 + 3 + 4 + 1  # marker, header, names, example
    [grid] = read_excel(content)
    assert grid.rows == [[str(cell) if isinstance(cell, str) else float(cell) for cell in row] for row in rows]


def test_short_sheets_stay_as_they_are(monkeypatch):
    monkeypatch.setattr(module, "LEAST_BYTES", 10_000)
    content = xlsx([["町", "額"], ["釧路市", 1]])
    assert condense(content) == (content, {})


CELL = '<c r="A1"><v>1</v></c>'
ROW = f'<row r="1">{CELL}</row>'
FAR = '<c r="XFD1048576"><v>1</v></c>'


@pytest.mark.parametrize(
    "sheet",
    [
        pytest.param(sheet_xml(f"<!--{ROW}-->{ROW}"), id="comment among the rows"),
        pytest.param(sheet_xml(ROW, before=f"<!--<sheetData>{ROW}</sheetData>-->"), id="comment before the rows"),
        pytest.param(sheet_xml(ROW, before="<?a <sheetData>?>"), id="instruction before the rows"),
        pytest.param(sheet_xml(ROW, before="<a><![CDATA[<sheetData>]]></a>"), id="CDATA before the rows"),
        pytest.param(sheet_xml('<row r="1"><c r="A1" t="str"><v><![CDATA[<v>2</v>]]></v></c></row>'), id="CDATA in a cell"),
        pytest.param(sheet_xml(ROW, before='<a b="<sheetData>"/>'), id="tag in an attribute"),
        pytest.param(sheet_xml(f'<row r="1" a="><c r="B9">">{CELL}</row>'), id="end of a tag in an attribute"),
        pytest.param(sheet_xml(f"<row r='1'>{CELL}</row>"), id="single quotes"),
        pytest.param(sheet_xml('<row r="1"><c r="&#65;1"><v>1</v></c></row>'), id="reference in a name"),
        pytest.param(sheet_xml('<row r="1"><c r="A2"><v>1</v></c></row>'), id="cell of another row"),
        pytest.param(sheet_xml(f'<row r="1">{FAR}</row>'), id="cell of another row, far away"),
        pytest.param(sheet_xml('<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c></row>'), id="cells in disorder"),
        pytest.param(sheet_xml('<row r="2"><c r="A2"><v>1</v></c></row>' + ROW), id="rows in disorder"),
        pytest.param(sheet_xml(ROW + ROW), id="row twice"),
        pytest.param(sheet_xml(f'<row r="1">{CELL}{CELL}</row>'), id="cell twice"),
        pytest.param(sheet_xml('<row r="1"><c r="A1" s="0" s="1"><v>1</v></c></row>'), id="attribute twice"),
        pytest.param(sheet_xml('<row r="1"><c r="A1" r="XFD9"><v>1</v></c></row>'), id="name twice"),
        pytest.param(sheet_xml(f'<row r="1" r="9">{CELL}</row>'), id="number of a row twice"),
        pytest.param(sheet_xml("<row><c><v>1</v></c></row>"), id="no names"),
        pytest.param(sheet_xml(f"<row r=\"1\">\n{CELL}</row>"), id="space between"),
        pytest.param(sheet_xml(f'<row r="1">{CELL}<x:c r="XFD1"><v>1</v></x:c></row>'), id="prefix"),
        pytest.param(sheet_xml(f'<row r="1">{CELL[:-4]}{FAR}</c></row>'), id="cell in a cell"),
        pytest.param(sheet_xml(ROW, after=f"<sheetData>{FAR}</sheetData>"), id="rows again"),
        pytest.param(sheet_xml(ROW, before=FAR), id="cell before the rows"),
        pytest.param(sheet_xml(f'{ROW}<row r="1048577">{CELL}</row>'), id="row beyond the last"),
        pytest.param(sheet_xml('<row r="1"><c r="XFE1"><v>1</v></c></row>'), id="column beyond the last"),
        pytest.param(sheet_xml(ROW, prolog='<!DOCTYPE a [<!ENTITY b "1">]>'), id="DOCTYPE"),
        pytest.param(sheet_xml(ROW, prolog='<?xml version="1.0" encoding="Shift_JIS"?>'), id="another encoding"),
        pytest.param(sheet_xml(ROW).encode("utf-16"), id="UTF-16"),
        pytest.param(sheet_xml(ROW)[:-30], id="end missing"),
        pytest.param(sheet_xml('<row r="1"><c r="A1" t="str"><v>a]]>b</v></c></row>'), id="end of CDATA in a text"),
        pytest.param(sheet_xml('<row r="1"><c r="A1" t="str"><v>\x01</v></c></row>'), id="control character"),
        pytest.param(sheet_xml('<row r="1"><c r="A1" t="str"><v>&b;</v></c></row>'), id="unknown entity"),
        pytest.param(sheet_xml('<row r="1"><c r="A1" t="str"><v>a</v></c></row>').encode().replace(b">a<", b">\xff<"), id="no UTF-8"),
    ],
)  # fmt: skip
def test_what_programs_do_not_write_comes_to_the_same(monkeypatch, sheet):
    content = workbook(sheet)
    assert outcome(content, monkeypatch) == as_it_is(content, monkeypatch)


def test_two_values_far_apart_are_refused_with_the_corner(monkeypatch):
    sheet = sheet_xml(f'{ROW}<row r="1048576"><c r="IV1048576"><v>1</v></c></row>')
    assert is_condensed(package(sheet), monkeypatch)
    assert "IV1048576" in outcome(package(sheet), monkeypatch)


def test_all_cells_count_for_the_limit_however_alike(monkeypatch):
    monkeypatch.setattr(scan_module, "MAX_CELLS", 3)
    content = xlsx([[1, 1], [1, 1]])
    assert is_condensed(content, monkeypatch)
    assert "大きすぎて" in outcome(content, monkeypatch)


def test_a_long_row_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(module, "_LONGEST_ROW", 100)
    assert not is_condensed(package(sheet_xml(f'<row r="1">{CELL}{" " * 100}')), monkeypatch)


@pytest.mark.exhaustive
def test_a_column_that_comes_late_finds_room(monkeypatch):
    rows = [[1.0]] * 20_000 + [[1.0, *[""] * 28, 2.0]]
    content = xlsx(rows)
    assert is_condensed(content, monkeypatch)
    [grid] = read_excel(content)
    assert (grid.width, grid.rows[0], grid.rows[-1]) == (30, [1.0, *[""] * 29], rows[-1])


def test_a_layout_is_not_used_for_another_sheet(monkeypatch):
    monkeypatch.setattr(module, "LEAST_BYTES", 0)
    layout = condense(xlsx([[1], [2]]))[1]["表"]
    assert layout.laid_out([[layout.marker + 1.0]]) is None
