from io import StringIO
from shutil import copytree
from stat import S_IMODE

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from regions.models import Desk, Initiative
from sumairu.accounts.models import User
from sumairu.imports.models import ImportRun
from sumairu.loading import demo as demo_module
from sumairu.loading.samples import TYPIST, remove_samples
from support.models import BudgetFigure, DispatchFigure

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def without_towns():
    """The workbooks of towns take seconds to read, and have a test of their own (tests/regions/test_town_workbooks.py)."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(demo_module, "OF_TOWNS", ())
        yield


@pytest.fixture(scope="module")
def first_run(without_towns, loaded_once, tmp_path_factory):
    """What a first run says and the folder in which it keeps things, once for all tests."""
    folder, said = tmp_path_factory.mktemp("demo") / "var", []
    with override_settings(VAR_DIR=folder), pytest.MonkeyPatch.context() as patch:
        patch.setenv("PORT", "8123")
        with loaded_once(lambda: said.append(demo())):
            yield said[0], folder


@pytest.fixture
def said(first_run):
    return first_run[0]


@pytest.fixture
def var(first_run, settings, tmp_path, few_statistics):
    """The folder after a first run, for a test of its own."""
    settings.VAR_DIR = copytree(first_run[1], tmp_path / "var")
    return settings.VAR_DIR


def demo(**options):
    out = StringIO()
    call_command("demo", stdout=out, **options)
    return out.getvalue()


def test_it_refuses_in_production(settings):
    settings.MODE = "production"
    there = User.objects.count()
    with pytest.raises(CommandError, match="本番では動きません"):
        demo()
    assert User.objects.count() == there


@pytest.mark.exhaustive
def test_it_says_what_to_open_and_whom_to_sign_in_as(said, var):
    password = (var / "demo-accounts.txt").read_text().splitlines()[0]
    assert "http://127.0.0.1:8123/admin/" in said
    assert all(word in said for word in ("kushiro@example.jp", "kanri@example.jp", password))


def test_the_port_of_the_option_wins(var, monkeypatch):
    monkeypatch.setenv("PORT", "8123")
    assert "http://127.0.0.1:8001/" in demo(port="8001")


@pytest.mark.exhaustive
def test_four_years_of_both_figures_come_from_the_workbook(first_run):
    budget = BudgetFigure.objects.order_by("fiscal_year").values_list("fiscal_year", "amount_yen")
    people = DispatchFigure.objects.order_by("fiscal_year").values_list("fiscal_year", "headcount")
    assert list(budget) == [
        (2018, 4_550_000_000),
        (2019, 4_550_000_000),
        (2020, 4_580_000_000),
        (2021, 4_580_000_000),
    ]
    assert list(people) == [(2018, 38), (2019, 38), (2020, 33), (2021, 32)]
    assert {figure.run.file.name for figure in BudgetFigure.objects.all()} == {"予算・派遣実績.xlsx"}


MAY = {
    "kushiro@example.jp": {"change_initiative"},
    "nemuro@example.jp": {"change_initiative"},
    "honcho@example.jp": {"change_program"},
    "kanri@example.jp": {"change_initiative", "change_program", "add_staffassignment"},
}


def test_everyone_signs_in_to_their_own_work(var, client):
    password = (var / "demo-accounts.txt").read_text().splitlines()[0]
    asked = ["regions.change_initiative", "support.change_program", "regions.add_staffassignment"]
    found = {}
    for user in User.objects.exclude(email=TYPIST):
        assert client.login(username=user.email, password=password)
        found[user.email] = {perm.partition(".")[2] for perm in asked if user.has_perm(perm)}
    assert found == MAY


def test_a_second_run_keeps_what_was_edited_and_imports_nothing_again(var):
    Initiative.objects.filter(code="kushiro-2021-1").update(title="直した題名")
    BudgetFigure.objects.filter(fiscal_year=2021).update(amount_yen=1)
    said = demo()
    assert "取り込んでいます" not in said
    assert ImportRun.objects.count() == 2
    assert BudgetFigure.objects.get(fiscal_year=2021).amount_yen == 1
    assert Initiative.objects.get(code="kushiro-2021-1").title == "直した題名"


@pytest.mark.exhaustive
def test_samples_that_were_removed_do_not_come_back(var):
    remove_samples()
    demo()
    assert not Desk.objects.exists()


def test_passwords_are_for_their_owner_alone_and_stay(var):
    file = var / "demo-accounts.txt"
    before = file.read_text()
    demo()
    assert S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_text() == before


@pytest.mark.exhaustive
def test_a_password_that_was_lost_is_replaced(var, client):
    (var / "demo-accounts.txt").unlink()
    demo()
    password = (var / "demo-accounts.txt").read_text().splitlines()[0]
    assert client.login(username="kushiro@example.jp", password=password)
