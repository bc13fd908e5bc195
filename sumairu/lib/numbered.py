"""Steps that somebody wrote one a line, with or without numbers of their own.

>>> numbered("1. 窓口に相談します。\\n２　申請書を送ります。\\n\\n③決定を待ちます。")
['窓口に相談します。', '申請書を送ります。', '決定を待ちます。']
>>> numbered("10月までに相談します。\\n（1）申請書を送ります。")
['10月までに相談します。', '申請書を送ります。']
>>> numbered("申請書を電子メールで送ります。")
[]
"""

import re

# A number with what sets it apart from the words: 「1.」「（1）」「①」「手順1」; 「2　」 but never the 10 of 「10月」.
_NUMBER = re.compile(r"^(?:手順\s*)?(?:[（(]?\d{1,2}[）).．、:：]|\d{1,2}(?=[\s\u3000])|[①-⑳]|[・●○])\s*")


def numbered(text: str) -> list[str]:
    """The steps in order, without their numbers; none where it is a single line."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return [_NUMBER.sub("", line) or line for line in lines] if len(lines) > 1 else []
