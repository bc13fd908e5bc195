"""Small files that ask for much work: read within a few seconds, or refused with the place that asks for it."""

import resource
from time import process_time

import pytest

from sumairu.lib.workbooks import Refused, read_workbook
from sumairu.lib.workbooks.addresses import cell_name
from sumairu.lib.workbooks.files import cells
from sumairu.lib.workbooks.files.cells import LONGEST_TEXT
from sumairu.lib.workbooks.files.formats import LONGEST_FORMAT, admit_format, style_of
from sumairu.lib.workbooks.files.old_excel import read_old_excel
from sumairu.lib.workbooks.reading import read
from sumairu.lib.workbooks.stated import columns
from tests.lib.workbooks.builders import MAIN, PACKAGE, RELATIONS, biff, ods, package, sheet_xml, sheets

# Of processor time, most of it for starting a process: far above what any of these takes, far below what they took.
SECONDS = 10


def rows(height, width, cell):
    return "".join(
        f'<row r="{row + 1}">{"".join(cell(cell_name(row, column), row, column) for column in range(width))}</row>'
        for row in range(height)
    )


def number(name, *_):
    return f'<c r="{name}"><v>1</v></c>'


def shared(text, height, width=3):
    """A table whose rows are all called by one text, kept once."""

    def cell(name, row, column):
        return f'<c r="{name}" t="s"><v>{column and column + 1}</v></c>' if column == 0 or row == 0 else number(name)

    strings = "".join(f"<si><t>{each}</t></si>" for each in (text, "制度名", "R3年度", "R4年度"))
    return package(
        sheet_xml(rows(height, width, cell)), {"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>'}
    )


def formatted(*codes):
    formats = "".join(f"<numFmt numFmtId='{200 + i}' formatCode='{code}'/>" for i, code in enumerate(codes))
    styles = "".join(f'<xf numFmtId="{200 + i}"/>' for i in range(len(codes)))
    sheet = rows(50, 5, lambda name, row, column: f'<c r="{name}" s="{(row + column) % len(codes)}"><v>1</v></c>')
    return package(
        sheet_xml(sheet),
        {
            "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts><cellXfs>{styles}</cellXfs></styleSheet>'
        },
    )


def table(inner, styles=""):
    return ods(f'<table:table table:name="表">{inner}</table:table>', styles)


ONE = '<table:table-row><table:table-cell office:value-type="float" office:value="1"/></table:table-row>'
LONG = "市町村の予算 " * 5_000


def texts(letters, rows_repeated=1):
    return table(
        f'<table:table-row table:number-rows-repeated="{rows_repeated}"><table:table-cell office:value-type="string">'
        f"<text:p>{letters}</text:p></table:table-cell>"
        '<table:table-cell office:value-type="float" office:value="1"/></table:table-row>'
    )


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        pytest.param(shared(LONG, 20), "a.xlsx", "「表」の A1 の文字が長すぎます", id="a long text in many cells"),
        pytest.param(shared("市" * 30_000, 2_000), "a.xlsx", "文字が多すぎます（シート「表」の A1", id="a text in very many"),
        pytest.param(
            package(sheet_xml(f'<row r="2"><c r="B2" t="inlineStr"><is><t>{LONG}</t></is></c></row>')),
            "a.xlsx", "「表」の B2 の文字が長すぎます", id="a long text in its cell",
        ),
        pytest.param(texts(LONG), "a.ods", "「表」の A1 の文字が長すぎます", id="a long text in .ods"),
        pytest.param(texts("市" * 30_000, 2_000), "a.ods", "文字が多すぎます", id="a text repeated in .ods"),
        pytest.param(f"制度名,R3年度\n{LONG},45\n".encode(), "a.csv", "「a」の A2 の文字が長すぎます", id="a long text in .csv"),
        pytest.param(f"制度名\tR3年度\n{LONG}\t45\n".encode(), "a.tsv", "A2 の文字が長すぎます", id="a long text in .tsv"),
        pytest.param(
            package(sheet_xml(rows(1, 1, number), before="<cols>" + '<col min="1" max="16384" hidden="1"/>' * 20_000 + "</cols>")),
            "a.xlsx", "非表示の列の指定", id="all columns hidden again and again",
        ),
        pytest.param(formatted("[$" * 30_000), "a.xlsx", "表示形式が長すぎます（「\\[\\$", id="a long format"),
        pytest.param(
            table(ONE, '<number:number-style style:name="n">' + "<number:text>a</number:text>" * 20_000 + "</number:number-style>"),
            "a.ods", "表示形式が長すぎます", id="a long format in .ods",
        ),
        pytest.param(
            table('<table:table-row table:visibility="collapse" table:number-rows-repeated="1000000">' + ONE.removeprefix("<table:table-row>")),
            "a.ods", "取り込めない数値が多すぎます", id="a million hidden rows in .ods", marks=pytest.mark.exhaustive,
        ),
    ],
)  # fmt: skip
def test_what_asks_for_much_work_is_refused_with_its_place(content, name, says):
    assert len(content) < 500_000
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with pytest.raises(Refused, match=says):
        read_workbook(content, name)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime - before.ru_utime < SECONDS


def comments_named_often():
    comment = '<comment ref="A1"><text><t>a</t></text></comment>'
    related = f'<Relationship Id="r1" Type="{RELATIONS}/comments" Target="../comments1.xml"/>'
    return package(
        sheet_xml(rows(1, 1, number)),
        {
            "xl/worksheets/_rels/sheet1.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{related * 2_000}</Relationships>',
            "xl/comments1.xml": f'<comments xmlns="{MAIN}"><commentList>{comment * 5_000}</commentList></comments>',
        },
    )


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    ("content", "name"),
    [
        pytest.param(comments_named_often(), "a.xlsx", id="comments that a sheet names 2,000 times"),
        pytest.param(formatted(*(f"{'[$' * 100}0;{n}" for n in range(1_000))), "a.xlsx", id="many formats left open"),
        pytest.param(
            package(sheet_xml(rows(6, 4_000, lambda name, row, column: f'<c r="{name}" t="inlineStr"><is><t>計{column}</t></is></c>' if row < 3 or not column else number(name)))),
            "a.xlsx", id="thousands of columns",
        ),
        pytest.param(
            table('<table:table-column table:number-columns-repeated="16384" table:visibility="collapse"/>' * 5_000 + ONE),
            "a.ods", id="all columns hidden again and again in .ods",
        ),
        pytest.param(
            f"市町村,人口（人）\n釧路市,5\n根室市,6\n北見市,{'人口' * 16_000}\n泊村,{'計' * 32_000}\n".encode(),
            "a.csv", id="pages of text amid numbers",
        ),
        pytest.param(
            package(sheet_xml(rows(20, 20, lambda name, *_: f'<c r="{name}"><f>{"A1&amp;" * 1_000}</f></c>'))),
            "a.xlsx", id="long formulas without a result",
        ),
    ],
)  # fmt: skip
def test_what_looks_like_much_work_is_little(content, name):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    read_workbook(content, name)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime - before.ru_utime < SECONDS


def test_an_old_workbook_that_describes_its_columns_too_often_is_refused():
    columns = (0x007D, bytes.fromhex("0000ff00d007000001000000"))
    with pytest.raises(Refused, match="列の幅や表示の指定が多すぎます"):
        next(read_old_excel(biff([columns] * 20_000)))


def test_the_longest_text_that_excel_takes_is_read():
    text = "市" * LONGEST_TEXT
    assert not read(shared(text, 3)).problems


def test_all_texts_together_have_a_bound(monkeypatch):
    monkeypatch.setattr(cells, "MAX_TEXT", 20)
    with pytest.raises(Refused, match="「a」の A3 までで"):
        read("制度名,R3年度\n交付金の一つ,1\n交付金の二つめ,2\n".encode(), name="a.csv")


def test_a_format_as_long_as_excel_s_longest_is_taken_apart():
    assert style_of(admit_format("0" + '"円"' * 60 + " " * (LONGEST_FORMAT - 181))).after == "円" * 60
    with pytest.raises(Refused, match="表示形式が長すぎます"):
        admit_format("0" * (LONGEST_FORMAT + 1))


def test_cells_of_labels_are_looked_at_once_for_all_that_are_alike(monkeypatch):
    looked_at = []
    monkeypatch.setattr(columns.uses, "use_of_years", lambda text: looked_at.append(text))
    sheet = [["市町村", "制度名", "振興局", "予算額（千円）"], *(["甲町", "ある制度", "ある局", n] for n in range(500))]
    assert len(read(sheets({"予算額": sheet}), (), "予算.xlsx").figures) == 500
    assert len(looked_at) < 50


@pytest.mark.exhaustive
def test_many_rows_of_nothing_but_units_are_read_soon():
    content = "\n".join(["人口,世帯", *(["人,世帯"] * 120_000)]).encode()
    begun = process_time()
    read(content, (), "人口.csv")
    assert process_time() - begun < SECONDS
