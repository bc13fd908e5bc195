"""No test here may use the database, and the marks that would let it are missing."""

import json
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.lib.workbooks.builders import FILES, package, sheet_xml, xlsx

ROOT = Path(__file__).parents[2]
ROWS = [
    ["団体コード", "市町村名", "普通交付税（千円）", None, "充足率（%）"],
    [None, None, "R3当初", "R4", "R4"],
    [12068, "釧路市", 4550, 4600.5, 98.2],
    [None, "合計", 4550, 4600.5, None],
]


def run(path, **options):
    out = StringIO()
    call_command("read_workbook", path, stdout=out, **options)
    return out.getvalue()


def data(path, **options):
    return json.loads(run(path, json=True, **options))


@pytest.fixture
def workbook(tmp_path):
    path = tmp_path / "交付税.xlsx"
    path.write_bytes(xlsx(ROWS, merge=["A1:A2", "B1:B2", "C1:D1"], name="交付税"))
    return path


def test_json_gives_every_figure_with_what_its_sheet_says_of_it(workbook):
    found = data(workbook)
    assert found["figures"][0] == {
        "sheet": "交付税",
        "cell": "C3",
        "label": "釧路市",
        "code": "012068",
        "fiscal_year": 2021,
        "calendar_year": None,
        "column": ["普通交付税（千円）", "R3当初"],
        "stage": "当初",
        "supplement": None,
        "unit": "千円",
        "raw": "4550",
        "value": 4_550_000,
        "kind": "yen",
        "note": None,
    }
    assert [(each["cell"], each["value"], each["kind"]) for each in found["figures"]] == [
        ("C3", 4_550_000, "yen"),
        ("D3", 4_600_500, "yen"),
        ("E3", "98.2", "ratio"),
    ]


def test_json_gives_what_is_left_out_and_where_the_tables_are(workbook):
    found = data(workbook)
    assert found["skipped"][0] == {
        "sheet": "交付税",
        "cell": "C4",
        "raw": "4550",
        "reason": "合計の行（「合計」）です。",
        "label": "合計",
        "column": ["普通交付税（千円）", "R3当初"],
    }
    [table] = found["tables"]
    assert (table["range"], table["header_rows"], table["label_columns"]) == ("A1:E4", [1, 2], ["A", "B"])
    assert table["columns"][2]["path"] == ["普通交付税（千円）", "R3当初"]
    [sheet] = found["sheets"]
    assert sheet.items() >= {"name": "交付税", "is_hidden": False, "rows": 4, "columns": 5, "comments": 0}.items()
    assert (found["problems"], found["notices"]) == ([], [])


def test_without_json_there_is_a_line_for_each_cell(workbook):
    lines = run(workbook).splitlines()
    assert "数値\t交付税 › C3\t釧路市\t2021年度\t普通交付税（千円）・R3当初\t455万円" in lines
    assert "数値\t交付税 › E3\t釧路市\t2022年度\t充足率（%）・R4\t98.2%" in lines
    assert "読まない\t交付税 › C4\t4550\t合計の行（「合計」）です。" in lines
    assert lines[-1] == "数値 3、誤り 0、読まない 2"


def test_notices_and_errors_are_lines_too():
    report = run(FILES / "everything.xls")
    assert "※ シート「控え」は非表示です。その数値は取り込みません。" in report
    assert "誤り\t予算額 › B8\t#DIV/0!\tエラー値（#DIV/0!）です。" in report


def test_one_sheet_can_be_asked_for():
    found = data(FILES / "everything.ods", sheet="R4")
    assert {each["sheet"] for key in ("figures", "skipped", "problems", "tables") for each in found[key]} == {"R4"}


def test_a_sheet_that_is_not_there_is_answered_with_those_that_are():
    with pytest.raises(CommandError, match="「R5」というシートはありません。あるのは 予算額、控え、R4 です。"):
        run(FILES / "everything.ods", sheet="R5")


def test_a_file_that_is_not_there_or_no_workbook_is_an_error(tmp_path):
    with pytest.raises(CommandError, match="を読めません"):
        run(tmp_path / "none.xlsx")
    with pytest.raises(CommandError, match="Excelブックではありません"):
        run(ROOT / "README.md")


def command(*arguments):
    """The command as one types it, with nothing set but a database that does not exist."""
    return subprocess.run(
        [sys.executable, "manage.py", "read_workbook", *arguments],
        cwd=ROOT,
        env={"DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.exhaustive
def test_it_runs_with_no_database_at_all(workbook):
    result = command(workbook, "--json")
    assert (result.returncode, result.stderr) == (0, "")
    assert len(json.loads(result.stdout)["figures"]) == 3


@pytest.mark.exhaustive
def test_a_refused_file_says_why_on_stderr(tmp_path):
    path = tmp_path / "壊れた.xlsx"
    path.write_bytes(package(sheet_xml("<row")))
    result = command(path, "--json")
    assert (result.returncode, result.stdout) == (1, "")
    assert "壊れています" in result.stderr
