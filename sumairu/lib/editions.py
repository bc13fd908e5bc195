"""Editions of one source in a line: the first and the last of them stand for all between.

>>> in_editions(["統計センター SSDSE-A-2018", "統計センター SSDSE-A-2020", "統計センター SSDSE-A-2026", "総務省 指標"])
'統計センター SSDSE-A-2018からSSDSE-A-2026まで、総務省 指標'
>>> in_editions(["国勢調査", "統計センター SSDSE-A-2018", "統計センター SSDSE-A-2026"])
'国勢調査、統計センター SSDSE-A-2018、統計センター SSDSE-A-2026'
"""

import re
from collections.abc import Iterable

_YEAR = re.compile(r"[12][0-9]{3}")


def in_editions(sources: Iterable[str]) -> str:
    """`sources` in order; three or more that differ in their year alone, and what follows it, are told by two of them."""
    of_one: dict[str, list[str]] = {}
    for source in sources:
        year = _YEAR.search(source)
        of_one.setdefault(source[: year.start()] if year else source, []).append(source)
    return "、".join(_said(words, those) for words, those in of_one.items())


def _said(words: str, those: list[str]) -> str:
    if len(those) < 3:
        return "、".join(those)
    return f"{those[0]}から{those[-1].removeprefix(words[: words.rfind(' ') + 1])}まで"
