"""Names under which numbers stand that are no figures of their own: totals, changes, ratios, parts of others, plans.

>>> [set_apart(name) for name in ("合　計", "北海道計", "会計年度任用職員", "対前年度比（％）", "構成比", "うち一般財源")]
['合計', '合計', None, '増減や比率', '増減や比率', '内数']
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from sumairu.lib.prefectures import PREFECTURES
from sumairu.lib.wareki import fiscal_year, without_fiscal_years
from sumairu.lib.workbooks.words.names import BRACKETED, bare
from sumairu.lib.workbooks.words.remarks import is_english
from sumairu.lib.workbooks.words.terms import each
from sumairu.lib.workbooks.words.units import COUNT, KINDS, PEOPLE, compact, counts_heads_or_things

# Why a number is no figure of its own.
TOTAL, PART, PLANNED = "合計", "内数", "見込みや計画"
DIFFERENCE, AVERAGE, OF_LESS_THAN_A_YEAR = "増減や比率", "平均", "一年に満たない期間"
PER_UNIT = "一つ当たりの数"
OF_A_MONTH = "月ごとの数"
_SEXES = ("男", "女")
# Divided by people, households or area: no amount, and no people, whatever its unit. 密度補正 is one of needs; what is
# done per person may be in the name of a programme. 日当たり may be hours of sun, 見当たらない and 突当り are other words.
_PROGRAMMES_END = ("事業", "交付金", "補助", "補助金", "支援", "支援金", "給付", "給付金", "制度", "加算")
_PER_UNIT_ENDS = ("性比", "従属人口指数", "老年化指数")
_PER = r"(?:当たり|当り|あたり)"
_PER_UNIT = re.compile(
    rf".*(?<![日見突行]){_PER}(?!ま|さ).*|.*[0-9一1]日{_PER}.*|.*[0-9一十百千万](?:人|世帯|戸|件|校)につき.*"
    r"|.*[0-9一]?(?:人|世帯|戸|人口)当(?:[^てた].*)?"
    r"|.*人口[0-9,]*[十百千万]*人?対.*|.*対(?:人口|面積|世帯)(?:[0-9十百千万]*人?|比率?)?|.*[0-9十百千万]人対.*|.*密度(?!補正).*"
)
# 会計, 統計 and their like end in the letter that is a total by itself; 集計 is one of what it stands behind (北海道集計).
_TOTALS = {"総額", "総数", "集計"}
_TOTALS |= {f"{name}集計" for whole in PREFECTURES.values() for name in (whole, whole[:-1])}
_TOTALS |= set(each("市町村 市区町村 町村 全国", "集計"))
_TOTALS_END = tuple(each("合 小 総 累 中", "計", "_ 額 数"))
_NO_TOTALS_END = tuple(each("会 家 設 統 推 集 時 余 温 早 生", "計"))
_AVERAGES = {"最大", "最大値", "最小", "最小値", "中央値", "標準偏差"}
_AVERAGES_END = tuple(each("平均", "_ 値 額"))
# Changes and ratios: how they begin, how they end, and what they are called by themselves.
_DIFFERENCES_BEGIN = (
    *each("_ 対", "前年 前々年", "_ 度", "_ 同期", "比 差 増減 伸率 伸び率 と比較 との比較 対比"),
    *("対前年", "対当初", "対予算"),
)
_DIFFERENCES_END = (
    *each("増減 差引", "_ 額 率 数 比"),
    *each("伸 伸び 増加 減少 変化 達成 執行 寄与", "率"),
    *each("増加 減少 差", "額"),
    *("構成比", "と比較", "との比較", "増△減", *each("年度", "_ と との", "比 差 対比")),
)
_DIFFERENCES = {"比較", "差", "増", "減", "比", "率", "シェア"}
_OF_A_SHORT_YEAR = re.compile(r"対?[RHS]\d{1,2}(?:との?)?(?:比|差|対比)")
# 「増減 A-B」, 「計（ア＋イ）」: how the column is reckoned, said behind its name.
_OPERAND, _OPERATOR = "[A-Za-z①-⑳ア-ン]", r"[+\-−/÷×*]"
_ONE_OPERAND = re.compile(_OPERAND)
# B-A, C=B/A*100: of letters alone, since A-1 is a number by which a thing goes.
_BARE_EXPRESSION = re.compile(rf"(?:{_OPERAND}=)?{_OPERAND}(?:{_OPERATOR}{_OPERAND})+(?:[×*]100)?%?")
_BRACKETED_EXPRESSION = re.compile(rf"\({_OPERAND}\)(?:{_OPERATOR}\({_OPERAND}\))+")
_EXPRESSION = re.compile(r"[A-Za-z①-⑳ア-ン]\s*[=+\-−/÷×*][A-Za-z①-⑳ア-ン0-9=+\-−/÷×*()%]*$")
# All months but the year's last: what there is at its end is the whole year's.
_LESS_THAN_A_YEAR = re.compile(
    r"(?!3月末)\d{1,2}月(?:分|末|期)?(?:現在|時点|まで)?(?:の?(?:実績|累計))?"
    r"|(?!4月?[~〜-]3月)\d{1,2}月?[~〜-]\d{1,2}月(?:分|期)?(?:の?(?:実績|累計))?"
    r"|(?:第?[\d一二三四]四半期|Q[1-4]|[1-4]Q|[上下前後]半?期)(?:分|計|の?実績)?",
    re.I,
)
_OF_A_PERIOD = re.compile(r"[月期Q]", re.I)
_YEARS_APART = re.compile(
    r"(?:[RHS][\d元]+|(?:令和|平成|昭和)[\d元]+|20\d\d)(?:年度)?[-−‐‑/÷→⇒](?:[RHS][\d元]+|(?:令和|平成|昭和)[\d元]+|20\d\d)(?:年度)?"
)
# うち and what stands for it, at the beginning; うちわ is a fan. 再掲 may stand anywhere.
_AMONG = tuple(each("_ (", "_ の 左の 左記の 上の 上記の", "うち"))
_NOT_AMONG = tuple(f"{begin}わ" for begin in _AMONG)
_PARTS_BEGIN = (*each("_ (", "内数 内訳 内書"), "(内)")
_PARTS = set(each("財源 経費", "_ の", "内訳"))
_SAID_AGAIN = "再掲"
_PART_BEFORE_A_SPACE = re.compile(r"[(（]?内[\s　].*")
_PLANS = ("見込", "予定", "計画", "目標", "要望", "試算", "予測", "暫定")
_PLANNED = each("見込 見込み 予定 計画 目標 要望 試算 予測", "_ 額 数 値 件数 人数 人員")
_NOT_ACTUAL = {
    f"{end}{planned}"
    for end in ("", *each("末 末の", "_ 現在高 残高 者数 人数 件数 数", "_ の"))
    for planned in _PLANNED
}
_BRACKETED_NOT_ACTUAL = tuple(each("(", "見込 見込み 予定 計画 目標 暫定", "_ 額 値", ")"))
# The index of 財政力 is printed as the mean of three years, and is that of the last.
_MEAN_OF_THREE_YEARS = re.compile(r"\(?(?:過去)?[3三][かカヵケヶ箇](?:年度?)?(?:間の?)?平均(?:値)?\)?")
_INDEX_BY_ITS_MEAN = "財政力指数"


@lru_cache(maxsize=4096)
def set_apart(name: str) -> str | None:
    """Why the numbers under or beside this name are not figures of their own: totals, changes, parts of others."""
    text = _BRACKETED_EXPRESSION.sub(lambda match: re.sub(r"[()]", "", match[0]), compact(name))
    if _is_part(text) or _PART_BEFORE_A_SPACE.fullmatch(name.strip()):
        return PART
    if _is_planned(text):
        return PLANNED
    if _OF_A_PERIOD.search(text) and any(map(_LESS_THAN_A_YEAR.fullmatch, _parts_without_years(text))):
        return OF_LESS_THAN_A_YEAR
    plain = BRACKETED.sub("", text) or text.strip("()[]【】〔〕")
    if _YEARS_APART.fullmatch(plain):
        return DIFFERENCE if len({*map(fiscal_year, re.split(r"[-−‐‑/÷→⇒]", plain))}) > 1 else None
    if _BARE_EXPRESSION.fullmatch(plain):
        return TOTAL if "+" in plain else DIFFERENCE
    text = _EXPRESSION.sub("", plain) or plain
    return next((what for what, is_such in _BY_WORDS if is_such(text)), None)


def _is_part(text: str) -> bool:
    is_among = text.startswith(_AMONG) and not text.startswith(_NOT_AMONG)
    return is_among or text.startswith(_PARTS_BEGIN) or text in _PARTS or _SAID_AGAIN in text


def _is_planned(text: str) -> bool:
    if not any(word in text for word in _PLANS):
        return False
    in_brackets = any(word in text for word in _BRACKETED_NOT_ACTUAL)
    return in_brackets or without_fiscal_years(text).strip("()") in _NOT_ACTUAL


def _is_difference(text: str) -> bool:
    begins_or_ends = text.startswith(_DIFFERENCES_BEGIN) or text.endswith(_DIFFERENCES_END)
    return begins_or_ends or text in _DIFFERENCES or _OF_A_SHORT_YEAR.fullmatch(text) is not None


def _is_total(text: str) -> bool:
    if text in _TOTALS or text.endswith(_TOTALS_END):
        return True
    return text.endswith("計") and not text.endswith(_NO_TOTALS_END)


def _is_per_unit(text: str) -> bool:
    if text.endswith(_PROGRAMMES_END):
        return False
    return text.endswith(_PER_UNIT_ENDS) or _PER_UNIT.fullmatch(text) is not None


def _is_average(text: str) -> bool:
    return text in _AVERAGES or text.endswith(_AVERAGES_END)


# The first that fits counts.
_BY_WORDS = (
    (DIFFERENCE, _is_difference),
    (TOTAL, _is_total),
    (PER_UNIT, _is_per_unit),
    (AVERAGE, _is_average),
)


def _parts_without_years(text: str) -> list[str]:
    """A text and what it has in brackets, each without the fiscal year that it states: 令和3年度（4～9月）."""
    brackets = [each[1:-1] for each in BRACKETED.findall(text)]
    return [without_fiscal_years(part) for part in (BRACKETED.sub("", text), *brackets)]


def is_running_total(name: str) -> bool:
    """Does a total add up what came before it as well (累計)?"""
    return "累計" in name


def towns_in_total(label: str) -> str:
    """The letters of 町村 in 町村計: how the names end that this total adds up; none where it says nothing of that."""
    ends = bare(label).strip("合小計")
    return "" if ends.strip("市区町村") else ends


def is_mean_by_definition(path: Sequence[str], text: str) -> bool:
    """Is a mean of three years, one of the texts over a column, no other than what the index is (財政力指数)?"""
    return _MEAN_OF_THREE_YEARS.fullmatch(compact(text)) is not None and any(
        _INDEX_BY_ITS_MEAN in compact(other) for other in path
    )


def is_whole(path: Sequence[str], siblings: Sequence[str], own_units: Sequence[str]) -> bool:
    """Is a total what is counted itself, parted by what stands beside it (人口: 総数, 男, 女; 学校数: 計, 本校, 分校)?

    Not so of money, of which a total may add up stages or sources, unless all beside it is reckoned from it (1人当たり); nor
    of a running total. `own_units` stand over it alone.
    """
    *over, last = [text for text in path if not is_english(text)] or path
    if set_apart(last) != TOTAL or is_running_total(last) or any(map(set_apart, over)):
        return False
    counts = [KINDS.get(unit) in (PEOPLE, COUNT) for unit in own_units] or [*map(counts_heads_or_things, over)]
    others = {name for name in siblings if name != last}
    is_reckoned_from = others and all(set_apart(name) in (PER_UNIT, DIFFERENCE) for name in others)
    return set(siblings) >= {*_SEXES} or (bool(over) and (any(counts) or bool(is_reckoned_from)))


def is_operand(text: str) -> bool:
    """Is this a letter by which columns are reckoned, or how they are (Ａ, (B), Ａ－Ｂ, C=A+B)?"""
    plain = compact(text)
    bare_of_brackets = re.sub(r"[()]", "", plain)
    return any(word.fullmatch(bare_of_brackets) for word in (_ONE_OPERAND, _BARE_EXPRESSION))
