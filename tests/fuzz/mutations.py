"""What may befall a workbook, at three levels: its bytes, the parts of its package, its cells."""

import re
from datetime import date, datetime, time
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter

EVIL_NUMBERS = ["-1", "0", "99999999999999999999", "1e308", "-0.0", "NaN", "1048577", "16385", "0x10", "１２", "", " "]
EVIL_TEXTS = [
    "",
    "😀",
    "&#0;",
    "\u202e",
    "\ufffe",
    "\u0001",
    "A1",
    "XFD1048576",
    "A0",
    "true",
    "'",
    "予" * 3000,
    "1,2,3",
]
EVIL_VALUES = [
    *(0, -1, 1e300, 1e-300, 10**30, 0.1 + 0.2, True, False, None, 45_000, 2**53 + 1, -45.5),
    *(
        "",
        "　",
        "😀" * 20,
        "\t\n",
        "=1/0",
        "=SUM(A1:A9)",
        "#REF!",
        "△1,234",
        "1.5億円",
        "１２３",
        "5%",
        "x",
        "皆増",
        "1 234",
    ),
    *(
        "令和3年度",
        "H30",
        "平成",
        "元",
        "計",
        "再掲",
        "うち釧路市",
        "（単位：千円）",
        "予\n算\n額",
        "釧路市",
        "泊村",
        "字" * 40_000,
    ),
    *(date(2021, 4, 1), datetime(1900, 1, 1, 12), time(12, 30), datetime(9999, 12, 31)),  # noqa: DTZ001
]
FORMATS = ["General", "#,##0,", '0"年度"', "yyyy/m/d", "0%", "[h]:mm", '"平成"0', "@", "0.0,,", '[>9]"x"0;0', "ggge"]


def mutated(random, name, content):
    """The workbook after some mishaps of one level, and the name of the level."""
    if not content.startswith(b"PK"):
        levels = {"bytes": 1, "text": 2}
    elif name.endswith((".xlsx", ".xlsm")) and len(content) < 100_000:
        levels = {"bytes": 1, "parts": 2, "cells": 3}
    else:
        levels = {"bytes": 1, "parts": 3}
    [level] = random.choices(list(levels), levels.values())
    return _LEVELS[level](random, content), level


def in_bytes(random, content):
    content = bytearray(content)
    for _ in range(random.choice([1, 1, 2, 4, 16])):
        if not content:
            break
        start = random.randrange(len(content))
        end = min(len(content), start + random.choice([1, 4, 64, 512, 4096]))
        match random.randrange(7):
            case 0:
                content[start] ^= 1 << random.randrange(8)
            case 1:
                content[start:end] = random.randbytes(end - start)
            case 2:
                del content[start:end]
            case 3:
                content[start:start] = random.randbytes(end - start)
            case 4:
                content[start:start] = content[start:end]
            case 5:
                content[start:end] = bytes(end - start)
            case 6:
                del content[start:]
    return bytes(content)


def in_text(random, content):
    """Of a table of text, or of an old workbook, some runs of letters and digits."""
    pieces = re.split(rb"([0-9]+|,|\t|\n)", content)
    for _ in range(random.choice([1, 2, 8])):
        at = random.randrange(len(pieces))
        pieces[at] = random.choice(
            [
                *(number.encode() for number in EVIL_NUMBERS),
                *(text.encode() for text in EVIL_TEXTS),
                b'"',
                b"\n\n",
                b",",
                pieces[at] * 2,
            ]
        )
    return b"".join(pieces)


def in_parts(random, content):
    """Parts dropped, doubled, exchanged, packed otherwise, or with other XML in them."""
    try:
        with ZipFile(BytesIO(content)) as package:
            parts = [(part.filename, package.read(part)) for part in package.infolist()]
    except (BadZipFile, NotImplementedError):
        return in_bytes(random, content)
    method = ZIP_DEFLATED
    for _ in range(random.choice([1, 1, 2, 4])):
        at = random.randrange(len(parts))
        name, part = parts[at]
        other = random.randrange(len(parts))
        match random.choice(["xml"] * 10 + ["drop", "double", "swap", "rename", "empty", "method"]):
            case "drop":
                parts.pop(at)
            case "double":
                parts.append((random.choice([name, name.upper(), f"x/{name}", f"../{name}"]), part))
            case "swap":
                parts[at], parts[other] = (name, parts[other][1]), (parts[other][0], part)
            case "rename":
                parts[at] = (f"{name}{random.choice(EVIL_TEXTS)}", part)
            case "empty":
                parts[at] = (name, b"")
            case "method":
                method = random.choice([ZIP_STORED, ZIP_BZIP2])
            case _:
                sheets = [
                    place for place, (each, _) in enumerate(parts) if re.search("sheet|content|shared|styles", each)
                ]
                at = random.choice(sheets or [at])
                parts[at] = (parts[at][0], _other_xml(random, parts[at][1]))
        if not parts:
            break
    buffer = BytesIO()
    with ZipFile(buffer, "w", method) as package:
        for name, part in parts:
            package.writestr(name, part)
    return buffer.getvalue()


def _other_xml(random, part):
    match random.randrange(10):
        case 0 | 1 | 2:
            return _one_replaced(random, rb'="([^"]*)"', part, [*EVIL_NUMBERS, *EVIL_TEXTS])
        case 3 | 4:
            return _one_replaced(random, rb">([^<>]+)<", part, [*EVIL_NUMBERS, *EVIL_TEXTS])
        case 5:
            tags = list(re.finditer(rb"<[^<>]+>", part))
            tag = random.choice(tags)[0] if tags else b"<a>"
            at = random.choice(tags).end() if tags else 0
            return part[:at] + tag * random.choice([1, 2, 50_000]) + part[at:]
        case 6:
            deep = random.choice([100, 10_000])
            at = part.rfind(b"</")
            return part[:at] + b"<a>" * deep + b"</a>" * deep + part[at:]
        case 7:
            bomb = b'<!DOCTYPE a [<!ENTITY b "' + b"9" * 99 + b'"><!ENTITY c "' + b"&b;" * 99 + b'">]>'
            at = part.find(b"?>") + 2 if part.startswith(b"<?xml") else 0
            return part[:at] + bomb + part[at:].replace(b"<v>", b"<v>&c;", 1)
        case 8:
            declared = random.choice([b"utf-16", b"cp932", b"ascii", b"none"])
            return b'<?xml version="1.0" encoding="' + declared + b'"?>' + part.partition(b"?>")[2]
        case _:
            rows = list(re.finditer(rb"<(row|table:table-row|c|si|xf)\b.*?</\1>", part, re.S))
            if not rows:
                return part[: len(part) // 2]
            one, other = random.choice(rows), random.choice(rows)
            return part[: one.start()] + other[0] * random.choice([0, 2, 300]) + part[one.end() :]


def _one_replaced(random, pattern, part, choices):
    found = list(re.finditer(pattern, part))
    for _ in range(random.choice([1, 1, 5])):
        if found:
            place = found.pop(random.randrange(len(found)))
            text = random.choice(choices).encode("utf-8", "surrogatepass")
            part = part[: place.start(1)] + text + part[place.end(1) :]
            found = [each for each in found if each.end() < place.start()]
    return part


def in_cells(random, content):
    """As somebody might who opens it in a program and does not mean well."""
    book = load_workbook(BytesIO(content))
    sheet = random.choice(book.worksheets)
    for _ in range(random.choice([1, 3, 10, 40])):
        cell = sheet.cell(random.randint(1, sheet.max_row + 2), random.randint(1, sheet.max_column + 2))
        match random.randrange(12):
            case 0 | 1 | 2 | 3 | 4:
                _put(cell, random.choice(EVIL_VALUES))
            case 5:
                other = sheet.cell(random.randint(1, sheet.max_row), random.randint(1, sheet.max_column))
                mine, its = cell.value, other.value
                _put(cell, its)
                _put(other, mine)
            case 6:
                cell.number_format = random.choice(FORMATS)
            case 7:
                _merge(random, sheet, cell)
            case 8:
                sheet.row_dimensions[cell.row].hidden = True
            case 9:
                sheet.column_dimensions[get_column_letter(cell.column)].hidden = True
            case 10:
                random.choice([sheet.insert_rows, sheet.delete_rows])(cell.row)
            case 11:
                if not isinstance(cell, MergedCell):
                    cell.comment = Comment(random.choice(["見本", "字" * 2000]), "見本")
    if random.random() < 0.1:
        random.choice(book.worksheets).sheet_state = random.choice(["hidden", "veryHidden"])
        book.active.sheet_state = "visible"
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _put(cell, value):
    if not isinstance(cell, MergedCell):
        cell.value = value[:32_000] if isinstance(value, str) else value


def _merge(random, sheet, cell):
    last = sheet.cell(cell.row + random.choice([0, 1, 5]), cell.column + random.choice([0, 1, 5]))
    sheet.merge_cells(start_row=cell.row, start_column=cell.column, end_row=last.row, end_column=last.column)


_LEVELS = {"bytes": in_bytes, "text": in_text, "parts": in_parts, "cells": in_cells}
