"""Every set of `/data/`: its files, what is told of it to programs, and how machine-readable it is."""

import csv
import json
import warnings
from copy import deepcopy
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from sumairu.descriptions import tables
from sumairu.lib.machine_readable import check
from sumairu.lib.machine_readable.beside import Before
from sumairu.pages import column_history
from sumairu.pages.checked_data import reports, too_long
from sumairu.pages.data_sets import data_set, data_sets
from support.standard_set import STANDARD_SET
from tests.costs import page
from tests.factories import (
    make_aim,
    make_article,
    make_budget_figure,
    make_case,
    make_case_figure,
    make_dispatch_figure,
    make_edition,
    make_frame,
    make_indicator,
    make_indicator_figure,
    make_initiative,
    make_issue,
    make_municipality,
    make_notice,
    make_picture,
    make_policy,
    make_program,
    make_strategy,
    make_strategy_indicator,
    make_theme,
    make_uptake,
    make_window,
)

pytestmark = pytest.mark.django_db

SLUGS = [*tables(), "figures-tax"]
SHAPES = Path(__file__).with_name("dcat_shapes.ttl")


@pytest.fixture(autouse=True)
def world():
    town = make_municipality("釧路市")
    edition = make_edition(
        program=make_program(slug="kofukin", official_name="交付金"),
        body="# 対象\n\n- 市町村\n- 団体",
        source="要綱\n手引き",
    )
    edition.program.themes.add(make_theme("観光", "kanko"))
    make_window(edition=edition)
    make_budget_figure(program=edition.program)
    make_dispatch_figure(program=edition.program)
    initiative = make_initiative(partners="漁協\n観光協会", subprefecture=town.subprefecture)
    initiative.municipalities.add(town, make_municipality("厚岸町"))
    case = make_case(
        initiative.municipalities.all(),
        [make_theme("観光", "kanko")],
        [edition.program],
        key="cafe",
        title="空き店舗のカフェ",
        body="# 進め方\n\n- 一\n- 二",
        lessons="冬は\n来ませんでした。",
        keywords="商店街\n起業",
        partners="漁協",
        organisation="council",
        organisation_name="協議会",
        funds="交付金\n寄付",
    )
    make_case_figure(case), make_picture(case), case.links.create(label="記録", url="https://example.jp/")
    make_policy(text="海を守る", subprefecture=town.subprefecture)
    make_uptake(program=edition.program)
    notice = make_notice(act_by=date(2027, 3, 31), subprefecture=town.subprefecture)
    notice.programs.add(edition.program), notice.municipalities.add(town)
    make_indicator_figure(indicator=make_indicator("普通交付税", slug="tax"), municipality=town)
    make_article(title="記事＝1", lead="リードの文。", issue=make_issue(season="spring"))
    strategy = make_strategy()
    make_aim(strategy), make_strategy_indicator(strategy), make_frame()


def content(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return b"".join(response) if response.streaming else response.content


def test_every_file_scores_100_on_every_level():
    found = {report.name: (report.scores, report.findings) for report in reports(data_sets())}
    assert len(found) == 3 * len(data_sets())
    assert {name: said for name, said in found.items() if set(said[0].values()) != {100}} == {}


@pytest.mark.exhaustive
def test_the_command_prints_the_scores_and_fails_where_one_is_less(capsys, monkeypatch):
    call_command("check_data")
    said = capsys.readouterr().out
    assert "L1 100　L2 100　L3 100　budget Excel" in said
    assert "稟議シート" in said
    monkeypatch.setattr("sumairu.lib.shown.Column.title", "人 口")
    with pytest.raises(CommandError, match="100点ではありません"):
        call_command("check_data")


@pytest.mark.parametrize("slug", SLUGS)
def test_a_set_is_had_in_four_formats_with_the_same_rows(client, slug):
    [found] = [each for each in data_sets() if each.slug == slug]
    html = page(client, "/data/")
    for file in found.files:
        assert f'href="{file.path}"' in html
        assert content(client, file.path)
    plain = content(client, f"/data/{slug}/data.csv").decode()
    assert content(client, found.table.address).decode() == f"\ufeff{plain}"
    records = json.loads(content(client, f"/data/{slug}.json"))["records"]
    assert len(records) == len(list(csv.reader(StringIO(plain, newline="")))) - 1 > 0


@pytest.mark.exhaustive
@pytest.mark.parametrize("slug", SLUGS)
def test_frictionless_finds_a_set_valid(client, slug, tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from frictionless import Package

        package = json.loads(content(client, f"/data/{slug}/datapackage.json"))
        assert package["licenses"][0]["name"] == "CC-BY-4.0"
        [resource] = package["resources"]
        assert resource["path"].endswith(f"/data/{slug}/data.csv")
        (tmp_path / "data.csv").write_bytes(content(client, f"/data/{slug}/data.csv"))
        resource["path"] = "data.csv"
        (tmp_path / "datapackage.json").write_text(json.dumps(package))
        report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])


def test_the_catalogue_has_what_dcat_asks_for(client, settings):
    settings.PUBLIC_ADDRESS = "https://sumairu.example.jp"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pyshacl import validate
        from rdflib import DCAT, RDF, Graph

        graph = Graph().parse(data=content(client, "/data/catalog.jsonld"), format="json-ld")
        conforms, _graph, text = validate(graph, shacl_graph=Graph().parse(SHAPES))
    assert conforms, text
    assert len(list(graph.subjects(RDF.type, DCAT.Dataset))) == len(data_sets())
    for address in graph.objects(None, DCAT.downloadURL):
        assert content(client, str(address).removeprefix("https://sumairu.example.jp"))


def test_an_edition_stands_under_the_names_of_the_national_set(client):
    make_edition(program=make_program(slug="mihon", official_name="見本の制度"), is_sample=True)
    titles, row = csv.reader(StringIO(content(client, "/data/shien-seido/data.csv").decode(), newline=""))
    assert titles[:6] == [
        "制度番号",
        "元制度番号",
        "制度変更区分",
        "全国地方公共団体コード",
        "タイトル（制度名）",
        "サブタイトル（通称）",
    ]
    assert titles[-2:] == ["公開日", "公開終了日"]
    said = dict(zip(titles, row, strict=True))
    assert (said["全国地方公共団体コード"], said["対象地域"], said["キーワード"]) == ("010006", "北海道", "観光")
    assert said["制度番号"].startswith("kofukin-")
    assert said["内容"] == "対象 市町村 団体"


def test_a_text_longer_than_the_standard_leaves_is_told_and_no_fault(capsys):
    edition = make_edition(program=make_program(slug="nagai", official_name="長い制度"), summary="あ" * 201)
    long = [each for each in too_long(data_sets()) if each.label == "概要"]
    assert {(each.limit, each.length) for each in long} == {(200, 201)}
    call_command("check_data")
    assert f"{edition}の概要（201字、目安200字）" in capsys.readouterr().out


def test_the_limits_are_those_of_the_standard():
    limits = {part.label: part.limit for part in STANDARD_SET.parts if part.limit}
    assert limits == {
        "タイトル（制度名）": 40,
        "サブタイトル（通称）": 40,
        "対象者": 500,
        "用途・対象物": 200,
        "概要": 200,
        "内容": 5_000,
        "利用・申請方法": 500,
        "根拠法令": 500,
        "詳細参照先": 500,
        "実施組織・支援機関": 100,
        "お問い合わせ先": 1_000,
    }


@pytest.mark.parametrize("name", ["nothing", "figures-nothing", "figures-"])
@pytest.mark.parametrize("rest", [".csv", ".xlsx", ".json", "/data.csv", "/datapackage.json"])
def test_what_is_no_set_is_not_found(client, name, rest):
    assert client.get(f"/data/{name}{rest}").status_code == 404


BROKEN = {
    "L1-03": "名,人口（人）\r\n,\r\n釧路市,5\r\n",
    "L1-04": "名,人口（人）\r\n釧路市,5,メモ\r\n",
    "L1-05": "名,\r\n釧路市,5\r\n",
    "L1-06": "名,予　算　額（円）\r\n釧路市,5\r\n",
    "L1-07": '名,備考\r\n釧路市,"1,234人"\r\n',
    "L1-08": "名,面積（㎡）\r\n釧路市,5\r\n",
    "L1-14": '名,備考\r\n釧路市,"二\n行"\r\n',
    "L2-01": "名,人口（人）\r\n釧路市,5\r\n根室市,6\r\n厚岸町,7人\r\n",
    "L2-02": "振興局,名\r\n釧路,釧路市\r\n,厚岸町\r\n",
    "L2-03": "名,名\r\n釧路市,5\r\n",
    "L2-05": "名,種類\r\n釧路市,その他（港）\r\n",
    "L3-03": "名,人口（人）\r\n釧路市,5\r\n根室市,6\r\n厚岸町,－\r\n",
    "L3-04": "名,人口\r\n釧路市,5\r\n",
    "L3-05": "年度,人口（人）\r\n令和3年度,5\r\n",
    "L3-06": "団体コード,人口（人）\r\n12068,5\r\n",
    "L3-09": "名,令和3年度,令和4年度\r\n釧路市,5,6\r\n",
}


@pytest.mark.parametrize("rule", BROKEN)
def test_a_file_that_breaks_a_rule_is_told_so(rule):
    report = check("表.csv", BROKEN[rule].encode())
    assert rule in {finding.rule for finding in report.findings}
    assert report.scores[rule[:2]] < 100


TOLD = {
    "title": "町の人口",
    "description": "町ごとの人口",
    "contributors": [{"title": "北海道"}],
    "method": "国勢調査による。",
    "updated": "2026-04-01",
    "resources": [
        {
            "encoding": "utf-8",
            "schema": {
                "fields": [
                    {"name": "団体コード", "physicalName": "code", "codes": "総務省「全国地方公共団体コード」"},
                    {"name": "種別", "physicalName": "kind", "constraints": {"enum": ["市", "町"]}},
                    {"name": "人口（人）", "physicalName": "population"},
                ]
            },
        }
    ],
}
OF_TOLD = "団体コード,種別,人口（人）\r\n012068,市,5\r\n".encode()
BEFORE = Before("2025-04-01", ["code", "population"])


def fields(told):
    return told["resources"][0]["schema"]["fields"]


SPOILED = {
    "no method": ("L3-08", lambda told: told.pop("method")),
    "no history": ("L3-08", lambda told: told.pop("updated")),
    "no encoding": ("L3-08", lambda told: told["resources"][0].pop("encoding")),
    "no description": ("L3-08", lambda told: told.pop("description")),
    "a name for people": ("L3-08", lambda told: fields(told)[2].update(physicalName="人口")),
    "the same name twice": ("L3-08", lambda told: fields(told)[2].update(physicalName="kind")),
    "another order": ("L3-08", lambda told: fields(told).reverse()),
    "codes without their table": ("L3-02", lambda told: fields(told)[0].pop("codes")),
    "a choice that is none": ("L3-02", lambda told: fields(told)[1].update(constraints={"enum": ["町", "村"]})),
    "a change of before": ("L3-07", lambda told: told.update(changes=["2024-04-01：単位を変えました"])),
}


@pytest.mark.parametrize("spoiled", SPOILED)
def test_what_is_not_told_beside_the_data_breaks_a_rule(spoiled):
    changed = TOLD | {"changes": ["2026-04-01：種別を足しました"]}
    assert check("表.csv", OF_TOLD, package=changed, before=BEFORE).is_perfect
    rule, spoil = SPOILED[spoiled]
    spoil(changed := deepcopy(changed))
    findings = check("表.csv", OF_TOLD, package=changed, before=BEFORE).findings
    assert {finding.rule for finding in findings} == {rule}


def test_a_change_of_columns_must_be_kept_and_is_told_from_then_on(tmp_path, monkeypatch):
    """L3-07: whoever reads a file by a program finds every column in its place, or is told what changed."""
    shown = data_set("budget").shown()
    monkeypatch.setattr(column_history, "FILE", tmp_path / "column_history.json")
    column_history.FILE.write_text("{}")
    column_history.layouts.cache_clear()
    try:
        column_history.keep([("budget", shown.columns)], "", date(2025, 4, 1))
        assert column_history.before("budget", shown.columns) is None
        moved = shown.columns[::-1]
        with pytest.raises(column_history.NotKept):
            column_history.before("budget", moved)
        with pytest.raises(ValueError, match="何が変わったか"):
            column_history.keep([("budget", moved)], "", date(2026, 4, 1))
        column_history.keep([("budget", moved)], "逆にしました", date(2026, 4, 1))
        assert column_history.before("budget", moved).since == "2025-04-01"
        told = data_set("budget").shown().explained
        assert ["データ", "列の変更", "2026-04-01：逆にしました", "", "", ""] in told
    finally:
        column_history.layouts.cache_clear()


def test_what_no_program_opens_has_nothing():
    for name, content in (("表.pdf", b"%PDF"), ("表.csv", "人口".encode("cp932")), ("表.xlsx", b"PK")):
        assert set(check(name, content).scores.values()) == {0}


def test_what_lies_over_the_cells_of_a_workbook_is_seen():
    from io import BytesIO

    from openpyxl import Workbook
    from openpyxl.styles import PatternFill

    book = Workbook()
    sheet = book.active
    for row in (["名", "人口（人）"], ["釧路市", "=1+1"], ["根室市", 6]):
        sheet.append(row)
    sheet["A3"].fill = PatternFill("solid", fgColor="FFFF00")
    sheet.merge_cells("A4:B4")
    sheet.row_dimensions[3].hidden = True
    out = BytesIO()
    book.save(out)
    assert {"L1-11", "L1-12", "L1-13", "L2-06"} <= {each.rule for each in check("表.xlsx", out.getvalue()).findings}


def test_a_case_stands_under_the_names_of_the_government_s_framework(client):
    make_case(title="見本の事例", is_sample=True)
    titles, row = csv.reader(StringIO(content(client, "/data/gif-jirei/data.csv").decode(), newline=""))
    assert [title.partition("（")[0] for title in titles[1:4]] == ["タイトル", "サブタイトル", "事例実施年"]
    assert titles[-2:] == ["公開日", "最終更新日"]
    said = dict(zip(titles, row, strict=True))
    assert (
        said
        | {
            "タイトル": "空き店舗のカフェ",
            "全国地方公共団体コード": "012068;016624",
            "事例の場所": "釧路市;厚岸町",
            "対象組織": "協議会・実行委員会：協議会",
            "テーマ": "観光",
            "キーワード": "商店街;起業",
            "学んだこと": "冬は 来ませんでした。",
            "成果": "移住した人 12人（令和3年度）出どころ：町の調べ",
            "利用した制度": "交付金",
            "画像の代替テキスト": "畑で話す人たち",
            "画像のライセンス": "釧路総合振興局、許諾を得て掲載（転載できません）",
            "関連URL": "https://example.jp/",
        }
        == said
    )
