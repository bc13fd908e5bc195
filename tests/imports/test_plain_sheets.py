"""Plain sheets as officials send them every year: hardly anything is asked, and every number lands where it belongs."""

import pytest

from sumairu.imports.comparing import Outcome, compare
from sumairu.imports.kinds import kinds
from sumairu.lib.workbooks.reading import read
from tests.exhaustive import sample
from tests.factories import make_indicator, make_program
from tests.lib.workbooks.builders import xlsx

pytestmark = pytest.mark.django_db

MOST_QUESTIONS = 3
GRANT, PROMOTION, SECONDMENT, VISITS = "地域づくり総合交付金", "地域政策推進事業", "地域振興派遣", "出張サポート制度"


@pytest.fixture(autouse=True)
def portal(all_towns):
    make_indicator("普通交付税", slug="tax", stage="当初")
    make_indicator("ふるさと納税 受入額", slug="donations", aliases="ふるさと納税")
    make_indicator("ふるさと納税 受入件数", slug="number", measure="count", aliases="ふるさと納税")
    for number, name in enumerate((GRANT, PROMOTION, SECONDMENT, VISITS)):
        make_program(slug=f"program-{number}", official_name=name)


def tax(town, year, amount):
    return f"普通交付税・{town}・{year} {amount}"


def donations(what, town, year, value):
    return f"ふるさと納税 {what}・{town}・{year} {value}"


R2, R3, R4, R5 = "令和2年度（2020）", "令和3年度（2021）", "令和4年度（2022）", "令和5年度（2023）"

# Of each sheet: what is imported, its rows, what its sender would answer by the titles of questions, what must come of it.
SHEETS = {
    "allocation tax of a year, under a title": (
        "indicator",
        [
            ["令和3年度　普通交付税"],
            [None, "（単位：千円）"],
            ["市町村名", "交付額"],
            ["釧路市", 22_831],
            ["根室市", 5_426],
        ],
        {},
        {"B4": tax("釧路市", R3, "2,283万1,000円"), "B5": tax("根室市", R3, "542万6,000円")},
    ),
    "allocation tax, all in the header": (
        "indicator",
        [["市町村名", "令和3年度普通交付税（千円）"], ["釧路市", 22_831], ["根室市", 5_426]],
        {},
        {"B2": tax("釧路市", R3, "2,283万1,000円"), "B3": tax("根室市", R3, "542万6,000円")},
    ),
    "allocation tax over years, called a course": (
        "indicator",
        [
            ["普通交付税の推移（単位：千円）"],
            ["市町村", "R2", "R3"],
            ["釧路市", 1_000, 2_000],
            ["根室市", 3_000, 4_000],
        ],
        {},
        {
            "B3": tax("釧路市", R2, "100万円"),
            "C3": tax("釧路市", R3, "200万円"),
            "B4": tax("根室市", R2, "300万円"),
            "C4": tax("根室市", R3, "400万円"),
        },
    ),
    "allocation tax with a serial number and a total": (
        "indicator",
        [
            ["普通交付税 令和３年度 当初算定"],
            ["", "", "単位：千円"],
            ["No.", "市町村名", "交付税額"],
            [1, "釧路市", 1_000],
            [2, "根室市", 3_000],
            ["", "合計", 4_000],
        ],
        {},
        {"C4": tax("釧路市", R3, "100万円"), "C5": tax("根室市", R3, "300万円")},
    ),
    "allocation tax of offices and their towns": (
        "indicator",
        [
            ["令和３年度　普通交付税（千円）"],
            ["振興局", "市町村名", "普通交付税"],
            ["釧路", "釧路市", 1_000],
            ["", "弟子屈町", 2_000],
            ["根室", "根室市", 3_000],
        ],
        {},
        {
            "C3": tax("釧路市", R3, "100万円"),
            "C4": tax("弟子屈町", R3, "200万円"),
            "C5": tax("根室市", R3, "300万円"),
        },
    ),
    "donations: amounts and numbers of a year": (
        "indicator",
        [
            ["令和4年度ふるさと納税受入状況"],
            ["市町村", "件数", "金額（円）"],
            ["釧路市", 10, 2_000_000],
            ["根室市", 20, 3_000_000],
        ],
        {},
        {
            "B3": donations("受入件数", "釧路市", R4, "10件"),
            "C3": donations("受入額", "釧路市", R4, "200万円"),
            "B4": donations("受入件数", "根室市", R4, "20件"),
            "C4": donations("受入額", "根室市", R4, "300万円"),
        },
    ),
    "donations of two years, each with amount and number": (
        "indicator",
        [
            ["ふるさと納税の受入実績"],
            ["市町村名", "令和3年度", None, "令和4年度", None],
            [None, "受入額（千円）", "受入件数（件）", "受入額（千円）", "受入件数（件）"],
            ["釧路市", 1_000, 10, 2_000, 20],
        ],
        {},
        {
            "B4": donations("受入額", "釧路市", R3, "100万円"),
            "C4": donations("受入件数", "釧路市", R3, "10件"),
            "D4": donations("受入額", "釧路市", R4, "200万円"),
            "E4": donations("受入件数", "釧路市", R4, "20件"),
        },
    ),
    "donations by another word for them": (
        "indicator",
        [["ふるさと納税寄附額"], ["市町村名", "R3年度（千円）", "R4年度（千円）"], ["釧路市", 1_000, 2_000]],
        {"どの指標の数値ですか": "donations"},
        {"B3": donations("受入額", "釧路市", R3, "100万円"), "C3": donations("受入額", "釧路市", R4, "200万円")},
    ),
    "donations, one row for each year and town": (
        "indicator",
        [
            ["年度", "市町村名", "ふるさと納税受入額（円）", "備考"],
            ["令和3年度", "釧路市", 1_000_000, None],
            ["令和4年度", "釧路市", 2_000_000, "速報値"],
        ],
        {},
        {"C2": donations("受入額", "釧路市", R3, "100万円"), "C3": donations("受入額", "釧路市", R4, "200万円")},
    ),
    "dispatch over years, without any unit": (
        "dispatch",
        [["派遣者数の推移"], ["制度", "R3", "R4"], [SECONDMENT, 11, 12], [VISITS, 5, 6], ["計", 16, 18]],
        {},
        {
            "B3": f"{SECONDMENT}・{R3}・全道 11人",
            "C3": f"{SECONDMENT}・{R4}・全道 12人",
            "B4": f"{VISITS}・{R3}・全道 5人",
            "C4": f"{VISITS}・{R4}・全道 6人",
        },
    ),
    "dispatch, the pillar beside the programme": (
        "dispatch",
        [
            ["区分", "事業名", "令和3年度派遣人数", "令和4年度派遣人数"],
            ["人的支援", SECONDMENT, 11, 12],
            ["人的支援", VISITS, 5, 6],
        ],
        {},
        {
            "C2": f"{SECONDMENT}・{R3}・全道 11人",
            "D2": f"{SECONDMENT}・{R4}・全道 12人",
            "C3": f"{VISITS}・{R3}・全道 5人",
            "D3": f"{VISITS}・{R4}・全道 6人",
        },
    ),
    "dispatch, of which nothing says what is counted": (
        "dispatch",
        [["事業名", "R3年度", "R4年度"], [SECONDMENT, 11, 12]],
        {"単位が分かりません": "人"},
        {"B2": f"{SECONDMENT}・{R3}・全道 11人", "C2": f"{SECONDMENT}・{R4}・全道 12人"},
    ),
    "dispatch beside how many towns it reached": (
        "dispatch",
        [["事業名", "R3年度派遣者数", "R3年度派遣市町村数"], [SECONDMENT, 11, 9]],
        {},
        {"B2": f"{SECONDMENT}・{R3}・全道 11人"},
    ),
    "dispatch of one programme by office": (
        "dispatch",
        [
            [f"令和4年度 {SECONDMENT} 派遣者数"],
            ["振興局", "人数（人）"],
            ["空知総合振興局", 3],
            ["石狩振興局", 2],
            ["計", 5],
        ],
        {},
        {"B3": f"{SECONDMENT}・{R4}・空知 3人", "B4": f"{SECONDMENT}・{R4}・石狩 2人"},
    ),
    "budget: first and last stage": (
        "budget",
        [
            ["令和4年度予算（単位：千円）"],
            ["事業名", "当初予算額", "最終予算額"],
            [GRANT, 4_500, 4_580],
            [PROMOTION, 100, 98],
        ],
        {},
        {
            "B3": f"{GRANT}・{R4}・全道・当初 450万円",
            "C3": f"{GRANT}・{R4}・全道・最終 458万円",
            "B4": f"{PROMOTION}・{R4}・全道・当初 10万円",
            "C4": f"{PROMOTION}・{R4}・全道・最終 9万8,000円",
        },
    ),
    "budget of two years with both stages": (
        "budget",
        [
            ["予算額の推移", None, None, None, "（千円）"],
            ["事業名", "令和3年度", None, "令和4年度", None],
            [None, "当初", "最終", "当初", "最終"],
            [GRANT, 1, 2, 3, 4],
        ],
        {},
        {
            "B4": f"{GRANT}・{R3}・全道・当初 1,000円",
            "C4": f"{GRANT}・{R3}・全道・最終 2,000円",
            "D4": f"{GRANT}・{R4}・全道・当初 3,000円",
            "E4": f"{GRANT}・{R4}・全道・最終 4,000円",
        },
    ),
    "budget with pillars, an office in charge and a comparison": (
        "budget",
        [
            ["令和5年度 当初予算", None, "（単位：千円）"],
            ["支援の柱", "制度名", "本年度", "前年度", "比較", "担当課"],
            ["財政的支援", GRANT, 4_580, 4_500, 80, "地域政策課"],
            [None, PROMOTION, 98, 100, -2, "地域政策課"],
        ],
        {},
        {
            "C3": f"{GRANT}・{R5}・全道・当初 458万円",
            "D3": f"{GRANT}・{R4}・全道・当初 450万円",
            "C4": f"{PROMOTION}・{R5}・全道・当初 9万8,000円",
            "D4": f"{PROMOTION}・{R4}・全道・当初 10万円",
        },
    ),
    "budget of one programme, a row for each year": (
        "budget",
        [
            [f"{GRANT}　予算額"],
            ["年度", "当初予算額（億円）", "最終予算額（億円）"],
            ["R3", 45.8, 45.8],
            ["R4", 45.8, 46],
        ],
        {},
        {
            "B3": f"{GRANT}・{R3}・全道・当初 45億8,000万円",
            "C3": f"{GRANT}・{R3}・全道・最終 45億8,000万円",
            "B4": f"{GRANT}・{R4}・全道・当初 45億8,000万円",
            "C4": f"{GRANT}・{R4}・全道・最終 46億円",
        },
    ),
    "budget without any unit": (
        "budget",
        [["令和4年度予算"], ["事業名", "当初", "最終"], [GRANT, 4_500, 4_580], [PROMOTION, 100, 98]],
        {"単位が分かりません": "千円"},
        {
            "B3": f"{GRANT}・{R4}・全道・当初 450万円",
            "C3": f"{GRANT}・{R4}・全道・最終 458万円",
            "B4": f"{PROMOTION}・{R4}・全道・当初 10万円",
            "C4": f"{PROMOTION}・{R4}・全道・最終 9万8,000円",
        },
    ),
    "budget of one programme by office, called in short": (
        "budget",
        [[f"令和4年度 {PROMOTION} 予算（千円）"], ["振興局", "当初"], ["空知", 3_000], ["石狩", 2_000], ["計", 5_000]],
        {},
        {"B3": f"{PROMOTION}・{R4}・空知・当初 300万円", "B4": f"{PROMOTION}・{R4}・石狩・当初 200万円"},
    ),
    "a list of prefectures by number, which is not ours": (
        "indicator",
        [
            ["令和3年度 普通交付税（千円）"],
            ["区分", "交付額"],
            ["１ 北海道", 1_000],
            ["２ 青 森 県", 2_000],
            ["３ 岩 手", 3_000],
        ],
        {},
        {},
    ),
}


@pytest.mark.parametrize("sheet", sample(SHEETS, 3))
def test_a_plain_sheet_asks_little_and_every_number_lands(sheet):
    slug, rows, sender_says, expected = SHEETS[sheet]
    kind, reading = kinds()[slug], read(xlsx(rows), (), "表.xlsx")
    comparison = compare(kind, reading)
    asked = [question for question, _ in comparison.questions]
    assert len(asked) <= MOST_QUESTIONS
    assert {question.title for question in asked} == set(sender_says)
    comparison = compare(kind, reading, {question.key: sender_says[question.title] for question in asked})
    assert comparison.to_settle == []
    assert {line.cell: f"{line.words} {line.after_words}" for line in comparison.of(Outcome.NEW)} == expected
