"""What no line of Japanese text may break: the name of a year, a day, a number with its unit.

Between any two characters of Japanese a line may end, and browsers that break between phrases take 「令和」 for one.

>>> [piece for piece, is_kept in pieces("令和3年度も約45億8,000万円で、12月9日（水）までです。") if is_kept]
['令和3年度', '約45億8,000万円', '12月9日（水）まで']
>>> pieces("まちの取組")
[('まちの取組', False)]
"""

import re

_YEAR = r"(?:令和|平成|昭和)(?:元|\d{1,2})年度?(?:分)?|（\d{4}）"
_DAY = r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日(?:（[月火水木金土日]）)?)?(?:まで|から)?|この日(?:まで|に)?"
_UNITS = (
    "円|人|件|％|市町村|か所|つの点|つ|項目|世帯|施設|校|年度分|年度|年間|年前|年|日後|日|位／\\d+|位|分の\\d+|歳|倍|ha"
)
_NUMBER = rf"約?[−+△▲]?\d(?:[\d,.]*\d)?(?:[億万千](?:\d(?:[\d,]*\d)?)?)*(?:{_UNITS})?"
_KEPT = re.compile(f"({_YEAR}|{_DAY}|{_NUMBER})")


def pieces(text: str) -> list[tuple[str, bool]]:
    """`text` in pieces, each with whether it stands on one line."""
    found = enumerate(_KEPT.split(text))
    return [(piece, place % 2 == 1) for place, piece in found if piece]
