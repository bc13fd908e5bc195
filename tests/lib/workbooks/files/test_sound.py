"""Files that Excel opens though they are not as the standard has them, and files in the encodings of other systems."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from sumairu.lib.workbooks import read_workbook
from sumairu.lib.workbooks.files.admission import MAX_BYTES, Refused, admit
from sumairu.lib.workbooks.reading import read
from tests.lib.workbooks.builders import xlsx
from tests.lib.workbooks.readings import figures, problems

ROWS = [["令和4年度普通交付税（単位：千円）"], ["市町村名", "交付額"], ["函館市", 34_567_890], ["小樽市", 1_234_567]]
READ = {"B3": ("函館市", 2022, "千円", 34_567_890_000), "B4": ("小樽市", 2022, "千円", 1_234_567_000)}
TEXT = "令和4年度普通交付税（単位：千円）,\n市町村名,交付額\n函館市,34567890\n小樽市,1234567\n"


def with_parts(content, names=lambda name: name, change=lambda _, part: part):
    """The zip with its parts under other names, and changed."""
    buffer = BytesIO()
    with ZipFile(BytesIO(content)) as package, ZipFile(buffer, "w") as other:
        for part in package.infolist():
            other.writestr(names(part.filename), change(part.filename, package.read(part)))
    return buffer.getvalue()


@pytest.mark.parametrize(
    "names",
    [
        str.upper,
        lambda name: name.replace("/", "\\"),
        lambda name: name.replace("worksheets/sheet1", "Worksheets\\Sheet1"),
        lambda name: name.replace("sharedStrings", "SharedStrings"),
    ],
    ids=["capitals", "backslashes", "a sheet", "texts"],
)
def test_names_of_parts_are_compared_as_excel_does(names):
    content = with_parts(xlsx(ROWS), names)
    assert {each.cell: each.value for each in read_workbook(content, "表.xlsx").figures} == {
        cell: value for cell, (*_, value) in READ.items()
    }


@pytest.mark.parametrize("range_", ["A0:B5", "", "A:B", "$A$0", "ABCD1:B2"])
def test_a_range_that_is_none_is_passed_over(range_):
    def change(_, part):
        return part.replace(b'<dimension ref="A1:B4"', f'<dimension ref="{range_}"'.encode())

    content = with_parts(xlsx(ROWS), change=change)
    assert range_.encode() in b"".join(ZipFile(BytesIO(content)).read(name) for name in ["xl/worksheets/sheet1.xml"])
    assert figures(content) == READ


def test_a_text_in_euc_is_read_as_what_it_is():
    reading = read_workbook(TEXT.encode("euc_jp"), "交付税.csv")
    assert [(each.label, each.fiscal_year, each.value) for each in reading.figures] == [
        ("函館市", 2022, 34_567_890_000),
        ("小樽市", 2022, 1_234_567_000),
    ]
    assert "EUC-JP" in reading.notices[0]


def test_katakana_of_half_width_in_cp932_are_no_euc():
    reading = read_workbook(TEXT.replace("函館市", "ﾊｺﾀﾞﾃｼ").encode("cp932"), "交付税.csv")
    assert [each.label for each in reading.figures] == ["ﾊｺﾀﾞﾃｼ", "小樽市"]


def test_what_could_be_either_is_refused():
    with pytest.raises(Refused, match="EUC-JP"):
        read_workbook("ｸｼﾛｼ,ｶﾈ\nｸｼﾛｼ,5\n".encode("cp932"), "表.csv")


@pytest.mark.parametrize("number", [12345678901234567, 10**16, -(10**17)])
def test_more_digits_than_a_spreadsheet_keeps_are_a_problem(number):
    content = xlsx([["令和4年度 交付額（単位：円）"], ["市町村名", "交付額"], ["函館市", number], ["小樽市", 777]])
    assert list(figures(content)) == ["B4"]
    assert "15桁" in problems(content)["B3"]


def test_numbers_that_a_format_hides_are_a_problem():
    content = xlsx(ROWS, formats={"B3": ";;;"})
    assert list(figures(content)) == ["B4"]
    assert ";;;" in problems(content)["B3"]


def test_numbers_shown_as_days_are_a_problem():
    rows = [["令和4年度"], ["市町村名", "派遣者数（人）"], ["函館市", 1], ["小樽市", 59], ["夕張市", 60], ["釧路市", 5]]
    content = xlsx(rows, formats=dict.fromkeys(("B3", "B4", "B5"), "yyyy/m/d"))
    assert list(figures(content)) == ["B6"]
    assert list(problems(content)) == ["B3", "B4", "B5"]


@pytest.mark.parametrize(
    "start",
    [b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n", b"From: <x>\r\nMIME-Version: 1.0\r\n"],
)
def test_a_web_page_with_all_its_parts_is_one(start):
    with pytest.raises(Refused, match="ウェブページ"):
        admit(start + b"\r\n<html>", "交付税.xls")


def test_a_table_of_text_that_is_too_large_is_told_so():
    with pytest.raises(Refused, match="行を分けた"):
        admit(b"a" * (MAX_BYTES + 1), "表.csv")
    with pytest.raises(Refused, match="シートごとに"):
        admit(b"a" * (MAX_BYTES + 1), "表.xlsx")


def test_a_sound_workbook_is_left_as_it_is():
    assert read(xlsx(ROWS)).problems == ()
