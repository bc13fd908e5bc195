"""Small lists of known content with real-world texts strewn over their numbers: a value is right, or told; never wrong.

`python -m tests.strewn --count 5000 --seed 0` prints how many numbers had which outcome and shows the lists that were read
wrong; `--only 17` shows one list and what was read of it.
"""

import argparse
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, time
from random import Random

from sumairu.lib.workbooks.addresses import cell_name
from sumairu.lib.workbooks.reading import read
from tests.lib.workbooks.builders import sheets

RIGHT, OPEN, TOLD, WRONG, LOST = "right", "open", "told", "wrong", "lost"

TOWNS = (
    ("011002", "札幌市"), ("012025", "函館市"), ("012033", "小樽市"), ("012041", "旭川市"), ("012050", "室蘭市"),
    ("012068", "釧路市"), ("012076", "帯広市"), ("012084", "北見市"), ("012092", "夕張市"), ("012106", "岩見沢市"),
    ("012238", "根室市"), ("013030", "当別町"), ("013048", "新篠津村"), ("013951", "ニセコ町"), ("014036", "泊村"),
    ("014648", "和寒町"), ("016616", "釧路町"), ("016918", "別海町"), ("016926", "中標津町"), ("016942", "羅臼町"),
)  # fmt: skip
PROGRAMS = (
    "地域づくり総合交付金", "地域政策推進事業", "移住定住促進事業", "先行事例等の普及", "地域おこし協力隊派遣", "空き家対策支援",
    "関係人口創出", "集落対策", "離島振興", "地域公共交通確保対策", "ふるさと納税推進", "人材育成研修", "専門家派遣", "計画策定補助",
)  # fmt: skip
AGES = tuple(f"{first}～{first + 4}歳" for first in range(0, 70, 5))
OFFICES = ("空知総合振興局", "石狩振興局", "後志総合振興局", "釧路総合振興局", "根室振興局")

# What is written in a figure's cell, and is no figure.
TEXTS = (
    "令和4年度で終了", "（令和3年度で終了）", "R5新規", "R6廃止", "補正後に計上", "当初予算に計上", "２月補正で計上", "決算未確定",
    "決算見込", "令和6年度へ繰越", "平成30年度～", "令和7年度から実施", "不交付", "不交付団体", "交付なし", "該当なし", "該当事業なし",
    "実績なし", "なし", "無し", "－", "-", "―", "…", "***", "x", "精査中", "調整中", "集計中", "（精査中）", "未定", "未確定",
    "未集計", "調査中", "照会中", "確認中です", "回答待ち", "別紙のとおり", "別途計上", "同上", "〃", "再掲", "12～15", "約45",
    "45程度", "l,234", "O", "ー1,234", "1,23", "1.234.567", "1/2", "#1234", "1_234", "12 34", "四十五", "令和5年度", "R4", "平成29年",
    "当初", "補正後", "決算", "皆増", "皆減", "終了", "廃止", "新規", "継続", "休止", "中止", "対象外", "非公表", "秘匿", "不明", "？", "要確認",
    "他事業に統合", "総務部へ移管", "人口減のため減額", "実施せず", "予算額に含む", "一部補助", "概算", "注1参照", "※", "※1", "注）暫定値", "○",
    "×", "有", "済", "千円", "（内数）", "札幌市へ委託", "釧路市に含む", "令和４年10月開始", "2022年4月～", "前年度と同額", "前年度並み",
    "合計に含む", "うち国費", "予定", "見込み", "計画なし", "1人当たり", "3か年事業", "隔年実施", "TBD", "N/A", "n.a.", "#VALUE", "----",
)  # fmt: skip
LETTERS = ("Ａ", "Ｂ", "Ｃ", "Ｄ", "Ｅ", "Ｆ", "Ｇ", "Ｂ－Ａ", "Ａ/Ｂ")
ENGLISH = ("Amount", "Total amount", "Number of persons", "Budget", "Grants")
NOTES = (
    "※令和２年度以前は集計方法が異なる。", "注１）数値は速報値である。", "担当：総合政策部地域政策課", "（令和６年３月29日公表）",
    "出典：総務省「令和３年度地方財政状況調査」", "単位未満四捨五入", "２　「x」は秘匿。", "－ 12 －",
)  # fmt: skip
CELLS = (*TEXTS, *TEXTS, date(2022, 4, 1), date(2019, 10, 1), time(12, 34), True)


@dataclass
class List:
    """A sheet, what each of its numbers is (label, year, value, code, column), and where other things stand."""

    name: str
    rows: list[list[object]]
    stated: dict[str, tuple[str, int | None, int, str | None, str]] = field(default_factory=dict)
    strewn: dict[str, object] = field(default_factory=dict)


def made(random: Random) -> List:
    """A list as offices make them: title, header, names, numbers, with what is strewn over these."""
    kind = random.choice(["towns", "towns", "programs", "programs", "ages"])
    names = {"towns": TOWNS, "programs": PROGRAMS, "ages": AGES}[kind]
    start = 0 if kind == "ages" else random.randrange(len(names) - 4)
    picked = [each if isinstance(each, tuple) else (None, each) for each in names[start : start + random.randint(3, 9)]]
    year = random.randint(2015, 2025)
    unit, size, word = random.choice(
        [("千円", 1000, "交付額"), ("円", 1, "予算額"), ("百万円", 10**6, "決算額"), ("人", 1, "人数")]
    )
    if kind == "ages":
        unit, size, word = "人", 1, "人口"
    has_code = kind == "towns" and random.random() < 0.4
    columns = _columns(random, year, word)
    is_unit_in_title = random.random() < 0.5
    title = random.choice([f"{_era(year)}　{word}一覧", f"{year}年度 {word}", f"{word}の状況（{_era(year)}）"])
    rows: list[list[object]] = [[title + (f"（単位：{unit}）" if is_unit_in_title else "")]]
    labels = [*(["団体コード"] if has_code else []), {"towns": "市町村名", "programs": "事業名", "ages": "年齢"}[kind]]
    if not is_unit_in_title and random.random() < 0.5:
        rows.append([None] * (len(labels) + len(columns) - 1) + [f"（単位：{unit}）"])
    elif not is_unit_in_title:
        columns = [(f"{name}（{unit}）", of) for name, of in columns]
    rows += [[] for _ in range(random.choice([0, 0, 1]))]
    if random.random() < 0.1:
        labels[-1] = None
    rows.append([*labels, *(name for name, _ in columns), *(["備考"] if (has_notes := random.random() < 0.3) else [])])
    made = List(random.choice(["Sheet1", "一覧", "表１"]), rows)
    has_offices = kind == "towns" and random.random() < 0.3
    density = random.choice([0, 0.1, 0.3, 0.6])
    for place, (code, name) in enumerate(picked):
        if has_offices and (place == 0 or random.random() < 0.3):
            rows.append([*[None] * (len(labels) - 1), random.choice(OFFICES)])
        row: list[object] = [*([code] if has_code else []), name]
        strews_all = random.random() < 0.15
        for column, (header, of) in enumerate(columns, start=len(labels)):
            cell = cell_name(len(rows), column)
            if strews_all or random.random() < density:
                row.append(random.choice(CELLS))
                made.strewn[cell] = row[-1]
            else:
                row.append(random.choice([random.randint(100, 99_999), float(random.randint(10, 999))]))
                made.stated[cell] = (name, of, int(row[-1]) * size, code if has_code else None, header)
        rows.append([*row, *(["新規" if random.random() < 0.3 else None] if has_notes else [])])
    if random.random() < 0.2:
        rows.append(
            [random.choice(["※ 端数処理のため合計が合わないことがある。", "（注）令和元年度までは旧制度による。"])]
        )
    return made


def with_more_lines(made: List, random: Random) -> List:
    """The same list, some of them with lines as printed tables have them: a note above, a blank row, names once more."""
    rows = list(made.rows)
    first, last = (
        edge(int("".join(filter(str.isdigit, cell))) for cell in (*made.stated, *made.strewn)) for edge in (min, max)
    )
    header = max(i for i, row in enumerate(rows[: first - 1]) if len(row) > 1)
    width = len(rows[header])
    strewn_rows = {int("".join(filter(str.isdigit, cell))) for cell in made.strewn}
    places = [i for i in range(first, last) if i + 1 not in strewn_rows and len(rows[i]) > 1]
    more: list[tuple[int, list[object]]] = []
    if places and random.random() < 0.15:
        more.append((random.choice(places), []))
    if width > 2 and random.random() < 0.1:
        more.append((header + 1, [None, *random.sample(LETTERS, width - 1)]))
    elif random.random() < 0.1:
        more.append((header + 1, ["Name", *(f"{random.choice(ENGLISH)} {i}" for i in range(1, width))]))
    if random.random() < 0.15:
        more.append((0, [random.choice(NOTES)]))
    for place, row in sorted(more, key=lambda each: -each[0]):
        rows.insert(place, row)

    def moved(cell: str) -> str:
        row = int("".join(filter(str.isdigit, cell))) - 1
        # what is inserted at a place stands before what was there
        return cell.rstrip("0123456789") + str(row + 1 + sum(place <= row for place, _ in more))

    return List(
        made.name,
        rows,
        {moved(cell): stated for cell, stated in made.stated.items()},
        {moved(cell): strewn for cell, strewn in made.strewn.items()},
    )


def _columns(random: Random, year: int, word: str) -> list[tuple[str, int]]:
    """The columns of numbers: what each is called, and of which year it is."""
    if random.random() < 0.6:
        return [(word, year)]
    return [(f"{_era(each)}{random.choice(['', word])}", each) for each in range(year - random.randint(1, 2), year + 1)]


def _era(year: int) -> str:
    return f"令和{'元' if year == 2019 else year - 2018}年度" if year >= 2019 else f"平成{year - 1988}年度"


def outcomes(made: List) -> dict[str, str]:
    """`{"B3": "right"}`: what became of each number and of each other thing in its place."""
    reading = read(sheets({made.name: made.rows}))
    figures = {each.cell: each for each in reading.figures}
    told = {each.cell for each in (*reading.skipped, *reading.problems)}
    found = {}
    for cell, (label, year, value, code, header) in made.stated.items():
        figure = figures.get(cell)
        if figure is None:
            found[cell] = TOLD if cell in told else LOST
        elif figure.value is None:
            found[cell] = OPEN
        else:
            is_right = (
                figure.value == value
                and label in figure.label
                and figure.code in (None, code)
                and header in figure.column
                and year in (figure.fiscal_year or year, None)
                and figure.calendar_year is None
                and figure.stage
                in (None, "決算" if any("決算" in str(row[:1]) for row in made.rows[:2]) or "決算" in header else None)
                and len({*figure.column} - {*LETTERS}) - any(name in " ".join(figure.column) for name in ENGLISH) == 1
            )
            found[cell] = WRONG if not is_right else OPEN if figure.fiscal_year is None else RIGHT
    for cell in made.strewn:
        if cell in figures and figures[cell].value is not None:
            found[cell] = WRONG
        else:
            found[cell] = TOLD if cell in told else OPEN if cell in figures else LOST
    return found


def case(seed: int, number: int) -> List:
    """The list of this number; one without any number is no list of numbers, and the next is taken."""
    random = Random(f"{seed} {number}")
    while not (drawn := made(random)).stated:
        pass
    return with_more_lines(drawn, random)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.strewn")
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", type=int)
    asked = parser.parse_args()
    tally: Counter[str] = Counter()
    wrong = 0
    for number in range(asked.count) if asked.only is None else [asked.only]:
        made = case(asked.seed, number)
        found = outcomes(made)
        tally.update(found.values())
        bad = {cell: outcome for cell, outcome in found.items() if outcome in (WRONG, LOST)}
        if bad or asked.only is not None:
            wrong += bool(bad)
            print(f"-- {number}: {made.name} {bad}", *made.rows, sep="\n   ")
            for each in read(sheets({made.name: made.rows})).figures:
                if each.cell in bad or asked.only is not None:
                    print(
                        "   →", each.cell, each.label, each.fiscal_year, each.column, each.stage, each.unit, each.value
                    )
    print(f"{wrong} lists read wrong; numbers: {dict(tally)}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
