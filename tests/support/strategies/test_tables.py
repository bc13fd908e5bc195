"""Strategies, aims and indicators from an Excel list: all of it or nothing, with what is wrong said line by line."""

from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from sumairu.lib.written_workbook import written_workbook
from sumairu.versions.models import Version
from support.strategies.models import StrategyAim, StrategyIndicator, TownStrategy
from tests.admin_forms import posted_again
from tests.factories import make_editor, make_municipality, make_strategy, make_theme

pytestmark = pytest.mark.django_db

ADMIN = "/admin/support_strategies"
HEAD = [
    "戦略番号",
    "基本目標の番号",
    "指標",
    "単位",
    "基準値",
    "基準値の年度",
    "目標値",
    "目標値の年度",
    "最新の値",
    "最新の値の日",
]


@pytest.fixture
def kushiro(client):
    make_municipality("釧路市"), make_municipality("根室市")
    client.force_login(make_editor("kushiro"))
    return client


def chosen(client, kind, *rows):
    file = SimpleUploadedFile("一覧.xlsx", written_workbook({"一覧": rows}))
    return client.post(f"{ADMIN}/{kind}/import/", {"import_file": file, "resource": "0"})


def saved(client, kind, *rows):
    preview = chosen(client, kind, *rows)
    answer = client.post(f"{ADMIN}/{kind}/process_import/", posted_again(preview))
    while answer.status_code == 200:  # what the public would see is confirmed
        answer = client.post(f"{ADMIN}/{kind}/process_import/", posted_again(answer))
    return answer


def test_strategies_come_from_a_list(kushiro):
    head = ["戦略番号", "全国地方公共団体コード", "名称", "最初の年度", "最後の年度", "公開の状態"]
    saved(kushiro, "townstrategy", head, ["kushiro-2", "012068", "第2期の戦略", "令和2年度", "R6", "下書き"])
    strategy = TownStrategy.objects.get()
    assert (strategy.key, strategy.municipality.name, strategy.first_year, strategy.last_year) == (
        "kushiro-2",
        "釧路市",
        2020,
        2024,
    )


def test_aims_come_with_their_themes(kushiro):
    make_theme(), make_strategy(key="senryaku", status="draft")
    saved(kushiro, "strategyaim", ["戦略番号", "番号", "基本目標", "分野"], ["senryaku", 1, "仕事をつくる", "観光"])
    aim = StrategyAim.objects.get()
    assert (aim.text, [theme.name for theme in aim.themes.all()]) == ("仕事をつくる", ["観光"])


def test_indicators_are_exact_and_what_is_empty_is_unknown(kushiro):
    strategy = make_strategy(key="senryaku", status="draft")
    row = ["senryaku", 1, "宿泊した人", "万人", 8.1, "R1", "１，０００．５", 2024, None, None]
    saved(
        kushiro, "strategyindicator", HEAD, row, [*row[:2], "移り住んだ人", "人", None, None, 0, 2024, 3, "2024-03-31"]
    )
    first, second = StrategyIndicator.objects.order_by("pk")
    assert (first.base_value, first.target_value, first.newest_value) == (Decimal("8.1"), Decimal("1000.5"), None)
    assert (second.base_value, second.target_value, second.newest_value) == (None, 0, 3)
    (version,) = Version.objects.filter(kind="support_strategies.townstrategy", origin="table")
    assert version.record_id == strategy.pk
    assert "宿泊した人" in str(version.content)


def test_nothing_is_saved_where_one_row_is_wrong_and_each_says_why(kushiro):
    make_strategy(key="senryaku", status="draft")
    make_strategy(key="nemuro", municipality=make_municipality("根室市"), status="draft")
    good = ["senryaku", 1, "よい指標", "人", 1, None, 2, None, None, None]
    page = chosen(
        kushiro,
        "strategyindicator",
        HEAD,
        good,
        ["senryaku", 1, "悪い値", "人", "約100", None, 2, None, None, None],
        ["nemuro", 1, "よその戦略", "人", 1, None, 2, None, None, None],
        ["senryaku", 1, "日のない値", "人", 1, "R99年", 2, None, 5, None],
    ).content.decode()
    assert "3行目" in page
    assert "基準値：「約100」" in page
    assert "数字だけを入れてください" in page
    assert "「nemuro」という戦略は選べません" in page
    assert "「R99年」を年度として読めません" in page
    assert not StrategyIndicator.objects.exists()


@pytest.mark.parametrize("kind", ["townstrategy", "strategyaim", "strategyindicator"])
def test_a_blank_workbook_is_there_to_be_filled_in(kushiro, kind):
    assert 'href="blank/"' in kushiro.get(f"{ADMIN}/{kind}/import/").content.decode()
    book = load_workbook(BytesIO(kushiro.get(f"{ADMIN}/{kind}/import/blank/").content))
    assert "戦略番号" in [cell.value for cell in book.active[1]]
    assert book.active.max_row == 1
