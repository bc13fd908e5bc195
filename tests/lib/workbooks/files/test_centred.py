import struct

from openpyxl import Workbook
from openpyxl.styles import Alignment

from sumairu.lib.workbooks.files.centred import centred_by_sheet
from sumairu.lib.workbooks.files.grids import file_to_grids
from sumairu.lib.workbooks.files.old_excel import read_old_excel
from sumairu.lib.workbooks.reading import read
from tests.lib.workbooks.builders import FILES, biff, fill, package, saved, sheet_xml

ACROSS = Alignment(horizontal="centerContinuous")
ROWS = [
    ["市町村", "予算額（千円）", None, None, "決算額（千円）", None],
    [None, "R2", "R3", "R4", "R2", "R3"],
    ["釧路市", 1, 2, 3, 4, 5],
]


def book(rows=ROWS, centred=("B1:D1", "E1:F1"), merge=()):
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "表"
    fill(sheet, rows)
    for cells in centred:
        for cell in sheet[cells][0]:
            cell.alignment = ACROSS
    for cells in merge:
        sheet.merge_cells(cells)
    return saved(workbook)


def test_a_text_centred_across_cells_names_all_of_them():
    assert centred_by_sheet(book()) == {"表": [((0, 1), (0, 3)), ((0, 4), (0, 5))]}
    paths = {each.cell: each.column for each in read(book()).figures}
    assert paths["D3"] == ("予算額（千円）", "R4")
    assert paths["F3"] == ("決算額（千円）", "R3")


def test_only_blank_cells_that_are_centred_alike_follow():
    rows = [["a", None, "b", None, None, None, "c"], [1]]
    assert centred_by_sheet(book(rows, ["A1:D1"])) == {"表": [((0, 0), (0, 1)), ((0, 2), (0, 3))]}


def test_blank_cells_before_a_text_or_in_the_row_below_are_none_of_its():
    rows = [[None, None, "a"], [], [1]]
    assert centred_by_sheet(book(rows, ["A1:C1", "A2:C2"])) == {"表": []}


def test_below_the_first_number_a_blank_cell_is_a_missing_value():
    rows = [["a", "b"], [1, "2"], ["－", None]]
    assert centred_by_sheet(book(rows, ["A3:B3"])) == {"表": []}


def test_far_below_nothing_is_looked_for():
    rows = [["a"]] * 300 + [["a", None]]
    assert centred_by_sheet(book(rows, ["A301:B301"])) == {"表": []}


def test_cells_that_are_merged_already_stay_so():
    [grid] = file_to_grids(book(centred=["A1:D1"], merge=["B1:D1"]))
    assert grid.merges == {(0, 1): (0, 3)}


def test_a_workbook_without_such_a_style_is_not_looked_through():
    assert centred_by_sheet(package(sheet_xml("<row"))) == {}


def test_old_workbooks_centre_so_too():
    looks = [(0x00E0, struct.pack("<HHHB13x", 0, 0, 0, align)) for align in (0, 6)]
    font = (0x0031, struct.pack("<5H4x", 200, 0, 0x7FFF, 400, 0) + b"\x05Arial")
    cells = [
        (0x0204, struct.pack("<4H", 0, 0, 1, 1) + b"a"),
        (0x0201, struct.pack("<3H", 0, 1, 1)),
        (0x0204, struct.pack("<4H", 0, 2, 1, 1) + b"b"),
        (0x0203, struct.pack("<3Hd", 1, 2, 1, 5)),
        (0x0204, struct.pack("<4H", 2, 0, 1, 1) + b"c"),
        (0x0201, struct.pack("<3H", 2, 1, 1)),
    ]
    [grid] = read_old_excel(biff(cells, [font, *looks]))
    assert grid.merges == {(0, 0): (0, 1)}


def test_headers_of_a_real_workbook_are_centred_so():
    name = "kofuzei_pref_2021-demand-revised.xlsx"
    found = {each.cell: each.column for each in read((FILES / name).read_bytes()).figures if each.sheet == "個別包括"}
    assert found["R6"] == ("(個別算定経費)", "教育費", "その他の教育費", "公立大学等生徒数")
