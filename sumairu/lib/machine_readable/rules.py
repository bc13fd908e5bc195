"""The rules, each a function of a table that gives what breaks it; its id is the one that officials quote.

>>> from sumairu.lib.machine_readable.reading import Table
>>> [(finding.rule, finding.place) for finding in blank_lines(Table("表", [["名", "値"], ["", ""], ["釧路", 1]]))]
[('L1-03', '2行目')]
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sumairu.lib.codes import check_digit
from sumairu.lib.machine_readable.reading import Table

MOST_SHOWN = 5
_SPACES = re.compile(r"\s{2,}|[\r\n\t]|^\s|\s$|(?<=[^\x00-\x7f])[ 　](?=[^\x00-\x7f][ 　])")
_PLATFORM = re.compile("[①-⑳㈱㈲㍻㍼㍽㍾㎡㎏㏄№℡Ⅰ-Ⅹⅰ-ⅹ㋿㌔㍉㌢]")
_WITH_UNIT = re.compile(
    r"[▲△+-]?[0-9][0-9,]*(?:\.[0-9]+)?(?:円|千円|百万円|億円|人|件|%|％|箇所|か所|km|㎡)|[0-9]{1,3}(?:,[0-9]{3})+(?:円|人|件)?"
)
_IN_PLACE = re.compile(r"[-－―—‐*＊xX×…]|なし|不明|非公表|秘匿")
_OTHER = re.compile(r"その他\s*[（(].+")
_UNIT = re.compile(r"（[^）]+）")
_ERA_YEAR = re.compile(r"(?:令和|平成|昭和)[0-9元]+年度?")
_WRITTEN_DAY = re.compile(r"(?:(?:令和|平成|昭和)[0-9元]+年|[0-9]{4}[年/])[0-9]{1,2}[月/][0-9]{1,2}日?")
_YEAR_TITLE = re.compile(r"(?:(?:令和|平成|昭和)[0-9元]+|(?:19|20)[0-9]{2})年度?(?:（.*）)?")
# What is a number and has no unit: years, orders, places on the map.
_UNITLESS = re.compile(r"年|緯度|経度|順|番号|コード|目安|割合|率|指数")


@dataclass(frozen=True)
class Finding:
    rule: str
    place: str
    what: str


Rule = Callable[[Table], Iterator[Finding]]


def _titles(table: Table) -> list[str]:
    return ["" if title is None else str(title) for title in table.header]


def _texts(table: Table) -> Iterator[tuple[str, str]]:
    """Every text beneath the header, with its place."""
    for number, row in enumerate(table.rows, start=2):
        for place, cell in enumerate(row):
            if isinstance(cell, str):
                yield f"{number}行{place + 1}列", cell


def _numeric(table: Table) -> Iterator[tuple[int, str, list[object]]]:
    """The columns in which most is a number."""
    for place, title in enumerate(_titles(table)):
        values = table.column(place)
        numbers = [value for value in values if isinstance(value, int | float) and not isinstance(value, bool)]
        if numbers and 2 * len(numbers) > len(values):
            yield place, title, values


def _found(rule: str, found: Iterator[tuple[str, str]]) -> Iterator[Finding]:
    for number, (place, what) in enumerate(found):
        if number < MOST_SHOWN:
            yield Finding(rule, place, what)


def blank_lines(table: Table) -> Iterator[Finding]:
    """L1-02, L1-03: a blank row cuts a table in two, so that there are two in one sheet."""
    blank = (number for number, row in enumerate(table.cells, start=1) if all(cell in (None, "") for cell in row))
    yield from _found("L1-03", ((f"{number}行目", "空白の行があります。") for number in blank))


def nothing_outside(table: Table) -> Iterator[Finding]:
    """L1-04: what stands beside or beneath the columns is no part of the table."""
    width = len(table.header)
    outside = (
        number
        for number, row in enumerate(table.rows, start=2)
        if any(cell not in (None, "") for cell in row[width:]) or (table.is_csv and len(row) != width)
    )
    yield from _found("L1-04", ((f"{number}行目", "表の外に値があります。") for number in outside))


def telling_titles(table: Table) -> Iterator[Finding]:
    """L1-05, L2-03, L3-01: the first row names each column, in one cell and by a name of its own."""
    titles = _titles(table)
    for place, title in enumerate(titles, start=1):
        if not title.strip():
            yield Finding("L1-05", f"{place}列目", "列に名前がありません。")
        elif titles.index(title) != place - 1:
            yield Finding("L2-03", f"{place}列目", f"「{title}」という列がほかにもあります。")
    if len(titles) > 1 and all(not title for title in titles[1:]):
        yield Finding("L3-01", "1行目", "1行目が見出しではありません。")


def no_spaces_for_looks(table: Table) -> Iterator[Finding]:
    """L1-06."""
    for place, title in enumerate(_titles(table), start=1):
        if _SPACES.search(title):
            yield Finding("L1-06", f"1行{place}列", f"「{title}」に、見た目のための空白や改行があります。")
    spaced = (
        (place, f"「{text[:20]}」に改行か空白があります。")
        for place, text in _texts(table)
        if re.search(r"^\s|\s$", text)
    )
    yield from _found("L1-06", spaced)


def one_datum_a_cell(table: Table) -> Iterator[Finding]:
    """L1-07, L2-01: a number that bears its unit or commas is a text."""
    numeric = {place for place, _, _ in _numeric(table)}
    for number, row in enumerate(table.rows, start=2):
        for place, cell in enumerate(row):
            if isinstance(cell, str) and _WITH_UNIT.fullmatch(cell.strip()) and not _told_raw(table, place):
                rule = "L2-01" if place in numeric else "L1-07"
                yield Finding(
                    rule, f"{number}行{place + 1}列", f"「{cell}」は数値と単位・桁区切りが一つのセルにあります。"
                )


def _told_raw(table: Table, place: int) -> bool:
    """A column that quotes how a source wrote something quotes it as it stands there."""
    title = _titles(table)[place] if place < len(table.header) else ""
    return "表記" in title or table.name == "説明"


def no_platform_characters(table: Table) -> Iterator[Finding]:
    """L1-08: in titles; names of people and places are excepted by the rule."""
    for place, title in enumerate(_titles(table), start=1):
        if match := _PLATFORM.search(title):
            yield Finding("L1-08", f"1行{place}列", f"「{match[0]}」は機種依存文字です。")


def unknown_is_blank(table: Table) -> Iterator[Finding]:
    """L1-09, L3-03: what is not known is blank, and no sign stands among numbers."""
    for place, title, values in _numeric(table):
        marks = [value for value in values if isinstance(value, str) and _IN_PLACE.fullmatch(value.strip())]
        for mark in marks[:1]:
            yield Finding("L3-03", f"{place + 1}列目", f"「{title}」の数値の列に「{mark}」があります。")
        others = [value for value in values if isinstance(value, str) and value not in marks]
        if others and not any(_WITH_UNIT.fullmatch(str(value)) for value in others) and len(others) * 10 < len(values):
            yield Finding("L2-01", f"{place + 1}列目", f"「{title}」の数値の列に「{others[0]}」があります。")


def what_lies_over(table: Table) -> Iterator[Finding]:
    """L1-10 to L1-13, L2-06: pictures, colours that mean something, merged and hidden cells, formulas."""
    words = {
        "L1-10": "図や画像があります。",
        "L1-11": "色や太字が付いています。",
        "L1-12": "結合したセルがあります。",
        "L1-13": "隠れた行・列・シートか、グループ化があります。",
        "L2-06": "数式があります。",
    }
    for rule, places in table.over.items():
        yield from _found(rule, ((place, words[rule]) for place in places))


def one_record_a_line(table: Table) -> Iterator[Finding]:
    """L1-14, L1-15: in CSV no value has a line break, and every line as many values."""
    if table.is_csv:
        broken = ((place, "値の中に改行があります。") for place, text in _texts(table) if re.search(r"[\r\n]", text))
        yield from _found("L1-14", broken)


def nothing_left_out(table: Table) -> Iterator[Finding]:
    """L2-02: the column by which rows are told apart has a value in every row."""
    if not table.rows or table.name == "説明":
        return
    blank = (number for number, row in enumerate(table.rows, start=2) if row and row[0] in (None, ""))
    yield from _found("L2-02", ((f"{number}行目", "はじめの列の値が省かれています。") for number in blank))


def other_and_its_detail(table: Table) -> Iterator[Finding]:
    """L2-05."""
    both = (
        (place, f"「{text[:20]}」は「その他」と内容が一つのセルにあります。")
        for place, text in _texts(table)
        if _OTHER.fullmatch(text)
    )
    yield from _found("L2-05", both)


def units_are_stated(table: Table) -> Iterator[Finding]:
    """L3-04: in the title, or in a column of its own."""
    titles = _titles(table)
    if any(title == "単位" for title in titles):
        return
    for place, title, _ in _numeric(table):
        if not _UNIT.search(title) and not _UNITLESS.search(title):
            yield Finding("L3-04", f"{place + 1}列目", f"「{title}」の単位が分かりません。")


def years_are_gregorian(table: Table) -> Iterator[Finding]:
    """L3-05: beside every 令和3年度 stands 2021, and a day is 2021-04-01."""
    titles = _titles(table)
    for place, title in enumerate(titles):
        values = [value for value in table.column(place) if isinstance(value, str)]
        if values and all(_ERA_YEAR.fullmatch(value) for value in values):
            if not any("西暦" in other for other in titles):
                yield Finding("L3-05", f"{place + 1}列目", f"「{title}」の西暦がありません。")
        elif title.endswith("日") and any(_WRITTEN_DAY.fullmatch(value) for value in values):
            yield Finding("L3-05", f"{place + 1}列目", f"「{title}」の日付がISO 8601（2021-04-01）ではありません。")


def codes_of_places(table: Table) -> Iterator[Finding]:
    """L3-06: the code of a municipality is text of six digits with its check digit."""
    for place, title in enumerate(_titles(table)):
        if "団体コード" in title:
            values = (part for value in table.column(place) for part in str(value).split(";"))
            wrong = [each for each in values if not re.fullmatch("[0-9]{6}", each) or check_digit(each[:5]) != each[5]]
            if wrong:
                yield Finding(
                    "L3-06", f"{place + 1}列目", f"「{wrong[0]}」は全国地方公共団体コード（6桁）ではありません。"
                )


def long_form(table: Table) -> Iterator[Finding]:
    """L3-09: years stand in rows, one observation each, never side by side."""
    years = [title for title in _titles(table) if _YEAR_TITLE.fullmatch(title)]
    if len(years) > 1:
        yield Finding("L3-09", "1行目", f"年が横に並んでいます（{'、'.join(years[:3])}）。")


RULES: list[Rule] = [
    blank_lines,
    nothing_outside,
    telling_titles,
    no_spaces_for_looks,
    one_datum_a_cell,
    no_platform_characters,
    unknown_is_blank,
    what_lies_over,
    one_record_a_line,
    nothing_left_out,
    other_and_its_detail,
    units_are_stated,
    years_are_gregorian,
    codes_of_places,
    long_form,
]
