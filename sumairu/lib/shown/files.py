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
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from itertools import chain
from typing import IO, Any

from sumairu.lib.csv_text import BOM, csv_lines
from sumairu.lib.shown import EXPLANATION, Shown
from sumairu.lib.written_workbook import sheet_name, write_workbook

EXPLAINED = "説明"  # the sheet that explains the data
_WIDEST = 40  # characters


@dataclass(frozen=True)
class Format:
    """`says` is what a link to it says. `pieces` writes a table as it is read; only a workbook is whole before it is sent,
    and raises `TooManyRows` where that would take too long.
    """

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
    updated_on = shown.updated_on
    return {
        "title": shown.title,
        "conditions": list(shown.conditions),
        "sources": shown.all_sources,
        "notes": list(shown.notes),
        "citation": shown.citation,
        "address": shown.address,
        "method": shown.method,
        "made_on": shown.made_on and shown.made_on.isoformat(),
        "updated_on": updated_on and updated_on.isoformat(),
        "history": shown.history,
        "changes": list(shown.changes),
        "licence": {"title": shown.licence, "url": shown.licence_url},
        "columns": [
            {"name": each.name, "title": each.title, "type": each.type, "unit": each.unit or None, "about": each.about}
            | ({"codes": each.codes} if each.codes else {})
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
    """A workbook of the data and of their explanation. Raises `TooManyRows`."""
    out = BytesIO()
    _write(shown, shown.few_rows(), out)
    return out.getvalue()


def write_whole(shown: Shown, out: IO[bytes], folder: str | None = None) -> None:
    """The same into a file, however many rows there are, up to `written_workbook.MOST_ROWS`.

    Until it is whole, `folder` has some 2 kB of each row.
    """
    _write(shown, shown.rows(), out, folder)


def workbook_of_several(whole: Shown, parts: Sequence[Shown]) -> bytes:
    """One workbook of several tables with the columns of `whole`, a sheet each; what explains `whole` is said once for all.

    Raises `TooManyRows`.
    """
    titles = [column.title for column in whole.columns]
    out = BytesIO()
    write_workbook(
        out,
        {
            **{sheet_name(part.title): chain([titles], _in_one_line(part.few_rows())) for part in parts},
            EXPLAINED: [EXPLANATION, *_in_one_line(whole.explained)],
        },
        on=whole.made_on,
        widths=[min(2 * len(title) + 2, _WIDEST) for title in titles],
        properties={"title": whole.title, "comments": whole.citation},
    )
    return out.getvalue()


def _write(shown: Shown, rows: Iterable[Sequence[object]], out: IO[bytes], folder: str | None = None) -> None:
    titles = [column.title for column in shown.columns]
    data = "説明（データ）" if (name := sheet_name(shown.title)) == EXPLAINED else name
    write_workbook(
        out,
        {
            data: chain([titles], _in_one_line(rows)),
            EXPLAINED: [EXPLANATION, *_in_one_line(shown.explained)],
        },
        on=shown.made_on,
        widths=[min(2 * len(title) + 2, _WIDEST) for title in titles],
        properties={"title": shown.title, "comments": shown.citation},
        folder=folder,
    )


def _in_one_line(rows: Iterable[Iterable[object]]) -> Iterator[list[object]]:
    for row in rows:
        yield [" ".join(value.split()) if isinstance(value, str) else value for value in row]


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
