from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from sumairu.imports.models import ImportRun
from support.models import BudgetFigure
from tests.imports.books import budget_book

pytestmark = pytest.mark.django_db


def run(path, **options):
    out = StringIO()
    call_command("import_workbook", path, stdout=out, **{"what": "budget"} | options)
    return out.getvalue()


@pytest.fixture
def workbook(tmp_path):
    path = tmp_path / "予算.xlsx"
    path.write_bytes(budget_book())
    return path


def test_the_command_saves_and_reports_each_figure(workbook, kofukin):
    report = run(workbook)
    assert "新規\t予算額 › E6\t地域づくり総合交付金・令和3年度（2021）・全道・明示なし 45億8,000万円" in report
    assert "4件を保存しました" in report
    assert BudgetFigure.objects.filter(run__uploaded_by=None).count() == 4


def test_a_dry_run_writes_nothing_at_all(workbook, kofukin):
    report = run(workbook, dry_run=True)
    assert "新規 4" in report
    assert "保存していません" in report
    assert not BudgetFigure.objects.exists()
    assert not ImportRun.objects.exists()


def test_again_changes_nothing_and_says_so(workbook, kofukin):
    run(workbook)
    assert "保存するものはありません" in run(workbook)


def test_errors_save_nothing_and_fail(workbook):
    with pytest.raises(CommandError, match="誤り"):
        run(workbook)
    assert not BudgetFigure.objects.exists()


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"ない\.xlsx を読めません"):
        run(tmp_path / "ない.xlsx")


def test_a_file_that_is_no_workbook_is_refused(tmp_path):
    path = tmp_path / "メモ.xlsx"
    path.write_text("メモ")
    with pytest.raises(CommandError):
        run(path)
