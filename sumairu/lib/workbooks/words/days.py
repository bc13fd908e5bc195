"""Days as of which the figures of a sheet stand, and what it is that stands on a day.

>>> [days_in(text) for text in ("人口（令和6年1月1日現在）", "R2.10.1現在", "職員数（2024年3月末現在）", "令和6年1月1日現在の情報")]
[[Day(year=2024, month=1, day=1)], [Day(year=2020, month=10, day=1)], [Day(year=2024, month=3, day=31)], []]
>>> [counts_what_stands([name]) for name in ("総人口", "職員数（人）", "人口動態", "予算額", "男")]
[True, True, False, False, None]
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from sumairu.lib.workbooks.words.units import compact, is_ratio, names_a_whole, names_quantity
from sumairu.lib.workbooks.words.years import A_YEAR, year_stated

# What is there on a day, and can be counted then.
_STOCKS = (
    *("人口", "世帯", "住民", "高齢者", "外国人", "児童", "園児", "生徒", "学生", "学級", "在籍", "人員", "定員", "定数"),
    *("職員", "教員", "団員", "隊員", "議員", "委員", "会員", "組合員", "構成員", "従業者", "就業者", "従事者", "医師", "看護師", "保育士"),
    *("加入者", "被保険者", "受給者", "認定者", "登録者", "施設", "学校", "校数", "園数", "病院", "病床", "診療所", "事業所", "企業数"),
    *("法人数", "店舗", "団体数", "組合数", "集落", "町内会", "自治会", "戸数", "棟数", "空き家", "空家", "農家", "農業経営体", "台数"),
)  # fmt: skip
# What happens in the course of time, whatever day it was counted up to.
_FLOWS = (
    *("動態", "異動", "移動", "増減", "出生", "死亡", "転入", "転出", "移住", "婚姻", "離婚", "入学", "卒業", "採用", "退職"),
    *("相談", "申請", "申込", "交付", "決定", "採択", "寄附", "寄付", "支給", "支援", "派遣", "受入", "利用", "実績", "参加"),
    *("件数", "回数", "累計", "延べ", "年間", "発生", "新規", "入込", "宿泊", "観光", "来場", "搬送", "出動", "陽性", "感染"),
)  # fmt: skip
# A day said with such a word is one of the sheet, of towns' borders, of a law, or one to come.
_OF_SOMETHING_ELSE = (
    *("作成", "更新", "公表", "公開", "発行", "発表", "印刷", "出典", "出所", "情報", "データ", "資料", "確認", "版"),
    *("区域", "境域", "境界", "名称", "組織", "機構", "制度", "法律", "条例", "規定", "基準", "見込", "予定", "目標", "将来"),
)  # fmt: skip
# Days on which offices count once a year. A sheet of another may be one of twelve.
_USUAL_DAYS = ((1, 1), (3, 31), (4, 1), (5, 1), (6, 1), (7, 1), (10, 1), (12, 31))
_LAST_DAYS = {3: 31, 12: 31}
_DAY = re.compile(
    rf"(?<![0-9A-Za-z~〜\-ー])({A_YEAR})(?:(?<=[年)])|[年./-])"
    r"(0?[1-9]|1[0-2])(?:月|[./-])(?:([12][0-9]|3[01]|0?[1-9])日?|末日?)(?![0-9])(?:\([日月火水木金土]\))?(現在|時点)?"
)
_BRACKETS = "()[]【】〔〕<>〈〉《》「」"


class Day(NamedTuple):
    year: int
    month: int
    day: int

    @property
    def ends_fiscal_year(self) -> bool:
        """Is a figure of this day as well one of the fiscal year that it ends?"""
        return (self.month, self.day) == (3, 31)


@lru_cache(maxsize=4096)
def days_in(text: str, *, is_header: bool = False) -> list[Day]:
    """The usual days as of which a text says that figures stand; none of them where it says something else of a day.

    What stands over one column need not call its day so: 「令和6年1月1日」, 「人口（R6.1.1）」.
    """
    text = compact(text)
    if "月" not in text and not any(mark in text for mark in "./-"):
        return []
    found: list[Day] = []
    for match in _DAY.finditer(text):
        year, day = year_stated(match[1]), _day(match)
        rest = text[match.end() :]  # what is counted may follow: 令和6年1月1日住民基本台帳人口
        is_stated = (
            match[4] is not None
            or ("日" in match[0] and bool(counts_what_stands([rest])))
            or (is_header and (text.strip(_BRACKETS) == match[0] or counts_what_stands([text])))
        )
        if year is None or day is None or not is_stated or not _speaks_of_figures(text, match):
            return []
        found.append(Day(year, *day))
    return found


def _day(match: re.Match[str]) -> tuple[int, int] | None:
    month = int(match[2])
    day = int(match[3]) if match[3] else _LAST_DAYS.get(month, 0)
    return (month, day) if (month, day) in _USUAL_DAYS else None


def _speaks_of_figures(text: str, match: re.Match[str]) -> bool:
    """Is the day the last thing said, or what is counted said after it? 「時点」 by itself may be said of the sheet."""
    if any(word in text for word in _OF_SOMETHING_ELSE) or text[match.end() :].startswith(
        ("~", "〜", "-", "から", "ま")
    ):
        return False
    rest = text[match.end() :].strip(_BRACKETS)
    if match[4] == "時点" and not counts_what_stands([text]):
        return False
    return not rest or rest[0] in "、,・:(【[〔)】]〕" or "単位" in rest or bool(counts_what_stands([rest]))


def counts_what_stands(names: Iterable[str]) -> bool | None:
    """Do names say that what is counted is there on a day (人口), or that it is something else (出生数, 予算額)? None for neither."""
    found = None
    for name in map(compact, names):
        if any(word in name for word in _FLOWS):
            return False
        if any(word in name for word in _STOCKS):
            found = True
        elif found is None and names_quantity(name) and not (names_a_whole(name) or is_ratio([name])):
            found = False
    return found
