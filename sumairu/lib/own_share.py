"""What is left to pay oneself, as far as a rate of support says it.

>>> own_share("対象経費の2分の1以内"), own_share("補助対象経費の３／４以内"), own_share("経費の80%")
('対象経費の2分の1以上', '補助対象経費の4分の1以上', '経費の5分の1')
>>> own_share("2分の1以内"), own_share("対象経費の10分の10以内")
('対象になる経費の2分の1以上', '対象経費には、なし（全額まで支援）')

Where it says nothing, or more than one thing, nobody knows:

>>> own_share("定額"), own_share("町は2分の1、市は3分の1"), own_share("")
('', '', '')
"""

import re
from fractions import Fraction

from sumairu.lib.widths import half_width

_SHARE = re.compile(r"(\d{1,3})分の(\d{1,3})|(\d{1,3})/(\d{1,3})|(\d{1,3}(?:\.\d)?)(?:%|パーセント)")
_AT_MOST = ("以内", "以下", "まで", "上限", "最大")


def own_share(rate: str) -> str:
    """In words; empty where the rate does not tell."""
    text = half_width(rate)
    found = list(_SHARE.finditer(text))
    if len(found) != 1:
        return ""
    share = _share(found[0])
    if share is None or not 0 < share <= 1:
        return ""
    before = text[: found[0].start()].rstrip("の")
    base = before if re.fullmatch(r"\S{0,20}(?:経費|事業費|費用|金額|額)", before) else "対象になる経費"
    if share == 1:
        return f"{base}には、なし（全額まで支援）"
    left = 1 - share
    at_least = "以上" if any(word in text for word in _AT_MOST) else ""
    return f"{base}の{left.denominator}分の{left.numerator}{at_least}"


def _share(match: re.Match[str]) -> Fraction | None:
    whole, part, upper, lower, percent = match.groups()
    if percent:
        return Fraction(percent) / 100
    above, below = (int(part), int(whole)) if whole else (int(upper), int(lower))
    return Fraction(above, below) if below else None
