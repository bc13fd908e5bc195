"""What stands beside a row and is no name by itself: dittos, numbering, marks of how a programme changed.

>>> [is_of_its_row(text) for text in ("①", "(1)", "新規", "【拡充】", "○", "交付金")]
[True, True, True, True, True, False]
"""

import re

DITTOS = frozenset({"〃", "″", "々", "同上", "”", '"'})
# A name that says nothing but that it is one, and what its column is called.
ANY_NAME, ANY_HEADER = "町", "名"
# What may stand before some rows alone, and tells nothing of the next: numbering, and how a programme changed.
_OF_ITS_ROW = re.compile(
    r"[○◎●◯△▲▽☆★◆◇■□※*・+＋-]*|[(（]?(?:[0-9０-９]{1,3}|[①-⑳ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ一二三四五六七八九十a-zA-Zア-ン])[)）.．、]?"
    r"|[(（【]?(?:新規?|拡充?|継続?|廃止?|組替|改|一部新規|一部拡充|重点|特別|再掲|新規・拡充)[)）】]?"
)


def is_of_its_row(text: str) -> bool:
    return _OF_ITS_ROW.fullmatch(text.strip()) is not None


def begins_with_ditto(text: str) -> bool:
    return text.startswith("〃")
