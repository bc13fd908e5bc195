from datetime import date, datetime, timedelta

import pytest

from sumairu.lib.workbooks.files.admission import Refused
from sumairu.lib.workbooks.files.cells import Number
from sumairu.lib.workbooks.files.grids import file_to_grids
from sumairu.lib.workbooks.files.open_document import read_open_document
from sumairu.lib.workbooks.files.scan import Fault
from sumairu.lib.workbooks.messages import COVERED, MACROS, ROW_HIDDEN
from tests.lib.workbooks.builders import lying_about_size, ods

MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">{}</manifest:manifest>'
)


def table(rows, *, name="表", attributes=""):
    return f'<table:table table:name="{name}" {attributes}>{rows}</table:table>'


def row(*cells, attributes=""):
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def text(*lines, attributes=""):
    content = "".join(f"<text:p>{line}</text:p>" for line in lines)
    return f'<table:table-cell office:value-type="string" {attributes}>{content}</table:table-cell>'


def number(value, *, attributes="", kind="float"):
    return f'<table:table-cell office:value-type="{kind}" office:value="{value}" {attributes}/>'


def grid(*rows, styles="", parts=None):
    return next(read_open_document(ods(table("".join(rows)), styles, parts)))


def refusal(content):
    with pytest.raises(Refused) as refused:
        list(read_open_document(content))
    return str(refused.value)


def test_cells_keep_their_places_and_types():
    blank = '<table:table-cell table:number-columns-repeated="2"/>'
    sheet = grid(
        row(text("制度名"), blank, number(45.5)),
        row(attributes='table:number-rows-repeated="2"'),
        row(blank, '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>'),
    )
    assert sheet.rows == [["制度名", "", "", 45.5], [""] * 4, [""] * 4, ["", "", True, ""]]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        pytest.param(text("予算額", "（千円）"), "予算額\n（千円）", id="two lines"),
        pytest.param(text('予<text:s text:c="3"/>算<text:tab/>額<text:line-break/>'), "予   算\t額\n", id="spaces"),
        pytest.param(text("<text:span>釧</text:span><text:a>路</text:a>"), "釧路", id="spans"),
        pytest.param(
            text("<text:ruby><text:ruby-base>釧路</text:ruby-base><text:ruby-text>くしろ</text:ruby-text></text:ruby>"),
            "釧路",
            id="reading over kanji",
        ),
        pytest.param(text("見た目", attributes='office:string-value="値"'), "値", id="text kept apart"),
        pytest.param(text("a", "<draw:frame><text:p>図</text:p></draw:frame>"), "a\n", id="drawing in a text"),
        pytest.param(text("012068"), "012068", id="digits"),
        pytest.param('<table:table-cell office:value-type="date" office:date-value="2021-04-01"/>', date(2021, 4, 1), id="date"),
        pytest.param(
            '<table:table-cell office:value-type="date" office:date-value="2021-04-01T12:30:00"/>',
            datetime(2021, 4, 1, 12, 30),  # noqa: DTZ001
            id="moment",
        ),
        pytest.param(
            '<table:table-cell office:value-type="date" office:date-value="0000-00-00"><text:p>3年</text:p></table:table-cell>',
            "3年",
            id="no date",
        ),
        pytest.param(
            '<table:table-cell office:value-type="time" office:time-value="PT36H02M03S"/>',
            timedelta(hours=36, minutes=2, seconds=3),
            id="hours",
        ),
        pytest.param(
            '<table:table-cell office:value-type="float" office:value="1"><text:p>TRUE</text:p></table:table-cell>',
            True,
            id="truth kept as a number",
        ),
    ],
)  # fmt: skip
def test_a_cell_holds_what_it_says(cell, value):
    [[found]] = grid(row(cell)).rows
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("cell", "raw"),
    [
        pytest.param(text("#REF!", attributes='table:formula="of:=A1" office:string-value=""'), "#REF!", id="formula"),
        pytest.param(text("エラー:502", attributes='calcext:value-type="error"'), "エラー:502", id="LibreOffice's own"),
        pytest.param('<table:table-cell table:formula="of:=[.A1]"/>', "=[.A1]", id="no result"),
        pytest.param(number("NaN"), "#NUM!", id="no number"),
        pytest.param(number("abc"), "#VALUE!", id="no digits"),
    ],
)
def test_cells_that_show_no_value_are_faults(cell, raw):
    [[found]] = grid(row(cell)).rows
    assert (type(found), found.raw) == (Fault, raw)


def test_a_formula_whose_result_is_an_empty_text_is_blank():
    assert grid(
        row('<table:table-cell table:formula="of:=&quot;&quot;"><text:p/></table:table-cell>', number(1))
    ).rows == [["", 1]]


def cell_style(format, name="c", parent="Default"):
    return (
        f'<style:style style:name="{name}" style:family="table-cell" style:parent-style-name="{parent}" '
        f'style:data-style-name="{format}"/>'
    )


def number_style(content, name="n", kind="number"):
    return f'<number:{kind}-style style:name="{name}">{content}</number:{kind}-style>'


DIGITS = '<number:number number:min-integer-digits="1"/>'
POSITIVE = '<style:map style:condition="value()&gt;=0" style:apply-style-name="p"/>'


@pytest.mark.parametrize(
    ("styles", "code"),
    [
        pytest.param(number_style(f"{DIGITS}<number:text>億円</number:text>"), '0"億円"', id="unit"),
        pytest.param(number_style(f"<number:text>令和</number:text>{DIGITS}<number:text>年度</number:text>"), '"令和"0"年度"', id="year"),
        pytest.param(number_style('<number:number number:display-factor="1000"/>'), "0,", id="thousands"),
        pytest.param(number_style('<number:number number:display-factor="10"/>'), "[?]", id="tens"),
        pytest.param(number_style(f"{DIGITS}<number:text>%</number:text>", kind="percentage"), "0%", id="percent"),
        pytest.param(number_style(f"{DIGITS}<number:text>%</number:text>"), '0"%"', id="sign of percent on plain numbers"),
        pytest.param(number_style(f"<number:currency-symbol>￥</number:currency-symbol>{DIGITS}", kind="currency"), '"¥"0', id="yen"),
        pytest.param(number_style("<number:year/>", kind="date"), "[?]", id="date"),
        pytest.param(
            number_style(f"{DIGITS}<number:text>人</number:text>", "p") + number_style(f"<number:text>△</number:text>{DIGITS}{POSITIVE}"),
            '0"人"',
            id="by sign",
        ),
        pytest.param(
            number_style(f"{DIGITS}<number:text>億</number:text>", "p") + number_style(DIGITS + POSITIVE.replace("0", "99")),
            "[?]",
            id="by size",
        ),
        pytest.param(number_style(f"{DIGITS}<number:text>人</number:text>") + cell_style("n", "parent"), '0"人"', id="inherited"),
    ],
)  # fmt: skip
def test_a_number_with_a_telling_format_carries_the_code_that_excel_would_have(styles, code):
    inherits = 'style:name="parent"' in styles
    own = '<style:style style:name="c" style:family="table-cell" style:parent-style-name="parent"/>'
    [[found]] = grid(
        row(number(3, attributes='table:style-name="c"')), styles=styles + (own if inherits else cell_style("n"))
    ).rows
    assert (type(found), float(found), found.format) == (Number, 3, code)


def test_a_format_for_looks_is_none():
    plain = number_style(f"{DIGITS}<number:text> </number:text><number:fill-character> </number:fill-character>")
    [[found]] = grid(row(number(3, attributes='table:style-name="c"')), styles=plain + cell_style("n")).rows
    assert type(found) is float


def test_styles_that_inherit_in_a_circle_are_none():
    circle = "".join(
        f'<style:style style:name="{a}" style:family="table-cell" style:parent-style-name="{b}"/>'
        for a, b in ("cd", "dc")
    )
    assert grid(row(number(3, attributes='table:style-name="c"')), styles=circle).rows == [[3]]


def test_a_cell_without_a_style_has_that_of_its_row_or_column():
    styles = number_style(f"{DIGITS}<number:text>人</number:text>") + cell_style("n")
    columns = (
        '<table:table-column table:number-columns-repeated="2"/><table:table-column table:default-cell-style-name="c"/>'
    )
    rows = row(number(1), number(2), number(3)) + row(number(4), attributes='table:default-cell-style-name="c"')
    found = grid(columns, rows, styles=styles).rows
    assert [[type(cell) for cell in line] for line in found] == [[float, float, Number], [Number, str, str]]


def test_a_percentage_is_one_whatever_its_style():
    [[found]] = grid(row(number(0.5, kind="percentage"))).rows
    assert (float(found), found.format) == (0.5, "0%")


def test_styles_of_the_whole_document_count_too():
    names = 'xmlns:{0}="urn:oasis:names:tc:opendocument:xmlns:{1}:1.0"'
    root = " ".join(names.format(*each) for each in (("style", "style"), ("number", "datastyle"), ("office", "office")))
    shared = number_style(f"{DIGITS}<number:text>人</number:text>") + cell_style("n", "Default", "")
    parts = {"styles.xml": f"<office:document-styles {root}>{shared}</office:document-styles>"}
    own = '<style:style style:name="c" style:family="table-cell" style:parent-style-name="Default"/>'
    [[found]] = grid(row(number(3, attributes='table:style-name="c"')), styles=own, parts=parts).rows
    assert found.format == '0"人"'


def test_a_merge_covers_the_cells_after_its_first():
    spanned = 'table:number-columns-spanned="2" table:number-rows-spanned="2"'
    covered = '<table:covered-table-cell office:value-type="float" office:value="7"/>'
    sheet = grid(row(text("予算額", attributes=spanned), covered, number(1)), row(covered, covered, number(2)))
    assert sheet.merges == {(0, 0): (1, 1)}
    assert sheet.unseen[1, 1] == (7, COVERED)
    assert [sheet.at(1, column) for column in (0, 1, 2)] == ["予算額", "予算額", 2]


def test_what_is_hidden_is_known():
    sheet = grid(
        '<table:table-column/><table:table-column table:number-columns-repeated="2" table:visibility="collapse"/>',
        row(number(1), number(2)),
        row(number(3), attributes='table:visibility="filter" table:number-rows-repeated="2"'),
        f'<table:table-row-group table:display="false"><table:table-rows>{row(number(4))}</table:table-rows></table:table-row-group>',
        row(number(5)),
    )
    assert [line[0] for line in sheet.rows] == [1, "", "", "", 5]
    assert {(place, reason) for place, (_, reason) in sheet.unseen.items()} == {
        ((line, 0), ROW_HIDDEN) for line in (1, 2, 3)
    }
    assert sheet.hidden_columns == {1, 2}


def test_a_hidden_sheet_says_so():
    styles = '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>'
    tables = table(row(number(1)), name="見える") + table(
        row(number(2)), name="控え", attributes='table:style-name="ta2"'
    )
    assert [(each.name, each.is_hidden) for each in read_open_document(ods(tables, styles))] == [
        ("見える", False),
        ("控え", True),
    ]


def test_a_comment_is_a_note_and_no_part_of_its_cell():
    note = (
        "<office:annotation><dc:creator xmlns:dc='d'>山田</dc:creator><text:p>速報値</text:p>"
        "<text:list><text:list-item><text:p>後で直す</text:p></text:list-item></text:list></office:annotation>"
    )
    cell = f'<table:table-cell office:value-type="float" office:value="3">{note}<text:p>3</text:p></table:table-cell>'
    sheet = grid(row(text("a"), cell))
    assert (sheet.rows, sheet.notes) == ([["a", 3]], {(0, 1): "速報値\n後で直す"})


def test_what_is_no_cell_of_a_sheet_is_passed_over():
    inner = table(row(number(99)), name="中")
    content = ods(
        f"<table:tracked-changes><table:cell-content-change>{table(row(number(98)))}</table:cell-content-change></table:tracked-changes>"
        + table(
            f"<table:shapes><draw:frame><text:p>図</text:p>{inner}</draw:frame></table:shapes>"
            + row(
                f'<table:table-cell office:value-type="float" office:value="1"><draw:frame>{inner}</draw:frame></table:table-cell>'
            )
        )
        + table(row(number(2)), name="次")
    )
    assert [(each.name, each.rows) for each in read_open_document(content)] == [("表", [[1]]), ("次", [[2]])]


def test_macros_are_left_alone_and_said_once():
    content = ods(
        table(row(number(1)), name="一") + table(row(number(2)), name="二"), parts={"Basic/Standard/Module1.xml": ""}
    )
    assert [each.notices for each in read_open_document(content)] == [[MACROS], []]


def test_sheets_end_where_their_values_do():
    blank = row(
        '<table:table-cell table:number-columns-repeated="16384"/>', attributes='table:number-rows-repeated="1048575"'
    )
    assert grid(row(number(1)), blank).rows == [[1]]


def test_repeated_cells_and_rows_hold_what_they_repeat():
    twice = number(1, attributes='table:number-columns-repeated="2"')
    assert grid(row(twice, attributes='table:number-rows-repeated="3"')).rows == [[1, 1]] * 3


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(
            row(attributes='table:number-rows-repeated="1048576"') + row(number(1)), id="more rows than there are"
        ),
        pytest.param(
            row(number(1, attributes='table:number-columns-repeated="16385"')), id="more columns than there are"
        ),
        pytest.param(row(number(1), attributes='table:number-rows-repeated="0"'), id="no times"),
        pytest.param(row(number(1), attributes='table:number-rows-repeated="9999999999"'), id="very many times"),
        pytest.param(row(number(1), attributes='table:number-rows-repeated="-1"'), id="less than no times"),
    ],
)
def test_a_sheet_that_no_program_would_write_is_refused(rows):
    assert "壊れて" in refusal(ods(table(rows)))


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(row(number(1, attributes='table:number-columns-repeated="16384"'), attributes='table:number-rows-repeated="1048576"'), id="all cells alike"),
        pytest.param(row(number(1)) + row(attributes='table:number-rows-repeated="1048574"') + row('<table:table-cell table:number-columns-repeated="16383"/>', number(2)), id="opposite corners"),
        pytest.param("".join(row(number(1), attributes='table:number-rows-repeated="340000"') for _ in range(3)), id="many rows thrice", marks=pytest.mark.exhaustive),
    ],
)  # fmt: skip
def test_a_short_file_that_asks_for_a_huge_sheet_is_refused_before_it_is_laid_out(rows):
    assert "大きすぎて" in refusal(ods(table(rows)))


@pytest.mark.exhaustive
def test_the_cells_of_all_sheets_count_together():
    sheet = row(number(1), attributes='table:number-rows-repeated="400000"')
    assert "シート「三」" in refusal(ods("".join(table(sheet, name=name) for name in "一二三")))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        pytest.param(ods('<!DOCTYPE a [<!ENTITY b "9">]>'), "XML", id="declaration amid the content"),
        pytest.param(ods("", parts={"content.xml": '<!DOCTYPE a [<!ENTITY b "9">]><a>&b;</a>'}), "DOCTYPE", id="entities"),
        pytest.param(ods("", parts={"styles.xml": '<!DOCTYPE a [<!ENTITY b "9">]><a>&b;</a>'}), "DOCTYPE", id="entities in styles"),
        pytest.param(ods("<table:table>"), "XML", id="XML cut short"),
        pytest.param(lying_about_size(ods(table(row(text("a" * 9000)))), "content.xml", 20), "申告より大きく", id="lie about size"),
        pytest.param(
            ods("", parts={"META-INF/manifest.xml": MANIFEST.format("<manifest:encryption-data/>"), "content.xml": "?"}),
            "パスワード",
            id="encrypted",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(content, says):
    assert says in refusal(content)


@pytest.mark.parametrize("names", [("表", "表"), ("長" * 101,)], ids=["twice the same", "too long"])
def test_names_of_sheets_that_cannot_be_kept_are_refused(names):
    content = ods("".join(table(row(number(1)), name=name) for name in names))
    with pytest.raises(Refused, match="シートの名前"):
        list(file_to_grids(content))


def test_sheets_come_one_at_a_time(monkeypatch):
    monkeypatch.setattr("sumairu.lib.workbooks.files.admission.CHUNK", 64)
    sheets = read_open_document(ods(table(row(number(1)), name="一") + table(row(number(2)) + "<broken", name="二")))
    assert next(sheets).name == "一"
    with pytest.raises(Refused):
        next(sheets)
