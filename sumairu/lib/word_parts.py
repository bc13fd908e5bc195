"""Words that somebody has written as one: which known words stand in it, from left to right.

>>> known = {"水産", "加工", "加工施設", "釧路", "釧路市", "観光", "まちづくり", "やく", "ホタ"}.__contains__
>>> parts("水産加工施設", known), parts("釧路市の観光", known), parts("観光・ない言葉", known), parts("ない言葉", known)
(['水産', '加工施設'], ['釧路市', '観光'], ['観光'], [])
>>> parts("観光観光釧路加工", known, most=2)
['観光', '釧路']

No part begins or ends amid kana, but for the particle behind it:

>>> parts("けいやく", known), parts("ホタテ加工", known), parts("まちづくりの観光", known)
([], ['加工'], ['まちづくり', '観光'])
"""

import re
from collections.abc import Callable

SHORTEST, LONGEST = 2, 20  # characters; one by itself stands in too much

_AMID_KANA = re.compile(r"(?<=[ぁ-ゖー])(?=[ぁ-ゖー])|(?<=[ァ-ヺー])(?=[ァ-ヺー])")
_BEHIND_IT = re.compile(r"[のをにはがとへやも](?![ぁ-ゖー])")


def parts(word: str, is_known: Callable[[str], bool], most: int = 8) -> list[str]:
    """The first known words in `word`, at each place the longest, each once."""
    found: dict[str, None] = {}
    start = 0
    while start < len(word) and len(found) < most:
        here = next((word[start:end] for end in _ends(word, start) if is_known(word[start:end])), None)
        start += len(here) if here else 1
        if here:
            found[here] = None
    return list(found)


def stretches(word: str) -> set[str]:
    """All that `parts` may ask for."""
    return {word[start:end] for start in range(len(word)) for end in _ends(word, start)}


def _ends(word: str, start: int) -> list[int]:
    """Where a part may end that begins at `start`, the last place first."""
    if _AMID_KANA.match(word, start):
        return []
    last, first = min(start + LONGEST, len(word)), start + SHORTEST
    return [end for end in range(last, first - 1, -1) if not _AMID_KANA.match(word, end) or _BEHIND_IT.match(word, end)]
