"""What headers and titles say is counted, without the years, units and words that tell nothing apart.

>>> core("（参考）R３当初算定"), core("令和４年度　市町村別普通交付税決定額"), core("ふるさと納税 受入金額（千円）")
('', '普通交付税', 'フルサト納税受入')
>>> core("65歳以上人口（人）"), core("普通交付税に係る基準財政需要額"), without_year("令和2年度 決定額"), without_year("２")
('65歳以上人口', '普通交付税ニ係ル基準財政需要', '決定額', '')
>>> [is_reckoned(text) for text in ("人口1人当たり普通交付税", "普通交付税（見込）", "普通交付税決定額")]
[True, True, False]
"""

import re
from functools import lru_cache

from sumairu.lib.amounts import UNITS
from sumairu.lib.folding import fold

_UNITS = "|".join([*sorted(UNITS, key=len, reverse=True), "人", "名", "件"])
_IN_BRACKETS = re.compile(rf"[(\[【](?:単位)?:?(?:{_UNITS})(?:[、,・](?:{_UNITS}))*[)\]】]")
_YEAR_ALONE = re.compile(r"(?:令和|平成|昭和)?(?:元|\d{1,4})?(?:年度?)?")
_YEARS = re.compile(
    r"(?:令和|平成|昭和|(?<![a-z])[rhs](?=[\d元.]))\.?(?:元|\d{1,2})(?:\(\d{4}\))?(?:年度?)?"
    r"|(?<!\d)(?:19|20)\d\d(?!\d)(?:年度?)?|(?<!\d)(?:元|\d{1,2})?年度"
)
# 金額 and 件数 are told apart by their unit; stages are read for themselves.
_COMMON = re.compile(
    "|".join(
        fold(word)
        for word in (
            *("北海道", "全道", "道内", "市町村別", "市町村", "団体別", "各団体", "一覧表", "一覧", "推移", "状況"),
            *("調べ", "実績", "参考", "算定", "決定", "当初", "補正後", "最終", "決算"),
            *("金額", "件数", "人数", "数値", "額", "値"),
        )
    )
    + r"|[・,、。.:/()\[\]【】「」『』<>~〜_ノ-]"  # ノ: ふるさと納税の受入額 is ふるさと納税 受入額
)
# What is done with money that a title has named: 交付額 under 普通交付税, 受入額 under ふるさと納税受入実績.
_DONE_WITH_IT = {fold(word) for word in ("交付", "交付税", "受入")}
_RECKONED = re.compile("|".join(fold(word) for word in ("当たり", "あたり", "当り", "割合", "指数", "累計")))
_NOT_YET = re.compile("見込|推計|試算|概算|要求")


@lru_cache(maxsize=4096)
def core(text: str) -> str:
    """All of `text`, folded, that can tell one thing that is counted from another."""
    return _COMMON.sub("", _IN_BRACKETS.sub("", without_year(text)))


def only_repeats(said: str, title: str) -> bool:
    """Does the core of a header say nothing that the core of a title has not said?

    >>> only_repeats(core("交付額"), core("普通交付税")), only_repeats(core("人口"), core("65歳以上人口"))
    (True, False)
    """
    return said in _DONE_WITH_IT and said in title


def without_year(text: str) -> str:
    """`text`, folded, without the fiscal years in it; empty where it is but a year, or part of one."""
    folded = fold(text)
    return "" if _YEAR_ALONE.fullmatch(folded) else _YEARS.sub("", folded)


@lru_cache(maxsize=4096)
def is_reckoned(text: str) -> bool:
    """Does a text say that numbers are reckoned from others, per head or so, or are estimates?"""
    folded = fold(text)
    return bool(_RECKONED.search(folded) or _NOT_YET.search(folded))
