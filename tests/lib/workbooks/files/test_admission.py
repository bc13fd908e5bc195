from io import BytesIO
from zipfile import ZipFile

import pytest

from sumairu.lib.workbooks.files.admission import MAX_BYTES, Refused, admit, directory, inflated
from tests.lib.workbooks.builders import lying_about_size, ole, package, sheet_xml, xlsx, zipped

SHEET = sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>')
ODS = "application/vnd.oasis.opendocument.spreadsheet"


def refusal(content, name="予算額.xlsx"):
    with pytest.raises(Refused) as refused:
        admit(content, name)
    return str(refused.value)


def unpacked(content, part="xl/worksheets/sheet1.xml"):
    return b"".join(inflated(content, {each.filename: each for each in directory(content)}[part]))


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        pytest.param(b"", "予算額.xlsx", "空です", id="empty"),
        pytest.param(b"%PDF-1.7\n", "予算額.xlsx", "PDF", id="PDF"),
        pytest.param(b"\x89PNG\r\n\x1a\n", "表.png", "画像", id="picture"),
        pytest.param("予算額は45.5億円".encode(), "メモ.txt", "文字だけ", id="text"),
        pytest.param("予算額は45.5億円".encode("cp932") * 400, "メモ.txt", "文字だけ", id="text in CP932"),
        pytest.param("制度名,金額\n".encode(), "予算額.txt", ".csv か .tsv に", id="csv called a text"),
        pytest.param("制度名,金額\n".encode("utf-16"), "予算額.txt", "文字だけ", id="text in UTF-16"),
        pytest.param(b"%PDF-1.7\n", "予算額.csv", "PDF", id="PDF called .csv"),
        pytest.param(b"BM\0\0\0\0\0\0\0\0", "表.bmp", "BMP", id="bitmap"),
        pytest.param(b"<table><tr><td>1", "予算額.csv", "HTML", id="web page called .csv"),
        pytest.param(b"\xef\xbb\xbf<html><table>", "予算額.xls", "HTML", id="web page called .xls"),
        pytest.param(b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "a.xml", "2003", id="XML of 2003"),
        pytest.param(ole("\x06DataSpaces", "EncryptionInfo", "EncryptedPackage"), "予算額.xlsx", "パスワード", id="encrypted"),
        pytest.param(ole("WordDocument"), "予算額.doc", "Excelブックではありません", id="old Word"),
        pytest.param(zipped({"mimetype": ODS, "encrypted-package": ""}, compression=0), "予算額.ods", "パスワード", id="encrypted ods"),
        pytest.param(zipped({"mimetype": ODS}, compression=0), "予算額.ods", "中身がありません", id="ods without content"),
        pytest.param(b'<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0">', "a.fods", ".fods", id="flat ods"),
        pytest.param(zipped({"xl/workbook.bin": b""}), "予算額.xlsb", ".xlsb", id="xlsb"),
        pytest.param(zipped({"word/document.xml": ""}), "予算額.docx", "Word", id="Word"),
        pytest.param(zipped({"予算額.xlsx": b""}), "予算.zip", "zipファイル", id="workbook in a zip"),
        pytest.param(xlsx([[1]])[:-40], "予算額.xlsx", "壊れて", id="zip cut short"),
        pytest.param(bytes(range(256)) * 4, "予算額.xlsx", "壊れている", id="noise"),
    ],
)  # fmt: skip
def test_what_is_no_workbook_is_called_by_its_name(content, name, says):
    assert says in refusal(content, name)


def test_every_refusal_says_what_to_do():
    for content in (b"", b"%PDF-", b"text", b"\0", ole("WordDocument"), ole("EncryptedPackage"), zipped({"a": b""})):
        assert refusal(content).rstrip("。").endswith("ください")


@pytest.mark.parametrize(
    ("content", "name", "format"),
    [
        pytest.param(xlsx([["制度名", 1]]), "予算額.xlsx", "xlsx", id="xlsx"),
        pytest.param(xlsx([["制度名", 1]]), "予算額.xls", "xlsx", id="xlsx under another name"),
        pytest.param(package(SHEET, {"xl/vbaProject.bin": b"\0"}), "予算額.xlsm", "xlsm", id="macros"),
        pytest.param(ole("Workbook"), "予算額.xls", "xls", id="xls"),
        pytest.param(ole("Book"), "予算額", "xls", id="xls of Excel 5"),
        pytest.param(ole("Workbook") + "\0EncryptedPackage\0".encode("utf-16-le"), "a.xls", "xls", id="xls that mentions encryption"),
        pytest.param(zipped({"mimetype": ODS, "content.xml": ""}, compression=0), "予算額.ods", "ods", id="ods"),
        pytest.param("制度名,金額\n".encode("cp932"), "予算額.CSV", "csv", id="csv"),
        pytest.param("BMI\t金額\n".encode("utf-16"), "予算額.tsv", "csv", id="tsv"),
        pytest.param(b"BMI,1\n", "予算額.csv", "csv", id="csv that begins as a bitmap does"),
        pytest.param(b"PK,1\n", "予算額.csv", "csv", id="csv that begins as a zip does"),
    ],
)  # fmt: skip
def test_a_workbook_is_admitted_as_what_it_is(content, name, format):
    assert admit(content, name) == format


def test_the_size_of_an_upload_has_a_limit():
    assert "20 MB" in refusal(b"PK\x03\x04" + bytes(MAX_BYTES))


def test_a_directory_that_owns_up_to_a_bomb_is_refused_before_anything_is_unpacked():
    assert "異常に大きく" in refusal(package(SHEET, {"xl/media/zeros.bin": bytes(8 * 1024 * 1024)}))


def test_two_parts_of_one_name_are_refused():
    buffer = BytesIO(package(SHEET))
    with ZipFile(buffer, "a") as file, pytest.warns(UserWarning, match="Duplicate"):
        file.writestr("xl/workbook.xml", "")
    assert "同じ名前の部品" in refusal(buffer.getvalue())


@pytest.mark.parametrize("compression", [0, 8], ids=["stored", "deflated"])
def test_a_part_is_unpacked_as_it_was_packed(compression):
    text = sheet_xml('<row r="1"/>' * 100_000)
    assert unpacked(package(text, compression=compression)) == text.encode()


@pytest.mark.parametrize("compression", [0, 8], ids=["stored", "deflated"])
def test_a_directory_that_hides_a_bomb_is_found_out_while_unpacking(compression):
    content = lying_about_size(package(SHEET, compression=compression), "xl/worksheets/sheet1.xml", 20)
    admit(content, "予算額.xlsx")
    with pytest.raises(Refused, match="申告より大きく"):
        unpacked(content)


def test_a_part_with_a_flipped_bit_is_refused():
    content = bytearray(package(SHEET, compression=0))
    content[content.index(b"<v>1</v>") + 3] ^= 1
    with pytest.raises(Refused, match="欠けています"):
        unpacked(bytes(content))
