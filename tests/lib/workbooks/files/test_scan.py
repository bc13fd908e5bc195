import pytest

from sumairu.lib.workbooks.files import scan as module
from sumairu.lib.workbooks.files.admission import Refused
from sumairu.lib.workbooks.files.scan import scan
from tests.lib.workbooks.builders import MAIN, package, sheet_xml, sheets, xlsx


def traits(cells, **kw):
    return scan(package(sheet_xml(cells, **kw)))["表"]


def test_the_extent_is_that_of_cells_that_hold_something():
    found = traits('<row r="3"><c r="B3"><v>1</v></c><c r="Z3" s="1"/></row><row r="90"><c r="A90" s="1"/></row>')
    assert (found.rows, found.columns, found.cells) == (3, 2, 1)


def test_cells_and_rows_without_names_follow_one_another():
    found = traits('<row><c><v>1</v></c><c t="inlineStr"><is><t>a</t></is></c></row><row><c><v>2</v></c></row>')
    assert (found.rows, found.columns, found.cells) == (2, 2, 3)


def test_a_prefix_on_all_names_changes_nothing():
    sheet = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="2" hidden="1"><x:c r="C2"><x:f>A1</x:f></x:c></x:row>'
        "</x:sheetData></x:worksheet>"
    )
    found = scan(package(sheet))["表"]
    assert (found.rows, found.columns, found.hidden_rows, list(found.faults)) == (2, 3, {1}, [(1, 2)])


@pytest.mark.parametrize(
    ("cell", "raw"),
    [
        pytest.param('<c r="A1"><f>SUM(B1:B9)</f></c>', "=SUM(B1:B9)", id="no result"),
        pytest.param('<c r="A1"><f>SUM(B1:B9)</f><v/></c>', "=SUM(B1:B9)", id="result left empty"),
        pytest.param('<c r="A1"><f>SUM(B1:B9)</f><v></v></c>', "=SUM(B1:B9)", id="result of no length"),
        pytest.param('<c r="A1" t="str"><f>B1</f></c>', "=B1", id="no text"),
        pytest.param('<c r="A1"><f t="shared" si="0"/></c>', "=", id="shared formula without result"),
        pytest.param('<c r="A1" t="e"><f>B1/0</f><v>#DIV/0!</v></c>', "#DIV/0!", id="formula with error"),
        pytest.param('<c r="A1" t="e"><v>#REF!</v></c>', "#REF!", id="error"),
    ],
)
def test_cells_that_show_no_value_are_faults(cell, raw):
    assert [fault.raw for fault in traits(f'<row r="1">{cell}</row>').faults.values()] == [raw]


@pytest.mark.parametrize(
    "cell",
    [
        pytest.param('<c r="A1"><f>1+1</f><v>2</v></c>', id="number"),
        pytest.param('<c r="A1" t="str"><f>IF(B1,1,"")</f><v></v></c>', id="empty text"),
        pytest.param('<c r="A1" t="str"><f>B1</f><v>釧路</v></c>', id="text"),
    ],
)
def test_a_formula_with_its_result_is_no_fault(cell):
    assert traits(f'<row r="1">{cell}<c r="B1"><v>1</v></c></row>').faults == {}


def test_a_fault_does_not_spread_to_the_cells_after_it():
    found = traits('<row r="1"><c r="A1"><f>B1</f></c><c r="B1"><v>1</v></c><c r="C1" t="str"><v></v></c></row>')
    assert list(found.faults) == [(0, 0)]


def test_formats_that_change_a_number_are_found():
    found = scan(xlsx([[0.5, 45.5, 1, 2]], formats={"A1": "0%", "B1": '0.0"億円"', "C1": "#,##0"}))["表"]
    assert found.formats == {(0, 0): "0%", (0, 1): '0.0"億円"'}


def test_hidden_rows_and_columns_are_found():
    found = scan(xlsx([[1, 2, 3], [4, 5, 6]], hidden_rows=[2], hidden_columns=["B"]))["表"]
    assert (found.hidden_rows, found.hidden_columns) == ({1}, {1})


def test_each_sheet_is_known_by_its_name():
    found = scan(sheets({"予算額": [[1]], "派遣者数": [[1, 2], [3]]}))
    assert {name: (each.rows, each.columns) for name, each in found.items()} == {"予算額": (1, 1), "派遣者数": (2, 2)}


def refusal(content):
    with pytest.raises(Refused) as refused:
        scan(content)
    return str(refused.value)


def test_two_values_in_opposite_corners_are_refused_with_the_corner():
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert "XFD1048576" in refusal(package(sheet_xml(cells)))


def test_a_cell_that_says_another_row_than_its_row_does_counts_where_it_says():
    assert "XFD1048576" in refusal(package(sheet_xml('<row r="1"><c r="XFD1048576"><v>1</v></c></row>')))


def test_the_number_of_cells_has_a_limit(monkeypatch):
    monkeypatch.setattr(module, "MAX_CELLS", 3)
    assert "大きすぎて" in refusal(xlsx([[1, 2], [3, 4]]))


FAR = '<c r="XFD1048576"><v>1</v></c>'


@pytest.mark.parametrize(
    "sheet",
    [
        pytest.param(
            f'<worksheet xmlns="{MAIN}" xmlns:x="{MAIN}"><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
            '<x:row r="1048576"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row></sheetData></worksheet>',
            id="prefix on some names",
        ),
        pytest.param(f"<sheet><sheetData>{FAR}</sheetData></sheet>", id="another name for the whole"),
        pytest.param(sheet_xml(f'<row r="1">{FAR[:-4]}<c r="A1"><v>1</v></c></c></row>'), id="cell in a cell"),
        pytest.param(sheet_xml(f'<row r="1">{FAR[:-16]}<row r="1"/><v>1</v></c></row>'), id="row in a cell"),
    ],
)
def test_cells_that_calamine_would_find_are_not_overlooked(sheet):
    with pytest.raises(Refused):
        scan(package(sheet))


def test_of_what_follows_the_cells_nothing_is_taken_for_one():
    after = "<anchor><xdr:row>9</xdr:row><xdr:col>9</xdr:col></anchor><extLst><xm:f>A9</xm:f><f>A9</f></extLst>"
    found = traits('<row r="1"><c r="A1"><v>1</v></c><c r="B1"/></row>', after=after)
    assert (found.rows, found.columns, found.cells, found.faults) == (1, 1, 1, {})


@pytest.mark.parametrize(
    ("sheet", "says"),
    [
        pytest.param(sheet_xml("", prolog='<!DOCTYPE a [<!ENTITY b "99">]>'), "DOCTYPE", id="entities"),
        pytest.param(sheet_xml('<row r="1"><c r="A1"><v>1'), "XML", id="XML cut short"),
        pytest.param(sheet_xml('<row r="0"><c r="A1"/></row>'), "行・列はありません", id="row 0"),
        pytest.param(sheet_xml('<row r="1048577"/>'), "行・列はありません", id="row beyond the last"),
        pytest.param(sheet_xml('<row r="1"><c r="XFE1"><v>1</v></c></row>'), "列はありません", id="column beyond the last"),
        pytest.param(sheet_xml('<row r="1"><c r="あ1"><v>1</v></c></row>'), "列はありません", id="column in kana"),
        pytest.param(sheet_xml('<row r="1"><c r="A"><v>1</v></c></row>'), "行・列はありません", id="cell without row"),
    ],
)  # fmt: skip
def test_a_sheet_that_excel_would_not_write_is_refused(sheet, says):
    assert says in refusal(package(sheet))


def test_entities_in_any_part_are_refused():
    bomb = '<!DOCTYPE a [<!ENTITY b "99"><!ENTITY c "&b;&b;">]><sst>&c;</sst>'
    assert "DOCTYPE" in refusal(package(sheet_xml(""), {"xl/sharedStrings.xml": bomb}))


def test_a_workbook_without_its_relations_is_refused():
    assert "XML" in refusal(package(sheet_xml(""), {"xl/_rels/workbook.xml.rels": ""}))
