"""Blank workbooks: what Excel is told to let through, and that what comes back is read as it was filled in."""

from io import BytesIO

import pytest
from django.utils.timezone import localdate
from openpyxl import load_workbook

from sumairu.imports.comparing import compare
from sumairu.imports.kinds import kinds
from sumairu.lib.blank_workbooks import blank_workbook
from sumairu.lib.wareki import fiscal_year_on
from sumairu.lib.workbooks import read_workbook
from support.models import Pillar
from tests.factories import (
    make_budget_figure,
    make_dispatch_figure,
    make_program,
    make_subprefecture,
)
from tests.imports.books import saved

pytestmark = pytest.mark.django_db


@pytest.fixture
def dispatch():
    return kinds()["dispatch"]


@pytest.fixture
def records(kofukin):
    """Two budgets and a dispatch on record; 釧路 is an office."""
    office = make_subprefecture()
    make_budget_figure(program=kofukin, fiscal_year=2021, stage="当初", amount_yen=4_580_000_000)
    make_budget_figure(
        program=kofukin, fiscal_year=2021, stage="補正後", supplement="2月補正", subprefecture=office, amount_yen=0
    )
    human = make_program(slug="haken", official_name="地域振興派遣", pillar=Pillar.HUMAN)
    make_dispatch_figure(program=human, headcount=38)


def opened(kind):
    return load_workbook(BytesIO(blank_workbook(kind.label, kind.blanks())))


def table(workbook):
    """`{"予算額（円）": "H"}` of the sheet with the figures."""
    sheet = workbook.worksheets[0]
    return sheet, {cell.value: cell.column_letter for cell in sheet[1]}


def validation(sheet, letter):
    (found,) = [each for each in sheet.data_validations.dataValidation if f"{letter}2" in each.sqref]
    return found


def listed(workbook, validation):
    """What a validated cell can be chosen from."""
    title, area = validation.formula1.split("!")
    return [cell.value for (cell,) in workbook[title.strip("'")][area.replace("$", "")]]


def compared(kind, workbook):
    return compare(kind, read_workbook(saved(workbook), "ひな形.xlsx"))


@pytest.mark.parametrize("slug", ["budget", "dispatch"])
def test_a_template_as_it_is_changes_nothing(records, slug):
    kind = kinds()[slug]
    counts = compared(kind, opened(kind)).counts
    assert counts.pop("unchanged") == kind.model.objects.count() > 0
    assert not any(counts.values())


def test_what_is_filled_in_is_read_as_it_was_filled_in(records, budget, kofukin):
    workbook = opened(budget)
    sheet, at = table(workbook)
    year = fiscal_year_on(localdate())
    ours = next(row for row in range(2, 9) if sheet[f"{at['年度（西暦）']}{row}"].value == year)
    sheet[f"{at['段階']}{ours}"], sheet[f"{at['予算額（円）']}{ours}"] = "決算", 1_234_567_890
    sheet[f"{at['予算額（円）']}2"] = 0
    spare = {"制度名": "地域づくり総合交付金", "振興局": "釧路総合振興局", "年度（西暦）": 2025, "予算額（円）": 5}
    for header, value in spare.items():
        sheet[f"{at[header]}{ours + 1}"] = value
    lines = compared(budget, workbook).to_write
    figures = [line.figure for line in lines]
    assert {figure.program for figure in figures} == {kofukin}
    read = [(f.fiscal_year, f.subprefecture and f.subprefecture.slug, f.stage, f.value) for f in figures]
    assert sorted(read) == [
        (2021, None, "当初", 0),
        (2025, "kushiro", "", 5),
        (year, None, "決算", 1_234_567_890),
    ]


def test_excel_offers_stages_offices_and_programmes_to_choose_from(records, budget):
    workbook = opened(budget)
    sheet, at = table(workbook)
    choices = {header: listed(workbook, validation(sheet, at[header])) for header in ("段階", "振興局", "制度名")}
    assert choices == {
        "段階": ["明示なし", "当初", "補正後", "最終", "決算"],
        "振興局": ["全道", "釧路総合振興局"],
        "制度名": ["地域づくり総合交付金", "地域振興派遣"],
    }
    assert workbook["選択肢"].sheet_state == "hidden"


@pytest.mark.parametrize(
    ("slug", "header", "rule"),
    [
        ("budget", "年度（西暦）", ("whole", "between", "1989", "2099")),
        ("budget", "補正", ("textLength", "lessThanOrEqual", "20", None)),
        ("budget", "予算額（円）", ("whole", "greaterThanOrEqual", "0", None)),
        ("dispatch", "派遣者数（人）", ("whole", "greaterThanOrEqual", "0", None)),
    ],
)
def test_excel_takes_only_what_fits_and_says_what_to_enter(records, slug, header, rule):
    sheet, at = table(opened(kinds()[slug]))
    found = validation(sheet, at[header])
    assert (found.type, found.operator, found.formula1, found.formula2) == rule
    assert found.showErrorMessage
    assert found.errorStyle in (None, "stop")
    assert "入れてください" in found.error
    assert len(found.errorTitle) <= 32
    assert len(found.error) <= 255


def test_only_what_is_to_fill_in_can_be_typed_over(records, budget):
    workbook = opened(budget)
    sheet, at = table(workbook)
    assert all(each.protection.sheet and not each.protection.password for each in workbook)
    rows = {"header": 1, "on record": 2, "this year": 4, "spare": 5}
    open_cells = {
        name: [header for header in at if not sheet[f"{at[header]}{row}"].protection.locked]
        for name, row in rows.items()
    }
    assert open_cells == {
        "header": [],
        "on record": ["予算額（円）"],
        "this year": ["段階", "補正", "予算額（円）"],
        "spare": ["制度名", "振興局", "年度（西暦）", "段階", "補正", "予算額（円）"],
    }


def test_it_reads_and_prints_well(records, budget):
    workbook = opened(budget)
    sheet, at = table(workbook)
    assert sheet.freeze_panes == "A2"
    assert sheet[f"{at['予算額（円）']}2"].number_format == "#,##0"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", int(sheet.PAPERSIZE_A4))
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.column_dimensions[at["制度名"]].width > 20
    how_to = [cell.value for (cell,) in workbook["書き方"]["A1:A30"] if cell.value]
    assert any("円の単位で" in line for line in how_to)


def test_names_that_look_like_formulas_and_amounts_beyond_excel_come_back_whole(budget):
    program = make_program(official_name='=HYPERLINK("例"),\n改行')
    make_budget_figure(program=program, amount_yen=999_999_999_999_999_999)
    workbook = opened(budget)
    sheet, at = table(workbook)
    assert [sheet[f"{at[header]}2"].data_type for header in ("制度名", "予算額（円）")] == ["s", "s"]
    content = blank_workbook(budget.label, budget.blanks())
    assert compare(budget, read_workbook(content, "ひな形.xlsx")).counts["unchanged"] == 1


def test_without_any_programme_there_is_a_table_to_fill_in(budget):
    workbook = opened(budget)
    sheet, _ = table(workbook)
    assert not compared(budget, workbook).lines
    assert sheet.max_row > 100
