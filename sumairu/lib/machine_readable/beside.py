"""The rules about what is told beside the data: what columns mean, from where and how they are made, codes, and what changed.

A workbook tells it in its sheet 説明, a CSV in `datapackage.json`; both are read into one `Told`.

>>> from sumairu.lib.machine_readable.reading import Table
>>> told = Told([ToldColumn("団体コード", "code"), ToldColumn("人口（人）", "人口")], {"題名": ["町の人口"]})
>>> table = Table("町", [["団体コード", "人口（人）"], ["012068", 165077]])
>>> [finding.rule for finding in codes_are_explained(table, told)], [each.place for each in columns_are_told(table, told)]
(['L3-02'], ['人口（人）'])
>>> [each.what for each in same_columns(told, Before("2026-04-01", ["code", "name", "population"]))]
['列が前（2026-04-01から）と違うのに、何が変わったかが書かれていません（code、name、population）。']
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sumairu.lib.machine_readable.reading import Table
from sumairu.lib.machine_readable.rules import Finding
from sumairu.lib.shown import EXPLANATION

_ASCII_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_CODED = re.compile(r"コード(?:（.*）)?$")
# What must be told of data, each by the names of any of the rows that tell it.
_TOLD = {
    "題名": ("題名",),
    "説明か出どころ": ("注記", "出どころ"),
    "作成方法": ("作成方法",),
    "提供する人": ("提供",),
    "更新日か更新の履歴": ("更新日", "更新の履歴"),
    "文字コード": ("文字コード",),
}
# By what rows of 説明 are called: where datapackage.json has the same.
_IN_PACKAGE: dict[str, Callable[[Mapping[str, Any]], object]] = {
    "題名": lambda package: package.get("title"),
    "注記": lambda package: package.get("description"),
    "出どころ": lambda package: [each.get("title") for each in package.get("sources", [])],
    "作成方法": lambda package: package.get("method"),
    "提供": lambda package: [each.get("title") for each in package.get("contributors", [])],
    "更新日": lambda package: package.get("updated"),
    "更新の履歴": lambda package: package.get("history"),
    "列の変更": lambda package: package.get("changes", []),
    "文字コード": lambda package: package["resources"][0].get("encoding"),
}


class Before(NamedTuple):
    """The columns that a file had before, by the names for programs, and the day since when (ISO 8601)."""

    since: str
    columns: Sequence[str]


class ToldColumn(NamedTuple):
    title: str
    name: str  # for programs
    codes: str = ""  # where it is said what its codes mean
    choices: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Told:
    columns: list[ToldColumn]
    said: Mapping[str, Sequence[str]] = field(default_factory=dict)


def told_of(tables: Sequence[Table], package: Mapping[str, Any] | None) -> Told | None:
    """What is told of the first of `tables`; None where nothing is."""
    if package is not None and tables[0].is_csv:
        return _of_package(package)
    explained = next((table for table in tables[1:] if table.header == EXPLANATION), None)
    return _of_sheet(explained) if explained else None


def _of_sheet(explained: Table) -> Told:
    rows = [[str(cell or "") for cell in row] for row in explained.rows]
    by_kind: dict[str, list[list[str]]] = {}
    for row in rows:
        by_kind.setdefault(row[0], []).append(row)
    said: dict[str, list[str]] = {}
    for row in by_kind.get("データ", []):
        said.setdefault(row[1], []).append(row[2])
    codes = {row[1]: row[2] for row in by_kind.get("コード表", [])}
    choices: dict[str, set[str]] = {}
    for row in by_kind.get("選択肢", []):
        choices.setdefault(row[1], set()).add(row[2])
    columns = [
        ToldColumn(row[1], row[3], codes.get(row[1], ""), frozenset(choices.get(row[1], ())))
        for row in by_kind.get("列", [])
    ]
    return Told(columns, said)


def _of_package(package: Mapping[str, Any]) -> Told:
    said = {}
    for name, of in _IN_PACKAGE.items():
        found = of(package)
        said[name] = [str(each) for each in (found if isinstance(found, list) else [found]) if each]
    columns = [
        ToldColumn(
            each["name"],
            each.get("physicalName", ""),
            each.get("codes", ""),
            frozenset(each.get("constraints", {}).get("enum", ())),
        )
        for each in package["resources"][0]["schema"]["fields"]
    ]
    return Told(columns, said)


def codes_are_explained(table: Table, told: Told) -> Iterator[Finding]:
    """L3-02: of codes and of fixed words it is said which there are, and no other stands in the data."""
    for place, column in enumerate(told.columns):
        if _CODED.search(column.title) and not column.codes and not column.choices:
            yield Finding("L3-02", column.title, "コードの意味を示す表がありません。")
        if column.choices:
            unknown = [value for value in table.column(place) if str(value) not in column.choices]
            if unknown:
                yield Finding("L3-02", column.title, f"「{unknown[0]}」は、説明にある選択肢にありません。")


def columns_are_told(table: Table, told: Told) -> Iterator[Finding]:
    """L3-08: each column of the data is told, in the same order, with a name of its own that scripts can use."""
    if [column.title for column in told.columns] != ["" if title is None else str(title) for title in table.header]:
        yield Finding("L3-08", "1行目", "説明にある列と、データの列が違います。")
    names = [column.name for column in told.columns]
    for column in told.columns:
        if not _ASCII_NAME.fullmatch(column.name):
            yield Finding("L3-08", column.title, "プログラムでの名前が英字ではありません。")
        elif names.count(column.name) > 1:
            yield Finding("L3-08", column.title, f"プログラムでの名前「{column.name}」がほかにもあります。")


def data_are_told(table: Table, told: Told) -> Iterator[Finding]:
    """L3-08: what the data are, from where, how and by whom they are made, what changed, and how they are encoded."""
    for what, rows in _TOLD.items():
        if not any(any(told.said.get(row, ())) for row in rows):
            yield Finding("L3-08", table.name, f"{what}が、説明にありません。")


def same_columns(told: Told, before: Before) -> Iterator[Finding]:
    """L3-07: the columns stand as they stood before, or it is said what changed since: the day, then what."""
    changed = [change for change in told.said.get("列の変更", ()) if change[:10] >= before.since]
    if [column.name for column in told.columns] != list(before.columns) and not changed:
        columns = "、".join(before.columns)
        yield Finding(
            "L3-07",
            "1行目",
            f"列が前（{before.since}から）と違うのに、何が変わったかが書かれていません（{columns}）。",
        )


RULES_OF_WHAT_IS_TOLD = [codes_are_explained, columns_are_told, data_are_told]
