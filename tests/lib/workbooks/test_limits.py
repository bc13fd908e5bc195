"""Files made to take all memory or time, read as an upload is: each is refused in words, and nothing else happens."""

import struct
from io import BytesIO
from zipfile import ZipFile

import pytest

from sumairu.lib.workbooks import Refused, read_workbook
from sumairu.lib.workbooks.files.admission import MAX_BYTES, MAX_PARTS
from tests.lib.workbooks.builders import MAIN, PACKAGE, RELATIONS, ods, package, sheet_xml, zipped

CELL = '<row r="1"><c r="A1"><v>1</v></c></row>'
CORNERS = f'{CELL}<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
LAUGHS = '<!DOCTYPE a [<!ENTITY a0 "は">{}]>'.format(
    "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
)


def laughing(part):
    return package(sheet_xml(CELL), {part: f"{LAUGHS}<a>&a9;</a>"})


def with_sheets(count, parts):
    """A workbook that names so many sheets in so many parts."""
    names = "".join(f'<sheet name="表{n}" sheetId="{n}" r:id="rId{n}"/>' for n in range(count))
    targets = "".join(
        f'<Relationship Id="rId{n}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{n % parts + 1}.xml"/>'
        for n in range(count)
    )
    workbook = f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{names}</sheets></workbook>'
    relations = f'<Relationships xmlns="{PACKAGE}/relationships">{targets}</Relationships>'
    sheets = {f"xl/worksheets/sheet{n + 1}.xml": sheet_xml(CELL) for n in range(parts)}
    return package(sheet_xml(CELL), {"xl/workbook.xml": workbook, "xl/_rels/workbook.xml.rels": relations} | sheets)


def overlapping(entries):
    """A zip whose directory leads many times to one part of three megabytes."""
    kernel = zipped({"xl/workbook.xml": " " * 3_000_000})
    with ZipFile(BytesIO(kernel)) as file:
        part = file.getinfo("xl/workbook.xml")
    packed = kernel[: 30 + len(part.filename) + part.compress_size]
    sizes = struct.pack("<III", part.CRC, part.compress_size, part.file_size)
    listed = b""
    for number in range(entries):
        name = (f"xl/worksheets/sheet{number}.xml" if number else part.filename).encode()
        listed += b"PK\x01\x02" + struct.pack("<6H", 20, 20, 0, 8, 0, 0) + sizes
        listed += struct.pack("<5H2I", len(name), 0, 0, 0, 0, 0, 0) + name
    end = struct.pack("<4H2IH", 0, 0, entries, entries, len(listed), len(packed), 0)
    return packed + listed + b"PK\x05\x06" + end


def nested(depth):
    content = bytes(8_000_000)
    for _ in range(depth):
        content = zipped({"bomb.zip": content})
    return package(sheet_xml(CELL), {"xl/embeddings/bomb.zip": content})


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        pytest.param(bytes(MAX_BYTES + 1), "a.xlsx", "20 MBまで", id="20 MB and one byte"),
        pytest.param(lambda: package(sheet_xml(CELL), {"xl/a.bin": bytes(20_000_000)}), "a.xlsx", "異常に大きく", id="zip bomb"),
        pytest.param(lambda: overlapping(4000), "a.xlsx", "異常に大きく", id="zip bomb of one part under many names"),
        pytest.param(lambda: with_sheets(MAX_PARTS, MAX_PARTS), "a.xlsx", "異常に大きく", id="more parts than a workbook has"),
        pytest.param(laughing("xl/worksheets/sheet1.xml"), "a.xlsx", "DOCTYPE", id="entities in the sheet"),
        pytest.param(laughing("xl/sharedStrings.xml"), "a.xlsx", "DOCTYPE", id="entities in the texts"),
        pytest.param(laughing("xl/styles.xml"), "a.xlsx", "DOCTYPE", id="entities in the styles"),
        pytest.param(laughing("xl/workbook.xml"), "a.xlsx", "DOCTYPE", id="entities in the workbook"),
        pytest.param(laughing("xl/_rels/workbook.xml.rels"), "a.xlsx", "DOCTYPE", id="entities in the relations"),
        pytest.param(laughing("xl/comments1.xml"), "a.xlsx", "DOCTYPE", id="entities in the comments"),
        pytest.param(laughing("xl/drawings/drawing1.xml"), "a.xlsx", "DOCTYPE", id="entities in a drawing"),
        pytest.param(ods("", parts={"content.xml": f"{LAUGHS}<a>&a9;</a>"}), "a.ods", "DOCTYPE", id="entities in .ods"),
        pytest.param(ods("", parts={"styles.xml": f"{LAUGHS}<a>&a9;</a>"}), "a.ods", "DOCTYPE", id="in its styles"),
        pytest.param(package(sheet_xml(CORNERS)), "a.xlsx", "XFD1048576", id="two values in opposite corners"),
        pytest.param(lambda: with_sheets(5000, 1), "a.xlsx", "壊れて", id="one part as many sheets"),
        pytest.param(
            package(sheet_xml(CELL, before='<cols><col min="1" max="16384" hidden="1"/>' + '<col min="1" max="2" hidden="1"/>' * 16_384 + "</cols>")),
            "a.xlsx", "非表示の列の指定", id="more hidden columns than columns",
        ),
        pytest.param(package(sheet_xml(f'<row r="1"><c r="{"A" * 100_000}1"/></row>')), "a.xlsx", "列はありません", id="name of many letters"),
        pytest.param(package(sheet_xml(f'<row r="{"9" * 100_000}"/>')), "a.xlsx", "行・列はありません", id="number of many digits"),
        pytest.param(ods('<table:table table:name="表"><table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"/></table:table-row></table:table>'), "a.ods", "大きすぎて", id="repeated to the corner"),
        pytest.param(ods('<table:table table:name="表"><table:table-row><table:table-cell office:value-type="string"><text:p><text:s text:c="999999999"/></text:p></table:table-cell></table:table-row></table:table>'), "a.ods", "くり返し", id="a gigabyte of spaces"),
        pytest.param(b"\n" * 2_000_000, "a.csv", "多すぎます", id="more lines than rows"),
        pytest.param(b"," * 2_000_000 + b"1\n", "a.csv", "多すぎます", id="more commas than columns"),
        pytest.param(b'"' + b"a" * 2_000_000, "a.csv", "囲み", id="a text without end"),
    ],
)  # fmt: skip
def test_a_file_made_to_harm_is_refused_in_words(content, name, says):
    content = content() if callable(content) else content  # what takes long to make is made where it is asked for
    with pytest.raises(Refused, match=says):
        read_workbook(content, name)


def test_a_zip_in_a_zip_is_not_opened():
    assert read_workbook(nested(3), "a.xlsx").figures == ()


@pytest.mark.exhaustive
def test_four_thousand_sheets_are_read():
    assert len(read_workbook(with_sheets(4000, 4000), "a.xlsx").sheets) == 4000
