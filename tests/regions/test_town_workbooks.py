"""The ministry's workbooks as the demo imports them, held against their cells as openpyxl reads them by itself."""

from collections import Counter
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from regions.models import Indicator, IndicatorFigure, Municipality
from sumairu.imports.comparing import compare
from sumairu.imports.kinds import kinds
from sumairu.imports.models import FigureChange, ImportRun
from sumairu.lib.prefectures import PREFECTURES, SHARED_NAMES, SHARED_STEMS
from sumairu.lib.workbooks import read_workbook
from sumairu.loading.content import add_indicator, read
from sumairu.loading.demo import OF_TOWNS, WORKBOOKS, import_figures
from tests.lib.workbooks.builders import xlsx

TAX, DONATIONS = OF_TOWNS
DONATION_YEARS = range(2008, 2021)

pytestmark = pytest.mark.exhaustive


@pytest.fixture
def indicators(all_towns):
    for record in read("regions")["indicators"]:
        add_indicator(record)


def imported(name):
    import_figures(kinds()["indicator"], (WORKBOOKS / name).read_bytes(), name)
    return ImportRun.objects.get(file__name=name)


def cells_of(name):
    with_values = load_workbook(WORKBOOKS / name, data_only=True)
    return with_values.worksheets[0]


def yen(thousands):
    """Whole yen of a cell in 千円: the ministry's decimals are floats that lie within a thousandth of a yen of one."""
    exact = Decimal(repr(thousands)) * 1000
    whole = exact.to_integral_value()
    assert abs(exact - whole) < Decimal("0.001")
    return int(whole)


def stored(slug):
    """`{(town, year): (value, cell)}`; the two villages of one name are told apart by their codes elsewhere."""
    figures = IndicatorFigure.objects.filter(indicator__slug=slug).select_related("municipality")
    return {(each.municipality.name, each.fiscal_year): (each.value, each.cell) for each in figures}


def test_every_municipality_s_allocation_tax_is_right_to_the_yen(indicators):
    run = imported(TAX)
    expected = {}
    for row in cells_of(TAX).iter_rows(min_row=7, max_row=185):
        town = row[2].value
        expected[town, 2022] = yen(row[3].value), row[3].coordinate
        expected[town, 2021] = yen(row[4].value), row[4].coordinate
    assert len(expected) == 2 * 179
    assert stored("ordinary-allocation-tax") == expected
    assert stored("ordinary-allocation-tax")["釧路市", 2022] == (23_617_795_000, "D12")
    assert (run.new, run.changed, run.errors) == (358, 0, 0)
    assert run.answers == {"town:泊村": "014036"}
    assert set(IndicatorFigure.objects.values_list("municipality__code", flat=True)) == set(
        Municipality.objects.governed().values_list("code", flat=True)
    )


def test_every_municipality_s_donations_are_right_to_the_yen_and_all_their_numbers(indicators):
    run = imported(DONATIONS)
    amounts, numbers = {}, {}
    for row in cells_of(DONATIONS).iter_rows(min_row=5):
        if row[0].value == "北海道" and row[1].value:
            for place, year in enumerate(DONATION_YEARS):
                amount, number = row[2 + 2 * place], row[3 + 2 * place]
                amounts[row[1].value, year] = yen(amount.value), amount.coordinate
                numbers[row[1].value, year] = int(number.value), number.coordinate
    assert len(amounts) == len(numbers) == 13 * 179
    assert stored("hometown-tax-donations") == amounts
    assert stored("hometown-tax-donations-number") == numbers
    assert stored("hometown-tax-donations")["釧路市", 2017] == (417_664_008, "U11")
    assert (run.new, run.changed, run.errors) == (26 * 179, 0, 0)


def test_every_other_row_is_left_out_with_its_prefecture_and_importing_again_changes_nothing(indicators):
    run = imported(TAX)
    again = compare(kinds()["indicator"], run.reading, run.answers)
    assert (again.counts["unchanged"], again.to_write) == (358, [])
    reasons = Counter(line.reason for line in again.lines if line.reason)
    sheet, prefecture, expected = cells_of(TAX), None, Counter()
    for row in sheet.iter_rows(min_row=7):
        prefecture = row[1].value or prefecture
        if prefecture != "北海道":
            expected[f"北海道以外（{prefecture}）の行です。"] += 2
    assert len(expected) == len(PREFECTURES) - 1
    assert reasons == expected


def test_a_cell_without_a_number_leaves_what_is_stored(indicators):
    """A blank is no zero and deletes nothing."""
    run = imported(TAX)
    reading = run.reading
    kept = [each for each in reading.figures if each.cell != "D12"]
    without = type(reading)(tuple(kept), reading.skipped, reading.problems, reading.tables, reading.sheets)
    assert compare(kinds()["indicator"], without, run.answers).to_write == []
    assert stored("ordinary-allocation-tax")["釧路市", 2022] == (23_617_795_000, "D12")


def test_each_figure_has_its_history_and_its_page_its_cell(indicators, client):
    imported(TAX)
    figure = IndicatorFigure.objects.get(municipality__name="釧路市", fiscal_year=2022)
    [change] = FigureChange.of_figure(figure)
    assert (change.before, change.after, change.cell) == (None, 23_617_795_000, "D12")
    page = client.get("/municipalities/012068/").content.decode()
    assert "kofuzei_muni_2022.xlsx › R４ › D12〜E12" in page
    assert "23,617,795,000" in page


def test_the_names_that_others_have_too_are_those_of_the_ministry_s_list():
    prefecture, ours, theirs = None, set(), set()
    for row in cells_of(TAX).iter_rows(min_row=7, values_only=True):
        prefecture = row[1] or prefecture
        (ours if prefecture == "北海道" else theirs).add(row[2])
    assert ours & theirs == SHARED_NAMES
    assert {name[:-1] for name in ours} & {name[:-1] for name in theirs} == SHARED_STEMS


def test_the_indicators_come_with_their_source(indicators):
    assert all("総務省" in indicator.source for indicator in Indicator.objects.all())
    assert Indicator.objects.count() == 3


def test_towns_may_stand_across_and_what_is_said_amid_the_figures_is_not_asked_about(indicators):
    across = [["普通交付税（千円）"], ["年度", "釧路市", "根室市"], ["R2", 1, 2], ["R3", 3, 4]]
    said = [["令和4年度普通交付税（千円）"], ["市町村", "普通交付税", "公表", "担当"]]
    said += [[town, 10_000, "○", f"{town}の窓口"] for town in ("釧路市", "根室市", "厚岸町")]
    for rows, expected in (
        (across, {("釧路市", 2020): 1_000, ("根室市", 2021): 4_000}),
        (said, {("厚岸町", 2022): 10_000_000}),
    ):
        comparison = compare(kinds()["indicator"], read_workbook(xlsx(rows), "税.xlsx"))
        assert comparison.to_settle == []
        found = {(line.parts["municipality"].name, line.year): line.value for line in comparison.to_write}
        assert expected.items() <= found.items()


def test_what_sorts_the_rows_is_asked_about_since_it_may_be_a_part_of_the_town(indicators):
    rows = [["令和4年度普通交付税（千円）"], ["市町村", "区分", "普通交付税"]]
    rows += [["釧路市", "旧阿寒町分", 100], ["根室市", "全域", 200], ["厚岸町", "全域", 300]]
    comparison = compare(kinds()["indicator"], read_workbook(xlsx(rows), "税.xlsx"))
    assert [question.title for question, _ in comparison.questions] == ["市町村名のほかに、言葉があります"]
    assert comparison.to_write == []
