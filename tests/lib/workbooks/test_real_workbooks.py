"""Workbooks that the ministry published, held to values that were read from them by hand."""

import json
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from sumairu.lib.workbooks import read_workbook
from sumairu.lib.workbooks.files.texts import tidy
from tests.lib.workbooks.builders import FILES

FIXTURES = Path(__file__).parents[3] / "fixtures" / "workbooks"
EXPECTED = {book["file"]: book["expected"] for book in json.loads((FILES / "expected.json").read_text())}


@cache
def reading(name):
    folder = FILES if (FILES / name).exists() else FIXTURES
    return read_workbook((folder / name).read_bytes(), name)


def figures(name):
    return {(each.sheet, each.cell): each for each in reading(name).figures}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param(name, value, id=f"{name} {value['raw_cell']}")
        for name, values in EXPECTED.items()
        for value in values
    ],
)
def test_a_figure_is_what_a_person_read(name, value):
    figure = figures(name)[value["sheet"], value["raw_cell"]]
    assert (figure.value, figure.unit, figure.fiscal_year) == (
        value["value_in_base_unit"],
        value["unit"],
        value["fiscal_year"],
    )
    assert tidy(value["entity"]) in figure.label
    assert value["measure"] in figure.column
    assert float(figure.raw) == float(value["raw_text"])


@pytest.mark.exhaustive
def test_a_deep_header_tells_its_columns_apart_and_parts_are_left_out():
    found = figures("furusato_H28_loss.xlsx")
    sheet = "市区町村控除額一覧"
    assert [
        (each.label, each.column[-2:], each.value)
        for each in (found[sheet, "C16"], found[sheet, "D16"], found[sheet, "E26"], found[sheet, "BE16"])
    ] == [
        ("北海道 札幌市", ("市町村民税", "人数（人）"), 17_570),
        ("北海道 札幌市", ("市町村民税", "寄附金額（円）"), 1_829_864_903),
        ("北海道 網走市", ("市町村民税", "控除額（円）"), 4_933_846),
        ("北海道 札幌市", ("道府県民税", "人数（人）"), 18_529),
    ]
    reasons = {(each.sheet, each.cell): each.reason for each in reading("furusato_H28_loss.xlsx").skipped}
    assert reasons[sheet, "F16"].startswith("内数の列")


@pytest.mark.exhaustive
def test_a_fraction_of_a_yen_is_a_problem_and_no_figure():
    problems = {each.cell: each.reason for each in reading("furusato_H28_loss.xlsx").problems}
    assert problems["BD16"] == "「809658119.12」は1円未満の端数になります（809,658,119.12円）。"


def test_ratios_are_never_money():
    assert {(each.kind, each.unit) for each in reading("indices_prefecture_R2.xlsx").figures} <= {
        ("ratio", None),
        ("ratio", "%"),
    }
    assert len(figures("indices_prefecture_R2.xlsx")) == 47 * 5


@pytest.mark.parametrize(
    "name", ["kofuzei_pref_2018.xls", "kofuzei_pref_2021-demand-revised.xlsx", "indices_prefecture_R2.xlsx"]
)
def test_every_prefecture_has_as_many_figures_as_the_others(name):
    counts = Counter((each.sheet, each.label) for each in reading(name).figures)
    by_sheet = {
        sheet: [count for (of, label), count in counts.items() if of == sheet and label not in ("不足", "超過")]
        for sheet, _ in counts
    }
    assert {(len(counts), len(set(counts))) for counts in by_sheet.values()} == {(47, 1)}
