"""Workbooks to begin with: real ones, and tables made by chance of the words that the portal knows."""

import csv
import struct
from dataclasses import dataclass
from functools import cache
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

from openpyxl import Workbook
from openpyxl.comments import Comment

from tests.lib.workbooks.builders import FILES, biff, ods

FIXTURES = Path(__file__).parents[2] / "fixtures" / "workbooks"

# Names that are on record, one that is on record twice, some that are not, and what rows of totals are called.
NAMES = {
    "budget": ["地域づくり総合交付金", "地域政策推進事業", "知らない制度", "地域づくり交付金", "計"],
    "dispatch": ["地域づくり総合交付金", "市町村への職員派遣", "知らない派遣", "合計"],
    "indicator": ["釧路市", "根室市", "厚岸町", "泊村", "札幌市", "012068", "12238", "青森市", "どこか町", "市町村計"],
}
YEARS = ["R3年度", "令和4年度", "2021", "H30", "令和元(2019)年度", "R2", "平成31年度", "いつか", "2,021"]
UNITS = ["千円", "億円", "百万円", "円", "人", "件", "％", ""]
VALUES = [1234, 45.5, 0, -3, "1,234", "△12", "-", "…", "1,234※", "１２３", 0.1, 10**14, "x", None, "12億円", "=A1+1"]
TITLES = ["普通交付税の額", "予算額の推移", "ふるさと納税の受入額", "職員派遣者数", "別紙１", "令和3年度 資料"]


@dataclass(frozen=True)
class Source:
    name: str
    content: bytes
    kind: str


@cache
def real():
    """Every workbook of the fixtures and of the reader's tests that is not so large that it takes all the time."""
    paths = sorted(
        path for folder in (FIXTURES, FILES) for path in folder.iterdir() if path.suffix[1:4] in ("xls", "ods")
    )
    kinds = {"kofuzei": "indicator", "furusato": "indicator"}
    return [
        Source(path.name, path.read_bytes(), next((kinds[word] for word in kinds if word in path.name), "budget"))
        for path in paths
        if path.stat().st_size < 150_000
    ]


def made(random):
    """A table made by chance, in any format."""
    kind = random.choice(list(NAMES))
    sheets = {
        f"{random.choice(TITLES)}{number}": _rows(random, kind) for number in range(random.choice([1, 1, 1, 2, 3]))
    }
    name, write = random.choice(_FORMATS)
    return Source(f"{random.choice(TITLES)}.{name}", write(random, sheets), kind)


def _rows(random, kind):
    """Title, unit, header and rows; wide (years across) or long. Half of them are what an office would send."""
    wild = random.random() < 0.5
    names = random.sample(NAMES[kind], random.randint(1, len(NAMES[kind]))) if wild else NAMES[kind][:2]
    years = random.sample(YEARS if wild else YEARS[:5], random.randint(1, 4))
    unit = random.choice(UNITS) if wild else {"budget": "千円", "dispatch": "人", "indicator": "千円"}[kind]
    title = [[random.choice(TITLES)], [None, None, f"（単位：{unit}）"], []][: random.randint(0, 3) if wild else 3]
    whose = {"budget": "制度名", "dispatch": "制度名", "indicator": "市町村名"}[kind]

    def value():
        return random.choice(VALUES) if wild else random.randint(1, 9_999)

    if random.random() < 0.6:
        return [*title, [whose, *years], *([name, *(value() for _ in years)] for name in names)]
    stages = ["当初", "決算", "最終", None] if wild else ["当初"]
    return [
        *title,
        [whose, "年度", "段階", f"予算額（{unit}）"],
        *([name, year, random.choice(stages), value()] for name in names for year in years),
    ]


def _xlsx(random, sheets):
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        if random.random() < 0.2:
            sheet["A1"].comment = Comment("見本の注記", "見本")
        if random.random() < 0.2:
            sheet.row_dimensions[random.randint(1, 6)].hidden = True
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _xlsm(random, sheets):
    buffer = BytesIO(_xlsx(random, sheets))
    with ZipFile(buffer, "a") as book:
        book.writestr("xl/vbaProject.bin", b"\0" * 64)
    return buffer.getvalue()


def _csv(random, sheets):
    text = StringIO()
    csv.writer(text, delimiter=random.choice(",,,\t;")).writerows(next(iter(sheets.values())))
    return text.getvalue().encode(random.choice(["utf-8", "utf-8-sig", "cp932", "utf-16"]), errors="replace")


def _ods(random, sheets):
    def cell(value):
        if value is None:
            return "<table:table-cell/>"
        if isinstance(value, str):
            return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'

    def row(values):
        return f"<table:table-row>{''.join(map(cell, values))}</table:table-row>"

    return ods(
        "".join(
            f'<table:table table:name="{name}">{"".join(map(row, rows))}</table:table>' for name, rows in sheets.items()
        )
    )


def _xls(random, sheets):
    records = []
    for row, values in enumerate(next(iter(sheets.values()))):
        for column, value in enumerate(values):
            if isinstance(value, str):
                text = value.encode("cp932", errors="replace")
                records.append((0x0204, struct.pack("<HHHH", row, column, 0, len(text)) + text))
            elif value is not None:
                records.append((0x0203, struct.pack("<HHHd", row, column, 0, float(value))))
    font = (0x0031, struct.pack("<5H4x", 200, 0, 0x7FFF, 400, 0) + b"\x05Arial")
    return _in_a_container(
        biff(records, [(0x0042, struct.pack("<H", 932)), font, (0x00E0, struct.pack("<HH16x", 0, 0))])
    )


def _in_a_container(stream):
    """A stream 「Book」 in the least container that old Office files use: sectors of 512 bytes, three before the stream."""
    sectors = max(8, -(-len(stream) // 512))  # from 4,096 bytes on, a stream has sectors of its own
    free, end, fat = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    table = [fat, end, *range(3, sectors + 2), end]
    table += [free] * (128 - len(table))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, 1, 1, 0, 4096, end, 0, end, 0) + struct.pack("<109I", 0, *[free] * 108)
    entries = _entry("Root Entry", 5, child=1, start=end) + _entry("Book", 2, start=2, size=sectors * 512)
    return header + struct.pack("<128I", *table) + entries.ljust(512, b"\0") + stream.ljust(sectors * 512, b"\0")


def _entry(name, kind, child=0xFFFFFFFF, start=0, size=0):
    encoded = (name + "\0").encode("utf-16-le")
    head = encoded.ljust(64, b"\0") + struct.pack("<HBB", len(encoded), kind, 1)
    return head + struct.pack("<3I", 0xFFFFFFFF, 0xFFFFFFFF, child) + bytes(36) + struct.pack("<IIxxxx", start, size)


_FORMATS = [
    ("xlsx", _xlsx),
    ("xlsx", _xlsx),
    ("xlsm", _xlsm),
    ("csv", _csv),
    ("tsv", _csv),
    ("ods", _ods),
    ("xls", _xls),
]
