"""What the portal gives out it takes back: every export of figures is read by the import as what is on record."""

import re
from itertools import product

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.timezone import localdate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regions.views import indicator_csv
from sumairu.imports.comparing import compare
from sumairu.imports.kinds import kinds
from sumairu.lib.blank_workbooks import FIRST_YEAR, blank_workbook
from sumairu.lib.folding import fold
from sumairu.lib.wareki import LAST, fiscal_year_on
from sumairu.lib.workbooks import read_workbook
from sumairu.models import UsedCode
from sumairu.pages.views import table_csv
from support.models import BudgetFigure, DispatchFigure, Program, ProgramEdition
from tests.exhaustive import ALL, sample
from tests.factories import (
    OFFICES,
    TOWNS,
    make_budget_figure,
    make_dispatch_figure,
    make_edition,
    make_headquarters_editor,
    make_indicator,
    make_indicator_figure,
    make_municipality,
    make_program,
    make_run,
    make_subprefecture,
)
from tests.office import FORMATS, converted

pytestmark = pytest.mark.django_db

XLSX, CSV = "0", "1"
BOM = b"\xef\xbb\xbf"

# Names end in 事業, as those of programmes do: 「合計」 or 「令和3年度」 alone would name none. None holds five digits in a row,
# which the reader may take for the code of a municipality, or a unit in brackets, of which it asks.
CHARACTERS = "\"',，、=＝+＋-－@＠\t\n 　（）()「」%％0123456789１２△円R年度計補正うち地域aA&<>;"
OF_ANOTHER_MEANING = re.compile(r"\d{5}|[(（][^)）]*[%％円][^)）]*[)）]")
NAMES = st.lists(
    st.text(CHARACTERS, max_size=12)
    .filter(lambda text: not OF_ANOTHER_MEANING.search(text))
    .map(lambda text: f"{text}事業"),
    min_size=3,
    max_size=3,
    unique_by=fold,
)
STAGES = [(stage, "") for stage in BudgetFigure.Stage] + [("補正後", name) for name in ("2月補正", "コロナ対策")]
AMOUNTS = st.just(0) | st.integers(1, 10**6) | st.integers(10**9, 10**13) | st.integers(10**14, 10**18 - 1)
WHOSE = (st.integers(0, 2), st.integers(FIRST_YEAR, LAST), st.sampled_from([None, *OFFICES]))
RAWS = st.sampled_from(["45.5", "△12", "1,234※", "＝A1", "", "３８", "x"])
BUDGETS = st.dictionaries(st.tuples(*WHOSE, st.sampled_from(STAGES)), st.tuples(AMOUNTS, RAWS), min_size=1, max_size=12)
DISPATCHES = st.dictionaries(st.tuples(*WHOSE), st.tuples(st.integers(0, 10**6), RAWS), min_size=1, max_size=12)


def store(names, budgets, dispatches):
    for model in (BudgetFigure, DispatchFigure, ProgramEdition, Program, UsedCode):
        model._base_manager.all().delete()
    programs = [
        make_edition(program=make_program(slug=f"p-{n}", official_name=name)).program for n, name in enumerate(names)
    ]
    run, typist = make_run(), make_headquarters_editor()
    for (number, year, office, *stage), (value, raw) in [*budgets.items(), *dispatches.items()]:
        fields = {
            "program": programs[number],
            "fiscal_year": year,
            "subprefecture": office and make_subprefecture(office),
        }
        fields |= {"run": run, "raw": raw} if raw else {"entered_by": typist, "raw": ""}
        if stage:
            [(fields["stage"], fields["supplement"])] = stage
            make_budget_figure(amount_yen=value, **fields)
        else:
            make_dispatch_figure(headcount=value, **fields)


def listed(slug, format):
    """The export of the admin's list."""
    client = Client()
    client.force_login(make_headquarters_editor())
    meta = kinds()[slug].model._meta
    address = reverse(f"admin:{meta.app_label}_{meta.model_name}_export")
    return client.post(address, {"format": format, "resource": "0"}).content


def downloaded(slug):
    return b"".join(table_csv(None, slug))


EXPORTS = {
    "xlsx": lambda slug: (listed(slug, XLSX), "一覧.xlsx"),
    "csv": lambda slug: (listed(slug, CSV), "一覧.csv"),
    "csv without a mark": lambda slug: (listed(slug, CSV).removeprefix(BOM), "一覧.csv"),
    "open data": lambda slug: (downloaded(slug), "推移.csv"),
    "open data without a mark": lambda slug: (downloaded(slug).removeprefix(BOM), "推移.csv"),
    "template": lambda slug: (blank_workbook(kinds()[slug].label, kinds()[slug].blanks()), "ひな形.xlsx"),
}


FIXTURES_KEPT = {"suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]}
RECORDS = {"names": NAMES, "budgets": BUDGETS, "dispatches": DISPATCHES}


def assert_unchanged(slug, content, name):
    kind = kinds()[slug]
    comparison = compare(kind, read_workbook(content, name))
    assert [(line.words, line.reason) for line in comparison.of("error", "question", "new", "changed")] == []
    assert comparison.counts["unchanged"] == kind.model.objects.count()


@pytest.mark.parametrize(("export", "slug"), sample(product(EXPORTS, ["budget", "dispatch"]), every=3))
@settings(max_examples=8 if ALL else 2, **FIXTURES_KEPT)
@given(**RECORDS)
def test_an_export_is_read_as_what_is_on_record(slug, export, names, budgets, dispatches):
    store(names, budgets, dispatches)
    assert_unchanged(slug, *EXPORTS[export](slug))


@pytest.mark.parametrize("copied_as", [None, *FORMATS])
@pytest.mark.parametrize("export", ["xlsx", "template"])
def test_so_is_a_copy_that_another_program_saved(export, copied_as):
    amounts = [0, 1, 4_550_000_000, 999_999_999_999_999, 999_999_999_999_999_999]
    budgets = {(n % 3, 2018 + n, None, stage): (amounts[n % 5], "45.5") for n, stage in enumerate(STAGES)}
    store(["=SUM(A1)事業", '一、"二"\n三,事業', "'-2事業"], budgets | {(0, 2021, "kushiro", STAGES[0]): (7, "")}, {})
    content, name = EXPORTS[export]("budget")
    assert_unchanged(
        "budget", *((converted(content, copied_as), f"一覧.{copied_as}") if copied_as else (content, name))
    )


INDICATOR_EXPORTS = {
    "xlsx": lambda slug: (listed("indicator", XLSX), "一覧.xlsx"),
    "csv": lambda slug: (listed("indicator", CSV), "一覧.csv"),
    "open data": lambda slug: (b"".join(indicator_csv(RequestFactory().get("/"), slug)), "推移.csv"),
    "template": lambda slug: (blank_workbook(kinds()["indicator"].label, kinds()["indicator"].blanks()), "ひな形.xlsx"),
}


CALENDARS = [{}, {"counts_by": "calendar_year"}, {"counts_by": "day", "counted_on": "1月1日"}]


@pytest.mark.parametrize(("export", "calendar"), sample(product(INDICATOR_EXPORTS, CALENDARS), every=4))
def test_figures_of_towns_come_back_too(export, calendar):
    tax, gifts = make_indicator(**calendar), make_indicator("ふるさと納税 受入件数", measure="count")
    year = localdate().year if calendar else fiscal_year_on(localdate())
    for number, town in enumerate(map(make_municipality, TOWNS)):
        make_indicator_figure(indicator=tax, municipality=town, fiscal_year=year, amount=number * 10**15)
        if export != "open data":  # which is of one indicator
            fiscal_year = fiscal_year_on(localdate())
            make_indicator_figure(indicator=gifts, municipality=town, fiscal_year=fiscal_year, amount=number)
    assert_unchanged("indicator", *INDICATOR_EXPORTS[export](tax.slug))
