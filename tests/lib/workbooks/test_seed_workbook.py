"""The workbook that `make demo` imports: eight figures, and nothing else."""

import runpy
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from sumairu.lib.workbooks import read_workbook

FOLDER = Path(__file__).parents[3] / "fixtures" / "workbooks"
CONTENT = (FOLDER / "予算・派遣実績.xlsx").read_bytes()


def test_it_holds_eight_figures():
    reading = read_workbook(CONTENT, "予算・派遣実績.xlsx")
    budget, dispatch = "地域づくり総合交付金", "地域振興派遣（地域創生枠）"
    assert [
        (each.sheet, each.cell, each.label, each.fiscal_year, each.raw, each.unit, each.value)
        for each in reading.figures
    ] == [
        ("予算額", "B6", budget, 2018, "45.5", "億円", 4_550_000_000),
        ("予算額", "C6", budget, 2019, "45.5", "億円", 4_550_000_000),
        ("予算額", "D6", budget, 2020, "45.8", "億円", 4_580_000_000),
        ("予算額", "E6", budget, 2021, "45.8", "億円", 4_580_000_000),
        ("派遣者数", "B6", dispatch, 2018, "38", "人", 38),
        ("派遣者数", "C6", dispatch, 2019, "38", "人", 38),
        ("派遣者数", "D6", dispatch, 2020, "33", "人", 33),
        ("派遣者数", "E6", dispatch, 2021, "32", "人", 32),
    ]
    assert {(each.kind, each.stage, each.column[0]) for each in reading.figures} == {
        ("yen", None, "予算額"),
        ("people", None, "派遣者数"),
    }
    assert reading.skipped == reading.problems == ()


def test_its_script_makes_it_again():
    made = runpy.run_path(str(FOLDER / "make_seed_workbook.py"))
    with ZipFile(BytesIO(CONTENT)) as kept, ZipFile(BytesIO(made["packed"](made["workbook"]()))) as again:
        assert {name: again.read(name) for name in again.namelist()} == {
            name: kept.read(name) for name in kept.namelist()
        }
