"""The stage of the budget that texts state.

>>> stage_of(("R3年度", "２月補正後")), stage_of(("当初予算額",)), stage_of(("予算額",)), stage_of(("２月補正",))
(Stage(name='補正後', supplement='2月補正'), Stage(name='当初', supplement=None), Stage(name=None, supplement=None), None)
"""

import re
from functools import lru_cache
from typing import NamedTuple

from sumairu.lib.workbooks.words.names import bare
from sumairu.lib.workbooks.words.units import compact

STAGES = ("当初", "補正後", "最終", "決算")
_STAGE_WORDS = (
    ("当初", r"当初(?!計画|想定|設計|契約|目的)"),
    ("補正後", r"(?:補正|専決)(?:予算)?後|現計"),
    ("最終", r"最終(?!処分|年|回|目標|候補|的)"),
    ("決算", r"決算(?!統計|カード|審査|書)"),
)
_STAGE_BY_ITSELF = re.compile(
    r"(?:\d{1,2}月|第?\d{1,2}号)?(?:当初|補正(?:予算)?後?|現計|最終|決算)(?:見込)?(?:予算)?の?額?"
)
# Not so the corrections by which needs are reckoned (密度補正).
_INCREASE = re.compile(
    r"(?!.*(?:段階|密度|態容|寒冷|数値急[増減]|財政力|合併|事業費)補正).*(?:補正|専決)(?:予算)?(?:額|分)?"
)
_SUPPLEMENTED = re.compile(r"補正(?!予算?後|後|前)[^)]*$|補正[・と、]")
_NOT_YET = re.compile(r"見込|要求|暫定|補正前")
_BEFORE = re.compile(r".*(?:補正前|既[定決]).*")
_REQUESTED = re.compile(r".*(?:要求|概算)(?:額|時)?")
_SUPPLEMENT = re.compile(r"(\d{1,2})月(?:補正|専決)|第?(\d{1,2})[号次](?:補正)|補正(?:予算)?\(?第?(\d{1,2})号\)?")


class Stage(NamedTuple):
    """A stage of the budget, and the supplement it came with (`2月補正`)."""

    name: str | None
    supplement: str | None


NO_STAGE = Stage(None, None)


@lru_cache(maxsize=4096)
def stage_of(path: tuple[str, ...]) -> Stage | None:
    """The stage that texts state, NO_STAGE where they state none; None where they state it, but not which.

    「２月補正」 may be what was added or what came out of it; 決算見込 is none of the stages.
    """
    text = " ".join(map(compact, path))
    stages = [name for name, word in _STAGE_WORDS if re.search(word, text)]
    if not stages:
        is_open = any(each.fullmatch(bare(name)) for name in path for each in (_INCREASE, _REQUESTED, _BEFORE))
        return None if is_open else NO_STAGE
    if len(stages) > 1 or _NOT_YET.search(text) or (stages == ["当初"] and _SUPPLEMENTED.search(text)):
        return None
    return Stage(stages[0], supplement_of(text))


def is_stage(text: str) -> bool:
    """Is a stage, or a supplement of which that is not certain, all that a text says?"""
    return _STAGE_BY_ITSELF.fullmatch(compact(text)) is not None


def supplement_of(text: str) -> str | None:
    """`2月補正` of 「２月補正後」; of a text in another way, what it says."""
    match = _SUPPLEMENT.search(compact(text))
    if match is None:
        return None
    return f"{match[1]}月補正" if match[1] else f"第{match[2] or match[3]}号補正"


def says_supplement(name: str) -> bool:
    return "補正" in name


def says_amount_so_far(name: str) -> bool:
    """Is this what the budget came to, beside a supplement what it was before that?"""
    return "現計" in name


def says_no_stage(text: str) -> bool:
    return compact(text) in ("明示なし", "なし")
