"""Sheets such as offices make, each with what a careful person reads in it: {cell: (whose, year, value)}.

A cell that is not named is no figure; a None is what the sheet does not say.
"""

import pytest

from sumairu.lib.workbooks.reading import read
from tests.lib.workbooks.builders import xlsx

N = None
THOUSANDS = ["令和3年度（単位：千円）"]
THOUSANDS_ALONE = ["（単位：千円）"]


@pytest.mark.parametrize(
    ("rows", "merge", "expected"),
    [
        pytest.param(
            [THOUSANDS, ["事業", "当初予算額", "補正額", "補正後予算額"], ["交付金", 100, 20, 120]],
            [],
            {"B3": ("交付金", 2021, 100_000), "D3": ("交付金", 2021, 120_000)},
            id="a supplement beside what came of it",
        ),
        pytest.param(
            [THOUSANDS, ["事業", "予算額（百万円）", "執行額", "補助率"], ["交付金", 100, 20, "1/2"]],
            [],
            {"B3": ("交付金", 2021, 100_000_000), "C3": ("交付金", 2021, 20_000)},
            id="columns in different units",
        ),
        pytest.param(
            [THOUSANDS, ["事業", "本年度", "前年度", "比較", "増減率"], ["交付金", 100, 90, 10, 11.1]],
            [],
            {"B3": ("交付金", 2021, 100_000), "C3": ("交付金", 2020, 90_000)},
            id="last year beside this",
        ),
        pytest.param(
            [THOUSANDS, ["市町村", "人口（人）", "交付額"], ["釧路市", 2020, 100], ["根室市", 2021, 200]],
            [],
            {
                "B3": ("釧路市", 2021, 2020),
                "C3": ("釧路市", 2021, 100_000),
                "B4": ("根室市", 2021, 2021),
                "C4": ("根室市", 2021, 200_000),
            },
            id="people who look like years",
        ),
        pytest.param(
            [THOUSANDS, ["順位", "市町村", "電話", "受入額", "頁"], [1, "釧路市", 154235151, 100, 12]],
            [],
            {"D3": ("釧路市", 2021, 100_000)},
            id="ranks, telephones and pages",
        ),
        pytest.param(
            [THOUSANDS, ["品名", "単価", "数量", "金額"], ["机", 10, 5, 50]],
            [],
            {"B3": ("机", 2021, 10_000), "C3": ("机", 2021, N), "D3": ("机", 2021, 50_000)},
            id="price by quantity",
        ),
        pytest.param(
            [THOUSANDS, ["市町村", "4月", "第1四半期", "上半期", "累計"], ["釧路市", 1, 2, 3, 4]],
            [],
            {},
            id="parts of a year and sums so far",
        ),
        pytest.param(
            [THOUSANDS_ALONE, ["市町村", "R2決算", "R3決算見込", "R4見込"], ["釧路市", 1, 2, 3]],
            [],
            {"B3": ("釧路市", 2020, 1000)},
            id="forecasts",
        ),
        pytest.param(
            [
                ["令和3年度"],
                ["事業", "予算額（千円）"],
                ["交付金", 1],
                [],
                ["令和4年度"],
                ["事業", "予算額"],
                [N, "（単位：百万円）"],
                ["派遣", 5],
            ],
            [],
            {"B3": ("交付金", 2021, 1000), "B8": ("派遣", 2022, 5_000_000)},
            id="a second unit within its own header",
        ),
        pytest.param(
            [THOUSANDS, ["事業", "予算額"], ["交付金", 1], ["※対象団体数", 35], ["注2", 12], [], ["問合せ先", 22801]],
            [],
            {"B3": ("交付金", 2021, 1000)},
            id="notes with numbers under the table",
        ),
        pytest.param(
            [THOUSANDS, ["市町村", "予算額"], ["釧路市", 1], ["市町村", "予算額"], ["根室市", 2]],
            [],
            {"B3": ("釧路市", 2021, 1000), "B5": ("根室市", 2021, 2000)},
            id="a header on every page",
        ),
        pytest.param(
            [THOUSANDS_ALONE, ["市町村", "平成30年度", "平成31年度\n（令和元年度）", "Ｒ２"], ["釧路市", 1, 2, 3]],
            [],
            {"B3": ("釧路市", 2018, 1000), "C3": ("釧路市", 2019, 2000), "D3": ("釧路市", 2020, 3000)},
            id="the change of eras",
        ),
        pytest.param(
            [THOUSANDS_ALONE, ["年度", "交付金", "派遣", "合計"], ["平成29年度", 1, 2, 3], ["30", 4, 5, 9]],
            [],
            {
                "B3": ("交付金", 2017, 1000),
                "C3": ("派遣", 2017, 2000),
                "B4": ("交付金", 2018, 4000),
                "C4": ("派遣", 2018, 5000),
            },
            id="years down, programmes across",
        ),
        pytest.param(
            [["区分", "釧路市", "根室市"], ["R3予算額（千円）", 1, 2], ["派遣者数（人）", 3, 4]],
            [],
            {
                "B2": ("R3予算額（千円）", 2021, 1000),
                "C2": ("R3予算額（千円）", 2021, 2000),
                "B3": ("派遣者数（人）", N, 3),
                "C3": ("派遣者数（人）", N, 4),
            },
            id="measures down, towns across",
        ),
        pytest.param(
            [THOUSANDS, ["市町村", "予算額"], ["合計", 3], ["釧路市", 1], [], [], ["根室市", 2]],
            [],
            {"B4": ("釧路市", 2021, 1000), "B7": ("根室市", 2021, 2000)},
            id="a total on top, blank rows between",
        ),
        pytest.param(
            [THOUSANDS, ["区分", "予算額"], ["総務費", 3], ["　うち人件費", 1], ["内　国庫", 1], ["（再掲）", 1]],
            [],
            {"B3": ("総務費", 2021, 3000)},
            id="parts of others",
        ),
        pytest.param(
            [
                THOUSANDS_ALONE,
                ["市町村", "令和3年度", N, "令和2年度", N],
                [N, "予算額", "うち一財", "予算額", "うち一財"],
                ["釧路市", 4, 3, 2, 1],
            ],
            ["A2:A3", "B2:C2", "D2:E2"],
            {"B4": ("釧路市", 2021, 4000), "D4": ("釧路市", 2020, 2000)},
            id="parts under each year",
        ),
        pytest.param(
            [THOUSANDS, ["事業", "予算額", "財源内訳", N], [N, N, "国費", "道費"], ["交付金", 30, 10, 20]],
            ["A2:A3", "B2:B3", "C2:D2"],
            {"B4": ("交付金", 2021, 30_000)},
            id="where the money comes from",
        ),
        pytest.param(
            [THOUSANDS, ["事業", "事業期間", "総事業費", "前年度まで", "本年度"], ["道路", "R1～R5", 9, 3, 4]],
            [],
            {"C3": ("道路", 2021, 9000), "E3": ("道路", 2021, 4000)},
            id="a project of several years",
        ),
        pytest.param(
            [
                ["市町村概要"],
                ["市町村", "R2国調人口（人）", "人口（R3.4.1）（人）", "令和2年（人）"],
                ["釧路市", 1, 2, 3],
            ],
            [],
            {"B3": ("釧路市", N, 1), "C3": ("釧路市", N, 2), "D3": ("釧路市", N, 3)},
            id="days, censuses and calendar years",
        ),
        pytest.param(
            [THOUSANDS_ALONE, ["市町村", "R3.10", "2021/11", "３年度"], ["釧路市", 1, 2, 3]],
            [],
            {"B3": ("釧路市", N, 1000), "C3": ("釧路市", N, 2000), "D3": ("釧路市", N, 3000)},
            id="months, and a year without its era",
        ),
        pytest.param(
            [THOUSANDS, ["施設", "郵便番号", "所在地", "交付額"], ["A館", 850001, "釧路市1-1", 1]],
            [],
            {"D3": ("A館", 2021, 1000)},
            id="addresses",
        ),
        pytest.param(
            [THOUSANDS, ["区分", "予算額", "単位"], ["甲", 5, "百万円"], ["乙", 6, "千円"]],
            [],
            {"B3": ("甲", 2021, 5_000_000), "B4": ("乙", 2021, 6000)},
            id="a unit for each row",
        ),
        pytest.param(
            [
                THOUSANDS,
                ["分野", "制度", "振興局", "予算額"],
                ["地域", "交付金", "釧路", 1],
                [N, N, "根室", 2],
                ["人材", "講座", "釧路", 3],
            ],
            ["A3:A4", "B3:B4"],
            {
                "D3": ("地域 交付金 釧路", 2021, 1000),
                "D4": ("地域 交付金 根室", 2021, 2000),
                "D5": ("人材 講座 釧路", 2021, 3000),
            },
            id="names in three columns",
        ),
        pytest.param(
            [
                THOUSANDS,
                ["区分", "予算額", N, "項目", "件数（件）"],
                ["甲", 1, N, "採択", 5],
                ["乙", 2, N, "不採択", 3],
            ],
            [],
            {
                "B3": ("甲", 2021, 1000),
                "B4": ("乙", 2021, 2000),
                "E3": ("採択", 2021, 5),
                "E4": ("不採択", 2021, 3),
            },
            id="another table beside it",
        ),
        pytest.param(
            [THOUSANDS, ["市\n町\n村", "予\n算\n額", "ｹﾝ数（件）"], ["釧路市\n（旧阿寒町含む）", "１，２３４", "５"]],
            [],
            {"B3": ("釧路市（旧阿寒町含む）", 2021, 1_234_000), "C3": ("釧路市（旧阿寒町含む）", 2021, 5)},
            id="full width, half-width kana and line breaks",
        ),
        pytest.param(
            [
                ["（単位：千円）"],
                ["市町村", "歳入", N, N],
                [N, "自主財源", N, "依存財源"],
                [N, "市税", "使用料", "交付税"],
                [N, "A", "B", "C"],
                ["釧路市", 1, 2, 3],
            ],
            ["A2:A5", "B2:D2", "B3:C3"],
            {"B6": ("釧路市", N, 1000), "C6": ("釧路市", N, 2000), "D6": ("釧路市", N, 3000)},
            id="a header of four rows",
        ),
        pytest.param(
            [
                THOUSANDS,
                ["事業名", "令和3年度予算額", N, "担当課"],
                [N, N, "うち一般財源"],
                ["１　地域創生"],
                ["交付金", 100, 60, "地域政策課"],
                ["２　交通"],
                ["航路補助金", "2,000", 500, "交通企画課"],
            ],
            ["A2:A3", "B2:B3", "D2:D3"],
            {"B5": ("交付金", 2021, 100_000), "B7": ("航路補助金", 2021, 2_000_000)},
            id="one name in the second row of a header, and headings of groups",
        ),
        pytest.param(
            [
                THOUSANDS,
                ["団体名", "変更決定額", "当初決定額"],
                [N, "Ａ", "Ｂ"],
                ["函館市", 30, 20],
                ["小樽市", 15, 14],
            ],
            ["A2:A3"],
            {
                "B4": ("函館市", 2021, 30_000),
                "C4": ("函館市", 2021, 20_000),
                "B5": ("小樽市", 2021, 15_000),
                "C5": ("小樽市", 2021, 14_000),
            },
            id="letters under the names of columns",
        ),
        pytest.param(
            [
                THOUSANDS,
                ["款", N, "本年度予算額", "前年度予算額", "比較"],
                ["１", "町税", 812, 800, 12],
                ["10", "地方交付税", 3400, 3350, 50],
                ["歳入合計", N, 4212, 4150, 62],
            ],
            ["A2:B2"],
            {
                "C3": ("町税", 2021, 812_000),
                "D3": ("町税", 2020, 800_000),
                "C4": ("地方交付税", 2021, 3_400_000),
                "D4": ("地方交付税", 2020, 3_350_000),
            },
            id="numbers before names under one header",
        ),
        pytest.param(
            [["年度", "根室市", "別海町"], ["R2", 10, 20], ["R3（再算定後）", 11, 21]],
            [],
            {
                "B2": ("根室市", 2020, N),
                "C2": ("別海町", 2020, N),
                "B3": ("根室市", 2021, N),
                "C3": ("別海町", 2021, N),
            },
            id="a note behind a year",
        ),
        pytest.param(
            [["年度", "根室市"], ["R3", 10], ["R3（再算定後）", 11], ["R4（当初）", 12]],
            [],
            {"B2": ("R3", 2021, N), "B3": ("R3（再算定後）", N, N), "B4": ("R4（当初）", N, N)},
            id="a note that tells two rows of a year apart, or names a stage",
        ),
        pytest.param(
            [["令和3年度"], ["（単位：数量　トン、金額　千円）"], ["魚種", "数量", "金額"], ["さんま", 3210, 2345]],
            [],
            {"C4": ("さんま", 2021, 2_345_000)},
            id="units behind what they are of, a space between",
        ),
        pytest.param(
            [
                ["令和3年度"],
                ["市町村", "空き家", N, "空き家率"],
                [N, "総数", "賃貸用"],
                [N, "戸", "戸", "％"],
                ["函館市", 24_800, 11_000, 16.9],
            ],
            ["B2:C2"],
            {"B5": ("函館市", 2021, 24_800), "C5": ("函館市", 2021, 11_000), "D5": ("函館市", 2021, "16.9")},
            id="a row of units, nouns among them, and a whole that has a unit of its own",
        ),
        pytest.param(
            [["令和3年度（単位：人）"], ["市町村", "児童数", N, N], [N, "計", "男", "女"], ["根室市", 101, 51, 50]],
            ["B2:D2"],
            {"B4": ("根室市", 2021, 101), "C4": ("根室市", 2021, 51), "D4": ("根室市", 2021, 50)},
            id="the whole of what is counted beside men and women",
        ),
        pytest.param(
            [
                ["令和3年度（単位：千円）"],
                ["市町村", "起債額", N, N],
                [N, "ハード", "ソフト", "計"],
                ["根室市", 3, 2, 5],
            ],
            ["B2:D2"],
            {"B4": ("根室市", 2021, 3000), "C4": ("根室市", 2021, 2000)},
            id="a total of money",
        ),
        pytest.param(
            [["令和3年度"], ["団体名", "財政力指数"], [N, "（３か年平均）"], ["夕張市", 0.22]],
            [],
            {"B4": ("夕張市", 2021, "0.22")},
            id="an index that is a mean of three years by its definition",
        ),
        pytest.param(
            [
                THOUSANDS,
                ["番号", "道府県", "決定額", "番号", "道府県", "決定額"],
                [1, "北海道", 613, 25, "滋賀県", 123],
                [2, "青森県", 216, 26, "京都府", 167],
            ],
            [],
            {
                "C3": ("北海道", 2021, 613_000),
                "F3": ("滋賀県", 2021, 123_000),
                "C4": ("青森県", 2021, 216_000),
                "F4": ("京都府", 2021, 167_000),
            },
            id="道府県 is no place",
        ),
        pytest.param(
            [
                ["受入額　上位団体（単位：千円）"],
                ["順位", "令和3年度", N, N, "令和4年度", N],
                [N, "団体名", "受入額", N, "団体名", "受入額"],
                [1, "紋別市", 15, N, "紋別市", 19],
                [2, "根室市", 14, N, "白糠町", 17],
            ],
            ["A2:A3", "B2:C2", "E2:F2"],
            {
                "C4": ("紋別市", 2021, 15_000),
                "F4": ("紋別市", 2022, 19_000),
                "C5": ("根室市", 2021, 14_000),
                "F5": ("白糠町", 2022, 17_000),
            },
            id="years over lists beside each other",
        ),
        pytest.param(
            [["（千円）"], ["補助金名", "終期", "R3決算"], ["交付金", "R6", 100], ["離島補助金", "なし", 200]],
            [],
            {"C3": ("交付金", 2021, 100_000), "C4": ("離島補助金", 2021, 200_000)},
            id="the year in which a grant ends",
        ),
        pytest.param(
            [
                ["令和3年度（単位：百万円）"],
                ["市町村", "財産所得額", "企業所得額"],
                ["Municipality", "Property income", "Enterprises"],
                ["函館市", 34, 123],
            ],
            [],
            {"B4": ("函館市", 2021, 34_000_000), "C4": ("函館市", 2021, 123_000_000)},
            id="names once more in English",
        ),
        pytest.param(
            [
                ["令和元年度決算による（単位：人）"],
                ["令和6年1月1日現在"],
                ["市町村", "人口"],
                ["函館市", 240],
            ],
            [],
            {"B4": ("函館市", N, 240)},
            id="a fiscal year and a day that is not in it",
        ),
        pytest.param(
            [
                ["令和5年度（単位：人）"],
                ["注1　四捨五入による。"],
                ["　2　平成27年度は含まない。"],
                ["(3) 令和元年度は除く。"],
                ["市町村", "利用者数"],
                ["函館市", 240],
            ],
            [],
            {"B6": ("函館市", 2023, 240)},
            id="points of a note that name other years",
        ),
        pytest.param(
            [
                THOUSANDS_ALONE,
                ["市町村", N, "令和3年度", N, N, "令和4年度", N],
                [N, "道内", "道外", "海外", "道内", "道外", "海外"],
                ["根室市", 1, 2, 3, 4, 5, 6],
            ],
            [],
            {f"{letter}4": ("根室市", 2021 + i // 3, 1000 * (i + 1)) for i, letter in enumerate("BCDEFG")},
            id="years amid what they stand over, not merged",
        ),
        pytest.param(
            [
                THOUSANDS_ALONE,
                ["市町村", N, "令和3年度", N, N, "令和4年度", N, N],
                [N, "道内", "道外", "海外", "道内", "道外", "海外", "不明"],
                ["根室市", 1, 2, 3, 4, 5, 6, 7],
            ],
            [],
            {f"{letter}4": ("根室市", N, 1000 * (i + 1)) for i, letter in enumerate("BCDEFGH")},
            id="years amid groups that are not plain",
        ),
        pytest.param(
            [THOUSANDS, ["市町村", "職員", "普通交付税"], ["根室市", 412, 5600]],
            [],
            {"B3": ("根室市", 2021, N), "C3": ("根室市", 2021, 5_600_000)},
            id="people are no money, whatever the unit of the table",
        ),
        pytest.param(
            [["令和3年度"], ["団体名", "入込客数（人）"], [N, "（３か年平均）"], ["夕張市", 22]],
            [],
            {},
            id="a mean of three years",
        ),
    ],
)
def test_a_sheet_is_read_as_a_careful_person_reads_it(rows, merge, expected):
    found = read(xlsx(rows, merge=merge)).figures
    assert {each.cell: (each.label, each.fiscal_year, each.value) for each in found} == expected
