"""Words that somebody has written as one: which known words stand in it, from left to right.

>>> known = {"水産", "加工", "加工施設", "釧路", "釧路市", "観光"}.__contains__
>>> parts("水産加工施設", known), parts("釧路市の観光", known), parts("観光・ない言葉", known), parts("ない言葉", known)
(['水産', '加工施設'], ['釧路市', '観光'], ['観光'], [])
>>> parts("観光観光釧路加工", known, most=2)
['観光', '釧路']
"""

from collections.abc import Callable

SHORTEST, LONGEST = 2, 20  # characters; one by itself stands in too much


def parts(word: str, is_known: Callable[[str], bool], most: int = 8) -> list[str]:
    """The first known words in `word`, at each place the longest, each once."""
    found: dict[str, None] = {}
    start = 0
    while start <= len(word) - SHORTEST and len(found) < most:
        ends = range(min(start + LONGEST, len(word)), start + SHORTEST - 1, -1)
        here = next((word[start:end] for end in ends if is_known(word[start:end])), None)
        start += len(here) if here else 1
        if here:
            found[here] = None
    return list(found)


def stretches(word: str) -> set[str]:
    """All that `parts` may ask for."""
    starts = range(len(word))
    return {
        word[start:end] for start in starts for end in range(start + SHORTEST, start + LONGEST + 1) if end <= len(word)
    }
