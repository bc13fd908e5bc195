import struct
from datetime import date, timedelta

import pytest

from sumairu.lib.workbooks.files import cells
from sumairu.lib.workbooks.files.admission import Refused
from sumairu.lib.workbooks.files.cells import Number
from sumairu.lib.workbooks.files.old_excel import read_old_excel
from sumairu.lib.workbooks.files.scan import Fault
from sumairu.lib.workbooks.messages import COVERED, MACROS
from tests.lib.workbooks.builders import FILES, biff

FONT = (0x0031, struct.pack("<5H4x", 200, 0, 0x7FFF, 400, 0) + b"\x05Arial")
JAPANESE = (0x0042, struct.pack("<H", 932))
KOFUZEI = (FILES / "kofuzei_pref_2018.xls").read_bytes()


def style(format=0):
    return (0x00E0, struct.pack("<HH16x", 0, format))


def format(number, code):
    text = code.encode("cp932")
    return (0x041E, struct.pack("<HB", number, len(text)) + text)


def number(row, column, value, style=0):
    return (0x0203, struct.pack("<HHHd", row, column, style, value))


def label(row, column, text):
    content = text.encode("cp932")
    return (0x0204, struct.pack("<HHHH", row, column, 0, len(content)) + content)


def grid(*records, book=()):
    return next(read_old_excel(biff(records, book or [FONT, style()])))


def refusal(content):
    with pytest.raises(Refused) as refused:
        list(read_old_excel(content))
    return str(refused.value)


def test_a_workbook_of_excel_97_is_read():
    [sheet] = read_old_excel(KOFUZEI)
    assert (sheet.name, sheet.rows[5][0], sheet.rows[5][1], sheet.rows[5][12]) == (
        "2-7-3",
        "１　北海道",
        1_110_618_156,
        613_197_415,
    )
    assert sheet.merges[2, 1] == (2, 3)


def test_a_workbook_of_excel_5_is_read_in_its_code_page():
    sheet = grid(label(0, 0, "釧路市"), number(0, 1, 45.5), label(1, 1, "下"), book=[JAPANESE, FONT, style()])
    assert sheet.rows == [["釧路市", 45.5], ["", "下"]]


def test_blank_cells_that_have_only_a_look_make_no_sheet_larger():
    assert grid(number(0, 0, 1), (0x0201, struct.pack("<3H", 90, 90, 0))).rows == [[1]]


def test_a_number_with_a_telling_format_carries_it():
    book = [JAPANESE, FONT, format(164, '0.0"億円"'), style(), style(164)]
    [[unit, plain]] = grid(number(0, 0, 45.5, 1), number(0, 1, 45.5), book=book).rows
    assert (float(unit), unit.format, type(plain)) == (45.5, '0.0"億円"', float)


@pytest.mark.parametrize(
    ("mode", "value", "expected"),
    [
        pytest.param(0, 44287.0, date(2021, 4, 1), id="since 1900"),
        pytest.param(1, 42825.0, date(2021, 4, 1), id="since 1904"),
        pytest.param(0, 0.5, timedelta(hours=12), id="hours"),
    ],
)
def test_dates_are_dates(mode, value, expected):
    book = [(0x0022, struct.pack("<H", mode)), FONT, format(14, "yyyy/m/d"), style(), style(14)]
    assert grid(number(0, 0, value, 1), book=book).rows == [[expected]]


def test_a_number_too_large_for_the_date_it_is_shown_as_stays_a_number_that_tells_so():
    [[cell]] = grid(number(0, 0, 1e9, 1), book=[FONT, format(14, "yyyy/m/d"), style(), style(14)]).rows
    assert (type(cell), float(cell)) == (Number, 1e9)


@pytest.mark.parametrize(
    ("record", "raw"),
    [
        pytest.param((0x0205, struct.pack("<3HBB", 0, 0, 0, 0x17, 1)), "#REF!", id="error"),
        pytest.param((0x0205, struct.pack("<3HBB", 0, 0, 0, 0x99, 1)), "#VALUE!", id="error of no name"),
        pytest.param(number(0, 0, float("nan")), "#NUM!", id="no number"),
        pytest.param(number(0, 0, float("inf")), "#NUM!", id="no end"),
    ],
)
def test_cells_that_show_no_value_are_faults(record, raw):
    [[cell]] = grid(record).rows
    assert (type(cell), cell.raw) == (Fault, raw)


def test_truths_are_no_numbers():
    assert grid((0x0205, struct.pack("<3HBB", 0, 0, 0, 1, 0))).rows[0][0] is True


def test_what_a_merge_covers_and_what_is_hidden_is_taken_out():
    merge = (0x00E5, struct.pack("<5H", 1, 0, 0, 0, 1))
    hidden_row = (0x0208, struct.pack("<H4xH4xi", 1, 255, 0x20))
    hidden_column = (0x007D, struct.pack("<5H", 1, 1, 2000, 0, 1))
    narrow_column = (0x007D, struct.pack("<5H", 2, 2, 0, 0, 0))
    texts = [(row, column, bytes([65 + row, 65 + column]).decode()) for row in (0, 1) for column in (0, 1, 2)]
    strings = [(0x0204, struct.pack("<4HB", row, column, 0, 2, 0) + text.encode()) for row, column, text in texts]
    content = biff([*strings, merge, hidden_row, hidden_column, narrow_column], [FONT, style()], version=0x0600)
    sheet = next(read_old_excel(content))
    assert sheet.unseen[0, 1] == ("AB", COVERED)
    assert sheet.rows == [["AA", "", "AC"], ["", "", ""]]
    assert sheet.hidden_columns == {1, 2}


def test_macros_are_left_alone_and_said():
    entry = "_VBA_PROJECT_CUR\0".encode("utf-16-le")
    mark = bytes(-len(KOFUZEI) % 128) + entry.ljust(64, b"\0") + struct.pack("<HB", len(entry), 1)
    assert next(read_old_excel(KOFUZEI + mark)).notices == [MACROS]


def test_an_encrypted_workbook_is_called_so():
    message = refusal(biff([], [(0x002F, bytes(6)), FONT, style()]))
    assert "パスワード" in message
    assert "ブックの保護" in message


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(KOFUZEI[:20_000], id="cut short"),
        pytest.param(KOFUZEI[:600] + bytes(2000) + KOFUZEI[2600:], id="holes"),
        pytest.param(biff([number(0, 300, 1)], [FONT, style()]), id="column beyond the last"),
        pytest.param(biff([(0x0203, b"\0")], [FONT, style()]), id="record cut short"),
        pytest.param(biff([(0x0204, struct.pack("<4H", 0, 0, 0, 2) + b"\x81\x20")], [JAPANESE, FONT, style()]), id="no CP932"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), id="nothing"),
    ],
)  # fmt: skip
def test_a_broken_workbook_is_refused_whatever_the_library_makes_of_it(content):
    assert "壊れて" in refusal(content)


def test_two_values_in_opposite_corners_are_refused_with_the_corner(monkeypatch):
    monkeypatch.setattr(cells, "MAX_AREA", 5_000)
    assert "CV100 まで" in refusal(biff([number(0, 0, 1), number(99, 99, 1)], [FONT, style()]))


def test_nothing_is_printed(capfd):
    list(read_old_excel(KOFUZEI))
    refusal(KOFUZEI[:20_000])
    assert capfd.readouterr() == ("", "")
