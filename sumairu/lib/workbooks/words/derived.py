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
from sumairu.lib.workbooks.words.units import COUNT, KINDS, PEOPLE, compact, counts_heads_or_things

# Why a number is no figure of its own.
TOTAL, PART, PLANNED = "合計", "内数", "見込みや計画"
DIFFERENCE, AVERAGE, OF_LESS_THAN_A_YEAR = "増減や比率", "平均", "一年に満たない期間"
PER_UNIT = "一つ当たりの数"
OF_A_MONTH = "月ごとの数"
_SEXES = ("男", "女")
# Divided by people, households or area: no amount, and no people, whatever its unit. 密度補正 is one of needs; what is
# done per person may be in the name of a programme.
_PER_UNIT = re.compile(
    r"(?!.*(?:事業|交付金|補助金?|支援金?|給付金?|制度|加算)$)"
    r"(?:.*(?<![日見突行])(?:当たり|当り|あたり)(?!ま|さ).*|.*[0-9一1]日(?:当たり|当り|あたり).*|.*[0-9一十百千万](?:人|世帯|戸|件|校)につき.*|.*[0-9一]?(?:人|世帯|戸|人口)当(?:[^てた].*)?"
    r"|.*人口[0-9,]*[十百千万]*人?対.*|.*対(?:人口|面積|世帯)(?:[0-9十百千万]*人?|比率?)?|.*[0-9十百千万]人対.*|.*密度(?!補正).*|.*(?:性比|従属人口指数|老年化指数))"
)
# 会計, 統計 and their like end in the letter that is a total by itself; 集計 is one of what it stands behind (北海道集計).
_WHOLES = (*PREFECTURES.values(), *(name[:-1] for name in PREFECTURES.values()), "市町村", "市区町村", "町村", "全国")
_TOTAL = re.compile(
    r".*[合小総累中]計(?:額|数)?|(?:.*[^会家設統推集時余温早生])?計|総額|総数" rf"|(?:{'|'.join(_WHOLES)})?集計"
)
_AVERAGE = re.compile(r".*平均(?:値|額)?|最大値?|最小値?|中央値|標準偏差")
_DIFFERENCE = re.compile(
    r"対?前々?年度?(?:同期)?(?:比|差|増減|伸び?率|との?比較|対比).*|対(?:前年|当初|予算).*|.*(?:増減|差引)(?:額|率|数|比)?"
    r"|.*(?:伸び?|増加|減少|変化|達成|執行|寄与)率|.*(?:増加|減少|差)額|.*構成比|.*との?比較|.*増△減"
    r"|比較|差|増|減|比|率|シェア|対?(?:.*年度|[RHS]\d{1,2})(?:との?)?(?:比|差|対比)"
)
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
_PART_OF = re.compile(r"\(?(?:[左上]記?の|の)?うち(?!わ).*|.*再掲.*|\(?内[数訳書]\)?.*|\(内\).*|(?:財源|経費)の?内訳")
_PART_BEFORE_A_SPACE = re.compile(r"[(（]?内[\s　].*")
_PLANNED = re.compile(r"見込|予定|計画|目標|要望|試算|予測|暫定")
_NOT_ACTUAL = re.compile(
    r"(?:末の?(?:現在高|残高|[者人件]数)?の?)?(?:見込み?|予定|計画|目標|要望|試算|予測)(?:額|数|値|件数|人数|人員)?"
)
_BRACKETED_NOT_ACTUAL = re.compile(r"\((?:見込み?|予定|計画|目標|暫定)(?:額|値)?\)")
# The index of 財政力 is printed as the mean of three years, and is that of the last.
_MEAN_OF_THREE_YEARS = re.compile(r"\(?(?:過去)?[3三][かカヵケヶ箇](?:年度?)?(?:間の?)?平均(?:値)?\)?")
_INDEX_BY_ITS_MEAN = "財政力指数"
_BY_WORDS = ((DIFFERENCE, _DIFFERENCE), (TOTAL, _TOTAL), (PER_UNIT, _PER_UNIT), (AVERAGE, _AVERAGE))


@lru_cache(maxsize=4096)
def set_apart(name: str) -> str | None:
    """Why the numbers under or beside this name are not figures of their own: totals, changes, parts of others."""
    text = _BRACKETED_EXPRESSION.sub(lambda match: re.sub(r"[()]", "", match[0]), compact(name))
    if _PART_OF.fullmatch(text) or _PART_BEFORE_A_SPACE.fullmatch(name.strip()):
        return PART
    if _PLANNED.search(text) and (
        _BRACKETED_NOT_ACTUAL.search(text) or _NOT_ACTUAL.fullmatch(without_fiscal_years(text).strip("()"))
    ):
        return PLANNED
    if _OF_A_PERIOD.search(text) and any(map(_LESS_THAN_A_YEAR.fullmatch, _parts_without_years(text))):
        return OF_LESS_THAN_A_YEAR
    plain = BRACKETED.sub("", text) or text.strip("()[]【】〔〕")
    if _YEARS_APART.fullmatch(plain):
        return DIFFERENCE if len({*map(fiscal_year, re.split(r"[-−‐‑/÷→⇒]", plain))}) > 1 else None
    if _BARE_EXPRESSION.fullmatch(plain):
        return TOTAL if "+" in plain else DIFFERENCE
    text = _EXPRESSION.sub("", plain) or plain
    return next((what for what, words in _BY_WORDS if words.fullmatch(text)), None)


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
