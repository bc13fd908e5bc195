"""The formats in which a `Shown` is given out, each written as its rows are read.

>>> from sumairu.lib.shown import Column, Shown
>>> code = Column("code", "団体コード")
>>> shown = Shown("町", [code, Column("population", "人口", unit="人", type="integer")], lambda: [["012068", 165077]])
>>> "".join(FORMATS["csv-plain"].pieces(shown)), "".join(FORMATS["csv"].pieces(shown))[0] == BOM
('団体コード,人口（人）\\r\\n012068,165077\\r\\n', True)
>>> json.loads("".join(FORMATS["json"].pieces(shown)))["records"]
[{'code': '012068', 'population': 165077}]
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from sumairu.lib.csv_text import BOM, csv_lines
from sumairu.lib.formulas import is_formula
from sumairu.lib.shown import EXPLANATION, Shown
from sumairu.lib.xlsx_cells import FONT, exact, legal

_NO_SHEET_NAME = re.compile(r"[\[\]:*?/\\']")
_WIDEST = 40  # characters


@dataclass(frozen=True)
class Format:
    """`says` is what a link to it says, `pieces` writes a table; only a workbook is made whole before it is sent."""

    slug: str
    says: str
    suffix: str
    content_type: str
    pieces: Callable[[Shown], Iterable[Any]]
    is_whole: bool = False


def _csv(shown: Shown) -> Iterator[str]:
    return csv_lines([column.title for column in shown.columns], shown.rows())


def _plain_csv(shown: Shown) -> Iterator[str]:
    lines = _csv(shown)
    yield next(lines).removeprefix(BOM)
    yield from lines


def metadata(shown: Shown) -> dict[str, Any]:
    """What is told of a table beside its rows."""
    return {
        "title": shown.title,
        "conditions": list(shown.conditions),
        "sources": list(shown.sources),
        "notes": list(shown.notes),
        "citation": shown.citation,
        "address": shown.address,
        "made_on": shown.made_on and shown.made_on.isoformat(),
        "licence": {"title": shown.licence, "url": shown.licence_url},
        "columns": [
            {"name": each.name, "title": each.title, "type": each.type, "unit": each.unit or None, "about": each.about}
            | ({"choices": list(each.choices)} if each.choices else {})
            for each in shown.columns
        ],
    }


def _json(shown: Shown) -> Iterator[str]:
    yield f'{{"metadata": {_dumped(metadata(shown))},\n"records": ['
    names = [column.name for column in shown.columns]
    before = "\n"
    for row in shown.rows():
        yield before + _dumped(dict(zip(names, map(plain_value, row), strict=True)))
        before = ",\n"
    yield "\n]}\n"


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def plain_value(value: object) -> object:
    """A value as JSON has it: days as ISO 8601, what is counted as a number."""
    match value:
        case date():
            return value.isoformat()
        case Decimal():
            return float(value)
        case int() | float() | str() | None:
            return value
        case _:
            return str(value)


def workbook(shown: Shown) -> bytes:
    """A workbook of the data and of their explanation; XlsxWriter is read in only when somebody asks for one."""
    from xlsxwriter import Workbook

    out = BytesIO()
    settings = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(out, settings) as book:
        book.formats[0].set_font_name(FONT)
        book.set_properties({"title": shown.title, "comments": shown.citation})
        styles = {
            "date": book.add_format({"font_name": FONT, "num_format": "yyyy-mm-dd"}),
            "quoted": book.add_format({"font_name": FONT, "quote_prefix": True}),
        }
        titles = [column.title for column in shown.columns]
        _sheet(book, styles, sheet_name(shown.title), titles, shown.rows())
        _sheet(book, styles, "説明", EXPLANATION, shown.explained)
    return out.getvalue()


def sheet_name(title: str) -> str:
    """What Excel takes for the name of a sheet: 31 characters, and of its signs none.

    >>> sheet_name("普通交付税（市町村別）[速報]"), sheet_name("説明"), sheet_name("?")
    ('普通交付税（市町村別）速報', '説明（データ）', 'データ')
    """
    name = _NO_SHEET_NAME.sub("", legal(title)).strip()[:31].rstrip() or "データ"
    return "説明（データ）" if name == "説明" else name


def _sheet(book: Any, styles: dict[str, Any], name: str, titles: list[str], rows: Iterable[Iterable[object]]) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    for number, title in enumerate(titles):
        sheet.set_column(number, number, min(2 * len(title) + 2, _WIDEST))
    _row(sheet, styles, 0, titles)
    for number, values in enumerate(rows, start=1):
        _row(sheet, styles, number, values)


def _row(sheet: Any, styles: dict[str, Any], number: int, values: Iterable[object]) -> None:
    for place, given in enumerate(values):
        match value := exact(given):
            case None | "":
                continue
            case str():
                text = " ".join(legal(value).split())
                style = styles["quoted"] if is_formula(text) or text.startswith("'") else None
                sheet.write_string(number, place, text, style)
            case date():
                sheet.write_datetime(number, place, value, styles["date"])
            case _:
                sheet.write_number(number, place, value)


FORMATS = {
    each.slug: each
    for each in (
        Format(
            "xlsx",
            "Excel",
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            lambda shown: [workbook(shown)],
            is_whole=True,
        ),
        Format("csv", "CSV（BOM付き）", "csv", "text/csv; charset=utf-8", _csv),
        Format("csv-plain", "CSV（BOMなし）", "csv", "text/csv; charset=utf-8", _plain_csv),
        Format("json", "JSON", "json", "application/json", _json),
    )
}
